"""A word that triggers a report, and what is known of a word that may."""

from __future__ import annotations

import msgspec

from sijill.lexicon.rules import EventRule
from sijill.lexicon.words import Analysis


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A rule that tokens ``[first, last)``, read so, may trigger; phrases have no reading."""

    first: int
    last: int
    rule: EventRule
    analysis: Analysis | None


class Known(msgspec.Struct, frozen=True, gc=False):
    """What rules know of one word: the phrases that begin at it, its own readings.

    ``decisive`` is what those of them know that can decide about a document.
    """

    phrases: tuple[tuple[tuple[str, ...], EventRule], ...]
    readings: tuple[tuple[EventRule, Analysis], ...]
    decisive: Known | None = None


At = tuple[int, Known]  # a token, and what the rules know of its word


class Sides(msgspec.Struct, frozen=True):
    """Whether a stretch of text may name a side that can fight, one that is a force, a place."""

    armed: bool = False
    force: bool = False
    place: bool = False


class Trigger(msgspec.Struct, eq=False):
    """A word (or phrase) at tokens ``[first, last)`` that a rule takes for an event.

    ``light`` is the token of the verb that carries a noun ("launched" + raids), with
    ``light_kind`` ``agent``, ``patient`` or ``event``; ``carrier`` is the id of the rule that knows
    the two together.
    """

    first: int
    last: int
    rule: EventRule
    analysis: Analysis | None
    kind: str
    type: str
    light: int | None = None
    light_kind: str = ""
    carrier: str = ""
