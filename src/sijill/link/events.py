"""One event from the testimonies that tell of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sijill.link.background import Background, load_background
from sijill.link.disputes import (
    allowed_days,
    deeds,
    exactness,
    find_disputes,
    only_news_day,
    said_where,
    same_actors,
)
from sijill.link.figures import event_figures
from sijill.link.places import same_place
from sijill.link.positions import Said, positions
from sijill.link.standing import asserted, harm, independent, outlets, standing
from sijill.model import Days, Place
from sijill.testimony import Event, Testimony

#: What an event is called, the more telling word first, where as many witnesses use either; an
#: accusation tells of another deed and names no event while anybody else does.
_TELLING = (
    *("airstrike", "bombing", "shelling", "capture", "siege", "withdrawal", "advance"),
    *("abduction", "human_shields", "arrest", "displacement", "agreement", "sweep", "protest"),
    *("meeting", "deployment", "support", "aid", "destruction", "killing", "offensive"),
    *("clash", "control", "estimate", "request", "threat", "accusation"),
)
_STATUS = ("occurred", "ongoing", "planned", "possible", "denied")
_ID_DIGITS = 16


def assemble(members: Sequence[Testimony], background: Background | None = None) -> Event:
    """Assemble the event that ``members``, at least one testimony, tell of.

    The order of ``members`` does not matter. ``background`` is the packaged knowledge where none is
    given.

    Raises:
        ValueError: when there are no members.
        KnowledgeError: when the knowledge does not load.
    """
    if not members:
        raise ValueError("an event needs at least one testimony")
    background = background or load_background()
    members = sorted(members, key=_age)
    told = [m for m in members if asserted(m)] or members
    main = _type(told, background)
    deed = [m for m in told if m.type in deeds(main)] or told
    disputes = find_disputes(members, main, background)
    actor = _actors(deed, main, "actor", background)
    witnesses = len(independent(told, background))
    return Event(
        id=event_id(members),
        type=main,
        status=min((m.status for m in told), key=_STATUS.index),
        standing=standing(members, witnesses, disputes),
        members=tuple(m.id for m in members),
        outlets=len(outlets(members, background)),
        witnesses=witnesses,
        actor=actor,
        target=_actors(deed, main, "target", background),
        place=_place(deed, background),
        time=_time(deed, background),
        figures=event_figures(told, background),
        disputes=disputes,
        harm=harm(members, actor, disputes, background),
    )


def event_id(members: Iterable[Testimony]) -> str:
    """The id of the event of ``members``: a hash of the first one's id, which is made of raw input.

    The first is the one of the earliest day, then of the lowest id; an event keeps its id for as
    long as it keeps that member and none of an earlier day joins.
    """
    first = min(members, key=_age)
    return "e" + hashlib.sha256(first.id.encode()).hexdigest()[:_ID_DIGITS]


def _age(member: Testimony) -> tuple[str, str]:
    return member.said_on or "9", member.id


def _type(told: Sequence[Testimony], background: Background) -> str:
    """The type that most independent witnesses give, the most telling one of several."""
    by_type: dict[str, list[Testimony]] = {}
    for member in told:
        by_type.setdefault(member.type, []).append(member)
    others = [kind for kind in by_type if kind != "accusation"] or list(by_type)
    return min(
        others, key=lambda kind: (-len(independent(by_type[kind], background)), _telling(kind))
    )


def _telling(kind: str) -> int:
    return _TELLING.index(kind) if kind in _TELLING else len(_TELLING)


# ------------------------------------------------------------ who and whom


def _actors(
    deed: Sequence[Testimony], main: str, role: str, background: Background
) -> tuple[str, ...]:
    """The actors of the position with most witnesses, without those that a finer one stands for."""
    sides = background.sides
    given = [(m, m.actor if role == "actor" else m.target) for m in deed]
    said = [Said(m, who, sum(len(sides.line(a)) for a in who)) for m, who in given if who]
    if not said:
        return ()
    best = positions(said, lambda a, b: same_actors(a, b, sides), background)[0]
    named = dict.fromkeys(actor for one in best for actor in one.value)
    above = {up for actor in named for up in sides.line(actor)[1:]}
    return tuple(actor for actor in named if actor not in above)


# ------------------------------------------------------------ where and when


def _place(deed: Sequence[Testimony], background: Background) -> Place | None:
    """The finest place of the position with most witnesses; else the first that is named at all."""
    said = [
        Said(one.testimony, place, exactness(place, background))
        for one in said_where(deed, background)
        for place in one.value
    ]
    if not said:
        return next((place for m in deed for place in m.place), None)
    best = positions(said, lambda a, b: same_place(a, b, background), background)[0]
    return best[0].value


def _time(deed: Sequence[Testimony], background: Background) -> Days | None:
    """The days that most independent witnesses allow.

    Where every time may be no more than the day of its article, the earliest of these is taken:
    news does not come before the event.
    """
    dated = [m for m in deed if m.time is not None]
    if not dated:
        return None
    if all(map(only_news_day, dated)):
        return min(m.time for m in dated if m.time is not None)
    said = [Said(m, days) for m in dated if (days := allowed_days(m)) is not None]
    starts = {one.value[0] for one in said}
    fits = [[one for one in said if one.value[0] <= day <= one.value[1]] for day in sorted(starts)]
    best = max(fits, key=lambda held: len(independent((s.testimony for s in held), background)))
    return max(one.value[0] for one in best), min(one.value[1] for one in best)
