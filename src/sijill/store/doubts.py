"""What in a record is open to doubt: events and pairs that a person should look at, by SQL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import sqlalchemy as sa

from sijill.store import schema
from sijill.store.answers import Doubt, DoubtLimits
from sijill.store.schema import event_bodies, events, members, pairs, testimonies
from sijill.store.transactions import Transactions

#: Pairs that are looked at for each that is wanted: many are of two events that came up before.
_PAIRS = 4
#: How a place that is no point says so in the body of its event; nothing else has these values.
_OPEN_PLACES = (
    ("place-ambiguous", '%"status":"ambiguous"%'),
    ("place-unknown", '%"status":"unknown"%'),
)
#: How the body of an event has a dispute about numbers, which leaves its standing as it is.
_COUNTED = '%"field":"how_many"%'


class Doubts(Transactions):
    """The doubts of a record, for the queue of reviews."""

    def stamp(self) -> tuple[int, ...]:
        """Numbers that stay as they are for as long as documents, events and corrections do.

        The last one is that of the corrections.
        """
        tables = (schema.documents, events, schema.history, schema.corrections)
        return tuple(number or 0 for number in self._greatest(table.c.n for table in tables))

    def doubts(self, limits: DoubtLimits) -> list[Doubt]:
        """What is open to doubt: of each kind at most ``limits.most``, those with most dead first.

        Pairs come nearest to the threshold first, each two events once.
        """
        return [*chain.from_iterable(self._of_events(limits)), *self._near(limits)]

    def _of_events(self, limits: DoubtLimits) -> Iterator[Iterator[Doubt]]:
        c = events.c
        live = sa.select(c.id, c.killed_high).where(c.withdrawn.is_(False))
        told = live.where(c.status.in_(("occurred", "ongoing")))
        many = (c.standing == "single") & (c.killed_high >= limits.many_dead)
        whole = live.join_from(events, event_bodies)
        counted = whole.where(event_bodies.c.body.like(_COUNTED), c.standing != "disputed")
        yield self._doubts("dispute", live.where(c.standing == "disputed"), limits)
        yield self._doubts("dispute", counted, limits)
        yield self._doubts("toll", told.where(many, c.type != "estimate"), limits)
        early = (c.first_day > c.first_said) & (c.status == "occurred")
        yield self._doubts("day", live.where(early), limits)
        placeless = whole.where(c.place.is_(None))
        for kind, pattern in _OPEN_PLACES:
            yield self._doubts(kind, placeless.where(event_bodies.c.body.like(pattern)), limits)

    def _doubts(self, kind: str, asked: sa.Select[Any], limits: DoubtLimits) -> Iterator[Doubt]:
        order = (events.c.killed_high.desc().nulls_last(), events.c.id)
        for row in self._stream(asked.order_by(*order).limit(limits.most)):
            yield Doubt(kind, row.id, row.killed_high or 0)

    def _near(self, limits: DoubtLimits) -> list[Doubt]:
        """Pairs near the threshold: ``pair-together`` in one event, ``pair-apart`` in two."""
        c = pairs.c
        near = sa.select(c.a, c.b, c.score).where(c.score.between(-limits.score, limits.score))
        asked = near.order_by(sa.func.abs(c.score), c.a, c.b).limit(limits.most * _PAIRS)
        rows = list(self._stream(asked))
        there = self._in_events({row.a for row in rows} | {row.b for row in rows})
        found: dict[frozenset[str], Doubt] = {}
        for row in rows:
            if row.a in there and row.b in there:
                doubt = _of_pair(there[row.a], there[row.b], row.score)
                found.setdefault(frozenset((doubt.event, doubt.other or doubt.event)), doubt)
        return list(found.values())[: limits.most]

    def _in_events(self, numbers: set[int]) -> dict[int, Any]:
        """The event of each testimony that has one now, by the testimony's number."""
        t = testimonies.c
        asked = (
            sa.select(t.n, t.id, events.c.id.label("event"), events.c.killed_high)
            .select_from(members.join(events).join(testimonies))
            .where(events.c.withdrawn.is_(False))
        )
        inside = members.c.testimony.in_(sorted(numbers))
        return {row.n: row for row in self._stream(asked.where(inside))}


def _of_pair(a: Any, b: Any, score: float) -> Doubt:
    apart = a.event != b.event
    kind, other = ("pair-apart", b.event) if apart else ("pair-together", "")
    killed = max(a.killed_high or 0, b.killed_high or 0)
    return Doubt(kind, a.event, killed, other, (a.id, b.id), score)
