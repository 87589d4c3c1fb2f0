"""Who is whose kin, ally or enemy in the country of a place, and who can hold a place at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from sijill.lexicon.entries import ActorRow, actor_line
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.wars import War

_HOLDERS = frozenset({"alliance", "armed_group", "government", "military", "police", "state"})
#: Ids that name nobody: a place "held by gunmen" is held by one cannot say whom.
_VAGUE = frozenset({"foreign_fighters", "militants", "other", "unknown_gunmen"})


class Cues(msgspec.Struct, frozen=True):
    """Words that weaken a report that a place was taken; see ``knowledge/words.yml``.

    ``parts`` stand before the name of a place of which only a part is meant, ``of`` between the
    two, ``around`` before a place near which something happened, ``wider`` before the name of the
    area around a town of that name, and ``wholly`` beside an area of which all is meant. ``back``
    and ``had`` stand before the word for a deed long done, ``that`` right before it. ``nouns`` for
    a deed tell of it as done only behind a verb of ``achieving``, and as an aim behind or among
    ``aims``; behind ``which`` they are verbs.
    """

    parts: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()
    wholly: frozenset[str] = frozenset()
    back: frozenset[str] = frozenset()
    had: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()
    achieving: frozenset[str] = frozenset()
    which: frozenset[str] = frozenset()


class Sides(msgspec.Struct, frozen=True):
    """The actors with their parents, the wars, and the words that weaken a report."""

    actors: Mapping[str, ActorRow]
    wars: Sequence[War]
    cues: Cues = Cues()

    def lineage(self, actor: str) -> list[str]:
        """The actor and what it belongs to, up to the widest; nothing for ``other``."""
        return list(actor_line(actor, self.actors)) if actor in self.actors else []

    def can_hold(self, actor: str, country: str) -> bool:
        """Whether an actor may hold a place in a country.

        It is a named armed side or a state, not one of the air alone, and at home there, at home
        nowhere, or in a war there.
        """
        row = self.actors.get(actor)
        if row is None or row.kind not in _HOLDERS or actor in _VAGUE:
            return False
        if actor.endswith("air_force"):
            return False
        return row.country in ("", country) or self._fights_in(actor, country)

    def at_war(self, country: str, day: str) -> bool:
        """Whether a war that we know of is fought in a country on a day."""
        return bool(self._wars(country, day))

    def _fights_in(self, actor: str, country: str) -> bool:
        """Whether an actor, or what it belongs to, has a side in any war of a country."""
        mine = set(self.lineage(actor))
        return any(
            country in war.countries and mine & (war.side_a | war.side_b) for war in self.wars
        )

    def enemies(self, a: str, b: str, country: str, day: str) -> bool:
        """Whether two actors are on the two sides of a war in ``country`` on ``day``."""
        mine, theirs = set(self.lineage(a)), set(self.lineage(b))
        return any(war.opposes(mine, theirs) for war in self._wars(country, day))

    def kin(self, a: str, b: str, country: str, day: str) -> bool:
        """Whether two actors belong to one side and do not fight each other."""
        mine, theirs = self.lineage(a), self.lineage(b)
        if a == b:
            return bool(mine)
        return bool(mine and theirs and mine[-1] == theirs[-1]) and not self.enemies(
            a, b, country, day
        )

    def allied(self, a: str, b: str, country: str, day: str) -> bool:
        """Whether two actors are kin or fight on one side of a war."""
        mine, theirs = set(self.lineage(a)), set(self.lineage(b))
        together = any(war.unites(mine, theirs) for war in self._wars(country, day))
        return self.kin(a, b, country, day) or (together and not self.enemies(a, b, country, day))

    def holder(self, actors: Iterable[str], country: str) -> str:
        """Who of several holds a place they took together: one of the country, on the ground."""

        def rank(actor: str) -> tuple[bool, bool, bool]:
            row = self.actors[actor]
            return (row.kind == "alliance", row.country not in ("", country), row.kind == "state")

        able = [actor for actor in actors if self.can_hold(actor, country)]
        return min(able, key=rank, default="")

    def _wars(self, country: str, day: str) -> list[War]:
        """The wars of a country on a day."""
        return [
            war
            for war in self.wars
            if country in war.countries and war.first <= day <= (war.last or "9999")
        ]


@lru_cache(maxsize=1)
def load_sides() -> Sides:
    """The sides of the packaged knowledge.

    Raises:
        KnowledgeError: when the knowledge does not load.
    """
    known = load_knowledge()
    words = known.sets
    cues = Cues(
        parts=words["part_before"],
        of=words["from"],
        around=words["around"],
        wider=words["wider_area"],
        wholly=words["wholly"],
        back=words["told_back"],
        had=words["pluperfect"],
        that=words["that"],
        nouns=words["deed_nouns"],
        aims=words["deed_aims"],
        achieving=words["achieving"],
        which=words["relatives"],
    )
    return Sides(actors=known.lexicon.actors, wars=known.wars, cues=cues)
