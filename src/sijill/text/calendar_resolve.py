"""From a time expression and a reference day to an interval of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from hijridate import Gregorian, Hijri

from sijill.text.calendar_parts import FEW, Arg, TimeExpr

Days = tuple[date, date]

#: How many days "a few" of a unit are, back from the reference day.
_FEW_BACK: Final = {
    "minute": 0,
    "hour": 1,
    "day": 4,
    "week": 28,
    "month": 120,
    "year": 1461,
    "decade": 10957,
}
#: The same ahead of it: "within days" is the next 7, "within weeks" the next 42.
_FEW_AHEAD: Final = _FEW_BACK | {"day": 7, "week": 42}
#: "Some weeks ago": from, to, in days before the reference day.
_FEW_AGO: Final = {
    "minute": (0, 0),
    "hour": (1, 0),
    "day": (4, 1),
    "week": (28, 7),
    "month": (120, 30),
}
_DAYS: Final = {"day": 1, "week": 7}
_FORWARD: Final = "next"
_MONTHS: Final = 12


def resolve(
    expr: TimeExpr,
    reference: date,
    *,
    future: bool = False,
    anchors: Mapping[str, date] | None = None,
) -> Days | None:
    """The days that ``expr`` means, counted from ``reference``; nothing where it cannot be known.

    ``future`` says that what happens then is still to come: a bare weekday or month is the next.
    ``anchors`` gives the day on which a named undertaking began, by the folded noun without its
    article, or by the empty name for the document's only one.
    """
    if expr.parts:
        return _composite(expr, reference, future, anchors or {})
    try:
        return _OPS[expr.op](_Ask(expr, reference, future, anchors or {}))
    except (ValueError, OverflowError):
        return None


class _Ask:
    """One question: an expression, the reference day, whether it lies ahead."""

    def __init__(
        self, expr: TimeExpr, day: date, future: bool, anchors: Mapping[str, date]
    ) -> None:
        self.expr, self.day, self.future, self.anchors = expr, day, future, anchors

    def text(self, i: int) -> str:
        """Argument ``i`` as a word, empty where there is none."""
        return str(self.expr.args[i] or "") if i < len(self.expr.args) else ""

    def number(self, i: int) -> int:
        """Argument ``i`` as a number, 0 where there is none."""
        return _int(self.expr.args[i]) if i < len(self.expr.args) else 0


def _int(arg: Arg) -> int:
    return int(arg) if arg is not None else 0


def _composite(
    expr: TimeExpr, reference: date, future: bool, anchors: Mapping[str, date]
) -> Days | None:
    found = [resolve(part, reference, future=future, anchors=anchors) for part in expr.parts]
    first = found[0]
    if first is None:
        return None
    if expr.op == "since":
        return (first[0], reference) if first[0] <= reference else first
    second = found[-1]
    if second is None or second[1] < first[0]:
        return first
    return first[0], second[1]


def _days(ask: _Ask) -> Days | None:
    low, high = (ask.day + timedelta(ask.number(i)) for i in (0, 1))
    if ask.expr.weekday >= 0 and low == high and low.weekday() != ask.expr.weekday:
        day = (
            _next_weekday(ask.day, ask.expr.weekday)
            if low > ask.day
            else _latest(ask.day, ask.expr.weekday)
        )
        return day, day
    return low, high


def _latest(day: date, weekday: int) -> date:
    return day - timedelta((day.weekday() - weekday) % 7)


def _next_weekday(day: date, weekday: int) -> date:
    return day + timedelta((weekday - day.weekday()) % 7)


def _weekday(ask: _Ask) -> Days:
    weekday, rel = ask.number(0), ask.text(1)
    if rel == _FORWARD:
        day = _next_weekday(ask.day + timedelta(1), weekday)
    elif rel == "past":
        day = _latest(ask.day - timedelta(1), weekday)
    else:
        day = (_next_weekday if ask.future else _latest)(ask.day, weekday)
    return day, day


def _weekday_before(ask: _Ask) -> Days:
    day = _latest(ask.day - timedelta(1), ask.number(0)) - timedelta(7)
    return day, day


def _night(ask: _Ask) -> Days:
    """The night between two weekdays."""
    second = _latest(ask.day, ask.number(1))
    return second - timedelta(1), second


def _months_before(day: date, months: int) -> date:
    """The same day of the month, or its last, so many months before."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _back(day: date, unit: str, n: int) -> date:
    """``n`` units before ``day`` (after it for a negative ``n``)."""
    if unit in _DAYS:
        return day - timedelta(n * _DAYS[unit])
    if unit in ("hour", "minute"):
        hours = n if unit == "hour" else n / 60
        return day - timedelta(max(1, round(abs(hours) / 24)) * (1 if n > 0 else -1))
    return _months_before(day, n * {"month": 1, "year": _MONTHS, "decade": 10 * _MONTHS}[unit])


def _since_dur(ask: _Ask) -> Days:
    unit, n = ask.text(0), ask.number(1)
    start = ask.day - timedelta(_FEW_BACK[unit]) if n == FEW else _back(ask.day, unit, n)
    return start, ask.day


def _ago(ask: _Ask) -> Days:
    unit, n = ask.text(0), ask.number(1)
    if n == FEW and unit in _FEW_AGO:
        low, high = _FEW_AGO[unit]
        return ask.day - timedelta(low), ask.day - timedelta(high)
    if n == FEW:
        years = 10 if unit == "decade" else 1
        return date(ask.day.year - 5 * years, 1, 1), date(ask.day.year - 2 * years, 12, 31)
    if unit in ("hour", "minute"):
        return _back(ask.day, unit, n), ask.day
    day = _back(ask.day, unit, n)
    if unit == "month":
        return _month_span(day.year, day.month)
    return (day, day) if unit in _DAYS else (date(day.year, 1, 1), date(day.year, 12, 31))


def _over(ask: _Ask) -> Days:
    """Over so many units, back or ahead; bounds of "the last few" include the reference day."""
    args = [a for a in ask.expr.args if a not in ("past", _FORWARD)]
    unit, n, few = str(args[0]), _int(args[1]), str(args[2] if len(args) > 2 else "")
    ahead = _FORWARD in ask.expr.args or (ask.future and "past" not in ask.expr.args)
    if n == FEW:
        days = _FEW_AHEAD if ahead and few != "few" else _FEW_BACK
        span = timedelta(days[unit])
        return (ask.day, ask.day + span) if ahead else (ask.day - span, ask.day)
    if ahead:
        return ask.day, _back(ask.day, unit, -n)
    return _back(ask.day, unit, n), ask.day


def _month_span(year: int, month: int, part: str = "") -> Days:
    last = monthrange(year, month)[1]
    low, high = {"start": (1, 10), "mid": (11, 20), "end": (21, last)}.get(part, (1, last))
    return date(year, month, low), date(year, month, high)


def _year_span(year: int, part: str = "") -> Days:
    low, high = {"start": (1, 3), "mid": (5, 8), "end": (10, 12)}.get(part, (1, 12))
    return date(year, low, 1), _month_span(year, high)[1]


def _week_span(day: date, part: str) -> Days:
    """The week from Sunday to Saturday that holds ``day``, or its first or last days."""
    sunday = day - timedelta((day.weekday() + 1) % 7)
    low, high = {"start": (0, 1), "mid": (2, 4), "end": (5, 6)}.get(part, (0, 6))
    return sunday + timedelta(low), sunday + timedelta(high)


_STEPS: Final = {"past": -1, "past2": -2, "this": 0, "next": 1}


def _rel_unit(ask: _Ask) -> Days:
    words = [str(a) for a in ask.expr.args]
    rel = next(w for w in words if w in _STEPS)
    part = next((w for w in words if w in ("start", "mid", "end")), "")
    unit = next(w for w in words if w in ("week", "month", "year"))
    step = _STEPS[rel]
    if unit == "week":
        return _week_span(ask.day + timedelta(7 * step), part)
    if unit == "year":
        return _year_span(ask.day.year + step, part)
    day = _months_before(ask.day, -step)
    return _month_span(day.year, day.month, part)


def _year(ask: _Ask) -> Days:
    years = [int(a) for a in ask.expr.args if isinstance(a, int)]
    parts = [str(a) for a in ask.expr.args if a in ("start", "mid", "end")]
    if years[0] < 1600:
        return _hijri_span(years[0], 1)[0], _hijri_span(years[0], _MONTHS)[1]
    return _year_span(years[0], parts[0] if parts else "")


def _years(ask: _Ask) -> Days:
    return date(ask.number(0), 1, 1), date(ask.number(1), 12, 31)


def _season(ask: _Ask) -> Days:
    month = next(_int(a) for a in ask.expr.args if str(a) in ("3", "6", "9", "12"))
    year = next((a for a in ask.expr.args if isinstance(a, int)), None)
    words = [str(a) for a in ask.expr.args]
    if year is None:
        year = ask.day.year
        whole = "year" in words
        if whole:
            year += _STEPS[next(w for w in words if w in _STEPS)]
        elif "next" in words and date(year, month, 1) <= ask.day:
            year += 1
        elif "past" in words and _season_span(year, month)[1] >= ask.day:
            year -= 1
    return _season_span(year, month)


def _season_span(year: int, month: int) -> Days:
    end = year + (month == _MONTHS)
    return date(year, month, 1), _month_span(end, (month + 1) % _MONTHS + 1)[1]


def _hijri_span(year: int, month: int) -> Days:
    last = Hijri(year, month, 1).month_length()
    return _hijri(year, month, 1), _hijri(year, month, last)


def _hijri(year: int, month: int, day: int) -> date:
    return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())


def _month(ask: _Ask) -> Days:
    words = [a for a in ask.expr.args if a in ("start", "mid", "end")]
    calendar, year, month, rel = [a for a in ask.expr.args if a not in words][:4]
    part = str(words[0]) if words else ""
    if calendar == "h":
        return _hijri_span(_hijri_year(ask, year, _int(month), 1), _int(month))
    if year is None:
        year = _which_year(ask, _int(month), None, str(rel or ""))
    return _month_span(_int(year), _int(month), part)


def _which_year(ask: _Ask, month: int, day: int | None, rel: str) -> int:
    """The year of a month without one: the latest such month or day, or the next if ahead."""
    if rel.endswith("_year"):
        return ask.day.year + _STEPS[rel.removesuffix("_year")]
    here = (month, day or ask.day.day)
    now = (ask.day.month, ask.day.day)
    if rel == "this":
        return ask.day.year
    if rel == _FORWARD or (ask.future and rel != "past"):
        return ask.day.year + (here < now if rel != _FORWARD or day else month <= now[0])
    passed = month < now[0] if rel == "past" and day is None else here <= now
    return ask.day.year - (not passed)


def _hijri_year(ask: _Ask, year: Arg, month: int, day: int) -> int:
    if year is not None:
        return _int(year)
    now = Gregorian.fromdate(ask.day).to_hijri()
    passed = (month, day) <= (now.month, now.day)
    return now.year + (0 if passed != ask.future else (1 if ask.future else -1))


def _date(ask: _Ask) -> Days | None:
    calendar, year, month, day, day2, rel = ask.expr.args[:6]
    if month is None:
        base = _months_before(ask.day.replace(day=1), -_STEPS[str(rel)])
        year, month = base.year, base.month
    if calendar == "h":
        hijri = _hijri_year(ask, year, _int(month), _int(day))
        ends = [_hijri(hijri, _int(month), _int(d)) for d in (day, day2 or day)]
        return ends[0], ends[1]
    if year is None:
        year = _which_year(ask, _int(month), _int(day), str(rel or ""))
    year, month = _int(year), _int(month)
    return date(year, month, _int(day)), date(year, month, _int(day2 or day))


def _nth_day(ask: _Ask) -> Days | None:
    start = ask.anchors.get(ask.text(1), ask.anchors.get(""))
    if start is None:
        return None
    day = start + timedelta(ask.number(0) - 1)
    return day, day


def _first_days(ask: _Ask) -> Days | None:
    start = ask.anchors.get(ask.text(0), ask.anchors.get(""))
    return None if start is None else (start, start + timedelta(6))


def _consecutive(ask: _Ask) -> Days:
    return ask.day - timedelta(ask.number(0) - 1), ask.day


def _eid(ask: _Ask) -> Days:
    month, first, nth = (ask.number(i) for i in range(3))
    year = _hijri_year(ask, None, month, first)
    day = _hijri(year, month, first) + timedelta(nth - 1)
    return day, day


def _fixed(ask: _Ask) -> Days:
    day = date.fromisoformat(ask.text(0))
    return day, day


def _none(ask: _Ask) -> None:
    return None


_OPS: dict[str, Callable[[_Ask], Days | None]] = {
    "days": _days,
    "weekday": _weekday,
    "weekday_before": _weekday_before,
    "night": _night,
    "since_dur": _since_dur,
    "ago": _ago,
    "over": _over,
    "rel_unit": _rel_unit,
    "year": _year,
    "years": _years,
    "season": _season,
    "month": _month,
    "date": _date,
    "nth_day": _nth_day,
    "first_days": _first_days,
    "consecutive": _consecutive,
    "eid": _eid,
    "fixed": _fixed,
    "none": _none,
}
OPS: Final = frozenset(_OPS)
