"""``sijill read``, ``verify`` and ``doctor``: articles into a record, and whether it is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli_ends import DONE, SKIPPED, clean_end, say, tell_issues
from sijill.cli_lists import DEFAULT_RECORD, RecordOption, existing

if TYPE_CHECKING:
    from sijill.issues import IssueLog
    from sijill.model import Reading
    from sijill.record.record import ReadSummary, Record

commands = typer.Typer()

#: A record in which ``verify`` finds a fault.
UNSOUND = 4


@commands.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH"),
    ],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Read articles into a record: reports, copies, events, disputes, who held what.

    What the record has already is passed over. A run that is cut off loses no finished article and
    goes on where it stopped when it is started again.
    Exit code: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped.
    """
    with clean_end():
        from sijill.issues import IssueLog
        from sijill.record.record import Record

        log = IssueLog()
        with Record.open(record) as opened:
            summary = _watched(opened, paths, log)
            _tell(summary, opened, record)
        raise typer.Exit(SKIPPED if log.skipped() else DONE)


def _watched(opened: Record, paths: list[str], log: IssueLog) -> ReadSummary:
    """Read with a progress line on a terminal, telling of what was skipped as it comes."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    counts = {"articles": 0, "reports": 0, "linked": 0, "told": 0}
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("reading", total=None)

        def seen(one: Reading) -> None:
            counts["articles"] += 1
            counts["reports"] += len(one.reports)
            counts["told"] = tell_issues(log, counts["told"], console)
            told = f"{counts['articles']:,} articles, {counts['reports']:,} reports"
            progress.update(task, description=told)

        def linked(number: int) -> None:
            counts["linked"] += number
            progress.update(task, description=f"linking: {counts['linked']:,} articles")

        summary = opened.read(*paths, log=log, seen=seen, linked=linked)
    tell_issues(log, counts["told"], console)
    return summary


def _tell(summary: ReadSummary, opened: Record, record: str) -> None:
    """The summary at the end, and what to try next."""
    linked = summary.linked
    known = f", {summary.known:,} known already" if summary.known else ""
    skipped = f", {summary.skipped:,} skipped" if summary.skipped else ""
    print(f"{summary.new:,} articles read{known}{skipped}; {summary.reports:,} reports in them")
    print(
        f"{linked.added:,} events new, {linked.changed:,} changed, {linked.withdrawn:,} merged or "
        f"withdrawn; {linked.copies:,} copies found"
    )
    print(
        f"{record} holds {opened.count():,} events of {opened.store.count_testimonies():,} reports"
    )
    say(f"try next: sijill events --record {record} --limit 20")


@commands.command()
def verify(record: RecordOption = DEFAULT_RECORD) -> None:
    """Prove every text's hash, every piece of evidence, every id and reference of a record.

    Exit code: 0 sound, 4 when something is wrong.
    """
    with clean_end():
        from sijill.record.record import Record

        faults = 0
        with Record.open(existing(record), create=False, read_only=True) as opened:
            for fault in opened.verify():
                print(fault)
                faults += 1
            told = opened.store.count_testimonies()
        say(f"{faults:,} faults" if faults else f"sound: {told:,} reports, each with its words")
        raise typer.Exit(UNSOUND if faults else DONE)


@commands.command()
def doctor(record: RecordOption = DEFAULT_RECORD) -> None:
    """Say what is installed, what is missing and how to get it, and how the record is."""
    with clean_end():
        from sijill.record.doctor import examine

        for line in examine(record):
            print(line)
