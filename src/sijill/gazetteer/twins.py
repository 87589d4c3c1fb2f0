"""Whether a place of a dump is known already: one of its names stands near by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sijill.gazetteer.type_words import DIVISIONS, TypeWords
from sijill.lexicon.geography import kilometres
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_spelling import loose_key

#: Places of one name that lie so near are one place; quarters of neighbouring towns share names.
SAME_KM, SAME_QUARTER_KM = 5.0, 1.5


class Twins:
    """Known places by their loosely spelt names."""

    def __init__(self, rows: Iterable[PlaceRow], words: TypeWords) -> None:
        self._words = words
        self._named: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: PlaceRow) -> None:
        """Know ``row`` from now on."""
        for key in self._keys(row):
            self._named[key].append(row)

    def of(self, row: PlaceRow) -> PlaceRow | None:
        """The known place that ``row`` is, or nothing.

        A division and a town of its name are two places: most districts are called by their seat.
        """
        most = SAME_QUARTER_KM if row.kind == "quarter" else SAME_KM
        for key in self._keys(row):
            for other in self._named.get(key, ()):
                away = kilometres(row, other)
                if away is not None and away <= most and _comparable(row, other):
                    return other
        return None

    def _keys(self, row: PlaceRow) -> list[str]:
        keys = (loose_key(self._words.bare(name.text, row.kind)) for name in row.names)
        return [key for key in dict.fromkeys(keys) if key]


def _comparable(row: PlaceRow, other: PlaceRow) -> bool:
    return (row.kind in DIVISIONS) == (other.kind in DIVISIONS)
