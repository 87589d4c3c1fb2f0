"""Which drafts a document's subject supports: war news, and not sport, culture or trade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from sijill.extract.context import Context
from sijill.extract.reasons import ENEMY
from sijill.extract.scene import Draft
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.rules import EventRule
from sijill.model import Trace
from sijill.text.memo import Memo
from sijill.text.tokens import Tokens

_ARMED: Final = frozenset({"armed_group", "military", "alliance"})
_VIOLENT: Final = frozenset({"fighting", "territory", "violence", "forces"})
_DECISIVE: Final = _VIOLENT | {"protest"}
_POLITICAL_KINDS: Final = _ARMED | {"state", "government", "organisation", "police"}
_WEIGHED: Final = frozenset({"fighting", "violence", "territory", "protest"})
#: "They retook the town", a finite verb of the past with a side and a town, is a report also where
#: it is all that the text says. Measured: assaults of the GSR half .635 without it, .630 with it.
_PLAIN: Final = frozenset({"kind verb", "tense past", "known actor", "fine place"})
#: So is "the taking of the town from X by Y", which names everything that a report does.
_FULL: Final = frozenset({"pos masdar", "known actor", "side hurt", "fine place"})
_DISPLACED: Final = "displaced"
_APART: Final = 25  # tokens: farther events are other events, not words of the same telling
_SUPPORT: Final = 3
#: The rule of the status of what a verb of denying denies.
_DENIED: Final = "status.denying"
_FAR: Final = 3
_HEAVIEST: Final = 2  # weight of a violent draft with an armed side
_OFF: Final = 3  # words of sport, culture and trade from which on a document has to be weighed
_WAR: Final = 4  # weight of violent drafts from which on a document is war news
_MANY: Final = 10  # so many dead are told for their own sake
_TEXT: Final = 3  # sentences from which on a text can tell what it is about
_TOLD: Final = -2.1  # log-odds below which even a headline is no news of an event
_SENTENCE: Final = 30  # tokens on each side of a word that tell how it came about


class Gate:
    """Keeps drafts that the whole document bears out.

    ``decisive`` are the ids of rules of violence, protest and counted flight: without a draft of
    one of them, a document prints nothing.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._off_topic = frozenset(knowledge.sets["off_topic"])
        self._actors = knowledge.lexicon.actors
        self._enemies_of: Memo[str, set[str]] = Memo(self._fought_by)
        self.decisive = frozenset(rule.id for rule in knowledge.rules if self._may_decide(rule))

    def _may_decide(self, rule: EventRule) -> bool:
        if _counts_flight(rule):
            return True
        types = {rule.type, rule.masdar_under, *rule.tenses.values(), *rule.means_types.values()}
        return any(self._knowledge.types[name].group in _DECISIVE for name in types if name)

    def decides(self, draft: Draft) -> bool:
        """Whether the draft is one of violence or protest, or counts the displaced of a place."""
        flight = draft.is_fine() and any(figure.kind == _DISPLACED for figure in draft.figures)
        return draft.group in _DECISIVE or (flight and _counts_flight(draft.rule))

    def keep(self, drafts: list[Draft], tokens: Tokens, context: Context) -> list[Draft]:
        """The drafts that stand, given what the document is about."""
        if not drafts:
            return []
        war = self._war(drafts)
        if self._is_off_topic(tokens, war):
            return []
        news = self._is_news(drafts, context)
        is_war = war >= _WAR or news
        told = _TOLD if news else 0.0
        unrest = is_war or any(draft.group == "protest" for draft in drafts)
        return [
            draft
            for draft in drafts
            if self._stands(draft, is_war)
            and (unrest or not self._police_work(draft))
            and self._asserted(draft, drafts, told)
            and not self._accident(draft, drafts, tokens)
        ]

    def promises(self, drafts: list[Draft], tokens: Tokens, context: Context) -> bool:
        """Whether drafts of violence and protest let anything of their document stand."""
        if not any(map(self.decides, drafts)):
            return False
        if self._war(drafts) >= _WAR or self._is_news(drafts, context):
            return True
        return bool(self.keep(drafts, tokens, context))

    def off_topic(self, tokens: Tokens, most: int) -> bool:
        """Whether a document with ``most`` violent events at most is about something else."""
        return self._is_off_topic(tokens, _HEAVIEST * most)

    def _is_off_topic(self, tokens: Tokens, war: int) -> bool:
        off = len(self._off_topic.intersection(tokens.word))
        return off >= _OFF and war < _HEAVIEST * off

    def _war(self, drafts: list[Draft]) -> int:
        return sum(map(self._weight, drafts))

    def _police_work(self, draft: Draft) -> bool:
        """Whether the draft tells only that people who are no side of a war were detained."""
        return draft.type == "arrest" and self._weight(draft) < 2

    def _accident(self, draft: Draft, drafts: list[Draft], tokens: Tokens) -> bool:
        """Whether the people hurt had an accident: a fire, a road crash, a flood.

        A vehicle tells of a crash only where no armed side's deed stands beside it.
        """
        if draft.group not in ("violence", "people") or self._weight(draft) > 1 or draft.actor:
            return False
        near = tokens.word[max(0, draft.first - _SENTENCE) : draft.last + _SENTENCE]
        sets = self._knowledge.sets
        if any(word in sets["accidents"] for word in near):
            return True
        beside = [d for d in drafts if abs(d.first - draft.first) <= _SENTENCE]
        armed = any(self._weight(other) > 1 for other in beside)
        return not armed and any(word in sets["crash_vehicles"] for word in near)

    def _is_news(self, drafts: list[Draft], context: Context) -> bool:
        """Whether a text of several sentences is about violence: by its sides, or by its dead."""
        return context.sentences >= _TEXT and (
            any(self._weight(draft) > 1 for draft in drafts)
            or self._foes(context)
            or _is_grave(drafts)
        )

    def _foes(self, context: Context) -> bool:
        """Whether the text names two sides of one war: what it tells of fighting is news of it."""
        named = context.actors()
        return not named.isdisjoint(self._enemies(named))

    def _asserted(self, draft: Draft, drafts: list[Draft], told: float) -> bool:
        """Whether the text reports the event rather than refers to it.

        A document with other violent events about it is war news, where a mention is a report; a
        word for violence that stands alone has to be a report by its own grammar.
        """
        if draft.group not in _WEIGHED or draft.score >= told or self._headlined(draft, drafts):
            return True
        if _own_denial(draft) or (draft.carrier and draft.group == "fighting"):
            return True  # a side's own word, or a verb of beating off that carries the attack
        if draft.group == "territory" and (draft.features >= _PLAIN or draft.features >= _FULL):
            return True
        support = 0
        for other in drafts:
            if abs(other.first - draft.first) > _APART:
                support += self._weight(other)
                if support >= _SUPPORT:
                    return True
        return False

    def _headlined(self, draft: Draft, drafts: list[Draft]) -> bool:
        """Whether headline and body both tell an event of this type: it is the news of the day."""
        if draft.score < _TOLD or draft.background:
            return False
        return any(d.type == draft.type and d.headline != draft.headline for d in drafts)

    def _weight(self, draft: Draft) -> int:
        if draft.group not in _VIOLENT:
            return 0
        sides = {self._actors[a].kind for a in draft.actor + draft.target} | draft.kinds
        return _HEAVIEST if sides & _ARMED else 1

    def _stands(self, draft: Draft, is_war: bool) -> bool:
        if self.decides(draft):
            return True
        if not is_war:
            return False
        return "political" not in draft.rule.flags or any(
            self._actors[a].kind in _POLITICAL_KINDS for a in draft.actor + draft.target
        )

    def fill_enemies(self, drafts: list[Draft], context: Context) -> None:
        """Give captures, advances and offensives the enemy of the document's war, where named."""
        named = context.named()
        for draft in drafts:
            if draft.group != "forces":
                draft.target = [ident for ident in draft.target if ident not in draft.actor]
            fills = self._knowledge.types[draft.type].fills_enemy
            if not fills or draft.target or not draft.actor:
                continue
            foes = (self._enemies(draft.actor) & set(named)) - self._knowledge.sets["air_actors"]
            enemies = {self._knowledge.lexicon.core(foe) for foe in foes}
            if len(enemies) > 1:  # the one that the text speaks of by far the most
                often = Counter({foe: named[foe] for foe in foes}).most_common(2)
                enemies = {often[0][0]} if often[0][1] >= _FAR * often[1][1] else set()
            if len(enemies) == 1:
                draft.target = sorted(map(self._knowledge.lexicon.core, enemies))
                draft.traces["target"] = Trace(ENEMY, "wars.tsv")

    def _enemies(self, actors: Iterable[str]) -> set[str]:
        return set().union(*map(self._enemies_of.__getitem__, actors))

    def _fought_by(self, actor: str) -> set[str]:
        """The enemies of an actor, or of what it belongs to, in any war."""
        sides = (actor, self._actors[actor].parent)
        return {foe for war in self._knowledge.wars for side in sides for foe in war.enemies(side)}


def _own_denial(draft: Draft) -> bool:
    """Whether a side denies in its own word to have done the deed: a report by any grammar."""
    trace, speaker = draft.traces.get("status"), draft.speaker
    denied = trace is not None and trace.rule == _DENIED
    return denied and speaker is not None and speaker.id in draft.actor


def _is_grave(drafts: list[Draft]) -> bool:
    """Whether the text counts so many dead by violence that it is told for their sake."""
    return any(
        f.kind == "killed" and (f.low or 0) >= _MANY for draft in drafts for f in draft.figures
    )


def _counts_flight(rule: EventRule) -> bool:
    """Whether the rule tells of displaced people by their number."""
    return rule.figure == _DISPLACED and "figure" in rule.needs
