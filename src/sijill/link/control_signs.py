"""What each testimony says about who holds which place on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control_sides import Sides
from sijill.model import Figure
from sijill.testimony import Testimony
from sijill.text.fold import fold

#: Kinds of rows that nobody takes as one place: what is said of them says nothing of a holder.
_NEVER = frozenset({"continent", "country", "river", "sea"})
#: Kinds in which there is fighting somewhere on most days of a war: it does not contest the whole.
_WIDE = frozenset({"district", "governorate", "region", "road"})
#: Kinds so small that a list of them ("the villages of A and B") names each as a whole.
_SMALL = frozenset({"bridge", "camp", "facility", "hospital", "mosque", "quarter", "village"})
_FIGHTS = frozenset({"advance", "clash", "offensive", "siege"})
_KINDS = {"capture": "takes", "control": "holds", "withdrawal": "loses"}
#: How many words before a place's name may tell that only a part of it is meant: "a number of
#: positions in the south of", with a conjunction to spare.
_PART_REACH = 5
#: How far before the word for a deed "after" may stand: "after the full capture of".
_BACK_REACH = 2


class ControlSign(msgspec.Struct, frozen=True):
    """What one testimony says about the holder of a place from ``first`` to ``last``.

    ``kind`` is ``takes`` (``actor`` holds it from ``last`` on), ``holds`` (on those days),
    ``loses`` (``actor`` no longer does; nobody says who does), ``fights`` (contested between
    ``actor`` and ``against``), ``part`` (``actor`` took or holds a part of it) or ``claim``,
    which changes nothing: ``why``
    says whether it was ``planned``, ``possible``, ``denied`` or told ``ahead`` of its day.
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
    if testimony.type not in _KINDS and testimony.type not in _FIGHTS:
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
    actor = tuple(filter(sides.can_hold, testimony.actor))
    against = tuple(filter(sides.can_hold, testimony.target))
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
    kind = _KINDS.get(testimony.type, "fights")
    if kind != "holds" and testimony.status == "ongoing":
        kind = "fights"
    if kind == "fights":
        return ("" if row.kind in _WIDE else kind), ""
    if _partial(testimony, row, name, sides):
        return ("" if kind == "loses" else "part"), ""
    if kind == "takes" and _told_back(testimony, sides.back):
        return "holds", ""
    return kind, ""


def _of_a_part(figure: Figure) -> bool:
    """Whether a figure says that less than the whole is meant: 90 percent, five villages."""
    if figure.kind == "percent":
        return (figure.high or figure.low or 100) < 100
    return figure.kind in ("places", "fighters")


def _partial(testimony: Testimony, row: PlaceRow, name: str, sides: Sides) -> bool:
    """Whether only a part of the place is meant.

    A number may tell so, or a word between the deed and the place's name ("quarters of"). Before
    the name of a quarter or village such a word opens a list ("the quarters of A and B"), unless
    "of" stands between. Where the quote points back to the place ("the city"), the words behind
    the deed are asked.
    """
    small = row.kind in _SMALL
    if not small and any(map(_of_a_part, testimony.figures)):
        return True
    before, found, _ = fold(testimony.quote).partition(fold(name))
    deed = fold(testimony.trigger)
    if found:
        words = (before.rpartition(deed)[2] if deed else before).split()[-_PART_REACH:]
    else:
        words = before.partition(deed)[2].split()[:_PART_REACH] if deed else []
    if small and not sides.of & set(words):
        return False
    return any(word in sides.parts or word[1:] in sides.parts for word in words)


def _told_back(testimony: Testimony, back: Iterable[str]) -> bool:
    """Whether the deed is told as one long done, and dated only by the day of the text."""
    if testimony.time is None or testimony.time[1] != testimony.said_on:
        return False
    before, found, _ = fold(testimony.quote).partition(fold(testimony.trigger))
    words = before.split()[-_BACK_REACH:] if found else []
    return any(word in back or word[1:] in back for word in words)


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
