"""What is only aimed at: verbal nouns of what somebody wants, which tell of no event."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.trigger import Trigger
from sijill.text.letters import LAM

_LIST: Final = 20  # tokens in which a statement of aims lists them


def is_aim(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a statement "the aim is" lists the event: what it lists are verbal nouns.

    One that is spelt like a verb of the past is no verb there.
    """
    low = max(sentence.first, trigger.first - _LIST)
    if not sentence.holds(low, trigger.first + 1, "aims"):
        return False
    for i in range(trigger.first, low - 1, -1):
        if sentence.isin(i, "aims"):
            opens = i == sentence.first or sentence.isin(i - 1, "complementisers")
            return i < trigger.first and opens
        masdar = any(a.form.pos == "masdar" for a in sentence.analyses(i))
        told = sentence.verb(i) is not None or i == trigger.first
        if sentence.word(i) in ".\u061b:" or (told and not masdar):
            return False
    return False


def is_goal(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether an event noun is only what an act is for: ``to retake``, ``in order to``."""
    analysis = trigger.analysis
    if (
        analysis
        and LAM in analysis.before
        and trigger.light_kind != "patient"
        and (analysis.form.pos == "masdar" or analysis.form.number == "s")
    ):
        return True
    if _is_sought(sentence, trigger):
        return True
    for i in range(trigger.first - 1, max(trigger.first - 4, sentence.first) - 1, -1):
        if sentence.isin(i, "purpose") or _purposeful(sentence, i):
            return True
        cover = sentence.mention_at(i)
        if cover is not None:
            return sentence.isin(cover.first - 1, "purpose")  # X's attempt to retake
        if sentence.verb(i):
            return False
    return False


def _is_sought(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the clause's verb only seeks what the verbal noun names: it seeks, ..., to retake."""
    if trigger.analysis is None or trigger.analysis.form.pos != "masdar":
        return False
    first, _ = sentence.clause(trigger.first)
    at = sentence.verb_before(trigger.first, first)
    verb = None if at is None else sentence.verb(at)
    return verb is not None and verb.form.lemma in sentence.sets["seeking"]


def _purposeful(sentence: Sentence, i: int) -> bool:
    """Whether the word at ``i`` is a verbal noun with ``l-``: in order to impose, to open."""
    if sentence.mention_at(i) is not None:
        return False
    readings = sentence.analyses(i)
    return (
        bool(readings)
        and all(
            a.form.pos == "masdar" and LAM in a.before for a in readings if a.form.pos != "noun"
        )
        and any(a.form.pos == "masdar" for a in readings)
    )
