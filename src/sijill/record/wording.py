"""The words that each outlet uses for each side, from what its articles name."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from sijill.extract.reader import load_extractor
from sijill.store.answers import Document
from sijill.text.tokens import tokenise

if TYPE_CHECKING:
    from sijill.record.record import Record

#: So many examples are kept of one outlet's words for one actor.
_EXAMPLES = 3


class Used(msgspec.Struct, frozen=True):
    """Words where they stand: a document, and from which code point to which."""

    document: str
    start: int
    end: int


class Wording:
    """Names and epithets by outlet and actor, counted document by document.

    ``counts`` has them with numbers, ``examples`` where each stands in the first few documents.
    """

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.examples: dict[tuple[str, str, str], list[Used]] = defaultdict(list)
        self._extractor = load_extractor()

    def add(self, document: Document) -> None:
        """Count what a document calls the actors that it names; pronouns do not count."""
        tokens = tokenise(document.text)
        for actor, first, last in self._extractor.named_actors(tokens):
            words = " ".join(tokens.raw(first, last).split())
            self.counts[document.outlet, actor][words] += 1
            examples = self.examples[document.outlet, actor, words]
            told = examples and examples[-1].document == document.id
            if len(examples) < _EXAMPLES and not told:
                examples.append(Used(document.id, *tokens.span(first, last)))


def words_for_sides(record: Record) -> dict[tuple[str, str], Counter[str]]:
    """By outlet and actor, the names and epithets in its articles, without pronouns and copies."""
    wording, families = Wording(), record.store.families()
    for document in record.store.documents():
        copy = families.get(document.id, document.id) != document.id
        if not copy and not document.superseded_by:
            wording.add(document)
    return wording.counts
