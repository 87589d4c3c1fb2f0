"""The day an article was written: from its stamp, from its dateline, or from what it tells."""

from __future__ import annotations

from datetime import date, timedelta

from sijill.errors import Fault
from sijill.ingest.dating_clues import (
    Clue,
    Clues,
    DatingTables,
    dating_tables,
    find_offices,
    full_date,
    may_pin,
    pinned_days,
    read_clues,
    today_weekdays,
    usual_weekday,
)
from sijill.ingest.stamps import full_day, stamp_day
from sijill.issues import Issue
from sijill.lexicon.dated import Office, load_dated
from sijill.lexicon.tables import raise_faults
from sijill.lexicon.time_tables import TimeTables, load_time_tables
from sijill.model import Article, Reference, Trace
from sijill.text.calendar import TimeExpr, find_times, resolve
from sijill.text.calendar_dates import date_at
from sijill.text.tokens import Tokens

__all__ = ["DatingTables", "find_reference", "load_dating"]

#: A stamp is doubted only if it is this much later than what the text tells: reprints within a
#: year keep their stamp.
_DOUBT = timedelta(365)
#: How far into a text "today, Sunday" is looked for: 986 of 1000 first ones stand so near the top.
_OPENING = 400
#: A dateline is a line this short among the first lines, or a date within the first tokens.
_DATELINE_TOKENS, _DATELINE_LINES, _DATELINE_START = 16, 5, 10
_WEEK = 7
#: A page may be fetched so long after the day that its text states.
_LATE_PAGE = timedelta(60)


def load_dating(times: TimeTables | None = None) -> DatingTables:
    """Load what dates an article, with ``times`` where they are loaded already.

    Raises:
        KnowledgeError: with every fault.
    """
    faults: list[Fault] = []
    tables = dating_tables(times or load_time_tables(faults), load_dated(faults))
    raise_faults(faults)
    return tables


def find_reference(
    article: Article, tokens: Tokens, tables: DatingTables
) -> tuple[Reference, list[Issue]]:
    """The day from which ``article`` counts, on what basis, and what speaks against its stamp."""
    issues: list[Issue] = []
    stamp = stamp_day(article.published, tables.times) if article.published else None
    if article.published and stamp is None:
        message = f"the stamp {article.published!r} is no date that can be read"
        issues.append(Issue("warning", "stamp-unread", message, article.doc))
    given = _from_stamp(stamp) if stamp else _dateline(tokens, tables)
    if given is None:
        return _from_text(tokens, tables, 0), issues
    reference, end = given
    day = date.fromisoformat(reference.day or "")
    if not _contradicted(tokens, day, tables, end):
        return _settled(tokens, reference, day, tables, end), issues
    told = _from_text(tokens, tables, end)
    issues.append(_contradiction(article, day, told))
    return told, issues


def _from_stamp(stamp: date) -> tuple[Reference, int]:
    return Reference(stamp.isoformat(), "stamp", Trace("stamp", "")), 0


def _contradiction(article: Article, day: date, told: Reference) -> Issue:
    tells = f"the text tells of {told.day}" if told.day else "the text was written long before"
    message = f"the page is stamped {day}, but {tells}"
    return Issue("warning", "stamp-contradicts-text", message, article.doc)


def _dateline(tokens: Tokens, tables: DatingTables) -> tuple[Reference, int] | None:
    """The first full date in a short line at the top, and where the last such line ends."""
    reference, end, first = None, 0, 0
    for _ in range(_DATELINE_LINES):
        last = _line_end(tokens, first)
        short = last - first <= _DATELINE_TOKENS
        for i in range(first, last if short else min(last, first + _DATELINE_START)):
            found = date_at(tokens, i, last, tables.times)
            day = full_day(found) if found is not None else None
            if found is not None and day is not None:
                span = tokens.span(i, found.last)
                trace = Trace("dateline", "", *span)
                reference = reference or Reference(day.isoformat(), "dateline", trace)
                end = last if short else 0
                break
        first = last + 1
    return (reference, end) if reference is not None else None


def _line_end(tokens: Tokens, first: int) -> int:
    last = first
    while last < len(tokens) and tokens.word[last] != "\n":
        last += 1
    return last


def _contradicted(tokens: Tokens, day: date, tables: DatingTables, first: int) -> bool:
    """Whether people hold offices in the text that they had long left on ``day``.

    Two such people are enough; so is one, where days are counted from an event as long before.
    A person who came into an office after they left, or a full date near the stamp, clears it.
    """
    held = find_offices(tokens, tables, first)
    expired = _expired([office for office, _ in held], day)
    if not expired:
        return False
    newest = max(office.last for office in expired)
    if any(newest <= office.first <= day for office, _ in held):
        return False
    clues = read_clues(tokens, tables, first)
    if any(c.rule.endswith("-date") and abs(day - c.best) < _DOUBT for c in clues.after):
        return False
    counted = any(clue.best + _DOUBT < day for clue in clues.counted)
    return len({office.person for office in expired}) > 1 or counted


def _expired(offices: list[Office], day: date) -> list[Office]:
    """Offices that ended long before ``day``, of people with no other office on it."""
    current = {office.person for office in offices if office.first <= day <= office.last}
    return [o for o in offices if o.last + _DOUBT < day and o.person not in current]


def _settled(
    tokens: Tokens, reference: Reference, day: date, tables: DatingTables, first: int
) -> Reference:
    """The stamp, or the day shortly before it that the text calls today or counts from."""
    last = min(len(tokens), _OPENING)
    pins = may_pin(tokens.word[first:last], tables)
    times = find_times(tokens, first, last, tables.times) if pins else []
    for pinned, time in pinned_days(times):
        if timedelta(0) < day - pinned <= _LATE_PAGE:
            return Reference(pinned.isoformat(), "text", _time_trace(tokens, time))
    weekdays = today_weekdays(times)
    if not weekdays or day.weekday() in weekdays:
        return reference
    weekday = max(weekdays, key=weekdays.count)
    earlier = day - timedelta((day.weekday() - weekday) % _WEEK)
    told = next(t for t in times if t.weekday >= 0 and t.op == "days")
    return Reference(earlier.isoformat(), "text", _time_trace(tokens, told))


def _time_trace(tokens: Tokens, time: TimeExpr) -> Trace:
    return Trace("today-is", time.where, *tokens.span(time.first, time.last))


def _from_text(tokens: Tokens, tables: DatingTables, first: int) -> Reference:
    """The day that the text alone tells, or none."""
    clues = read_clues(tokens, tables, first)
    latest = min((clue.high for _, clue in clues.offices), default=date.max)
    for pinned, time in pinned_days(clues.times):
        return Reference(pinned.isoformat(), "text", _time_trace(tokens, time))
    after = [clue for clue in clues.after if clue.best <= latest]
    floor = max(after, key=lambda clue: clue.best, default=None)
    counted = [clue for clue in clues.counted if clue.low <= latest]
    if counted:
        return _counted_day(counted, floor, clues)
    if floor is None or floor.rule == "background-date":
        return Reference(None, "none")
    return _soon_after(floor, clues)


def _soon_after(floor: Clue, clues: Clues) -> Reference:
    """The first day from ``floor`` on that agrees with the weekday and months of the text."""
    dated = any(t.weekday >= 0 and full_date(t) == floor.best for t in clues.times)
    weekday = usual_weekday(clues.times)
    if dated:
        return _reference(floor.best, "text", floor)
    if weekday is None and floor.rule == "after-event":
        return Reference(None, "none")
    day = _after_last_month(floor.best, clues.times)
    step = 0 if weekday is None else (weekday - day.weekday()) % _WEEK
    basis = "event" if floor.rule == "after-event" else "text"
    return _reference(day + timedelta(step), basis, floor)


def _after_last_month(day: date, times: list[TimeExpr]) -> date:
    """``day``, or the first of the next month if the text calls the month of ``day`` the last."""
    next_month = (day.replace(day=1) + timedelta(31)).replace(day=1)
    for time in times:
        if time.op in ("date", "month") and "past" in time.args:
            days = resolve(time, next_month)
            if days is not None and days[0].replace(day=1) == day.replace(day=1):
                return next_month
    return day


def _counted_day(counted: list[Clue], floor: Clue | None, clues: Clues) -> Reference:
    """The day counted from an event, moved within its slack to what else is known."""
    clue = min(counted, key=lambda c: c.high - c.low)
    day = clue.best
    if floor is not None and day < floor.best <= clue.high:
        day = floor.best
    weekday = usual_weekday(clues.times)
    if weekday is not None:
        step = (weekday - day.weekday()) % _WEEK
        moved = min((day + timedelta(n) for n in (step, step - _WEEK)), key=lambda d: abs(d - day))
        day = moved if clue.low <= moved <= clue.high else day
    return _reference(day, "event", clue)


def _reference(day: date, basis: str, clue: Clue) -> Reference:
    return Reference(day.isoformat(), basis, Trace(clue.rule, clue.where, clue.start, clue.end))
