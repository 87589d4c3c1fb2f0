"""From pairs to events: average linkage, so that no chain of battles becomes one event."""

from __future__ import annotations

import heapq
import math
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sijill.link.features import APART_DAYS, STALE_DAYS
from sijill.link.pairs import likelihood
from sijill.model import Days
from sijill.testimony import Pair, Testimony

#: Two groups become one event where their members are this likely one event on average; pairs that
#: were not kept count as nought.
TOGETHER = 0.5
#: Two reports of one document are one event only from this likelihood on: the reader, who saw the
#: whole text, kept them apart.
SURE = 0.9
#: Pairs below this likelihood count as nought too.
_TIE = 0.2
#: Averages are rounded to so many digits, so that the order of summing changes nothing.
_DIGITS = 9
#: The least score (log-odds) of a pair that counts.
LEAST_TIE = math.log(_TIE / (1 - _TIE))
#: The least score of a pair across which groups can become one: no average is above its largest
#: pair. A little lower, because averages are rounded.
LEAST_BRIDGE = math.log(TOGETHER / (1 - TOGETHER)) - 1e-6


class Member(NamedTuple):
    """What grouping needs of a testimony: its document, and how far its days may spread.

    ``latest`` is its first day as an ordinal, ``earliest`` its last one: of a group the latest
    first day and the earliest last day are kept. Without days they are infinite.
    """

    document: Hashable
    latest: float
    earliest: float


def member(document: Hashable, time: Days | None, said_on: str | None) -> Member:
    """A testimony of ``document`` that tells of ``time`` and was said on a day."""
    if time is None:
        return Member(document, float("-inf"), float("inf"))
    first, last = map(_ordinal, time)
    unsure = time == (said_on, said_on)
    return Member(document, first - STALE_DAYS if unsure else first, last)


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> float:
    return float(date.fromisoformat(day).toordinal())


def cluster(testimonies: Iterable[Testimony], pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """The events among ``testimonies``: groups of ids, sorted; one that has no other stands alone.

    The order of what is given changes nothing; see :func:`join`.
    """
    told = sorted({one.id: one for one in testimonies}.values(), key=lambda one: one.id)
    at = {one.id: place for place, one in enumerate(told)}
    members = [member(one.document, one.time, one.said_on) for one in told]
    ties = {(at[p.a], at[p.b]): p.score for p in pairs if p.a in at and p.b in at}
    found = join(members, ((a, b, score) for (a, b), score in ties.items()))
    return [tuple(told[place].id for place in group) for group in found]


def join(
    members: Sequence[Member], ties: Iterable[tuple[int, int, float]]
) -> list[tuple[int, ...]]:
    """The groups that members make, named by their places; sorted, each member in one group.

    ``ties`` are pairs of places with their score, each pair once. Takes any set that is closed
    under pairs from ``LEAST_BRIDGE`` on: a record that grows gives what such pairs connect with
    what is new, and gets the same groups as from the whole. Of equals the first are joined first:
    give members in the order of their ids.
    """
    joining = _Joining(members)
    likely: dict[float, float] = {}  # scores have few digits: many pairs share one number
    for a, b, score in ties:
        if score >= LEAST_TIE:
            if score not in likely:
                likely[score] = likelihood(score)
            joining.tie(a, b, likely[score])
    return sorted(joining.run())


class _Joining:
    """Groups while they are being joined; a group is named by one of its members."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._groups = [[place] for place in range(len(members))]  # empty where joined to another
        self._latest = [one.latest for one in members]
        self._earliest = [one.earliest for one in members]
        self._told: dict[int, dict[Hashable, list[int]]] = {}  # by document, of groups of several
        self._sums: dict[int, dict[int, float]] = {}
        self._sure: set[tuple[int, int]] = set()
        self._heap: list[tuple[float, int, int]] = []

    def tie(self, a: int, b: int, likely: float) -> None:
        """Say how likely two members are one event.

        Where days or a document keep them apart, they are in no group together: it bears on none.
        """
        if likely >= SURE and self._members[a].document == self._members[b].document:
            self._sure.add((min(a, b), max(a, b)))
        if self._may(a, b):
            self._sums.setdefault(a, {})[b] = self._sums.setdefault(b, {})[a] = likely

    def run(self) -> list[tuple[int, ...]]:
        """Join the likeliest two groups until none is likely enough."""
        for a, its in self._sums.items():
            for b, likely in its.items():
                if a < b and (rounded := round(likely, _DIGITS)) >= TOGETHER:
                    self._heap.append((-rounded, a, b))
        heapq.heapify(self._heap)
        while self._heap:
            cost, a, b = heapq.heappop(self._heap)
            there = self._groups[a] and self._groups[b]
            if there and -cost == self._likely(a, b) and self._may(a, b):
                self._join(a, b)
        return [tuple(sorted(group)) for group in self._groups if group]

    def _join(self, a: int, b: int) -> None:
        """Make one group of two, with the name of the first, and offer it to its neighbours."""
        mine = self._by_document(a)
        for document, told in self._by_document(b).items():
            mine.setdefault(document, []).extend(told)
        self._told[a] = mine
        self._told.pop(b, None)
        self._latest[a] = max(self._latest[a], self._latest[b])
        self._earliest[a] = min(self._earliest[a], self._earliest[b])
        self._groups[a] += self._groups[b]
        self._groups[b] = []
        self._add_sums(a, b)
        for other in self._sums[a]:
            self._offer(a, other)

    def _add_sums(self, a: int, b: int) -> None:
        """Let what ties the second group to its neighbours tie the first."""
        mine, its = self._sums[a], self._sums.pop(b)
        for other, total in its.items():
            del self._sums[other][b]
            if other != a:
                mine[other] = self._sums[other][a] = mine.get(other, 0.0) + total
        mine.pop(b, None)

    def _offer(self, a: int, b: int) -> None:
        likely = self._likely(a, b)
        if likely >= TOGETHER and self._may(a, b):
            heapq.heappush(self._heap, (-likely, a, b) if a <= b else (-likely, b, a))

    def _likely(self, a: int, b: int) -> float:
        size = len(self._groups[a]) * len(self._groups[b])
        return round(self._sums[a].get(b, 0.0) / size, _DIGITS)

    def _may(self, a: int, b: int) -> bool:
        """Whether days and documents let two groups be one event."""
        latest = max(self._latest[a], self._latest[b])
        if latest - min(self._earliest[a], self._earliest[b]) >= APART_DAYS:
            return False
        if a not in self._told and b not in self._told:
            apart = self._members[a].document != self._members[b].document
            return apart or (min(a, b), max(a, b)) in self._sure
        mine, its = self._by_document(a), self._by_document(b)
        return mine.keys().isdisjoint(its) or all(
            (min(x, y), max(x, y)) in self._sure
            for document in mine.keys() & its.keys()
            for x in mine[document]
            for y in its[document]
        )

    def _by_document(self, group: int) -> dict[Hashable, list[int]]:
        """The members of a group by document."""
        return self._told.get(group) or {self._members[group].document: [group]}
