"""Names of private people in a sentence: those that stand behind a word for a private person.

"The child Ahmad Khalid" becomes "the child […]". A name begins with a given name or a part of one
(Abu, Umm, Abd) and goes on over what follows as long as no word of the language is known that it
could be. Whom the lexicon knows is a public figure and stays, as do names that no such word
announces.
"""

from __future__ import annotations

from sijill.extract.privacy import WITHHELD
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import strip_clitics
from sijill.text.letters import WAW
from sijill.text.tokens import Tokens, tokenise

_YEH_WITHOUT_DOTS = "\u0649"
#: Words that a name may have.
_LONGEST = 5


class NamedPeople:
    """Leaves the names of private people out of sentences."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._index = knowledge.lexicon.index
        self._analyser = knowledge.analyser
        self._who = knowledge.sets["private_people"]
        self._named = knowledge.sets["named"]
        self._given = knowledge.sets["given_names"]
        self._parts = knowledge.sets["name_parts"]
        self._stops = knowledge.sets["prepositions"] | knowledge.sets["relatives"]

    def hidden(self, text: str) -> str:
        """``text`` with every name that a word for a private person announces withheld."""
        tokens, shown, copied, i = tokenise(text), "", 0, 1
        while i < len(tokens):
            last = self._name_end(tokens, i) if self._announced(tokens, i) else i
            if last > i:
                shown += text[copied : tokens.start[i]] + WITHHELD
                copied = tokens.end[last - 1]
            i = max(last, i + 1)
        return shown + text[copied:]

    def _announced(self, tokens: Tokens, i: int) -> bool:
        """Whether a word for a private person stands before ``i`` that is not one name with it."""
        whole = self._index.at(tokens, i - 1, len(tokens))
        if whole is not None and whole.last > i:
            return False
        word = tokens.word[i - 1]
        return word in self._named or any(way in self._who for _, way in strip_clitics(word))

    def _name_end(self, tokens: Tokens, i: int) -> int:
        """The token behind a private name that begins at ``i``, or ``i`` where none does."""
        if self._is_public(tokens, i) or not self._is_part(tokens, i):
            return i
        last = i + 1
        while last < min(len(tokens), i + _LONGEST) and self._goes_on(tokens, last):
            last += 1
        return i if tokens.word[last - 1] in self._parts else last

    def _is_public(self, tokens: Tokens, i: int) -> bool:
        hit = self._index.at(tokens, i, len(tokens))
        return hit is not None and any(one.kind not in ("stop", "place") for one in hit.entries)

    def _is_part(self, tokens: Tokens, i: int) -> bool:
        """Whether a given name or what leads to one is at ``i``; "on" is not the name Ali."""
        word = tokens.word[i]
        if tokens.raw(i, i + 1).endswith(_YEH_WITHOUT_DOTS) and self._is_known(word):
            return False
        return word in self._given or word in self._parts

    def _is_known(self, word: str) -> bool:
        return word in self._stops or bool(self._analyser.analyse(word))

    def _goes_on(self, tokens: Tokens, i: int) -> bool:
        word, before = tokens.word[i], tokens.word[i - 1]
        if self._is_part(tokens, i) or before in self._parts:
            return word[:1].isalpha()
        known = self._is_known(word) or self._index.at(tokens, i, i + 1)
        return word[:1].isalpha() and not known and not word.startswith(WAW)
