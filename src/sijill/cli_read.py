"""``sijill read``, ``verify`` and ``doctor``: articles into a record, and whether it is sound."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli_ends import DONE, SKIPPED, clean_end, refuse, say
from sijill.cli_lists import DEFAULT_RECORD, RecordOption, existing
from sijill.cli_watch import watched

if TYPE_CHECKING:
    from sijill.engine.engine import Engine
    from sijill.issues import IssueLog
    from sijill.record.dataset import Dataset
    from sijill.record.linking import Linked
    from sijill.record.record import AgainSummary, ReadSummary, Record

commands = typer.Typer()

#: A record in which ``verify`` finds a fault.
UNSOUND = 4
#: Articles that a summary names.
_NAMED = 3


@commands.command()
def read(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH"),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Read once more what another version of the program had read, from the texts "
            "in the record: all of it, or what came from PATH.",
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Read in so many processes; a few articles in one.")
    ] = 1,
    engine: Annotated[
        str, typer.Option(help="Where they run: local, this machine; ray, a cluster.")
    ] = "local",
    address: Annotated[
        str, typer.Option(help="The address of a Ray cluster that runs: host:6379, or auto.")
    ] = "",
    dataset: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Write the record to this folder too, as Parquet tables, in parts."
        ),
    ] = None,
) -> None:
    """Read articles into a record: reports, copies, events, disputes, who held what.

    What the record has already is passed over; with --again it is what is read. A run that is cut
    off loses no finished article and goes on where it stopped when it is started again.
    Exit code: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped.
    """
    with clean_end():
        from sijill.issues import IssueLog
        from sijill.record.record import Record

        if not paths and not again:
            refuse("name the articles to read: files, folders, patterns, or -")
        log, given, spread = IssueLog(), paths or [], (jobs, engine, address)
        with Record.open(existing(record) if again else record, create=not again) as opened:
            tables = _tables(opened, dataset)
            if again:
                _tell_again(_read_again(opened, given, log, spread), opened, record)
            else:
                _tell(_read_all(opened, given, log, spread), opened, record)
            if tables:
                anew = tables.write(None if again else given, log.skipped())
                print(f"{dataset} holds it as Parquet; {anew:,} parts of documents are new")
        raise typer.Exit(SKIPPED if log.skipped() else DONE)


def _tables(opened: Record, folder: Path | None) -> Dataset | None:
    """The dataset that was asked for; what it needs is missed before anything is read."""
    from sijill.record.dataset import Dataset

    return Dataset(folder, opened.store) if folder else None


def _read_all(
    opened: Record, paths: list[str], log: IssueLog, spread: tuple[int, str, str]
) -> ReadSummary:
    """Read with so many jobs of an engine of that name, at an address."""
    from sijill.ingest.meter import Meter

    meter = Meter()
    read = partial(opened.read, engine=_engine(spread), meter=meter)
    return watched(read, paths, log, meter)


def _read_again(
    opened: Record, paths: list[str], log: IssueLog, spread: tuple[int, str, str]
) -> AgainSummary:
    """The same for what the record keeps."""
    return watched(partial(opened.read_again, engine=_engine(spread)), paths, log, counted=True)


def _engine(spread: tuple[int, str, str]) -> Engine:
    """The engine of so many jobs, of a name, at an address."""
    from sijill.engine.engine import open_engine
    from sijill.pipeline import Pipeline

    return open_engine(Pipeline(), *spread)


def _tell(summary: ReadSummary, opened: Record, record: str) -> None:
    """The summary at the end, and what to try next."""
    known = f", {summary.known:,} known already" if summary.known else ""
    skipped = f", {summary.skipped:,} skipped" if summary.skipped else ""
    print(f"{summary.new:,} articles read{known}{skipped}; {summary.reports:,} reports in them")
    if summary.back:
        print(f"{summary.back:,} texts stand again that later ones had superseded")
    if summary.superseded:
        named = ", ".join(f"{doc} ({source})" for doc, source in summary.superseded[:_NAMED])
        more = ", ..." if len(summary.superseded) > _NAMED else ""
        count = f"{len(summary.superseded):,}"
        print(f"{count} take the place of another text of the same name: {named}{more}")
    _tell_linked(summary.linked, opened, record)
    if summary.by_others:
        say(
            f"{summary.by_others:,} articles were read by another version of the program or with "
            f"other tables; read them once more: sijill read --again --record {record}"
        )
    say(f"try next: sijill events --record {record} --limit 20")


def _tell_again(summary: AgainSummary, opened: Record, record: str) -> None:
    """What reading again changed, and what does not fit any more."""
    skipped = f", {summary.skipped:,} skipped" if summary.skipped else ""
    if summary.read or skipped:
        print(f"{summary.read:,} articles read again{skipped}; {summary.differ:,} of them differ")
    else:
        print("nothing to read again: this version has read it all")
    _tell_linked(summary.linked, opened, record)
    if summary.conflicts:
        say(
            f"{summary.conflicts:,} corrections do not fit; list them: "
            f"sijill corrections list --conflicts --record {record}"
        )


def _tell_linked(linked: Linked, opened: Record, record: str) -> None:
    print(
        f"{linked.added:,} events new, {linked.changed:,} changed, {linked.withdrawn:,} merged or "
        f"withdrawn; {linked.copies:,} copies found"
    )
    print(
        f"{record} holds {opened.count():,} events of {opened.store.count_testimonies():,} reports"
    )


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
