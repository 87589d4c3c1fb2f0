"""A small map of one place: coast, borders, rivers, towns around it, and a circle of its size.

The outlines are drawn once into a file that browsers keep; each page only says which part to show.
A degree of longitude is drawn as long as it is at the latitude of Baghdad.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from sijill.lexicon.geography import KM_A_DEGREE
from sijill.model import Place

BASEMAP = Path(__file__).with_name("static") / "basemap"
#: The cosine of 33.3 degrees north.
_NARROW = 0.836
#: Half the height of the map in degrees, and how many towns have their names on it.
_REACH, _TOWNS = 1.6, 6
#: The width of the map against its height.
_WIDE = 1.5
#: Beyond this reach in degrees a place has no position that a small map could show.
_LARGEST = 8.0


class Town(msgspec.Struct, frozen=True):
    """A town on the map, in English and Arabic."""

    x: float
    y: float
    english: str
    arabic: str


class Locator(msgspec.Struct, frozen=True):
    """Which part of the outlines to show, and what lies on it; lengths in degrees of latitude."""

    x: float
    y: float
    radius: float
    reach: float
    towns: tuple[Town, ...]

    @property
    def box(self) -> str:
        """The part that is shown, as an SVG's ``viewBox``."""
        wide = self.reach * _WIDE
        corner = f"{self.x - wide:.3f} {self.y - self.reach:.3f}"
        return f"{corner} {2 * wide:.3f} {2 * self.reach:.3f}"


def locator(place: Place | None) -> Locator | None:
    """The map of a place; nothing where it has no point, or is larger than a map of it tells."""
    if place is None or place.lat is None or place.lon is None:
        return None
    radius = (place.radius_km or 0) / KM_A_DEGREE
    reach = max(_REACH, radius * 1.8)
    if reach > _LARGEST:
        return None
    x, y = _point(place.lon, place.lat)
    near = [
        (rank, town)
        for rank, town in _towns()
        if abs(town.x - x) < reach * _WIDE * 0.8 and reach * 0.22 < abs(town.y - y) < reach * 0.85
    ]
    named = [town for _, town in sorted(near, key=lambda pair: pair[0])]
    return Locator(x, y, radius, reach, tuple(_apart(named, reach)))


def _apart(towns: Iterable[Town], reach: float) -> Iterator[Town]:
    """The first towns whose names do not lie on each other."""
    taken: list[Town] = []
    for town in towns:
        if all(abs(town.y - other.y) > reach * 0.2 for other in taken) and len(taken) < _TOWNS:
            taken.append(town)
            yield town


def _point(lon: float, lat: float) -> tuple[float, float]:
    return round(lon * _NARROW, 3), round(-lat, 3)


def _features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((BASEMAP / name).read_bytes())["features"]
    return found


@lru_cache(maxsize=1)
def _towns() -> tuple[tuple[int, Town], ...]:
    found = []
    for feature in _features("cities.json"):
        about = feature["properties"]
        x, y = _point(*feature["geometry"]["coordinates"][:2])
        found.append((about["rank"], Town(x, y, about["en"], about["ar"])))
    return tuple(found)


@lru_cache(maxsize=1)
def outlines() -> str:
    """An SVG with the symbols ``land``, ``water``, ``rivers`` and ``borders``."""
    water = _features("water.json")
    lakes = [one for one in water if "Polygon" in one["geometry"]["type"]]
    rivers = [one for one in water if "Line" in one["geometry"]["type"]]
    layers = {
        "land": _features("land.json"),
        "water": lakes,
        "rivers": rivers,
        "borders": _features("borders.json"),
    }
    paths = "".join(f'<path id="{name}" d="{_path(layer)}"/>' for name, layer in layers.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{paths}</defs></svg>'


def _path(features: Iterable[dict[str, Any]]) -> str:
    return "".join(
        "M" + "L".join("{} {}".format(*_point(*position[:2])) for position in line)
        for feature in features
        for line in _lines(feature["geometry"]["coordinates"])
    )


def _lines(coordinates: list[Any]) -> Iterator[list[Any]]:
    """The lines of a geometry, however deep they lie in it."""
    if isinstance(coordinates[0][0], list):
        for part in coordinates:
            yield from _lines(part)
    else:
        yield coordinates
