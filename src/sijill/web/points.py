"""Events as a map draws them: the places, with how many events of each standing there are."""

from __future__ import annotations

from collections import Counter
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
#: A place and its point, as rounded as the map has it.
Key = tuple[str, float, float]


class Spot(msgspec.Struct, frozen=True):
    """A place of the map: degrees of WGS 84; ``metres`` is the radius that it lies within.

    ``key`` tells it from all others; ``exact`` marks a site: its point is the place itself;
    ``events`` counts those of each standing.
    """

    key: str
    id: str
    name: str
    lat: float
    lon: float
    metres: int
    exact: bool
    events: dict[str, int] = {}


def spot_key(place: str | None, lat: float, lon: float) -> str:
    """What tells a place of the map from all others."""
    return f"{place or ''}@{lat:.{_DECIMALS}f},{lon:.{_DECIMALS}f}"


def points(rows: Iterable[EventRow], name: Callable[[PlaceRow], str]) -> list[Spot]:
    """The places of ``rows``; those without a point are left out. ``name`` words a place."""
    known = load_knowledge().lexicon.places
    counts: dict[Key, Counter[str]] = {}
    for one in rows:
        if one.lat is not None and one.lon is not None:
            key = one.place or "", round(one.lat, _DECIMALS), round(one.lon, _DECIMALS)
            counts.setdefault(key, Counter())[one.standing] += 1
    spots = ((_spot(key, known.get(key[0]), name), events) for key, events in counts.items())
    return [msgspec.structs.replace(spot, events=dict(events)) for spot, events in spots]


def at_spot(rows: Iterable[EventRow], key: str) -> list[EventRow]:
    """The events of ``rows`` that lie at a place of the map, the newest first."""
    return [
        one
        for one in rows
        if one.lat is not None and one.lon is not None
        if spot_key(one.place, one.lat, one.lon) == key
    ][::-1]


def _spot(key: Key, row: PlaceRow | None, name: Callable[[PlaceRow], str]) -> Spot:
    """A place of the map; one that only lies off its row's point is as wide as it is far from it.

    That is how such points are made: the west of a town lies half its radius from the middle.
    """
    ident, lat, lon = key
    if row is None or row.lat is None or row.lon is None:
        return Spot(spot_key(*key), ident, "", lat, lon, 0, True)
    away = distance(lat, lon, row.lat, row.lon)
    metres, exact = round(row.extent_km * 1000), row.kind in SITE_KINDS
    if away > _SAME:
        metres, exact = max(1000, round(away * 1000)), False
    return Spot(spot_key(*key), ident, name(row), lat, lon, metres, exact)
