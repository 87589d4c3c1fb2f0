"""Tables of place names to the same tables with coordinates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.tables import did_you_mean
from sijill.model import Place

#: The columns that are added, before which a name is put where the table has one of them already.
ADDED = (
    "place_status",
    "place_id",
    "latitude",
    "longitude",
    "radius_km",
    "ucdp_precision",
    "acled_precision",
    "place_candidates",
)
_PREFIX = "sijill_"
_DELIMITERS = ",;\t|"
_ARABIC = re.compile("[\u0621-\u064a]")
#: So many rows are looked at to tell which column holds the names.
_LOOKED_AT = 200


class Finder(Protocol):
    """What finds a place by its name."""

    def find(self, name: str, near: str = "") -> Place:
        """The place that ``name`` means, in or by ``near``."""


class Table(msgspec.Struct, frozen=True):
    """A table as it was read: its header, its rows, and the sign between its cells."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str


def read_cells(text: str, source: str) -> Table:
    """The table in ``text``: comma, semicolon, tab or bar between the cells, names on top.

    Raises:
        UsageError: when there is no row of names, or a column has no name of its own.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError(f"{source}: the table is empty; its first line names the columns")
    delimiter = max(_DELIMITERS, key=lines[0].count)
    cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header, *rows = [row for row in cells if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in header]
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"{source}: two columns are called {twice!r}; rename one")
    return Table(header, rows, delimiter)


def column(table: Table, wanted: str | None, source: str) -> int:
    """The column called ``wanted``; without a wish, the only one that holds Arabic names.

    Raises:
        UsageError: when there is none, or several could be meant; names the columns there are.
    """
    known = ", ".join(table.header)
    if wanted is not None:
        if wanted not in table.header:
            near = did_you_mean(wanted, table.header)
            raise UsageError(f"{source}: no column {wanted!r}{near}; it has: {known}")
        return table.header.index(wanted)
    arabic = [n for n in range(len(table.header)) if _is_arabic(table, n)]
    if len(arabic) != 1:
        found = "several columns hold" if arabic else "no column holds mostly"
        raise UsageError(f"{source}: {found} Arabic; say which has the names: --name COLUMN")
    return arabic[0]


def _is_arabic(table: Table, n: int) -> bool:
    cells = [row[n] for row in table.rows[:_LOOKED_AT] if n < len(row) and row[n].strip()]
    return 2 * sum(bool(_ARABIC.search(cell)) for cell in cells) > len(cells)


def added_columns(header: Sequence[str]) -> list[str]:
    """The names of the added columns, none of which the table has."""
    return [f"{_PREFIX}{name}" if name in header else name for name in ADDED]


def geocode(
    table: Table, name: int, within: int | None, finder: Finder
) -> Iterator[tuple[list[str], Place | None]]:
    """Each row with its added cells, and the place found; nothing where the row has no name."""
    for row in table.rows:
        cells = row + [""] * (len(table.header) - len(row))
        words = cells[name].strip()
        around = cells[within].strip() if within is not None else ""
        place = finder.find(words, around) if words else None
        yield [*cells, *(_cells(place) if place else ["no name", *[""] * (len(ADDED) - 1)])], place


def _cells(place: Place) -> list[str]:
    values = (
        place.status,
        place.id,
        place.lat,
        place.lon,
        place.radius_km,
        place.ucdp,
        place.acled,
    )
    several = place.status != "resolved"
    candidates = " ".join(one.id for one in place.candidates) if several else ""
    return [*("" if value is None else f"{value}" for value in values), candidates]
