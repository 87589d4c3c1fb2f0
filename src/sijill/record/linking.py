"""Links what is new in a record to what it holds: copies, pairs, events, control.

Each step asks the store only for what the new testimonies meet, so that fifty articles cost fifty
articles whatever the record holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.background import Background, load_background
from sijill.link.blocking import LONE, keys_of, lone
from sijill.link.cluster import LEAST_TIE, cluster
from sijill.link.copy_ready import Ready
from sijill.link.events import assemble
from sijill.link.pairs import Comparer
from sijill.link.profile import Profile
from sijill.record.copying import Copying
from sijill.record.corrections import Corrected
from sijill.store.answers import TestimonyFilter
from sijill.store.record_store import Store
from sijill.testimony import Event, Pair, Testimony

#: Documents compared in one transaction: few enough that a run cut off repeats seconds of work, but
#: their keys and bands fall on pages all over the record, each of which is then written once
#: (30,000 articles: with 500 at once the whole takes a twentieth longer).
_COMPARED = 2_000
#: Testimonies put into events in one transaction, with all that they are tied to.
_AT_ONCE = 500


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
    """Links documents of a store: compares them, then puts what they tell into events.

    All are compared before any event is assembled: what many of them tell of is then put together
    once.
    """

    def __init__(
        self, store: Store, places: dict[str, PlaceRow], background: Background | None = None
    ) -> None:
        self._store = store
        self._places = places
        self._background = background or load_background()
        self._comparer = Comparer(places)
        self._copying = Copying(store)

    def compare(self, documents: Mapping[str, Ready | None], total: Linked) -> None:
        """Find copies and pairs of documents, so many at once; what they tell then waits.

        What another program has linked meanwhile is passed over. Some come with what their copies
        are found by.
        """
        with self._store.batch():
            waiting = self._store.unlinked(documents)
            ready = {one: its for one in waiting if (its := documents[one]) is not None}
            self._compare(waiting, ready, total)

    def assemble(
        self,
        total: Linked,
        last: Callable[[set[str]], object],
        done: Callable[[int, int], object] = lambda *_: None,
        always: bool = False,
    ) -> None:
        """Put all that waits into events: some testimonies, with all they are tied to, at a time.

        Nothing is tied to two of them, so each event is assembled once however many there are.
        ``last`` is called within the last step with the places that they name: where it fails,
        something waits (see :meth:`waits`), as it does after a run that was cut off. It is called
        if anything waits, or ``always``. ``done`` is told before the first step and after each how
        many of all are in order.
        """
        waiting, places = self._store.awaiting(), set[str]()
        whole, ended = len(waiting), not waiting and not always
        if not ended:
            done(0, whole)
        while not ended:
            some = dict(islice(waiting.items(), _AT_ONCE))
            with self._store.batch():
                gone = {a: b for a, b in some.items() if b}
                there, told = self._events(set(some), total, gone)
                settled = there & waiting.keys()
                self._store.settle(settled)
                old = self._store.testimonies(settled - told.keys())  # those that are withdrawn
                new = (told[one] for one in settled & told.keys())
                places |= {place.id for one in chain(new, old) for place in one.place if place.id}
                waiting = {a: b for a, b in waiting.items() if a not in there}
                ended = not waiting
                if ended:
                    last(places)
            done(whole - len(waiting), whole)

    def waits(self) -> bool:
        """Whether documents wait to be compared, or what they tell to be put into events."""
        return bool(self._store.unlinked() or self._store.awaiting())

    def refresh(self, testimonies: Iterable[str]) -> Linked:
        """Assemble anew the events that the testimonies and whatever they are tied to make."""
        total = Linked()
        with self._store.batch():
            self._events(set(testimonies), total)
        return total

    def _compare(self, documents: Sequence[str], ready: Mapping[str, Ready], total: Linked) -> None:
        copies, moved = self._copying.add(documents, ready)
        total.copies += len(copies)
        new, again = list(self._told(documents)), list(self._told(moved))
        self._comparer.forget(one.id for one in again)
        self._pair(new)
        gone = self._store.withdrawn((*documents, *self._store.superseded_by(documents)))
        self._store.await_events({one.id for one in (*new, *gone, *again)})
        self._store.mark_linked(documents)

    def _told(self, documents: Iterable[str]) -> Iterator[Testimony]:
        """The testimonies of documents, as they are now."""
        where = TestimonyFilter(documents=frozenset(documents))
        return self._store.testimonies(where=where) if where.documents else iter(())

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

    def _events(
        self, seeds: set[str], total: Linked, gone: Mapping[str, str] | None = None
    ) -> tuple[set[str], dict[str, Testimony]]:
        """Cluster what the seeds are tied to, and keep the events that come of it.

        ``gone`` are withdrawn testimonies, each with the document that says otherwise: a later
        text, or its own read anew. Gives all testimonies that were put in order by id, and those of
        them that stand.
        """
        gone = gone or {}
        corrected = Corrected(self._store.corrections(), self._places)
        instead = {one.id for one in self._told(gone.values())}
        ids, pairs = self._component(seeds | instead, corrected)
        before = self._store.events_of(ids)
        told = {one.id: one for one in self._store.testimonies(ids, TestimonyFilter())}
        groups = corrected.regrouped(cluster(told.values(), pairs))
        stay = self._unchanged(groups, seeds, before)
        events = [
            corrected.event(assemble([told[id] for id in group], self._background))
            for group in groups
            if group[0] not in stay
        ]
        now = stay | {member: event.id for event in events for member in event.members}
        ended = _successors(
            before, now | self._inherited(gone, told.values(), now), set(now.values())
        )
        changes = self._store.put_events(events, ended, self._words(events))
        total.added += len(changes.added)
        total.changed += len(changes.changed)
        total.withdrawn += len(changes.withdrawn)
        return ids, told

    def _unchanged(
        self, groups: Iterable[Sequence[str]], seeds: set[str], before: Mapping[str, str]
    ) -> dict[str, str]:
        """The testimonies of groups that make the event they made before, each with that event.

        Most of what new testimonies are tied to stays as it is, and need not be assembled.
        """
        sizes = self._store.sizes(before.values())
        stay: dict[str, str] = {}
        for group in groups:
            event = before.get(group[0], "")
            same = event and sizes[event] == len(group) and seeds.isdisjoint(group)
            if same and all(before.get(one) == event for one in group):
                stay.update(dict.fromkeys(group, event))
        return stay

    def _inherited(
        self, gone: Mapping[str, str], told: Iterable[Testimony], now: Mapping[str, str]
    ) -> dict[str, str]:
        """For testimonies that are gone: the event of what the later text tells in their place."""
        found, there = {}, list(told)
        for one in self._store.testimonies(gone):
            scores = [
                (self._comparer.compare(one, other).score, other.id)
                for other in there
                if other.document == gone[one.id]
            ]
            score, nearest = max(scores, default=(LEAST_TIE, ""))
            if nearest and score >= LEAST_TIE:
                found[one.id] = now[nearest]
        return found

    def _component(self, seeds: set[str], corrected: Corrected) -> tuple[set[str], list[Pair]]:
        """All that likely pairs and corrections connect with the seeds, and those pairs."""
        seen: set[str] = set()
        waiting, found = set(seeds), dict[tuple[str, str], Pair]()
        while waiting:
            seen |= waiting
            met = corrected.tied(waiting)
            for pair in self._store.scores(waiting, LEAST_TIE):
                found[pair.a, pair.b] = pair
                met.add(pair.a)
                met.add(pair.b)
            waiting = met - seen
        return seen, list(found.values())

    def _words(self, events: Iterable[Event]) -> dict[str, str]:
        """Words to find each event by: what its type, its sides and its place are called."""
        labels = self._background.labels
        found = {}
        for event in events:
            named = [("type", event.type), *(("actor", a) for a in (*event.actor, *event.target))]
            words = (f(*one) for one in named for f in (labels.english, labels.arabic))
            row = self._places.get(event.place.id or "") if event.place else None
            found[event.id] = " ".join((*words, *((row.name, row.name_en) if row else ())))
        return found


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


def _successors(before: dict[str, str], now: dict[str, str], kept: set[str]) -> dict[str, str]:
    """For each event that is no more: the one that holds most of its testimonies now, if any."""
    heirs: dict[str, Counter[str]] = {}
    for member, event in sorted(before.items()):
        if event not in kept:
            heirs.setdefault(event, Counter()).update([now[member]] if member in now else [])
    return {event: next((one for one, _ in n.most_common(1)), "") for event, n in heirs.items()}
