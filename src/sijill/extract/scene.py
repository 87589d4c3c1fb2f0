"""A sentence ready for drafting, and a report in the making."""

from __future__ import annotations

import msgspec

from sijill.extract.grammar import Sentence
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger
from sijill.lexicon.rules import EventRule
from sijill.model import Days, Figure, Place, Speaker, Trace

#: Types of fighting that deaths in the same sentence are part of.
FIGHTING = ("airstrike", "shelling", "bombing", "clash", "offensive")


class Attribution(msgspec.Struct, eq=False):
    """A speaker and the tokens ``[first, last)`` that stand on its word."""

    speaker: Speaker
    first: int
    last: int
    at: int
    span: tuple[int, int] | None = None


class Counted(msgspec.Struct, eq=False):
    """A figure with the tokens it stands at.

    ``part`` marks a number that is part of the one before it: five children among the dead;
    ``toll`` one that tells what befell those counted; ``families`` one of families.
    """

    figure: Figure
    first: int
    last: int
    part: bool = False
    toll: bool = False
    families: bool = False


class Draft(msgspec.Struct, eq=False):
    """A report in the making.

    ``kinds`` are those of its sides as the text names them; the codebook's ids may be wider.
    """

    type: str
    status: str
    actor: list[str]
    target: list[str]
    place: list[Place]
    time: Days | None
    time_stated: bool
    speaker: Speaker | None
    figures: list[Figure]
    evidence: list[tuple[int, int]]
    trigger: str
    traces: dict[str, Trace]
    first: int
    last: int
    headline: bool
    title: bool
    rule: EventRule
    group: str
    background: bool = False
    coordinated: bool = False
    ground: bool = False
    carrier: str = ""
    pointed: bool = False
    kinds: frozenset[str] = frozenset()
    features: frozenset[str] = frozenset()
    score: float = 0.0

    def is_fine(self) -> bool:
        """Whether a place finer than a country is named."""
        return any(place.id is None or "_" in place.id for place in self.place)

    def add_figures(self, figures: list[Figure]) -> None:
        """Take the figures whose kind and bounds it does not have yet."""
        seen = {(f.kind, f.low, f.high) for f in self.figures}
        self.figures += [f for f in figures if (f.kind, f.low, f.high) not in seen]


class Scene(msgspec.Struct, eq=False):
    """One sentence with everything found in it, ready for drafting."""

    sentence: Sentence
    syntax: Syntax
    triggers: list[Trigger]
    attributions: list[Attribution]
    figures: list[Counted]
    number: int


def opened_by_other(scene: Scene, at: int, trigger: Trigger) -> bool:
    """Whether the word at ``at`` is part of another event's phrase: besieged since."""
    return any(t.first <= at < t.last for t in scene.triggers if t is not trigger)


def belongs_elsewhere(scene: Scene, at: int, trigger: Trigger) -> bool:
    """Whether the time at ``at`` stands with another event, or in a clause that describes."""
    s, clause = scene.sentence, scene.sentence.clause(at)
    if s.isin(clause[0], "relatives"):
        return not any(
            verb is not None and verb.form.lemma in s.sets["stative_lemmas"]
            for verb in map(s.verb, range(*clause))
        )
    return any(
        clause[0] <= other.first < clause[1] and other is not trigger for other in scene.triggers
    )
