"""Contradictions about an event: who, whom, what, where, when, how many, and whether at all.

A difference in precision is none (see ``positions``), a later toll is an update (see ``figures``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sijill.lexicon.sides import Sides
from sijill.link.background import Background
from sijill.link.counts import count_disputes, sums_up, victims_dispute
from sijill.link.figures import REACH
from sijill.link.outcomes import outcome_disputes
from sijill.link.places import same_place
from sijill.link.positions import Said, contradict, positions
from sijill.link.standing import asserted
from sijill.link.stating import stated
from sijill.link.wording import Pair, Wording, number_value
from sijill.model import Days, Figure, Place
from sijill.testimony import Dispute, Testimony

#: Deeds that one event can be told as: whose actor and target are then the same.
ATTACK = frozenset(
    {"airstrike", "shelling", "bombing", "killing", "destruction", "abduction", "human_shields"}
)
HOLD = frozenset({"capture", "advance", "offensive", "control"})
#: Of these one side alone can be the doer of one; both sides attack, advance and fight on one day.
HELD = frozenset({"capture", "control"})
ONE_SIDED = ATTACK | HELD | {"arrest"}
#: Deeds of which one cannot be the other: from the air or by guns, and from within.
_NOT_BOTH = frozenset({frozenset({"airstrike", "bombing"}), frozenset({"shelling", "bombing"})})
_EXCLUSIVE = frozenset().union(*_NOT_BOTH)
#: One word stands for both.
_BOMBARDED = frozenset({"airstrike", "shelling"})
#: Words for armed men or sources that name no side.
_NO_SIDE = frozenset({"other", "officials", "media", "analysts"})
#: A time that is only the day of the article may be no more than the day of the news, which tells
#: of what happened up to so many days before; set by the codebook's "in the last hours" and a
#: weekend.
NEWS_DAYS = 2
#: Who flees is told of by the place left or by the place reached: the two contradict nothing.
_MOVED = frozenset({"displacement"})
#: The type that tells a state rather than a deed: how long it lasts is told of it.
_LASTING = "siege"
Actors = tuple[str, ...]


def find_disputes(
    members: Sequence[Testimony], main: str, background: Background
) -> tuple[Dispute, ...]:
    """Everything that ``members`` of an event of type ``main`` contradict each other about."""
    if len(members) < 2:
        return ()
    told = [m for m in members if asserted(m)]
    deed = [m for m in told if m.type in deeds(main)]
    one_sided = [m for m in deed if m.type in ONE_SIDED]
    wording = Wording(background)
    who = tuple(_who(one_sided, told, background, wording))
    found = (
        *who,
        *(() if who and main in HOLD else _whom(one_sided, background, wording)),
        *victims_dispute(deed, background, wording),
        *_what(deed, background, wording),
        *outcome_disputes(told, background, wording),
        *_where(deed, background, wording),
        *_when(deed, background, wording),
        *_since(told, background, wording),
        *count_disputes(told, background, wording),
        *_whether(members, told, background, wording),
    )
    return tuple(found)


def deeds(main: str) -> frozenset[str]:
    """The types that tell of the same deed as ``main``."""
    return ATTACK if main in ATTACK else HOLD if main in HOLD else frozenset({main})


# ------------------------------------------------------------ who, whom


def same_actors(a: Actors, b: Actors, sides: Sides) -> bool:
    """Whether two sets of actors can be the same ones, some of them named."""
    return any(sides.same(one, other) for one in a for other in b)


def joint_actors(a: Actors, b: Actors, sides: Sides) -> bool:
    """Whether they may have done it together: some are the same, or no two are enemies."""
    return same_actors(a, b, sides) or not any(sides.enemies(x, y) for x in a for y in b)


def _said_who(
    deed: Sequence[Testimony], told: Sequence[Testimony], sides: Sides
) -> Iterator[Said[tuple[str, Actors]]]:
    """Whom testimonies name as the doer, each with the type of the deed.

    Who accuses a side names it as the doer, unless the same document names another one: then it is
    accused of something else.
    """
    named = [(m, m.type, m.actor) for m in deed]
    for member in told if deed else ():
        own = [m.actor for m in deed if m.document == member.document and m.actor]
        if member.type == "accusation" and (
            not own or any(same_actors(member.target, doers, sides) for doers in own)
        ):
            named.append((member, deed[0].type, member.target))
    for member, kind, who in named:
        actors = tuple(actor for actor in who if actor not in _NO_SIDE)
        if actors:
            yield Said(member, (kind, actors), sum(len(sides.line(actor)) for actor in actors))


def _who(
    deed: Sequence[Testimony],
    told: Sequence[Testimony],
    background: Background,
    wording: Wording,
) -> Iterator[Dispute]:
    sides = background.sides

    def agree(a: tuple[str, Actors], b: tuple[str, Actors]) -> bool:
        if a[0] in HELD or "destruction" in (a[0], b[0]) or not _both(a[0], b[0]):
            return joint_actors(a[1], b[1], sides)
        return same_actors(a[1], b[1], sides)

    found = positions(list(_said_who(deed, told, sides)), agree, background)
    yield from stated(
        "who",
        found,
        lambda value: wording.actors(value[1]),
        lambda value: _ids(value[1]),
        background,
        wording,
    )


def _whom(deed: Sequence[Testimony], background: Background, wording: Wording) -> Iterator[Dispute]:
    """Which side was hit, or a place taken from; civilians who were hit contradict no side."""
    sides = background.sides
    said = []
    for member in deed:
        hit = tuple(t for t in member.target if sides.armed(t) and t not in _NO_SIDE)
        if hit:
            said.append(Said(member, hit, sum(len(sides.line(t)) for t in hit)))
    found = positions(said, lambda a, b: joint_actors(a, b, sides), background)
    yield from stated("whom", found, wording.actors, _ids, background, wording)


def _ids(actors: Actors) -> str:
    return "+".join(actors)


# ------------------------------------------------------------ what


def _what(deed: Sequence[Testimony], background: Background, wording: Wording) -> Iterator[Dispute]:
    """Deeds that exclude each other, and the whole of a place against a part of it.

    Two deeds of allies exclude nothing: both may have been done.
    """
    sides = background.sides

    def agree(a: tuple[str, Actors], b: tuple[str, Actors]) -> bool:
        return _both(a[0], b[0]) or (bool(a[1] and b[1]) and joint_actors(a[1], b[1], sides))

    named = [Said(m, (m.type, m.actor)) for m in deed if m.type in _EXCLUSIVE]
    yield from stated(
        "what",
        positions(named, agree, background),
        lambda kind: wording.label("type", kind[0]),
        lambda kind: kind[0],
        background,
        wording,
    )
    shares = [Said(m, _share(m), m.type == "capture") for m in deed if _takes(m)]
    yield from stated(
        "what",
        positions(shares, _same_share, background),
        lambda share: _share_words(share, wording),
        lambda share: f"{number_value(share)}%" if share else "100%",
        background,
        wording,
    )


def _both(a: str, b: str) -> bool:
    return frozenset({a, b}) not in _NOT_BOTH


def _takes(testimony: Testimony) -> bool:
    """Whether it tells of taking a place, whole or in part."""
    share = _share(testimony)
    return testimony.type == "capture" or (testimony.type == "control" and share is not None)


def _share(testimony: Testimony) -> Figure | None:
    """How many percent of the place were taken, where less than all of it was."""
    for figure in testimony.figures:
        if figure.kind == "percent" and (figure.low or 0) < 100:
            return figure
    return None


def _same_share(a: Figure | None, b: Figure | None) -> bool:
    return (a is None) == (b is None)


def _share_words(share: Figure | None, wording: Wording) -> Pair:
    if share is None:
        return wording.phrase("whole")
    return wording.phrase("percent", number=wording.number(share))


# ------------------------------------------------------------ where, when


def exactness(place: Place, background: Background) -> float:
    """Higher the smaller the place is; the lowest of all for one without a row."""
    row = background.places.get(place.id or "")
    return -row.extent_km if row else -1e6


def said_where(deed: Sequence[Testimony], background: Background) -> list[Said[tuple[Place, ...]]]:
    """The known places that testimonies name."""
    known = [(m, tuple(p for p in m.place if p.id in background.places)) for m in deed]
    return [
        Said(m, places, max(exactness(p, background) for p in places))
        for m, places in known
        if places
    ]


def _where(
    deed: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    def agree(a: tuple[Place, ...], b: tuple[Place, ...]) -> bool:
        return any(same_place(one, other, background) for one in a for other in b)

    stayed = [m for m in deed if m.type not in _MOVED]
    found = positions(said_where(stayed, background), agree, background)
    yield from stated(
        "where",
        found,
        lambda places: wording.joined("values", map(wording.place, places)),
        lambda places: "+".join(str(place.id) for place in places),
        background,
        wording,
    )


def allowed_days(testimony: Testimony) -> Days | None:
    """The days that a testimony allows; the day of the news allows a few days before it."""
    if testimony.time is None or not only_news_day(testimony):
        return testimony.time
    day = date.fromisoformat(testimony.time[0])
    return (day - timedelta(days=NEWS_DAYS)).isoformat(), testimony.time[1]


def only_news_day(testimony: Testimony) -> bool:
    """Whether the time may be no more than the day on which the article was written."""
    return testimony.said_on is not None and testimony.time == (testimony.said_on,) * 2


def _when(deed: Sequence[Testimony], background: Background, wording: Wording) -> Iterator[Dispute]:
    said = [
        Said(m, days, not only_news_day(m)) for m in deed if (days := allowed_days(m)) is not None
    ]
    found = positions(said, lambda a, b: a[0] <= b[1] and b[0] <= a[1], background)
    shown = [
        [Said(one.testimony, one.testimony.time or one.value) for one in side] for side in found
    ]
    yield from stated("when", shown, wording.days, "/".join, background, wording)


def _since(
    told: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    """Since when a siege lasts: told to people by its beginning, whatever day its news is of."""
    said = [Said(m, m.time) for m in told if m.type == _LASTING and m.time and sums_up(m)]
    yield from stated(
        "when",
        positions(said, _begun_alike, background),
        lambda time: wording.phrase("since", low=(time[0], time[0])),
        lambda time: time[0],
        background,
        wording,
    )


def _begun_alike(a: Days, b: Days) -> bool:
    """Whether two lasting states can have begun together: "three years" may be three and a half.

    One that began with a year is told by the year, and may have begun on any day of it.
    """
    end = date.fromisoformat(max(a[1], b[1]))
    (_, sooner), (later, _) = sorted(map(_beginning, (a, b)))
    return (end - sooner).days <= REACH * (end - later).days


def _beginning(time: Days) -> tuple[date, date]:
    first, last = map(date.fromisoformat, time)
    if (first.month, first.day) != (1, 1):
        return first, first
    return first, min(last, date(first.year, 12, 31))


# ------------------------------------------------------------ whether


def _whether(
    members: Sequence[Testimony],
    told: Sequence[Testimony],
    background: Background,
    wording: Wording,
) -> Iterator[Dispute]:
    """A denial of a deed that others assert, of the same doer where both name one."""
    denials = [m for m in members if m.status == "denied"]
    for kind in dict.fromkeys(m.type for m in denials):
        no = [m for m in denials if m.type == kind]
        yes = [m for m in told if any(_of_one_deed(m, other, background) for other in no)]
        if not any(contradict(a, b, background) for a in yes for b in no):
            continue
        doers = tuple(dict.fromkeys(actor for m in no for actor in m.actor))
        head = wording.label("type", kind)
        if doers:
            head = wording.phrase("by", value=head, actor=wording.actors(doers))
        sides = [
            [(yes, ("happened", wording.phrase("happened")))],
            [(no, ("denied", wording.phrase("denied")))],
        ]
        yield wording.dispute("whether", sides, head)


def _of_one_deed(told: Testimony, denied: Testimony, background: Background) -> bool:
    if told.type == "accusation":
        kind, doers = True, told.target
    else:
        kind = told.type == denied.type or {told.type, denied.type} <= _BOMBARDED
        doers = told.actor
    if not kind:
        return False
    return not doers or not denied.actor or same_actors(doers, denied.actor, background.sides)
