"""Verification finds each kind of damage, and names the table and the id."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
from store_making import article, event, told

from sijill.store import schema
from sijill.store.answers import RecordFault
from sijill.store.record_store import Store
from sijill.store.states import json
from sijill.store.verify import verify
from sijill.testimony import ControlSpan, Correction, Dispute, Position

DOCUMENT = article(0).id
FIRST, SECOND = told(0)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_documents([article(number) for number in range(3)])
    store.add_testimonies([one for number in range(3) for one in told(number)])
    store.put_events([event("e0", [FIRST]), event("e1", told(1)), event("e2", told(2))])
    store.put_events([], {"e2": "e1"})
    store.put_control("mosul", [ControlSpan("mosul", "held", "2017-01-01", None, "x")])
    store.put_control("mosul", [ControlSpan("mosul", "held", "2017-01-02", None, "x")])
    store.add_correction(Correction("c1", "set", "e7", "type", "clash", "why", "me", "now"))
    return store


class UndoneError(Exception):
    """Ends a transaction so that nothing of it stays."""


def faults_with(
    store: Store, table: str, id: str | int, values: dict[str, Any]
) -> list[RecordFault]:
    """What is found where a row has other values; afterwards it has its own again."""
    columns = schema.metadata.tables[table].c
    key = {"control_series": "place", "event_bodies": "event"}.get(table, "id")
    found: list[RecordFault] = []
    with contextlib.suppress(UndoneError), store._writing() as connection:
        changed = connection.execute(
            columns[key].table.update().where(columns[key] == id).values(values)
        )
        assert changed.rowcount
        found = list(verify(store))
        raise UndoneError
    return found


def test_a_sound_record_has_no_fault(filled: Store) -> None:
    assert list(verify(filled)) == []


def body(one: Any, **changes: Any) -> dict[str, str]:
    return {"body": json(msgspec.structs.replace(one, **changes))}


E0 = event("e0", [FIRST])
POSITION = Position("x", (), (), ("gone",))
SPAN = ControlSpan("mosul", "held", "2017-01-01", "2016-01-01")


DAMAGES: list[tuple[str, str | int, dict[str, Any], str]] = [
    ("documents", DOCUMENT, {"text": "x"}, "not the one that was read"),
    ("documents", DOCUMENT, {"name": "x"}, "its id is not that of its name"),
    ("documents", DOCUMENT, {"superseded_by": "x"}, "superseded by x"),
    ("testimonies", FIRST.id, {"body": "{"}, "cannot be read"),
    ("testimonies", FIRST.id, {"type": "clash"}, "its columns say clash"),
    ("testimonies", FIRST.id, body(FIRST, quote="x"), "its quote is not"),
    ("testimonies", FIRST.id, body(FIRST, trigger="x"), "its id is not"),
    ("testimonies", FIRST.id, body(FIRST, document="x"), "of document x"),
    ("testimonies", FIRST.id, body(FIRST, evidence=((0, 9_999),)), "not inside the text"),
    ("testimonies", FIRST.id, body(FIRST, evidence=()), "no evidence"),
    ("testimonies", FIRST.id, {"withdrawn": True}, "was withdrawn"),
    ("testimonies", FIRST.id, {"version": 2}, "version 1 is missing"),
    ("event_bodies", 1, {"body": "[]"}, "cannot be read"),
    ("events", "e0", {"standing": "denied"}, "something else than its body"),
    ("events", "e2", {"replaced_by": "e9"}, "replaced by e9"),
    ("event_bodies", 1, body(E0, members=("gone",)), "names testimony gone"),
    ("event_bodies", 1, body(E0, disputes=(Dispute("who", (POSITION,), "", ""),)), "gone"),
    ("event_bodies", 1, body(E0, members=(SECOND.id,)), "which is no member"),
    ("control_series", "mosul", {"body": "{}"}, "cannot be read"),
    ("control_series", "mosul", {"body": json([SPAN])}, "ends before it begins"),
    (
        "control_series",
        "mosul",
        {"body": json([msgspec.structs.replace(SPAN, last=None, testimonies=("gone",))])},
        "names testimony gone",
    ),
    ("corrections", "c1", {"undoes": "c0"}, "undoes c0"),
    ("history", "e2", {"body": "x"}, "version 1 cannot be read"),
    ("history", "mosul", {"version": 3}, "version 1 is missing"),
    ("history", "mosul", {"id": "aleppo"}, "has a past and no present"),
]


def test_each_damage_is_found(filled: Store) -> None:
    for table, id, values, said in DAMAGES:
        faults = faults_with(filled, table, id, values)
        named = [fault for fault in faults if said in fault.message]
        assert named, (table, values, faults)
        assert named[0].id in (id, values.get("id"), "e0"), named
    assert list(verify(filled)) == []


def test_two_events_of_one_testimony(filled: Store) -> None:
    filled.put_events([event("e5", [FIRST])])
    assert [str(fault) for fault in verify(filled)] == [
        f"events e5: shares {FIRST.id} with event e0"
    ]


def test_a_reference_to_nothing(filled: Store) -> None:
    with filled.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.execute(schema.keys.insert(), {"key": "x", "testimony": 77})
        connection.commit()
    assert [(one.table, one.message) for one in verify(filled)] == [
        ("keys", "testimony 77 is not in testimonies")
    ]
