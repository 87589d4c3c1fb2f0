"""Links what is new in a record to what it holds: copies, pairs, events, control.

Each step asks the store only for what the new testimonies meet, so that fifty articles cost fifty
articles whatever the record holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.background import Background, load_background
from sijill.link.blocking import LONE, keys_of, lone
from sijill.link.cluster import LEAST_TIE, cluster
from sijill.link.events import assemble
from sijill.link.pairs import KEEP, Comparer
from sijill.record.copying import Copying
from sijill.record.corrections import Corrected
from sijill.store.answers import TestimonyFilter
from sijill.store.record_store import Store
from sijill.testimony import Event, Pair, Testimony

#: Documents linked in one transaction: few enough that a run cut off repeats seconds of work.
_AT_ONCE = 500
#: Events of so many testimonies are remembered as assembled, which takes the square of the number:
#: most of what new articles are tied to stays as it is. All of them take about 40 MB.
_MANY, _MOST_MADE = 3, 2_000


class Linked(msgspec.Struct):
    """What linking did: events added, changed and withdrawn, copies found."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    copies: int = 0


class Linker:
    """Links documents of a store."""

    def __init__(
        self, store: Store, places: dict[str, PlaceRow], background: Background | None = None
    ) -> None:
        self._store = store
        self._places = places
        self._background = background or load_background()
        self._comparer = Comparer(places)
        self._copying = Copying(store)
        self._made: dict[str, tuple[tuple[Testimony, ...], Event]] = {}

    def link(
        self,
        documents: Sequence[str],
        done: Callable[[int], None] = lambda _: None,
        last: Callable[[], object] = lambda: None,
    ) -> Linked:
        """Link documents that were not linked before; ``done`` is told how many after each step.

        ``last`` is called within the last step: where it fails, documents stay to be linked.
        """
        total = Linked()
        for start in range(0, len(documents), _AT_ONCE):
            batch = documents[start : start + _AT_ONCE]
            with self._store.batch():
                self._link(batch, total)
                if start + _AT_ONCE >= len(documents):
                    last()
            done(len(batch))
        return total

    def refresh(self, testimonies: Iterable[str]) -> Linked:
        """Assemble anew the events that the testimonies and whatever they are tied to make."""
        total = Linked()
        with self._store.batch():
            self._events(set(testimonies), total)
        return total

    def _link(self, documents: Sequence[str], total: Linked) -> None:
        copies, moved = self._copying.add(documents)
        total.copies += len(copies)
        new = list(self._told(documents))
        self._pair(new)
        later = {one: one for one in documents} | self._store.superseded_by(documents)
        gone = list(self._store.withdrawn(later))
        seeds = {one.id for one in (*new, *gone, *self._told(moved))}
        self._events(seeds, total, {one: later[one.document] for one in gone})
        self._store.mark_linked(documents)

    def _told(self, documents: Iterable[str]) -> Iterator[Testimony]:
        """The testimonies of documents, as they are now."""
        where = TestimonyFilter(documents=frozenset(documents))
        return self._store.testimonies(where=where) if where.documents else iter(())

    def _pair(self, new: Sequence[Testimony]) -> None:
        """Compare each new testimony with all that share a key with it, new ones among them."""
        keyed = {one.id: keys_of(self._comparer.profile(one)) for one in new}
        under = self._store.meeting({key for keys in keyed.values() for key in keys})
        self._store.add_keys(keyed)
        for ident, keys in keyed.items():
            for key in keys:
                under.setdefault(key, []).append(ident)
        others = {id for ids in under.values() for id in ids} - keyed.keys()
        told = {one.id: one for one in (*new, *self._store.testimonies(others))}
        found: dict[tuple[str, str], Pair] = {}
        for one in new:
            for other in self._met(one, keyed[one.id], under, told):
                both = (min(one.id, other), max(one.id, other))
                if both not in found:
                    found[both] = self._comparer.compare(one, told[other])
        self._store.add_pairs(pair for pair in found.values() if pair.score >= KEEP)

    def _met(
        self,
        one: Testimony,
        keys: Iterable[str],
        under: Mapping[str, Sequence[str]],
        told: Mapping[str, Testimony],
    ) -> set[str]:
        """The testimonies that share a key with ``one`` that counts for both."""
        met: set[str] = set()
        for key in keys:
            if key[0] in LONE and not lone(key, one):
                met.update(other for other in under.get(key, ()) if lone(key, told[other]))
            else:
                met.update(under.get(key, ()))
        return met - {one.id}

    def _events(
        self, seeds: set[str], total: Linked, gone: Mapping[Testimony, str] | None = None
    ) -> None:
        """Cluster what the seeds are tied to, and keep the events that come of it.

        ``gone`` are withdrawn testimonies, each with the document that says otherwise: a later
        text, or its own read anew.
        """
        corrected = Corrected(self._store.corrections(), self._places)
        ids, pairs = self._component(seeds, corrected)
        before = self._store.events_of(ids)
        told = {one.id: one for one in self._store.testimonies(ids, TestimonyFilter())}
        groups = corrected.regrouped(cluster(told.values(), pairs))
        events = [
            corrected.event(self._assembled(tuple(told[id] for id in group))) for group in groups
        ]
        now = {member: event.id for event in events for member in event.members}
        kept = {event.id for event in events}
        heirs = now | self._inherited(gone or {}, told.values(), now)
        ended = _successors(before, heirs, kept)
        changes = self._store.put_events(events, ended, self._words(events))
        total.added += len(changes.added)
        total.changed += len(changes.changed)
        total.withdrawn += len(changes.withdrawn)

    def _inherited(
        self, gone: Mapping[Testimony, str], told: Iterable[Testimony], now: Mapping[str, str]
    ) -> dict[str, str]:
        """For testimonies that are gone: the event of what the later text tells in their place."""
        found, there = {}, list(told)
        for one, later in gone.items():
            scores = [
                (self._comparer.compare(one, other).score, other.id)
                for other in there
                if other.document == later
            ]
            score, nearest = max(scores, default=(LEAST_TIE, ""))
            if nearest and score >= LEAST_TIE:
                found[one.id] = now[nearest]
        return found

    def _assembled(self, members: tuple[Testimony, ...]) -> Event:
        """The event of ``members``; of many that are as they were, the one made of them before."""
        if len(members) < _MANY:
            return assemble(members, self._background)
        before = self._made.get(members[0].id)
        if before is not None and before[0] == members:
            return before[1]
        if len(self._made) >= _MOST_MADE:
            self._made.clear()
        event = assemble(members, self._background)
        self._made[members[0].id] = members, event
        return event

    def _component(self, seeds: set[str], corrected: Corrected) -> tuple[set[str], list[Pair]]:
        """All that likely pairs and corrections connect with the seeds, and those pairs."""
        seen: set[str] = set()
        waiting, found = set(seeds), dict[tuple[str, str], Pair]()
        while waiting:
            seen |= waiting
            met = corrected.tied(waiting)
            for pair in self._store.scores(waiting, LEAST_TIE):
                found[pair.a, pair.b] = pair
                met |= {pair.a, pair.b}
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


def _successors(before: dict[str, str], now: dict[str, str], kept: set[str]) -> dict[str, str]:
    """For each event that is no more: the one that holds most of its testimonies now, if any."""
    heirs: dict[str, Counter[str]] = {}
    for member, event in sorted(before.items()):
        if event not in kept:
            heirs.setdefault(event, Counter()).update([now[member]] if member in now else [])
    return {event: next((one for one, _ in n.most_common(1)), "") for event, n in heirs.items()}
