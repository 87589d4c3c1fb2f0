"""What a negated verb denies: the event it carries, or only what it says of the event."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import COMMAS, STOPS, Sentence
from sijill.extract.trigger import Trigger
from sijill.lexicon.rules import ReportType

_AT: Final = "\u0639\u0646\u062f"
_REACH: Final = 10  # tokens in which an exception follows


def undoes(sentence: Sentence, i: int, trigger: Trigger, kind: ReportType) -> bool:
    """Whether there is no event where the verb at ``i`` is negated.

    A verb that is the event, that carries it (they did not carry out a raid) or that only says
    that it took place (no raid took place) does. Others tell of an event that is there: the raid
    did not hit the camp, nobody claimed the attack.
    """
    if trigger.kind != "noun":
        return True
    verb = sentence.verb(i)
    if verb is None:
        return True
    if sentence.isin(i + 1, "details"):
        return False  # no details came of the raid
    if i < trigger.first:
        return _may_be(sentence, i, "undone") and not _is_doer(sentence, i, trigger, kind)
    return _may_be(sentence, i, "taking_place")


def _may_be(sentence: Sentence, i: int, name: str) -> bool:
    """Whether the verb at ``i`` can be read as one of the lemmas of the class."""
    lemmas = sentence.sets[name]
    return any(a.form.pos == "verb" and a.form.lemma in lemmas for a in sentence.analyses(i))


def ceases(sentence: Sentence, i: int, trigger: Trigger) -> bool:
    """Whether the negated verb at ``i`` is one of ceasing, so that the event goes on."""
    verb = sentence.verb(i)
    if trigger.kind != "noun" or verb is None or sentence.word(i + 1) == _AT:
        return False  # they will not stop at the taking of the town
    return verb.form.lemma in sentence.sets["ceasing"]


def _is_doer(sentence: Sentence, i: int, trigger: Trigger, kind: ReportType) -> bool:
    """Whether an attack right behind the verb is its subject: the raids did not achieve."""
    if kind.group != "fighting" or trigger.first != i + 1 or trigger.analysis is None:
        return False
    takes = _may_be(sentence, i, "taking_place")
    return bool(trigger.analysis.article) and not takes and not sentence.isin(i, "achieving")


def excepted(sentence: Sentence, i: int) -> bool:
    """Whether "except" behind the verb at ``i`` tells that it did come about: not ... until."""
    for j in range(i + 1, min(i + 1 + _REACH, sentence.last)):
        if sentence.isin(j, "exceptions"):
            return not sentence.isin(j + 1, "complementisers")
        word = sentence.word(j)
        if word in STOPS or word in COMMAS or sentence.verb(j) is not None:
            return False
    return False
