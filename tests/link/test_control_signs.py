"""What a testimony says about a place, and what the words of its quote take away from that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from made_control import made_places, made_tell

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control import signs
from sijill.link.control_sides import load_sides
from sijill.model import Figure, Place

FIXTURES = (made_places, made_tell)
Places = Mapping[str, PlaceRow]
DAY, IS, ARMY = "2017-08-01", "islamic_state", "iraq_army"


@pytest.mark.parametrize(
    ("type", "status", "kind"),
    [
        ("capture", "occurred", "takes"),
        ("capture", "ongoing", "fights"),
        ("control", "ongoing", "holds"),
        ("withdrawal", "occurred", "loses"),
        ("withdrawal", "ongoing", "fights"),
        ("siege", "ongoing", "presses"),
        ("advance", "occurred", "presses"),
        ("clash", "occurred", "fights"),
        ("offensive", "ongoing", "fights"),
    ],
)
def test_kinds(type: str, status: str, kind: str, tell: Any, places: Places) -> None:
    (sign,) = signs([tell(type, "iq_tal_afar", DAY, ARMY, IS, status=status)], places)
    assert (sign.kind, sign.actor, sign.against) == (kind, (ARMY,), (IS,))


def test_a_killing_says_nothing_of_who_holds_a_place(tell: Any, places: Places) -> None:
    assert not signs([tell("killing", "iq_tal_afar", DAY, IS)], places)


def test_places_nobody_takes_or_nobody_knows(tell: Any, places: Places) -> None:
    capture = tell("capture", "iq_tal_afar", DAY, ARMY)
    unclear = Place("x", id="iq_tal_afar", status="ambiguous")
    for place in (Place("x", status="unknown"), unclear, Place("x", id="iq")):
        assert not signs([msgspec.structs.replace(capture, place=(place,))], places)


def test_fighting_somewhere_in_a_governorate_is_no_sign(tell: Any, places: Places) -> None:
    assert not signs([tell("clash", "iq_anbar", DAY, ARMY, IS)], places)


def test_without_a_day_there_is_no_sign(tell: Any, places: Places) -> None:
    assert not signs([tell("capture", "iq_tal_afar", DAY, ARMY, time=None)], places)


def test_of_several_days_the_last_is_the_day_of_a_capture(tell: Any, places: Places) -> None:
    told = tell("capture", "iq_tal_afar", DAY, ARMY, time=("2017-07-01", "2017-08-31"))
    assert signs([told], places)[0].last == DAY, "no later than it was said"


def test_nobody_holds_a_place_who_has_no_name_or_no_war_there(tell: Any, places: Places) -> None:
    told = [tell("capture", "iq_tal_afar", DAY, f"militants {who}") for who in ("pmf", "houthis")]
    assert [sign.actor for sign in signs(told, places)] == [("pmf",), ()]


def test_where_there_is_no_war_nothing_is_taken(tell: Any, places: Places) -> None:
    assert not signs([tell("capture", "us_new_york_city", DAY, "us_president")], places)


@pytest.mark.parametrize(
    ("figure", "kind"),
    [
        (Figure("percent", "", 90, 90, ""), "part"),
        (Figure("percent", "", 100, 100, ""), "takes"),
        (Figure("places", "", 5, 5, ""), "part"),
        (Figure("killed", "", 5, 5, ""), "takes"),
    ],
)
def test_numbers_that_tell_of_a_part(figure: Figure, kind: str, tell: Any, places: Places) -> None:
    told = tell("capture", "iq_tal_afar", DAY, ARMY, figures=(figure,))
    assert signs([told], places)[0].kind == kind


@pytest.mark.parametrize(
    ("place", "quote", "trigger", "kind", "why"),
    [
        ("iq_tal_afar", "استعادت القوات تلعفر", "استعادت", "takes", ""),
        ("iq_tal_afar", "استعادت القوات أحياء من تلعفر", "استعادت", "part", ""),
        ("iq_tal_afar", "استعادت القوات معظم أجزاء تلعفر", "استعادت", "part", ""),
        ("iq_tal_afar", "من أحياء أخرى استعادت القوات تلعفر", "استعادت", "takes", ""),
        ("iq_tal_afar", "في تلعفر سيطرت القوات على مبنى البلدية", "سيطرت", "part", ""),
        ("iq_tal_afar_nur", "استعادت القوات أحياء النور والكفاح", "استعادت", "takes", ""),
        ("iq_tal_afar_nur", "استعادت القوات أجزاء من النور", "استعادت", "part", ""),
        ("iq_anbar", "سيطرت القوات في الأنبار", "سيطرت", "part", ""),
        ("iq_anbar", "سيطرت القوات على كامل الأنبار", "سيطرت", "takes", ""),
        ("iq_tal_afar", "بعد استعادت القوات تلعفر", "استعادت", "claim", "past"),
        ("iq_tal_afar", "كانت القوات قد استعادت تلعفر", "استعادت", "claim", "past"),
        ("iq_tal_afar", "أن استعادت القوات تلعفر", "استعادت", "claim", "past"),
        ("iq_tal_afar", "منذ تحرير تلعفر", "تحرير", "claim", "past"),
        ("iq_tal_afar", "يأتي تحرير تلعفر خطوة كبيرة", "تحرير", "claim", "past"),
        ("iq_tal_afar", "تمكنت القوات من تحرير تلعفر", "تحرير", "takes", ""),
        ("iq_tal_afar", "معركة تحرير تلعفر", "تحرير", "claim", "aim"),
        ("iq_tal_afar", "تقدمت القوات لتحرير تلعفر", "لتحرير", "claim", "aim"),
        ("iq_tal_afar", "المدينة التي استعادتها القوات تلعفر", "استعادتها", "takes", ""),
    ],
)
def test_words_of_the_quote(
    place: str, quote: str, trigger: str, kind: str, why: str, tell: Any, places: Places
) -> None:
    (sign,) = signs([tell("capture", place, DAY, ARMY, quote=quote, trigger=trigger)], places)
    assert (sign.kind, sign.why) == (kind, why)


def test_a_day_of_its_own_makes_background_news_of_that_day(tell: Any, places: Places) -> None:
    told = tell(
        "capture",
        "iq_tal_afar",
        DAY,
        IS,
        quote="منذ سيطرة التنظيم على تلعفر",
        trigger="سيطرة",
        time=("2014-06-16", "2014-06-16"),
    )
    assert signs([told], places)[0].kind == "takes"


def test_fighting_around_a_town_is_not_in_it(tell: Any, places: Places) -> None:
    told = tell("clash", "iq_tal_afar", DAY, ARMY, IS, quote="اشتباكات في محيط تلعفر")
    assert not signs([told], places)


def test_to_come_near_a_town_is_not_to_fight_in_it(tell: Any, places: Places) -> None:
    quote = "اقتربت القوات العراقية المشتركة من تلعفر"
    told = tell("advance", "iq_tal_afar", DAY, ARMY, IS, quote=quote, trigger="اقتربت")
    assert not signs([told], places)


def test_the_area_around_a_town_has_its_name(tell: Any, places: Places) -> None:
    told = tell("capture", "sy_homs", DAY, IS, quote="سيطر على مدينة في محافظة حمص")
    assert not signs([told], places)


def test_sides_of_a_war() -> None:
    sides = load_sides()
    assert sides.enemies("iraq_cts", IS, "iq", DAY)
    assert not sides.enemies("iraq_cts", IS, "iq", "2010-01-01")
    assert sides.kin("iraq_cts", "pmf", "iq", DAY)
    assert not sides.kin("pmf", "peshmerga", "iq", "2017-10-17"), "they fought each other then"
    assert sides.allied("peshmerga", "coalition", "iq", DAY)
    assert not sides.kin("peshmerga", "coalition", "iq", DAY)
    assert not sides.kin("other", "other", "iq", DAY)
    assert not sides.can_hold("syrian_air_force", "sy")
    assert sides.holder(["coalition", "usa", "pmf"], "iq") == "pmf"
    assert sides.holder([], "iq") == ""
