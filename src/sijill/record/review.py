"""The queue of reviews: what a person should decide, the most useful decision first.

How useful a decision is: how open the question is (1 where nothing speaks for either answer), times
``1 + log10(1 + dead)``, with the highest number of dead that anybody gives.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from sijill.link.cluster import TOGETHER
from sijill.record.corrections import in_force
from sijill.record.questions import Question, ask, question_id
from sijill.store.answers import Doubt, DoubtLimits
from sijill.store.record_store import Store
from sijill.testimony import Correction

#: From so many dead on, one witness's word is looked at.
MANY_DEAD = 20
#: From so many on, a number of dead is probably no toll of one event: a total, or misread.
IMPLAUSIBLE = 1_000
#: Pairs this likely or this unlikely are sure enough to be left alone.
_SURE = 0.7
LIMITS = DoubtLimits(MANY_DEAD, math.log(_SURE / (1 - _SURE)), 300)
#: How open a question of each kind is; that of a pair is worked out from its score.
_OPENNESS = {
    "dispute": 1.0,
    "day": 0.9,
    "place-ambiguous": 0.8,
    "toll": 0.5,
    "place-unknown": 0.3,
}
_IMPLAUSIBLE = 0.9


class Queue(msgspec.Struct, frozen=True):
    """What waits, the most useful first; ``more`` says that the record holds still more."""

    doubts: tuple[Doubt, ...]
    more: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the questions, in the queue's order."""
        return tuple(map(question_id, self.doubts))


class Review:
    """Asks a record what is open. The queue is worked out anew only when the record changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._doubts: tuple[tuple[int, ...], list[Doubt]] | None = None
        self._known: tuple[tuple[int, ...], Queue, dict[str, list[Correction]]] | None = None

    def queue(self) -> Queue:
        """What waits for a decision now."""
        return self._now()[0]

    def question(self, ident: str) -> Question | None:
        """A question of the queue by its id, or nothing where it waits no more."""
        queue, answered = self._now()
        for doubt in queue.doubts:
            if question_id(doubt) == ident:
                return ask(self._store, doubt, answered.get(doubt.event, ()))
        return None

    def _now(self) -> tuple[Queue, dict[str, list[Correction]]]:
        stamp, known = self._store.stamp(), self._known
        if known is None or known[0] != stamp:
            known = self._known = (stamp, *self._worked_out(self._found(stamp[:-1])))
        return known[1:]

    def _found(self, stamp: tuple[int, ...]) -> list[Doubt]:
        """The doubts, answered or not: to confirm something changes no event, and none of them."""
        found = self._doubts
        if found is None or found[0] != stamp:
            found = self._doubts = stamp, self._store.doubts(LIMITS)
        return found[1]

    def _worked_out(self, doubts: list[Doubt]) -> tuple[Queue, dict[str, list[Correction]]]:
        force = in_force(self._store.corrections())
        answered: dict[str, list[Correction]] = defaultdict(list)
        for one in force:
            answered[one.target].append(one)
        waiting = _Regrouped(self._store, force).open(doubts)
        left = [one for one in waiting if self._asks(one, answered.get(one.event, ()))]
        left.sort(key=lambda one: (-usefulness(one), one.kind, one.event, one.other))
        return Queue(tuple(left), _full(doubts)), answered

    def _asks(self, doubt: Doubt, answered: Iterable[Correction]) -> bool:
        """Whether the doubt is still a question; only corrected events are looked at."""
        corrections = tuple(answered)
        return not corrections or ask(self._store, doubt, corrections) is not None


def usefulness(doubt: Doubt) -> float:
    """How much a decision is expected to be worth; see above."""
    return openness(doubt) * (1 + math.log10(1 + doubt.killed))


def openness(doubt: Doubt) -> float:
    """How open the question is, 0 to 1; of a pair, 1 at the threshold of linking."""
    if doubt.kind == "toll" and doubt.killed >= IMPLAUSIBLE:
        return _IMPLAUSIBLE
    if not doubt.pair:
        return _OPENNESS[doubt.kind]
    likely = 1 / (1 + math.exp(-doubt.score))
    return 1 - abs(likely - TOGETHER) / TOGETHER


def _full(doubts: Iterable[Doubt]) -> bool:
    """Whether a kind came up so often that some of it was left out."""
    counts: dict[str, int] = defaultdict(int)
    for one in doubts:
        counts["pair" if one.pair else one.kind] += 1
    return any(count >= LIMITS.most for count in counts.values())


class _Regrouped:
    """Pairs that a merge or a split has decided."""

    def __init__(self, store: Store, force: Iterable[Correction]) -> None:
        named = [(one.kind, set(one.value.split())) for one in force]
        merged = {ident for kind, idents in named if kind == "merge" for ident in idents}
        self._events = set(store.events_of(merged).values())
        self._splits = [idents for kind, idents in named if kind == "split"]

    def open(self, doubts: Iterable[Doubt]) -> list[Doubt]:
        """The doubts without those that were decided so."""
        return [one for one in doubts if not (one.pair and self._decided(one))]

    def _decided(self, doubt: Doubt) -> bool:
        if doubt.kind == "pair-together":
            return doubt.event in self._events
        return any(len(part & set(doubt.pair)) == 1 for part in self._splits)
