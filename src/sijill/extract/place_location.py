"""Where a place found in a text lies, how far from that point it may lie, and how exact that is.

Precision codes are those of the codebooks: UCDP GED's ``where_prec`` (1 a known point, 2 within
about 25 km of one, 3 a district, 4 a governorate, 5 a line or an area without borders, 6 a country,
7 international waters or airspace) and ACLED's ``geo_precision`` (1 a named town, 2 near one or a
small area, 3 a region).
"""

from __future__ import annotations

import math

import msgspec

from sijill.extract.place_found import PlaceFound, rank
from sijill.lexicon.compass import bearing_of
from sijill.lexicon.geography import KM_A_DEGREE, lineage
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Place, Trace
from sijill.text.fold import fold

#: UCDP's and ACLED's code of a place itself, where its kind is no town or finer.
_CODES = {
    "district": (3, 2),
    "governorate": (4, 3),
    "region": (5, 3),
    "river": (5, 3),
    "road": (5, 3),
    "border": (5, 3),
    "mountain": (5, 3),
    "country": (6, 3),
    "continent": (6, 3),
    "sea": (7, 3),
}
#: An area without borders up to this radius is "near a known point" for both projects.
_SMALL_KM = 25.0
#: "Near" and "on the outskirts of" reach so far beyond the place.
_NEAR_KM = 10.0
_LEAST_KM = 3.0
#: A half of a place lies around the point half-way to its edge, as far as that edge.
_HALF = 0.5
#: Distances are told by road and in round numbers, directions to an eighth of the compass.
_ROUGH = 0.3


class Location(msgspec.Struct, frozen=True):
    """A point in degrees, the radius in km within which the place lies, and precision codes."""

    lat: float
    lon: float
    radius_km: float
    ucdp: int
    acled: int


class Locator:
    """Derives points and radii, also of parts of places: the west of a town, a countryside."""

    def __init__(self, places: dict[str, PlaceRow], bearings: dict[str, float]) -> None:
        self._places = places
        self._bearings = bearings

    def locate(self, found: PlaceFound) -> Location | None:
        """Where ``found`` lies, or nothing where its row has no point or it has no row."""
        row = found.row
        if row is None or row.lat is None or row.lon is None:
            return None
        if found.role == "part":
            return self._part(found, row, (row.lat, row.lon))
        ucdp, acled = _codes(row.kind, row.extent_km)
        radius = row.extent_km
        if found.near:
            ucdp, acled, radius = max(ucdp, 2), max(acled, 2), radius + _NEAR_KM
        return Location(row.lat, row.lon, radius, ucdp, acled)

    def _part(
        self, found: PlaceFound, row: PlaceRow, point: tuple[float, float]
    ) -> Location | None:
        area = self._area(found, row)
        ucdp, acled = _codes(area.kind, area.extent_km)
        ucdp, acled = (5 if ucdp == 6 else max(ucdp, 2)), max(acled, 2)
        if found.away_km:
            return self._off(found, point)
        within = found.kind in ("direction", "side", "countryside")
        bearing = bearing_of(fold(found.name).split(), self._bearings) if within else None
        if bearing is None:
            return Location(*point, max(area.extent_km, _LEAST_KM), ucdp, acled)
        reach = max(_HALF * area.extent_km, _LEAST_KM)
        lat, lon = _shifted(*point, bearing, _HALF * area.extent_km)
        return Location(lat, lon, reach, ucdp, acled)

    def _off(self, found: PlaceFound, point: tuple[float, float]) -> Location | None:
        """So many kilometres from the place in a direction; no point where none is named."""
        bearing = bearing_of(fold(found.name).split(), self._bearings)
        if bearing is None:
            return None
        lat, lon = _shifted(*point, bearing, found.away_km)
        radius = max(_LEAST_KM, _ROUGH * found.away_km)
        near = radius <= _SMALL_KM
        return Location(lat, lon, radius, 2 if near else 5, 2 if near else 3)

    def _area(self, found: PlaceFound, row: PlaceRow) -> PlaceRow:
        """What a part is of: the countryside of a town is that of its governorate of that name."""
        if found.kind == "countryside" and rank(row.kind) <= rank("district"):
            for whole in lineage(row, self._places):
                if whole.kind == "governorate" and whole.name == row.name:
                    return whole
        return row


def _codes(kind: str, extent_km: float) -> tuple[int, int]:
    codes = _CODES.get(kind, (1, 1))
    return (2, 2) if codes == (5, 3) and extent_km <= _SMALL_KM else codes


def _shifted(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point ``km`` away in the direction ``bearing``, to about ten metres."""
    turn = math.radians(bearing)
    north = km * math.cos(turn) / KM_A_DEGREE
    east = km * math.sin(turn) / (KM_A_DEGREE * math.cos(math.radians(lat)))
    return round(lat + north, 4), round(lon + east, 4)


def place_of(found: PlaceFound, locator: Locator, trace: Trace | None = None) -> Place:
    """The record of a place found: resolved, ambiguous with its candidates, or unknown."""
    choice = found.choice
    candidates = choice.candidates if choice else ()
    sure = choice is None or choice.sure
    place = Place(name=found.name, within=found.within or None, trace=trace, candidates=candidates)
    if found.row is None or found.role == "unknown":
        return msgspec.structs.replace(place, status="unknown")
    if not sure:
        return msgspec.structs.replace(place, status="ambiguous", within=None)
    where = locator.locate(found)
    if where is None:
        return msgspec.structs.replace(place, id=found.row.id)
    return msgspec.structs.replace(place, id=found.row.id, **msgspec.structs.asdict(where))
