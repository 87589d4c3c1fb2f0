"""What people read in place of ids: labels in English and Arabic."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table

_LABELS = ("kind", "id", "label_en", "label_ar")
_ACTORS = ("id", "parent", "kind", "label_en", "label_ar", "country")


class Labels(msgspec.Struct, frozen=True):
    """Labels by kind (``type``, ``status``, ``figure``, ``actor``) and id: English, Arabic."""

    pairs: dict[tuple[str, str], tuple[str, str]]

    def english(self, kind: str, ident: str) -> str:
        """The English label, or the id itself."""
        return self.pairs.get((kind, ident), (ident, ident))[0]

    def arabic(self, kind: str, ident: str) -> str:
        """The Arabic label, or the id itself."""
        return self.pairs.get((kind, ident), (ident, ident))[1]


@lru_cache(maxsize=1)
def load_labels() -> Labels:
    """Load ``knowledge/labels.tsv`` and the labels of ``knowledge/actors.tsv``."""
    faults: list[Fault] = []
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for row in read_table(knowledge_dir() / "labels.tsv", _LABELS, faults):
        pairs[row["kind"], row["id"]] = row["label_en"], row["label_ar"]
    for row in read_table(knowledge_dir() / "actors.tsv", _ACTORS, faults):
        pairs["actor", row["id"]] = row["label_en"], row["label_ar"]
    raise_faults(faults)
    return Labels(pairs)
