"""The period that a document sums up: its large tolls are those of the period, not of the day."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from sijill.extract.scene import Draft, Scene
from sijill.model import Days, Figure, Trace
from sijill.text.calendar import TimeExpr, resolve

_LEAD = 4  # sentences in which a document says what it sums up
_LONG, _LONGEST = 20, 800  # days
_LATE = 40  # days from the end of the period to the article
_MANY = 50
_SUMMED = frozenset({"killed", "wounded", "strikes", "displaced", "captured"})
_RULES = ("time-range", "time-over", "time-month", "time-rel_unit")  # the most exact first


class Period(msgspec.Struct, frozen=True):
    """A span of days that a document sums up, and the words that state it."""

    days: Days
    trace: Trace


def read_period(scene: Scene, day: date) -> Period | None:
    """The period of a sentence in the lead that gives a large toll, or nothing."""
    if scene.number >= _LEAD or not any(_is_large(c.figure) for c in scene.figures):
        return None
    found = [(expr, _span(expr, day)) for expr in scene.sentence.times if expr.rule in _RULES]
    fitting = [(expr, span) for expr, span in found if span is not None]
    if not fitting:
        return None
    expr, span = min(fitting, key=lambda pair: _RULES.index(pair[0].rule))
    tokens = scene.sentence.tokens
    where = Trace(expr.rule, expr.where, *tokens.span(expr.first, expr.last))
    return Period(span, where)


def date_sums(drafts: list[Draft], period: Period) -> None:
    """Give the drafts with large tolls and no time of their own the period's days."""
    for draft in drafts:
        told = draft.status == "occurred" and not draft.time_stated
        if told and any(_is_large(figure) for figure in draft.figures):
            draft.time, draft.time_stated = period.days, True
            draft.traces["time"] = period.trace


def _is_large(figure: Figure) -> bool:
    return figure.kind in _SUMMED and figure.low is not None and figure.low >= _MANY


def _span(expr: TimeExpr, day: date) -> Days | None:
    found = resolve(expr, day, future=False)
    if found is None:
        return None
    first, last = found
    long = _LONG <= (last - first).days <= _LONGEST
    if not long or not day - timedelta(_LATE) <= last <= day:
        return None
    return first.isoformat(), last.isoformat()
