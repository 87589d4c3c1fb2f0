"""A place as people ask for it, and all that lies in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import islice, takewhile

from sijill.errors import UsageError
from sijill.extract.place_finder import PlaceFinder
from sijill.lexicon.geography import KM_A_DEGREE, kilometres, parts_of
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.text.fold import fold

_A_DOZEN = 12
_ARTICLE = "\u0627\u0644"
#: Kinds that hold places by their extent alone: nothing names them as its parent.
_BY_EXTENT = ("region", "mountain", "road", "river")


class AskedPlaces:
    """Finds the places that a question is about."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._places = knowledge.lexicon.places
        self._finder = PlaceFinder(knowledge)

    def one(self, asked: str) -> PlaceRow:
        """The place of an id or a name (with what it lies in behind a comma).

        Raises:
            UsageError: it is unknown, or several places have the name; names them.
        """
        if asked in self._places:
            return self._places[asked]
        name, _, near = (asked.replace("\u060c", ",")).partition(",")
        place = self._finder.find(name.strip(), near.strip())
        if place.status == "resolved" and place.id:
            return self._places[place.id]
        names = ", ".join(one.id for one in place.candidates[:8])
        if place.status == "ambiguous":
            raise UsageError(f"{asked!r} may be several places; name one by its id: {names}")
        near_it = f"; did you mean one of these: {names}" if names else ""
        raise UsageError(f"no table of places has {asked!r}{near_it}")

    def candidates(self, asked: str, most: int = 8) -> list[PlaceRow]:
        """The places that a name can mean, the likeliest first; none where no table has it."""
        name, _, near = (asked.replace("\u060c", ",")).partition(",")
        place = self._finder.find(name.strip(), near.strip())
        ids = [place.id, *(one.id for one in place.candidates)]
        return [self._places[one] for one in dict.fromkeys(ids) if one][:most]

    def beginning(self, text: str, first: frozenset[str] = frozenset()) -> list[PlaceRow]:
        """A dozen places with a name, Arabic or English, that begins as ``text`` does.

        Those whose ids are in ``first`` come first, then the larger ones.
        """
        start = fold(text.strip()).lower()
        at = bisect_left(self._by_name, (start, ""))
        names = takewhile(lambda one: one[0].startswith(start), islice(self._by_name, at, None))
        rows = [self._places[ident] for ident in dict.fromkeys(ident for _, ident in names)]
        return sorted(rows, key=lambda one: (one.id not in first, -one.extent_km, one.id))[
            :_A_DOZEN
        ]

    @cached_property
    def _by_name(self) -> list[tuple[str, str]]:
        """Every name as people type it, with and without the article, and the place's id."""
        found: set[tuple[str, str]] = set()
        for row in self._places.values():
            for name in (row.name_en, *(one.text for one in row.names)):
                folded = fold(name).lower()
                found |= {(folded, row.id), (folded.removeprefix(_ARTICLE), row.id)}
        return sorted(found)

    def with_parts(self, asked: str) -> frozenset[str]:
        """The ids of the place asked for and of everything in it."""
        return frozenset(self.parts(self.one(asked)))

    def parts(self, row: PlaceRow) -> list[str]:
        """The ids of a place and of everything in it."""
        found = [row.id]
        for ident in found:
            found += self._children.get(ident, ())
        if row.kind in _BY_EXTENT:
            there = set(found)
            near = (one for one in self._about(row) if _within(one, row))
            found += [one.id for one in near if one.id not in there]
        return found

    def _about(self, row: PlaceRow) -> list[PlaceRow]:
        """The places no farther north or south than the extent of ``row``: most are farther."""
        if row.lat is None:
            return []
        reach = row.extent_km / KM_A_DEGREE
        first = bisect_left(self._latitudes, row.lat - reach)
        return self._by_latitude[first : bisect_right(self._latitudes, row.lat + reach)]

    @cached_property
    def _by_latitude(self) -> list[PlaceRow]:
        return sorted((one for one in self._places.values() if one.lat is not None), key=_latitude)

    @cached_property
    def _latitudes(self) -> list[float]:
        return list(map(_latitude, self._by_latitude))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        return parts_of(self._places.values())


def _latitude(one: PlaceRow) -> float:
    return one.lat or 0.0


def _within(one: PlaceRow, whole: PlaceRow) -> bool:
    if one.extent_km >= whole.extent_km:
        return False
    away = kilometres(one, whole)
    return away is not None and away <= whole.extent_km
