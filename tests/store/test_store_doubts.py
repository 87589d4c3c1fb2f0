"""What is open to doubt, and how much there is: the same from both databases."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from store_making import article, event, told

from sijill.model import Place
from sijill.store.answers import Doubt, DoubtLimits, Sums
from sijill.store.record_store import Store
from sijill.testimony import Correction, Event, Pair

LIMITS = DoubtLimits(many_dead=12, score=0.85, most=10)


def lone(number: int, **changes: Any) -> Event:
    """An event of one testimony of article ``number``, which gives ``10 + number`` dead."""
    plain = event(f"e{number}", told(number)[:1])
    return replace(plain, standing="single", status="occurred", **changes)


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_documents([article(number) for number in range(8)])
    store.add_testimonies([one for number in range(8) for one in told(number)])
    return store


def kinds(store: Store, limits: DoubtLimits = LIMITS) -> list[tuple[str, str]]:
    return [(one.kind, one.event) for one in store.doubts(limits)]


def test_tolls_on_one_word_with_most_dead_first(filled: Store) -> None:
    planned = replace(lone(6), status="planned")
    total = replace(lone(7), type="estimate")
    filled.put_events([lone(1), lone(2), lone(4), planned, total])
    assert filled.doubts(LIMITS) == [Doubt("toll", "e4", 14), Doubt("toll", "e2", 12)]
    assert kinds(filled, replace(LIMITS, most=1)) == [("toll", "e4")]
    filled.put_events([], {"e4": "e1"})
    assert kinds(filled) == [("toll", "e2")]


def test_places_that_are_no_point(filled: Store) -> None:
    def where(status: str) -> Place:
        return Place("a", status=status)

    filled.put_events(
        [
            lone(0, place=where("ambiguous")),
            lone(1, place=where("unknown")),
            lone(2, place=None, figures=()),
            lone(3, place=where("resolved"), figures=()),
        ]
    )
    assert kinds(filled) == [("place-ambiguous", "e0"), ("place-unknown", "e1")]


def test_disputes_and_days_after_they_were_told(filled: Store) -> None:
    later = ("2017-09-09", "2017-09-09")
    filled.put_events(
        [
            replace(lone(0), standing="disputed"),
            lone(1, time=later),
            replace(lone(2, time=later, figures=()), status="planned"),
        ]
    )
    assert kinds(filled) == [("dispute", "e0"), ("day", "e1")]


def test_pairs_near_the_threshold_once_for_each_two_events(filled: Store) -> None:
    ids = [told(number)[0].id for number in range(6)]
    filled.put_events([event("e0", [told(0)[0], told(1)[0]], standing="corroborated"), lone(2)])
    filled.add_pairs(
        [
            Pair(ids[0], ids[1], 0.5),
            Pair(ids[0], ids[2], -0.4),
            Pair(ids[1], ids[2], -0.1),
            Pair(ids[0], ids[3], 0.0),
            Pair(ids[2], ids[3], 2.0),
        ]
    )
    asked = replace(LIMITS, many_dead=99)
    apart, together = filled.doubts(asked)
    assert apart == Doubt("pair-apart", "e0", 12, "e2", (ids[1], ids[2]), -0.1)
    assert together == Doubt("pair-together", "e0", 11, "", (ids[0], ids[1]), 0.5)


def test_the_stamp_changes_with_the_record_alone(filled: Store) -> None:
    stamps = [filled.stamp(), filled.stamp()]
    filled.put_events([lone(1)])
    stamps.append(filled.stamp())
    filled.put_events([lone(1, place=None)])
    stamps.append(filled.stamp())
    filled.add_correction(Correction("c1", "confirm", "e1", "toll", "11", "seen", "A", "2020"))
    stamps.append(filled.stamp())
    assert stamps[0] == stamps[1]
    assert len(set(stamps)) == 4


def test_sums_leave_out_what_is_no_more(filled: Store) -> None:
    filled.put_events([lone(1), replace(lone(2), standing="disputed"), lone(3)])
    assert filled.sums() == Sums(documents=8, reports=16, events=3, disputed=1)
    filled.put_events([], {"e2": "", "e3": ""})
    filled.add_documents([article(0, "another text")])
    assert filled.sums() == Sums(documents=8, reports=14, events=1, disputed=0)
