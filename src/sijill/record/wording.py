"""The words that each outlet uses for each side, from what its articles name."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sijill.extract.reader import load_extractor
from sijill.text.tokens import tokenise

if TYPE_CHECKING:
    from sijill.record.record import Record


def words_for_sides(record: Record) -> dict[tuple[str, str], Counter[str]]:
    """By outlet and actor, the names and epithets in its articles, without pronouns and copies."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    extractor, families = load_extractor(), record.store.families()
    for document in record.store.documents():
        copy = families.get(document.id, document.id) != document.id
        if copy or document.superseded_by:
            continue
        for actor, words in extractor.named_actors(tokenise(document.text)):
            found[document.outlet, actor][" ".join(words.split())] += 1
    return found
