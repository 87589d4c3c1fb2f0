"""Documents as they were read, each once, and the later texts that supersede them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.issues import Issue
from sijill.store.answers import Added, Coverage, Document
from sijill.store.schema import documents, testimonies
from sijill.store.states import States, json
from sijill.store.transactions import insert, update

_read_issues = msgspec.json.Decoder(tuple[Issue, ...]).decode
_COLUMNS = [c for c in documents.columns if c.name != "n"]


class Documents(States):
    """The documents of a record."""

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that the record has."""
        with self._reading() as connection:
            asked = sa.select(documents.c.id)
            return {row.id for row in self._by_ids(connection, asked, documents.c.id, ids)}

    def add_document(self, document: Document) -> Added:
        """Keep one document; see :meth:`add_documents`."""
        return self.add_documents([document])[0]

    def add_documents(self, given: Sequence[Document]) -> list[Added]:
        """Keep documents as read, and say of each whether it is new.

        One that the record has is left alone. One with the name and the address (or, without an
        address, the source) of another supersedes that other, whose testimonies are withdrawn.
        """
        with self._writing() as connection:
            known = self.known([one.id for one in given])
            fresh = list({one.id: one for one in given if one.id not in known}.values())
            older = self._older(connection, fresh)
            superseded = self._insert(connection, fresh, older)
            self._supersede(connection, {old: new for new, old in superseded.items()})
        new = {one.id for one in fresh}
        return [Added(one.id, one.id in new, superseded.get(one.id)) for one in given]

    def _older(
        self, connection: sa.Connection, fresh: Sequence[Document]
    ) -> dict[tuple[str, str], str]:
        """The ids of the newest texts so far, by name and address."""
        c = documents.c
        asked = sa.select(c.id, c.name, c.url, c.source).where(c.superseded_by.is_(None))
        rows = self._by_ids(connection, asked, c.name, [one.name for one in fresh])
        return {(row.name, row.url or row.source): row.id for row in rows}

    def _insert(
        self,
        connection: sa.Connection,
        fresh: Sequence[Document],
        newest: dict[tuple[str, str], str],
    ) -> dict[str, str]:
        """Write new documents; gives the older text that each supersedes."""
        superseded: dict[str, str] = {}
        rows, now = [], self.clock()
        for n, one in zip(self._numbers(connection, documents, len(fresh)), fresh, strict=True):
            where = one.name, one.url or one.source
            if where in newest:
                superseded[one.id] = newest[where]
            newest[where] = one.id
            rows.append(self._row(one, n, now))
        insert(connection, documents, rows)
        return superseded

    def _row(self, one: Document, n: int, now: str) -> dict[str, Any]:
        marks = {"read_at": one.read_at or now, "program": one.program or self.program}
        row = msgspec.structs.asdict(one) | marks | {"n": n, "superseded_by": None}
        return row | {"issues": json(one.issues), "extra": json(one.extra)}

    def _supersede(self, connection: sa.Connection, newer: dict[str, str]) -> None:
        """Mark older texts by the newer ones, and withdraw what they told."""
        asked = sa.select(documents.c.n, documents.c.id)
        rows = list(self._by_ids(connection, asked, documents.c.id, newer))
        marks = [{"n": row.n, "superseded_by": newer[row.id]} for row in rows]
        update(connection, documents, marks)
        told = sa.select(testimonies).where(testimonies.c.withdrawn.is_(False))
        for row in rows:
            told_there = connection.execute(told.where(testimonies.c.document == row.n)).all()
            self._withdraw(connection, told_there, newer[row.id])

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
        new, old = documents.alias(), documents.alias()
        asked = sa.select(old.c.id, new.c.id).join_from(new, old, old.c.name == new.c.name)
        asked = asked.where(old.c.superseded_by == new.c.id)
        with self._reading() as connection:
            return dict(map(tuple, self._by_ids(connection, asked, new.c.id, ids)))

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
