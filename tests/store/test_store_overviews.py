"""Counts and slim rows of many events, in both databases."""

from __future__ import annotations

import pytest
from store_making import PLACES, article, event, told

from sijill.store.answers import EventFilter, EventRow
from sijill.store.record_store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    """Two events in Aleppo and Raqqa, one without place and day, and one that is no more."""
    store.add_documents([article(number) for number in range(6)])
    store.add_testimonies([one for number in range(6) for one in told(number)])
    some = [
        event("e0", [told(0)[0], told(1)[0]]),
        event("e1", [told(2)[0]], status="denied", standing="disputed"),
        event("e2", [told(3)[1]], place=None, time=None),
        event("e3", [told(4)[0]], place=PLACES[3]),
    ]
    store.put_events(some)
    store.put_events([], {"e3": ""})
    return store


def test_rows_hold_what_a_map_needs(filled: Store) -> None:
    rows = {row.id: row for row in filled.event_rows()}
    assert set(rows) == {"e0", "e1", "e2"}
    assert rows["e0"] == EventRow(
        "e0",
        "airstrike",
        "occurred",
        "corroborated",
        "2017-01-01",
        "2017-01-01",
        "aleppo",
        36.2,
        37.16,
    )
    assert (rows["e1"].place, rows["e1"].status, rows["e1"].standing) == (
        "raqqa",
        "denied",
        "disputed",
    )
    assert (rows["e2"].place, rows["e2"].lat, rows["e2"].first_day) == (None, None, None)


def test_days_and_actors_are_counted(filled: Store) -> None:
    assert filled.event_days() == {"2017-01-01": 1, "2017-01-03": 1, None: 1}
    assert filled.event_days(EventFilter(types=frozenset({"airstrike"}))) == {"2017-01-01": 1}
    assert filled.event_actors() == {"coalition": 2, "islamic_state": 3, "syria_army": 1}


def test_located_is_a_filter(filled: Store) -> None:
    def ids(**conditions: object) -> set[str]:
        return {one.id for one in filled.events(EventFilter(**conditions))}  # type: ignore[arg-type]

    assert ids(located=True) == {"e0", "e1"}
    assert ids(located=False) == {"e2"}
    assert ids(located=True, vague=frozenset({"raqqa"})) == {"e0"}
    assert ids(located=False, vague=frozenset({"raqqa"})) == {"e1", "e2"}
    assert filled.count(EventFilter(located=False)) == 1
