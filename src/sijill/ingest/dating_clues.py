"""What a text tells about the day it was written on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from sijill.lexicon.dated import DatedEvent, DatedTables, Office
from sijill.text.calendar import TimeExpr, TimeTables, find_times, resolve
from sijill.text.calendar_parts import FEW
from sijill.text.number_words import DIGITS
from sijill.text.tokens import Tokens, sentences

#: How near a title has to stand to the name of the person who holds it, in words.
_NEAR = 6
#: Half the width, in days, of what "since so many units" can mean.
_SLACK = {"day": 1, "week": 3, "month": 15, "year": 180}
#: "A few days ago" after an event: from, most likely, to; the plural of paucity is 3 to 10.
_FEW_DAYS = (3, 7, 10)
#: A full date within so many tokens is news, further down it is mostly background.
_OPENING = 100
_BESIDE = 4  # tokens from "today" to behind the first of its date
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


class DatingTables(msgspec.Struct, frozen=True):
    """The words of times, and what has a known day.

    ``today`` are the last words of what names a day so near: today, yesterday evening; ``beside``
    those with which its weekday or date can begin behind it, digits apart; ``officers`` those by
    which people who hold an office are found.
    """

    times: TimeTables
    dated: DatedTables
    today: frozenset[str]
    beside: frozenset[str]
    officers: frozenset[str]


def dating_tables(times: TimeTables, dated: DatedTables) -> DatingTables:
    """The tables, with what is worked out of them."""
    starts = [(word, p) for word, patterns in times.index.items() for p in patterns]
    today = frozenset(last for _, p in starts if p.op == "days" for last in p.items[-1].words)
    beside = frozenset((*times.weekdays, *(word for word, p in starts if p.op == "date")))
    return DatingTables(times, dated, today, beside, frozenset(dated.offices))


def may_pin(words: Sequence[str], tables: DatingTables) -> bool:
    """Whether the words may call a day today, or the like, with its weekday or date beside it."""
    today = tables.today
    if today.isdisjoint(words):
        return False
    at = [i for i, word in enumerate(words) if word in today]
    behind = (word for i in at for word in words[i + 1 : i + _BESIDE])
    return any(word in tables.beside or word[0] in DIGITS for word in behind)


class Clue(msgspec.Struct, frozen=True):
    """One hint at the day: between ``low`` and ``high``, most likely ``best``."""

    low: date
    best: date
    high: date
    rule: str
    where: str
    start: int
    end: int


class Clues(msgspec.Struct, frozen=True):
    """All hints of one text: days counted from an event, days not before which it was written."""

    counted: list[Clue]
    after: list[Clue]
    times: list[TimeExpr]
    offices: list[tuple[Office, Clue]]


def read_clues(tokens: Tokens, tables: DatingTables, first: int = 0) -> Clues:
    """Every hint from token ``first`` on."""
    clues = Clues([], [], [], find_offices(tokens, tables, first))
    for start, end in sentences(tokens):
        if start < first:
            continue
        times = find_times(tokens, start, end, tables.times)
        events = find_events(tokens, start, end, tables.dated)
        clues.times.extend(times)
        clues.after.extend(_after_event(tokens, event, start, end) for event in events)
        clues.after.extend(_after_dates(tokens, times))
        clues.counted.extend(_counted(tokens, times, events))
    return clues


def find_events(tokens: Tokens, first: int, last: int, dated: DatedTables) -> list[DatedEvent]:
    """The dated events that one sentence names, the most exactly named first."""
    index = dated.events
    seen = {event.name: event for word in tokens.word[first:last] for event in index.get(word, ())}
    if not seen:
        return []
    words = set(tokens.word[first:last])
    found = [event for event in seen.values() if all(not g.isdisjoint(words) for g in event.groups)]
    return sorted(found, key=lambda event: -len(event.groups))


def find_offices(tokens: Tokens, tables: DatingTables, first: int = 0) -> list[tuple[Office, Clue]]:
    """People named with an office that they hold: no "former", no "elect"."""
    index, former, found = tables.dated.offices, tables.times.classes["former"], []
    if tables.officers.isdisjoint(tokens.word):
        return []
    for i in [n for n, word in enumerate(tokens.word) if word in index and n >= first]:
        near = tokens.word[max(first, i - _NEAR) : i + _NEAR]
        if not any(word in former for word in near):
            found += [
                (office, _office_clue(tokens, i, office))
                for office in index[tokens.word[i]]
                if not office.titles.isdisjoint(near)
            ]
    return found


def _office_clue(tokens: Tokens, i: int, office: Office) -> Clue:
    days = (office.first, office.last)
    return _clue(tokens, (i, i + 1), days, ("office", office.where))


def _clue(
    tokens: Tokens, span: tuple[int, int], days: tuple[date, date], rule: tuple[str, str]
) -> Clue:
    low, high = days
    return Clue(low, low, high, *rule, *tokens.span(*span))


def _after_event(tokens: Tokens, event: DatedEvent, first: int, last: int) -> Clue:
    days = (event.day, date.max)
    return _clue(tokens, (first, last), days, ("after-event", event.where))


def _after_dates(tokens: Tokens, times: list[TimeExpr]) -> Iterator[Clue]:
    """Full dates: a text that tells of a day was, as a rule, written after it.

    Soon after it, if it stands in the opening or has its weekday; else it may be background.
    """
    for time in [part for whole in times for part in (*whole.parts, whole)]:
        day = full_date(time)
        if day is not None:
            fresh = not any(time in whole.parts for whole in times) and (
                time.weekday >= 0 or time.first < _OPENING
            )
            span = tokens.span(time.first, time.last)
            rule = "after-date" if fresh else "background-date"
            yield Clue(day, day, date.max, rule, time.where, *span)


def full_date(time: TimeExpr) -> date | None:
    """The day, or the last day, of a date whose year is stated."""
    if time.op != "date" or time.args[1] is None:
        return None
    days = resolve(time, date(2000, 1, 1))
    return days[1] if days else None


def pinned_days(times: list[TimeExpr]) -> list[tuple[date, TimeExpr]]:
    """Days of writing that a text states: "yesterday, 20 July 2015", "today, Sunday 19 March"."""
    found = []
    ends = [time.parts[-1] if time.parts else time for time in times]
    for named, dated in pairwise(ends):
        day = full_date(dated)
        if day is not None and named.op == "days" and dated.first - named.last <= 1:
            found.append((day - timedelta(int(named.args[0] or 0)), dated))
    return found


def _counted(tokens: Tokens, times: list[TimeExpr], events: list[DatedEvent]) -> Iterator[Clue]:
    """Days counted from an undertaking that the same sentence names."""
    start = next((event for event in events if event.start), None)
    for time in times if start is not None else ():
        assert start is not None
        offsets = _offsets(time)
        if offsets is not None:
            low, best, high = (start.day + timedelta(n) for n in offsets)
            span = tokens.span(time.first, time.last)
            yield Clue(low, best, high, f"event-{time.op}", start.where, *span)


def _offsets(time: TimeExpr) -> tuple[int, int, int] | None:
    """How many days after an event a text is that counts so from it: least, likely, most."""
    if time.op == "nth_day":
        n = int(time.args[0] or 1) - 1
        return n, n, n
    if time.op not in ("since_dur", "ago") or time.args[0] not in _UNIT_DAYS:
        return None
    unit, n = str(time.args[0]), int(time.args[1] or 0)
    if n == FEW:
        return _FEW_DAYS if unit == "day" else None
    days, slack = n * _UNIT_DAYS[unit], _SLACK[unit]
    return days - slack, days, days + slack


def today_weekdays(times: list[TimeExpr]) -> list[int]:
    """The weekdays that "today, Sunday" and "yesterday, Monday" give the day of writing."""
    named = [t for t in times if t.op == "days" and t.weekday >= 0]
    return [(t.weekday - int(t.args[0] or 0)) % 7 for t in named]


def usual_weekday(times: list[TimeExpr]) -> int | None:
    """The weekday of writing: as the text says, else the one that it names most often."""
    told = today_weekdays(times)
    bare = [int(t.args[0] or 0) for t in times if t.op == "weekday" and len(t.args) == 1]
    counts = Counter(told or bare).most_common(1)
    return counts[0][0] if counts else None
