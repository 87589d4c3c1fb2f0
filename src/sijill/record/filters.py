"""What people ask for, as conditions of the store."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sijill.errors import UsageError
from sijill.lexicon.geography import is_vague
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.lexicon.tables import did_you_mean
from sijill.record.corrections import STATUSES
from sijill.record.places import AskedPlaces
from sijill.store.answers import EventFilter, TestimonyFilter

STANDINGS = ("single", "corroborated", "disputed", "denied")
ORDERS = ("day", "-day", "-killed", "-witnesses")
#: Values that ask nothing.
_NOTHING = (None, "", ())
_MONTH = re.compile(r"\d{4}-\d{2}\Z")
_YEAR = re.compile(r"\d{4}\Z")


def event_filter(asked: Mapping[str, Any], places: Callable[[], AskedPlaces]) -> EventFilter:
    """The filter that ``asked`` describes; see :meth:`sijill.record.record.Record.events`.

    Several values of one kind stand in a list or with commas between them. ``places`` gives what
    finds places; it is asked for only where a place is.

    Raises:
        UsageError: for an unknown name, place, type, actor, day, status or standing.
    """
    conditions: dict[str, Any] = {}
    for name, value in asked.items():
        if value in _NOTHING:
            continue
        if name not in _READERS:
            known = ", ".join(_READERS)
            raise UsageError(f"no filter {name!r}{did_you_mean(name, list(_READERS))}; {known}")
        conditions.update(_READERS[name](value, places))
    return EventFilter(**conditions)


def figure_filter(
    kind: str, place: str, type_: str, places: Callable[[], AskedPlaces]
) -> TestimonyFilter:
    """Reports of some types, at a place with its parts, that give figures of some kinds.

    Several kinds or types stand with commas between them; an empty one asks nothing.

    Raises:
        UsageError: for an unknown kind, type or place; says which there are.
    """
    known = tuple(ident for what, ident in load_labels().pairs if what == "figure")
    return TestimonyFilter(
        figures=_among("kind of figure", known, kind),
        places=places().with_parts(place) if place else frozenset(),
        types=_among("type", load_knowledge().types, type_),
    )


def in_words(asked: Mapping[str, Any]) -> str:
    """What was asked for, as the account of an export says it."""
    return "; ".join(f"{name} {value}" for name, value in asked.items() if value not in _NOTHING)


def first_day(text: str) -> str:
    """The first day of a day, a month (2017-03) or a year (2017)."""
    if _YEAR.match(text):
        return f"{text}-01-01"
    return _day(f"{text}-01" if _MONTH.match(text) else text)


def last_day(text: str) -> str:
    """The last day of a day, a month (2017-03) or a year (2017)."""
    if _YEAR.match(text):
        return f"{text}-12-31"
    if _MONTH.match(text):
        year, month = map(int, text.split("-"))
        if 1 <= month <= 12:
            return f"{text}-{calendar.monthrange(year, month)[1]:02d}"
    return _day(text)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no day; write 2017-03-09, 2017-03 or 2017") from None


def _many(value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return [part.strip() for part in parts if part.strip()]


def _among(kind: str, known: Mapping[str, Any] | tuple[str, ...], value: Any) -> frozenset[str]:
    for one in _many(value):
        if one not in known:
            near = did_you_mean(one, list(known))
            raise UsageError(f"no {kind} {one!r}{near}; there are: {_some(list(known))}")
    return frozenset(_many(value))


def _some(names: list[str], most: int = 30) -> str:
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def _places(value: Any, places: Callable[[], AskedPlaces]) -> dict[str, Any]:
    asked = [value] if isinstance(value, str) else list(value)
    return {"places": frozenset[str]().union(*map(places().with_parts, asked))}


def _words(name: str, known: Callable[[], Any], field: str) -> Callable[..., dict[str, Any]]:
    return lambda value, _: {field: _among(name, known(), value)}


def _number(name: str, whole: bool = True) -> Callable[..., dict[str, Any]]:
    def read(value: Any, _: object) -> dict[str, Any]:
        kinds = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not value >= 0:
            raise UsageError(f"{name} must be a number from 0 on, not {value!r}")
        return {name: value}

    return read


def _located(value: Any, _: object) -> dict[str, Any]:
    if value not in ("yes", "no"):
        raise UsageError(f"located is yes or no, not {value!r}")
    return {"located": value == "yes", "vague": vague_places()}


@lru_cache(maxsize=1)
def vague_places() -> frozenset[str]:
    """The ids of places too wide for a map: a point in them tells nothing."""
    rows = load_knowledge().lexicon.places
    return frozenset(row.id for row in rows.values() if is_vague(row))


def _order(value: Any, _: object) -> dict[str, Any]:
    if value not in ORDERS:
        raise UsageError(f"no order {value!r}; there are: {', '.join(ORDERS)}")
    return {"order": value}


_READERS: dict[str, Callable[[Any, Callable[[], AskedPlaces]], dict[str, Any]]] = {
    "place": _places,
    "after": lambda value, _: {"first": first_day(str(value))},
    "before": lambda value, _: {"last": last_day(str(value))},
    "type": _words("type", lambda: load_knowledge().types, "types"),
    "actor": _words("actor", lambda: load_knowledge().lexicon.actors, "actors"),
    "status": _words("status", lambda: STATUSES, "statuses"),
    "standing": _words("standing", lambda: STANDINGS, "standings"),
    "killed_min": _number("killed_min", whole=False),
    "text": lambda value, _: {"text": str(value)},
    "known_on": lambda value, _: {"known_on": last_day(str(value))},
    "located": _located,
    "order": _order,
    "limit": _number("limit"),
    "offset": _number("offset"),
}
