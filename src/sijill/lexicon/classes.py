"""What the grammar asks about single words, remembered by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sijill.lexicon.words import Analysis
from sijill.text.letters import WAW
from sijill.text.memo import Memo

_CONJUNCTIONS = (WAW, "\u0641")
_HATTA: Final = "\u062d\u062a\u064a"  # a preposition, and "until" before a verb
_OPENING = ("relatives", "clause_openers")


class WordClasses:
    """The closed classes and the verbs by word.

    ``bare`` is a word less a conjunction before it when the rest is a closed-class word;
    ``openers`` are the words that open a clause, ``pair_openers`` the first words of pairs that do;
    ``governs`` is whether a word makes a noun of the word behind it, which relatives and negation
    never do.
    """

    def __init__(self, sets: Mapping[str, frozenset[str]]) -> None:
        self._closed = frozenset(word for words in sets.values() for word in words)
        self.bare: Memo[str, str] = Memo(self.less_conjunction)
        self.openers = frozenset(word for name in _OPENING for word in sets[name])
        pairs = (word.split() for word in sets["clause_openers"])
        self.pair_openers = frozenset(pair[0] for pair in pairs if len(pair) == 2)
        self._opening = self.openers | self.pair_openers | sets["complementisers"]
        frees = sets["relatives"] | sets["negation"]
        self._governing = sets["prepositions"] - frees - {_HATTA}
        self.governs: Memo[str, bool] = Memo(lambda word: self.bare[word] in self._governing)

    def less_conjunction(self, word: str) -> str:
        """The word, or what is left behind a conjunction where that is of a closed class."""
        joined = word[:1] in _CONJUNCTIONS and word[1:] in self._closed
        return word[1:] if joined else word

    def opens(self, bare: str) -> bool:
        """Whether a clause may open at the word, whatever verb it may be."""
        return bare in self._opening


def is_verbal(readings: tuple[Analysis, ...]) -> bool:
    """Whether a word that can be read so can be a verb."""
    return any(reading.form.pos == "verb" for reading in readings)
