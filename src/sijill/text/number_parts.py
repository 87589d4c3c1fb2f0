"""What a number of the text is, and the tables that find it."""

from __future__ import annotations


class NumWord:
    """One spelling of a number word: its value, how it joins others, the clitics it carries.

    ``high`` is the upper bound of a vague word; ``joined`` says that it begins with "and";
    ``definite`` that it has the article; ``glued`` that it has a preposition.
    """

    __slots__ = ("definite", "glued", "high", "joined", "role", "value", "where")

    def __init__(
        self,
        value: float,
        role: str,
        where: str,
        high: float = 0.0,
        joined: bool = False,
        definite: bool = False,
        glued: bool = False,
    ) -> None:
        self.value, self.role, self.where, self.high = value, role, where, high
        self.joined, self.definite, self.glued = joined, definite, glued


class Core:
    """The number words of one number, up to token ``last``, and what they are worth."""

    __slots__ = ("definite", "high", "joined", "kind", "last", "low", "role", "value", "where")

    def __init__(
        self,
        last: int,
        value: float | None,
        low: float,
        high: float,
        kind: str,
        role: str,
        where: str,
        joined: bool,
        definite: bool,
    ) -> None:
        self.last, self.value, self.low, self.high, self.kind = last, value, low, high, kind
        self.role, self.where, self.joined, self.definite = role, where, joined, definite


class Hedge:
    """Words around a number, and what they do to it."""

    __slots__ = ("effect", "where", "words")

    def __init__(self, words: tuple[str, ...], effect: str, where: str) -> None:
        self.words, self.effect, self.where = words, effect, where


Hedges = dict[str, tuple[Hedge, ...]]


class NumberTables:
    """The words of numbers; ``words`` holds every spelling with its clitics.

    ``before`` is keyed by the last word of a phrase, the other phrases by their first.
    """

    __slots__ = (
        "after",
        "before",
        "digits",
        "far",
        "months",
        "next",
        "one_after",
        "particles",
        "prior",
        "words",
    )

    def __init__(
        self,
        words: dict[str, NumWord],
        digits: NumWord,
        before: Hedges,
        after: Hedges,
        far: Hedges,
        prior: Hedges,
        next: Hedges,
        one_after: frozenset[str],
        particles: frozenset[str],
        months: frozenset[str],
    ) -> None:
        self.words, self.digits, self.before, self.after = words, digits, before, after
        self.far, self.prior, self.next, self.one_after = far, prior, next, one_after
        self.particles, self.months = particles, months


class Number:
    """One number of the text, tokens ``[first, last)`` with its hedges.

    ``core_first``, ``core_last`` bound the number words alone. A ``count`` counts things; ``vague``
    is a plural that only bounds; ``percent`` and ``fraction`` are in hundredths; every other kind
    (``ordinal``, ``calibre``, ``unit_number``, ``name``, ``clock``, ``age``, ``year``, ``date``,
    ``duration``, ``distance``, ``money``, ``weight``, ``measure``) counts no persons or things.
    """

    __slots__ = (
        "approx",
        "core_first",
        "core_last",
        "first",
        "high",
        "kind",
        "last",
        "low",
        "rule",
        "value",
        "where",
    )

    def __init__(
        self,
        first: int,
        last: int,
        core_first: int,
        core_last: int,
        value: float | int | None,
        low: float | int | None,
        high: float | int | None,
        approx: bool,
        kind: str,
        rule: str,
        where: str,
    ) -> None:
        self.first, self.last, self.core_first = first, last, core_first
        self.core_last, self.value, self.low, self.high = core_last, value, low, high
        self.approx, self.kind, self.rule, self.where = approx, kind, rule, where


class NumberDraft:
    """A number as found, and whether "between" stands before it."""

    __slots__ = ("between", "core", "number")

    def __init__(self, number: Number, core: Core, between: bool) -> None:
        self.number, self.core, self.between = number, core, between
