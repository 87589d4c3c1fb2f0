"""Whom a number of people counts: civilians, children, women, fighters, one of the sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from sijill.errors import Fault
from sijill.lexicon.entries import Entry, Lexicon
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.names import strip_clitics
from sijill.lexicon.sides import load_sides
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE
from sijill.text.memo import Memo
from sijill.text.tokens import tokenise

_COLUMNS = ("noun", "of", "because")
_NOT_SAID = "-"
#: Kinds of people that are counted apart from other civilians.
_APART = {"children": "children", "womenfolk": "women"}
_SIDES = frozenset({"name", "epithet", "force", "state"})
_FIGHTING = {"fighters": "fighters", "troops": "soldiers"}
_FIGHTING_GROUPS = frozenset(_FIGHTING.values())
_CIVIL = frozenset({"civilians", "children", "women"})
#: Sides that are words for armed men and do not say whose.
_ANYBODY = frozenset({"militants", "unknown_gunmen", "foreign_fighters", "other"})


class Victims:
    """Finds in the words of a figure whom it counts."""

    def __init__(self, lexicon: Lexicon, nouns: dict[str, str]) -> None:
        self._lexicon, self._nouns = lexicon, nouns
        self._sides = load_sides()
        #: The group that words name: ``civilians``, ``children``, ``women``, ``families``,
        #: ``fighters``, ``soldiers``, ``attackers``, the id of a side, or nothing.
        self.of: Callable[[str], str] = Memo(self._of).__getitem__

    def _of(self, words: str) -> str:
        tokens = tokenise(words)
        folded = [tokens.word[i] for i in range(len(tokens))]
        if (whole := " ".join(folded)) in self._nouns:
            return self._nouns[whole]
        found = {group for word in folded for group in self._noun(word)}
        if found and not found & _FIGHTING_GROUPS:
            return found.pop() if len(found) == 1 else "civilians" if found <= _CIVIL else ""
        side = self._side(words) or self._army(folded, found)
        return side or min(found, default="")

    def _noun(self, word: str) -> Iterator[str]:
        """The group that one word names, over an article or a conjunction before it, if any."""
        for _, bare in strip_clitics(word):
            bare = bare.removeprefix(ARTICLE)
            if bare in self._nouns:
                if group := self._nouns[bare]:
                    yield group
                return
            for entry in self._lexicon.index.alone(bare):
                if entry.kind == "people" and (group := self._people(entry)):
                    yield group
                    return

    def _people(self, entry: Entry) -> str:
        if entry.value in _FIGHTING:
            side = entry.ids[0] if entry.ids else ""
            return side if side and side not in _ANYBODY else _FIGHTING[entry.value]
        for actor in entry.ids:
            line = self._sides.line(actor)
            for apart, name in _APART.items():
                if apart in line:
                    return name
            if "civilians" in line:
                return "civilians"
        return ""

    def _army(self, words: list[str], found: set[str]) -> str:
        """Whose soldiers they are, where an adjective of nationality tells."""
        for word in words if "soldiers" in found else ():
            if country := self._lexicon.nisba.get(word):
                return self._lexicon.core(self._lexicon.countries[country].fields["army"])
        return ""

    def _side(self, words: str) -> str:
        """The side that the words name: fighters of it are counted as its own."""
        tokens = tokenise(words)
        for i in range(len(tokens)):
            hit = self._lexicon.index.at(tokens, i, len(tokens))
            for entry in hit.entries if hit else ():
                if entry.kind in _SIDES and entry.ids and entry.ids[0] not in _ANYBODY:
                    return self._lexicon.core(entry.ids[0])
        return ""


@lru_cache(maxsize=1)
def load_victims() -> Victims:
    """Load ``knowledge/victims.tsv``.

    Raises:
        KnowledgeError: when the table is not as it should be.
    """
    faults: list[Fault] = []
    nouns = {
        fold(noun): "" if row["of"] == _NOT_SAID else row["of"]
        for row in read_table(knowledge_dir() / "victims.tsv", _COLUMNS, faults)
        for noun in row.many("noun")
    }
    raise_faults(faults)
    return Victims(load_knowledge().lexicon, nouns)
