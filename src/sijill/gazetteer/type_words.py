"""The words for kinds of places that dumps write into names, and names without them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sijill.errors import Fault
from sijill.gazetteer.dump import plain_latin
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_spelling import latin_key, loose_key
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.text.fold import fold

DIVISIONS = frozenset({"governorate", "district"})
#: Kinds whose names are given without a type word here, and the kinds of the words that may go.
_DROPPED = {
    "town": {"town", "village", "district"},
    "village": {"town", "village", "district"},
    "quarter": {"quarter"},
    "governorate": {"governorate", "district", "region"},
    "district": {"governorate", "district", "region"},
}
_LATIN_WORDS = re.compile(
    r"\b(?:governorate|province|district|sub-?district|region|county|shahrestan|ostan|"
    r"mu[hk]+afaz[ah]*t?|mintaqat|mantiqat|nahiyat|nahiat|qada'?a?)\b",
    re.IGNORECASE,
)


class TypeWords:
    """Knows the type words of the knowledge, and drops them from names."""

    def __init__(self) -> None:
        """Read the type words.

        Raises:
            KnowledgeError: their table does not load.
        """
        faults: list[Fault] = []
        path = knowledge_dir() / "place_types.tsv"
        self._kinds: dict[str, str] = {}
        for row in read_table(path, ("word", "class", "kind"), faults):
            # A word for several places ("villages") is part of the name it stands in.
            if row["class"] == "type" or row["kind"] == "governorate":
                self._kinds.update((fold(word), row["kind"]) for word in row.many("word"))
        raise_faults(faults)

    def bare(self, name: str, kind: str) -> str:
        """``name`` as a place of ``kind`` is called behind its type word: (the town of) X."""
        first, _, rest = name.partition(" ")
        dropped = self._kinds.get(fold(first)) in _DROPPED.get(kind, ())
        return rest if rest and dropped else name

    def keys(self, arabic: Iterable[str], latin: Iterable[str]) -> set[str]:
        """Keys under which spellings of a division's names meet, in either script."""
        found = {loose_key(self.bare(name, "governorate")) for name in arabic}
        found |= {latin_key(_LATIN_WORDS.sub(" ", plain_latin(name))) for name in latin}
        return found - {""}

    def keys_of(self, row: PlaceRow) -> set[str]:
        """The keys of a division of ours."""
        return self.keys((name.text for name in row.names), (row.name_en,))
