"""What waits to be put into events, and what events are made from: asked for by numbers.

What is tied to one testimony may be a good part of a record: it is held as numbers, and not as
testimonies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec
import sqlalchemy as sa

from sijill.model import Days
from sijill.store.asking import Question
from sijill.store.links import Links
from sijill.store.schema import (
    documents,
    events,
    members,
    pairs,
    places,
    testimonies,
    testimony_places,
    waiting,
)
from sijill.store.transactions import delete, insert_missing


class Waits(msgspec.Struct, frozen=True):
    """A testimony that waits for its events.

    ``instead`` is nothing, or where it is withdrawn the document that says otherwise: a later text,
    or its own read anew.
    """

    number: int
    id: str
    instead: str = ""


class Standing(msgspec.Struct, frozen=True):
    """A testimony that stands, as far as grouping needs it; ``document`` is a number."""

    number: int
    id: str
    document: int
    time: Days | None
    said_on: str | None


class Grouping(Links):
    """Testimonies by number, and what ties them to each other."""

    def await_events(self, ids: Iterable[str]) -> None:
        """Say that the events of testimonies are to be assembled anew."""
        with self._writing() as connection:
            numbers = self._named(connection, testimonies, ids)
            insert_missing(connection, waiting, [(n,) for n in numbers.values()])

    def awaiting(self, most: int | None = None) -> list[Waits]:
        """Testimonies that wait for their events, so many or all, in the order of reading."""
        c = testimonies.c
        asked = sa.select(c.n, c.id, c.withdrawn, c.superseded_by, documents.c.id.label("own"))
        asked = asked.select_from(waiting.join(testimonies).join(documents))
        with self._reading() as connection:
            rows = connection.execute(asked.order_by(waiting.c.testimony).limit(most))
            return [
                Waits(row.n, row.id, (row.superseded_by or row.own) if row.withdrawn else "")
                for row in rows
            ]

    def count_awaiting(self) -> int:
        """How many testimonies wait for their events."""
        with self._reading() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(waiting)).scalar_one()

    def settle(self, numbers: Iterable[int]) -> list[int]:
        """Say that the events of testimonies are as they should be; gives those that waited."""
        with self._writing() as connection:
            settled = [n for (n,) in _WAITING.rows(connection, numbers)]
            delete(connection, waiting.c.testimony, settled)
        return settled

    def testimony_numbers(self, ids: Iterable[str]) -> set[int]:
        """The numbers of testimonies; of ids that the record has not, none."""
        with self._reading() as connection:
            return set(self._numbered(connection, testimonies, ids).values())

    def tied(self, numbers: Collection[int], least: float) -> set[int]:
        """The testimonies on pairs of these that score at least so much, maybe some of these."""
        c = pairs.c
        asked = sa.select(c.a, c.b).where(c.score >= least)
        with self._reading() as connection:
            rows = (
                row for end in (c.a, c.b) for row in self._tuples(connection, asked, end, numbers)
            )
            return {number for both in rows for number in both}

    def fellows(self, numbers: Iterable[int]) -> set[int]:
        """The testimonies of the standing events that these are part of."""
        with self._reading() as connection:
            parts = {event for (event,) in _EVENTS.rows(connection, numbers)}
            return {n for (n,) in _MEMBERS.rows(connection, parts)}

    def scores(self, numbers: Collection[int], least: float) -> Iterator[tuple[int, int, float]]:
        """The pairs among testimonies that score at least so much: both, and the score."""
        c, inside = pairs.c, set(numbers)
        asked = sa.select(c.a, c.b, c.score).where(c.score >= least)
        with self._reading() as connection:
            for a, b, score in self._tuples(connection, asked, c.a, numbers):
                if b in inside:
                    yield a, b, score

    def standing(self, numbers: Iterable[int]) -> list[Standing]:
        """Those of the testimonies that are not withdrawn, sorted by id."""
        with self._reading() as connection:
            found = [
                Standing(n, id, document, (first, last) if first and last else None, said_on)
                for n, id, document, first, last, said_on in _STANDING.rows(connection, numbers)
            ]
        return sorted(found, key=lambda one: one.id)

    def places_of(self, numbers: Iterable[int]) -> set[str]:
        """The ids of the places that testimonies name."""
        with self._reading() as connection:
            return {id for (id,) in _PLACES.rows(connection, numbers) if id}


_WAITING = Question(sa.select(waiting.c.testimony), waiting.c.testimony)
_EVENTS = Question(
    sa.select(members.c.event).join(events).where(events.c.withdrawn.is_(False)),
    members.c.testimony,
)
_MEMBERS = Question(sa.select(members.c.testimony), members.c.event)
_STANDING = Question(
    sa.select(
        testimonies.c.n,
        testimonies.c.id,
        testimonies.c.document,
        testimonies.c.first_day,
        testimonies.c.last_day,
        testimonies.c.said_on,
    ).where(testimonies.c.withdrawn.is_(False)),
    testimonies.c.n,
)
_PLACES = Question(
    sa.select(places.c.id).distinct().join(testimony_places), testimony_places.c.testimony
)
