"""The record's page without a browser: filters, list, snippets, timeline, points, exports."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from sijill import testimony
from sijill.model import Speaker
from sijill.store.answers import EventRow
from sijill.web.app import make_app
from sijill.web.points import at_spot, points
from sijill.web.settings import Settings
from sijill.web.snippets import shown
from sijill.web.timeline import timeline

HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(client: TestClient) -> TestClient:
    return client


def found(html: str) -> int:
    match = re.search(r'data-found="(\d+)"', html)
    assert match
    return int(match[1])


def listed(html: str) -> list[str]:
    return re.findall(r'data-event="([^"]+)"', html)


def test_the_list_stands_in_the_first_answer(page: TestClient) -> None:
    answer = page.get("/record")
    assert answer.status_code == 200
    assert found(answer.text) >= len(listed(answer.text)) == 40
    assert 'rel="next"' in answer.text
    assert "style=" not in answer.text
    assert not re.search(r"<script(?![^>]*src=)", answer.text)


def test_a_filter_stands_in_the_form_in_a_chip_and_in_the_count(page: TestClient) -> None:
    everything = found(page.get("/record").text)
    html = page.get("/record?type=clash&type=shelling&order=day").text
    assert 0 < found(html) < everything
    assert len(re.findall(r'name="type" value="(?:clash|shelling)" checked', html)) == 2
    assert 'href="/record?type=shelling&amp;order=day"' in html
    assert f"{found(html)}</bdi> of" in html


def test_one_filter_can_be_taken_away_from_the_others(page: TestClient) -> None:
    html = page.get("/record?type=clash&status=occurred").text
    assert 'href="/record?status=occurred"' in html
    assert 'href="/record?type=clash"' in html


def test_htmx_gets_the_parts_and_the_address(page: TestClient) -> None:
    answer = page.get("/record?type=clash&place=&page=1", headers=HTMX)
    assert "<html" not in answer.text
    assert answer.headers["HX-Push-Url"] == "/record?type=clash"
    swapped = re.findall(r'<(\w+) id="([\w-]+)"[^>]*hx-swap-oob="true"', answer.text)
    assert {name for _, name in swapped} == {"time", "tray", "filters-part"}
    # A form with a field named "before" hides that method of the element, and htmx calls it.
    assert "form" not in {tag for tag, _ in swapped}
    own = page.get("/record?type=clash", headers={**HTMX, "HX-Source": "form#filters"})
    assert 'id="filters-part"' not in own.text


def test_what_cannot_be_understood_is_said_and_kept(page: TestClient) -> None:
    answer = page.get("/record?killed_min=many&after=spring&place=Mosil&text=abc")
    assert answer.status_code == 400
    assert not listed(answer.text)
    for value in ("many", "spring", "Mosil", "abc"):
        assert f'value="{value}"' in answer.text
    assert len(re.findall(r'<li id="fault-', answer.text)) == 3
    assert len(re.findall(r'aria-invalid="true"', answer.text)) == 3
    assert 'href="/record?text=abc"' in answer.text
    assert page.get("/record?order=sideways").status_code == 400


def test_nothing_found_says_which_filter_took_the_last_ones(page: TestClient) -> None:
    html = page.get("/record?type=clash&text=qwertyuiop").text
    assert found(html) == 0
    hint = re.search(r'<li><a href="/record\?type=clash"[^>]*>Without.*?</li>', html, re.DOTALL)
    assert hint
    assert str(found(page.get("/record?type=clash").text)) in hint[0]


def test_words_are_marked_as_they_were_published(page: TestClient) -> None:
    html = page.get("/record", params={"text": "احياء*"}).text
    marks = re.findall(r"<mark>(.*?)</mark>", html)
    assert marks
    assert any("أ" in mark for mark in marks), marks
    assert '<blockquote class="snippet" lang="ar" dir="rtl">' in html


def test_hostile_words_stay_words(page: TestClient) -> None:
    html = page.get("/record", params={"text": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html


def test_both_ways_to_ask_for_what_is_not_on_the_map(page: TestClient) -> None:
    html = page.get("/record").text
    off = found(page.get("/record?located=no").text)
    on = found(page.get("/record?located=yes").text)
    assert on + off == found(html)
    assert off
    assert f'Not on the map (<bdi dir="ltr" class="num">{off}</bdi>)' in html


def test_points_are_those_of_the_list_and_no_country(page: TestClient) -> None:
    spots = page.get("/record/points.json").json()
    counted = sum(sum(spot["events"].values()) for spot in spots)
    assert counted == found(page.get("/record?located=yes").text)
    assert {"iq", "sy"}.isdisjoint(spot["id"] for spot in spots)
    assert all(spot["metres"] for spot in spots if not spot["exact"])
    assert page.get("/record/points.json?located=no").json() == []


def test_a_spot_of_the_map_has_the_events_that_it_counts(page: TestClient) -> None:
    asked = {"type": "clash"}
    for spot in page.get("/record/points.json", params=asked).json():
        there = page.get("/record/at.json", params={**asked, "spot": spot["key"]}).json()
        assert {kind for _, kind, _, _ in there} == {"clash"}
        assert Counter(standing for _, _, standing, _ in there) == spot["events"]
        days = [day for _, _, _, day in there if day]
        assert days == sorted(days, reverse=True)
    assert page.get("/record/at.json", params={"spot": "nowhere"}).json() == []


def test_lines_of_the_list_name_their_spot(page: TestClient) -> None:
    keys = {spot["key"] for spot in page.get("/record/points.json").json()}
    listed = page.get("/record?located=yes").text
    named = re.findall(r'data-event="[^"]+" data-spot="([^"]+)"', listed)
    assert set(named) <= keys and len(named) == listed.count("data-event=") > 0
    assert "data-spot" not in page.get("/record?located=no").text


@pytest.mark.parametrize(
    ("typed", "first"), [("موص", "الموصل"), ("mosu", "Mosul"), ("الرقه", "الرقة")]
)
def test_places_are_suggested_and_can_be_asked_for(
    page: TestClient, typed: str, first: str
) -> None:
    language = "en" if typed.isascii() else "ar"
    got = page.get("/record/places.json", params={"q": typed, "lang": language}).json()
    assert first in {one["value"].split("،")[0] for one in got}
    for one in got:
        assert page.get("/record", params={"place": one["value"]}).status_code == 200
    assert page.get("/record/places.json?q=a").json() == []


def test_pages_of_the_list_follow_each_other(page: TestClient) -> None:
    first, second = (listed(page.get(f"/record?page={number}").text) for number in (1, 2))
    assert second
    assert set(first).isdisjoint(second)
    assert listed(page.get("/record?page=9999").text)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_timeline_runs_from_old_to_new_in_both_languages(page: TestClient, lang: str) -> None:
    html = page.get(f"/record?lang={lang}").text
    strip = html[html.index('class="strip"') : html.index("</svg>", html.index('class="strip"'))]
    days = re.findall(r"after=(\d{4}-\d\d-\d\d)&amp;before=", strip)
    assert days[::2] == sorted(days[::2])
    assert 'class="strip" dir="ltr"' in html
    assert html.count("<tr><td><a") == len(re.findall(r'class="bar-of"', html))


def test_a_bar_of_the_timeline_holds_its_events(page: TestClient) -> None:
    html = page.get("/record?located=yes").text
    address, events = re.findall(
        r'<tr><td><a href="([^"]+)".*?amount">(?:<[^>]+>)?([\d,]+)', html, re.DOTALL
    )[0]
    assert found(page.get(address.replace("&amp;", "&")).text) >= int(events)


def test_the_timeline_takes_the_finest_unit_that_fits() -> None:
    assert timeline({"2017-03-01": 2, "2017-03-09": 1}).unit == "day"
    assert timeline({"2017-01-01": 1, "2018-03-09": 1}).unit == "week"
    assert timeline({"2012-01-01": 1, "2018-03-09": 1}).unit == "month"
    assert timeline({None: 4}).undated == 4
    line = timeline({"2017-02-20": 1, "2017-03-09": 3}, "2017-03-01", "2017-03-31")
    assert [(bar.first, bar.events) for bar in line.told] == [("2017-03-01", 1), ("2017-03-09", 3)]
    line = timeline({"2009-02-20": 1, "2017-03-09": 3}, "2017-03-01")
    assert [(bar.first, bar.events) for bar in line.told] == [("2017-03-01", 1), ("2017-03-09", 3)]


def test_days_far_off_leave_the_timeline_room() -> None:
    days: dict[str | None, int] = {f"2017-03-{day:02}": 20 for day in range(1, 29)}
    line = timeline({**days, "1635-01-01": 1, "2031-01-01": 2})
    assert (line.unit, line.earlier, line.later) == ("day", 1, 2)
    assert sum(bar.events for bar in line.bars) == 28 * 20


def test_an_export_is_the_view(page: TestClient) -> None:
    answer = page.get("/export?form=jsonl&type=clash&order=day")
    ids = [json.loads(line)["id"] for line in answer.text.splitlines()]
    assert ids[:40] == listed(page.get("/record?type=clash&order=day").text)
    assert len(ids) == found(page.get("/record?type=clash").text)
    assert 'filename="sijill_sample_clash.jsonl"' in answer.headers["content-disposition"]


def test_names_and_quotations_leave_only_when_asked_for(page: TestClient) -> None:
    plain = page.get("/export?form=jsonl").text
    named = page.get("/export?form=jsonl&names=yes").text
    assert '"quote"' not in plain
    assert '"quote"' in named


def test_an_export_comes_with_its_account_in_a_zip(page: TestClient) -> None:
    answer = page.get("/export", params={"form": "csv", "account": "yes", "place": "الموصل"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == [
            "events.csv",
            "events.csv.meta.json",
            "events.members.csv",
        ]
        assert "الموصل" in json.loads(packed.read("events.csv.meta.json"))["filter"]
    assert page.get("/export?form=word").status_code == 400


def test_arabic_has_all_texts(page: TestClient) -> None:
    html = page.get("/record?lang=ar&type=clash&killed_min=x").text
    text = re.sub(r"<(script|style|noscript)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    left = set(re.findall(r"[A-Za-z]{3,}", text))
    assert left <= {"English", "Sijill", "sample"}, left


def test_one_outlet_is_said_in_the_singular_of_arabic(page: TestClient) -> None:
    html = page.get("/record?lang=ar").text
    assert "وسيلة إعلام واحدة" in html
    assert "بلا وسيلة إعلام" not in html


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    with TestClient(make_app(Settings(str(tmp_path / "empty.db"))), "http://127.0.0.1") as page:
        html = page.get("/record").text
        assert "This record holds no event yet." in html
        assert "No dated event in this view." in html
        assert page.get("/record/points.json").json() == []


def test_a_private_speaker_is_not_named_in_a_snippet() -> None:
    speaker = Speaker("المواطن سالم حمود", public="المواطن […]")
    said = testimony.Testimony(
        "t", "d", "d", "shelling", "occurred", speaker=speaker, quote="قال المواطن سالم حمود"
    )
    assert shown(said) == "قال المواطن […]"
    assert shown(replace(said, speaker=None)) == "قال المواطن سالم حمود"


def test_a_point_off_its_place_is_as_wide_as_it_is_far() -> None:
    rows = [
        EventRow("a", "clash", "occurred", "single", None, None, "iq_mosul", 36.34, 43.13),
        EventRow("b", "clash", "occurred", "single", None, None, "iq_mosul", 36.8, 43.13),
        EventRow("c", "clash", "occurred", "single", "2017-03-09", None, "", 36.8, 43.13),
        EventRow("d", "clash", "occurred", "single", None, None, None, None, None),
    ]
    drawn = points(rows, lambda row: row.name_en)
    at, off, bare = drawn
    assert off.name == "Mosul"
    assert off.metres == pytest.approx(51_000, rel=0.05)
    assert not off.exact
    assert at.metres < off.metres
    assert bare.exact
    assert [one.events for one in drawn] == [{"single": 1}] * 3
    assert [one.id for one in at_spot(rows, bare.key)] == ["c"]
