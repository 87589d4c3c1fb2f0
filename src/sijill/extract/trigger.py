"""A word that triggers a report, and what is known of a word that may."""

from __future__ import annotations

from sijill.lexicon.rules import EventRule
from sijill.lexicon.words import Analysis


class Candidate:
    """A rule that tokens ``[first, last)``, read so, may trigger; phrases have no reading."""

    __slots__ = ("analysis", "first", "last", "rule")

    def __init__(self, first: int, last: int, rule: EventRule, analysis: Analysis | None) -> None:
        self.first, self.last, self.rule, self.analysis = first, last, rule, analysis


class Known:
    """What rules know of one word: the phrases that begin at it, its own readings.

    ``decisive`` is what those of them know that can decide about a document.
    """

    __slots__ = ("decisive", "phrases", "readings")

    def __init__(
        self,
        phrases: tuple[tuple[tuple[str, ...], EventRule], ...],
        readings: tuple[tuple[EventRule, Analysis], ...],
        decisive: Known | None = None,
    ) -> None:
        self.phrases, self.readings, self.decisive = phrases, readings, decisive


At = tuple[int, Known]  # a token, and what the rules know of its word


class Trigger:
    """A word (or phrase) at tokens ``[first, last)`` that a rule takes for an event.

    ``light`` is the token of the verb that carries a noun ("launched" + raids), with
    ``light_kind`` ``agent``, ``patient`` or ``event``; ``carrier`` is the id of the rule that knows
    the two together.
    """

    __slots__ = (
        "analysis",
        "carrier",
        "first",
        "kind",
        "last",
        "light",
        "light_kind",
        "rule",
        "type",
    )

    def __init__(
        self,
        first: int,
        last: int,
        rule: EventRule,
        analysis: Analysis | None,
        kind: str,
        type: str,
        light: int | None = None,
        light_kind: str = "",
        carrier: str = "",
    ) -> None:
        self.first, self.last, self.rule, self.analysis = first, last, rule, analysis
        self.kind, self.type, self.light, self.light_kind = kind, type, light, light_kind
        self.carrier = carrier
