"""The places a document has named, for the nouns that point back: the city, the area, there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from sijill.extract.place_found import Named
from sijill.text.fold import fold

#: Kinds of place that a definite noun ("the city") may point back to.
_BACK_KINDS: Final = {
    "town": {"town", "district"},
    "village": {"village", "town"},
    "region": {
        "region",
        "governorate",
        "district",
        "quarter",
        "unknown",
        "countryside",
        "direction",
        "village",
        "town",
        "mountain",
    },
    "governorate": {"governorate"},
    "district": {"district", "town"},
    "quarter": {"quarter"},
    "camp": {"camp"},
    "base": {"base"},
    "airport": {"airport"},
}


class PlaceMemory:
    """The places named so far, in order."""

    def __init__(self) -> None:
        self._named: list[Named] = []
        self.placed: set[str] = set()

    def note(self, named: Named) -> None:
        """Remember that a place was named."""
        self._named.append(named)
        if named.row is not None and named.sure:
            self.placed.add(named.row.id)

    def meant(self, kind: str, here: frozenset[str], seated: Collection[str] = ()) -> Named | None:
        """The place that a definite noun of ``kind`` means: the last that fits.

        A town is also meant by a governorate or district named after it (``seated``). No area is
        a capital or lies outside the countries ``here``; a town there gives way to others.
        """
        wanted = _BACK_KINDS.get(kind, {kind})
        fitting = [
            named
            for named in self._backwards()
            if named.kind in wanted or (named.row is not None and named.row.id in seated)
        ]
        if kind == "region":
            near = [n for n in fitting if self._lies_in(n, here) and not n.capital]
            return next(iter(near), None)
        near = [n for n in fitting if not n.capital or self._lies_in(n, here)]
        return next(iter(near or fitting), None)

    def called(self, word: str) -> Named | None:
        """The place last named whose name begins with ``word``: the university, the bridge."""
        return next((n for n in reversed(self._named) if fold(n.name).startswith(word)), None)

    def latest(self) -> Named | None:
        """The place last named, of whatever kind finer than a country."""
        return next((n for n in self._backwards() if n.kind != "country"), None)

    def _backwards(self) -> Iterator[Named]:
        return (named for named in reversed(self._named) if not named.acts)

    def _lies_in(self, named: Named, here: frozenset[str]) -> bool:
        row = named.row
        return (
            row is None or row.id.split("_")[0] in here or (row.kind, row.parent) == ("region", "")
        )
