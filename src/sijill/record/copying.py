"""Finds which documents of a record are copies of others, and keeps their families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sijill.link.copies import compare_texts
from sijill.link.copy_bands import CROWDED, signature
from sijill.link.copy_families import families
from sijill.link.copy_text import CopyText, prepare
from sijill.store.answers import Document
from sijill.store.record_store import Store
from sijill.testimony import CopyLink

#: Prepared texts kept at hand: a copy mostly comes within days of its like.
_AT_HAND = 2_000


class Copying:
    """Compares new documents with those that share a band with them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, CopyText] = {}

    def add(self, documents: Sequence[str]) -> tuple[list[CopyLink], set[str]]:
        """The copies found of ``documents``, and all documents whose family changed."""
        found = self._store.documents(documents)
        texts = {one.id: self._prepared(one) for one in found if one.superseded_by is None}
        bands = {ident: signature(text).all for ident, text in texts.items()}
        self._store.add_signatures(bands)
        under = self._store.documents_under({band for some in bands.values() for band in some})
        links = [
            link
            for ident, text in texts.items()
            for other in self._at_hand(_alike(ident, bands, under))
            if (link := compare_texts(text, other)) is not None
        ]
        self._store.add_copies(links)
        return links, self._regroup({end for link in links for end in (link.a, link.b)})

    def _at_hand(self, ids: Iterable[str]) -> Iterator[CopyText]:
        """The prepared texts of documents."""
        wanted = list(ids)
        missing = [one for one in wanted if one not in self._texts]
        for document in self._store.documents(missing) if missing else ():
            self._prepared(document)
        return (self._texts[one] for one in wanted if one in self._texts)

    def _prepared(self, document: Document) -> CopyText:
        if document.id not in self._texts:
            if len(self._texts) >= _AT_HAND:
                self._texts.clear()
            text = prepare(document.id, document.text, document.agency)
            self._texts[document.id] = text
        return self._texts[document.id]

    def _regroup(self, touched: set[str]) -> set[str]:
        """Work out the families that copies connect with ``touched``; those that moved."""
        links, seen, waiting = dict[tuple[str, str], CopyLink](), set[str](), set(touched)
        while waiting:
            seen |= waiting
            found = list(self._store.copies(waiting))
            links.update({(link.a, link.b): link for link in found})
            waiting = {end for link in found for end in (link.a, link.b)} - seen
        now = families(links.values())
        before = self._store.families(list(now))
        moved = {one: family for one, family in now.items() if before.get(one, one) != family}
        if moved:
            self._store.set_families(moved)
        return set(moved)


def _alike(
    ident: str, bands: Mapping[str, Sequence[int]], under: Mapping[int, Sequence[str]]
) -> list[str]:
    """Documents that share a band with one; of two new ones, the later is given the earlier.

    A band that very many have is a formula and no clue.
    """
    shared = Counter(
        other
        for band in bands[ident]
        if len(under[band]) <= CROWDED
        for other in under[band]
        if other not in bands or other < ident
    )
    return [other for other, _ in shared.most_common()]
