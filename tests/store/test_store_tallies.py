"""Counts that the database makes: outlets, actors, pairs, lists of documents."""

from __future__ import annotations

import msgspec
from store_making import article, event, told

from sijill.issues import Issue
from sijill.store.answers import ActorTally, EventFilter, PairTally
from sijill.store.record_store import Store
from sijill.testimony import ControlSpan


def fill(store: Store) -> None:
    """Seven articles of five outlets, each with two reports, and three events of them."""
    store.add_documents([article(number) for number in range(7)])
    store.add_testimonies([one for number in range(7) for one in told(number)])
    pair = [told(0)[0], told(1)[0]]
    meeting = event("e2", [told(3)[1]], type="meeting")
    meeting = msgspec.structs.replace(meeting, actor=("russia", "iran"), target=())
    store.put_events([event("e0", pair, outlets=2), event("e1", [told(2)[0]]), meeting])


def test_outlets_are_counted_in_the_database(store: Store) -> None:
    fill(store)
    by_name = {one.outlet: one for one in store.tally_outlets()}
    assert [(one.documents, one.reports) for one in by_name.values()] == [(2, 4)] * 2 + [(1, 2)] * 3
    assert (by_name["outlet0"].first, by_name["outlet1"].first) == (1, 0)
    days = [told(number)[0].said_on for number in (0, 5)]
    assert [by_name["outlet0"].first_day, by_name["outlet0"].last_day] == days


def test_nobody_is_first_where_two_tell_of_it_on_one_day(store: Store) -> None:
    fill(store)
    same = msgspec.structs.replace(told(1)[0], said_on=told(0)[0].said_on)
    store.add_testimonies([same, told(1)[1]])
    assert sum(one.first for one in store.tally_outlets()) == 0


def test_copies_count_for_those_who_copied(store: Store) -> None:
    fill(store)
    first, second = article(0).id, article(1).id
    store.set_families({first: first, second: first})
    copies = {one.outlet: one.copies for one in store.tally_outlets()}
    assert {name for name, count in copies.items() if count} == {"outlet1"}


def test_actors_and_pairs_by_type(store: Store) -> None:
    fill(store)
    actors = store.tally_actors()
    assert ActorTally("russia", "actor", "meeting", 1) in actors
    pairs = store.tally_pairs()
    assert PairTally("iran", "russia", "meeting", 1, together=True) in pairs
    fought = [one for one in pairs if not one.together]
    assert sum(one.events for one in fought) == 2 and {one.target for one in fought} == {
        "islamic_state"
    }
    assert store.tally_pairs(EventFilter(types=frozenset({"meeting"}))) == [
        one for one in pairs if one.together
    ]


def test_the_events_of_a_pair(store: Store) -> None:
    fill(store)
    assert store.pair_events("coalition", "islamic_state") == ["e0", "e1"]
    assert store.pair_events("coalition", "islamic_state", EventFilter(limit=1, offset=1)) == ["e1"]
    assert store.pair_events("russia", "iran", together=True) == ["e2"]
    assert store.pair_events("russia", "iran") == []


def test_documents_that_tell_and_are_nobodys_copy(store: Store) -> None:
    fill(store)
    store.add_document(article(20))
    first, second = article(0).id, article(1).id
    store.set_families({first: first, second: first})
    assert store.telling_documents() == [article(number).id for number in (0, 2, 3, 4, 5, 6)]


def test_the_days_of_a_record(store: Store) -> None:
    assert store.days() is None and store.control_days() is None
    fill(store)
    said = sorted(told(number)[0].said_on or "" for number in range(7))
    assert store.days() == (said[0], said[-1])
    spans = [
        ControlSpan("mosul", "held", "2017-01-01", "2017-01-05", "islamic_state"),
        ControlSpan("mosul", "contested", "2017-01-06", None, "islamic_state", ("pmf",)),
    ]
    store.put_control("mosul", spans)
    assert store.control_days() == ("2017-01-01", "2017-01-06")
    assert store.control_sides() == {"islamic_state", "pmf"}


def test_documents_in_a_list_page_by_page(store: Store) -> None:
    fill(store)
    whole = store.document_lines()
    assert [one.day for one in whole] == sorted((one.day or "" for one in whole), reverse=True)
    assert store.document_lines(limit=3, offset=3) == whole[3:6]
    assert {one.reports for one in whole} == {2}
    of_one = store.document_lines("outlet0")
    assert [one.outlet for one in of_one] == ["outlet0"] * store.count_documents("outlet0")
    day = whole[2].day or ""
    assert store.document_lines(days=(day, day)) == [whole[2]]


def test_documents_with_something_not_understood(store: Store) -> None:
    fill(store)
    issue = Issue("warning", "no-day", "there is no day")
    store.add_document(msgspec.structs.replace(article(20), issues=(issue,)))
    (line,) = store.document_lines(issues=True)
    assert list(store.issues()) == [issue]
    assert line.issues == (issue,) and store.count_documents(issues=True) == 1


def test_marks_change_with_whatever_is_written(store: Store) -> None:
    seen = [store.marks()]
    fill(store)
    seen.append(store.marks())
    store.put_events([event("e1", [told(2)[0]], standing="disputed")])
    seen.append(store.marks())
    store.mark_linked([article(0).id])
    seen.append(store.marks())
    assert len(set(seen)) == 4 and store.marks() == seen[-1]
