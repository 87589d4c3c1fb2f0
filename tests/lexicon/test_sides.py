"""Tables that events are assembled with: alliances, victims, ranks of sources, outlets' names."""

from __future__ import annotations

import pytest

from sijill.lexicon.outlet_names import load_outlet_names
from sijill.lexicon.sides import load_sides
from sijill.lexicon.source_ranks import load_source_ranks


@pytest.mark.parametrize(
    ("a", "b", "same", "enemies"),
    [
        ("us_forces", "coalition", True, False),
        ("us_forces", "islamic_state", False, True),  # through the coalition
        ("us_defense", "us_forces", True, False),
        ("iraq_army", "iraq_joc", True, False),
        ("iraq_army", "peshmerga", False, True),  # organs of one state that fought each other
        ("syrian_army", "russian_forces", False, False),
        ("tunisia", "algeria", False, False),  # "other" ties nobody together
        ("ypg", "peshmerga", False, False),
        ("kurdish_fighters", "peshmerga", True, False),
    ],
)
def test_sides(a: str, b: str, same: bool, enemies: bool) -> None:
    sides = load_sides()
    assert (sides.same(a, b), sides.enemies(a, b)) == (same, enemies)
    assert (sides.same(b, a), sides.enemies(b, a)) == (same, enemies)


def test_ranks_come_from_the_nearest_above() -> None:
    ranks = load_source_ranks().rank
    assert [ranks(who) for who in ("unhcr", "iraq_army", "houthis", "officials")] == [3, 2, 1, 1]
    assert (ranks(""), ranks("", named=False)) == (1, 0)


def test_every_ranked_source_exists() -> None:
    table = load_source_ranks()
    kinds = {row.kind for row in table.sides.actors.values()}
    assert table.ranks.keys() <= table.sides.actors.keys() | kinds


def test_outlets_by_any_of_their_names() -> None:
    names = load_outlet_names()
    assert {names.key(name) for name in ("AFP", "afp.com", "فرانس برس")} == {"afp"}
    assert names.printed("afp") == ("AFP", "وكالة فرانس برس")
    assert names.printed("www.unheard.example") == ("unheard.example", "unheard.example")
