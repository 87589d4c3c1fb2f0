"""Readings as data: the JSON of the codebook, and rows of a table.

Data leaves the house, so the names of private people stay out of it unless ``names`` is asked for.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.model import Candidate, Figure, Place, Reading, Report, Speaker

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


def document(reading: Reading, names: bool = False) -> dict[str, Any]:
    """One document in the form of the codebook; issues and unknown keys where there are any."""
    data: dict[str, Any] = {
        "doc": reading.doc,
        "reference_date": reading.reference.day,
        "outlet": reading.outlet,
        "agency": reading.agency,
        "reports": [report(one, names) for one in reading.reports],
    }
    if reading.issues:
        data["issues"] = [msgspec.to_builtins(issue) for issue in reading.issues]
    if reading.extra:
        data["extra"] = reading.extra
    return data


def report(one: Report, names: bool = False) -> dict[str, Any]:
    """One report in the form of the codebook, without its traces."""
    return {
        "id": one.id,
        "type": one.type,
        "status": one.status,
        "actor": list(one.actor),
        "target": list(one.target),
        "place": [_place(place) for place in one.place],
        "time": list(one.time) if one.time else None,
        "speaker": _speaker(one.speaker, names),
        "figures": [_figure(figure) for figure in one.figures],
        "evidence": [list(span) for span in one.evidence],
        "trigger": one.trigger,
    }


def _place(place: Place) -> dict[str, Any]:
    """A place in the form of the codebook; candidates where the text does not decide."""
    data: dict[str, Any] = {
        "name": place.name,
        "in": place.within,
        "lat": place.lat,
        "lon": place.lon,
        "id": place.id,
        "status": place.status,
        "radius_km": place.radius_km,
        "ucdp": place.ucdp,
        "acled": place.acled,
    }
    if place.status == "ambiguous":
        data["candidates"] = [_candidate(one) for one in place.candidates]
    return data


def _candidate(one: Candidate) -> dict[str, Any]:
    return {"id": one.id, "score": one.score, "reasons": dict(one.reasons)}


def found_place(place: Place) -> bytes:
    """The answer to a search for a place, as a line of JSON with all candidates."""
    data = {
        "name": place.name,
        "status": place.status,
        "id": place.id,
        "in": place.within,
        "latitude": place.lat,
        "longitude": place.lon,
        "radius_km": place.radius_km,
        "ucdp": place.ucdp,
        "acled": place.acled,
        "candidates": [_candidate(one) for one in place.candidates],
    }
    return msgspec.json.encode(data) + b"\n"


def _speaker(speaker: Speaker | None, names: bool) -> dict[str, Any] | None:
    return {"text": spoken(speaker, names), "id": speaker.id} if speaker else None


def spoken(speaker: Speaker | None, names: bool) -> str:
    """The words for a speaker, names of private people among them only if ``names``."""
    if speaker is None:
        return ""
    return speaker.text if names else speaker.public or speaker.text


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


def json_line(reading: Reading, names: bool = False) -> bytes:
    """One line of JSON Lines; the same reading gives the same bytes."""
    return msgspec.json.encode(document(reading, names)) + b"\n"


def rows(reading: Reading, names: bool = False) -> list[tuple[str, ...]]:
    """One row of :data:`COLUMNS` for each report; the words are a quotation only with ``names``."""
    return [_row(reading, one, names) for one in reading.reports]


def _row(reading: Reading, one: Report, names: bool) -> tuple[str, ...]:
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
        spoken(one.speaker, names),
        " | ".join(figure_text(figure) for figure in one.figures),
        quote(reading, one) if names else one.trigger,
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
