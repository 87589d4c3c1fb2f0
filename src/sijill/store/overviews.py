"""What lists, maps and timelines need of many events at once: columns and counts, no bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from sijill.store.answers import EventFilter, EventRow
from sijill.store.events import Events
from sijill.store.queries import event_conditions
from sijill.store.schema import event_actors, events, places


class Overviews(Events):
    """Counts and slim rows of the events that a filter lets pass; limit and offset aside."""

    def event_rows(self, where: EventFilter | None = None) -> Iterator[EventRow]:
        """The events as a map needs them, those of one place together, the oldest first."""
        e, p = events.c, places.c
        columns = (e.id, e.type, e.status, e.standing, e.first_day, e.last_day)
        asked = (
            sa.select(*columns, p.id, p.lat, p.lon)
            .select_from(events.outerjoin(places, e.place == p.n))
            .where(*self._conditions(where))
            .order_by(e.place, e.first_day, e.id)
        )
        with self._reading() as connection:
            rows = connection.execute(asked).all()
        yield from (EventRow(*row) for row in rows)

    def event_days(self, where: EventFilter | None = None) -> dict[str | None, int]:
        """How many events begin on each day; under nothing those without a day."""
        return self._counts(events.c.first_day, where)

    def event_actors(self) -> dict[str, int]:
        """How many events each actor has a part in."""
        c = event_actors.c
        asked = (
            sa.select(c.actor, sa.func.count(c.event.distinct()))
            .join(events)
            .where(events.c.withdrawn.is_(False))
            .group_by(c.actor)
        )
        with self._reading() as connection:
            return dict(map(tuple, connection.execute(asked)))

    def _counts(self, column: sa.Column[Any], where: EventFilter | None) -> dict[Any, int]:
        asked = sa.select(column, sa.func.count()).where(*self._conditions(where))
        with self._reading() as connection:
            return dict(map(tuple, connection.execute(asked.group_by(column))))

    def _conditions(self, where: EventFilter | None) -> list[Any]:
        return list(event_conditions(where or EventFilter(), self.engine.dialect.name))
