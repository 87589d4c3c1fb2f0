"""Events: their states one after another, and the addresses of those that are no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store import schema
from sijill.store.answers import Changes, EventFilter, Found
from sijill.store.links import Links
from sijill.store.queries import event_conditions, event_order
from sijill.store.schema import event_bodies, events, members, testimonies
from sijill.store.states import json, read_event
from sijill.store.testimonies import TOLD, told
from sijill.store.transactions import AT_ONCE, delete, insert, insert_or_update, update
from sijill.testimony import Event, Testimony
from sijill.text.fold import fold

_WHOLE = sa.select(events, event_bodies.c.body).join_from(events, event_bodies)
#: PostgreSQL indexes no text above a megabyte; these are 200 kB, the quotes of a thousand reports.
_MOST_LETTERS = 100_000
_SIDES = (schema.event_actors.c.event, members.c.event)


class _Quote(msgspec.Struct, frozen=True):
    """What an event needs of a testimony: the rest of the body is not decoded."""

    quote: str = ""


_read_quote = msgspec.json.Decoder(_Quote).decode


class Events(Links):
    """The events of a record."""

    def put_events(
        self,
        given: Iterable[Event],
        replaced: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Changes:
        """Keep events as they are now; an earlier state of each stays in the history.

        ``replaced`` names events that are no more, each with the id of the one that holds its
        testimonies now, or nothing. ``words`` are further words (labels) to find an event by,
        beside those of its members and its place. An event that is as it was is left alone.

        Raises:
            RecordError: ``unknown-id`` where a member or a replaced event is not in the record.
        """
        by_id = {event.id: event for event in given}
        replaced, words = replaced or {}, words or {}
        with self._writing() as connection:
            there = self._there(connection, [*by_id, *replaced, *filter(None, replaced.values())])
            new = [event for event in by_id.values() if event.id not in there]
            changed = [
                (there[event.id], event)
                for event in by_id.values()
                if event.id in there and _differs(there[event.id], event)
            ]
            self._write(connection, new, changed, words)
            gone = self._replace(connection, replaced, there, set(by_id))
        ids = (tuple(event.id for event in new), tuple(event.id for _, event in changed), gone)
        return Changes(*ids)

    def _there(self, connection: sa.Connection, ids: Iterable[str]) -> dict[str, Any]:
        rows = self._by_ids(connection, _WHOLE, events.c.id, ids)
        return {row.id: row for row in rows}

    def _write(
        self,
        connection: sa.Connection,
        new: Sequence[Event],
        changed: Sequence[tuple[Any, Event]],
        words: Mapping[str, str],
    ) -> None:
        ended = [(row, "revived" if row.withdrawn else "changed", "") for row, _ in changed]
        self._keep(connection, "event", ended)
        for column in _SIDES:
            delete(connection, column, [row.n for row, _ in changed])
        numbers = zip(self._numbers(connection, events, len(new)), new, strict=True)
        numbered = [(n, 1, event) for n, event in numbers]
        renewed = [(row.n, row.version + 1, event) for row, event in changed]
        everything = numbered + renewed
        said = self._said(connection, [id for _, _, event in everything for id in event.members])
        points = self._points(connection, [event.place for _, _, event in everything])
        now = self.clock()
        rows = [
            {"n": n, "id": event.id, "version": version, "since": now}
            | {"place": points(event.place), "withdrawn": False, "replaced_by": ""}
            | _columns(event, said)
            for n, version, event in everything
        ]
        insert(connection, events, rows[: len(new)])
        update(connection, events, rows[len(new) :])
        bodies = [
            {"event": n, "body": json(event), "folded": _folded(event, said, words.get(event.id))}
            for n, _, event in everything
        ]
        insert_or_update(connection, event_bodies, bodies)
        pairs = [(n, event) for n, _, event in everything]
        insert(connection, schema.event_actors, [row for pair in pairs for row in _actors(*pair)])
        belongs = [
            {"event": n, "testimony": said[id].n}
            for n, event in pairs
            for id in dict.fromkeys(event.members)
        ]
        insert(connection, members, belongs)

    def _said(self, connection: sa.Connection, ids: Sequence[str]) -> dict[str, Any]:
        """The rows of testimonies that events are made of."""
        c = testimonies.c
        asked = sa.select(c.id, c.n, c.said_on, c.body)
        found = {row.id: row for row in self._by_ids(connection, asked, c.id, ids)}
        for id in ids:
            if id not in found:
                raise RecordError(self.name, "unknown-id", f"no testimony {id}; add it first")
        return found

    def _replace(
        self,
        connection: sa.Connection,
        replaced: Mapping[str, str],
        there: Mapping[str, Any],
        put: set[str],
    ) -> tuple[str, ...]:
        """Mark events as withdrawn, unless they are so already."""
        gone = []
        for old, new in replaced.items():
            if old not in there or (new and new not in there and new not in put):
                missing = new if old in there else old
                raise RecordError(self.name, "unknown-id", f"no event {missing}")
            if old in put or old == new:
                raise RecordError(self.name, "failed", f"event {old} is both put and replaced")
            if not there[old].withdrawn or there[old].replaced_by != new:
                gone.append((there[old], "replaced" if new else "withdrawn", new))
        self._keep(connection, "event", gone)
        now = self.clock()
        marks = [
            {"n": row.n, "version": row.version + 1, "since": now}
            | {"withdrawn": True, "replaced_by": new}
            for row, _, new in gone
        ]
        update(connection, events, marks)
        return tuple(row.id for row, _, _ in gone)

    def events(self, where: EventFilter | None = None) -> Iterator[Event]:
        """The events that the filter lets pass, in its order; few of them in memory at a time."""
        where = where or EventFilter()
        conditions = event_conditions(where, self.engine.dialect.name)
        asked = sa.select(events.c.n).where(*conditions).order_by(*event_order(where))
        if where.limit is not None or where.offset:
            asked = asked.limit(where.limit).offset(where.offset)
        c = event_bodies.c
        with self._reading() as connection:
            numbers = connection.execute(asked).scalars().all()  # sorted without their bodies
            for start in range(0, len(numbers), AT_ONCE):
                some = numbers[start : start + AT_ONCE]
                read = connection.execute(sa.select(c.event, c.body).where(c.event.in_(some)))
                bodies = dict(map(tuple, read))
                yield from (read_event(bodies[n]) for n in some)

    def count(self, where: EventFilter | None = None) -> int:
        """How many events the filter lets pass, its limit and offset aside."""
        conditions = event_conditions(where or EventFilter(), self.engine.dialect.name)
        asked = sa.select(sa.func.count()).select_from(events).where(*conditions)
        with self._reading() as connection:
            return connection.execute(asked).scalar_one()

    def event(self, id: str) -> Found | None:
        """The event at an address: where it was replaced, what replaced it, and by which way."""
        path: list[str] = []
        with self._reading() as connection:
            while True:
                row = self._there(connection, [id]).get(id)
                if row is None:
                    return None
                path.append(id)
                if not row.replaced_by or row.replaced_by in path:
                    return Found(read_event(row.body), tuple(path), row.withdrawn)
                id = row.replaced_by

    def testimonies_of(self, event: Event | str) -> list[Testimony]:
        """The testimonies that an event was made of, in the event's order."""
        if isinstance(event, str):
            found = self.event(event)
            if found is None:
                return []
            event = found.event
        by_id = {one.id: one for one in self.testimonies(event.members)}
        return [by_id[id] for id in event.members if id in by_id]

    def events_of(self, ids: Iterable[str]) -> dict[str, str]:
        """For each of the testimonies that an event has now: the event's id."""
        asked = (
            sa.select(testimonies.c.id, events.c.id)
            .select_from(members.join(events).join(testimonies))
            .where(events.c.withdrawn.is_(False))
        )
        with self._reading() as connection:
            return dict(self._tuples(connection, asked, testimonies.c.id, ids))

    def sizes(self, ids: Iterable[str]) -> dict[str, int]:
        """Of how many testimonies each of the events was assembled."""
        asked = (
            sa.select(events.c.id, sa.func.count()).join_from(members, events).group_by(events.c.id)
        )
        with self._reading() as connection:
            return dict(self._tuples(connection, asked, events.c.id, ids))

    def unassigned(self) -> Iterator[Testimony]:
        """Testimonies that no event has: what is to be linked, also after a run was cut off."""
        live = sa.select(members.c.testimony).join(events).where(events.c.withdrawn.is_(False))
        free = testimonies.c.n.not_in(live) & testimonies.c.withdrawn.is_(False)
        yield from map(told, self._stream(TOLD.where(free).order_by(testimonies.c.n)))

    def outdated(self) -> list[str]:
        """The ids of events that rest on a testimony which was withdrawn since."""
        gone = sa.select(members.c.event).join(testimonies).where(testimonies.c.withdrawn)
        asked = sa.select(events.c.id).where(events.c.withdrawn.is_(False), events.c.n.in_(gone))
        return [row.id for row in self._stream(asked.order_by(events.c.n))]


def _differs(row: Any, event: Event) -> bool:
    return bool(row.withdrawn) or row.body != json(event)


def _columns(event: Event, said: Mapping[str, Any]) -> dict[str, Any]:
    first, last = event.time or (None, None)
    rows = [said[id] for id in event.members]
    low, high = _killed(event)
    return {
        "type": event.type,
        "status": event.status,
        "standing": event.standing,
        "first_day": first,
        "last_day": last,
        "first_said": min((row.said_on for row in rows if row.said_on), default=None),
        "killed_low": low,
        "killed_high": high,
        "outlets": event.outlets,
        "witnesses": event.witnesses,
    }


def _killed(event: Event) -> tuple[float | None, float | None]:
    """The lowest and the highest number of all dead; of any part of them where no other is given.

    A bound that is open above counts as the number it starts from.
    """
    dead = [figure for figure in event.figures if figure.kind == "killed"]
    dead = [figure for figure in dead if not figure.of] or dead
    lows = [figure.low for figure in dead if figure.low is not None]
    highs = [figure.high for figure in dead if figure.high is not None]
    return max(lows, default=None), max(highs + lows, default=None)


def _folded(event: Event, said: Mapping[str, Any], words: str | None) -> str:
    """The words that an event is found by."""
    place = (event.place.name, event.place.within or "") if event.place else ()
    quotes = dict.fromkeys(_read_quote(said[id].body).quote for id in event.members)
    joined = " ".join((*place, words or "", *quotes)).replace("\x00", " ")
    return fold(joined[:_MOST_LETTERS])


def _actors(n: int, event: Event) -> Iterator[dict[str, Any]]:
    for role, actors in (("actor", event.actor), ("target", event.target)):
        for actor in dict.fromkeys(actors):
            yield {"event": n, "role": role, "actor": actor}
