"""Dates as written out: day, month, year, in words or figures, Gregorian or Hijri."""

from __future__ import annotations

from typing import Final

import msgspec

from sijill.text.calendar_parts import Arg, Date, Month
from sijill.text.calendar_patterns import TimeTables
from sijill.text.letters import ALEF, HEH, LAM, WAW, YEH
from sijill.text.number_words import DIGITS, parse_core
from sijill.text.tokens import Tokens

_FROM: Final = "\u0645\u0646"
_TO: Final = ALEF + LAM + YEH
_MEEM: Final = "\u0645"
_SEPARATORS: Final = frozenset("/(-\u2013\u060c,")
_ERA: Final = {_MEEM: "g", HEH: "h", _MEEM + YEH + "\u0644\u0627\u062f\u064a": "g"}
_DAY_JOINS: Final = frozenset({WAW, "-", "\u2013", _TO})

Slot = tuple[int, tuple[Arg, ...]]


def month_name(tokens: Tokens, i: int, last: int, tables: TimeTables) -> tuple[int, Month] | None:
    """The month's name at ``i``, with a second name of the same month beside it."""
    found = _one_name(tokens, i, last, tables)
    if found is None:
        return None
    end, month = found
    j = end + (end < last and tokens.word[end] in "/(-\u2013")
    second = _one_name(tokens, j, last, tables)
    if second is None or second[1].month != month.month or second[1].calendar != month.calendar:
        return found
    end = second[0]
    closes = end < last and tokens.word[end] == ")" and tokens.word[j - 1] == "("
    return end + closes, msgspec.structs.replace(month, bare=True)


def _one_name(tokens: Tokens, i: int, last: int, tables: TimeTables) -> tuple[int, Month] | None:
    if i >= last:
        return None
    for month in tables.months.get(tokens.word[i], ()):
        n = len(month.words)
        if i + n <= last and tokens.word[i + 1 : i + n] == list(month.words[1:]):
            return i + n, month
    return None


def year_at(tokens: Tokens, i: int, last: int, *, hijri: bool = False) -> tuple[int, int] | None:
    """A year in four digits at ``i``, with the sign of its era if there is one.

    A Hijri year needs that sign, unless ``hijri`` says that one is due.
    """
    word = tokens.word[i] if i < last else ""
    if len(word) != 4 or not word.isdigit() or not 1300 <= int(word) <= 2099:
        return None
    year = int(word)
    if i + 1 < last and tokens.word[i + 1] in _ERA:
        return year, i + 2
    return (year, i + 1) if year >= 1800 or (hijri and year <= 1500) else None


def month_date(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Date | None:
    """A month with its year or "last", "this", "next"; only if it is surely a month."""
    named = month_name(tokens, i, last, tables)
    if named is None:
        return None
    end, month = named
    date = _after_month(tokens, end, last, month, None, tables)
    if month.bare or date.year is not None or date.rel:
        return date
    evident = i > 0 and tokens.word[i - 1] in tables.classes["evidence"]
    return date if evident and tokens.raw(i, i + 1).endswith(month.raw) else None


def _after_month(
    tokens: Tokens, end: int, last: int, month: Month, day: int | None, tables: TimeTables
) -> Date:
    """The date once its month is read: the year or the relation behind it."""
    j = end
    if j < last and tokens.word[j] in _SEPARATORS:
        j += 1
    if j < last and tokens.word[j] == _FROM:
        j += 1
    worded = j < last and tokens.word[j] in tables.classes["year_word"]
    year = year_at(tokens, j + worded, last, hijri=month.calendar == "h")
    if year is not None:
        return Date(year[1], _calendar(year[0], month), year[0], month.month, day)
    rel = tables.classes["rel"].get(tokens.word[j + worded]) if j + worded < last else None
    if rel is not None and (worded or j == end):
        rel = f"{rel}_year" if worded else rel
        return Date(j + worded + 1, month.calendar, None, month.month, day, rel=rel)
    return Date(end, month.calendar, None, month.month, day)


def _calendar(year: int, month: Month) -> str:
    return "h" if year < 1600 else month.calendar


def date_at(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Date | None:
    """A date with a day at ``i``, maybe behind the name of its weekday."""
    weekday, j = -1, i
    if i < last and tokens.word[i] in tables.weekdays:
        weekday, j = tables.weekdays[tokens.word[i]], i + 1
        if j < last and tokens.word[j] in "\u060c,(":
            j += 1
    date = numeric_date(tokens, j, last) or _worded_date(tokens, j, last, tables)
    if date is None or weekday < 0:
        return date
    closes = date.last < last and tokens.word[j - 1] == "(" and tokens.word[date.last] == ")"
    return msgspec.structs.replace(date, weekday=weekday, last=date.last + closes)


def _worded_date(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Date | None:
    day = _day(tokens, i, last, tables)
    if day is None:
        return None
    first, j, day2 = day[0], day[1], None
    if j < last and tokens.word[j] in _DAY_JOINS:
        second = _day(tokens, j + 1, last, tables)
        if second is not None and second[0] > first:
            day2, j = second
    date = _month_after_day(tokens, j, last, first, tables)
    return None if date is None else msgspec.structs.replace(date, day2=day2)


def _month_after_day(
    tokens: Tokens, j: int, last: int, day: int, tables: TimeTables
) -> Date | None:
    of = j < last and tokens.word[j] == _FROM
    worded = j + of < last and tokens.word[j + of] in tables.classes["month_word"]
    named = month_name(tokens, j + of + worded, last, tables)
    if named is not None:
        return _after_month(tokens, named[0], last, named[1], day, tables)
    at = j + of + worded
    rel = tables.classes["rel"].get(tokens.word[at]) if at < last else None
    if rel is None or of != worded or (not worded and rel != "this"):
        return None
    return Date(at + 1, "g", None, None, day, rel=rel)


def _day(tokens: Tokens, i: int, last: int, tables: TimeTables) -> tuple[int, int] | None:
    """A day of the month at ``i``, in digits, in words or as an ordinal; and where it ends."""
    if i >= last:
        return None
    word = tokens.word[i]
    if word.isdigit():
        return (int(word), i + 1) if len(word) <= 2 and 1 <= int(word) <= 31 else None
    core = parse_core(tokens, i, last, tables.numbers.words, tables.numbers.digits)
    if core is None or core.value is None or core.kind not in ("ordinal", "count"):
        return None
    return (int(core.value), core.last) if core.value in range(1, 32) else None


def numeric_date(tokens: Tokens, i: int, last: int) -> Date | None:
    """A date in figures alone: 26/10/2016, 2016-10-26, 26.10.2016."""
    word = tokens.word[i] if i < last else ""
    if not word or word[0] not in DIGITS:
        return None
    end = i + 1
    if word.isdigit():
        glued = "".join(tokens.word[i : i + 5])
        if tokens.word[i + 1 : i + 5 : 2] != ["-", "-"] or i + 5 > last:
            return None
        word, end = glued, i + 5
    parts = word.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    return _from_parts([int(part) for part in parts], len(parts[0]) == 4, end)


def _from_parts(parts: list[int], year_first: bool, end: int) -> Date | None:
    year, month, day = parts if year_first else parts[::-1]
    year += 2000 if year < 100 else 0
    if month > 12:
        month, day = day, month
    calendar = "h" if 1300 <= year <= 1500 else "g"
    fits = 1 <= month <= 12 and 1 <= day <= 31 and (calendar == "h" or 1900 <= year <= 2099)
    return Date(end, calendar, year, month, day) if fits else None
