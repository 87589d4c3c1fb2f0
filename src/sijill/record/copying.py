"""Finds which documents of a record are copies of others, and keeps their families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from sijill.link.copies import compare_texts
from sijill.link.copy_bands import BAND_VERSION, CROWDED, signatures
from sijill.link.copy_families import AKIN, families
from sijill.link.copy_ready import Ready
from sijill.link.copy_text import CopyText, prepare
from sijill.store.answers import Document
from sijill.store.record_store import Store
from sijill.store.transactions import chunks
from sijill.testimony import CopyLink

#: Prepared texts kept at hand, 5 kB each: a copy mostly comes within days of its like.
_AT_HAND = 10_000
#: New documents whose candidates are fetched together.
_AT_ONCE = 50


#: The record's mark that names the version of its bands.
_MARK = "bands"


def renew_bands(store: Store) -> bool:
    """Make the bands of a record anew where another version made them; tells whether it did.

    All of them in one transaction: a run that is cut off leaves the old ones with their mark.
    """
    if store.mark(_MARK) == BAND_VERSION:
        return False
    with store.batch():
        banded = store.clear_signatures()
        for some in chunks(banded, _AT_ONCE):
            texts = [_prepared(one) for one in store.documents(some)]
            made = zip(texts, signatures(texts), strict=True)
            store.add_signatures({text.document: one.all for text, one in made})
        store.set_mark(_MARK, BAND_VERSION)
    return bool(banded)


class Copying:
    """Compares new documents with those that share a band with them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, CopyText] = {}

    def add(
        self, documents: Sequence[str], ready: Mapping[str, Ready] | None = None
    ) -> tuple[list[CopyLink], set[str]]:
        """The copies found of ``documents``, and all documents whose family changed.

        ``ready`` is what was worked out of those of them that come with it.
        """
        texts, bands = self._made(documents, ready or {})
        under = self._under(bands)
        self._store.add_signatures(bands)
        self._remember(texts)
        links = list(self._links(texts, bands, under))
        self._store.add_copies(links)
        akin = (link for link in links if link.share >= AKIN)
        touched = {end for link in akin for end in (link.a, link.b)}
        return links, self._regroup(touched | self._left_by(documents))

    def _left_by(self, documents: Iterable[str]) -> set[str]:
        """What was akin to texts that these documents have superseded, and those texts."""
        gone = set(self._store.superseded_by(documents))
        akin = self._store.copies(gone, AKIN) if gone else ()
        return {end for link in akin for end in (link.a, link.b)}

    def _made(
        self, documents: Sequence[str], ready: Mapping[str, Ready]
    ) -> tuple[dict[str, CopyText], dict[str, tuple[int, ...]]]:
        """The prepared texts and the bands of those that no later text supersedes."""
        there = self._store.kept(ready)
        given = {one: its for one, its in ready.items() if not there[one].superseded}
        texts = {ident: one.text(ident) for ident, one in given.items()}
        bands = {ident: one.all() for ident, one in given.items()}
        found = self._store.documents([one for one in documents if one not in ready])
        made = {one.id: _prepared(one) for one in found if one.superseded_by is None}
        every = signatures(list(made.values()))
        bands |= {ident: one.all for ident, one in zip(made, every, strict=True)}
        return texts | made, bands

    def _under(self, bands: Mapping[str, Sequence[int]]) -> dict[int, list[str]]:
        """The documents under each band that a new one shares: those of the record, and new ones.

        Asked before these are in the record. A band that very many have is a formula and no clue.
        """
        having = Counter(chain.from_iterable(bands.values()))
        under: dict[int, list[str]] = self._store.documents_under(having)
        shared = {band for band, count in having.items() if count > 1 or band in under}
        for ident, some in bands.items():
            for band in shared.intersection(some):
                under.setdefault(band, []).append(ident)
        return {band: ids for band, ids in under.items() if len(ids) <= CROWDED}

    def _links(
        self,
        texts: Mapping[str, CopyText],
        bands: Mapping[str, Sequence[int]],
        under: Mapping[int, Collection[str]],
    ) -> Iterator[CopyLink]:
        """The copies among documents that share a band."""
        rest = iter(texts.items())
        while some := dict(islice(rest, _AT_ONCE)):
            alike = {ident: _alike(ident, bands, under) for ident in some}
            wanted = {other for others in alike.values() for other in others}
            ready = {**self._at_hand(wanted - texts.keys()), **texts}
            for ident, others in alike.items():
                found = (compare_texts(texts[ident], ready[one]) for one in others if one in ready)
                yield from (link for link in found if link is not None)

    def _at_hand(self, ids: Iterable[str]) -> dict[str, CopyText]:
        """The prepared texts of documents."""
        wanted = list(ids)
        missing = [one for one in wanted if one not in self._texts]
        ready = {one: self._texts.pop(one) for one in wanted if one in self._texts}
        ready |= {one.id: _prepared(one) for one in self._store.documents(missing)}
        self._remember(ready)
        return ready

    def _remember(self, texts: Mapping[str, CopyText]) -> None:
        """Keep texts at hand in place of those that nobody asked for longest."""
        self._texts.update(texts)
        for old in list(islice(self._texts, max(0, len(self._texts) - _AT_HAND))):
            del self._texts[old]

    def _regroup(self, touched: set[str]) -> set[str]:
        """Work out the families that copies connect with ``touched``; those that moved.

        A text that a later one supersedes is of no family: it is no witness, and would stand
        between those that are.
        """
        links, seen, waiting = dict[tuple[str, str], CopyLink](), set[str](), set(touched)
        while waiting:
            seen |= waiting
            found = list(self._store.copies(waiting, AKIN, standing=True))
            links.update({(link.a, link.b): link for link in found})
            waiting = {end for link in found for end in (link.a, link.b)} - seen
        now = {one: one for one in seen} | families(links.values())
        before = self._store.families(list(now))
        moved = {one: family for one, family in now.items() if before.get(one, one) != family}
        if moved:
            self._store.set_families({a: "" if a == b else b for a, b in moved.items()})
        return set(moved)


def _prepared(document: Document) -> CopyText:
    return prepare(document.id, document.text, document.agency)


def _alike(
    ident: str, bands: Mapping[str, Sequence[int]], under: Mapping[int, Collection[str]]
) -> list[str]:
    """Documents that share a band with one; of two new ones, the later is given the earlier."""
    there = dict.fromkeys(other for band in bands[ident] for other in under.get(band, ()))
    return [other for other in there if other not in bands or other < ident]
