"""Whom an event is done to, where its own slots do not say it: five of them, to strike X."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import QUOTES, Sentence
from sijill.extract.mention import Mention
from sijill.extract.slots import Roles
from sijill.extract.trigger import Trigger
from sijill.lexicon.knowledge import Knowledge

_AT: Final = "\u0628"
_OF: Final = "\u0645\u0646"
_ON: Final = "\u0639\u0644\u064a"
_COUNT: Final = 4  # tokens from the verb to the number of those it is done to
_DEED: Final = 8  # tokens from the threat to the deed
_NEAR: Final = 3  # tokens from the deed to whom it is done to
_BRACKETS: Final = frozenset("([")
_TAKEN: Final = frozenset({"killing", "arrest", "abduction"})


def sufferers(
    sentence: Sentence, trigger: Trigger, roles: Roles, knowledge: Knowledge
) -> list[Mention]:
    """Whom a threat is aimed at, whose members a number behind the verb counts, who is fought."""
    if trigger.type == "threat":
        return _threatened(sentence, trigger, roles.actor, knowledge)
    if trigger.type in _TAKEN:
        return _counted_of(sentence, trigger, roles.actor)
    if roles.actor and trigger.kind == "noun" and sentence.isin(trigger.first, "fought"):
        fought = roles.slots.get("gen")
        quoted = sentence.word(trigger.last) in QUOTES or sentence.word(trigger.last) in _BRACKETS
        beside = bool(fought) and fought[0].first == trigger.last + quoted
        return [m for m in fought if beside and m.kind == "actor" and m.group == fought[0].group]
    return []


def _threatened(
    sentence: Sentence, trigger: Trigger, actor: list[Mention], knowledge: Knowledge
) -> list[Mention]:
    """Who would suffer the hostile deed that the threat names behind "with"."""
    _, last = sentence.clause(trigger.last)
    acting = {ident for mention in actor for ident in mention.ids}
    for i in range(trigger.last, min(trigger.last + _DEED, last)):
        if not _is_deed(sentence, i):
            continue
        for mention in sentence.mentions:
            if not i < mention.first <= min(i + _NEAR, last - 1) or not mention.ids:
                continue
            own = mention.prep in ("", "gen", _ON) or (mention.prep == _AT and not mention.before)
            vague = set(mention.ids) <= sentence.sets["bystanders"]
            if own and not vague and acting.isdisjoint(mention.ids):
                group = [m for m in sentence.mentions if m.group == mention.group and m.ids]
                return group or [mention]
            return []
        return _of_nation(sentence, i, knowledge)
    return []


def _of_nation(sentence: Sentence, deed: int, knowledge: Knowledge) -> list[Mention]:
    """The state whose things the deed is done to: to strike + American + interests."""
    lexicon, at = knowledge.lexicon, deed + 2
    country = lexicon.countries.get(lexicon.nisba.get(sentence.word(at), ""))
    state = country.fields.get("state", "") if country is not None else ""
    if not state or not sentence.isin(at - 1, "interests"):
        return []
    return [Mention("actor", at, at + 1, (state,), "", "nisba", "countries.tsv")]


def _is_deed(sentence: Sentence, i: int) -> bool:
    """Whether "with" and the verbal noun of a hostile deed stand at ``i``: with striking."""
    return any(
        a.form.pos == "masdar" and _AT in a.before and a.form.lemma in sentence.sets["hostile"]
        for a in sentence.analyses(i)
    )


def _counted_of(sentence: Sentence, trigger: Trigger, actor: list[Mention]) -> list[Mention]:
    """The side named last before the verb, other than who acts, that the counted belong to."""
    if trigger.kind != "verb" or not _counts_members(sentence, trigger.last):
        return []
    acting = {ident for mention in actor for ident in mention.ids}
    named = [
        m
        for m in sentence.mentions
        if m.last <= trigger.first
        and m.ids
        and m.kind in ("actor", "people", "asset")
        and m.role != "own"
        and acting.isdisjoint(m.ids)
        and not sentence.speaks(m)
    ]
    return named[-1:]


def _counts_members(sentence: Sentence, i: int) -> bool:
    """Whether a number right behind ``i`` counts "of them" or "of its members"."""
    number = next((n for n in sentence.numbers if i <= n.first <= i + _COUNT), None)
    if number is None:
        return False
    for j in (number.last, number.last + 1):
        if sentence.isin(j, "of_them"):
            return True
        if sentence.word(j) == _OF and sentence.isin(j + 1, "own_members"):
            return True
    return False
