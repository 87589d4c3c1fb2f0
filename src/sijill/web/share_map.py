"""The map of a shared file: the places of its events, and as much of the base map as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import Markup

from sijill.record.filters import vague_places
from sijill.store.answers import EventRow
from sijill.testimony import Event
from sijill.web.points import points, spot_key

BASEMAP = Path(__file__).with_name("static") / "basemap"
#: Degrees around the events that are drawn too.
_MARGIN = 6.0
#: Parts of a degree of the base map: a kilometre, as exact as its source is at this scale.
_PARTS = 100
#: Towns that are named: the largest of those around the events.
_TOWNS = 60
#: No town is named in the outer degrees of the margin.
_OUTER = 4.0
#: A ring of no more numbers, which are three corners, is none any more.
_LEAST = 6
Box = tuple[float, float, float, float]
#: Points, each of longitude and latitude.
Line = Sequence[Sequence[float]]


class SharedMap(msgspec.Struct, frozen=True):
    """What is drawn, as JSON for the script; by each event's id the number of its place."""

    data: Markup
    spot_of: dict[str, int]


def shared_map(events: Sequence[Event]) -> SharedMap:
    """The map of ``events``, without those that have no point or a country's alone."""
    rows = [_row(one) for one in events if _on_map(one)]
    spots = points(rows, lambda row: row.id)
    number = {spot.key: n for n, spot in enumerate(spots)}
    spot_of = {
        row.id: number[spot_key(row.place, row.lat, row.lon)]
        for row in rows
        if row.lat is not None and row.lon is not None
    }
    at = [(spot.lat, spot.lon) for spot in spots]
    data: dict[str, Any] = {"spots": [[s.lat, s.lon, s.metres, s.exact] for s in spots]}
    if at:
        data |= _base(_around(at))
    return SharedMap(_json(data), spot_of)


def _json(data: Any) -> Markup:
    """Data that may stand in a page: nothing in it ends the element that it stands in."""
    text = msgspec.json.encode(data).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _on_map(event: Event) -> bool:
    place = event.place
    return place is not None and place.lat is not None and place.id not in vague_places()


def _row(one: Event) -> EventRow:
    first, last = one.time or (None, None)
    place = one.place
    at = (place.id, place.lat, place.lon) if place else (None, None, None)
    return EventRow(one.id, one.type, one.status, one.standing, first, last, *at)


def _around(at: Sequence[tuple[float, float]]) -> Box:
    """South, west, north, east of what is drawn."""
    lats, lons = [lat for lat, _ in at], [lon for _, lon in at]
    south, north = min(lats) - _MARGIN, max(lats) + _MARGIN
    return south, min(lons) - _MARGIN, north, max(lons) + _MARGIN


def _base(box: Box) -> dict[str, Any]:
    """Land, water and borders of a part of the world, and its largest towns."""
    drawn = {name: list(_features(name, box)) for name in ("land", "water", "borders")}
    return {**drawn, "towns": _towns(box)}


def _read(name: str) -> list[dict[str, Any]]:
    whole = msgspec.json.decode((BASEMAP / f"{name}.json").read_bytes())
    features: list[dict[str, Any]] = whole["features"]
    return features


def _features(name: str, box: Box) -> Iterator[list[Any]]:
    """Kind, whether it is an area, and its parts: lines, or areas of packed rings."""
    for one in _read(name):
        geometry = one["geometry"]
        several = geometry["type"].startswith("Multi")
        parts = geometry["coordinates"] if several else [geometry["coordinates"]]
        area = geometry["type"].endswith("Polygon")
        kept = [found for part in parts if (found := (_area if area else _line)(part, box))]
        if kept:
            yield [one.get("properties", {}).get("kind", ""), area, kept]


def _area(rings: Sequence[Line], box: Box) -> list[list[int]]:
    """The rings of an area as far as they lie in the box."""
    packed = (_packed(_clipped(ring, box)) for ring in rings)
    return [ring for ring in packed if len(ring) > _LEAST]


def _line(line: Line, box: Box) -> list[int]:
    """A line from the last point before the box to the first behind it."""
    south, west, north, east = box
    near = [n for n, (x, y) in enumerate(line) if west <= x <= east and south <= y <= north]
    return _packed(line[max(0, near[0] - 1) : near[-1] + 2]) if near else []


def _clipped(ring: Line, box: Box) -> Line:
    """The part of a ring inside the box: cut at each side in turn (Sutherland and Hodgman)."""
    south, west, north, east = box
    for axis, limit, sign in ((1, south, 1), (0, west, 1), (1, north, -1), (0, east, -1)):
        kept: list[Sequence[float]] = []
        for start, end in pairwise([*ring[-1:], *ring]):
            ins, outs = ((at[axis] - limit) * sign >= 0 for at in (end, start))
            if ins != outs:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append([a + (b - a) * share for a, b in zip(start, end, strict=True)])
            if ins:
                kept.append(end)
        ring = kept
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _packed(line: Line) -> list[int]:
    """Points as hundredths of a degree, each as steps from the one before: half the size."""
    packed: list[int] = []
    last = (0, 0)
    for lon, lat in line:
        at = round(lon * _PARTS), round(lat * _PARTS)
        if at != last or not packed:
            packed += [at[0] - last[0], at[1] - last[1]]
            last = at
    return packed


def _towns(box: Box) -> list[tuple[float, float, str, str, int]]:
    """The largest towns around the events: latitude, longitude, both names, rank from 1 to 3."""
    south, west, north, east = box
    inner = (south + _OUTER, west + _OUTER, north - _OUTER, east - _OUTER)
    there = (one for one in _read("cities") if _line([one["geometry"]["coordinates"]], inner))
    named = sorted(there, key=lambda one: one["properties"]["rank"])[:_TOWNS]
    return [
        (lat, lon, one["properties"]["ar"], one["properties"]["en"], one["properties"]["rank"])
        for one in named
        for lon, lat in [one["geometry"]["coordinates"]]
    ]
