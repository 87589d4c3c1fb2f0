"""Whether a place is in the tables already: its name and kind stand on its spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sijill.lexicon.geography import kilometres
from sijill.lexicon.place_rows import PlaceRow
from sijill.text.fold import fold

#: Two rows of one name and kind that lie as near as this are one place.
TWIN_KM = 1.0


class Spots:
    """Known places by their kind and folded names."""

    def __init__(self, rows: Iterable[PlaceRow] = ()) -> None:
        self._named: dict[tuple[str, str], list[PlaceRow]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: PlaceRow) -> None:
        """Know ``row`` from now on."""
        for key in self._keys(row):
            self._named[key].append(row)

    def same(self, row: PlaceRow) -> PlaceRow | None:
        """The known place that ``row`` is once more, or nothing."""
        for key in self._keys(row):
            for other in self._named.get(key, ()):
                away = kilometres(row, other)
                if away is not None and away <= TWIN_KM:
                    return other
        return None

    def _keys(self, row: PlaceRow) -> set[tuple[str, str]]:
        return {(row.kind, fold(name.text)) for name in row.names}
