"""States that are no more: kept when a testimony, an event or a place's control changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from sijill.store.answers import State
from sijill.store.schema import (
    control_series,
    documents,
    event_bodies,
    events,
    history,
    testimonies,
)
from sijill.store.transactions import Transactions, insert
from sijill.testimony import ControlSpan, Event, Testimony

Kind = Literal["testimony", "event", "control"]

read_testimony = msgspec.json.Decoder(Testimony).decode
read_event = msgspec.json.Decoder(Event).decode
read_spans = msgspec.json.Decoder(tuple[ControlSpan, ...]).decode
READ: dict[str, Callable[[str], Any]] = {
    "testimony": read_testimony,
    "event": read_event,
    "control": read_spans,
}


def json(value: Any) -> str:
    """A record, or anything made of records, as text; what JSON does not know becomes a string."""
    return msgspec.json.encode(value, enc_hook=str).decode("utf-8")


class States(Transactions):
    """Earlier states, added when a row changes and read again by id."""

    def _keep(
        self,
        connection: sa.Connection,
        kind: Kind,
        ended: Iterable[tuple[Any, str, str]],
        name: str = "id",
    ) -> None:
        """Keep rows as they are now, each with why its state ends and what comes instead."""
        all_ended = list(ended)
        numbers = self._numbers(connection, history, len(all_ended))
        now = self.clock()
        rows = [
            {
                "n": n,
                "kind": kind,
                "id": getattr(row, name),
                "version": row.version,
                "since": row.since,
                "until": now,
                "end": end,
                "successor": successor,
                "body": row.body,
            }
            for n, (row, end, successor) in zip(numbers, all_ended, strict=True)
        ]
        insert(connection, history, rows)

    def history(self, id: str) -> list[State]:
        """Every state of a testimony, an event or a place's control, the one that is at the end.

        Nothing where the record has no such id.
        """
        with self._reading() as connection:
            asked = sa.select(history).where(history.c.id == id).order_by(history.c.n)
            earlier = [_earlier(row) for row in connection.execute(asked)]
            now = [state for table in _LIVE for state in _now(connection, table, id)]
            return [_with_family(connection, state) for state in earlier + now]


_LIVE: tuple[tuple[Kind, sa.Table, str], ...] = (
    ("testimony", testimonies, "id"),
    ("event", events, "id"),
    ("control", control_series, "place"),
)


def _with_family(connection: sa.Connection, state: State) -> State:
    """A testimony's family is its document's, and has no past."""
    if not isinstance(state.value, Testimony):
        return state
    asked = sa.select(documents.c.family).where(documents.c.id == state.value.document)
    family = connection.execute(asked).scalar() or state.value.document
    value = msgspec.structs.replace(state.value, family=family)
    return msgspec.structs.replace(state, value=value)


def _earlier(row: Any) -> State:
    value = READ[row.kind](row.body)
    return State(
        row.id,
        row.version,
        row.since,
        value,
        row.until,
        row.end,
        row.successor,
        row.end == "revived",
    )


def _now(connection: sa.Connection, where: tuple[Kind, sa.Table, str], id: str) -> Iterable[State]:
    kind, table, name = where
    asked = sa.select(table).where(table.c[name] == id)
    if table is events:
        asked = asked.join_from(events, event_bodies).add_columns(event_bodies.c.body)
    for row in connection.execute(asked):
        gone = bool(getattr(row, "withdrawn", False))
        yield State(id, row.version, row.since, READ[kind](row.body), withdrawn=gone)
