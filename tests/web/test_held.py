"""Who held it: the answer on two clocks, the strip, the sentences, the map and its table."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sijill.record.record import Record
from sijill.testimony import ControlSpan
from sijill.web.sides import letters, look
from sijill.web.strip import Scale, lanes


def plain(page: str) -> str:
    joined = re.sub(r"</?(bdi|time)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", joined)).split())


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Record:
    return Record.open(sample_file, create=False, read_only=True)


# ------------------------------------------------------------------ the answer


@pytest.mark.parametrize(
    ("asked", "english", "arabic"),
    [
        (
            "on=2017-10-18",
            "18 Oct 2017: Raqqa was in the hands of Syrian Democratic Forces.",
            "السيطرة على الرقة بيد قوات سوريا الديمقراطية",
        ),
        (
            "on=2016-01-01",
            "nobody in this record says who held Raqqa",
            "لا يقول أحد في هذا السجل من كان يسيطر على الرقة",
        ),
        (
            "on=2017-10-18&known_on=2017-10-10",
            "As far as it had been said by 10 Oct 2017",
            "بحسب ما كان قد قيل حتى",
        ),
    ],
)
def test_the_answer_stands_in_words(
    client: TestClient, asked: str, english: str, arabic: str
) -> None:
    assert english in plain(client.get(f"/held?place=Raqqa&{asked}").text)
    assert arabic in plain(client.get(f"/held?place=Raqqa&{asked}&lang=ar").text)


def test_what_had_not_been_said_yet_does_not_count(client: TestClient, sample: Record) -> None:
    known = sample.held("Raqqa", "2017-10-18", "2017-10-10")
    assert known.state == "unknown"
    page = plain(client.get("/held?place=Raqqa&on=2017-10-18&known_on=2017-10-10").text)
    assert "Syrian Democratic Forces" not in page and "nobody in this record says" in page


def test_a_contested_place_names_all_sides(client: TestClient, sample: Record) -> None:
    (span,) = [one for one in sample.control("iq_tal_afar") if one.first == "2017-08-22"]
    page = plain(client.get("/held?place=iq_tal_afar&on=2017-08-22").text)
    assert span.state == "contested" and "was contested" in page
    assert "Islamic State (ISIS, Daesh) held it or parts of it" in page


def test_every_change_opens_its_sentences(client: TestClient, sample: Record) -> None:
    page = client.get("/held?place=sy_raqqa&on=2017-10-18").text
    for span in sample.control("sy_raqqa"):
        assert f'id="change-{span.first}"' in page
        for told in sample.store.testimonies(span.testimonies):
            assert html.escape(told.quote, quote=False) in html.unescape(page) or told.quote in page
            assert f"/source/{told.document}?report={told.id}" in page
    assert 'lang="ar" dir="rtl"' in page


def test_a_name_of_several_places_asks_which(client: TestClient) -> None:
    page = client.get("/held?place=nowhere-at-all")
    assert page.status_code == 404 and "No table of places has this name" in page.text
    several = client.get("/held", params={"place": "الزهراء"})
    assert several.status_code == 404 and several.text.count("/held?on=") > 1


def test_a_day_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/held?place=Raqqa&on=yesterday").status_code == 400


def test_the_page_of_a_place_without_reports_says_so(client: TestClient) -> None:
    page = client.get("/held?place=ye_aden").text
    assert "No report in this record tells who held" in page and '<svg class="lane"' not in page


# ------------------------------------------------------------------- the strip

SPANS = (
    ControlSpan("p", "held", "2017-01-01", "2017-01-10", "a"),
    ControlSpan("p", "unknown", "2017-01-11", "2017-01-20"),
    ControlSpan("p", "contested", "2017-01-21", None, "a", ("b",)),
)
SCALE = Scale("2017-01-01", "2017-01-31", 310)


def test_gaps_stay_gaps_and_the_axis_goes_from_old_to_new() -> None:
    place, *rivals = lanes(SPANS, SCALE)
    assert [(one.x, one.width, one.kind) for one in place.marks] == [
        (0, 100, "held"),
        (200, 110, "contested"),
    ]
    assert [one.open for one in place.marks] == [False, True]
    assert [(lane.side, [one.kind for one in lane.marks]) for lane in rivals] == [
        ("a", ["held", "held"]),
        ("b", ["claimed"]),
    ]


def test_one_side_alone_needs_no_lane_of_its_own() -> None:
    assert len(lanes(SPANS[:2], SCALE)) == 1


def test_a_day_among_years_is_still_to_be_seen() -> None:
    scale = Scale("2010-01-01", "2019-12-31", 300)
    (lane,) = lanes([ControlSpan("p", "held", "2015-05-05", "2015-05-05", "a")], scale)
    assert lane.marks[0].width == 3


def test_what_ended_before_the_drawn_days_is_not_drawn() -> None:
    scale = Scale("2017-01-15", "2017-01-31", 170)
    (first, *_) = lanes(SPANS, scale)
    assert [one.number for one in first.marks] == [2]


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2017-01-01", "2017-01-31", "day"),
        ("2016-01-01", "2017-12-31", "month"),
        ("2003-01-01", "2017-12-31", "year"),
    ],
)
def test_ticks_are_few_and_in_order(first: str, last: str, unit: str) -> None:
    ticks = Scale(first, last, 900).ticks(8)
    assert {one.unit for one in ticks} == {unit} and 2 <= len(ticks) <= 9
    assert [one.x for one in ticks] == sorted(one.x for one in ticks)


def test_sides_look_the_same_everywhere_and_enemies_do_not_share_a_look() -> None:
    sides = ("islamic_state", "coalition", "iraq_forces", "sdf", "syria_government", "houthis")
    assert len({look(one) for one in sides}) == len(sides)
    assert letters("Saudi-led coalition in Yemen") == "SCY"
    assert letters("Houthis (Ansar Allah)") == "Ho"
    assert letters("الحشد الشعبي") == "ح\u200cش"
    assert letters("") == "?"


# --------------------------------------------------------------------- the map


def test_the_map_and_its_table_tell_the_same(client: TestClient, sample: Record) -> None:
    told = [one for one in sample.store.control_on("2017-10-18") if one.state != "unknown"]
    data = client.get("/held/map.json?on=2017-10-18").json()
    assert {one["id"] for one in data["places"]} == {one.place for one in told}
    page = client.get("/held?on=2017-10-18").text
    for one in data["places"]:
        assert f'href="{html.escape(one["href"])}"' in page
    raqqa = next(one for one in data["places"] if one["id"] == "sy_raqqa")
    assert raqqa["sides"] == [{"id": "sdf", "name": "Syrian Democratic Forces"}]
    assert (raqqa["state"], raqqa["area"], raqqa["letters"]) == ("held", False, "SDF")


def test_every_side_that_may_come_while_days_play_has_its_pattern(
    client: TestClient, sample: Record
) -> None:
    page = client.get("/held?on=2017-10-18").text
    for side in sample.store.control_sides():
        assert f'id="held-{side}"' in page and f'id="contested-{side}"' in page


def test_the_map_keeps_to_what_had_been_said(client: TestClient, sample: Record) -> None:
    places = [
        one["id"]
        for one in client.get("/held/map.json?on=2017-10-18&known_on=2017-10-18").json()["places"]
    ]
    assert places
    for row in places:
        assert sample.held(row, "2017-10-18", "2017-10-18").state != "unknown"
    assert client.get("/held/map.json?on=2017-10-18&known_on=2010-01-01").json()["places"] == []


def test_names_come_up_while_somebody_writes(client: TestClient) -> None:
    latin = client.get("/held/places.json?text=raqq").json()
    assert latin[0]["id"] == "sy_raqqa" and latin[0]["label"] == "الرقة"
    arabic = client.get("/held/places.json", params={"text": "رق", "lang": "ar"}).json()
    assert "sy_raqqa" in [one["id"] for one in arabic]
    assert client.get("/held/places.json?text=").json() == []


def test_a_page_draws_nothing_with_inline_style_or_script(client: TestClient) -> None:
    for address in ("/held", "/held?place=sy_raqqa"):
        page = client.get(address).text
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
