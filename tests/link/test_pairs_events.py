"""Keys, comparison and grouping of testimonies: what must meet, what must not, in any order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.linking import load_linking
from sijill.link.blocking import Blocks, keys
from sijill.link.cluster import LEAST_BRIDGE, cluster
from sijill.link.features import PLACES
from sijill.link.pairs import Comparer, compare, pairs, probability
from sijill.model import Figure, Place
from sijill.testimony import Pair
from sijill.testimony import Testimony as Telling

PLACE_ROWS = load_knowledge().lexicon.places


def place(ident: str) -> Place:
    row = PLACE_ROWS[ident]
    return Place(row.name, id=ident, lat=row.lat, lon=row.lon, radius_km=row.extent_km)


def told(ident: str, day: str | None = "2017-03-08", at: str = "iq_ramadi", **more: Any) -> Telling:
    """A testimony, of a document of its own unless the id names one (``d1/r2``)."""
    document = ident.split("/")[0]
    given = {"type": "bombing", "status": "occurred", "said_on": day, **more}
    return Telling(
        id=ident,
        document=document,
        doc=document,
        time=(day, day) if day else None,
        place=(place(at),) if at else (),
        **given,
    )


def reasons(a: Telling, b: Telling) -> set[str]:
    return {name for name, _ in compare(a, b, PLACE_ROWS).reasons}


def meet(a: Telling, b: Telling) -> bool:
    blocks, known = Blocks(), Comparer(PLACE_ROWS)
    blocks.add(known.profile(a), keys(a, PLACE_ROWS))
    return blocks.met_by(known.profile(b), keys(b, PLACE_ROWS)) == {a.id}


class TestKeys:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (told("a"), told("b", "2017-03-09")),
            (told("a"), told("b", at="iq_anbar")),
            (told("a"), told("b", type="killing")),
            (told("a", None, "iq_mosul_nuri_mosque"), told("b", at="iq_mosul_nuri_mosque")),
            (told("a", at="", quote="قرب الزنجفيل"), told("b", quote="في الزنجفيل")),
        ],
        ids=["next day", "what it lies in", "kin of type", "site without a day", "rare word"],
    )
    def test_what_may_be_one_event_meets(self, left: Telling, right: Telling) -> None:
        assert meet(left, right)
        assert meet(right, left)

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (told("a"), told("b", "2017-03-11")),
            (told("a"), told("b", at="ye_aden")),
            (told("a"), told("b", type="meeting")),
            (told("a", None), told("b")),
            (told("a", at=""), told("b")),
        ],
        ids=["two days", "another country", "another kin", "town without a day", "no place"],
    )
    def test_what_cannot_be_told_apart_from_much_does_not(
        self, left: Telling, right: Telling
    ) -> None:
        assert not meet(left, right)

    def test_a_word_brings_no_two_places_together(self) -> None:
        left = told("a", quote="قرب الزنجفيل")
        right = told("b", at="ye_aden", quote="قرب الزنجفيل")
        assert not meet(left, right)

    def test_keys_are_few(self) -> None:
        quote = " ".join(f"كلمة{chr(0x628 + n)}نادرة" for n in range(20))
        assert len(keys(told("a", quote=quote), PLACE_ROWS)) < 40


class TestCompare:
    def test_the_score_is_the_sum_of_its_reasons(self) -> None:
        pair = compare(told("a"), told("b"), PLACE_ROWS)
        assert pair.score == pytest.approx(sum(points for _, points in pair.reasons), abs=0.001)

    def test_the_order_changes_nothing(self) -> None:
        a, b = told("a", actor=("usa",)), told("b", "2017-03-09", "iq_anbar", target=("iraq",))
        assert compare(a, b, PLACE_ROWS) == compare(b, a, PLACE_ROWS)

    @pytest.mark.parametrize(
        ("left", "right", "reason"),
        [
            ({}, {}, "place same town"),
            ({"at": "iq_mosul_nuri_mosque"}, {"at": "iq_mosul"}, "place part of town"),
            ({}, {"at": "iq_anbar"}, "place part of region"),
            ({}, {"at": ""}, "place in one only"),
            ({}, {"at": "ye_aden"}, "place far"),
            ({}, {"day": "2017-03-09", "said_on": "2017-03-12"}, "day next"),
            ({"said_on": "2017-03-09"}, {"day": "2017-03-09"}, "told next day"),
            ({"said_on": "2017-03-09"}, {"day": "2017-03-12"}, "told later"),
            ({"said_on": "2017-03-09"}, {"said_on": "2017-03-09"}, "day same"),
            ({}, {}, "day printed"),
            ({}, {"day": "2017-03-09"}, "printed next day"),
            ({}, {"day": "2017-03-12"}, "printed later"),
            ({}, {"day": "2017-03-19"}, "day apart"),
            ({}, {"day": None, "said_on": "2017-03-09"}, "day unknown"),
            ({}, {"day": None}, "document undated"),
            ({}, {"type": "killing"}, "type near"),
            ({}, {"type": "meeting"}, "type other"),
            ({"actor": ("iraq_army",)}, {"actor": ("iraq_forces",)}, "actor akin"),
            ({"actor": ("coalition",)}, {"actor": ("iraq_army",)}, "actor ally"),
            ({"actor": ("iraq_army",)}, {"actor": ("islamic_state",)}, "actor other"),
            ({"status": "planned"}, {}, "plan and deed"),
            ({"status": "planned"}, {"status": "possible"}, "plan both"),
            ({"family": "f"}, {"family": "f"}, "family same"),
        ],
    )
    def test_features(self, left: dict[str, Any], right: dict[str, Any], reason: str) -> None:
        found = reasons(told("a", **left), told("b", **right))
        assert reason in found
        assert reason != "plan both" or "plan and deed" not in found

    def test_enemies_who_both_take_a_town_are_two_events(self) -> None:
        a = told("a", type="capture", actor=("iraq_army",))
        assert "holders opposed" in reasons(a, told("b", type="capture", actor=("islamic_state",)))

    @pytest.mark.parametrize(
        ("low", "high", "low2", "high2", "reason"),
        [
            (23, 23, 23, 23, "figure same large"),
            (4, 4, 4, 4, "figure same"),
            (17, None, 23, 23, "figure near"),
            (20, 20, 23, 23, "figure near"),
            (10, 10, 40, 40, "figure apart"),
        ],
    )
    def test_figures(self, low: int, high: int | None, low2: int, high2: int, reason: str) -> None:
        a = told("a", figures=(Figure("killed", "", low, high, ""),))
        b = told("b", figures=(Figure("killed", "", low2, high2, ""),))
        assert reason in reasons(a, b)

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ({"type": "airstrike"}, {"type": "airstrike"}),
            ({}, {"type": "killing"}),
            ({"at": "ye_aden"}, {"at": "ye_aden"}),
            ({}, {"at": "iq_anbar"}),
        ],
        ids=["a course of things", "types akin", "a city", "what it lies in"],
    )
    def test_a_place_of_much_alone_ties_nothing(
        self, left: dict[str, Any], right: dict[str, Any]
    ) -> None:
        a, b = told("a", **left), told("b", **right)
        assert "place alone" in reasons(a, b)
        dead = (Figure("killed", "", 4, 4, ""),)
        a, b = told("a", figures=dead, **left), told("b", figures=dead, **right)
        assert "place alone" not in reasons(a, b)

    def test_one_bombing_in_a_small_town_needs_no_more(self) -> None:
        assert "place alone" not in reasons(told("a"), told("b"))

    @pytest.mark.parametrize(
        ("low", "high", "alone"),
        [(56, 56, False), (100, None, False), (20, 99, True), (2, 2, True)],
    )
    def test_many_dead_are_told_of_few_attacks(
        self, low: int, high: int | None, alone: bool
    ) -> None:
        a = told("a", type="airstrike", figures=(Figure("killed", "", 70, 70, ""),))
        b = told("b", type="airstrike", figures=(Figure("killed", "", low, high, ""),))
        assert ("place alone" in reasons(a, b)) == alone

    def test_few_shared_words_do_not_stand_in_for_a_place(self) -> None:
        quote = "كلام طويل جاء بعد معارك كثيرة"
        a, b = told("a", at="", quote=quote), told("b", quote="كلام طويل جاء ضمن أشياء أخرى")
        assert {"words some", "nothing named"} <= reasons(a, b)
        assert "nothing named" not in reasons(a, told("b", quote=quote))

    def test_a_quarter_that_is_a_district_is_a_site(self) -> None:
        assert "place same site" in reasons(
            told("a", at="ye_aden_tawahi"), told("b", at="ye_aden_tawahi")
        )

    def test_figures_of_two_kinds_say_nothing(self) -> None:
        a = told("a", figures=(Figure("killed", "", 23, 23, ""),))
        b = told("b", figures=(Figure("wounded", "", 23, 23, ""),))
        assert not {name for name in reasons(a, b) if name.startswith("figure")}

    def test_every_relation_of_places_has_a_weight(self) -> None:
        weights = load_linking().weights
        assert not [name for name in PLACES if f"place {name}" not in weights]

    def test_the_comparer_remembers_to_the_same_result(self) -> None:
        a, b = told("a"), told("b", at="iq_anbar")
        comparer = Comparer(PLACE_ROWS)
        assert comparer.compare(a, b) == comparer.compare(a, b) == compare(a, b, PLACE_ROWS)


def tie(a: str, b: str, score: float) -> Pair:
    return Pair(min(a, b), max(a, b), score)


class TestCluster:
    def test_a_chain_of_days_is_no_event(self) -> None:
        days = [told(f"d{n}", f"2017-03-{n:02}", said_on="2017-04-30") for n in range(1, 8)]
        chain = [tie(f"d{n}", f"d{n + 1}", 5.0) for n in range(1, 7)]
        assert max(map(len, cluster(days, chain))) == 2

    def test_days_apart_are_no_event_however_alike_the_averages(self) -> None:
        days = {"a": None, "b": "2017-03-01", "c": "2017-03-09"}
        them = [told(name, day, said_on="2017-04-30") for name, day in days.items()]
        ties = [tie("a", "c", 5.0), tie("a", "b", 4.0), tie("b", "c", 4.0)]
        assert cluster(them, ties) == [("a", "c"), ("b",)]

    def test_one_tie_does_not_join_two_groups(self) -> None:
        them = [told(name) for name in ("a1", "a2", "a3", "b1", "b2", "b3")]
        ties = [tie(x + i, x + j, 4.0) for x in "ab" for i, j in ("12", "13", "23")]
        assert cluster(them, [*ties, tie("a1", "b1", 3.0)]) == [
            ("a1", "a2", "a3"),
            ("b1", "b2", "b3"),
        ]

    def test_one_document_keeps_its_reports_apart(self) -> None:
        them = [told("a/r1"), told("a/r2"), told("b/r1")]
        ties = [tie("a/r1", "b/r1", 4.0), tie("a/r2", "b/r1", 3.0), tie("a/r1", "a/r2", 1.0)]
        assert cluster(them, ties) == [("a/r1", "b/r1"), ("a/r2",)]

    def test_unless_they_are_surely_one(self) -> None:
        them = [told("a/r1"), told("a/r2"), told("b/r1")]
        ties = [tie("a/r1", "b/r1", 4.0), tie("a/r2", "b/r1", 3.0), tie("a/r1", "a/r2", 4.0)]
        assert cluster(them, ties) == [("a/r1", "a/r2", "b/r1")]

    def test_what_has_no_pair_stands_alone(self) -> None:
        assert cluster([told("b"), told("a")], []) == [("a",), ("b",)]

    @pytest.mark.parametrize("seed", range(20))
    def test_the_order_changes_nothing_and_what_bridges_connect_is_enough(self, seed: int) -> None:
        rnd = random.Random(seed)
        them = [told(f"d{n:02}/r1") for n in range(30)]
        ties = [
            tie(a.id, b.id, rnd.choice((-1.3, -0.4, -0.001, 0.0, 0.001, 2.0, 4.0)))
            for a in them
            for b in them
            if a.id < b.id
            if rnd.random() < 0.1
        ]
        whole = cluster(them, ties)
        rnd.shuffle(them)
        rnd.shuffle(ties)
        assert cluster(them, ties) == whole
        near = bridged(them[0].id, ties)
        part = cluster([one for one in them if one.id in near], ties)
        assert set(part) <= set(whole)
        assert {one for event in part for one in event} == near

    def test_weak_ties_weigh_in_averages_and_bridge_nothing(self) -> None:
        them = [told(name) for name in "abc"]
        strong = [tie("a", "b", 3.0), tie("b", "c", 2.0)]
        assert cluster(them, strong) == [("a", "b"), ("c",)]
        assert cluster(them, [*strong, tie("a", "c", -0.5)]) == [("a", "b", "c")]
        assert bridged("a", [tie("a", "c", -0.5)]) == {"a"}


def bridged(start: str, ties: list[Pair]) -> set[str]:
    """What ties that can join groups connect with a testimony."""
    found = {start}
    while True:
        met = {
            one
            for pair in ties
            if pair.score >= LEAST_BRIDGE and not found.isdisjoint((pair.a, pair.b))
            for one in (pair.a, pair.b)
        }
        if met <= found:
            return found
        found |= met


def test_two_papers_on_one_bombing_make_one_event_and_the_next_town_another() -> None:
    dead = (Figure("killed", "", 32, 32, ""),)
    them = [
        told("x/r1", figures=dead),
        told("y/r1", figures=dead, said_on="2017-03-09"),
        told("z/r1", at="iq_fallujah"),
    ]
    found = pairs(them, PLACE_ROWS)
    assert cluster(them, found) == [("x/r1", "y/r1"), ("z/r1",)]
    assert pairs(reversed(them), PLACE_ROWS) == found
    assert probability(found[0]) > 0.5


def test_two_sieges_of_one_town_are_one_and_of_two_towns_are_not() -> None:
    ended = told("a", type="siege", at="sy_deir_ez_zor")
    goes_on = told("b/r1", type="siege", at="sy_deir_ez_zor", status="ongoing")
    elsewhere = told("b/r2", type="siege", at="sy_raqqa", status="ongoing")
    assert {"one siege", "type same"} <= reasons(ended, goes_on)
    assert "one siege" not in reasons(ended, elsewhere)
    told_here = [ended, goes_on, elsewhere]
    assert ("a", "b/r1") in cluster(told_here, pairs(told_here, PLACE_ROWS))


def test_a_town_and_the_district_of_its_name_are_one_place_and_another_town_of_it_is_not() -> None:
    district = told("a", at="iq_tal_afar_district")
    assert "place part of region" not in reasons(district, told("b", at="iq_tal_afar"))
    assert "place part of region" in reasons(told("c", at="iq_anbar"), told("d", at="iq_ramadi"))


def test_a_pair_is_kept_only_from_the_least_score_on() -> None:
    known = Comparer(PLACE_ROWS)
    near, far = known.profile(told("b")), known.profile(told("c", at="ye_aden", type="meeting"))
    one = known.profile(told("a"))
    assert known.kept(one, near) == known.compare_profiles(one, near)
    assert known.kept(one, far) is None


def test_what_was_not_asked_for_lately_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.link.pairs._MOST_PROFILES", 2)
    known = Comparer(PLACE_ROWS)
    for ident in "abcd":
        known.profile(told(ident))
        assert "a" in known.remembered(["a"])  # each time anew, so that it stays
    known.profile(told("e"))
    assert known.remembered(["b"]) == {}
    known.forget(["a"])
    assert known.remembered(["a"]) == {}
