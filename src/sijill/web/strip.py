"""Spans of days as drawings: where each begins and how wide it is, and the days of the axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from sijill.testimony import ControlSpan

#: A span of a day among years is still to be seen, and to be hit.
_THINNEST = 3.0
#: Steps between the ticks of an axis, in months; days where all is within some weeks.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_TIGHT_DAYS = 75
_LAST_MONTH = 12


class Mark(msgspec.Struct, frozen=True):
    """A span in a lane: ``kind`` is ``held``, ``contested`` or ``claimed``; ``open`` has no end."""

    x: float
    width: float
    kind: str
    side: str
    number: int
    open: bool


class Lane(msgspec.Struct, frozen=True):
    """One line of a strip: of the place (``side`` empty), or of what one side held and claimed."""

    side: str
    marks: tuple[Mark, ...]


class Tick(msgspec.Struct, frozen=True):
    """A day on the axis, and how exactly it is written: ``day``, ``month`` or ``year``."""

    x: float
    day: str
    unit: str


class Scale(msgspec.Struct, frozen=True):
    """Days from ``first`` to ``last`` (ISO, both drawn) on ``width`` units, old to new."""

    first: str
    last: str
    width: float

    def x(self, day: str) -> float:
        """Where a day begins."""
        return round(self.width * _away(self.first, day) / self.days, 1)

    @property
    def days(self) -> int:
        """How many days are drawn."""
        return _away(self.first, self.last) + 1

    def ticks(self, most: int) -> list[Tick]:
        """At most ``most`` days that are written under the strip, evenly apart."""
        if self.days <= _TIGHT_DAYS:
            step = -(-self.days // most)
            days = [_later(self.first, by) for by in range(0, self.days, step)]
            return [Tick(self.x(day), day, "day") for day in days]
        months = next((step for step in _STEPS if self.days / 30.4 / step <= most), _STEPS[-1])
        unit = "year" if months % _LAST_MONTH == 0 else "month"
        found = [day for day in _months(self.first, self.last) if _divides(day, months)]
        return [Tick(self.x(day), day, unit) for day in found]


def lanes(spans: Sequence[ControlSpan], scale: Scale) -> list[Lane]:
    """The strip of a place: who held it, and where several did or claimed it, a lane for each.

    Days of which nobody said anything have no mark.
    """
    told = _told(spans, scale)
    place = Lane("", tuple(_mark(one, at, scale) for at, one in told))
    sides = dict.fromkeys(side for _, one in told for side in (one.holder, *one.rivals))
    rival = [Lane(side, tuple(_of_side(told, side, scale))) for side in sides if side]
    contested = any(one.state == "contested" for _, one in told)
    return [place, *rival] if contested or len(rival) > 1 else [place]


def _told(spans: Sequence[ControlSpan], scale: Scale) -> list[tuple[int, ControlSpan]]:
    """The spans that say something of days that are drawn, with their numbers."""
    return [
        (at, one)
        for at, one in enumerate(spans)
        if one.state != "unknown"
        and (one.last or scale.last) >= scale.first
        and one.first <= scale.last
    ]


def _of_side(told: Iterable[tuple[int, ControlSpan]], side: str, scale: Scale) -> Iterable[Mark]:
    """What one side held, and what it claimed while another one held it."""
    for at, one in told:
        mark = _mark(one, at, scale)
        if one.holder == side:
            yield msgspec.structs.replace(mark, kind="held", side=side)
        elif side in one.rivals:
            yield msgspec.structs.replace(mark, kind="claimed", side=side)


def _mark(span: ControlSpan, number: int, scale: Scale) -> Mark:
    start = scale.x(max(span.first, scale.first))
    last = min(span.last or scale.last, scale.last)
    width = max(_THINNEST, scale.x(_later(last, 1)) - start)
    side = span.holder or (span.rivals[0] if span.rivals else "")
    return Mark(start, round(width, 1), span.state, side, number, span.last is None)


def _away(first: str, day: str) -> int:
    return (date.fromisoformat(day) - date.fromisoformat(first)).days


def _later(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _months(first: str, last: str) -> list[str]:
    """The first days of all months from a day to a day."""
    year, month, _ = map(int, first.split("-"))
    found = []
    while (day := f"{year:04}-{month:02}-01") <= last:
        found += [day] if day >= first else []
        year, month = (year + 1, 1) if month == _LAST_MONTH else (year, month + 1)
    return found


def _divides(day: str, months: int) -> bool:
    """Whether a month stands at a step of so many months, counted from a round year."""
    year, month, _ = map(int, day.split("-"))
    return (year * _LAST_MONTH + month - 1) % months == 0
