"""A record as a folder of Parquet tables, for DuckDB, pandas and Spark: written part by part.

``documents`` and ``reports`` come in parts of equal many documents, in the order of reading;
``events`` by year; ``links`` are copies, later texts, and which report belongs to which event;
``rejects`` is what could not be read. A part takes its name when it is complete, and one that says
what the record says is left alone: a run that is cut off goes on behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sijill.issues import Issue
from sijill.publish.bundle import Bundle
from sijill.publish.discreet import discreet
from sijill.publish.flat import EVENT_COLUMNS, event_row
from sijill.publish.parquet import arrow_fields, typed
from sijill.publish.parts import part_of
from sijill.publish.writer import needed
from sijill.record.dataset_rows import (
    DOCUMENTS,
    LINKS,
    REJECTS,
    document_row,
    issue_row,
    report_row,
    report_schema,
)
from sijill.store.answers import Document, TestimonyFilter
from sijill.store.record_store import Store
from sijill.store.transactions import chunks
from sijill.testimony import Event, Testimony

#: Documents of a part: some 15 MB as Parquet, 50 MB in memory.
_PART = 10_000
#: Rows in memory at a time, of events and links.
_ROWS = 10_000
#: What shows that a document is as it was.
_MARKS = ("id", "read_at", "superseded_by")
#: What Hive, Spark and DuckDB call the part of rows without a value.
_UNDATED = "__HIVE_DEFAULT_PARTITION__"


class Dataset:
    """The tables of a record in a folder."""

    def __init__(self, folder: Path, store: Store) -> None:
        """Raises UsageError where the library that writes Parquet is not installed."""
        self._folder, self._store = folder, store
        self._arrow: Any = needed("pyarrow", "parquet", "a dataset")
        self._parquet: Any = needed("pyarrow.parquet", "parquet", "a dataset")

    def write(self, paths: Iterable[str] | None, skipped: Iterable[Issue]) -> int:
        """Bring all tables to where the record is; gives how many parts were written anew.

        ``skipped`` is what was not read of ``paths``: it takes the place of what was told of the
        same paths before. Without paths, after the record was read again, rejects stay.
        """
        anew = self._articles()
        self._events()
        self._write(self._file("links", 0), LINKS, self._links())
        if paths is not None:
            self._rejects(paths, skipped)
        return anew

    def _rejects(self, paths: Iterable[str], skipped: Iterable[Issue]) -> None:
        name = sha256("\n".join(paths).encode("utf-8", "surrogateescape")).hexdigest()[:12]
        rows = map(issue_row, skipped)
        self._write(self._folder / "rejects" / f"part-{name}.parquet", REJECTS, rows)

    def _file(self, table: str, number: int) -> Path:
        return self._folder / table / f"part-{number:05}.parquet"

    def _articles(self) -> int:
        """Documents and reports; a part that is there already is kept."""
        documents, number, anew = self._store.documents(), 0, 0
        while some := list(islice(documents, _PART)):
            if not self._is_kept(number, some):
                anew += 1
                reports = self._file("reports", number)
                self._write(reports, report_schema(), map(report_row, self._told(some)))
                rows = map(document_row, some)  # last: it says that the part is complete
                self._write(self._file("documents", number), DOCUMENTS, rows)
            number += 1
        return anew

    def _is_kept(self, number: int, documents: Sequence[Document]) -> bool:
        path = self._file("documents", number)
        if not path.exists():
            return False
        there: list[dict[str, Any]]
        there = self._parquet.read_table(path, columns=list(_MARKS)).to_pylist()
        return there == [{name: getattr(one, name) for name in _MARKS} for one in documents]

    def _told(self, documents: Sequence[Document]) -> Iterator[Testimony]:
        for some in chunks([one.id for one in documents]):
            yield from self._store.testimonies(where=TestimonyFilter(documents=frozenset(some)))

    def _events(self) -> None:
        """Events by the year of their first day."""
        writers: dict[str, Any] = {}
        rows: dict[str, list[dict[str, Any]]] = {}
        schema = self._arrow.schema(arrow_fields(EVENT_COLUMNS))
        for event in self._store.events():
            year = event.time[0][:4] if event.time else _UNDATED
            rows.setdefault(year, []).append(self._event_row(event))
            if len(rows[year]) >= _ROWS:
                self._flush(year, rows, writers, schema)
        for year in rows:
            self._flush(year, rows, writers, schema)
        self._settle(writers)

    def _event_row(self, event: Event) -> dict[str, Any]:
        told = tuple(self._store.testimonies_of(event))
        return typed(EVENT_COLUMNS, event_row(discreet(Bundle(event, told))))

    def _flush(
        self, year: str, rows: dict[str, list[dict[str, Any]]], writers: dict[str, Any], schema: Any
    ) -> None:
        if year not in writers:
            path = self._year(year)
            path.parent.mkdir(parents=True, exist_ok=True)
            writers[year] = self._parquet.ParquetWriter(part_of(path), schema, compression="zstd")
        writers[year].write_table(self._arrow.Table.from_pylist(rows[year], schema=schema))
        rows[year] = []

    def _settle(self, writers: dict[str, Any]) -> None:
        """Give the complete tables of events their names; years that have none any more go."""
        for year, writer in writers.items():
            writer.close()
            part_of(self._year(year)).replace(self._year(year))
        for path in (self._folder / "events").glob("year=*/part-00000.parquet"):
            if path.parent.name.partition("=")[2] not in writers:
                path.unlink()

    def _year(self, year: str) -> Path:
        return self._folder / "events" / f"year={year}" / "part-00000.parquet"

    def _links(self) -> Iterator[dict[str, Any]]:
        for copy in self._store.copies():
            yield {"kind": copy.kind, "a": copy.a, "b": copy.b, "share": copy.share}
        for document in self._store.documents():
            if document.superseded_by:
                yield {"kind": "superseded", "a": document.id, "b": document.superseded_by}
        for event in self._store.events():
            for member in event.members:
                yield {"kind": "member", "a": member, "b": event.id}

    def _write(self, path: Path, schema: Any, rows: Iterable[dict[str, Any]]) -> None:
        """A whole table, under its name when it is complete."""
        if isinstance(schema, tuple):
            schema = self._arrow.schema(arrow_fields(schema))
        path.parent.mkdir(parents=True, exist_ok=True)
        rows, part = iter(rows), part_of(path)
        with self._parquet.ParquetWriter(part, schema, compression="zstd") as writer:
            while some := list(islice(rows, _ROWS)):
                writer.write_table(self._arrow.Table.from_pylist(some, schema=schema))
        part.replace(path)
