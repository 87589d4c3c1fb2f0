"""Imported places written to a table that stands beside the packaged ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sijill.errors import Fault
from sijill.gazetteer.imports import Imported
from sijill.lexicon.place_rows import PLACE_COLUMNS, PlaceRow, added_dir
from sijill.lexicon.place_tables import read_places
from sijill.lexicon.tables import raise_faults


def known_places(table: str) -> dict[str, PlaceRow]:
    """Every place there is, by id, to import others beside them.

    What is wrong with tables whose names begin with ``table`` is passed over: an import is to
    replace them.

    Raises:
        KnowledgeError: another table does not load.
    """
    faults: list[Fault] = []
    rows = read_places(faults).rows
    raise_faults([fault for fault in faults if not fault.file.startswith(f"{table}-")])
    return {row.id: row for row in rows}


def table_path(imported: Imported) -> Path:
    """Where the table of an import lies: one for each source and country."""
    return added_dir() / f"{imported.source.table}-{imported.country}.tsv"


def write_places(imported: Imported, day: date) -> Path:
    """Write the rows of an import to its table, in place of what an earlier import wrote.

    The same import on the same day gives the same bytes. The table takes its name only when it is
    complete.

    Raises:
        OSError: the folder or the table cannot be written.
    """
    path = table_path(imported)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_text("".join(_lines(imported, day)), encoding="utf-8", newline="\n")
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def _lines(imported: Imported, day: date) -> Iterator[str]:
    yield "\t".join(PLACE_COLUMNS) + "\n"
    for remark in _remarks(imported, day):
        yield f"# {remark}\n"
    for row in imported.rows:
        yield "\t".join(_cells(row)) + "\n"


def _remarks(imported: Imported, day: date) -> Iterator[str]:
    """Whence the rows are and what may be done with them, as their licences ask."""
    # A file's name may hold a line break, or bytes that are no text.
    file = " ".join(imported.file.encode("utf-8", "replace").decode("utf-8").split())
    yield f"source: {imported.source.name}"
    yield f"licence: {imported.source.licence}"
    yield f"attribution: {imported.source.attribution}"
    yield "changed: places chosen, kinds translated, what they lie in and rough radii added"
    yield f"imported: {day.isoformat()}"
    yield f"file: {file}"
    yield f"sha256: {imported.sha256}"
    yield "! before a name: nobody has judged whether it is also a word; read behind a type word"


def _cells(row: PlaceRow) -> tuple[str, ...]:
    names = "|".join(f"!{name.text}" for name in row.names)
    point = (f"{degrees:g}" if degrees is not None else "" for degrees in (row.lat, row.lon))
    lat, lon = point
    extent = f"{row.extent_km:g}"
    return row.id, row.parent, row.kind, lat, lon, extent, row.name_en, names, "", row.source
