"""By which means a side attacks: from the air, from the ground, or with a bomb."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.slots import Roles
from sijill.extract.trigger import Trigger
from sijill.lexicon.knowledge import Knowledge
from sijill.text.letters import WAW

_AIR: Final = "air"
_GROUND: Final = "ground"
_BOMB: Final = "bomb"
_AFOOT: Final = 3  # tokens behind an operation in which its adjective stands
_REACH: Final = 6  # tokens; farther words tell of another event more often than not


class MeansReader:
    """Reads the means of an attack."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._sets = knowledge.sets
        self._air = frozenset(knowledge.sets["air_actors"])
        self._tells = frozenset().union(*(self._sets[one] for one in (_AIR, _GROUND, _BOMB)))

    def of(self, s: Sentence, trigger: Trigger, roles: Roles, actor: list[str]) -> str:
        """Air, ground or bomb: by the nearest word for it in the clause, else by who acts."""
        by_side = self._named(s, roles.actor)
        if by_side or trigger.rule.type == "destruction":
            return by_side  # planes destroyed are no means
        nearest, best = 99, ""
        joined = trigger.analysis is not None and WAW in trigger.analysis.before
        for i in range(trigger.first if joined else roles.slots.first, roles.slots.last):
            if i > trigger.first and s.isin(i, "backing"):
                break  # what follows is the backer's means
            if s.word(i) not in self._tells and s.bare(i) not in self._tells:
                continue
            cover = s.mention_at(i)
            if cover is not None and cover.kind == "place":
                continue  # the airbase of ...
            if i > s.first and s.isin(i - 1, "air_of"):
                continue  # of the weather, of an airspace, of a landing
            for means in (_AIR, _GROUND, _BOMB):
                if s.word(i) in self._sets[means] or s.bare(i) in self._sets[means]:
                    distance = abs(i - trigger.first) + (4 if i < trigger.first else 0)
                    if distance < nearest:
                        nearest, best = distance, means
        if best and nearest <= _REACH:
            return best
        actors = set(actor) | ({roles.nisba} if roles.nisba else set())
        afoot = s.holds(trigger.last, trigger.last + _AFOOT, "afoot")
        return _AIR if actors & self._air and not afoot else best

    def _named(self, s: Sentence, actors: list[Mention]) -> str:
        """Air or ground, where the words that name the actor say so: the aircraft of X."""
        for mention in actors:
            words = set(s.tokens.word[mention.first : mention.last])
            words.add(s.word(mention.first).removeprefix(mention.before))
            if words & self._sets[_AIR]:
                return _AIR
            if words & self._sets[_GROUND]:
                return _GROUND
        return ""
