"""What linking knows: kin of types, weights of features, words that single out no event, sides."""

from __future__ import annotations

from functools import cached_property, lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.entries import ActorRow, actor_line
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.lexicon.wars import War


class Linking(msgspec.Struct, frozen=True, dict=True):
    """The tables of linking, and the actors and wars that say which sides are akin.

    ``weights`` are log-odds by feature, ``kin`` groups of types, ``courses`` types that go on for
    days, ``common`` stems that many reports have.
    """

    weights: dict[str, float]
    kin: dict[str, frozenset[str]]
    courses: frozenset[str]
    common: frozenset[str]
    actors: dict[str, ActorRow]
    wars: list[War]

    @cached_property
    def lines(self) -> dict[str, frozenset[str]]:
        """Each actor with all that it belongs to."""
        return {actor: frozenset(actor_line(actor, self.actors)) for actor in self.actors}

    @cached_property
    def _between(self) -> dict[tuple[str, str], str]:
        return {}

    def between(self, a: str, b: str) -> str:
        """How two actors stand to each other: ``same``, ``enemy``, ``akin``, ``ally`` or ``other``.

        A side's parts stand where it stands; who belongs to one state is akin, unless at war.
        """
        known = self._between.get((a, b))
        if known is None:
            known = self._between[a, b] = self._stand(a, b)
        return known

    def _stand(self, a: str, b: str) -> str:
        if a == b:
            return "same"
        left, right = self.lines.get(a, frozenset((a,))), self.lines.get(b, frozenset((b,)))
        if any(war.opposes(left, right) for war in self.wars):
            return "enemy"
        if left & right:
            return "akin"
        if any(war.unites(left, right) for war in self.wars):
            return "ally"
        return "other"


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
        *_load_kin(faults, frozenset(knowledge.types)),
        _load_common(faults),
        knowledge.lexicon.actors,
        knowledge.wars,
    )
    raise_faults(faults)
    return linking


def _load_weights(faults: list[Fault]) -> dict[str, float]:
    weights: dict[str, float] = {}
    columns = ["feature", "start", "weight", "fixed", "meaning"]
    for row in read_table(knowledge_dir() / "pair_weights.tsv", columns, faults):
        try:
            weights[row["feature"]] = float(row["weight"])
        except ValueError:
            faults.append(Fault(row.file, row.line, f"{row['weight']!r} is no number"))
    return weights


def _load_kin(
    faults: list[Fault], types: frozenset[str]
) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The kin of each type, and the types that are courses."""
    path = knowledge_dir() / "type_kin.tsv"
    rows = read_table(path, ["type", "kin", "course"], faults)
    for row in rows:
        if row["type"] not in types:
            faults.append(Fault(row.file, row.line, f"{row['type']!r} is no report type"))
    kin = {row["type"]: frozenset(row.many("kin")) for row in rows}
    missing = sorted(types - kin.keys())
    if missing:
        faults.append(Fault(path.name, 1, f"no kin for {', '.join(missing)}"))
    return kin, frozenset(row["type"] for row in rows if row["course"])


def _load_common(faults: list[Fault]) -> frozenset[str]:
    rows = read_table(knowledge_dir() / "common_stems.tsv", ["stem"], faults)
    return frozenset(row["stem"] for row in rows)
