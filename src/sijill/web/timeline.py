"""Events along time: bars by day, week, month or year, with the places where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

#: The finest unit is taken that needs no more bars than this: thinner ones cannot be hit.
_MOST_BARS = 110
#: Days far off are left out where the whole time is at least so many times as long without them.
_FAR = 3
#: So many days stand below the axis.
_TICKS = 5


class Bar(msgspec.Struct, frozen=True):
    """A unit of time: its first and last day, how many events, and the bar in percent."""

    first: str
    last: str
    events: int
    x: float
    width: float
    height: float

    @property
    def before(self) -> str:
        """The day before its first one."""
        return (date.fromisoformat(self.first) - timedelta(1)).isoformat()

    @property
    def after(self) -> str:
        """The day after its last one."""
        return (date.fromisoformat(self.last) + timedelta(1)).isoformat()


class Tick(msgspec.Struct, frozen=True):
    """A day to be written below the axis, and where, in percent."""

    day: str
    x: float


class Timeline(msgspec.Struct, frozen=True):
    """The bars of a timeline from old to new; ``unit`` is ``day``, ``week``, ``month``, ``year``.

    ``undated`` counts events of which nobody states a day, ``earlier`` and ``later`` the few that
    lie so far from the rest that bars for them would leave no room; ``peak`` is the highest bar.
    Without a dated event there is no bar.
    """

    unit: str = "day"
    bars: tuple[Bar, ...] = ()
    ticks: tuple[Tick, ...] = ()
    peak: Bar | None = None
    undated: int = 0
    earlier: int = 0
    later: int = 0

    @property
    def told(self) -> tuple[Bar, ...]:
        """The bars that have events."""
        return tuple(bar for bar in self.bars if bar.events)


def timeline(days: Mapping[str | None, int], first: str = "", last: str = "") -> Timeline:
    """The timeline of counted days; what began before ``first`` counts on that day.

    ``first`` and ``last`` are ISO days or nothing.
    """
    counted: Counter[date] = Counter()
    for day, events in days.items():
        if day is not None:
            counted[_clamped(day, first, last)] += events
    undated = days.get(None, 0)
    if not counted:
        return Timeline(undated=undated)
    counted, earlier, later = _dense(counted)
    unit = next((unit for unit in _UNITS if _length(unit, counted) <= _MOST_BARS), "year")
    bars = tuple(_within(bar, first, last) for bar in _bars(unit, counted))
    peak = max(bars, key=lambda bar: bar.events)
    return Timeline(unit, bars, _ticks(bars), peak, undated, earlier, later)


def _dense(counted: Counter[date]) -> tuple[Counter[date], int, int]:
    """The days that hold all but a hundredth at each end, and how many are left out there.

    Nothing is left out where that would save little.
    """
    days = sorted(counted)
    least = counted.total() / 100
    first, earlier = _past(days, counted, least)
    last, later = _past(days[::-1], counted, least)
    if (last - first).days * _FAR >= (days[-1] - days[0]).days:
        return counted, 0, 0
    return Counter({day: counted[day] for day in days if first <= day <= last}), earlier, later


def _past(days: list[date], counted: Counter[date], least: float) -> tuple[date, int]:
    """The first of ``days`` by which more than ``least`` events are counted, and those before."""
    before = 0
    for day in days:
        if before + counted[day] > least:
            return day, before
        before += counted[day]
    return days[-1], before


def _within(bar: Bar, first: str, last: str) -> Bar:
    """A bar that does not go beyond the days asked for."""
    return replace(bar, first=max(bar.first, first), last=min(bar.last, last or bar.last))


def _clamped(day: str, first: str, last: str) -> date:
    inside = max(day, first)
    return date.fromisoformat(min(inside, last or inside))


def _month(day: date, months: int = 0) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


#: For each unit: the day it begins on, and the first day of the next one.
_UNITS: dict[str, tuple[Callable[[date], date], Callable[[date], date]]] = {
    "day": (lambda day: day, lambda day: day + timedelta(1)),
    "week": (lambda day: day - timedelta(day.weekday()), lambda day: day + timedelta(7)),
    "month": (_month, lambda day: _month(day, 1)),
    "year": (lambda day: date(day.year, 1, 1), lambda day: date(day.year + 1, 1, 1)),
}
_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365}


def _length(unit: str, counted: Mapping[date, int]) -> float:
    return ((max(counted) - min(counted)).days + 1) / _DAYS[unit]


def _bars(unit: str, counted: Mapping[date, int]) -> tuple[Bar, ...]:
    start, following = _UNITS[unit]
    sums: Counter[date] = Counter()
    for day, events in counted.items():
        sums[start(day)] += events
    starts = [min(sums)]
    while starts[-1] < max(sums):
        starts.append(following(starts[-1]))
    width, most = 100 / len(starts), max(sums.values())
    return tuple(
        Bar(
            begin.isoformat(),
            (following(begin) - timedelta(1)).isoformat(),
            sums[begin],
            round(number * width, 3),
            round(width, 3),
            round(100 * sums[begin] / most, 2),
        )
        for number, begin in enumerate(starts)
    )


def _ticks(bars: tuple[Bar, ...]) -> tuple[Tick, ...]:
    step = max(1, -(-len(bars) // _TICKS))
    return tuple(Tick(bar.first, bar.x) for bar in bars[::step])
