"""Small testimonies made for tests."""

from __future__ import annotations

from typing import Any

from sijill.lexicon.knowledge import load_knowledge
from sijill.model import Figure, Place, Speaker
from sijill.testimony import Testimony


def place(ident: str) -> Place:
    row = load_knowledge().lexicon.places[ident]
    return Place(row.name, id=ident, lat=row.lat, lon=row.lon)


def toll(
    low: int | None,
    high: int | None = -1,
    of: str = "",
    kind: str = "killed",
    **rest: Any,
) -> Figure:
    """A figure; exact where no upper bound is given."""
    return Figure(kind, of, low, low if high == -1 else high, f"{low} {of}", **rest)


def told(doc: str, kind: str = "airstrike", by: str | None = None, **fields: Any) -> Testimony:
    """A testimony of the document ``doc`` in the outlet ``doc``.example, on the word of ``by``."""
    number = fields.pop("number", 1)
    where = tuple(place(ident) for ident in fields.pop("at", ("sy_raqqa",)))
    day = fields.pop("day", "2017-03-09")
    values: dict[str, Any] = {
        "id": f"{doc}/r{number}",
        "document": doc,
        "doc": doc,
        "type": kind,
        "status": "occurred",
        "outlet": f"{doc}.example",
        "said_on": day,
        "time": (day, day) if day else None,
        "place": where,
        "speaker": Speaker(by, by, public=by) if by else None,
        "family": doc,
    }
    return Testimony(**(values | fields))
