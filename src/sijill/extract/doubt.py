"""Whether an event is there: warned of, missing, tried without success, or given as a cause."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import COMMAS, STOPS, Sentence
from sijill.extract.mention import Mention
from sijill.extract.trigger import Trigger
from sijill.lexicon.rules import ReportType

_FAR: Final = 8  # tokens from a warning to what it warns of
_NEAR: Final = 3  # tokens from a cause, or from a word of lacking, to the event
_FROM: Final = "\u0645\u0646"
_LAM: Final = "\u0644\u0645"
_UNLESS: Final = "\u0645\u0627"
_TRIED: Final = frozenset({"meeting"})  # talks that failed were held


def warned(sentence: Sentence, trigger: Trigger) -> int:
    """The word of warning whose "of" governs the event, so that it is only feared; -1 for none.

    A warning of what an event may lead to, or of its going on, tells that it is there.
    """
    start = trigger.light if trigger.light is not None else trigger.first
    behind = ""
    for i in range(start - 1, max(sentence.first, start - _FAR) - 1, -1):
        if any(a.form.lemma in sentence.sets["warning"] for a in sentence.analyses(i)):
            return i if behind == _FROM else -1
        word = sentence.word(i)
        if word in STOPS or word in COMMAS or sentence.isin(i, "relatives"):
            return -1
        if trigger.kind == "noun" and sentence.isin(i, "complementisers"):
            return -1  # warned that the siege is strangling the town
        if sentence.isin(i, "presupposing") or sentence.isin(i, "causes"):
            return -1
        if word == _FROM:
            behind = word
        elif sentence.verb(i) is not None:
            return -1
    return -1


def addressed(sentence: Sentence, trigger: Trigger, mentions: list[Mention]) -> list[Mention]:
    """Whom a warning is addressed to: those behind "of" are what it warns of, or its victims."""
    if trigger.analysis is None or trigger.analysis.form.lemma not in sentence.sets["warning"]:
        return mentions
    return [m for m in mentions if _FROM not in sentence.words(trigger.last, m.first)]


def lacking(sentence: Sentence, trigger: Trigger) -> int:
    """The word before an event noun that says that there is none: without, the lack of; else -1."""
    if trigger.kind != "noun":
        return -1
    for i in range(trigger.first - 1, trigger.first - _NEAR, -1):
        if sentence.isin(i, "lacking"):
            return i
        if not (sentence.isin(i, "any_of") or _is_deed(sentence, i)):
            return -1
    return -1


def given(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the event noun is told as the cause of something, so that it is there."""
    if trigger.kind != "noun":
        return False
    for i in range(trigger.first - 1, trigger.first - 1 - _NEAR, -1):
        if sentence.isin(i, "causes"):
            return True
        telling = sentence.isin(i, "presupposing") or sentence.isin(i, "states")
        if not (telling or _is_deed(sentence, i)):
            return False
    return False


def failed(sentence: Sentence, trigger: Trigger, kind: ReportType, at: int) -> bool:
    """Whether "the failure of" right before an attack or talks tells that they were tried."""
    tried = trigger.kind == "noun" and (kind.group == "fighting" or kind.id in _TRIED)
    return tried and at == trigger.first - 1 and sentence.isin(at, "failure")


def unless(sentence: Sentence, at: int) -> bool:
    """Whether the negation at ``at`` is part of a condition: unless, if not."""
    since = sentence.bare(at) == _LAM and sentence.bare(at - 1) == _UNLESS
    return since or sentence.isin(at - 1, "conditionals")


def shielding(sentence: Sentence, trigger: Trigger) -> tuple[str, int]:
    """The status of an aim to shield with people: that of holding them for it, else planned."""
    at = sentence.verb_before(trigger.first, sentence.clause(trigger.first)[0])
    verb = None if at is None else sentence.verb(at)
    if at is None or verb is None or verb.form.lemma not in sentence.sets["keeping"]:
        return "planned", trigger.first
    return "occurred" if verb.form.tense == "past" else "ongoing", at


def _is_deed(sentence: Sentence, i: int) -> bool:
    """Whether the word is the verbal noun of carrying out: the launching of, the fall of."""
    lemmas = (a.form.lemma for a in sentence.analyses(i) if a.form.pos == "masdar")
    agent, event = sentence.sets["light_agent"], sentence.sets["light_event"]
    return any(lemma in agent or lemma in event for lemma in lemmas)
