"""Names of private people in a speaker: what may be published of the words that say who spoke.

Kept are offices, bodies, sides, places and the people whom the lexicon knows, who are public
figures. What is left of the phrase is taken for a name and replaced by a mark: rather a word of an
office too few than a name too many.
"""

from __future__ import annotations

from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import strip_clitics
from sijill.text.letters import ARTICLE
from sijill.text.tokens import Tokens, tokenise

#: What stands for a name that is left out.
WITHHELD = "[\u2026]"
_SETS = (
    "speaker_nouns",
    "speaker_backs",
    "media_nouns",
    "witness_nouns",
    "expert_nouns",
    "titles",
    "prepositions",
    "place_prepositions",
    "demonstratives",
    "military_words",
    "force_adjectives",
    "compass",
    "quantifiers",
    "according",
    "utterances",
)
_NOMINAL = frozenset({"noun", "adj", "active", "masdar"})
_ALI = "\u0639\u0644\u064a"  # folded, the preposition "on" is the name Ali
_FEMININE, _LONG = "\u064a\u0647", 5  # -iyya, but in no short name


class Discretion:
    """Leaves the names of private people out of the words for a speaker."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._index = knowledge.lexicon.index
        self._nisba = knowledge.lexicon.nisba
        self._analyser = knowledge.analyser
        self._titles = knowledge.sets["titles"]
        self._words = frozenset().union(*(knowledge.sets[name] for name in _SETS)) - {_ALI}

    def public(self, text: str) -> str:
        """``text`` with every name of a private person replaced by :data:`WITHHELD`."""
        tokens, shown, i = tokenise(text), "", 0
        copied, named = 0, False
        while i < len(tokens):
            last = self._known(tokens, i, named) or self._plain(tokens, i, named)
            if not last:
                if not named:
                    shown += text[copied : tokens.start[i]] + WITHHELD
                copied = tokens.end[i]
            named, i = not last, last or i + 1
        return shown + text[copied:]

    def _known(self, tokens: Tokens, i: int, named: bool) -> int:
        """The token behind a name of the lexicon at ``i``, or 0; no place is part of a name."""
        hit = self._index.at(tokens, i, len(tokens))
        titled = i > 0 and tokens.word[i - 1] in self._titles
        unheard = {"stop", "place"} if named or titled else {"stop"}
        known = hit is not None and any(entry.kind not in unheard for entry in hit.entries)
        return hit.last if hit and known else 0

    def _plain(self, tokens: Tokens, i: int, named: bool) -> int:
        """The token behind a word of an office or body at ``i``, or 0 for a part of a name."""
        word, before = tokens.word[i], tokens.word[i - 1] if i else ""
        if not word[:1].isalpha() or any(
            way in self._words or way in self._nisba for _, way in strip_clitics(word)
        ):
            return i + 1
        definite = ARTICLE in (word[:2], word[1:3])
        apposed = before.startswith(ARTICLE) and not definite
        if named or apposed or before in self._titles or not before:
            return 0
        if definite or (word.endswith(_FEMININE) and len(word) > _LONG):
            return i + 1
        ways = self._analyser.analyse(word)
        return i + 1 if any(one.form.pos in _NOMINAL for one in ways) else 0
