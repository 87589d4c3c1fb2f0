"""Puts testimonies into events: all that waits, with whatever it is tied to.

What is tied to each other may be a good part of a record: it is grouped as numbers, and its
testimonies are read a few groups at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.background import Background, load_background
from sijill.link.cluster import LEAST_BRIDGE, LEAST_TIE, join, member
from sijill.link.events import assemble
from sijill.link.pairs import Comparer
from sijill.record.corrections import Corrected
from sijill.record.linking import Linked, told_in
from sijill.store.asking import chunks
from sijill.store.grouping import Standing, Waits
from sijill.store.record_store import Store
from sijill.testimony import Event, Testimony

#: Testimonies put into events in one transaction, with all that they are tied to.
_AT_ONCE = 500
#: Testimonies of whole groups that are in memory at a time, and events that end.
_IN_MEMORY = 1_000

#: A group of testimonies by their ids.
Group = tuple[str, ...]


class Assembler:
    """Puts testimonies of a store into events."""

    def __init__(
        self, store: Store, places: dict[str, PlaceRow], background: Background | None = None
    ) -> None:
        self._store = store
        self._places = places
        self._background = background or load_background()
        self._comparer = Comparer(places)

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
        something waits, as it does after a run that was cut off. It is called if anything waits,
        or ``always``. ``done`` is told before the first step and after each how many of all are in
        order.
        """
        whole = left = self._store.count_awaiting()
        places, ended = set[str](), not whole and not always
        if not ended:
            done(0, whole)
        while not ended:
            with self._store.batch():
                settled = self._settle(self._store.awaiting(_AT_ONCE), total)
                places |= self._store.places_of(settled)
                left = max(0, left - len(settled))
                ended = not self._store.awaiting(1)
                if ended:
                    last(places)
            done(whole - left, whole)

    def refresh(self, testimonies: Iterable[str]) -> Linked:
        """Assemble anew the events that the testimonies and whatever they are tied to make."""
        total = Linked()
        with self._store.batch():
            self._events(self._store.testimony_numbers(testimonies), total)
        return total

    def _settle(self, some: Sequence[Waits], total: Linked) -> list[int]:
        """Put into events what waits; gives all that waited and is in order now."""
        gone = {one.id: one.instead for one in some if one.instead}
        seeds = {one.number for one in some}
        return self._store.settle(seeds | self._events(seeds, total, gone))

    def _events(
        self, seeds: set[int], total: Linked, gone: Mapping[str, str] | None = None
    ) -> set[int]:
        """Group what the seeds are tied to, and keep the events that come of it.

        ``gone`` are withdrawn testimonies, each with the document that says otherwise: a later
        text, or its own read anew. Gives the testimonies that were put in order and stand.
        """
        gone = gone or {}
        corrected = Corrected(self._store.corrections(), self._places)
        instead = list(told_in(self._store, gone.values()))
        starts = seeds | self._store.testimony_numbers(one.id for one in instead)
        there = self._store.standing(self._reach(starts, corrected))
        fresh = {one.id for one in there if one.number in seeds}
        before = self._store.events_of([*(one.id for one in there), *gone])
        groups = corrected.regrouped(self._groups(there))
        now = self._unchanged(groups, fresh, before)
        for some in _portions(group for group in groups if group[0] not in now):
            now |= self._put(some, corrected, total)
        inherited = self._inherited(gone, instead, now)
        ended = _successors(before, now | inherited, set(now.values()))
        for names in chunks(ended, _IN_MEMORY):
            changes = self._store.put_events((), {one: ended[one] for one in names})
            total.withdrawn += len(changes.withdrawn)
        return {one.number for one in there}

    def _reach(self, seeds: set[int], corrected: Corrected) -> set[int]:
        """All that likely pairs, the events of today and corrections connect with the seeds.

        What was changed may have lost the pairs that tied its event together.
        """
        merges = [self._store.testimony_numbers(one) for one in corrected.merges]
        seen, waiting = set[int](), set(seeds)
        while waiting:
            seen |= waiting
            met = self._store.tied(waiting, LEAST_BRIDGE) | self._store.fellows(waiting)
            met.update(*(one for one in merges if not one.isdisjoint(waiting)))
            waiting = met - seen
        return seen

    def _groups(self, there: Sequence[Standing]) -> list[Group]:
        """The groups that testimonies, sorted by id, make by their pairs alone."""
        at = {one.number: place for place, one in enumerate(there)}
        scores = self._store.scores(at.keys(), LEAST_TIE)
        ties = ((at[a], at[b], score) for a, b, score in scores)
        found = join([member(one.document, one.time, one.said_on) for one in there], ties)
        return [tuple(there[place].id for place in group) for group in found]

    def _unchanged(
        self, groups: Iterable[Group], fresh: set[str], before: Mapping[str, str]
    ) -> dict[str, str]:
        """The testimonies of groups that make the event they made before, each with that event.

        Most of what new testimonies are tied to stays as it is, and need not be assembled.
        """
        sizes = self._store.sizes(before.values())
        stay: dict[str, str] = {}
        for group in groups:
            event = before.get(group[0], "")
            same = event and sizes[event] == len(group) and fresh.isdisjoint(group)
            if same and all(before.get(one) == event for one in group):
                stay.update(dict.fromkeys(group, event))
        return stay

    def _put(self, groups: Sequence[Group], corrected: Corrected, total: Linked) -> dict[str, str]:
        """Keep the events of groups; gives the testimonies, each with its event."""
        members = (id for group in groups for id in group)
        told = {one.id: one for one in self._store.testimonies(members)}
        events = [
            corrected.event(assemble([told[id] for id in group], self._background))
            for group in groups
        ]
        changes = self._store.put_events(events, words=self._words(events))
        total.added += len(changes.added)
        total.changed += len(changes.changed)
        return {id: event.id for event in events for id in event.members}

    def _inherited(
        self, gone: Mapping[str, str], instead: Iterable[Testimony], now: Mapping[str, str]
    ) -> dict[str, str]:
        """For testimonies that are gone: the event of what the later text tells in their place."""
        found, there = {}, list(instead)
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


def _portions(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """Groups in their order, as many as can be in memory at a time; one alone may be larger."""
    some: list[Group] = []
    size = 0
    for group in groups:
        if some and size + len(group) > _IN_MEMORY:
            yield some
            some, size = [], 0
        some.append(group)
        size += len(group)
    if some:
        yield some


def _successors(before: dict[str, str], now: dict[str, str], kept: set[str]) -> dict[str, str]:
    """For each event that is no more: the one that holds most of its testimonies now, if any."""
    heirs: dict[str, Counter[str]] = {}
    for id, event in sorted(before.items()):
        if event not in kept:
            heirs.setdefault(event, Counter()).update([now[id]] if id in now else [])
    return {event: next((one for one, _ in n.most_common(1)), "") for event, n in heirs.items()}
