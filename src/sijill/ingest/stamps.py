"""The day in a page's own stamp, in whatever form the page writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sijill.text.calendar import TimeTables, find_times, resolve
from sijill.text.calendar_dates import Date, date_at, month_name
from sijill.text.tokens import Tokens, tokenise

_EPOCH_DIGITS = (10, 13)


def stamp_day(stamp: str, tables: TimeTables) -> date | None:
    """The day of ``stamp``: ISO with or without a time, figures, words, Hijri, Unix seconds.

    The day is taken as written, whatever the time zone.
    """
    stamp = stamp.strip()
    return _iso(stamp) or _epoch(stamp) or _written(stamp, tables)


def _iso(stamp: str) -> date | None:
    for text in (stamp[:10], stamp[:8]):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def _epoch(stamp: str) -> date | None:
    if not stamp.isdigit() or len(stamp) not in _EPOCH_DIGITS:
        return None
    return datetime.fromtimestamp(int(stamp[:10]), UTC).date()


def _written(stamp: str, tables: TimeTables) -> date | None:
    tokens = tokenise(stamp)
    for i in range(len(tokens)):
        found = date_at(tokens, i, len(tokens), tables) or _month_first(tokens, i, tables)
        if found is not None and found.year is not None:
            return full_day(found)
    times = find_times(tokens, 0, len(tokens), tables)
    return next((days[0] for t in times if t.op == "date" and (days := _full(t))), None)


def _full(expr: object) -> None:
    return None


def _month_first(tokens: Tokens, i: int, tables: TimeTables) -> Date | None:
    """July 21, 2015."""
    named = month_name(tokens, i, len(tokens), tables)
    numbers = [int(w) for w in tokens.word[named[0] : named[0] + 3] if w.isdigit()] if named else []
    if named is None or len(numbers) != 2 or not 1 <= numbers[0] <= 31 or numbers[1] < 1300:
        return None
    return Date(len(tokens), named[1].calendar, numbers[1], named[1].month, numbers[0])


def full_day(found: Date) -> date | None:
    """The day of a date whose year, month and day are all stated."""
    return None
