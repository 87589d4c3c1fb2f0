"""How well placed a source is to count victims: a rank from 0 (nobody is named) to 3."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.sides import Sides, load_sides
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table

_COLUMNS = ("source", "rank", "because")
#: What a speaker is worth of whom only the words are known: somebody, not named.
_SOMEBODY = 1


class SourceRanks(msgspec.Struct, frozen=True):
    """Ranks by actor id or, where the actor has none, by the nearest one above it, then by kind."""

    ranks: dict[str, int]
    sides: Sides

    def rank(self, speaker: str, named: bool = True) -> int:
        """The rank of a speaker's id; ``named`` is whether there is a speaker at all."""
        if not speaker:
            return _SOMEBODY if named else 0
        for actor in self.sides.line(speaker):
            if actor in self.ranks:
                return self.ranks[actor]
        row = self.sides.actors.get(speaker)
        return self.ranks.get(row.kind if row else "", _SOMEBODY)


@lru_cache(maxsize=1)
def load_source_ranks() -> SourceRanks:
    """Load ``knowledge/source_ranks.tsv``.

    Raises:
        KnowledgeError: when a rank is no number.
    """
    faults: list[Fault] = []
    ranks: dict[str, int] = {}
    for row in read_table(knowledge_dir() / "source_ranks.tsv", _COLUMNS, faults):
        if row["rank"].isdecimal():
            ranks[row["source"]] = int(row["rank"])
        else:
            faults.append(Fault(row.file, row.line, f"rank {row['rank']!r} is no number"))
    raise_faults(faults)
    return SourceRanks(ranks, load_sides())
