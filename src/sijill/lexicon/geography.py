"""How places lie to each other: how far apart, what lies in what, which are one area."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from sijill.lexicon.place_rows import PlaceRow

KM_A_DEGREE: Final = 111.2
#: Kinds so wide that the point in their middle says nothing about where something happened.
_VAGUE_KINDS: Final = frozenset({"country", "continent", "sea"})
#: So is any place of this radius in km: the gazetteer's countries have 300 in the middle.
_VAGUE_KM: Final = 250
#: Kinds so small that a point on a map is the place itself.
SITE_KINDS: Final = frozenset(
    {"airport", "base", "bridge", "camp", "crossing", "dam", "facility", "hospital", "mosque"}
    | {"oil_field", "prison"}
)


def is_vague(row: PlaceRow) -> bool:
    """Whether a place is too wide for a map: a pin in its middle would say what nobody said."""
    return row.kind in _VAGUE_KINDS or row.extent_km >= _VAGUE_KM


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points in degrees, on a flat map of their middle.

    Half a percent off at a thousand kilometres, which is more exact than any row's extent.
    """
    across = math.cos(math.radians((lat + lat2) / 2))
    return KM_A_DEGREE * math.hypot(lat - lat2, (lon - lon2) * across)


def kilometres(a: PlaceRow, b: PlaceRow) -> float | None:
    """How far apart two places are, or nothing where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance(a.lat, a.lon, b.lat, b.lon)


def lineage(row: PlaceRow, places: Mapping[str, PlaceRow]) -> list[PlaceRow]:
    """What a place lies in, from the next coarser one to the country."""
    found: list[PlaceRow] = []
    parent = places.get(row.parent)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = places.get(parent.parent)
    return found


def parts_of(places: Iterable[PlaceRow]) -> dict[str, list[str]]:
    """The ids of what lies right in each place, by its id, in the order of the rows."""
    parts: dict[str, list[str]] = {}
    for row in places:
        if row.parent:
            parts.setdefault(row.parent, []).append(row.id)
    return parts


def one_area(a: PlaceRow, b: PlaceRow, places: Mapping[str, PlaceRow]) -> bool:
    """Whether two rows are one place or one lies in the other: a town and its district."""
    if a is b or a in lineage(b, places) or b in lineage(a, places):
        return True
    away = kilometres(a, b)
    return away is not None and away <= max(a.extent_km, b.extent_km)
