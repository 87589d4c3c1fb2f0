"""What ``sijill demo`` shows of a record: the sample put together to events, and their disputes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from sijill.record.record import Record
    from sijill.testimony import Event

#: So many events are shown: with the other tables they fit one screen or two.
_EVENTS = 8


def make_record(sample: Path, console: Console) -> tuple[Path, list[str]]:
    """Read the sample into a record in a new temporary folder and show what is in it.

    Gives where the record is, and the commands to try on it.
    """
    from sijill.record.record import Record

    path = Path(tempfile.mkdtemp(prefix="sijill-")) / "sample.db"
    with Record.open(path) as record:
        record.read(sample)
        events, reports = record.count(), record.store.count_testimonies()
        console.print(f"\nThe same articles as a record: {events} events of {reports} reports.\n")
        told = record.events(order="-witnesses", limit=_EVENTS)
        _events_table(told, console)
        _disputes(record, console)
    shown = told[0].id if told else "EVENT"
    questions = ("events --place Mosul", f"show {shown}", "disputes", "held Raqqa --on 2017-10-18")
    return path, [f"sijill {question} --record {path}" for question in questions]


def _events_table(events: list[Event], console: Console) -> None:
    from rich.table import Table

    from sijill.lexicon.labels import load_labels
    from sijill.show import isolated

    labels = load_labels()
    table = Table(title="Events that most witnesses tell of")
    for column in ("event", "day", "what", "where", "standing", "witnesses"):
        table.add_column(column, justify="right" if column == "witnesses" else "left")
    for event in events:
        table.add_row(
            event.id,
            event.time[0] if event.time else "",
            labels.english("type", event.type),
            isolated(event.place.name, console) if event.place else "",
            event.standing,
            str(event.witnesses),
        )
    console.print(table)


def _disputes(record: Record, console: Console) -> None:
    from sijill.show import isolated

    console.print("\nWhat they contradict each other about:", style="bold")
    for event in record.events():
        for dispute in event.disputes:
            words = isolated(dispute.english, console)
            console.print(f"  {event.id}  {words}", soft_wrap=True)
