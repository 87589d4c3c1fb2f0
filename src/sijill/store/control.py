"""Who held a place from day to day: one series for each place, with its earlier states."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.store.schema import control, control_series
from sijill.store.states import States, json, read_spans
from sijill.store.transactions import insert
from sijill.testimony import ControlSpan

_read_span = msgspec.json.Decoder(ControlSpan).decode


class Control(States):
    """The series of control in a record."""

    def put_control(self, place: str, spans: Sequence[ControlSpan]) -> bool:
        """Keep a place's series as it is now; tells whether that is something new.

        The series before stays in the history. No spans: nothing is known of the place any more.
        """
        with self._writing() as connection:
            return self._put(connection, place, tuple(spans))

    def _put(self, connection: sa.Connection, place: str, spans: tuple[ControlSpan, ...]) -> bool:
        c, body, now = control_series.c, json(spans), self.clock()
        row = connection.execute(sa.select(control_series).where(c.place == place)).first()
        if (row.body if row else "[]") == body:
            return False
        if row:
            self._keep(connection, "control", [(row, "changed", "")], name="place")
            values = {"version": row.version + 1, "since": now, "body": body}
            connection.execute(control_series.update().where(c.place == place).values(values))
            connection.execute(control.delete().where(control.c.place == place))
        else:
            values = {"place": place, "version": 1, "since": now, "body": body}
            connection.execute(control_series.insert().values(values))
        insert(connection, control, [_row(place, *pair) for pair in enumerate(spans)])
        return True

    def control(self, place: str) -> tuple[ControlSpan, ...]:
        """The series of a place as it is now; nothing where nobody said anything."""
        asked = sa.select(control_series.c.body).where(control_series.c.place == place)
        with self._reading() as connection:
            body = connection.execute(asked).scalar()
        return read_spans(body) if body else ()

    def control_on(self, day: str, places: Collection[str] | None = None) -> Iterator[ControlSpan]:
        """The spans that hold on a day, of some places or of all, sorted by place."""
        c = control.c
        asked = sa.select(c.body).where(c.first_day <= day)
        asked = asked.where(c.last_day.is_(None) | (c.last_day >= day))
        if places is not None:
            asked = asked.where(c.place.in_(places))
        for row in self._stream(asked.order_by(c.place, c.position)):
            yield _read_span(row.body)

    def control_days(self) -> tuple[str, str] | None:
        """The first day of which anybody said who held what, and the day of the last change."""
        c = control.c
        with self._reading() as connection:
            asked = sa.select(sa.func.min(c.first_day), sa.func.max(c.first_day))
            first, last = connection.execute(asked).one()
        return (first, last) if first else None

    def control_sides(self) -> frozenset[str]:
        """All who are said to have held or claimed any place on any day."""
        asked = sa.select(control.c.body).where(control.c.state != "unknown")
        spans = (_read_span(row.body) for row in self._stream(asked))
        return frozenset(side for one in spans for side in (one.holder, *one.rivals) if side)

    def controlled_places(self) -> Iterable[str]:
        """The places of which somebody said who held them, sorted."""
        asked = sa.select(control.c.place).distinct().order_by(control.c.place)
        return [row.place for row in self._stream(asked)]


def _row(place: str, position: int, span: ControlSpan) -> dict[str, Any]:
    return {
        "place": place,
        "position": position,
        "state": span.state,
        "holder": span.holder,
        "first_day": span.first,
        "last_day": span.last,
        "body": json(span),
    }
