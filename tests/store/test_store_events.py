"""Events, control and corrections: put, changed, replaced, and found again by every filter."""

from __future__ import annotations

import msgspec
import pytest
from store_making import PLACES, article, event, told

from sijill.errors import RecordError
from sijill.store.answers import EventFilter
from sijill.store.record_store import Store
from sijill.testimony import ControlSpan, Correction, Event


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_documents([article(number) for number in range(6)])
    store.add_testimonies([one for number in range(6) for one in told(number)])
    return store


def made() -> list[Event]:
    """Three events: of articles 0 and 1, of article 2 alone, and of article 3 alone."""
    return [
        event("e0", [told(0)[0], told(1)[0]]),
        event("e1", [told(2)[0]], status="denied", standing="disputed"),
        event("e2", [told(3)[1]], place=None, time=None),
    ]


def test_an_event_comes_back_as_it_was_put(filled: Store) -> None:
    changes = filled.put_events(made())
    assert changes.added == ("e0", "e1", "e2")
    found = filled.event("e0")
    assert found is not None
    assert (found.event, found.path, found.withdrawn) == (made()[0], ("e0",), False)
    assert filled.event("nothing") is None
    assert not any(msgspec.structs.astuple(filled.put_events(made())))
    assert filled.testimonies_of("e0") == [told(0)[0], told(1)[0]]
    assert filled.events_of([told(1)[0].id, told(5)[0].id]) == {told(1)[0].id: "e0"}


def test_every_earlier_state_is_shown(filled: Store) -> None:
    filled.put_events(made())
    larger = event("e0", [told(0)[0], told(1)[0], told(4)[0]])
    assert filled.put_events([larger]).changed == ("e0",)
    filled.put_events([], {"e0": ""})
    states = filled.history("e0")
    assert [one.value for one in states] == [made()[0], larger, larger]
    assert [one.end for one in states] == ["changed", "withdrawn", ""]
    assert [one.version for one in states] == [1, 2, 3]
    assert states[0].since < states[0].until <= states[1].since
    assert filled.put_events([larger]).changed == ("e0",)
    assert [one.end for one in filled.history("e0")] == ["changed", "withdrawn", "revived", ""]


def test_a_replaced_event_keeps_its_address(filled: Store) -> None:
    filled.put_events(made())
    both = event("e3", [told(0)[0], told(1)[0], told(2)[0]])
    assert filled.put_events([both], {"e0": "e3", "e1": "e3"}).withdrawn == ("e0", "e1")
    filled.put_events([event("e4", [*filled.testimonies_of("e3"), told(5)[0]])], {"e3": "e4"})
    found = filled.event("e0")
    assert found is not None
    assert (found.event.id, found.path, found.withdrawn) == ("e4", ("e0", "e3", "e4"), False)
    filled.put_events([], {"e4": ""})
    gone = filled.event("e0")
    assert gone is not None
    assert (gone.path[-1], gone.withdrawn) == ("e4", True)
    assert [one.id for one in filled.events()] == ["e2"]
    assert not filled.put_events([], {"e4": ""}).withdrawn


def test_what_waits_for_its_events(filled: Store) -> None:
    (a, *_), (b, *_) = told(3), told(1)
    filled.await_events([a.id, b.id])
    filled.await_events([a.id])
    first, second = filled.awaiting()
    assert [(one.id, one.instead) for one in (first, second)] == [(b.id, ""), (a.id, "")]
    assert filled.awaiting(1) == [first]
    others = filled.testimony_numbers(one.id for one in told(2))
    assert filled.settle([first.number, *others]) == [first.number]
    later = article(3, "نص جديد")
    filled.add_document(later)
    assert [(one.id, one.instead) for one in filled.awaiting()] == [(a.id, later.id)]
    assert filled.count_awaiting() == 1
    with pytest.raises(RecordError):
        filled.await_events(["nobody"])


def test_how_many_testimonies_an_event_has(filled: Store) -> None:
    filled.put_events(made())
    sizes = {one.id: len(one.members) for one in made()}
    assert filled.sizes([*sizes, "e99"]) == sizes


def test_what_is_left_to_link(filled: Store) -> None:
    filled.put_events(made())
    free = {one.id for one in filled.unassigned()}
    assert free == {one.id for n in range(6) for one in told(n)} - {
        id for one in made() for id in one.members
    }
    assert filled.outdated() == []
    filled.add_document(article(2, "نص جديد"))
    assert filled.outdated() == ["e1"]


@pytest.mark.parametrize(
    ("given", "replaced", "message"),
    [
        ([event("e9", [told(9)[0]])], {}, "no testimony"),
        ([], {"e9": ""}, "no event e9"),
        ([event("e0", [told(0)[0]])], {"e1": "e9"}, "no event e"),
        ([event("e0", [told(0)[0]])], {"e0": ""}, "no event e0"),
    ],
)
def test_what_is_not_there_is_said(
    filled: Store, given: list[Event], replaced: dict[str, str], message: str
) -> None:
    with pytest.raises(RecordError, match=message):
        filled.put_events(given, replaced)
    assert filled.count() == 0


def some(*names: str) -> frozenset[str]:
    return frozenset(names)


FILTERS = [
    (EventFilter(), "e2 e0 e1"),
    (EventFilter(order="-day"), "e1 e0 e2"),
    (EventFilter(order="-killed"), "e2 e1 e0"),
    (EventFilter(order="-witnesses"), "e0 e1 e2"),
    (EventFilter(order="day", limit=1, offset=1), "e0"),
    (EventFilter(offset=2), "e1"),
    (EventFilter(types=some("airstrike", "capture")), "e2 e0"),
    (EventFilter(places=some("aleppo", "mosul")), "e0"),
    (EventFilter(countries=some("SY")), "e0 e1"),
    (EventFilter(box=(35.0, 38.5, 36.0, 39.5)), "e1"),
    (EventFilter(first="2017-01-02"), "e1"),
    (EventFilter(last="2017-01-02"), "e0"),
    (EventFilter(actors=some("syria_army")), "e2"),
    (EventFilter(actors=some("islamic_state")), "e2 e0 e1"),
    (EventFilter(statuses=some("denied")), "e1"),
    (EventFilter(standings=some("single", "corroborated")), "e2 e0"),
    (EventFilter(killed_min=12), "e2 e1"),
    (EventFilter(known_on="2017-01-02"), "e0"),
    (EventFilter(text="الشعّار طائرات"), "e0 e1"),
    (EventFilter(text="أحمر اشتباكات"), "e2"),
    (EventFilter(text="طائ*"), "e0 e1"),
    (EventFilter(text="Airstrike"), "e0"),
    (EventFilter(text="طائ"), ""),
    (EventFilter(text="\"' OR ("), "e0"),
    (EventFilter(text="' \" ("), ""),
    (EventFilter(types=some("airstrike"), text="طائرات", first="2017-01-01"), "e0"),
]


def test_filters(filled: Store) -> None:
    first, second, third = made()
    second = msgspec.structs.replace(second, place=PLACES[2])
    filled.put_events([first, second, third], words={"e0": "airstrike OR غارة"})
    for where, ids in FILTERS:
        assert [one.id for one in filled.events(where)] == ids.split(), where
        if not where.limit and not where.offset:
            assert filled.count(where) == len(ids.split()), where


def test_words_follow_a_change(filled: Store) -> None:
    filled.put_events(made(), words={"e1": "before"})
    filled.put_events([event("e1", [told(2)[0]])], words={"e1": "after"})
    assert filled.count(EventFilter(text="before")) == 0
    assert filled.count(EventFilter(text="after")) == 1


def test_no_dead_of_whom_nobody_counts_more_than_the_whole(filled: Store) -> None:
    filled.put_events([msgspec.structs.replace(made()[0], figures=())])
    assert filled.count(EventFilter(killed_min=0)) == 0


SPANS = (
    ControlSpan("mosul", "held", "2014-06-10", "2017-07-09", "islamic_state"),
    ControlSpan("mosul", "held", "2017-07-10", None, "iraq_army", testimonies=(told(0)[0].id,)),
)


def test_control_is_one_series_with_a_past(filled: Store) -> None:
    assert filled.control("mosul") == ()
    assert not filled.put_control("mosul", [])
    assert filled.put_control("mosul", SPANS[:1])
    assert filled.put_control("mosul", SPANS)
    assert not filled.put_control("mosul", SPANS)
    assert filled.control("mosul") == SPANS
    assert [one.value for one in filled.history("mosul")] == [SPANS[:1], SPANS]
    assert filled.put_control("mosul", [])
    assert filled.control("mosul") == ()
    assert list(filled.control_on("2017-08-01")) == []


def test_who_held_which_place_on_a_day(filled: Store) -> None:
    aleppo = ControlSpan("aleppo", "contested", "2017-01-01", "2017-02-01", rivals=("a", "b"))
    filled.put_control("mosul", SPANS)
    filled.put_control("aleppo", [aleppo])
    assert list(filled.control_on("2017-02-01")) == [aleppo, SPANS[0]]
    assert list(filled.control_on("2017-07-09", {"mosul"})) == [SPANS[0]]
    assert list(filled.control_on("2020-01-01")) == [SPANS[1]]
    assert list(filled.control_on("2010-01-01")) == []
    assert list(filled.controlled_places()) == ["aleppo", "mosul"]


def test_corrections_are_only_added(store: Store) -> None:
    first = Correction("c1", "set", "e0", "type", "shelling", "seen", "me", "2020-01-01")
    undo = Correction("c2", "undo", "e0", "", "", "wrong", "you", "2020-01-02", undoes="c1")
    with pytest.raises(RecordError, match="no correction c1 to undo"):
        store.add_correction(undo)
    assert store.add_correction(first)
    assert not store.add_correction(first)
    assert store.add_correction(undo)
    assert list(store.corrections()) == [first, undo]
    assert list(store.corrections("e1")) == []
    with pytest.raises(RecordError, match="says something else"):
        store.add_correction(msgspec.structs.replace(first, value="clash"))
