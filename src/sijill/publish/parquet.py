"""Parquet with typed columns: days as dates, several values as lists, members nested."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from sijill.publish.bundle import Meta
from sijill.publish.flat import (
    EVENT_COLUMNS,
    MEMBER_COLUMNS,
    Cell,
    Column,
    Row,
    event_row,
    member_rows,
)
from sijill.publish.parts import Files
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.writer import needed

#: Events in one row group: some 20 MB in memory, and few enough groups in a million events.
_GROUP = 10_000


class ParquetWriter:
    """One row an event, with a list ``members``; the account is metadata of the file."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._arrow: Any = needed("pyarrow", "parquet", "Parquet")
        parquet = needed("pyarrow.parquet", "parquet", "Parquet")
        self._tally, self._rows = tally, list[dict[str, Any]]()
        self._schema = self._arrow.schema(self._fields())
        self._file = parquet.ParquetWriter(files.main, self._schema, compression="zstd")

    def _fields(self) -> list[Any]:
        members = self._arrow.struct(arrow_fields(MEMBER_COLUMNS))
        return [*arrow_fields(EVENT_COLUMNS), ("members", self._arrow.list_(members))]

    def add(self, item: Item) -> None:
        """Write an event."""
        row = typed(EVENT_COLUMNS, event_row(item.bundle))
        row["members"] = [typed(MEMBER_COLUMNS, one) for one in member_rows(item.bundle)]
        self._rows.append(row)
        if len(self._rows) >= _GROUP:
            self._flush()
        self._tally.wrote(len(item.bundle.testimonies))

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self._file.write_table(self._arrow.Table.from_pylist(rows, schema=self._schema))

    def finish(self, meta: Meta) -> None:
        """Write the last rows and the account, and close."""
        self._flush()
        self._file.add_key_value_metadata({"sijill": msgspec.json.encode(meta).decode()})
        self._file.close()

    def abandon(self) -> None:
        """Close so that the rows written so far can be read."""
        self._file.close()


def arrow_fields(columns: tuple[Column, ...]) -> list[Any]:
    """Columns with the types that they have in Parquet.

    Raises:
        UsageError: where the library is not installed.
    """
    arrow = needed("pyarrow", "parquet", "Parquet")
    types = {
        "text": arrow.string(),
        "many": arrow.list_(arrow.string()),
        "day": arrow.date32(),
        "int": arrow.int64(),
        "real": arrow.float64(),
    }
    return [arrow.field(one.name, types[one.kind]) for one in columns]


def typed(columns: tuple[Column, ...], row: Row) -> dict[str, Any]:
    """A row as Parquet takes it: days as dates, several values as a list."""
    return {one.name: _cell(one, cell) for one, cell in zip(columns, row, strict=True)}


def _cell(column: Column, cell: Cell) -> Any:
    if column.kind == "day" and isinstance(cell, str):
        return date.fromisoformat(cell)
    return list(cell) if isinstance(cell, tuple) else cell
