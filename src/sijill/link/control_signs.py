"""What each testimony says about who holds which place on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control_cues import aimed_at, near_by, of_a_part, of_wider_area, told_back
from sijill.link.control_sides import Sides
from sijill.testimony import Testimony

#: Kinds of rows that nobody takes as one place: what is said of them says nothing of a holder.
_NEVER = frozenset({"continent", "country", "river", "sea"})
#: Kinds in which there is fighting somewhere on most days of a war: it does not contest the whole.
_WIDE = frozenset({"district", "governorate", "region", "road"})
_KINDS = {
    "advance": "presses",
    "capture": "takes",
    "clash": "fights",
    "control": "holds",
    "offensive": "fights",
    "siege": "presses",
    "withdrawal": "loses",
}


class ControlSign(msgspec.Struct, frozen=True):
    """What one testimony says about the holder of a place from ``first`` to ``last``.

    ``kind`` is ``takes`` (``actor`` holds it from ``last`` on), ``holds`` (on those days),
    ``loses`` (``actor`` no longer does; nobody says who does), ``fights`` (they fight at it),
    ``presses`` (``actor`` advances in it or besieges it, against ``against``), ``part``
    (``actor`` took or holds a part of it) or ``claim``, which changes nothing: ``why``
    says whether it was ``planned``, ``possible``, ``denied``, an ``aim``, told ``ahead`` of its
    day, or of a ``past`` that has no day.
    ``witness`` is the same for all who are no independent ones; ``own`` is true where the winner's
    own side says it.
    """

    place: str
    kind: str
    first: str
    last: str
    testimony: str
    witness: str
    actor: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    said_on: str | None = None
    own: bool = False
    why: str = ""


def signs_of(
    testimony: Testimony, places: Mapping[str, PlaceRow], sides: Sides
) -> Iterator[ControlSign]:
    """The signs that one testimony gives, one for each place of it that somebody can hold."""
    if testimony.type not in _KINDS:
        return
    for place in testimony.place:
        row = places.get(place.id or "")
        if row is None or place.status != "resolved" or row.kind in _NEVER:
            continue
        sign = _sign(testimony, row, place.name, sides)
        if sign is not None:
            yield sign


def _sign(testimony: Testimony, row: PlaceRow, name: str, sides: Sides) -> ControlSign | None:
    """What a testimony says about one place, or nothing."""
    days = _days(testimony)
    if days is None:
        return None
    kind, why = _kind(testimony, row, name, sides)
    if not kind:
        return None
    if testimony.said_on is not None and days[0] > testimony.said_on:
        kind, why = "claim", why or "ahead"
    actor = tuple(a for a in testimony.actor if sides.can_hold(a, row.country))
    against = tuple(a for a in testimony.target if sides.can_hold(a, row.country))
    if kind == "takes" and not against and not sides.at_war(row.country, days[1]):
        return None
    if kind == "takes" and not testimony.actor:
        kind, actor, against = "loses", against, ()
    own = _own_word(testimony, row, days[1], sides)
    return ControlSign(
        place=row.id,
        kind=kind,
        first=days[0],
        last=max(days[0], min(days[1], testimony.said_on or days[1])),
        testimony=testimony.id,
        witness=own or testimony.family or testimony.document,
        actor=actor,
        against=against,
        said_on=testimony.said_on,
        own=bool(own),
        why=why,
    )


def _days(testimony: Testimony) -> tuple[str, str] | None:
    """When it is said to have happened; a claim about the future has the day it was made."""
    if testimony.time is not None:
        return testimony.time
    if testimony.status in ("planned", "possible", "denied") and testimony.said_on:
        return testimony.said_on, testimony.said_on
    return None


def _kind(testimony: Testimony, row: PlaceRow, name: str, sides: Sides) -> tuple[str, str]:
    """The kind of the sign, and why it is a claim; an empty kind where nothing is said."""
    if testimony.status in ("planned", "possible", "denied"):
        return "claim", testimony.status
    if of_wider_area(testimony, row, name, sides.cues):
        return "", ""
    kind = _KINDS[testimony.type]
    if kind not in ("holds", "presses") and testimony.status == "ongoing":
        kind = "fights"
    if kind in ("fights", "presses"):
        away = row.kind in _WIDE or near_by(testimony, name, sides.cues)
        return ("" if away else kind), ""
    if kind == "takes" and aimed_at(testimony, sides.cues):
        return "claim", "aim"
    if of_a_part(testimony, row, name, sides.cues):
        return ("" if kind == "loses" else "part"), ""
    if kind in ("takes", "holds") and told_back(testimony, sides.cues):
        return "claim", "past"
    return kind, ""


def _own_word(testimony: Testimony, row: PlaceRow, day: str, sides: Sides) -> str:
    """Whose word it is where a side speaks of what it did itself; else nothing.

    All who pass on that word are one witness.
    """
    speaker = testimony.speaker.id if testimony.speaker else None
    if not speaker or not testimony.actor:
        return ""
    if any(sides.kin(speaker, actor, row.country, day) for actor in testimony.actor):
        return f"word of {sides.lineage(speaker)[-1]}"
    return ""
