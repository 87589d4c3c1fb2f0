"""What people ask of events: every filter lets pass what it says, and wrong ones name the right."""

from __future__ import annotations

from typing import Any

import pytest

from sijill.errors import UsageError
from sijill.record.filters import first_day, last_day
from sijill.record.record import Record
from sijill.testimony import Event


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({"after": "2017-09"}, lambda e: e.time and e.time[1] >= "2017-09-01"),
        ({"before": "2016"}, lambda e: e.time and e.time[0] <= "2016-12-31"),
        (
            {"after": "2017-03-08", "before": "2017-03-08"},
            lambda e: e.time and e.time[0] <= "2017-03-08" <= e.time[1],
        ),
        ({"type": "airstrike"}, lambda e: e.type == "airstrike"),
        ({"type": "airstrike, capture"}, lambda e: e.type in ("airstrike", "capture")),
        ({"type": ["siege", "killing"]}, lambda e: e.type in ("siege", "killing")),
        ({"actor": "coalition"}, lambda e: "coalition" in (*e.actor, *e.target)),
        ({"status": "ongoing"}, lambda e: e.status == "ongoing"),
        ({"standing": "corroborated"}, lambda e: e.standing == "corroborated"),
        (
            {"type": "airstrike", "status": "occurred", "standing": "single", "actor": "coalition"},
            lambda e: (
                (e.type, e.status, e.standing) == ("airstrike", "occurred", "single")
                and "coalition" in (*e.actor, *e.target)
            ),
        ),
    ],
)
def test_a_filter_lets_pass_what_it_says(
    sample: Record, asked: dict[str, Any], passes: Any
) -> None:
    found = sample.events(**asked)
    every = sample.events()
    assert 0 < len(found) < len(every)
    assert {one.id for one in found} == {one.id for one in every if passes(one)}
    assert sample.count(**asked) == len(found)


def test_events_by_their_dead(sample: Record) -> None:
    def most(event: Event) -> float:
        dead = [one for one in event.figures if one.kind == "killed"]
        return max((one.high or one.low or 0 for one in dead), default=0)

    found = sample.events(killed_min=50, order="-killed")
    assert found and all(most(one) >= 50 for one in found)
    assert max(map(most, sample.events())) == most(found[0])


@pytest.mark.parametrize("text", ["بادوش", "سجن بادوش", "Badush", "badu*", "PRISON"])
def test_events_by_their_words(sample: Record, text: str) -> None:
    found = sample.events(text=text)
    assert {one.place.id for one in found if one.place} == {"iq_mosul_badush_prison"}


def test_events_by_what_they_are_called(sample: Record) -> None:
    found = sample.events(text="air strike coalition")
    assert found and {one.type for one in found} == {"airstrike"}


def test_events_as_they_were_known(record: Record) -> None:
    assert [one.type for one in record.events(known_on="2017-03")] == ["airstrike", "capture"]
    assert record.count(known_on="2017-03-08") == 0
    assert record.count(known_on="2017") == 3


def test_order_limit_and_offset(sample: Record) -> None:
    every = sample.events()
    assert sample.events(limit=3, offset=2) == every[2:5]
    assert sample.count(limit=3) == len(every)
    backward = sample.events(order="-day")
    assert backward[0].time and backward[0].time[0] == "2018-03-18"
    witnesses = [one.witnesses for one in sample.events(order="-witnesses")]
    assert witnesses == sorted(witnesses, reverse=True)


def test_nothing_asked_is_everything(record: Record) -> None:
    assert record.count(place=None, text="", type=()) == record.count() == 3


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"plase": "x"}, r"no filter 'plase', did you mean 'place'|no filter 'plase'.*place"),
        ({"type": "airstrik"}, r"no type 'airstrik'.*airstrike"),
        ({"type": "airstrike,frob"}, r"no type 'frob'"),
        ({"actor": "nobody"}, r"no actor 'nobody'"),
        ({"status": "done"}, r"no status 'done'.*occurred"),
        ({"standing": "sure"}, r"no standing 'sure'.*corroborated"),
        ({"after": "9 March"}, r"'9 March' is no day; write 2017-03-09, 2017-03 or 2017"),
        ({"before": "2017-13"}, r"'2017-13' is no day"),
        ({"known_on": "2017-02-30"}, r"'2017-02-30' is no day"),
        ({"order": "size"}, r"no order 'size'; there are: day, -day"),
        ({"killed_min": "many"}, r"killed_min.*number"),
        ({"limit": -1}, r"limit.*number"),
        ({"place": "Atlantis"}, r"Atlantis"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    record: Record, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        record.events(**asked)


def test_days_months_and_years() -> None:
    assert (first_day("2017"), last_day("2017")) == ("2017-01-01", "2017-12-31")
    assert (first_day("2016-02"), last_day("2016-02")) == ("2016-02-01", "2016-02-29")
    assert first_day("2017-03-09") == last_day("2017-03-09") == "2017-03-09"
