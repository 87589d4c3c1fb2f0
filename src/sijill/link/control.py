"""Who held which place from day to day: the signs of testimonies, folded into spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control_contest import (
    ahead_of_the_fact,
    claimed,
    enough,
    fights,
    held_in_parts,
    parts_taken,
    unsettle,
)
from sijill.link.control_fold import TWO, Contest, Fold, Hold, Told, iso, told
from sijill.link.control_sides import Sides, load_sides
from sijill.link.control_signs import ControlSign, signs_of
from sijill.testimony import ControlSpan, Testimony

#: Kinds of rows that lie within a town, so that who took one of them stands in the town. Airports,
#: bases and camps bear a town's name and lie outside it.
_INSIDE = frozenset({"bridge", "facility", "hospital", "mosque", "prison", "quarter"})
_AREAS = frozenset({"district", "governorate"})
_FOREVER = 10**7


class SignIndex(msgspec.Struct, frozen=True):
    """Signs by place, and the places within each place of which there are signs."""

    by_place: Mapping[str, tuple[ControlSign, ...]]
    within: Mapping[str, tuple[str, ...]]


def signs(
    testimonies: Iterable[Testimony],
    places: Mapping[str, PlaceRow],
    sides: Sides | None = None,
) -> list[ControlSign]:
    """What testimonies say about who holds which place on which day.

    Takes testimonies whose ``family`` tells copies apart from witnesses, and the gazetteer's rows
    by id. Claims are listed too, as signs of kind ``claim``; they change nothing.
    """
    known = sides or load_sides()
    return [sign for testimony in testimonies for sign in signs_of(testimony, places, known)]


def index(found: Iterable[ControlSign], places: Mapping[str, PlaceRow]) -> SignIndex:
    """Signs made ready to be asked about many places."""
    by_place: dict[str, list[ControlSign]] = defaultdict(list)
    for sign in found:
        by_place[sign.place].append(sign)
    within: dict[str, list[str]] = defaultdict(list)
    for place in by_place:
        if place in places:
            within[places[place].parent].append(place)
    return SignIndex(
        {place: tuple(some) for place, some in by_place.items()},
        {place: tuple(some) for place, some in within.items()},
    )


def spans(
    place: str,
    found: SignIndex | Iterable[ControlSign],
    places: Mapping[str, PlaceRow],
    known_on: str | None = None,
    sides: Sides | None = None,
) -> tuple[ControlSpan, ...]:
    """Who held a place, from the first day that somebody speaks of to an open end.

    Takes the id of a place, signs (or an ``index`` of them) and the gazetteer. With ``known_on``
    only what had been said by that day counts. The days are without gaps: where nothing was said
    or what was said is too old, the state is ``unknown``. Nothing is given for a place of which
    nothing was ever said.
    """
    ready = found if isinstance(found, SignIndex) else index(found, places)
    row, known = places.get(place), sides or load_sides()
    if row is None:
        return ()
    about = _about(row, ready, places, known, known_on)
    fold, contests = _folded(about, row, known)
    parts = [
        _part(places[part], ready, known, known_on)
        for part in ready.within.get(place, ())
        if _counts_for(places[part], row)
    ]
    contests += [*fold.contests, *held_in_parts(parts, fold)]
    unsettle(fold.holds, contests)
    return tuple(_joined(_cut(place, fold, contests)))


def held(
    place: str,
    day: str,
    found: SignIndex | Iterable[ControlSign],
    places: Mapping[str, PlaceRow],
    known_on: str | None = None,
    sides: Sides | None = None,
) -> ControlSpan:
    """Who held a place on a day; a span of state ``unknown`` where nothing was said."""
    for span in spans(place, found, places, known_on, sides):
        if span.first <= day and (span.last is None or day <= span.last):
            return span
    return ControlSpan(place, "unknown", day, day)


def _known(sign: ControlSign, known_on: str | None) -> bool:
    """Whether a sign had been published by a day."""
    return known_on is None or (sign.said_on is not None and sign.said_on <= known_on)


def _folded(about: list[Told], row: PlaceRow, sides: Sides) -> tuple[Fold, list[Contest]]:
    """The holders of a place without its parts, and the days on which it was contested."""
    plain = Fold(about, row.country, sides)
    early = [one for one in about if ahead_of_the_fact(one, about, plain)]
    sure = [one for one in about if one not in early]
    fold = Fold(sure, row.country, sides) if early else plain
    contests = [*fights(sure, fold), *parts_taken(sure, fold)]
    contests += [contest for one in early for contest in claimed(one, fold)]
    return fold, contests


def _part(
    row: PlaceRow, found: SignIndex, sides: Sides, known_on: str | None
) -> tuple[Fold, Sequence[Told]]:
    """What is said of a part of a place itself."""
    about, _ = _own(row, found, sides, known_on)
    return _folded(about, row, sides)[0], about


def _counts_for(part: PlaceRow, whole: PlaceRow) -> bool:
    """Whether taking a part is to stand in the whole."""
    return part.kind in _INSIDE or whole.kind in _AREAS


def _about(
    row: PlaceRow,
    found: SignIndex,
    places: Mapping[str, PlaceRow],
    sides: Sides,
    known_on: str | None,
) -> list[Told]:
    """What is said of a place itself, and what the fall of the place it lies in says of it."""
    own, _ = _own(row, found, sides, known_on)
    whole = places.get(row.parent)
    if whole is None or not (whole.kind == "district" or row.kind in _INSIDE):
        return own
    return [*own, *_from_whole(whole, found, sides, known_on)]


def _own(
    row: PlaceRow, found: SignIndex, sides: Sides, known_on: str | None
) -> tuple[list[Told], dict[str, Told]]:
    """The signs of a place itself, and its captures by their testimony."""
    some = [sign for sign in found.by_place.get(row.id, ()) if _known(sign, known_on)]
    about = [told(sign, row.country, sides) for sign in some]
    return about, {one.sign.testimony: one for one in about if one.sign.kind == "takes"}


def _from_whole(
    row: PlaceRow, found: SignIndex, sides: Sides, known_on: str | None
) -> Iterator[Told]:
    """The captures of a whole that independent witnesses tell and nobody of them disputes.

    What is told of a part without a name ("they took more ground in the city") stands under the
    whole's name, so that on one report's word nothing is taken to be true of every part.
    """
    about, takes = _own(row, found, sides, known_on)
    fold, _ = _folded(about, row, sides)
    for hold in fold.holds:
        if hold.origin != "takes" or hold.disputed or len(hold.witnesses) < TWO:
            continue
        for testimony in hold.testimonies:
            one = takes.get(testimony)
            if one is not None:
                yield msgspec.structs.replace(
                    one, first=hold.first, last=hold.first, basis="whole", until=hold.last
                )


def _cut(place: str, fold: Fold, contests: Sequence[Contest]) -> Iterator[ControlSpan]:
    """The days of a place, cut wherever the holder or a contest begins or ends."""
    holds = [hold for hold in fold.holds if hold.first <= hold.last]
    stretches = [(hold.first, hold.last) for hold in holds]
    stretches += [(one.first, one.last) for one in contests if one.first <= one.last]
    edges = sorted({edge for first, last in stretches for edge in (first, last + 1)})
    for first, after in pairwise([*edges, _FOREVER]):
        hold = next((hold for hold in holds if hold.first <= first <= hold.last), None)
        some = [contest for contest in contests if contest.first <= first <= contest.last]
        last = None if after == _FOREVER else iso(after - 1)
        yield _span(place, iso(first), last, hold, some)


def _span(
    place: str, first: str, last: str | None, hold: Hold | None, contests: list[Contest]
) -> ControlSpan:
    """The state of a place on days on which nothing changes."""
    if contests:
        return _contested(place, first, last, contests)
    if hold is None:
        return ControlSpan(place, "unknown", first, last)
    state = "held" if hold.holder else "contested" if hold.rivals else "unknown"
    return ControlSpan(
        place,
        state,
        first,
        last,
        holder=hold.holder,
        rivals=hold.rivals,
        standing=_standing(hold),
        basis=hold.basis,
        testimonies=tuple(hold.testimonies),
    )


def _contested(place: str, first: str, last: str | None, contests: list[Contest]) -> ControlSpan:
    """Days on which a place is fought or argued over."""
    holder = next((one.holder for one in contests if one.holder), "")
    rivals = dict.fromkeys(rival for one in contests for rival in one.rivals if rival != holder)
    witnesses = set().union(*(one.witnesses for one in contests))
    stated = any(one.basis == "stated" for one in contests)
    basis = "stated" if stated else contests[0].basis
    disputed = any(one.disputed for one in contests)
    return ControlSpan(
        place,
        "contested",
        first,
        last,
        holder=holder,
        rivals=tuple(rivals),
        standing="disputed" if disputed else _counted(witnesses, basis),
        basis=basis,
        testimonies=tuple(dict.fromkeys(t for one in contests for t in one.testimonies)),
    )


def _standing(hold: Hold) -> str:
    """How well a holder is attested."""
    return "disputed" if hold.disputed else _counted(hold.witnesses, hold.basis)


def _counted(witnesses: set[str], basis: str) -> str:
    """One witness or several independent ones."""
    return "corroborated" if enough(witnesses, basis) else "single"


def _joined(cut: Iterable[ControlSpan]) -> Iterator[ControlSpan]:
    """Spans of one state side by side, as one span."""
    now: ControlSpan | None = None
    for span in cut:
        if now is not None and _alike(now, span):
            both = tuple(dict.fromkeys(now.testimonies + span.testimonies))
            now = msgspec.structs.replace(now, last=span.last, testimonies=both)
        else:
            if now is not None:
                yield now
            now = span
    if now is not None:
        yield now


def _alike(a: ControlSpan, b: ControlSpan) -> bool:
    """Whether two spans say the same of their days."""
    return (a.state, a.holder, a.rivals, a.basis, a.standing) == (
        b.state,
        b.holder,
        b.rivals,
        b.basis,
        b.standing,
    )
