"""Figures of an event: lowest, highest, best; victims apart; copies, joint and later tolls."""

from __future__ import annotations

import pytest
from made_testimonies import told, toll

from sijill.link.events import assemble
from sijill.model import Figure
from sijill.testimony import EventFigure
from sijill.testimony import Testimony as Told

SAME_DAY = ("2017-03-09", "2017-03-09")


def figures(*members: Told) -> dict[tuple[str, str], EventFigure]:
    return {(figure.kind, figure.of): figure for figure in assemble(members).figures}


def bounds(figure: EventFigure) -> tuple[float | None, float | None, float | None]:
    return figure.low, figure.high, figure.best


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("مدنيا", "civilians"),
        ("طفلا", "children"),
        ("نساء", "women"),
        ("النساء والأطفال", "civilians"),
        ("قتيل مدني", "civilians"),
        ("أسرة", "families"),
        ("مهاجمان", "attackers"),
        ("إرهابيا", "fighters"),
        ("جنود", "soldiers"),
        ("جندي عراقي", "iraq_army"),
        ("من عناصر داعش", "islamic_state"),
        ("عناصر الحشد الشعبي", "pmf"),
        ("شخصا", ""),
        ("قتيلا", ""),
        ("", ""),
    ],
)
def test_victims_are_kept_apart(words: str, group: str) -> None:
    assert figures(told("a", figures=(toll(3, of=words),))).keys() == {("killed", group)}


def test_low_high_and_best() -> None:
    found = figures(
        told("a", figures=(toll(17),)),
        told("b", figures=(toll(30),)),
        told("c", figures=(toll(23, None),)),
        told("d", figures=(toll(31),)),
    )["killed", ""]
    assert bounds(found) == (17, 31, 23)  # of four the lower one in the middle: somebody said it
    assert [claim.outlet for claim in found.claims] == [f"{d}.example" for d in "abcd"]
    assert (found.claims[2].low, found.claims[2].high) == (23, None)


def test_copies_count_once() -> None:
    copies = [told(doc, family="afp", figures=(toll(50),)) for doc in "abc"]
    others = [told("d", figures=(toll(10),)), told("e", figures=(toll(12),))]
    assert bounds(figures(*copies, *others)["killed", ""]) == (10, 50, 12)


def test_two_outlets_on_one_word_count_once() -> None:
    relayed = [told(doc, by="sohr", figures=(toll(50),)) for doc in "abc"]
    others = [told("d", figures=(toll(10),)), told("e", figures=(toll(12),))]
    assert figures(*relayed, *others)["killed", ""].best == 12


def test_nothing_is_added_up() -> None:
    parts = figures(told("a", figures=(toll(21), toll(15), toll(6), toll(4, of="طفلا"))))
    assert bounds(parts["killed", ""]) == (21, 21, 21)
    assert bounds(parts["killed", "children"]) == (4, 4, 4)


def test_joint_tolls_stand_aside() -> None:
    shared = told("a", figures=(toll(21, joint=True),))
    found = figures(shared, told("b", figures=(toll(16),)))["killed", ""]
    assert bounds(found) == (16, 16, 16)
    assert [claim.joint for claim in found.claims] == [True, False]
    assert bounds(figures(shared)["killed", ""]) == (21, 21, 21)


def test_words_taken_over_from_a_part_count_anybody() -> None:
    """Of "15 dead, 2 of them attackers, and 30 wounded" the wounded are not attackers."""
    taken_over = Figure("wounded", "مهاجمان", 30, 30, "ثلاثين")
    found = figures(told("a", figures=(toll(15), toll(2, of="مهاجمان"), taken_over)))
    assert found.keys() == {("killed", ""), ("killed", "attackers"), ("wounded", "")}


# ------------------------------------------------------------ later tolls


def later(by: str | None, number: int) -> Told:
    return told("b", by=by, figures=(toll(number),), day="2017-03-10", time=SAME_DAY)


@pytest.mark.parametrize(
    ("first_by", "then_by", "number", "replaced"),
    [
        ("officials", "officials", 23, True),
        ("officials", "medics", 23, True),  # better placed
        ("medics", "officials", 23, False),  # worse placed
        ("sohr", "rights_groups", 23, True),  # as well placed
        ("sohr", "rights_groups", 12, False),  # falling
        ("sohr", "sohr", 12, True),  # the same body corrects itself
        (None, None, 23, True),
        ("officials", None, 23, False),
    ],
)
def test_later_tolls(
    first_by: str | None, then_by: str | None, number: int, replaced: bool
) -> None:
    first = told("a", by=first_by, figures=(toll(17),))
    found = figures(first, later(then_by, number))["killed", ""]
    assert found.claims[0].replaced_by == ("b/r1" if replaced else "")
    assert bounds(found)[0] == (number if replaced else min(17, number))


def test_a_toll_of_the_same_day_replaces_nothing() -> None:
    found = figures(told("a", figures=(toll(17),)), told("b", figures=(toll(23),)))
    assert [claim.replaced_by for claim in found["killed", ""].claims] == ["", ""]


def test_the_latest_toll_replaces_all() -> None:
    days = ("2017-03-09", "2017-03-10", "2017-03-11")
    members = [
        told(f"d{day}", figures=(toll(n),), day=day, time=SAME_DAY)
        for day, n in zip(days, (5, 8, 11), strict=True)
    ]
    found = figures(*members)["killed", ""]
    assert bounds(found) == (11, 11, 11)
    assert [claim.replaced_by for claim in found.claims] == [members[2].id, members[2].id, ""]
