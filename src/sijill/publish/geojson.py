"""GeoJSON (RFC 7946): one feature an event, without a geometry where the place has no point."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.publish.bundle import Meta
from sijill.publish.flat import EVENT_COLUMNS, event_row
from sijill.publish.parts import Files
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.testimony import Event

#: Decimals of a degree that RFC 7946 recommends; finer than anything a text can tell.
_DECIMALS = 6


class GeoJsonWriter:
    """A FeatureCollection, one feature a line; the account is its last member, ``sijill``."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally, self._between = tally, b""
        self._stream = files.main.open("wb")
        self._stream.write(b'{"type":"FeatureCollection","features":[\n')

    def add(self, item: Item) -> None:
        """Write an event as a feature."""
        self._stream.write(self._between + msgspec.json.encode(feature(item)))
        self._between = b",\n"
        self._tally.wrote(len(item.bundle.testimonies))
        if point(item.bundle.event) is None:
            self._tally.lose("no_point", item.bundle.event.id)

    def finish(self, meta: Meta) -> None:
        """Write the account, and close."""
        self._stream.write(b'\n],"sijill":' + msgspec.json.encode(meta) + b"}\n")
        self._stream.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._stream.close()


def feature(item: Item) -> dict[str, Any]:
    """An event as a feature; its properties are the columns of the table."""
    at = point(item.bundle.event)
    row = event_row(item.bundle)
    return {
        "type": "Feature",
        "id": item.bundle.event.id,
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {one.name: cell for one, cell in zip(EVENT_COLUMNS, row, strict=True)},
    }


def point(event: Event) -> tuple[float, float] | None:
    """Longitude and latitude in degrees of WGS 84, or nothing."""
    place = event.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)
