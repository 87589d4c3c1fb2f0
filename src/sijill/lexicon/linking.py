"""What linking knows: kin of types, weights of features, words that single out no event, sides."""

from __future__ import annotations

from functools import cached_property, lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.entries import ActorRow
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.lexicon.wars import War


class Linking(msgspec.Struct, frozen=True, dict=True):
    """The tables of linking, and the actors and wars that say which sides are akin.

    ``weights`` are log-odds by feature; ``common`` are stems of words that many reports have.
    """

    weights: dict[str, float]
    kin: dict[str, frozenset[str]]
    common: frozenset[str]
    actors: dict[str, ActorRow]
    wars: list[War]

    @cached_property
    def lines(self) -> dict[str, frozenset[str]]:
        """Each actor with all that it belongs to."""
        return {actor: self._line(actor) for actor in self.actors}

    def _line(self, actor: str) -> frozenset[str]:
        found: set[str] = set()
        while actor and actor not in found:
            found.add(actor)
            actor = self.actors[actor].parent
        return frozenset(found)

    def akin(self, a: str, b: str) -> bool:
        """Whether one actor belongs to the other, or both to one that is no state."""
        line_a, line_b = self.lines.get(a, frozenset((a,))), self.lines.get(b, frozenset((b,)))
        return a in line_b or b in line_a or bool(line_a & line_b)

    def enemies(self, a: str, b: str) -> bool:
        """Whether two actors stand on the two sides of a war."""
        return any(b in war.enemies(a) for war in self.wars)

    def allies(self, a: str, b: str) -> bool:
        """Whether two actors stand on one side of a war."""
        return any({a, b} <= war.side_a or {a, b} <= war.side_b for war in self.wars)


@lru_cache(maxsize=1)
def load_linking() -> Linking:
    """Load the tables of linking.

    Raises:
        KnowledgeError: with every fault, sorted by file and line.
    """
    faults: list[Fault] = []
    knowledge = load_knowledge()
    linking = Linking(
        _load_weights(faults),
        _load_kin(faults, frozenset(knowledge.types)),
        _load_common(faults),
        knowledge.lexicon.actors,
        knowledge.wars,
    )
    raise_faults(faults)
    return linking


def _load_weights(faults: list[Fault]) -> dict[str, float]:
    weights: dict[str, float] = {}
    columns = ["feature", "start", "weight", "meaning"]
    for row in read_table(knowledge_dir() / "pair_weights.tsv", columns, faults):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError:
            faults.append(Fault(row.file, row.line, f"{row['weight']!r} is no number"))
    return weights


def _load_kin(faults: list[Fault], types: frozenset[str]) -> dict[str, frozenset[str]]:
    kin: dict[str, frozenset[str]] = {}
    path = knowledge_dir() / "type_kin.tsv"
    for row in read_table(path, ["type", "kin"], faults):
        if row["type"] not in types:
            faults.append(Fault(row.file, row.line, f"{row['type']!r} is no report type"))
        kin[row["type"]] = frozenset(row.many("kin"))
    missing = sorted(types - kin.keys())
    if missing:
        faults.append(Fault(path.name, 1, f"no kin for {', '.join(missing)}"))
    return kin


def _load_common(faults: list[Fault]) -> frozenset[str]:
    rows = read_table(knowledge_dir() / "common_stems.tsv", ["stem"], faults)
    return frozenset(row["stem"] for row in rows)
