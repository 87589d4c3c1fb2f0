"""Why a report says what it says, value by value: the words and the rule behind each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.model import Reading, Report, Trace
from sijill.record.record import Record


class Reason(msgspec.Struct, frozen=True):
    """One value of a report, the words that it was made from, and the rule with its place."""

    slot: str
    value: Any
    words: str = ""
    rule: str = ""
    where: str = ""

    @property
    def default(self) -> bool:
        """Whether no words made it."""
        return self.rule.startswith("default.")


def reasons(record: Record, testimony: str) -> list[Reason] | None:
    """The reasons of a report; nothing where this program no longer finds it in its article.

    Raises:
        UsageError: the record has no such report.
    """
    for reading, chosen in record.why(testimony):
        for report in chosen:
            return [_reason(reading, *value) for value in _values(report)]
    return None


def _values(one: Report) -> Iterator[tuple[str, Any, Trace | None]]:
    """Each value of a report with its trace: its own, else that of its slot."""
    slots = one.traces
    yield "type", one.type, slots.get("type")
    yield "status", one.status, slots.get("status")
    for slot, ids in (("actor", one.actor), ("target", one.target)):
        if ids:
            yield slot, ids, slots.get(slot)
    for place in one.place:
        yield "place", place, place.trace or slots.get("place")
    if one.time:
        yield "time", one.time, slots.get("time")
    if one.speaker:
        yield "speaker", one.speaker, one.speaker.trace or slots.get("speaker")
    for figure in one.figures:
        yield "figure", figure, figure.trace or slots.get("figures")


def _reason(reading: Reading, slot: str, value: Any, trace: Trace | None) -> Reason:
    if trace is None:
        return Reason(slot, value)
    words = reading.text[trace.start : trace.end]
    return Reason(slot, value, words, trace.rule, trace.where)
