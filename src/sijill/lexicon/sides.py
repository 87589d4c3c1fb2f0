"""Who stands with whom: bodies of one state, members of an alliance, enemies in a war."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from sijill.errors import Fault
from sijill.lexicon.entries import ActorRow, actor_line
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.lexicon.wars import War
from sijill.text.memo import Memo

_COLUMNS = ("whole", "parts", "because")
#: Kinds of actors that are organs of a state: what one of them does, the state does.
_ORGANS: Final = frozenset({"state", "government", "military", "police"})


class Sides:
    """The actors with their parents, the alliances by member, and the wars; remembers answers."""

    def __init__(
        self,
        actors: Mapping[str, ActorRow],
        wholes: Mapping[str, frozenset[str]],
        wars: Sequence[War],
    ) -> None:
        self.actors, self.wholes, self.wars = actors, wholes, tuple(wars)
        #: An actor and what it belongs to, the nearest first.
        self.line: Callable[[str], tuple[str, ...]] = Memo(self._line).__getitem__
        self._same: Memo[tuple[str, str], bool] = Memo(self._can_be_one)
        self._enemies: Memo[tuple[str, str], bool] = Memo(self._fight)

    def same(self, a: str, b: str) -> bool:
        """Whether two ids can mean one actor, named more or less exactly.

        So they can when one belongs to the other, when one is an ally of the other's alliance, or
        when both are organs of one state and do not fight each other.
        """
        return self._same[a, b]

    def enemies(self, a: str, b: str) -> bool:
        """Whether some war has ``a`` and ``b``, or alliances of theirs, on its two sides."""
        return self._enemies[a, b]

    def _line(self, actor: str) -> tuple[str, ...]:
        return actor_line(actor, self.actors)

    def people(self, actor: str) -> bool:
        """Whether ``actor`` is a kind of people, not a side: civilians, prisoners, medics."""
        row = self.actors.get(actor)
        return row is not None and row.kind == "people"

    def armed(self, actor: str) -> bool:
        """Whether ``actor`` is a side that fights."""
        row = self.actors.get(actor)
        return row is not None and row.kind in ("armed_group", "military", "police", "alliance")

    def _can_be_one(self, pair: tuple[str, str]) -> bool:
        a, b = pair
        line_a, line_b = self.line(a), self.line(b)
        if a in line_b or b in line_a or self._allied(line_a, line_b):
            return True
        return self._one_state(line_a, line_b) and not self.enemies(a, b)

    def _fight(self, pair: tuple[str, str]) -> bool:
        line_a, line_b = map(self._fights_as, pair)
        return any(war.opposes(line_a, line_b) for war in self.wars)

    def _fights_as(self, actor: str) -> set[str]:
        line = set(self.line(actor))
        allied = {whole for one in line for whole in self.wholes.get(one, ())}
        return line | {one for one in allied if self.actors[one].kind == "alliance"}

    def _allied(self, line_a: tuple[str, ...], line_b: tuple[str, ...]) -> bool:
        return any(self.wholes.get(one, frozenset()) & set(line_b) for one in line_a) or any(
            self.wholes.get(one, frozenset()) & set(line_a) for one in line_b
        )

    def _one_state(self, line_a: tuple[str, ...], line_b: tuple[str, ...]) -> bool:
        if not line_a or not line_b or line_a[-1] != line_b[-1]:
            return False
        rows = [self.actors.get(line[0]) for line in (line_a, line_b)]
        return all(row is not None and row.kind in _ORGANS for row in rows)


def load_sides() -> Sides:
    """The sides of the packaged knowledge, loaded once.

    Raises:
        KnowledgeError: when ``alliances.tsv`` names somebody who is no actor.
    """
    return _load()


@lru_cache(maxsize=1)
def _load() -> Sides:
    knowledge = load_knowledge()
    actors = knowledge.lexicon.actors
    faults: list[Fault] = []
    wholes: dict[str, set[str]] = {}
    for row in read_table(knowledge_dir() / "alliances.tsv", _COLUMNS, faults):
        for actor in (row["whole"], *row.many("parts")):
            if actor not in actors:
                faults.append(Fault(row.file, row.line, f"{actor!r} is no actor of actors.tsv"))
            elif actor != row["whole"]:
                wholes.setdefault(actor, set()).add(row["whole"])
    raise_faults(faults)
    frozen = {actor: frozenset(found) for actor, found in wholes.items()}
    return Sides(actors, frozen, knowledge.wars)
