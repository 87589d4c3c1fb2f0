"""Lists as people want them: a table on the terminal, JSON, JSON Lines or CSV for programs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sijill.cli_ends import refuse, stdout_console

Row = Mapping[str, Any]

#: The option of every command that asks a record.
RecordOption = Annotated[
    str,
    typer.Option(
        "--record",
        envvar="SIJILL_RECORD",
        metavar="FILE",
        help="The record: a file, or an address such as postgresql+psycopg://host/name.",
    ),
]
DEFAULT_RECORD = "sijill.db"
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
AsTable = Annotated[bool, typer.Option("--table", help="Print a table (the default).")]


def print_rows(
    rows: Iterable[Row],
    columns: Sequence[str],
    *,
    json: bool = False,
    jsonl: bool = False,
    csv: bool = False,
    table: bool = False,
    whole: Iterable[Any] | None = None,
) -> int:
    """Print rows in the form asked for, and say how many there were.

    JSON prints ``whole`` (records with all that is in them) where given, else the rows.
    """
    if json + jsonl + csv + table > 1:
        refuse("choose one of --json, --jsonl, --csv and --table")
    if json or jsonl:
        return _print_json(whole if whole is not None else rows, lines=jsonl)
    if csv:
        return _print_csv(rows, columns)
    return _print_table(rows, columns)


def _print_json(rows: Iterable[Any], lines: bool) -> int:
    import msgspec

    out, count = sys.stdout.buffer, 0
    if not lines:
        out.write(b"[")
    for row in rows:
        out.write(b"" if lines or not count else b",\n")
        out.write(msgspec.json.encode(row) + (b"\n" if lines else b""))
        count += 1
    if not lines:
        out.write(b"]\n")
    return count


def _print_csv(rows: Iterable[Row], columns: Sequence[str]) -> int:
    from sijill.publish.safe_csv import disarmed

    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    writer, count = csv.writer(text, lineterminator="\n"), 0
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row[c] is None else disarmed(str(row[c])) for c in columns])
        count += 1
    text.detach()
    return count


def _print_table(rows: Iterable[Row], columns: Sequence[str]) -> int:
    from rich.table import Table

    from sijill.show import isolated

    console, count = stdout_console(), 0
    table = Table(*columns)
    for row in rows:
        cells = ("" if row[c] is None else isolated(str(row[c]), console) for c in columns)
        table.add_row(*cells)
        count += 1
    if count:
        console.print(table)
    return count


def existing(record: str) -> str:
    """The record's address, where there is one to ask.

    Raises:
        UsageError: there is no such file.
    """
    if "://" not in record and not Path(record).exists():
        refuse(f"there is no record {record}; make one: sijill read ARTICLES --record {record}")
    return record
