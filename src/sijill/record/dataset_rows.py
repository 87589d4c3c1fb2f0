"""Documents, reports, links and rejects as rows of the tables of a dataset."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from sijill.issues import Issue
from sijill.model import Figure, Place
from sijill.publish.discreet import public
from sijill.publish.flat import Column
from sijill.publish.parquet import arrow_fields
from sijill.publish.writer import needed
from sijill.store.answers import Document
from sijill.testimony import Testimony

DOCUMENTS = (
    *map(Column, ("id", "name", "sha256", "url", "title", "outlet", "agency", "source")),
    Column("published"),
    Column("day", "day"),
    *map(Column, ("basis", "family", "superseded_by", "read_at", "program")),
    Column("issues", "many"),
    *map(Column, ("extra", "text")),
)
LINKS = (Column("kind"), Column("a"), Column("b"), Column("share", "real"))
REJECTS = (Column("source"), Column("place", "int"), Column("code"), Column("message"))

_REPORTS = (
    *map(Column, ("id", "document", "type", "status", "outlet", "agency")),
    Column("said_on", "day"),
    Column("first_day", "day"),
    Column("last_day", "day"),
    Column("actors", "many"),
    Column("targets", "many"),
    *map(Column, ("speaker", "speaker_id", "trigger", "quote", "family")),
)
_PLACE = (
    *map(Column, ("name", "within", "id", "status")),
    *(Column(name, "real") for name in ("lat", "lon", "radius_km")),
    Column("ucdp", "int"),
    Column("acled", "int"),
)
_FIGURE = (
    *map(Column, ("kind", "of", "stated")),
    Column("low", "real"),
    Column("high", "real"),
)


def report_schema() -> Any:
    """The columns of reports: places, figures and evidence are lists of rows of their own.

    Raises:
        UsageError: where the library is not installed.
    """
    arrow = needed("pyarrow", "parquet", "a dataset")
    span = [("start", arrow.int64()), ("end", arrow.int64())]
    nested = {"places": arrow_fields(_PLACE), "figures": arrow_fields(_FIGURE), "evidence": span}
    lists = [(name, arrow.list_(arrow.struct(fields))) for name, fields in nested.items()]
    return arrow.schema([*arrow_fields(_REPORTS), *lists])


def document_row(one: Document) -> dict[str, Any]:
    """A document as a row of :data:`DOCUMENTS`."""
    row = {column.name: getattr(one, column.name) for column in DOCUMENTS}
    return row | {
        "day": _day(one.day),
        "issues": [f"{issue.code}: {issue.message}" for issue in one.issues],
        "extra": msgspec.json.encode(one.extra).decode(),
    }


def report_row(one: Testimony) -> dict[str, Any]:
    """A report as a row of :func:`report_schema`; its speaker without names of private people."""
    first, last = one.time or (None, None)
    return {
        "id": one.id,
        "document": one.document,
        "type": one.type,
        "status": one.status,
        "outlet": one.outlet,
        "agency": one.agency,
        "said_on": _day(one.said_on),
        "first_day": _day(first),
        "last_day": _day(last),
        "actors": list(one.actor),
        "targets": list(one.target),
        "speaker": public(one.speaker),
        "speaker_id": one.speaker.id if one.speaker else None,
        "trigger": one.trigger,
        "quote": one.quote,
        "family": one.family,
        "places": [_place_row(place) for place in one.place],
        "figures": [_figure_row(figure) for figure in one.figures],
        "evidence": [{"start": start, "end": end} for start, end in one.evidence],
    }


def issue_row(one: Issue) -> dict[str, Any]:
    """What could not be read, as a row of :data:`REJECTS`."""
    return {
        "source": one.source.encode("utf-8", "backslashreplace").decode(),
        "place": one.place,
        "code": one.code,
        "message": one.message.encode("utf-8", "backslashreplace").decode(),
    }


def _place_row(one: Place) -> dict[str, Any]:
    return {column.name: getattr(one, column.name) for column in _PLACE}


def _figure_row(one: Figure) -> dict[str, Any]:
    return {column.name: getattr(one, column.name) for column in _FIGURE}


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
