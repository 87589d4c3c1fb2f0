"""Time expressions in running text: found here, counted from a day by ``resolve``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from sijill.text.calendar_dates import Slot, date_at, month_date, year_at
from sijill.text.calendar_parts import FEW, Arg, Date, Month, TimeExpr
from sijill.text.calendar_patterns import Item, Pattern, TimeTables
from sijill.text.calendar_resolve import resolve
from sijill.text.letters import ARTICLE, LAM, WAW
from sijill.text.number_words import DIGITS, parse_core
from sijill.text.tokens import Tokens

__all__ = [
    "Item",
    "Month",
    "Pattern",
    "TimeExpr",
    "TimeTables",
    "find_times",
    "resolve",
    "stretch_at",
]

_LONGEST_STRETCH: Final = 120
_NOTE_OPENERS: Final = frozenset("\u060c,(-\u2013")


def find_times(
    tokens: Tokens, first: int, last: int, tables: TimeTables, among: list[int] | None = None
) -> list[TimeExpr]:
    """The time expressions among tokens ``[first, last)``, in order, ranges as one.

    ``among`` are the tokens that can begin one, where they are known.
    """
    found: list[TimeExpr] = []
    word, index, i = tokens.word, tables.index, first
    may = list(range(first, last)) if among is None else among
    for at in [n for n in may if word[n] in index or word[n][0] in DIGITS]:
        candidates = index.get(word[at], tables.at_digits)
        expr = _best(tokens, at, last, candidates, tables) if at >= i else None
        if expr is not None:
            found.append(expr)
            i = expr.last
    if not found:
        return []
    return [e for e in _join(tokens, first, found, tables) if e.op != "none"]


def stretch_at(tokens: Tokens, i: int, last: int, tables: TimeTables) -> TimeExpr | None:
    """The time since a stretch ("more than three years") that is told at ``i`` began, if one is."""
    found = _stretch(tokens, i, last, tables)
    if found is None:
        return None
    return TimeExpr(i, found[0], "since_dur", found[1], "span", "times.tsv")


def _best(
    tokens: Tokens, i: int, last: int, candidates: tuple[Pattern, ...], tables: TimeTables
) -> TimeExpr | None:
    """The longest match of ``candidates`` at ``i``, the earlier row if two are as long."""
    best: TimeExpr | None = None
    tried: dict[str, Slot | None] = {}
    for pattern in candidates:
        start: Slot | None = (i, ())
        if lead := pattern.lead:
            if lead not in tried:
                tried[lead] = _SLOTS[lead](tokens, i, last, tables)
            start = tried[lead]
        if start is None:
            continue  # many patterns begin with a number: most numbers begin none of them
        match = _match(tokens, start[0], last, pattern.behind, tables)
        if match is not None and (best is None or match[0] > best.last):
            args = pattern.args + start[1] + match[1]
            best = TimeExpr(i, match[0], pattern.op, args, pattern.grain, pattern.where)
    return best if best is None else _with_weekday(tokens, best, last, tables)


def _match(
    tokens: Tokens, i: int, last: int, items: tuple[Item, ...], tables: TimeTables
) -> Slot | None:
    """The end of a match of all ``items`` at ``i``, and what its slots caught."""
    caught: tuple[Arg, ...] = ()
    for n, item in enumerate(items):
        step = _item(tokens, i, last, item, tables)
        if item.ban:
            if step is not None:
                return None
        elif step is not None:
            if item.skip and _match(tokens, step[0], last, items[n + 1 :], tables) is None:
                continue
            i, caught = step[0], caught + step[1]
        elif not item.skip:
            return None
    return i, caught


def _item(tokens: Tokens, i: int, last: int, item: Item, tables: TimeTables) -> Slot | None:
    if i >= last:
        return None
    if item.slot:
        return _SLOTS[item.slot](tokens, i, last, tables)
    word = tokens.word[i]
    return (i + 1, ()) if word in item.words else None


def _class_slot(name: str) -> Callable[[Tokens, int, int, TimeTables], Slot | None]:
    """A slot that takes a word of one class and catches its value."""

    def take(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
        value = tables.classes[name].get(tokens.word[i])
        return None if value is None else (i + 1, (value,))

    return take


def _daypart(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    return (i + 1, ()) if tokens.word[i] in tables.classes["daypart"] else None


def _weekday(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    weekday = tables.weekdays.get(tokens.word[i])
    if weekday is None or (i and tokens.word[i - 1] in tables.no_day_after):
        return None
    return i + 1, (weekday,)


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value == int(value) else None


def _number(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """A whole number from 1 up, in figures or words."""
    core = parse_core(tokens, i, last, tables.numbers.words, tables.numbers.digits)
    value = _whole(core.value) if core and core.kind in ("count", "one") else None
    if core is None or value is None or not 1 <= value <= _LONGEST_STRETCH:
        return None
    return core.last, (value,)


def _ordinal(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    core = parse_core(tokens, i, last, tables.numbers.words, tables.numbers.digits)
    if core is None or core.value is None or tokens.word[i] in tables.weekdays:
        return None
    ordinal = core.kind == "ordinal" or core.definite
    return (core.last, (int(core.value),)) if ordinal else None


def _year(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    found = year_at(tokens, i, last)
    return None if found is None else (found[1], (found[0],))


def _bare_year(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """A year with no word for it: only behind a preposition that years take, or in brackets."""
    found = _year(tokens, i, last, tables)
    if found is None or i == 0:
        return None
    before = tokens.word[i - 1]
    if before == WAW and i > 1 and year_at(tokens, i - 2, i - 1):
        return found
    closed = before == "(" and found[0] < last and tokens.word[found[0]] == ")"
    era = found[0] == i + 2
    return found if era or closed or before in tables.classes["year_before"] else None


def _stretch(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """A stretch such as "three days", "two months", "about a year", "days"."""
    i, hedged = _skip_hedges(tokens, i, last, tables)
    if i >= last:
        return None
    word, classes = tokens.word[i], tables.classes
    if word in classes["unit2"]:
        return i + 1, (classes["unit2"][word], 2)
    if word in classes["units"]:
        few = i + 1 < last and tokens.word[i + 1] in classes["few"]
        return i + 1 + few, (classes["units"][word], FEW)
    if word in classes["some"] and i + 1 < last and tokens.word[i + 1] in classes["units"]:
        return i + 2, (classes["units"][tokens.word[i + 1]], FEW)
    if word in classes["unit1"] and (hedged or not word.startswith(ARTICLE)):
        return _one(tokens, i, last, tables)
    return _counted(tokens, i, last, tables)


def _skip_hedges(tokens: Tokens, i: int, last: int, tables: TimeTables) -> tuple[int, bool]:
    """The token behind the hedge words at ``i``, and whether there are any."""
    for j in range(min(i + 4, last), i, -1):
        for hedge in tables.numbers.before.get(tokens.word[j - 1], ()):
            if j - len(hedge.words) == i and tokens.word[i:j] == list(hedge.words):
                return j, True
    return i, False


def _one(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """A single unit: not "month of March", "year 2014", "day of Friday"."""
    after = tokens.word[i + 1] if i + 1 < last else ""
    if after in tables.months or after in tables.weekdays or after[:1] in DIGITS:
        return None
    return i + 1, (tables.classes["unit1"][tokens.word[i]], 1)


def _counted(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    number = _number(tokens, i, last, tables)
    if number is None or number[0] >= last:
        return None
    for name in ("units", "unit1"):
        unit = tables.classes[name].get(tokens.word[number[0]])
        if unit is not None:
            return number[0] + 1, (unit, number[1][0])
    return None


def _the_stretch(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """A stretch with the article: "the last few days", "the nine months", "the 24 hours"."""
    word, classes = tokens.word[i], tables.classes
    if word in classes["the_unit2"]:
        return i + 1, (classes["the_unit2"][word], 2)
    if word not in classes["the_units"]:
        apart = word in tables.numbers.particles and word.endswith(LAM)
        return _counted(tokens, i + apart, last, tables) if i + apart < last else None
    unit, j = classes["the_units"][word], i + 1
    if j < last and tokens.word[j] in classes["few"]:
        return j + 1, (unit, FEW, "few")
    if j + 1 < last and tokens.word[j] == ARTICLE:
        j += 1
    number = _number(tokens, j, last, tables) if j < last else None
    return (number[0], (unit, number[1][0])) if number else (i + 1, (unit, FEW, "few"))


def _month(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    found = month_date(tokens, i, last, tables)
    return None if found is None else (found.last, _month_args(found))


def _month_args(found: Date) -> tuple[Arg, ...]:
    return found.calendar, found.year, found.month, found.rel


def _date(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    found = date_at(tokens, i, last, tables)
    if found is None:
        return None
    day = (found.year, found.month, found.day, found.day2, found.rel, found.weekday)
    return found.last, (found.calendar, *day)


def _of(tokens: Tokens, i: int, last: int, tables: TimeTables) -> Slot | None:
    """What a day is counted of: "of the attack"; catches the noun without its article."""
    if tokens.word[i] in tables.classes["of"] and i + 1 < last:
        i += 1
    head = tables.classes["undertaking"].get(tokens.word[i])
    return None if head is None else (i + 1, (head,))


_CLASS_SLOTS = (
    "few",
    "some",
    "rel",
    "past",
    "next",
    "part",
    "season",
    "the_season",
    "the_unit1",
    "the_unit2",
    "the_units",
)
_SLOTS: dict[str, Callable[[Tokens, int, int, TimeTables], Slot | None]] = {
    **{name: _class_slot(name) for name in _CLASS_SLOTS},
    "daypart": _daypart,
    "weekday": _weekday,
    "n": _number,
    "ord": _ordinal,
    "year": _year,
    "bareyear": _bare_year,
    "dur": _stretch,
    "defdur": _the_stretch,
    "month": _month,
    "date": _date,
    "of": _of,
}
SLOTS: Final = frozenset(_SLOTS)


def _with_weekday(tokens: Tokens, expr: TimeExpr, last: int, tables: TimeTables) -> TimeExpr:
    """``expr`` with the weekday that stands beside it: "yesterday, Monday", "today (Sunday)"."""
    if expr.op == "date":
        return msgspec.structs.replace(expr, args=expr.args[:-1], weekday=int(expr.args[-1] or 0))
    if expr.op != "days" or expr.args[0] != expr.args[1]:
        return expr
    i = expr.last
    opener = tokens.word[i] if i < last else ""
    i += opener in _NOTE_OPENERS and bool(opener)
    if i >= last or tokens.word[i] not in tables.weekdays:
        return expr
    weekday, i = tables.weekdays[tokens.word[i]], i + 1
    i += opener == "(" and i < last and tokens.word[i] == ")"
    return msgspec.structs.replace(expr, last=i, weekday=weekday)


def _join(tokens: Tokens, first: int, found: list[TimeExpr], tables: TimeTables) -> list[TimeExpr]:
    """Join "since A", "until B", "from A to B" and "between A and B"."""
    joined: list[TimeExpr] = []
    for expr in found:
        prior = joined[-1] if joined else None
        floor = prior.last if prior is not None else first
        if prior is not None and _is_until(tokens, prior, expr, tables):
            ends = (_same_year(prior.parts[0] if prior.op == "since" else prior, expr), expr)
            joined[-1] = _combined("range", prior.first, expr, ends)
            continue
        start = _phrase_before(tokens, floor, expr.first, tables.since)
        since = start is not None and expr.op != "none"
        joined.append(_combined("since", start or 0, expr, (expr,)) if since else expr)
    return joined


def _same_year(first: TimeExpr, second: TimeExpr) -> TimeExpr:
    """The first day of a range, in the year that only its last day states."""
    dates = first.op == second.op == "date"
    if not dates or first.args[1] is not None or second.args[1] is None:
        return first
    return msgspec.structs.replace(first, args=(first.args[0], second.args[1], *first.args[2:]))


def _combined(op: str, first: int, expr: TimeExpr, parts: tuple[TimeExpr, ...]) -> TimeExpr:
    return TimeExpr(first, expr.last, op, (), "span", expr.where, parts)


def _phrase_before(
    tokens: Tokens, floor: int, i: int, phrases: dict[str, tuple[tuple[str, ...], ...]]
) -> int | None:
    """Where a phrase of ``phrases`` that ends at ``i`` starts; an article may stand between."""
    i -= i > floor and tokens.word[i - 1] == ARTICLE
    if i <= floor:
        return None
    for words in phrases.get(tokens.word[i - 1], ()):
        start = i - len(words)
        if start >= floor and tokens.word[start:i] == list(words):
            return start
    return None


def _is_until(tokens: Tokens, prior: TimeExpr, expr: TimeExpr, tables: TimeTables) -> bool:
    """Whether ``expr`` is where the range ends that ``prior`` begins."""
    if "none" in (prior.op, expr.op) or prior.op == "range" or expr.first - prior.last > 3:
        return False
    gap = tokens.word[prior.last : expr.first]
    start = _phrase_before(tokens, prior.last, expr.first, tables.until)
    if start is not None:
        return start == prior.last or gap[0] in ("\u060c", ",", WAW)
    between = prior.first > 0 and tokens.word[prior.first - 1] in tables.classes["between"]
    joined = gap == [WAW] or (not gap and tokens.word[expr.first].startswith(WAW))
    same = prior.op == expr.op and expr.op in ("year", "month", "date", "weekday")
    return same and ((between and joined) or gap in (["-"], ["\u2013"]))
