"""From pairs to events: average linkage, so that no chain of battles becomes one event."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sijill.link.features import APART_DAYS, STALE_DAYS
from sijill.link.pairs import probability
from sijill.link.profile import unsure
from sijill.testimony import Pair, Testimony

#: Two groups become one event where their members are this likely one event on average; pairs that
#: were not kept count as nought.
TOGETHER = 0.5
#: Two reports of one document are one event only from this likelihood on: the reader, who saw the
#: whole text, kept them apart.
SURE = 0.9
#: Pairs below this likelihood tie nothing together.
_TIE = 0.2
#: ... that is, below this score, in log-odds.
LEAST_TIE = math.log(_TIE / (1 - _TIE))


def cluster(testimonies: Iterable[Testimony], pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """The events among ``testimonies``: groups of ids, sorted; one that has no other stands alone.

    Takes any set that is closed under ``pairs``: a record that grows gives the component of what
    is new (see ``component``) and gets the same groups as from the whole. The order of what is
    given changes nothing.
    """
    by_id = {one.id: one for one in testimonies}
    ties: dict[tuple[str, str], float] = {}
    for pair in pairs:
        a, b = pair.a, pair.b
        if a in by_id and b in by_id and (likely := probability(pair)) >= _TIE:
            ties[(a, b) if a <= b else (b, a)] = likely
    groups: list[tuple[str, ...]] = []
    inside = _by_first(ties)
    for members in components(by_id, ties):
        own = {both: ties[both] for one in members for both in inside.get(one, ())}
        groups += _events(members, by_id, own)
    return sorted(groups)


def _by_first(ties: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Ties by the first of the two."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for both in ties:
        found[both[0]].append(both)
    return found


def tied(pair: Pair) -> bool:
    """Whether a pair is likely enough to bear on which events there are."""
    return probability(pair) >= _TIE


def component(seeds: Iterable[str], pairs: Mapping[str, Sequence[Pair]]) -> frozenset[str]:
    """Every testimony that a chain of tied pairs connects with ``seeds``.

    ``pairs`` gives the pairs of a testimony by its id.
    """
    found, waiting = set(seeds), list(seeds)
    while waiting:
        one = waiting.pop()
        for pair in pairs.get(one, ()):
            other = pair.b if pair.a == one else pair.a
            if other not in found and tied(pair):
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def components(ids: Iterable[str], ties: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
    """The sets that ``ties`` connect, each sorted, in the order of their first ids."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in ties:
        near[a].append(b)
        near[b].append(a)
    seen: set[str] = set()
    for start in sorted(ids):
        if start in seen:
            continue
        seen.add(start)
        found, waiting = [start], [start]
        while waiting:
            new = [other for other in near[waiting.pop()] if other not in seen]
            new = sorted(set(new))
            seen.update(new)
            found += new
            waiting += new
        yield sorted(found)


def _events(
    members: list[str], by_id: Mapping[str, Testimony], ties: Mapping[tuple[str, str], float]
) -> list[tuple[str, ...]]:
    """Join the likeliest two groups of a component until none is likely enough."""
    if len(members) == 1:
        return [(members[0],)]
    return _Joining(members, by_id, ties).run()


class _Joining:
    """Groups of one component while they are being joined; a group is named by its first id."""

    def __init__(
        self,
        members: list[str],
        by_id: Mapping[str, Testimony],
        ties: Mapping[tuple[str, str], float],
    ) -> None:
        self._ties = ties
        self._told = {one: {by_id[one].document: [one]} for one in members}
        self._groups = {one: [one] for one in members}
        self._span = {one: _span(by_id[one]) for one in members}
        self._sums: dict[str, dict[str, float]] = {one: {} for one in members}
        self._heap: list[tuple[float, str, str]] = []
        for (a, b), likely in ties.items():
            self._sums[a][b] = self._sums[b][a] = likely
            if round(likely, 9) >= TOGETHER:
                self._offer(a, b)

    def run(self) -> list[tuple[str, ...]]:
        """Join until nothing is likely enough."""
        while self._heap:
            cost, a, b = heapq.heappop(self._heap)
            if a in self._groups and b in self._groups and -cost == self._likely(a, b):
                self._join(a, b)
        return [tuple(sorted(group)) for group in self._groups.values()]

    def _join(self, a: str, b: str) -> None:
        """Make one group of two, with the name of the first, and offer it to its neighbours."""
        self._groups[a] += self._groups.pop(b)
        for document, told in self._told.pop(b).items():
            self._told[a].setdefault(document, []).extend(told)
        self._span[a] = _wider(self._span[a], self._span.pop(b))
        mine, its = self._sums[a], self._sums.pop(b)
        for other, total in its.items():
            del self._sums[other][b]
            if other != a:
                mine[other] = self._sums[other][a] = mine.get(other, 0.0) + total
        mine.pop(b, None)
        for other in mine:
            self._offer(a, other)

    def _offer(self, a: str, b: str) -> None:
        likely = self._likely(a, b)
        if likely >= TOGETHER and self._may(a, b):
            heapq.heappush(self._heap, (-likely, a, b) if a <= b else (-likely, b, a))

    def _likely(self, a: str, b: str) -> float:
        size = len(self._groups[a]) * len(self._groups[b])
        return round(self._sums[a].get(b, 0.0) / size, 9)

    def _may(self, a: str, b: str) -> bool:
        """Whether days and documents let two groups be one event."""
        (latest, earliest), (latest2, earliest2) = self._span[a], self._span[b]
        if max(latest, latest2) - min(earliest, earliest2) >= APART_DAYS:
            return False
        mine, its = self._told[a], self._told[b]
        if mine.keys().isdisjoint(its):
            return True
        return all(
            self._ties.get((min(x, y), max(x, y)), 0.0) >= SURE
            for document in mine.keys() & its.keys()
            for x in mine[document]
            for y in its[document]
        )


def _span(one: Testimony) -> tuple[float, float]:
    """The latest first day and the earliest last day, which for a group tell how far it spreads."""
    if one.time is None:
        return float("-inf"), float("inf")
    first, last = (date.fromisoformat(day).toordinal() for day in one.time)
    return float(first - STALE_DAYS if unsure(one) else first), float(last)


def _wider(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return max(a[0], b[0]), min(a[1], b[1])
