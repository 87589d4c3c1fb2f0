"""The gazetteer's rows: what the lines of a table of places say, and where such tables lie."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
from platformdirs import user_data_path

from sijill.errors import Fault
from sijill.lexicon.tables import Row, read_table

PLACE_COLUMNS = (
    "id",
    "parent",
    "kind",
    "lat",
    "lon",
    "extent_km",
    "name_en",
    "names",
    "other_names",
    "source",
)
#: Kinds of places, as ``docs/places.md`` explains them.
PLACE_KINDS = (
    "airport",
    "base",
    "border",
    "bridge",
    "camp",
    "continent",
    "country",
    "crossing",
    "dam",
    "district",
    "facility",
    "governorate",
    "hospital",
    "mosque",
    "mountain",
    "oil_field",
    "prison",
    "quarter",
    "region",
    "river",
    "road",
    "sea",
    "town",
    "village",
)
#: Rough radius of a place whose row gives none.
_EXTENT_KM = 5.0


class PlaceName(msgspec.Struct, frozen=True, gc=False):
    """One spelling of a place's name.

    ``marked``: it is also a word of the language; ``home``: but not in texts about its country;
    ``used_by``: the side that alone calls the place so, or ``<1991`` for a name given up that year.
    """

    text: str
    marked: bool = False
    home: bool = False
    used_by: str = ""


class PlaceRow(msgspec.Struct, frozen=True, gc=False):
    """A place of the gazetteer; ``extent_km`` is its rough radius."""

    id: str
    parent: str
    kind: str
    lat: float | None
    lon: float | None
    extent_km: float
    name: str
    name_en: str
    where: str
    names: tuple[PlaceName, ...] = ()
    source: str = ""

    @property
    def country(self) -> str:
        """The country's id, with which the ids of all that lies in it begin."""
        return self.id.split("_")[0]

    @property
    def packaged(self) -> bool:
        """Whether the row stands in a packaged table, and in none that a user added."""
        return self.where.startswith("places/")


def added_dir() -> Path:
    """The folder of tables that the user added; ``SIJILL_PLACES`` names another one."""
    given = os.environ.get("SIJILL_PLACES")
    return Path(given) if given else user_data_path("sijill") / "places"


def read_table_of_places(path: Path, faults: list[Fault]) -> list[PlaceRow]:
    """The rows of one table."""
    rows = (place_row(row, faults) for row in read_table(path, PLACE_COLUMNS, faults))
    return [row for row in rows if row is not None]


def place_row(row: Row, faults: list[Fault]) -> PlaceRow | None:
    """A line of a table as a place, or nothing and a fault."""
    names = tuple(_names(row))
    if not names:
        faults.append(Fault(row.file, row.line, f"place {row['id']!r} has no name"))
        return None
    try:
        lat, lon = (float(row[column]) if row[column] else None for column in ("lat", "lon"))
        extent = float(row["extent_km"] or _EXTENT_KM)
    except ValueError:
        faults.append(Fault(row.file, row.line, "lat, lon and extent_km are numbers"))
        return None
    return PlaceRow(
        row["id"],
        row["parent"],
        row["kind"],
        lat,
        lon,
        extent,
        names[0].text,
        row["name_en"],
        row.where,
        names,
        row["source"],
    )


def _names(row: Row) -> Iterator[PlaceName]:
    """The names of a row, those that not everybody uses behind those that all do."""
    for name in row.many("names"):
        yield PlaceName(name.lstrip("!?"), marked=name[0] in "!?", home=name[0] == "?")
    for name in row.many("other_names") if row["names"] else ():
        text, _, used_by = name.partition("@")
        yield PlaceName(text.lstrip("!"), marked="!" in name, used_by=used_by)
