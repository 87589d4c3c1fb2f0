"""One event from several testimonies: id, type, status, sides, place and time."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from made_testimonies import told

from sijill.link.events import assemble, event_id
from sijill.model import Place
from sijill.testimony import Event


def test_nothing_is_no_event() -> None:
    with pytest.raises(ValueError, match="at least one testimony"):
        assemble([])


def test_order_does_not_matter() -> None:
    members = [
        told("a", actor=("us_forces",), day="2017-03-10"),
        told("b", "killing", actor=("coalition",)),
        told("c", at=["sy_raqqa_naim_roundabout"], status="ongoing"),
    ]
    made = {msgspec.json.encode(assemble(order)) for order in itertools.permutations(members)}
    assert len(made) == 1


def test_the_id_stays_while_the_first_member_does() -> None:
    first, second = told("b", day="2017-03-08"), told("a", day="2017-03-09")
    ident = event_id([first])
    assert event_id([second, first]) == ident == assemble([second, first, told("c")]).id
    assert event_id([second]) != ident
    assert event_id([told("z", day=None), second]) == event_id([second])  # no day, no first


def test_members_are_named_from_the_first() -> None:
    event = assemble(
        [told("b", day="2017-03-09"), told("c", day="2017-03-08"), told("a", day=None)]
    )
    assert event.members == ("c/r1", "b/r1", "a/r1")


def test_type_is_that_of_most_witnesses() -> None:
    killings = [told(doc, "killing") for doc in "ab"]
    assert assemble([*killings, told("c")]).type == "killing"
    copies = [told(doc, "killing", family="x") for doc in "ab"]
    assert assemble([*copies, told("c")]).type == "airstrike"  # as many, but it tells more
    assert (
        assemble([told("a", "accusation"), told("b", "accusation"), told("c")]).type == "airstrike"
    )


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("planned", "occurred"), "occurred"),
        (("planned", "ongoing"), "ongoing"),
        (("possible", "planned"), "planned"),
        (("denied", "occurred"), "occurred"),
        (("denied",), "denied"),
        (("denied", "planned"), "planned"),
    ],
)
def test_status(statuses: tuple[str, ...], status: str) -> None:
    members = [told(f"d{n}", status=one) for n, one in enumerate(statuses)]
    assert assemble(members).status == status


def test_sides_are_those_of_most_witnesses_as_exact_as_anybody_says() -> None:
    event = assemble(
        [
            told("a", actor=("syrian_army",), target=("militants",)),
            told("b", actor=("syrian_air_force",), target=("islamic_state",)),
            told("c", actor=("russian_forces",)),
        ]
    )
    assert event.actor == ("syrian_air_force",)
    assert set(event.target) == {"militants", "islamic_state"}


def where(event: Event) -> str | None:
    return event.place.id if event.place else None


def test_the_finest_place_agreed_on() -> None:
    quarter = told("a", at=["sy_raqqa_naim_roundabout"])
    event = assemble([quarter, told("b", at=["sy_raqqa"]), told("c", at=["sy"])])
    assert where(event) == "sy_raqqa_naim_roundabout"


def test_of_contradicting_places_that_of_most_witnesses() -> None:
    quarter = told("a", at=["sy_raqqa_naim_roundabout"])
    other = [told(doc, at=["sy_manbij"]) for doc in "bc"]
    assert where(assemble([quarter, *other])) == "sy_manbij"
    copies = [told(doc, at=["sy_manbij"], family="x") for doc in "bcd"]
    more = [quarter, told("e", at=["sy_raqqa"]), *copies]
    assert where(assemble(more)) == "sy_raqqa_naim_roundabout"


def test_a_place_that_nobody_knows_is_kept_by_its_name() -> None:
    event = assemble([told("a", place=(Place("تل ما", status="unknown"),))])
    assert event.place is not None
    assert (event.place.name, event.place.id) == ("تل ما", None)
    assert assemble([told("a", at=[])]).place is None


@pytest.mark.parametrize(
    ("times", "time"),
    [
        (
            [("2017-03-01", "2017-03-31"), ("2017-03-05", "2017-03-06")],
            ("2017-03-05", "2017-03-06"),
        ),
        (
            [("2017-03-01", "2017-03-05"), ("2017-03-05", "2017-03-08")],
            ("2017-03-05", "2017-03-05"),
        ),
        # two witnesses against one
        (
            [
                ("2017-03-01", "2017-03-01"),
                ("2017-03-05", "2017-03-06"),
                ("2017-03-06", "2017-03-07"),
            ],
            ("2017-03-06", "2017-03-06"),
        ),
        ([None, ("2017-03-05", "2017-03-05")], ("2017-03-05", "2017-03-05")),
        ([None], None),
        # the day of the news allows the days before it
        (
            [("2017-03-09", "2017-03-09"), ("2017-03-08", "2017-03-08")],
            ("2017-03-08", "2017-03-08"),
        ),
    ],
)
def test_time(times: list[tuple[str, str] | None], time: tuple[str, str] | None) -> None:
    members = [told(f"d{n}", time=one) for n, one in enumerate(times)]
    assert assemble(members).time == time


def test_days_of_the_news_alone_give_the_first() -> None:
    event = assemble([told("a", day="2017-03-10"), told("b", day="2017-03-09")])
    assert event.time == ("2017-03-09", "2017-03-09")
