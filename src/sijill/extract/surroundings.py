"""What lies in or by the places that a name is given with: strictly, and as people speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sijill.extract.place_found import rank
from sijill.lexicon.geography import kilometres, lineage
from sijill.lexicon.place_rows import PlaceRow

#: A village is told of by the nearest town, whatever district it belongs to.
_VILLAGE_KM = 25.0
#: A town is named for what lies as far as this from it in its governorate, where nothing nearer
#: has the name: 50 km lose no name of a reporter's list, 70 km and more add wrong ones.
_COUNTRYSIDE_KM = 50.0
#: Beyond the edge of a plain, a mountain or a region without borders.
_EDGE_KM = 10.0


class Surroundings:
    """The places that a name is given with, and what belongs to them."""

    def __init__(self, wholes: Sequence[PlaceRow], places: Mapping[str, PlaceRow]) -> None:
        self.wholes = wholes
        self._places = places
        self._governorates = {id(one) for whole in wholes if (one := self._governorate(whole))}

    def hold(self, row: PlaceRow) -> bool:
        """Whether ``row`` is one of the places, lies in one, or right by one."""
        return any(self._holds(whole, row) for whole in self.wholes)

    def reach(self, row: PlaceRow) -> bool:
        """Whether people may tell of ``row`` by one of the places: not of a quarter elsewhere."""
        if row.kind == "quarter" or id(self._governorate(row)) not in self._governorates:
            return False
        near = [km for whole in self.wholes if (km := kilometres(row, whole)) is not None]
        return min(near, default=0.0) <= _COUNTRYSIDE_KM

    def _holds(self, whole: PlaceRow, row: PlaceRow) -> bool:
        if row is whole or whole in lineage(row, self._places):
            return True
        away = kilometres(row, whole)
        if away is None or rank(row.kind) > rank("district"):
            return False
        if whole.kind in ("region", "mountain", "river"):
            return away <= whole.extent_km + _EDGE_KM
        if rank(whole.kind) > rank("town"):
            return False
        return away <= (whole.extent_km if row.kind == "quarter" else _VILLAGE_KM)

    def _governorate(self, row: PlaceRow) -> PlaceRow | None:
        wholes = [row, *lineage(row, self._places)]
        return next((one for one in wholes if one.kind == "governorate"), None)
