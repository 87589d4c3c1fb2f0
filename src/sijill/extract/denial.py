"""Whose deed it is that a party denies: its own, where the words name no other doer."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger

_FAR: Final = 14  # tokens from the denial to the deed; farther ones are told by another clause
_LINKS = ("being", "complementisers", "verb_particles", "pronoun_subjects")
_BETWEEN: Final = 2  # tokens between who denies and the verbal noun of what it denies


def denier(sentence: Sentence, syntax: Syntax, trigger: Trigger) -> list[Mention]:
    """The party that denies the event as its own deed; nothing where no word makes it its own.

    It is its own where a pronoun ties the party to it (it denied that it had raids there, it denied
    its involvement in), where it is a verb without a subject of its own (it denied having shelled),
    and where it is the verbal noun of what one side does to another (it denied shelling).
    """
    at = _denial(sentence, trigger)
    subject = None if at is None else syntax.subject_of(at)
    if at is None or subject is None or not subject.ids or subject.last > trigger.first:
        return []
    own = (
        _tied(sentence, max(at + 1, subject.last), trigger.first)
        or _is_bare_verb(sentence, subject, trigger)
        or _is_act(sentence, subject, trigger)
    )
    return [subject] if own else []


def denies(sentence: Sentence, trigger: Trigger) -> int:
    """The verb that denies what a verb tells, or somebody's own deed; -1 for none."""
    at = _denial(sentence, trigger)
    if at is None or not (trigger.kind == "verb" or _tied(sentence, at + 1, trigger.first)):
        return -1
    return at


def _denial(sentence: Sentence, trigger: Trigger) -> int | None:
    """The verb of denying that the event depends on, with no other verb but "be" between."""
    if sentence.isin(sentence.clause(trigger.first)[0], "relatives"):
        return None  # it denied what those said who + shelled
    low = max(sentence.first, trigger.first - _FAR)
    for i in reversed(sentence.verbs(low, trigger.first)):
        verb = sentence.verb(i)
        if verb is not None and verb.form.lemma in sentence.sets["denying"]:
            return None if verb.after or sentence.isin(i - 1, "negation") else i
        if not (sentence.isin(i, "being") or i == trigger.light):
            return None
    return None


def _tied(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a word between ties the deed to who denies it: to it, its involvement."""
    return any(
        sentence.isin(i, "own_part") or sentence.isin(i, "own_pronouns") for i in range(first, last)
    )


def _is_bare_verb(sentence: Sentence, subject: Mention, trigger: Trigger) -> bool:
    """Whether no subject of its own stands before a verb: it denied that it + shelled."""
    return trigger.kind == "verb" and all(
        any(sentence.isin(i, name) for name in _LINKS) for i in range(subject.last, trigger.first)
    )


def _is_act(sentence: Sentence, subject: Mention, trigger: Trigger) -> bool:
    """Whether a verbal noun right behind the party names what one side does to another."""
    if trigger.kind != "noun" or not 0 <= trigger.first - subject.last <= _BETWEEN:
        return False
    if any(
        a.form.pos == "masdar" and a.form.lemma in sentence.sets["light_agent"]
        for a in sentence.analyses(trigger.first - 1)
    ):
        return True  # it denied + launching + raids
    analysis = trigger.analysis
    if analysis is None or analysis.form.pos != "masdar" or analysis.after:
        return False
    return "object" in trigger.rule.slots or "gen" in trigger.rule.slots
