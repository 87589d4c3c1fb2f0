"""Testimonies: what each document tells, with what filters ask about kept beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store import schema
from sijill.store.answers import Changes, SaidFigure, TestimonyFilter
from sijill.store.asking import Question
from sijill.store.documents import Documents
from sijill.store.points import Points
from sijill.store.queries import Condition, testimony_conditions
from sijill.store.schema import documents, testimonies
from sijill.store.states import json, read_testimony
from sijill.store.transactions import AT_ONCE, delete, insert, update
from sijill.testimony import Testimony

#: What is read of a testimony: its body, and the family, which its document says.
TOLD = sa.select(testimonies.c.body, documents.c.family).join_from(testimonies, documents)

_OF_DOCUMENTS = Question(sa.select(testimonies.c.n), testimonies.c.document)
#: Tables that hang on a testimony's body and are written anew with it.
_SIDES = (
    schema.testimony_actors.c.testimony,
    schema.testimony_places.c.testimony,
    schema.figures.c.testimony,
    schema.keys.c.testimony,
    schema.pairs.c.a,
    schema.pairs.c.b,
)


class Testimonies(Documents, Points):
    """The testimonies of a record."""

    def add_testimonies(self, given: Sequence[Testimony], documents: Iterable[str] = ()) -> Changes:
        """Keep all that documents tell: these testimonies and no others.

        What a document told before and tells no more is withdrawn; name ``documents`` that tell
        nothing. What is as it was stays untouched. The ``family`` is not kept here: documents
        have one.

        Raises:
            RecordError: ``unknown-id`` where a document is not in the record.
        """
        given = list({one.id: one for one in given}.values())
        with self._writing() as connection:
            ids = dict.fromkeys([*(one.document for one in given), *documents])
            numbers = self._document_numbers(connection, ids)
            there = self._told(connection, numbers.values())
            fresh = {one.id: one for one in given if one.id not in there}
            self._insert_new(connection, list(fresh.values()), numbers)
            changed = [(there[one.id], one) for one in given if _differs(there.get(one.id), one)]
            self._change(connection, changed)
            named = {one.id for one in given}
            gone = [row for id, row in there.items() if id not in named and not row.withdrawn]
            self._withdraw(connection, gone)
        changed_ids = tuple(one.id for _, one in changed)
        return Changes(tuple(fresh), changed_ids, tuple(row.id for row in gone))

    def _document_numbers(self, connection: sa.Connection, ids: Iterable[str]) -> dict[str, int]:
        found = self._numbered(connection, documents, ids)
        for id in ids:
            if id not in found:
                raise RecordError(self.name, "unknown-id", f"no document {id}; add it first")
        return found

    def _told(self, connection: sa.Connection, numbers: Iterable[int]) -> dict[str, Any]:
        """The rows of all testimonies of documents, withdrawn ones too."""
        found = [n for (n,) in _OF_DOCUMENTS.rows(connection, numbers)]  # few or none, mostly
        rows = self._by_ids(connection, sa.select(testimonies), testimonies.c.n, found)
        return {row.id: row for row in rows}

    def _insert_new(
        self, connection: sa.Connection, fresh: Sequence[Testimony], numbers: Mapping[str, int]
    ) -> None:
        now = self.clock()
        new = list(zip(self._numbers(connection, testimonies, len(fresh)), fresh, strict=True))
        rows = [
            {"n": n, "id": one.id, "document": numbers[one.document], "version": 1, "since": now}
            | _columns(one)
            for n, one in new
        ]
        insert(connection, testimonies, rows)
        self._insert_sides(connection, new)

    def _change(self, connection: sa.Connection, changed: Sequence[tuple[Any, Testimony]]) -> None:
        """Keep the old states, and write the new ones in their place."""
        ended = [(row, "revived" if row.withdrawn else "changed", "") for row, _ in changed]
        self._keep(connection, "testimony", ended)
        now = self.clock()
        rows = [
            {"n": row.n, "version": row.version + 1, "since": now} | _columns(one)
            for row, one in changed
        ]
        for column in _SIDES:
            delete(connection, column, [row.n for row, _ in changed])
        update(connection, testimonies, rows)
        self._insert_sides(connection, [(row.n, one) for row, one in changed])

    def _insert_sides(
        self, connection: sa.Connection, new: Sequence[tuple[int, Testimony]]
    ) -> None:
        points = self._points(connection, [place for _, one in new for place in one.place])
        insert(connection, schema.testimony_actors, [row for pair in new for row in _actors(*pair)])
        insert(connection, schema.figures, [row for pair in new for row in _figures(*pair)])
        lies = {(n, points(place)): None for n, one in new for place in one.place}
        rows = [{"testimony": n, "place": point} for n, point in lies if point is not None]
        insert(connection, schema.testimony_places, rows)

    def testimonies(
        self, ids: Iterable[str] | None = None, where: TestimonyFilter | None = None
    ) -> Iterator[Testimony]:
        """Testimonies by id (also withdrawn ones) or, without ids, all that the filter lets pass.

        They come in the order in which they were first read.
        """
        asked = TOLD.order_by(testimonies.c.n)
        if ids is None:
            conditions = self._asked(where)
            yield from map(told, self._stream(asked.where(*conditions)))
            return
        if where:
            asked = asked.where(*self._asked(where))
        with self._reading() as connection:
            yield from map(told, self._by_ids(connection, asked, testimonies.c.id, ids))

    def withdrawn(self, of: Iterable[str]) -> Iterator[Testimony]:
        """What documents told once and tell no more.

        They are asked for by the numbers of documents: a plan that joins may read all of them.
        """
        asked, c = TOLD.where(testimonies.c.withdrawn.is_(True)), testimonies.c
        with self._reading() as connection:
            numbers = [n for _, n in self._numbers_of(connection, of)]
            for start in range(0, len(numbers), AT_ONCE):
                some = c.document.in_(numbers[start : start + AT_ONCE])
                yield from map(told, connection.execute(asked.where(some)).all())

    def _asked(self, where: TestimonyFilter | None) -> list[Condition]:
        return testimony_conditions(where or TestimonyFilter(), self.engine.dialect.name)

    def testimony(self, id: str) -> Testimony | None:
        """The testimony of an id, a withdrawn one too, or nothing."""
        return next(self.testimonies([id]), None)

    def count_testimonies(self, where: TestimonyFilter | None = None) -> int:
        """How many testimonies the filter lets pass."""
        conditions = self._asked(where)
        asked = sa.select(sa.func.count()).select_from(testimonies).where(*conditions)
        with self._reading() as connection:
            return connection.execute(asked).scalar_one()

    def figures(
        self, kinds: Collection[str] = (), where: TestimonyFilter | None = None
    ) -> Iterator[SaidFigure]:
        """Figures of the given kinds (or of all), each with who gives it, by day of saying."""
        where = where or TestimonyFilter()
        wanted = msgspec.structs.replace(where, figures=where.figures | frozenset(kinds))
        with_figures = testimonies.c.n.in_(sa.select(schema.figures.c.testimony))
        asked = TOLD.where(*self._asked(wanted), with_figures)
        ordered = asked.order_by(testimonies.c.said_on, testimonies.c.n)
        for one in map(told, self._stream(ordered)):
            yield from _said(one, wanted.figures)


def told(row: Any) -> Testimony:
    """A row of :data:`TOLD` as a testimony with its family."""
    one = read_testimony(row.body)
    return msgspec.structs.replace(one, family=row.family or one.document)


def _said(one: Testimony, kinds: Collection[str]) -> Iterator[SaidFigure]:
    speaker = (one.speaker.id or one.speaker.public or one.speaker.text) if one.speaker else ""
    for figure in one.figures:
        if not kinds or figure.kind in kinds:
            yield SaidFigure(one.id, one.outlet, speaker, one.said_on, one.time, figure, one.type)


def _body(one: Testimony) -> str:
    return json(msgspec.structs.replace(one, family=""))


def _differs(row: Any, one: Testimony) -> bool:
    return row is not None and (row.withdrawn or row.body != _body(one))


def _columns(one: Testimony) -> dict[str, Any]:
    first, last = one.time or (None, None)
    return {
        "type": one.type,
        "status": one.status,
        "outlet": one.outlet,
        "speaker": (one.speaker.id or "") if one.speaker else "",
        "said_on": one.said_on,
        "first_day": first,
        "last_day": last,
        "withdrawn": False,
        "superseded_by": "",
        "body": _body(one),
    }


def _actors(n: int, one: Testimony) -> Iterator[dict[str, Any]]:
    for role, actors in (("actor", one.actor), ("target", one.target)):
        for actor in dict.fromkeys(actors):
            yield {"testimony": n, "role": role, "actor": actor}


def _figures(n: int, one: Testimony) -> Iterator[dict[str, Any]]:
    for position, figure in enumerate(one.figures):
        yield {"testimony": n, "position": position, "kind": figure.kind, "of": figure.of}
