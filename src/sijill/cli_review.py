"""``sijill review``: what waits for a decision by a person, the most useful first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sijill.cli_ends import clean_end, say
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
    from sijill.store.answers import Doubt

commands = typer.Typer()

_COLUMNS = ("question", "kind", "event", "other", "what", "day", "where", "killed", "usefulness")


@commands.command()
def review(
    record: RecordOption = DEFAULT_RECORD,
    limit: Annotated[int, typer.Option(min=1, help="So many questions at most.")] = 20,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List what is open to doubt: disputes, tolls on one word, places, pairs near the threshold.

    The page asks the same questions and takes the answers: sijill serve, then Review.
    """
    with clean_end():
        from sijill.record.record import Record

        with Record.open(existing(record), create=False, read_only=True) as opened:
            queue = opened.review.queue()
            rows = [
                _row(opened, ident, doubt)
                for ident, doubt in zip(queue.ids[:limit], queue.doubts[:limit], strict=True)
            ]
        shown = print_rows(rows, _COLUMNS, json=json, jsonl=jsonl, csv=csv, table=table)
        more = " or more" if queue.more else ""
        say(f"{shown:,} of {len(queue.doubts):,}{more} questions; decide: sijill serve {record}")


def _row(opened: Record, ident: str, doubt: Doubt) -> dict[str, Any]:
    from sijill.record.review import usefulness

    event = opened.event(doubt.event).event
    return {
        "question": ident,
        "kind": doubt.kind,
        "event": doubt.event,
        "other": doubt.other or None,
        "what": event.type,
        "day": event.time[0] if event.time else None,
        "where": event.place.name if event.place else None,
        "killed": int(doubt.killed) or None,
        "usefulness": round(usefulness(doubt), 2),
    }
