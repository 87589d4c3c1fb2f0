"""The analyst's last word: ``sijill correct``, ``merge``, ``split``, ``undo``, ``corrections``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli_ends import DONE, FAILED, clean_end, refuse, say, written
from sijill.cli_lists import (
    DEFAULT_RECORD,
    AsCsv,
    AsJson,
    AsLines,
    AsTable,
    RecordOption,
    existing,
    print_rows,
)

if TYPE_CHECKING:
    from sijill.record.record import Record
    from sijill.testimony import Correction

commands = typer.Typer()
corrections = typer.Typer(help="List, export and apply corrections.", no_args_is_help=True)
commands.add_typer(corrections, name="corrections")

Why = Annotated[str, typer.Option(help="The reason; it is kept.")]
By = Annotated[str, typer.Option(envvar="SIJILL_BY", help="Who corrects; it is kept.")]


def _opened(record: str, read_only: bool = False) -> Record:
    from sijill.record.record import Record

    return Record.open(existing(record), create=False, read_only=read_only)


def _done(made: Correction, record: str) -> None:
    print(made.id)
    say(f"kept; take it back: sijill undo {made.id} --why ... --by ... --record {record}")


@commands.command()
def correct(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id.")],
    change: Annotated[
        str,
        typer.Argument(
            metavar="FIELD=VALUE",
            help="type, status, actor, target, place (an id), time (a day, or two with ..), or a "
            "figure: killed=17, wounded=20..30, killed/children=5.",
        ),
    ],
    why: Why,
    by: By,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Correct a field of an event; what was read stays, the correction is laid over it."""
    with clean_end(), _opened(record) as rec:
        field, equals, value = change.partition("=")
        if not equals:
            refuse(f"{change!r} is no change; write FIELD=VALUE, such as place=iq_mosul")
        made = rec.correcting.set(event, field.strip(), value.strip(), why=why, by=by)
        _done(made, record)


@commands.command()
def merge(
    events: Annotated[list[str], typer.Argument(metavar="EVENT...", help="Two events or more.")],
    why: Why,
    by: By,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Make one event of several."""
    with clean_end(), _opened(record) as rec:
        _done(rec.correcting.merge(events, why=why, by=by), record)


@commands.command()
def split(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id.")],
    reports: Annotated[
        list[str], typer.Argument(metavar="REPORT...", help="Those that tell of another event.")
    ],
    why: Why,
    by: By,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take reports out of an event and make another event of them."""
    with clean_end(), _opened(record) as rec:
        _done(rec.correcting.split(event, reports, why=why, by=by), record)


@commands.command()
def undo(
    correction: Annotated[str, typer.Argument(metavar="CORRECTION", help="A correction's id.")],
    why: Why,
    by: By,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Undo a correction, or an undo; both stay in the log."""
    with clean_end(), _opened(record) as rec:
        _done(rec.correcting.undo(correction, why=why, by=by), record)


@corrections.command("list")
def list_(
    record: RecordOption = DEFAULT_RECORD,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Only those that no longer fit the record.")
    ] = False,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List every correction with author and reason, the undone ones too."""
    with clean_end(), _opened(record, read_only=True) as rec:
        wrong = {one.correction.id: one.why for one in rec.correcting.conflicts()}
        rows = [
            {name: getattr(one, name) for name in one.__struct_fields__}
            | {"conflict": wrong.get(one.id)}
            for one in rec.correcting.log()
            if not conflicts or one.id in wrong
        ]
        columns = ("id", "at", "by", "kind", "target", "field", "value", "why", "conflict")
        count = print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv, table=table)
        say(f"{count:,} corrections, {len(wrong):,} of them no longer fit")


@corrections.command()
def export(
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write every correction as a line of JSON, to be applied to another record."""
    with clean_end(), _opened(record, read_only=True) as rec, written(out) as stream:
        stream.writelines(rec.correcting.export())


@corrections.command("import-label-studio")
def import_label_studio(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A project exported from Label Studio as JSON.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    by: Annotated[str, typer.Option(help="Who corrected, in place of whom the file names.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and keep nothing.")
    ] = False,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """Correct types and statuses as people labelled them; list what cannot be a correction.

    Tasks come from sijill export label-studio. Importing a file twice changes nothing.
    Exit code: 0 all was taken over, 1 some could not be.
    """
    with clean_end(), _opened(record, read_only=dry_run) as rec:
        from sijill.record.labelling import label_rows

        found = rec.correcting.apply_labels(file, by.strip(), dry_run)
        more = ("correction", "by") if csv else ()
        columns = ("done", "doc", "event", "report", "change", "why", *more)
        print_rows(
            label_rows(found, dry_run), columns, json=json, jsonl=jsonl, csv=csv, table=table
        )
        new = sum(one.new for one in found.placed)
        would = " would be" if dry_run else ""
        say(
            f"{new:,} corrections{would} made, {len(found.placed) - new:,} there already, "
            f"{len(found.unplaced):,} labels could not be taken over"
        )
        raise typer.Exit(FAILED if found.unplaced else DONE)


@corrections.command()
def apply(
    file: Annotated[Path, typer.Argument(help="What sijill corrections export wrote.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Take over corrections; those that do not fit this record are listed, never guessed.

    Exit code: 0 all fit, 1 some do not.
    """
    with clean_end(), _opened(record) as rec:
        new, wrong = rec.correcting.apply(file)
        for one in wrong:
            print(f"{one.correction.id}: {one.why}", file=sys.stdout)
        say(f"{new:,} corrections taken over, {len(wrong):,} do not fit")
        raise typer.Exit(FAILED if wrong else DONE)
