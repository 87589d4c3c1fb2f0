"""How firmly the text asserts an event, as named features that a small linear model weighs.

A word for an event may report it ("raids killed three"), or only refer to it ("the memory of the
raids", "the fight against raids"). The features tell the two apart by grammar; their weights are
data (``knowledge/assertion.tsv``), fitted by ``bench/fit_assertion.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from sijill.extract.scene import Draft, Scene
from sijill.extract.trigger import Trigger

_LONG: Final = 45  # tokens
_MANY: Final = 200  # a toll of one event is smaller; greater ones sum up a war
_QUOTES: Final = frozenset('\u00ab"\u201c')
_ASKING: Final = frozenset("?\u061f")
_UNKNOWN: Final = frozenset({"unknown_gunmen", "militants", "foreign_fighters"})
_PEOPLE: Final = frozenset(
    {
        "civilians",
        "children",
        "residents",
        "journalists",
        "medics",
        "prisoners",
        "displaced_people",
        "yazidis",
        "christians",
        "protesters",
        "officials",
    }
)


class Weigher:
    """Scores drafts with the weights of ``knowledge/assertion.tsv``."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def weigh(self, scene: Scene, drafts: list[Draft]) -> None:
        """Give each draft its features and its score, the log-odds that it reports an event.

        A draft without a trigger of its own tells again what was weighed before.
        """
        triggers = {trigger.first: trigger for trigger in scene.triggers}
        for draft in [d for d in drafts if d.first in triggers]:
            draft.features = features(scene, triggers[draft.first], draft)
            event = "protest" if draft.type == "protest" else "assault"
            draft.score = math.fsum(  # exact, so that the order of a set does not show
                self._weights.get(f"{event} {name}", 0.0) for name in [*draft.features, "bias"]
            )


def features(scene: Scene, trigger: Trigger, draft: Draft) -> frozenset[str]:
    """The names of the features that hold for a draft."""
    return frozenset(
        (
            *_of_trigger(trigger),
            *_of_draft(draft),
            *_of_sides(draft),
            *_of_place(scene, trigger),
        )
    )


def _of_trigger(trigger: Trigger) -> Iterator[str]:
    yield f"type {trigger.type}"
    yield f"rule {trigger.rule.id}"
    yield f"kind {trigger.kind}"
    yield f"light {trigger.light_kind or 'none'}"
    if trigger.analysis is not None:
        form = trigger.analysis.form
        yield f"pos {form.pos}"
        if form.tense:
            yield f"tense {form.tense}"
            yield f"voice {form.voice}"
        if form.number == "p":
            yield "plural"
        if trigger.analysis.article:
            yield "definite"


def _of_draft(draft: Draft) -> Iterator[str]:
    yield f"status {draft.status}"
    filled = {
        "actor": draft.actor,
        "target": draft.target,
        "figures": draft.figures,
        "speaker": draft.speaker,
        "time_stated": draft.time_stated,
        "background": draft.background,
        "headline": draft.headline,
    }
    yield from (f"has {role}" for role, value in filled.items() if value)
    if draft.actor and draft.target:
        yield "has both sides"
    if draft.is_fine():
        yield "fine place"
    elif draft.place:
        yield "country only"


def _of_sides(draft: Draft) -> Iterator[str]:
    for actor in draft.actor:
        yield "unknown killers" if actor in _UNKNOWN else "known actor"
    for target in draft.target:
        yield "people hurt" if target in _PEOPLE else "side hurt"
    for figure in draft.figures:
        yield f"figure {figure.kind}"
        if figure.low is not None and figure.low < _MANY:
            yield "small toll"


def _of_place(scene: Scene, trigger: Trigger) -> Iterator[str]:
    """Where in its sentence the trigger stands."""
    s = scene.sentence
    first, _ = s.clause(trigger.first)
    if s.isin(first, "relatives"):
        yield "relative clause"
    if s.isin(first, "complementisers"):
        yield "said clause"
    if trigger.first - first <= 1:
        yield "opens clause"
    if s.isin(trigger.first - 1, "prepositions"):
        yield "after preposition"
    elif (
        trigger.first > s.first
        and s.verb(trigger.first - 1) is None
        and (s.word(trigger.first - 1).isalpha())
    ):
        yield "after noun"
    if s.last - s.first > _LONG:
        yield "long sentence"
    if not _QUOTES.isdisjoint(s.words(s.first, trigger.first)):
        yield "in quotation"
    if not _ASKING.isdisjoint(s.words(s.first, s.last)):
        yield "question"
    if any(isinstance(arg, int) and arg > 1300 for expr in s.times for arg in expr.args):
        yield "stated year"
    if len(scene.triggers) > 2:
        yield "many events"
    if any(expr.grain == "day" for expr in s.times):
        yield "day in sentence"
    if trigger.first - s.first <= 4:
        yield "opens sentence"
    if scene.attributions:
        yield "attributed sentence"
