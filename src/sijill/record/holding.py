"""Who held which place: worked out from testimonies when it is asked, on either clock."""

from __future__ import annotations

from collections.abc import Iterable

from sijill.lexicon.geography import lineage
from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control import SignIndex, held, index, signs, spans
from sijill.record.places import AskedPlaces
from sijill.store.answers import TestimonyFilter
from sijill.store.record_store import Store
from sijill.testimony import ControlSpan

#: Types of reports that tell who holds a place, or that somebody fights for it.
TELLING = frozenset({"capture", "control", "withdrawal", "advance", "clash", "offensive", "siege"})


class Holding:
    """Answers who held a place on a day, and over the days."""

    def __init__(self, store: Store, places: dict[str, PlaceRow], asked: AskedPlaces) -> None:
        self._store = store
        self._places = places
        self._asked = asked

    def spans(self, place: PlaceRow, known_on: str | None = None) -> tuple[ControlSpan, ...]:
        """The series of a place; with ``known_on`` as far as it had been said by that day."""
        return spans(place.id, self._signs([place], known_on), self._places, known_on)

    def on(self, place: PlaceRow, day: str, known_on: str | None = None) -> ControlSpan:
        """Who held a place on a day; ``unknown`` where nobody said so."""
        return held(place.id, day, self._signs([place], known_on), self._places, known_on)

    def everywhere(self, known_on: str) -> dict[str, tuple[ControlSpan, ...]]:
        """The series of every place, by its id, as far as they had been said by a day.

        It reads all that tells of control: time grows with the record.
        """
        where = TestimonyFilter(types=TELLING, known_on=known_on)
        found = index(signs(self._store.testimonies(where=where), self._places), self._places)
        named = [one for one in self._store.controlled_places() if one in self._places]
        return {one: spans(one, found, self._places, known_on) for one in named}

    def keep(self, touched: Iterable[str]) -> int:
        """Work out the series of places, and keep those that are new; how many were."""
        rows = [self._places[ident] for ident in touched if ident in self._places]
        if not rows:
            return 0
        found = self._signs(rows, None)
        with self._store.batch():
            return sum(
                self._store.put_control(row.id, spans(row.id, found, self._places)) for row in rows
            )

    def _signs(self, rows: Iterable[PlaceRow], known_on: str | None) -> SignIndex:
        """The signs of places, of what they lie in and of what lies in them."""
        near: set[str] = set()
        for row in rows:
            near |= {row.id, *(whole.id for whole in lineage(row, self._places))}
            near |= set(self._asked.parts(row))
        where = TestimonyFilter(places=frozenset(near), types=TELLING, known_on=known_on)
        return index(signs(self._store.testimonies(where=where), self._places), self._places)
