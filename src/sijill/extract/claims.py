"""Who claims a deed: whoever announces the responsibility for it did it, by its own word."""

from __future__ import annotations

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.syntax import Syntax
from sijill.extract.triggers import Trigger

_REACH = 4  # tokens from "responsibility for" to the deed


def claimant(sentence: Sentence, syntax: Syntax, trigger: Trigger) -> Mention | None:
    """The actor that announces its responsibility for the event noun: it claimed the killing of."""
    first, _ = sentence.clause(trigger.first)
    low = max(trigger.first - _REACH - 1, first)
    for i in range(trigger.first - 1, low - 1, -1):
        if sentence.isin(i, "responsibility"):
            return _announcer(sentence, syntax, i, first)
    return None


def _announcer(sentence: Sentence, syntax: Syntax, at: int, first: int) -> Mention | None:
    """The actor that is the subject of the verb before ``at``, unless nobody announced it."""
    for i in range(at - 1, first - 1, -1):
        if sentence.verb(i) is not None:
            subject = syntax.subject_of(i)
            nobody = sentence.isin(i - 1, "negation")
            return subject if subject and subject.kind == "actor" and not nobody else None
    return None
