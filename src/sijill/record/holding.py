"""Who held which place: worked out from testimonies when it is asked, on either clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from sijill.lexicon.geography import lineage, parts_of
from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control import SignIndex, held, index, signs, spans
from sijill.store.answers import TestimonyFilter
from sijill.store.asking import chunks
from sijill.store.record_store import Store
from sijill.testimony import ControlSpan

#: Types of reports that tell who holds a place, or that somebody fights for it.
TELLING = frozenset({"capture", "control", "withdrawal", "advance", "clash", "offensive", "siege"})
#: Places whose signs are in memory at a time: neighbours, for they share what they lie in.
_AT_ONCE = 100


class Holding:
    """Answers who held a place on a day, and over the days."""

    def __init__(self, store: Store, places: dict[str, PlaceRow]) -> None:
        self._store = store
        self._places = places

    def spans(self, place: PlaceRow, known_on: str | None = None) -> tuple[ControlSpan, ...]:
        """The series of a place; with ``known_on`` as far as it had been said by that day."""
        return spans(place.id, self._signs([place.id], known_on), self._places, known_on)

    def on(self, place: PlaceRow, day: str, known_on: str | None = None) -> ControlSpan:
        """Who held a place on a day; ``unknown`` where nobody said so."""
        return held(place.id, day, self._signs([place.id], known_on), self._places, known_on)

    def everywhere(self, known_on: str) -> dict[str, tuple[ControlSpan, ...]]:
        """The series of every place, by its id, as far as they had been said by a day.

        It reads all that tells of control: time grows with the record.
        """
        found: dict[str, tuple[ControlSpan, ...]] = {}
        for some in self._neighbours(self._store.controlled_places()):
            said = self._signs(some, known_on)
            found |= {one: spans(one, said, self._places, known_on) for one in some}
        return dict(sorted(found.items()))

    def keep(self, touched: Iterable[str]) -> int:
        """Work out the series of places, and keep those that are new; how many were."""
        kept = 0
        with self._store.batch():
            for some in self._neighbours(touched):
                said = self._signs(some, None)
                for one in some:
                    kept += self._store.put_control(one, spans(one, said, self._places))
        return kept

    def _neighbours(self, places: Iterable[str]) -> Iterable[list[str]]:
        """Known places a few at a time, those that lie in one place together."""
        known = (self._places[one] for one in places if one in self._places)
        return chunks((row.id for row in sorted(known, key=self._way)), _AT_ONCE)

    def _way(self, row: PlaceRow) -> tuple[str, ...]:
        """The ids from the country down to a place, which so comes before what lies in it."""
        return (*(whole.id for whole in reversed(lineage(row, self._places))), row.id)

    def _signs(self, places: Iterable[str], known_on: str | None) -> SignIndex:
        """The signs of places, of what they lie in and of what lies right in them."""
        near: set[str] = set()
        for one in places:
            near |= {one, self._places[one].parent, *self._parts.get(one, ())}
        near.discard("")
        where = TestimonyFilter(places=frozenset(near), types=TELLING, known_on=known_on)
        return index(signs(self._store.testimonies(where=where), self._places), self._places)

    @cached_property
    def _parts(self) -> Mapping[str, list[str]]:
        """What lies right in each place."""
        return parts_of(self._places.values())
