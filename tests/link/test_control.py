"""Who held a place: each rule with a few made testimonies."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from made_control import made_places, made_tell

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control import held, index, signs, spans
from sijill.link.control_fold import HOLD_DAYS, TAKE_DAYS
from sijill.model import Figure
from sijill.testimony import ControlSpan

FIXTURES = (made_places, made_tell)
Places = Mapping[str, PlaceRow]
#: A town with a district and quarters, one of its quarters, and a village beside it.
TOWN, QUARTER, VILLAGE = "iq_tal_afar", "iq_tal_afar_nur", "iq_tarmi"
IS, ARMY = "islamic_state", "iraq_army"


@pytest.fixture
def on(places: Places) -> Any:
    """Asks who held a place on a day, by some testimonies."""

    def ask(place: str, day: str, told: list[Any], known_on: str | None = None) -> ControlSpan:
        return held(place, day, signs(told, places), places, known_on)

    return ask


def test_a_capture_holds_until_it_is_too_old(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, IS)]
    assert (on(TOWN, "2017-08-01", told).state, on(TOWN, "2017-08-01", told).holder) == (
        "held",
        ARMY,
    )
    assert on(TOWN, "2018-01-28", told).state == "held"
    assert TAKE_DAYS == 180
    assert on(TOWN, "2018-01-29", told).state == "unknown"


def test_a_mention_fades_sooner(tell: Any, on: Any) -> None:
    told = [tell("control", TOWN, "2017-08-01", IS)]
    assert HOLD_DAYS == 30
    assert on(TOWN, "2017-08-31", told).holder == IS
    assert on(TOWN, "2017-09-01", told).state == "unknown"


def test_nothing_said_is_unknown(tell: Any, on: Any, places: Places) -> None:
    assert on(TOWN, "2017-08-01", []) == ControlSpan(TOWN, "unknown", "2017-08-01", "2017-08-01")
    assert spans(TOWN, [], places) == ()
    assert spans("no_such_place", [], places) == ()
    told = [tell("capture", TOWN, "2017-08-01", ARMY)]
    assert on(TOWN, "2017-07-01", told).state == "unknown"


def test_spans_have_no_gaps_and_an_open_end(tell: Any, places: Places) -> None:
    told = [
        tell("control", TOWN, "2016-01-01", IS),
        tell("capture", TOWN, "2017-08-01", ARMY, IS),
    ]
    found = spans(TOWN, index(signs(told, places), places), places)
    assert [span.state for span in found] == ["held", "unknown", "held", "held", "unknown"]
    assert found[-1].last is None
    assert found[0].testimonies == ("t1",)
    for before, after in pairwise(found):
        assert before.last is not None and before.last < after.first


def test_the_loser_held_it_the_day_before(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, IS)]
    assert on(TOWN, "2017-07-31", told).holder == IS
    assert on(TOWN, "2017-07-30", told).state == "unknown"


def test_a_new_capture_ends_the_old_hold(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-06-01", IS), tell("capture", TOWN, "2017-08-01", ARMY)]
    assert on(TOWN, "2017-07-31", told).holder == IS
    assert on(TOWN, "2017-08-01", told).holder == ARMY


def test_kin_bear_each_other_out(tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-08-01", "iraq_cts"),
        tell("control", TOWN, "2017-08-05", "iraq_forces"),
    ]
    span = on(TOWN, "2017-08-06", told)
    assert (span.holder, span.standing) == ("iraq_cts", "corroborated")


def test_copies_are_one_witness(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, family="f") for _ in range(3)]
    span = on(TOWN, "2017-08-02", told)
    assert (span.standing, len(span.testimonies)) == ("single", 3)
    told.append(tell("capture", TOWN, "2017-08-01", ARMY))
    assert on(TOWN, "2017-08-02", told).standing == "corroborated"


def test_all_who_pass_on_the_winners_word_are_one_witness(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, speaker="iraq_joc") for _ in range(3)]
    assert on(TOWN, "2017-08-02", told).standing == "single"


def test_who_took_a_place_together_holds_it_by_the_one_at_home(tell: Any, on: Any) -> None:
    told = [tell("capture", "sy_afrin", "2018-03-18", "turkish_forces euphrates_shield")]
    assert on("sy_afrin", "2018-03-19", told).holder == "euphrates_shield"


def test_two_captures_from_one_loser_are_no_rivals(tell: Any, on: Any) -> None:
    told = [
        tell("capture", "iq_sinjar", "2015-11-13", "peshmerga", IS),
        tell("capture", "iq_sinjar", "2015-11-13", "ypg", IS),
    ]
    span = on("iq_sinjar", "2015-11-14", told)
    assert (span.state, span.holder) == ("held", "peshmerga")


def test_rival_captures_of_one_day_contest_it(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY), tell("capture", TOWN, "2017-08-01", IS)]
    span = on(TOWN, "2017-08-02", told)
    assert (span.state, span.standing) == ("contested", "disputed")
    assert set(span.rivals) == {ARMY, IS}
    told += [tell("capture", TOWN, "2017-08-01", ARMY) for _ in range(2)]
    assert on(TOWN, "2017-08-02", told).holder == ARMY


def test_who_leaves_holds_it_no_longer(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-06-01", IS), tell("withdrawal", TOWN, "2017-08-01", IS)]
    assert on(TOWN, "2017-07-31", told).holder == IS
    span = on(TOWN, "2017-08-01", told)
    assert (span.state, span.holder) == ("unknown", "")
    stranger = [told[0], tell("withdrawal", TOWN, "2017-08-01", "peshmerga")]
    assert on(TOWN, "2017-08-01", stranger).holder == IS


def test_a_capture_without_a_winner_is_a_loss(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-06-01", IS), tell("capture", TOWN, "2017-08-01", "", IS)]
    assert on(TOWN, "2017-08-01", told).state == "unknown"


@pytest.mark.parametrize("status", ["planned", "possible", "denied"])
def test_claims_change_nothing_and_are_listed(
    status: str, tell: Any, on: Any, places: Places
) -> None:
    told = [
        tell("control", TOWN, "2017-08-01", IS),
        tell("capture", TOWN, "2017-08-02", ARMY, status=status),
    ]
    assert on(TOWN, "2017-08-03", told).holder == IS
    found = signs(told, places)
    assert [(sign.kind, sign.why) for sign in found] == [("holds", ""), ("claim", status)]


def test_what_is_told_ahead_of_its_day_is_a_claim(tell: Any, places: Places) -> None:
    told = [tell("capture", TOWN, "2017-08-09", ARMY, said_on="2017-08-01")]
    assert [(sign.kind, sign.why) for sign in signs(told, places)] == [("claim", "ahead")]


def test_victory_on_the_winners_word_while_others_tell_of_fighting(tell: Any, on: Any) -> None:
    claim = tell("capture", TOWN, "2017-08-01", ARMY, IS, speaker="iraq_joc")
    fight = tell("clash", TOWN, "2017-08-02", ARMY, IS)
    assert on(TOWN, "2017-08-01", [claim]).state == "held"
    span = on(TOWN, "2017-08-01", [claim, fight])
    assert (span.state, span.standing, span.rivals) == ("contested", "disputed", (ARMY,))
    assert on(TOWN, "2017-08-20", [claim, fight]).state == "unknown"
    witness = tell("control", TOWN, "2017-08-02", "iraq_forces")
    assert on(TOWN, "2017-08-20", [claim, fight, witness]).holder == ARMY


def test_a_victory_told_too_early_contests_nothing_where_the_side_was_already(
    tell: Any, on: Any
) -> None:
    told = [
        tell("capture", TOWN, "2017-07-01", "iraq_cts"),
        tell("capture", TOWN, "2017-08-01", ARMY, IS, speaker="iraq_joc"),
        tell("clash", TOWN, "2017-08-04", ARMY, IS),
    ]
    assert on(TOWN, "2017-08-02", told).state == "held"


def test_victory_on_the_winners_word_while_an_ally_confirms_a_part(tell: Any, on: Any) -> None:
    ninety = (Figure("percent", "", 90, 90, "90"),)
    claim = tell("capture", "sy_raqqa", "2017-10-17", "sdf", IS, speaker="sdf")
    part = tell("capture", "sy_raqqa", "2017-10-17", "sdf", IS, speaker="usa", figures=ninety)
    assert on("sy_raqqa", "2017-10-17", [claim, part]).state == "contested"


@pytest.mark.parametrize("type", ["siege", "advance", "clash", "offensive"])
def test_fighting_contests_a_place_for_its_days(type: str, tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-06-01", IS),
        tell(type, TOWN, "2017-08-01", ARMY, IS),
    ]
    span = on(TOWN, "2017-08-01", told)
    assert (span.state, span.holder, span.rivals) == ("contested", IS, (ARMY,))
    assert on(TOWN, "2017-08-02", told).holder == IS
    assert on(TOWN, "2017-08-02", told).state == "held"


def test_reports_of_fighting_a_few_days_apart_are_one_stretch(tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-06-01", IS),
        tell("advance", TOWN, "2017-08-01", ARMY, IS),
        tell("advance", TOWN, "2017-08-04", ARMY, IS),
        tell("advance", TOWN, "2017-08-14", ARMY, IS),
    ]
    assert on(TOWN, "2017-08-03", told).state == "contested"
    assert on(TOWN, "2017-08-09", told).state == "held"


def test_a_long_fight_leaves_it_open_who_won(tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-06-01", IS),
        tell("siege", TOWN, "2017-08-20", ARMY, IS, time=("2017-08-01", "2017-08-20")),
    ]
    assert on(TOWN, "2017-08-10", told).state == "contested"
    assert on(TOWN, "2017-08-21", told).state == "unknown"


def test_months_of_battles_are_vouched_for_on_the_last_day_alone(tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-06-01", IS),
        tell("clash", TOWN, "2017-08-20", ARMY, IS, time=("2017-06-10", "2017-08-20")),
    ]
    assert on(TOWN, "2017-07-10", told).state == "held"
    assert on(TOWN, "2017-08-20", told).state == "contested"


def test_the_day_of_a_capture_ends_the_fight(tell: Any, on: Any) -> None:
    told = [
        tell("clash", TOWN, "2017-08-01", ARMY, IS),
        tell("capture", TOWN, "2017-08-01", ARMY, IS),
    ]
    assert on(TOWN, "2017-08-01", told).state == "held"


def test_an_attack_in_a_town_that_nobody_wants_to_take(tell: Any, on: Any) -> None:
    told = [
        tell("clash", "so_mogadishu", "2020-08-16", "al_shabaab", "somalia_government"),
        tell("control", "so_mogadishu", "2020-08-16", "somalia_government"),
    ]
    assert on("so_mogadishu", "2020-08-16", told).state == "held"


def test_one_quarter_taken_contests_the_town(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-06-01", IS), tell("capture", QUARTER, "2017-08-01", ARMY)]
    span = on(TOWN, "2017-08-05", told)
    assert (span.state, span.basis, span.holder, span.rivals) == ("contested", "part", IS, (ARMY,))
    assert on(TOWN, "2017-07-31", told).state == "held"
    assert on(TOWN, "2017-09-15", told).state == "unknown", "nobody said more for a month"
    told.append(tell("capture", TOWN, "2017-08-20", ARMY, IS))
    assert on(TOWN, "2017-08-21", told).state == "held"


def test_a_base_with_a_towns_name_is_no_part_of_it(tell: Any, on: Any) -> None:
    told = [
        tell("capture", "ye_sanaa", "2015-01-01", "houthis"),
        tell("capture", "ye_sanaa_airport", "2015-02-01", "yemeni_army"),
    ]
    assert on("ye_sanaa", "2015-02-02", told).state == "held"


def test_the_whole_town_taken_tells_of_its_quarters(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, IS)]
    assert on(QUARTER, "2017-08-02", told).state == "unknown", "one report may mean a part"
    told.append(tell("capture", TOWN, "2017-08-01", ARMY, IS))
    span = on(QUARTER, "2017-08-02", told)
    assert (span.holder, span.basis, span.standing) == (ARMY, "whole", "single")
    told.append(tell("capture", TOWN, "2017-08-01", ARMY, IS))
    assert on(QUARTER, "2017-08-02", told).standing == "corroborated"


def test_a_later_sign_of_the_quarter_itself_counts_more(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY, IS) for _ in range(2)]
    told.append(tell("capture", QUARTER, "2017-09-01", IS, ARMY))
    span = on(QUARTER, "2017-09-02", told)
    assert (span.holder, span.basis) == (IS, "stated")


def test_a_district_taken_tells_of_its_villages(tell: Any, on: Any) -> None:
    told = [tell("capture", "iq_tal_afar_district", "2017-08-01", ARMY, IS) for _ in range(2)]
    assert on(VILLAGE, "2017-08-02", told).basis == "whole"


def test_a_mention_against_the_holder(tell: Any, on: Any) -> None:
    lone = tell("capture", TOWN, "2017-08-01", ARMY)
    mention = tell("control", TOWN, "2017-08-05", IS)
    span = on(TOWN, "2017-08-05", [lone, mention])
    assert (span.state, span.standing, span.rivals) == ("contested", "disputed", (IS,))
    assert on(TOWN, "2017-08-06", [lone, mention]).holder == ARMY
    second = tell("capture", TOWN, "2017-08-01", ARMY)
    assert on(TOWN, "2017-08-05", [lone, second, mention]).state == "held"


def test_one_witness_does_not_undo_what_several_told_lately(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-08-01", ARMY) for _ in range(2)]
    told.append(tell("capture", TOWN, "2017-08-05", IS))
    assert on(TOWN, "2017-08-05", told).state == "contested"
    assert on(TOWN, "2017-08-20", told).state == "unknown"
    told.append(tell("capture", TOWN, "2017-08-06", IS))
    assert on(TOWN, "2017-08-20", told).holder == IS
    told += [tell("control", TOWN, "2017-08-08", ARMY) for _ in range(3)]
    assert on(TOWN, "2017-08-20", told).holder == ARMY


def test_old_captures_give_way_to_one_witness(tell: Any, on: Any) -> None:
    told = [tell("capture", TOWN, "2017-06-01", ARMY) for _ in range(2)]
    told.append(tell("capture", TOWN, "2017-08-05", IS))
    assert on(TOWN, "2017-08-05", told).holder == IS


def test_only_what_was_said_by_then_is_known(tell: Any, on: Any) -> None:
    told = [
        tell("control", TOWN, "2017-08-01", IS),
        tell("capture", TOWN, "2017-08-10", ARMY, time=("2017-08-05", "2017-08-05")),
        tell("capture", TOWN, "2017-08-05", ARMY, said_on=None),
    ]
    assert on(TOWN, "2017-08-06", told).holder == ARMY
    assert on(TOWN, "2017-08-06", told, known_on="2017-08-09").holder == IS
    assert on(TOWN, "2017-08-06", told, known_on="2017-08-10").standing == "single"
    assert on(TOWN, "2017-08-06", told, known_on="2017-07-01").state == "unknown"


def test_what_was_said_of_a_quarter_is_known_by_the_same_clock(tell: Any, on: Any) -> None:
    told = [
        tell("capture", TOWN, "2017-06-01", IS),
        tell("capture", QUARTER, "2017-08-10", ARMY, time=("2017-08-05", "2017-08-05")),
    ]
    assert on(TOWN, "2017-08-06", told, known_on="2017-08-09").state == "held"
    assert on(TOWN, "2017-08-06", told).state == "contested"
