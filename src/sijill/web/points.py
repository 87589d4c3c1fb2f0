"""Events as a map draws them: the places once, and a short row for each event there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from sijill.lexicon.geography import SITE_KINDS, distance
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.store.answers import EventRow

#: Decimals of a degree: a metre.
_DECIMALS = 5
#: A point this near to its row's, in km, is that of the row.
_SAME = 0.05


class Spot(msgspec.Struct, frozen=True):
    """A place of the map: degrees of WGS 84; ``metres`` is the radius that it lies within.

    ``exact`` marks a site: its point is the place itself.
    """

    id: str
    name: str
    lat: float
    lon: float
    metres: int
    exact: bool


class Points(msgspec.Struct, frozen=True):
    """What a map draws. An event is ``[id, type, standing, status, day, number of its spot]``."""

    spots: tuple[Spot, ...]
    events: tuple[tuple[str, str, str, str, str, int], ...]


def points(rows: Iterable[EventRow], name: Callable[[PlaceRow], str]) -> Points:
    """The points of ``rows``; those without one are left out. ``name`` words a place."""
    known = load_knowledge().lexicon.places
    spots: dict[tuple[str, float, float], tuple[int, Spot]] = {}
    events = []
    for one in rows:
        if one.lat is None or one.lon is None:
            continue
        key = one.place or "", one.lat, one.lon
        if key not in spots:
            spots[key] = len(spots), _spot(key, known.get(key[0]), name)
        number = spots[key][0]
        events.append((one.id, one.type, one.standing, one.status, one.first_day or "", number))
    return Points(tuple(spot for _, spot in spots.values()), tuple(events))


def _spot(
    key: tuple[str, float, float], row: PlaceRow | None, name: Callable[[PlaceRow], str]
) -> Spot:
    """A place of the map; one that only lies off its row's point is as wide as it is far from it.

    That is how such points are made: the west of a town lies half its radius from the middle.
    """
    ident, lat, lon = key
    at = round(lat, _DECIMALS), round(lon, _DECIMALS)
    if row is None or row.lat is None or row.lon is None:
        return Spot(ident, "", *at, 0, True)
    away = distance(lat, lon, row.lat, row.lon)
    if away > _SAME:
        return Spot(ident, name(row), *at, max(1000, round(away * 1000)), False)
    return Spot(ident, name(row), *at, round(row.extent_km * 1000), row.kind in SITE_KINDS)
