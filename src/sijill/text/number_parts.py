"""What a number of the text is, and the tables that find it"""

from __future__ import annotations

import msgspec


class NumWord(msgspec.Struct, frozen=True):
    """One spelling of a number word: its value, how it joins others, the clitics it carries.

    ``high`` is the upper bound of a vague word; ``joined`` says that it begins with "and";
    ``definite`` that it has the article; ``glued`` that it has a preposition.
    """

    value: float
    role: str
    where: str
    high: float = 0
    joined: bool = False
    definite: bool = False
    glued: bool = False


class Core(msgspec.Struct, frozen=True):
    """The number words of one number, up to token ``last``, and what they are worth."""

    last: int
    value: float | None
    low: float
    high: float
    kind: str
    role: str
    where: str
    joined: bool
    definite: bool


class Hedge(msgspec.Struct, frozen=True):
    """Words around a number, and what they do to it."""

    words: tuple[str, ...]
    effect: str
    where: str


Hedges = dict[str, tuple[Hedge, ...]]


class NumberTables(msgspec.Struct, frozen=True):
    """The words of numbers; ``words`` holds every spelling with its clitics.

    ``before`` is keyed by the last word of a phrase, the other phrases by their first.
    """

    words: dict[str, NumWord]
    digits: NumWord
    before: Hedges
    after: Hedges
    far: Hedges
    prior: Hedges
    next: Hedges
    one_after: frozenset[str]
    particles: frozenset[str]
    months: frozenset[str]


class Number(msgspec.Struct, frozen=True):
    """One number of the text, tokens ``[first, last)`` with its hedges.

    ``core_first``, ``core_last`` bound the number words alone. A ``count`` counts things; ``vague``
    is a plural that only bounds; ``percent`` and ``fraction`` are in hundredths; every other kind
    (``ordinal``, ``calibre``, ``unit_number``, ``name``, ``clock``, ``age``, ``year``, ``date``,
    ``duration``, ``distance``, ``money``, ``weight``, ``measure``) counts no persons or things.
    """

    first: int
    last: int
    core_first: int
    core_last: int
    value: float | int | None
    low: float | int | None
    high: float | int | None
    approx: bool
    kind: str
    rule: str
    where: str


class NumberDraft(msgspec.Struct, frozen=True):
    """A number as found, and whether "between" stands before it."""

    number: Number
    core: Core
    between: bool
