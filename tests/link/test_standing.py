"""Witnesses that are independent, the standing of an event, and the grade for civilian harm."""

from __future__ import annotations

import pytest
from made_testimonies import told, toll

from sijill.link.background import load_background
from sijill.link.events import assemble
from sijill.link.standing import independent
from sijill.testimony import Testimony as Told

DEAD = (toll(5, of="مدنيا"),)


def witnesses(*members: Told) -> int:
    return len(independent(members, load_background()))


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (told("a"), told("b"), 2),
        (told("a"), told("a", number=2), 1),  # one document
        (told("a"), told("b", family="a"), 1),  # a copy
        (told("a"), told("b", outlet="www.a.example"), 1),  # one outlet
        (told("a", agency="AFP"), told("b", agency="فرانس برس"), 1),  # one agency
        (told("a", agency="سانا"), told("b", outlet="sana.sy"), 1),  # the agency itself
        (told("a", by="sohr"), told("b", by="sohr"), 1),  # one speaker
        (told("a", by="iraq_army"), told("b", by="iraq_forces"), 1),  # a body and its own
        (told("a", by="iraq_army"), told("b", by="us_forces"), 2),
        (told("a", by="officials"), told("b", by="officials"), 2),  # nobody knows which
        (told("a", by="residents"), told("b", by="residents"), 2),
        (told("a", by="sohr"), told("b"), 2),
    ],
)
def test_independent(one: Told, other: Told, count: int) -> None:
    assert witnesses(one, other) == count == witnesses(other, one)


def test_two_claims_in_one_paper_do_not_tie_together_who_makes_them() -> None:
    both = told("a", by="iraq_army"), told("a", number=2, by="us_forces")
    assert witnesses(*both, told("b", by="iraq_army"), told("c", by="us_forces")) == 2


def test_outlets_and_witnesses_side_by_side() -> None:
    event = assemble([told(doc, by="sohr") for doc in "abc"])
    assert (event.outlets, event.witnesses, event.standing) == (3, 1, "single")
    event = assemble([told("a", by="sohr"), told("b", by="sohr"), told("c", by="medics")])
    assert (event.outlets, event.witnesses, event.standing) == (3, 2, "corroborated")


def test_disputed() -> None:
    event = assemble([told("a", actor=("syrian_army",)), told("b", actor=("russian_forces",))])
    assert event.standing == "disputed"


def test_a_disputed_toll_leaves_the_standing() -> None:
    event = assemble([told("a", figures=(toll(5),)), told("b", figures=(toll(9),))])
    assert [d.field for d in event.disputes] == ["how_many"]
    assert event.standing == "corroborated"


def test_denied() -> None:
    assert assemble([told("a", status="denied")]).standing == "denied"
    event = assemble([told("a"), told("b", status="denied")])
    assert (event.standing, event.status, event.witnesses) == ("disputed", "occurred", 1)


# ------------------------------------------------------------ civilian harm

BY_COALITION = {"actor": ("coalition",), "figures": DEAD}


@pytest.mark.parametrize(
    ("members", "grade"),
    [
        ([told("a", **BY_COALITION, by="us_defense")], "confirmed"),
        ([told("a", **BY_COALITION), told("b", **BY_COALITION)], "fair"),
        ([told("a", **BY_COALITION, by="sohr"), told("b", **BY_COALITION, by="sohr")], "weak"),
        (
            [told("a", actor=("russian_forces",), figures=DEAD), told("b", **BY_COALITION)],
            "contested",
        ),
        # the accused side's denial does not do away with what one source tells
        (
            [
                told("a", **BY_COALITION),
                told("b", actor=("coalition",), by="us_forces", status="denied"),
            ],
            "weak",
        ),
        (
            [told("a", **BY_COALITION), told("b", actor=("coalition",), by="un", status="denied")],
            "discounted",
        ),
        # the dead were fighters, says somebody who is no party
        (
            [
                told("a", **BY_COALITION),
                told("b", actor=("coalition",), by="un", figures=(toll(5, of="إرهابيا"),)),
            ],
            "discounted",
        ),
        ([told("a", actor=("coalition",), target=("civilians",), figures=(toll(5),))], "weak"),
        ([told("a", actor=("coalition",), figures=(toll(5),))], ""),
        ([told("a", actor=("coalition",), figures=(toll(5, of="مسلحا"),))], ""),
        ([told("a", "displacement", figures=DEAD)], ""),
    ],
)
def test_harm(members: list[Told], grade: str) -> None:
    assert assemble(members).harm == grade
