"""Patterns of time expressions, and the tables that hold them."""

from __future__ import annotations

from sijill.text.calendar_parts import Arg, Month
from sijill.text.number_parts import NumberTables


class Item:
    """One item of a pattern: words that match, or a slot; ``ban`` forbids, ``skip`` is optional."""

    __slots__ = ("ban", "skip", "slot", "words")

    def __init__(
        self, words: frozenset[str], slot: str = "", ban: bool = False, skip: bool = False
    ) -> None:
        self.words, self.slot, self.ban, self.skip = words, slot, ban, skip


class Pattern:
    """One row of the time patterns; ``lead`` is the slot that it must begin with, if any.

    ``behind`` are the items behind that slot, all of them where there is none.
    """

    __slots__ = ("args", "behind", "grain", "items", "lead", "op", "where")

    def __init__(
        self, items: tuple[Item, ...], op: str, args: tuple[Arg, ...], grain: str, where: str
    ) -> None:
        self.items, self.op, self.args, self.grain, self.where = items, op, args, grain, where
        first = items[0]
        self.lead = "" if first.skip or first.ban else first.slot
        self.behind = items[1:] if self.lead else items


class TimeTables:
    """The words of times.

    ``index`` tells which patterns can start at a word, ``at_digits`` which at digits; ``classes``
    holds the value of each word of each class; ``months`` is keyed by the first word.
    """

    __slots__ = (
        "at_digits",
        "classes",
        "index",
        "months",
        "no_day_after",
        "numbers",
        "since",
        "until",
        "weekdays",
    )

    def __init__(
        self,
        numbers: NumberTables,
        index: dict[str, tuple[Pattern, ...]],
        at_digits: tuple[Pattern, ...],
        classes: dict[str, dict[str, str]],
        months: dict[str, tuple[Month, ...]],
        weekdays: dict[str, int],
        no_day_after: frozenset[str],
        since: dict[str, tuple[tuple[str, ...], ...]],
        until: dict[str, tuple[tuple[str, ...], ...]],
    ) -> None:
        self.numbers, self.index, self.at_digits = numbers, index, at_digits
        self.classes, self.months, self.weekdays = classes, months, weekdays
        self.no_day_after, self.since, self.until = no_day_after, since, until
