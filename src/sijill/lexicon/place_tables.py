"""All tables of places together: the packaged ones, and what those of a user add to them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.place_rows import PlaceRow, added_dir, read_table_of_places
from sijill.lexicon.place_spots import Spots
from sijill.lexicon.tables import knowledge_dir

Table = list[PlaceRow]


class PlaceTables(msgspec.Struct, frozen=True):
    """The rows of each table.

    ``left_out`` pairs rows of added tables that are left out with the packaged row that each is: a
    later version of the packaged tables has the place too.
    """

    tables: dict[Path, Table]
    left_out: list[tuple[PlaceRow, PlaceRow]]

    @property
    def rows(self) -> list[PlaceRow]:
        """The rows of all tables, the packaged ones first."""
        return [row for table in self.tables.values() for row in table]


def read_places(faults: list[Fault]) -> PlaceTables:
    """Read every table; a row that says nothing readable becomes a fault."""
    packaged = _read((knowledge_dir() / "places").glob("*.tsv"), faults)
    added = _read(added_dir().glob("*.tsv"), faults)
    if not added:
        return PlaceTables(packaged, [])
    spots = Spots(row for table in packaged.values() for row in table)
    known = [(row, twin) for table in added.values() for row in table if (twin := spots.same(row))]
    kept = {path: _without(table, known) for path, table in added.items()}
    return PlaceTables(packaged | kept, known)


def _read(paths: Iterable[Path], faults: list[Fault]) -> dict[Path, Table]:
    return {path: read_table_of_places(path, faults) for path in sorted(paths)}


def _without(table: Table, known: list[tuple[PlaceRow, PlaceRow]]) -> Table:
    """The rows that are not ``known``; those that lie in a known one lie in its packaged row."""
    gone = {row.where for row, _ in known}
    moved = {row.id: twin.id for row, twin in known}
    return [
        msgspec.structs.replace(row, parent=moved[row.parent]) if row.parent in moved else row
        for row in table
        if row.where not in gone
    ]
