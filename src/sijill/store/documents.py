"""Documents as they were read, each once, and the later texts that supersede them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.issues import Issue
from sijill.store.answers import Added, Coverage, Document, Kept
from sijill.store.asking import Question
from sijill.store.schema import documents, linked, testimonies
from sijill.store.states import States, json
from sijill.store.transactions import delete, insert, update

_read_issues = msgspec.json.Decoder(tuple[Issue, ...]).decode
_C, _OLD = documents.c, documents.alias()
_KEPT = Question(sa.select(_C.id, _C.source, _C.stated_outlet, _C.superseded_by), _C.id)
_NEWEST = Question(
    sa.select(_C.id, _C.name, _C.url, _C.source).where(_C.superseded_by.is_(None)), _C.name
)
_SUPERSEDED = Question(
    sa.select(_OLD.c.id, documents.c.id)
    .join_from(documents, _OLD, _OLD.c.name == documents.c.name)
    .where(_OLD.c.superseded_by == documents.c.id),
    documents.c.id,
)
_COLUMNS = [c for c in documents.columns if c.name != "n"]
#: What reading again may change of a document; the rest is what was read.
_FOUND = (
    *("title", "outlet", "agency", "source", "line", "published", "day", "basis"),
    *("read_at", "program", "issues", "extra", "stated_outlet"),
)


class Documents(States):
    """The documents of a record."""

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that the record has."""
        with self._reading() as connection:
            return set(self._numbered(connection, documents, ids))

    def kept(self, ids: Collection[str]) -> dict[str, Kept]:
        """Of those of the ids that the record has: where they came from, and how they stand."""
        with self._reading() as connection:
            rows = _KEPT.rows(connection, ids)
            return {id: Kept(source, stated, gone is not None) for id, source, stated, gone in rows}

    def read_by_others(self, program: str) -> dict[str, str]:
        """The documents that another program than ``program`` read, each with its source.

        They come in the order of reading; texts that later ones supersede are left out.
        """
        c = documents.c
        asked = sa.select(c.id, c.source).where(c.superseded_by.is_(None), c.program != program)
        return dict(map(tuple, self._stream(asked.order_by(c.n))))

    def sources(self) -> list[str]:
        """Every file and address that documents were read from, sorted."""
        asked = sa.select(documents.c.source).distinct().order_by(documents.c.source)
        return [row.source for row in self._stream(asked)]

    def count_read_by_others(self, program: str) -> int:
        """How many documents :meth:`read_by_others` gives."""
        c = documents.c
        asked = sa.select(sa.func.count()).where(c.superseded_by.is_(None), c.program != program)
        with self._reading() as connection:
            return connection.execute(asked.select_from(documents)).scalar_one()

    def add_document(self, document: Document) -> Added:
        """Keep one document; see :meth:`add_documents`."""
        return self.add_documents([document])[0]

    def add_documents(self, given: Sequence[Document]) -> list[Added]:
        """Keep documents as read, and say of each whether it is new.

        One that the record has is left alone, unless a later text superseded it: then it is the
        newest again. One with the name and the address (or, without an address, the source) of
        another supersedes that other, whose testimonies are withdrawn.
        """
        with self._writing() as connection:
            kept = self.kept([one.id for one in given])
            back = {id for id, one in kept.items() if one.superseded}
            newest = {one.id: one for one in given if one.id not in kept or one.id in back}
            superseded = _superseded(newest.values(), self._older(connection, newest.values()))
            self._insert(connection, [one for id, one in newest.items() if id not in back])
            self._bring_back(connection, [one for id, one in newest.items() if id in back])
            self._supersede(connection, {old: new for new, old in superseded.items()})
        return [
            Added(one.id, one.id not in kept, superseded.get(one.id), one.id in back)
            for one in given
        ]

    def renew_documents(self, given: Sequence[Document], anew: Collection[str]) -> None:
        """Keep what another reading of documents found; those in ``anew`` wait to be linked.

        Their texts, names and addresses stay.
        """
        with self._writing() as connection:
            self._renew(connection, given, {})
            self._unlink(connection, anew)

    def _bring_back(self, connection: sa.Connection, given: Sequence[Document]) -> None:
        """Make texts that others superseded the newest again, as read now, and to be linked."""
        self._renew(connection, given, {"superseded_by": None})
        self._unlink(connection, [one.id for one in given])

    def _renew(
        self, connection: sa.Connection, given: Sequence[Document], more: dict[str, Any]
    ) -> None:
        rows, now = {one.id: self._row(one, 0, self.clock()) for one in given}, []
        for id, n in self._numbers_of(connection, rows):
            now.append({"n": n} | {name: rows[id][name] for name in _FOUND} | more)
        update(connection, documents, now)

    def _unlink(self, connection: sa.Connection, ids: Iterable[str]) -> None:
        numbers = [n for _, n in self._numbers_of(connection, ids)]
        delete(connection, linked.c.document, numbers)

    def _numbers_of(self, connection: sa.Connection, ids: Iterable[str]) -> list[tuple[str, int]]:
        return list(self._numbered(connection, documents, ids).items())

    def _older(
        self, connection: sa.Connection, fresh: Collection[Document]
    ) -> dict[tuple[str, str], str]:
        """The ids of the newest texts so far, by name and address."""
        rows = _NEWEST.rows(connection, [one.name for one in fresh])
        return {(name, url or source): id for id, name, url, source in rows}

    def _insert(self, connection: sa.Connection, fresh: Sequence[Document]) -> None:
        numbers, now = self._numbers(connection, documents, len(fresh)), self.clock()
        rows = [self._row(one, n, now) for n, one in zip(numbers, fresh, strict=True)]
        insert(connection, documents, rows)

    def _row(self, one: Document, n: int, now: str) -> dict[str, Any]:
        marks = {"read_at": one.read_at or now, "program": one.program or self.program}
        row = msgspec.structs.asdict(one) | marks | {"n": n, "superseded_by": None}
        return row | {"issues": json(one.issues), "extra": json(one.extra)}

    def _supersede(self, connection: sa.Connection, newer: dict[str, str]) -> None:
        """Mark older texts by the newer ones, and withdraw what they told."""
        rows = self._numbers_of(connection, newer)
        update(connection, documents, [{"n": n, "superseded_by": newer[id]} for id, n in rows])
        told = sa.select(testimonies).where(testimonies.c.withdrawn.is_(False))
        for id, n in rows:
            told_there = connection.execute(told.where(testimonies.c.document == n)).all()
            self._withdraw(connection, told_there, newer[id])

    def _withdraw(
        self, connection: sa.Connection, rows: Sequence[Any], successor: str = ""
    ) -> None:
        """Mark testimonies as told no more; ``successor`` is the document that says otherwise."""
        end = "replaced" if successor else "withdrawn"
        self._keep(connection, "testimony", [(row, end, successor) for row in rows])
        now = self.clock()
        marks = [
            {
                "n": row.n,
                "version": row.version + 1,
                "since": now,
                "withdrawn": True,
                "superseded_by": successor,
            }
            for row in rows
        ]
        update(connection, testimonies, marks)

    def document(self, id: str) -> Document | None:
        """The document of an id, or nothing."""
        return next(self.documents([id]), None)

    def documents(self, ids: Iterable[str] | None = None) -> Iterator[Document]:
        """The documents of the given ids, or all of them in the order of reading."""
        asked = sa.select(*_COLUMNS).order_by(documents.c.n)
        if ids is None:
            yield from map(_document, self._stream(asked))
            return
        with self._reading() as connection:
            yield from map(_document, self._by_ids(connection, asked, documents.c.id, ids))

    def superseded_by(self, ids: Iterable[str]) -> dict[str, str]:
        """The older texts that these documents superseded, each with the one that did."""
        with self._reading() as connection:
            return dict(_SUPERSEDED.rows(connection, ids))

    def coverage(self) -> list[Coverage]:
        """Documents by outlet and ISO week, sorted; those without a day with an empty week."""
        c = documents.c
        asked = (
            sa.select(c.outlet, c.day, sa.func.count())
            .where(c.superseded_by.is_(None))
            .group_by(c.outlet, c.day)
        )
        counts: Counter[tuple[str, str]] = Counter()
        for outlet, day, count in self._stream(asked):
            counts[outlet, _week(day)] += count
        return sorted(Coverage(*where, count) for where, count in counts.items())


def _superseded(given: Iterable[Document], newest: dict[tuple[str, str], str]) -> dict[str, str]:
    """The older text that each document supersedes, if any; ``newest`` by name and address."""
    found: dict[str, str] = {}
    for one in given:
        where = one.name, one.url or one.source
        if where in newest:
            found[one.id] = newest[where]
        newest[where] = one.id
    return found


def _week(day: str | None) -> str:
    if not day:
        return ""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


def _document(row: Any) -> Document:
    values = dict(row._mapping)
    values["issues"] = _read_issues(values["issues"])
    values["extra"] = msgspec.json.decode(values["extra"])
    return Document(**values)
