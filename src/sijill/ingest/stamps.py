"""The day in a page's own stamp, in whatever form the page writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sijill.text.calendar import TimeExpr, TimeTables, resolve
from sijill.text.calendar_dates import date_at, month_name
from sijill.text.calendar_parts import Date
from sijill.text.tokens import Tokens, tokenise

_EPOCH_DIGITS = (10, 13)
_ANY_DAY = date(2000, 1, 1)


def stamp_day(stamp: str, tables: TimeTables) -> date | None:
    """The day of ``stamp``: ISO with or without a time, figures, words, Hijri, Unix seconds.

    The day is taken as written, whatever the time zone.
    """
    stamp = stamp.strip()
    return _iso(stamp) or _epoch(stamp) or _written(stamp, tables)


def _iso(stamp: str) -> date | None:
    for text in (stamp[:10], stamp[:8] if len(stamp) == 8 else ""):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def _epoch(stamp: str) -> date | None:
    if not stamp.isdecimal() or len(stamp) not in _EPOCH_DIGITS:
        return None
    return datetime.fromtimestamp(int(stamp[:10]), UTC).date()


def _written(stamp: str, tables: TimeTables) -> date | None:
    tokens = tokenise(stamp)
    for i in range(len(tokens)):
        found = date_at(tokens, i, len(tokens), tables) or _month_first(tokens, i, tables)
        if found is not None and (day := full_day(found)) is not None:
            return day
    return None


def _month_first(tokens: Tokens, i: int, tables: TimeTables) -> Date | None:
    """July 21, 2015."""
    named = month_name(tokens, i, len(tokens), tables)
    if named is None:
        return None
    end, month = named
    words = tokens.word[end : end + 3]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    if len(numbers) != 2 or not 1 <= numbers[0] <= 31:
        return None
    return Date(end + 3, month.calendar, numbers[1], month.month, numbers[0])


def full_day(found: Date) -> date | None:
    """The day of a date whose year, month and day are all stated."""
    if found.year is None or found.month is None:
        return None
    args = (found.calendar, found.year, found.month, found.day, None, "")
    days = resolve(TimeExpr(0, 0, "date", args, "day", ""), _ANY_DAY)
    return days[0] if days else None
