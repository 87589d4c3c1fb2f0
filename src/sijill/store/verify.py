"""Checks a whole record: hashes, evidence, ids and references, one fault at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store.answers import RecordFault
from sijill.store.ids import digest, document_id, ids_of
from sijill.store.record_store import Store
from sijill.store.schema import (
    control_series,
    corrections,
    documents,
    event_bodies,
    events,
    history,
    members,
    metadata,
    testimonies,
)
from sijill.store.states import READ
from sijill.testimony import Event, Testimony


def verify(store: Store) -> Iterator[RecordFault]:
    """Everything that is wrong in a record, as far as it can be read; nothing is changed.

    Checked are every text against its hash and its id, every piece of evidence and every quote
    against the text, every id against what it is made of, and every reference to something else.
    """
    checks = (
        _file,
        _documents,
        _testimonies,
        _events,
        _members,
        _control,
        _corrections,
        _history,
        _references,
    )
    for check in checks:
        try:
            yield from check(store)
        except RecordError as error:
            yield RecordFault("file", store.name, error.message)


def _file(store: Store) -> Iterator[RecordFault]:
    """SQLite's own check of its pages and indexes."""
    if store.engine.dialect.name == "sqlite":
        for (message,) in store.rows(sa.text("PRAGMA integrity_check(20)")):
            if message != "ok":
                yield RecordFault("file", store.name, message)


def _documents(store: Store) -> Iterator[RecordFault]:
    ids = {row.id for row in store.rows(sa.select(documents.c.id))}
    for one in store.documents():
        if digest(one.text) != one.sha256:
            yield RecordFault("documents", one.id, "its text is not the one that was read")
        elif document_id(one.name, one.url, one.text) != one.id:
            yield RecordFault("documents", one.id, "its id is not that of its name and text")
        if one.superseded_by and one.superseded_by not in ids:
            message = f"is superseded by {one.superseded_by}, which is not there"
            yield RecordFault("documents", one.id, message)


def _testimonies(store: Store) -> Iterator[RecordFault]:
    """Each testimony beside the text of its document."""
    c = testimonies.c
    asked = (
        sa.select(c.id, c.type, c.status, c.body, documents.c.id.label("document"))
        .add_columns(documents.c.text)
        .join_from(testimonies, documents)
        .order_by(c.n)
    )
    for row in store.rows(asked):
        one = _read("testimony", row.body)
        if one is None:
            yield RecordFault("testimonies", row.id, "its body cannot be read")
            continue
        for message in _wrong_in(one, row):
            yield RecordFault("testimonies", row.id, message)


def _wrong_in(one: Testimony, row: Any) -> Iterator[str]:
    made = ids_of(row.document, [one])[0]
    if one.id != row.id or row.id.split(".")[0] != made:
        yield f"its id is not that of its type, trigger and evidence ({made})"
    if one.document != row.document:
        yield f"it says that it is of document {one.document}, and stands under {row.document}"
    if (one.type, one.status) != (row.type, row.status):
        yield f"its columns say {row.type} {row.status}, its body {one.type} {one.status}"
    if not one.evidence:
        yield "it has no evidence"
    for start, end in one.evidence:
        if not 0 <= start < end <= len(row.text):
            yield f"its evidence [{start}, {end}) is not inside the text"
    if one.evidence and row.text[slice(*one.evidence[0])] != one.quote:
        yield "its quote is not what the text says there"


def _events(store: Store) -> Iterator[RecordFault]:
    told = {row.id for row in store.rows(sa.select(testimonies.c.id))}
    c = events.c
    there = {row.id for row in store.rows(sa.select(c.id))}
    asked = sa.select(c.id, c.type, c.standing, c.replaced_by, event_bodies.c.body)
    asked = asked.join_from(events, event_bodies, isouter=True)
    for row in store.rows(asked):
        event = _read("event", row.body)
        if event is None:
            yield RecordFault("events", row.id, "its body cannot be read")
            continue
        if (event.id, event.type, event.standing) != (row.id, row.type, row.standing):
            yield RecordFault("events", row.id, "its columns say something else than its body")
        if row.replaced_by and row.replaced_by not in there:
            yield RecordFault("events", row.id, f"is replaced by {row.replaced_by}, not there")
        for missing in sorted(_named(event) - told):
            yield RecordFault("events", row.id, f"names testimony {missing}, which is not there")
        if stray := sorted(_named(event) - set(event.members)):
            yield RecordFault("events", row.id, f"rests on {stray[0]}, which is no member of it")


def _named(event: Event) -> set[str]:
    """Every testimony that an event names."""
    positions = [position for dispute in event.disputes for position in dispute.positions]
    claims = [claim.testimony for figure in event.figures for claim in figure.claims]
    return {*event.members, *claims, *(id for one in positions for id in one.testimonies)}


def _members(store: Store) -> Iterator[RecordFault]:
    """Events that are there rest on testimonies that are there, each on its own."""
    asked = (
        sa.select(events.c.id, testimonies.c.id.label("testimony"), testimonies.c.withdrawn)
        .select_from(members.join(events).join(testimonies))
        .where(events.c.withdrawn.is_(False))
    )
    of: dict[str, str] = {}
    for row in store.rows(asked):
        if row.withdrawn:
            yield RecordFault("events", row.id, f"its member {row.testimony} was withdrawn")
        if (other := of.setdefault(row.testimony, row.id)) != row.id:
            yield RecordFault("events", row.id, f"shares {row.testimony} with event {other}")


def _control(store: Store) -> Iterator[RecordFault]:
    told = {row.id for row in store.rows(sa.select(testimonies.c.id))}
    for row in store.rows(sa.select(control_series)):
        spans = _read("control", row.body)
        if spans is None:
            yield RecordFault("control", row.place, "its body cannot be read")
            continue
        for span in spans:
            if span.place != row.place:
                yield RecordFault("control", row.place, f"holds a span of {span.place}")
            if span.last and span.last < span.first:
                yield RecordFault("control", row.place, f"ends before it begins ({span.first})")
            for missing in sorted(set(span.testimonies) - told):
                message = f"names testimony {missing}, which is not there"
                yield RecordFault("control", row.place, message)


def _corrections(store: Store) -> Iterator[RecordFault]:
    ids = {row.id for row in store.rows(sa.select(corrections.c.id))}
    for one in store.corrections():
        if one.undoes and one.undoes not in ids:
            yield RecordFault("corrections", one.id, f"undoes {one.undoes}, which is not there")


def _history(store: Store) -> Iterator[RecordFault]:
    """Every earlier state can be read, and none is missing between the first and the last."""
    c = history.c
    versions: dict[tuple[str, str], int] = {}
    for row in store.rows(sa.select(c.kind, c.id, c.version, c.body).order_by(c.n)):
        if _read(row.kind, row.body) is None:
            yield RecordFault("history", row.id, f"version {row.version} cannot be read")
        before = versions.get((row.kind, row.id), 0)
        if row.version != before + 1:
            yield RecordFault("history", row.id, f"version {before + 1} is missing")
        versions[row.kind, row.id] = row.version
    live = (("testimony", testimonies, "id"), ("event", events, "id"))
    for kind, table, name in (*live, ("control", control_series, "place")):
        for row in store.rows(sa.select(table.c[name], table.c.version)):
            before = versions.pop((kind, row[0]), 0)
            if row.version != before + 1:
                yield RecordFault("history", row[0], f"version {before + 1} is missing")
    for _, id in versions:
        yield RecordFault("history", id, "has a past and no present")


def _references(store: Store) -> Iterator[RecordFault]:
    """Every number that names a row of another table names one that is there."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            far = key.column.table.alias()
            here, there = key.parent, far.c[key.column.name]
            asked = sa.select(here).select_from(table.outerjoin(far, here == there))
            for row in store.rows(asked.where(there.is_(None), here.is_not(None)).distinct()):
                message = f"{here.name} {row[0]} is not in {key.column.table.name}"
                yield RecordFault(table.name, str(row[0]), message)


def _read(kind: str, body: str) -> Any:
    try:
        return READ[kind](body)
    except (msgspec.DecodeError, KeyError, TypeError):
        return None
