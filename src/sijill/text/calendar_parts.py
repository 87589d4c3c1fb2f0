"""What a time expression is, and the tables that find it."""

from __future__ import annotations

import msgspec

from sijill.text.number_parts import NumberTables

Arg = str | int | None

#: In ``args``, a number that the text leaves open: a few days.
FEW = -1


class TimeExpr(msgspec.Struct, frozen=True):
    """A time expression at tokens ``[first, last)``, not yet counted from any day.

    ``op`` and ``args`` say how to count; ``parts`` are the ends of a range; ``weekday`` (Monday 0)
    is the day's name where the text gives it beside something else, or -1.
    """

    first: int
    last: int
    op: str
    args: tuple[Arg, ...]
    grain: str
    where: str
    parts: tuple[TimeExpr, ...] = ()
    weekday: int = -1

    @property
    def rule(self) -> str:
        """The name under which traces give it."""
        return f"time-{self.op}"


class Item(msgspec.Struct, frozen=True):
    """One item of a pattern: words that match, or a slot; ``ban`` forbids, ``skip`` is optional."""

    words: frozenset[str]
    slot: str = ""
    ban: bool = False
    skip: bool = False


class Pattern(msgspec.Struct, frozen=True):
    """One row of the time patterns."""

    items: tuple[Item, ...]
    op: str
    args: tuple[Arg, ...]
    grain: str
    where: str


class Month(msgspec.Struct, frozen=True):
    """One spelling of a month's name, as its words.

    ``bare`` says that the name alone is surely a month; ``raw``, if not empty, is the spelling
    without which it is not (a town may be spelt the same once folded).
    """

    words: tuple[str, ...]
    month: int
    calendar: str
    bare: bool
    raw: str = ""


class TimeTables(msgspec.Struct, frozen=True):
    """The words of times.

    ``index`` tells which patterns can start at a word, ``at_digits`` which at digits; ``classes``
    holds the value of each word of each class; ``months`` is keyed by the first word.
    """

    numbers: NumberTables
    index: dict[str, tuple[Pattern, ...]]
    at_digits: tuple[Pattern, ...]
    classes: dict[str, dict[str, str]]
    months: dict[str, tuple[Month, ...]]
    weekdays: dict[str, int]
    no_day_after: frozenset[str]
    since: dict[str, tuple[tuple[str, ...], ...]]
    until: dict[str, tuple[tuple[str, ...], ...]]


class Date(msgspec.Struct, frozen=True):
    """A written date: what of it is stated, and where it ends."""

    last: int
    calendar: str
    year: int | None
    month: int | None
    day: int | None
    day2: int | None = None
    rel: str = ""
    weekday: int = -1
