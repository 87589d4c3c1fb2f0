"""Names of places that no table has, where a type word announces them."""

from __future__ import annotations

from typing import Final

from sijill.lexicon.entries import Entry
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import strip_clitics
from sijill.lexicon.spelling import ON_ALEF
from sijill.text.letters import ALEF, ARTICLE, HEH, LAM, TEH, WAW, YEH
from sijill.text.tokens import Tokens

#: Kinds of names behind which a glued particle shows that the word is no name of its own.
_GIVEN: Final = frozenset({"place", "state", "type", "name", "body"})
#: Classes of words that are no name of a place.
_NO_NAMES = (
    "no_place_name",
    "prepositions",
    "relatives",
    "complementisers",
    "clause_openers",
    "negation",
    "subset",
    "direction_adjectives",
    "others",
    "resumptive",
)


class UnknownNames:
    """Tells where a name that is in no table ends, and whether one stands there at all."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = knowledge.lexicon
        self._sets = knowledge.sets
        self._no_names = frozenset[str]().union(*(knowledge.sets[name] for name in _NO_NAMES))
        self._analyser = knowledge.analyser

    def end(self, tokens: Tokens, i: int, last: int, entry: Entry) -> int | None:
        """The end of a name that no table has, behind a type word; else nothing."""
        if self._is_no_type(tokens, i - 1):
            return None
        if i >= last or not self._may_be_name(tokens.word[i], entry):
            return None
        end = i + 1
        if (
            tokens.word[i] in self._sets["name_openers"]
            and end < last
            and (self._may_be_name(tokens.word[end], entry))
        ):
            end += 1
        return end

    def _is_no_type(self, tokens: Tokens, i: int) -> bool:
        """Whether the type word is mostly another word, or the name of a person."""
        if i < 0:
            return False
        if any(word in self._sets["known_only"] for _, word in strip_clitics(tokens.word[i])):
            return True
        before = tokens.word[i - 1].removeprefix(WAW) if i else ""
        if before in self._sets["honorifics"]:
            return True
        return tokens.word[i] in self._sets["hamza_tells"] and ON_ALEF in tokens.raw(i, i + 1)

    def _may_be_name(self, word: str, entry: Entry) -> bool:
        if len(word) < 3 or not "\u0621" <= word[0] <= "\u064a":
            return False
        if word in self._no_names or word in self._lexicon.nisba or self._hides_word(word):
            return False
        definite = word.startswith(ARTICLE)
        if not definite and (self._describes(word, entry) or self._analyser.analyse(word)):
            return False
        if definite and self._analyser.analyse(word) and entry.sub not in ("quarter", "village"):
            return False
        return definite or word[0] not in (YEH, TEH) or entry.sub in ("village", "town")

    def _describes(self, word: str, entry: Entry) -> bool:
        """Whether an indefinite word is an adjective by its ending: a summer + camp."""
        if word.startswith(LAM + LAM):
            return True  # "for the": a school for the ...
        settled = entry.sub in ("quarter", "village", "town")
        return word.endswith(YEH + HEH) or (word.endswith(YEH) and not settled)

    def _hides_word(self, word: str) -> bool:
        """Whether a known name or word stands behind a particle glued to ``word``."""
        return any(
            before and (self._names_thing(rest) or self._analyser.analyse(rest))
            for before, rest in strip_clitics(word)
        )

    def _names_thing(self, word: str) -> bool:
        """Whether the word names something by itself, as it is or in the accusative."""
        alone = self._lexicon.index.alone
        entries = alone(word) or alone(word.removesuffix(ALEF))
        return any(entry.kind in _GIVEN for entry in entries)
