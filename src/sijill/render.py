"""Readings as data: the JSON of the codebook, and rows of a table."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.model import Figure, Place, Reading, Report, Speaker

#: The columns of a table of reports.
COLUMNS = (
    "doc",
    "report",
    "type",
    "status",
    "first_day",
    "last_day",
    "place",
    "actor",
    "target",
    "speaker",
    "figures",
    "words",
)


def document(reading: Reading) -> dict[str, Any]:
    """One document in the form of the codebook; issues and unknown keys where there are any."""
    data: dict[str, Any] = {
        "doc": reading.doc,
        "reference_date": reading.reference.day,
        "outlet": reading.outlet,
        "agency": reading.agency,
        "reports": [report(one) for one in reading.reports],
    }
    if reading.issues:
        data["issues"] = [msgspec.to_builtins(issue) for issue in reading.issues]
    if reading.extra:
        data["extra"] = reading.extra
    return data


def report(one: Report) -> dict[str, Any]:
    """One report in the form of the codebook, without its traces."""
    return {
        "id": one.id,
        "type": one.type,
        "status": one.status,
        "actor": list(one.actor),
        "target": list(one.target),
        "place": [_place(place) for place in one.place],
        "time": list(one.time) if one.time else None,
        "speaker": _speaker(one.speaker),
        "figures": [_figure(figure) for figure in one.figures],
        "evidence": [list(span) for span in one.evidence],
        "trigger": one.trigger,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"name": place.name, "in": place.within, "lat": place.lat, "lon": place.lon}


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    return {"text": speaker.text, "id": speaker.id} if speaker else None


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "of": figure.of,
        "low": figure.low,
        "high": figure.high,
        "stated": figure.stated,
        "approx": figure.approx,
        "joint": figure.joint,
    }


def json_line(reading: Reading) -> bytes:
    """One line of JSON Lines; the same reading gives the same bytes."""
    return msgspec.json.encode(document(reading)) + b"\n"


def rows(reading: Reading) -> list[tuple[str, ...]]:
    """One row of :data:`COLUMNS` for each report of the reading."""
    return [_row(reading, one) for one in reading.reports]


def _row(reading: Reading, one: Report) -> tuple[str, ...]:
    first, last = one.time or ("", "")
    return (
        reading.doc,
        one.id,
        one.type,
        one.status,
        first,
        last,
        " | ".join(place.name for place in one.place),
        " | ".join(one.actor),
        " | ".join(one.target),
        one.speaker.text if one.speaker else "",
        " | ".join(figure_text(figure) for figure in one.figures),
        quote(reading, one),
    )


def figure_text(figure: Figure) -> str:
    """A figure as a person writes it: ``killed 17+``, ``troops ~500``, ``people 20-99``."""
    low, high = figure.low, figure.high
    if low == high:
        amount = f"{low:,}" if low is not None else "?"
    elif high is None:
        amount = f"{low:,}+"
    elif low is None:
        amount = f"up to {high:,}"
    else:
        amount = f"{low:,}-{high:,}"
    return f"{figure.kind} {'~' if figure.approx else ''}{amount}"


def quote(reading: Reading, one: Report) -> str:
    """The words of a report's first piece of evidence, on one line."""
    if not one.evidence:
        return one.trigger
    start, end = one.evidence[0]
    return " ".join(reading.text[start:end].split())


def table_line(cells: tuple[str, ...]) -> bytes:
    """Cells as one line of tab-separated values."""
    return "\t".join(" ".join(cell.split()) for cell in cells).encode() + b"\n"
