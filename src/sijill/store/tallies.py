"""Counts over a whole record, made by the database: outlets, actors, pairs, lists of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.issues import Issue
from sijill.store.answers import ActorTally, DocumentLine, EventFilter, OutletTally, PairTally
from sijill.store.queries import event_conditions, event_order
from sijill.store.schema import (
    control_series,
    corrections,
    documents,
    event_actors,
    events,
    history,
    linked,
    members,
    testimonies,
)
from sijill.store.transactions import Transactions

_read_issues = msgspec.json.Decoder(tuple[Issue, ...]).decode
#: Whatever is written to a record makes one of these greater.
_MARKS = (
    documents.c.n,
    testimonies.c.n,
    events.c.n,
    history.c.n,
    corrections.c.n,
    linked.c.document,
    control_series.c.since,
)
_d, _t = documents.c, testimonies.c


class Tallies(Transactions):
    """Counts of a record."""

    def marks(self) -> tuple[Any, ...]:
        """What is another as soon as anything is written: to keep what was worked out before."""
        return self._greatest(_MARKS)

    def days(self) -> tuple[str, str] | None:
        """The first and the last day on which a document was written; nothing without any."""
        with self._reading() as connection:
            first, last = connection.execute(
                sa.select(sa.func.min(_d.day), sa.func.max(_d.day))
            ).one()
        return (first, last) if first else None

    def tally_outlets(self) -> list[OutletTally]:
        """Every outlet with its documents, reports, copies and how often it was first.

        The outlets with the most documents come first. Superseded documents and withdrawn reports
        do not count.
        """
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for asked in (_articles(), _reports(), _copies(), _first()):
            for row in self._stream(asked):
                values = dict(row._mapping)
                found[values.pop("outlet")].update(values)
        tallies = [OutletTally(outlet, **values) for outlet, values in found.items()]
        return sorted(tallies, key=lambda one: (-one.documents, one.outlet))

    def tally_actors(self, where: EventFilter | None = None) -> list[ActorTally]:
        """In how many events of which type each actor acts or is acted upon."""
        c = event_actors.c
        asked = (
            sa.select(c.actor, c.role, events.c.type, sa.func.count())
            .join_from(event_actors, events, c.event == events.c.n)
            .where(*self._events(where))
            .group_by(c.actor, c.role, events.c.type)
        )
        return [ActorTally(*row) for row in self._stream(asked)]

    def tally_pairs(self, where: EventFilter | None = None) -> list[PairTally]:
        """Who acts upon whom, and who acts together with whom, in how many events of which type.

        Two who act together come once, in the order of their ids.
        """
        a, b = event_actors.alias(), event_actors.alias()
        together = (b.c.role == "actor").label("together")
        asked = (
            sa.select(a.c.actor, b.c.actor, events.c.type, sa.func.count(), together)
            .join_from(a, b, a.c.event == b.c.event)
            .join(events, events.c.n == a.c.event)
            .where(a.c.role == "actor", (b.c.role == "target") | (a.c.actor < b.c.actor))
            .where(*self._events(where))
            .group_by(a.c.actor, b.c.actor, events.c.type, together)
        )
        return [
            PairTally(actor, target, type_, count, bool(with_))
            for actor, target, type_, count, with_ in self._stream(asked)
        ]

    def pair_events(
        self, actor: str, target: str, where: EventFilter | None = None, *, together: bool = False
    ) -> list[str]:
        """The ids of the events in which one acts upon another, or both act ``together``.

        They come by day; limit and offset are those of the filter.
        """
        where = where or EventFilter()
        a, b = event_actors.alias(), event_actors.alias()
        asked = (
            sa.select(events.c.id)
            .join_from(events, a, a.c.event == events.c.n)
            .join(b, b.c.event == events.c.n)
            .where(a.c.role == "actor", a.c.actor == actor, b.c.actor == target)
            .where(b.c.role == ("actor" if together else "target"), *self._events(where))
            .order_by(*event_order(where))
            .limit(where.limit)
            .offset(where.offset or None)
        )
        return [row.id for row in self._stream(asked)]

    def telling_documents(self) -> list[str]:
        """The ids of documents with reports that are nobody's copy, in the order of reading."""
        tells = sa.exists().where(_t.document == _d.n, _t.withdrawn.is_(False))
        own = (_d.family == "") | (_d.family == _d.id)
        asked = sa.select(_d.id).where(_d.superseded_by.is_(None), own, tells).order_by(_d.n)
        return [row.id for row in self._stream(asked)]

    def _events(self, where: EventFilter | None) -> list[Any]:
        return list(event_conditions(where or EventFilter(), self.engine.dialect.name))

    def document_lines(
        self,
        outlet: str | None = None,
        days: tuple[str, str] | None = None,
        *,
        issues: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> list[DocumentLine]:
        """Documents without their texts, the newest first, superseded ones last of their day.

        ``outlet`` takes those of one, ``days`` those written from a day to a day, and ``issues``
        those in which something was not understood.
        """
        count = sa.select(sa.func.count()).where(_t.document == _d.n, _t.withdrawn.is_(False))
        columns = (_d.id, _d.name, _d.title, _d.outlet, _d.agency, _d.day, _d.family)
        asked = (
            sa.select(
                *columns, _d.superseded_by, count.scalar_subquery().label("reports"), _d.issues
            )
            .where(*_lines(outlet, days, issues))
            .order_by(_d.day.desc().nulls_last(), _d.superseded_by.isnot(None), _d.n)
            .limit(limit)
            .offset(offset)
        )
        return [_line(row) for row in self._stream(asked)]

    def issues(self) -> Iterator[Issue]:
        """What was not understood in the documents that are kept, in the order of reading."""
        asked = sa.select(_d.issues).where(_d.issues != "[]").order_by(_d.n)
        for row in self._stream(asked):
            yield from _read_issues(row.issues)

    def count_documents(
        self,
        outlet: str | None = None,
        days: tuple[str, str] | None = None,
        *,
        issues: bool = False,
    ) -> int:
        """How many documents :meth:`document_lines` would give without a limit."""
        asked = sa.select(sa.func.count(_d.n)).where(*_lines(outlet, days, issues))
        with self._reading() as connection:
            return connection.execute(asked).scalar_one()


def _line(row: Any) -> DocumentLine:
    values = dict(row._mapping)
    return DocumentLine(**values | {"issues": _read_issues(values["issues"])})


def _lines(outlet: str | None, days: tuple[str, str] | None, issues: bool) -> list[Any]:
    found: list[Any] = [] if outlet is None else [_d.outlet == outlet]
    found += [_d.day.between(*days)] if days else []
    return found + ([_d.issues != "[]"] if issues else [])


def _articles() -> sa.Select[Any]:
    return (
        sa.select(
            _d.outlet,
            sa.func.count().label("documents"),
            sa.func.min(_d.day).label("first_day"),
            sa.func.max(_d.day).label("last_day"),
        )
        .where(_d.superseded_by.is_(None))
        .group_by(_d.outlet)
    )


def _reports() -> sa.Select[Any]:
    counted = sa.func.count().label("reports")
    return sa.select(_t.outlet, counted).where(_t.withdrawn.is_(False)).group_by(_t.outlet)


def _copies() -> sa.Select[Any]:
    return (
        sa.select(_d.outlet, sa.func.count().label("copies"))
        .where(_d.superseded_by.is_(None), _d.family != "", _d.family != _d.id)
        .group_by(_d.outlet)
    )


def _first() -> sa.Select[Any]:
    """By outlet, the events of several outlets that it alone told of on the earliest day."""
    e, m = events.c, members.c
    days = (
        sa.select(m.event, _t.outlet, sa.func.min(_t.said_on).label("day"))
        .join_from(members, events, e.n == m.event)
        .join(testimonies, _t.n == m.testimony)
        .where(e.withdrawn.is_(False), e.outlets > 1, _t.said_on.isnot(None))
        .group_by(m.event, _t.outlet)
        .subquery()
    )
    order = sa.func.rank().over(partition_by=days.c.event, order_by=days.c.day).label("place")
    ranked = sa.select(days.c.event, days.c.outlet, order).subquery()
    alone = (
        sa.select(ranked.c.event, sa.func.min(ranked.c.outlet).label("outlet"))
        .where(ranked.c.place == 1)
        .group_by(ranked.c.event)
        .having(sa.func.count() == 1)
        .subquery()
    )
    counted = sa.func.count().label("first")
    return sa.select(alone.c.outlet, counted).group_by(alone.c.outlet)
