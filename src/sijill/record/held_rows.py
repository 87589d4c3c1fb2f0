"""Who held what, as rows of a table."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sijill.errors import UsageError
from sijill.ingest.decode import decode
from sijill.lexicon.labels import load_labels
from sijill.record.filters import last_day
from sijill.testimony import ControlSpan

if TYPE_CHECKING:
    from sijill.record.record import Record


def span_row(span: ControlSpan, place: str, day: str) -> dict[str, Any]:
    """One span as a row; ``place`` and ``day`` as they were asked for."""
    labels = load_labels()
    return {
        "place": place,
        "place_id": span.place,
        "day": day or None,
        "state": span.state,
        "holder": labels.english("actor", span.holder) if span.holder else None,
        "holder_id": span.holder or None,
        "rivals": ", ".join(labels.english("actor", one) for one in span.rivals) or None,
        "standing": span.standing or None,
        "basis": span.basis,
        "first": span.first,
        "last": span.last,
        "reports": list(span.testimonies),
    }


def held_rows(record: Record, table: str, known_on: str | None) -> list[dict[str, Any]]:
    """A row for each place and day of a CSV with the columns ``place`` and ``day``.

    A line that cannot be answered (an unknown place, no day) says so in its ``state``.

    Raises:
        UsageError: the table lacks a column.
    """
    text = decode(Path(table).read_bytes(), table).text
    reader = csv.DictReader(text.splitlines())
    missing = {"place", "day"} - set(reader.fieldnames or ())
    if missing:
        known = ", ".join(reader.fieldnames or ()) or "none"
        raise UsageError(f"{table}: no column {' or '.join(sorted(missing))}; it has: {known}")
    known_day = last_day(known_on) if known_on else None
    return [_answer(record, line["place"] or "", line["day"] or "", known_day) for line in reader]


def _answer(record: Record, place: str, day: str, known_on: str | None) -> dict[str, Any]:
    try:
        span = record.held(place.strip(), last_day(day.strip()), known_on)
    except UsageError as error:
        unknown = ControlSpan("", "unknown", day, day)
        return span_row(unknown, place, day) | {"state": f"not understood: {error}"}
    return span_row(span, place, day)
