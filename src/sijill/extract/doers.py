"""Who did a deed that no slot gives a doer: its claimant, the nation that an adjective names."""

from __future__ import annotations

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.syntax import Syntax
from sijill.extract.triggers import Trigger
from sijill.lexicon.knowledge import Knowledge

_ADJECTIVE = 3  # tokens behind an event noun in which its adjectives stand
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


def nisba_doer(sentence: Sentence, trigger: Trigger, knowledge: Knowledge) -> tuple[str, int]:
    """The actor of an adjective of nationality behind an event noun, and where: Russian raids."""
    lexicon, sets = knowledge.lexicon, knowledge.sets
    group = knowledge.types[trigger.type].group
    for i in range(trigger.last, min(trigger.last + _ADJECTIVE, sentence.last)):
        cover = sentence.mention_at(i)
        if cover is not None and _hides(cover, group):
            return "", -1
        iso = lexicon.nisba.get(sentence.word(i))
        if iso:
            fields = lexicon.countries[iso].fields
            return fields.get(_field(trigger.type, group)) or fields.get("state", ""), i
        adjectives = sets["force_adjectives"] | sets["military_words"]
        if not sentence.analyses(i) and sentence.word(i) not in adjectives:
            return "", -1
    return "", -1


def _hides(cover: Mention, group: str) -> bool:
    """Whether a name covers the adjective: killing + a Turkish policeman; Turkey, no "Turkish"."""
    return group == "violence" or (group == "fighting" and cover.kind == "place")


def _field(kind: str, group: str) -> str:
    if kind == "airstrike":
        return "air"
    return "army" if group in ("fighting", "territory", "violence") else "state"
