"""Compares what is new in a record with what it holds: copies and pairs.

Each step asks the store only for what the new testimonies meet, so that fifty articles cost fifty
articles whatever the record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.blocking import LONE, keys_of, lone
from sijill.link.copy_ready import Ready
from sijill.link.pairs import Comparer
from sijill.link.profile import Profile
from sijill.record.copying import Copying
from sijill.store.answers import TestimonyFilter
from sijill.store.record_store import Store
from sijill.testimony import Pair, Testimony

#: Documents compared in one transaction: few enough that a run cut off repeats seconds of work, but
#: their keys and bands fall on pages all over the record, each of which is then written once
#: (30,000 articles: with 500 at once the whole takes a twentieth longer).
_COMPARED = 2_000


class Linked(msgspec.Struct):
    """What linking did: events added, changed and withdrawn, copies found."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    copies: int = 0


class Beside:
    """Compares documents while others are read: so many at a time, as soon as these are kept.

    How many are compared together depends on their number alone, and not on who reads them when.
    """

    def __init__(self, linker: Linker, total: Linked, done: Callable[[int], object]) -> None:
        """``total`` is where copies are counted; ``done`` is told how many after each step."""
        self._linker, self._total, self._done = linker, total, done
        self._kept: dict[str, Ready | None] = {}

    def add(self, kept: Mapping[str, Ready | None]) -> None:
        """Documents that were just kept, each with what its copies are found by, or nothing."""
        self._kept.update(kept)  # one that stands again may still be there
        while len(self._kept) >= _COMPARED:
            self._compare()

    def end(self, more: Iterable[str] = ()) -> None:
        """Compare what is left, and then ``more``, which wait since an earlier run."""
        while self._kept:
            self._compare()
        rest = iter(more)
        while some := dict.fromkeys(islice(rest, _COMPARED)):
            self.add(some)
            self.end()

    def _compare(self) -> None:
        some = dict(islice(self._kept.items(), _COMPARED))
        self._linker.compare(some, self._total)
        for one in some:
            del self._kept[one]
        self._done(len(some))


class Linker:
    """Links documents of a store by comparing them; what they tell then waits for its events.

    All are compared before any event is assembled: what many of them tell of is then put together
    once.
    """

    def __init__(self, store: Store, places: dict[str, PlaceRow]) -> None:
        self._store, self._places = store, places
        self.forget()

    def forget(self) -> None:
        """Let go of what comparing remembers: a few hundred megabytes after many documents."""
        self._comparer = Comparer(self._places)
        self._copying = Copying(self._store)

    def compare(self, documents: Mapping[str, Ready | None], total: Linked) -> None:
        """Find copies and pairs of documents, so many at once; what they tell then waits.

        What another program has linked meanwhile is passed over. Some come with what their copies
        are found by.
        """
        with self._store.batch():
            waiting = self._store.unlinked(documents)
            ready = {one: its for one in waiting if (its := documents[one]) is not None}
            self._compare(waiting, ready, total)

    def waits(self) -> bool:
        """Whether documents wait to be compared, or what they tell to be put into events."""
        return bool(self._store.unlinked() or self._store.awaiting(1))

    def _compare(self, documents: Sequence[str], ready: Mapping[str, Ready], total: Linked) -> None:
        copies, moved = self._copying.add(documents, ready)
        total.copies += len(copies)
        new, again = list(told_in(self._store, documents)), list(told_in(self._store, moved))
        self._comparer.forget(one.id for one in again)
        self._pair(new)
        gone = self._store.withdrawn((*documents, *self._store.superseded_by(documents)))
        self._store.await_events({one.id for one in (*new, *gone, *again)})
        self._store.mark_linked(documents)

    def _pair(self, new: Sequence[Testimony]) -> None:
        """Compare each new testimony with all that share a key with it, new ones among them."""
        self._comparer.forget(one.id for one in new)
        ours = {one.id: self._comparer.profile(one) for one in new}
        keyed = {ident: keys_of(one) for ident, one in ours.items()}
        under = self._store.meeting({key for keys in keyed.values() for key in keys})
        self._store.add_keys(keyed)
        for ident, keys in keyed.items():
            for key in keys:
                under.setdefault(key, []).append(ident)
        others = {id for ids in under.values() for id in ids} - keyed.keys()
        all_ = ours | self._profiles(others)
        found: list[Pair | None] = []
        done: set[str] = set()
        for ident, one in ours.items():
            done.add(ident)
            met = _met(one, keyed[ident], under, all_) - done
            found += [self._comparer.kept(one, all_[other]) for other in met]
        self._store.add_pairs(filter(None, found))

    def _profiles(self, ids: set[str]) -> dict[str, Profile]:
        """What is compared of testimonies; only those not seen lately are read."""
        ready = self._comparer.remembered(ids)
        missing = self._store.testimonies(ids - ready.keys())
        return ready | {one.id: self._comparer.profile(one) for one in missing}


def told_in(store: Store, documents: Iterable[str]) -> Iterator[Testimony]:
    """The testimonies of documents, as they are now."""
    where = TestimonyFilter(documents=frozenset(documents))
    return store.testimonies(where=where) if where.documents else iter(())


def _met(
    one: Profile,
    keys: Iterable[str],
    under: Mapping[str, Sequence[str]],
    known: Mapping[str, Profile],
) -> set[str]:
    """The testimonies that share a key with ``one`` that counts for both, itself among them."""
    met: set[str] = set()
    for key in keys:
        if key[0] in LONE and not lone(key, one):
            met.update(other for other in under[key] if lone(key, known[other]))
        else:
            met.update(under[key])
    return met
