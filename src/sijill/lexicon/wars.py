"""Who fights whom: the wars that the news tells of, with their sides and days."""

from __future__ import annotations

from collections.abc import Set

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, read_table


class War(msgspec.Struct, frozen=True):
    """One war: the countries it is fought in and the actor ids of its two sides."""

    id: str
    countries: frozenset[str]
    side_a: frozenset[str]
    side_b: frozenset[str]
    first: str
    last: str

    def enemies(self, actor: str) -> frozenset[str]:
        """The side that ``actor`` fights in this war, or nobody."""
        if actor in self.side_a:
            return self.side_b
        return self.side_a if actor in self.side_b else frozenset()

    def opposes(self, mine: Set[str], theirs: Set[str]) -> bool:
        """Whether one of ``mine`` and one of ``theirs`` stand on its two sides."""
        return bool(
            (mine & self.side_a and theirs & self.side_b)
            or (mine & self.side_b and theirs & self.side_a)
        )

    def unites(self, mine: Set[str], theirs: Set[str]) -> bool:
        """Whether one of ``mine`` and one of ``theirs`` stand on one side of it."""
        return any(mine & side and theirs & side for side in (self.side_a, self.side_b))


def load_wars(faults: list[Fault]) -> list[War]:
    """Read ``wars.tsv``."""
    columns = ["war", "country", "side_a", "side_b", "from", "to"]
    return [
        War(
            row["war"],
            frozenset(row.many("country")),
            frozenset(row.many("side_a")),
            frozenset(row.many("side_b")),
            row["from"],
            row["to"],
        )
        for row in read_table(knowledge_dir() / "wars.tsv", columns, faults)
    ]
