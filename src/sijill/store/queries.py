"""Filters as conditions of SQL, the same for both databases but for words and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from sijill.store import schema
from sijill.store.answers import Box, EventFilter, TestimonyFilter
from sijill.store.schema import documents, events, places, testimonies
from sijill.text.fold import fold

Condition = ColumnElement[bool] | sa.TextClause


def testimony_conditions(where: TestimonyFilter, dialect: str) -> list[Condition]:
    """What a filter asks of testimonies."""
    c = testimonies.c
    found = list(_days(c, where.first, where.last))
    if not where.withdrawn:
        found.append(c.withdrawn.is_(False))
    for column, names in ((c.type, where.types), (c.status, where.statuses)):
        found += [column.in_(names)] if names else []
    for column, names in ((c.outlet, where.outlets), (c.speaker, where.speakers)):
        found += [column.in_(names)] if names else []
    for column, names in (
        (documents.c.id, where.documents),
        (documents.c.family, where.families),
    ):
        if names:
            found.append(c.document.in_(sa.select(documents.c.n).where(column.in_(names))))
    found += _linked(c.n, schema.testimony_actors.c, "testimony", "actor", where.actors)
    found += _linked(c.n, schema.figures.c, "testimony", "kind", where.figures)
    for inside in _places(where, dialect):
        lies = schema.testimony_places.c
        found.append(c.n.in_(sa.select(lies.testimony).where(lies.place.in_(inside))))
    if where.known_on:
        found.append(c.said_on <= where.known_on)
    return found


def event_conditions(where: EventFilter, dialect: str) -> list[Condition]:
    """What a filter asks of events; withdrawn ones never come."""
    c = events.c
    found = [c.withdrawn.is_(False), *_days(c, where.first, where.last)]
    for column, names in (
        (c.type, where.types),
        (c.status, where.statuses),
        (c.standing, where.standings),
    ):
        found += [column.in_(names)] if names else []
    found += _linked(c.n, schema.event_actors.c, "event", "actor", where.actors)
    found += [c.place.in_(inside) for inside in _places(where, dialect)]
    if where.killed_min is not None:
        found.append(c.killed_high >= where.killed_min)
    if where.known_on:
        found.append(c.first_said <= where.known_on)
    if where.located is not None:
        found.append(_located(where) if where.located else ~_located(where))
    if where.text.strip():
        found.append(_words(where.text, dialect))
    return found


def event_order(where: EventFilter) -> list[Any]:
    """The columns that events are sorted by; the id decides between equals."""
    c = events.c
    orders: dict[str, list[Any]] = {
        "day": [c.first_day.asc().nulls_first(), c.last_day.asc(), c.id],
        "-day": [c.first_day.desc().nulls_last(), c.last_day.desc(), c.id],
        "-killed": [c.killed_high.desc().nulls_last(), c.id],
        "-witnesses": [c.witnesses.desc(), c.outlets.desc(), c.id],
    }
    return orders[where.order]


def _located(where: EventFilter) -> ColumnElement[bool]:
    """The event has a place with a point that tells where it was."""
    point = sa.select(places.c.n).where(places.c.lat.is_not(None))
    if where.vague:
        point = point.where(places.c.id.not_in(where.vague))
    return sa.func.coalesce(events.c.place, -1).in_(point)


def _days(columns: Any, first: str | None, last: str | None) -> Iterator[Condition]:
    """The days of a row touch the days from ``first`` to ``last``."""
    if first:
        yield columns.last_day >= first
    if last:
        yield columns.first_day <= last


def _linked(
    number: Any, columns: Any, to: str, name: str, wanted: frozenset[str]
) -> list[Condition]:
    if not wanted:
        return []
    return [number.in_(sa.select(columns[to]).where(columns[name].in_(wanted)))]


def _places(where: TestimonyFilter | EventFilter, dialect: str) -> Iterator[sa.Select[Any]]:
    """Numbers of the places that a filter asks for, one question for each of its conditions."""
    asked = sa.select(places.c.n)
    if where.places:
        yield asked.where(places.c.id.in_(where.places))
    if where.countries:
        yield asked.where(places.c.country.in_(where.countries))
    if where.box:
        south, west, north, east = where.box
        inside = places.c.lat.between(south, north) & places.c.lon.between(west, east)
        yield asked.where(inside, *(_boxes(where.box) if dialect == "sqlite" else ()))


def _boxes(box: Box) -> Iterator[Condition]:
    """The R*Tree's answer, which is exact to 32 bits."""
    sql = (
        "places.n IN (SELECT n FROM place_boxes"
        " WHERE south <= :north AND north >= :south AND west <= :east AND east >= :west)"
    )
    names = ("south", "west", "north", "east")
    yield sa.text(sql).bindparams(**dict(zip(names, map(float, box), strict=True)))


def _words(text: str, dialect: str) -> Condition:
    """All words of ``text`` stand in the folded words of an event, in any order."""
    words = [word for word in fold(text).split() if any(map(str.isalnum, word))]
    if not words:
        return sa.false()
    if dialect == "sqlite":
        match = " ".join(map(_fts5, words))
        sql = "events.n IN (SELECT rowid FROM event_text WHERE event_text MATCH :match)"
        return sa.text(sql).bindparams(match=match)
    simple: ColumnElement[str] = sa.literal_column("'simple'")
    c = schema.event_bodies.c
    query = sa.func.to_tsquery(simple, " & ".join(map(_tsquery, words)))
    matches = sa.func.to_tsvector(simple, c.folded).op("@@", is_comparison=True)(query)
    return events.c.n.in_(sa.select(c.event).where(matches))


def _fts5(word: str) -> str:
    stem = word.rstrip("*").replace('"', '""')
    return f'"{stem}"' + ("*" if word.endswith("*") else "")


def _tsquery(word: str) -> str:
    stem = word.rstrip("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{stem}'" + (":*" if word.endswith("*") else "")
