"""The page of an event: its sentence, standing, figures, claims, and the corrections it takes."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from page_texts import event_of, plain

from sijill.record.record import Record
from sijill.testimony import Event, EventFigure, FigureClaim
from sijill.web.claims import claims
from sijill.web.language import Language
from sijill.web.ranges import charts
from sijill.web.telling import sentence

SIGNED = {"why": "named in the text", "by": "A. Reader"}


def members(path: Path, event: str) -> list[str]:
    with Record.open(path, read_only=True, create=False) as record:
        return list(record.event(event).event.members)


def words(event: Event, code: str) -> str:
    text = re.sub(r"<[^>]+>", "", sentence(event, Language("ar" if code == "ar" else "en")))
    return html.unescape(text)


EVENT = Event("e1", "capture", "occurred", "single", ("m",), 1, 1)


@pytest.mark.parametrize(
    ("values", "english", "arabic"),
    [
        ({}, "A place was taken.", "السيطرة على موقع."),
        (
            {"actor": ("sdf",), "target": ("islamic_state",), "time": ("2017-10-17",) * 2},
            "The Syrian Democratic Forces took a place from Islamic State on 17 Oct 2017.",
            "سيطرة قوات سوريا الديمقراطية على موقع، في 17 تشرين الأول 2017.",
        ),
        (
            {"status": "denied", "actor": ("houthis", "saleh_forces")},
            "Denied: capture by the Houthis and forces loyal to Ali Abdullah Saleh.",
            "حدث منفي: سيطرة الحوثيين وقوات صالح على موقع.",
        ),
        ({"actor": ("other",)}, "A place was taken.", "السيطرة على موقع."),
        (
            {"figures": (EventFigure("killed", "civilians", 17, 23, 20, ()),)},
            "A place was taken (killed, civilians: 17–23).",
            "السيطرة على موقع (قتلى، مدنيون: 17–23).",
        ),
    ],
)
def test_an_event_is_one_sentence(values: dict[str, object], english: str, arabic: str) -> None:
    given = {name: getattr(EVENT, name) for name in EVENT.__struct_fields__} | values
    event = Event(**given)
    assert words(event, "en") == english
    assert words(event, "ar") == arabic


def test_the_page_tells_how_far_an_event_stands(made: TestClient, made_file: Path) -> None:
    event = event_of(made_file, "airstrike")
    page = plain(made.get(f"/event/{event.id}").text)
    assert words(event, "en").replace(" ", "") in page.replace(" ", "")
    assert f"{event.outlets} outlets" in page
    assert f"{event.witnesses} independent witnesses" in page
    assert event.outlets > event.witnesses


def test_copies_of_one_text_are_one_claim(made: TestClient, made_file: Path) -> None:
    event = event_of(made_file, "airstrike")
    with Record.open(made_file, read_only=True, create=False) as record:
        found = claims(record, event)
    assert sorted(claim.documents for claim in found)[-1] == 3
    assert len(found) < len(event.members)
    assert "AFP × 3" in plain(made.get(f"/event/{event.id}").text)


def test_the_evidence_is_marked_inside_its_whole_sentence(
    made: TestClient, made_file: Path
) -> None:
    event = event_of(made_file, "capture")
    page = made.get(f"/event/{event.id}").text
    quote = re.findall(r'<p class="quote" lang="ar" dir="rtl">(.*?)</p>', page, re.DOTALL)[0]
    with Record.open(made_file, read_only=True, create=False) as record:
        (told,) = record.testimonies(event)
        text = record.document(told.document).text
    assert html.unescape(re.sub(r"<[^>]+>", "", quote)).strip() == text.strip()
    assert f">{told.quote}</mark>" in quote
    assert f'/source/{told.document}?report={told.id}#s1"' in page


def test_article_text_is_never_markup(made: TestClient, made_file: Path) -> None:
    event = event_of(made_file, "airstrike")
    made.cookies.set("calm", "no")
    page = made.get(f"/event/{event.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(("calm", "folded"), [("yes", True), ("no", False)])
def test_sentences_of_killing_are_one_click_away_in_calm_mode(
    made: TestClient, made_file: Path, calm: str, folded: bool
) -> None:
    event = event_of(made_file, "airstrike")
    made.cookies.set("calm", calm)
    page = made.get(f"/event/{event.id}").text
    assert ('<details class="grim">' in page) is folded
    assert 'class="quote"' in page


def test_evidence_that_does_not_match_is_told_and_never_looked_for(
    made_copy: Path, made: TestClient
) -> None:
    event = event_of(made_copy, "capture")
    with Record.open(made_copy) as record:
        quote = record.testimonies(event)[0].quote
        connection = record.store.engine.raw_connection()
        connection.execute("UPDATE documents SET text = 'X' || text")
        connection.commit()
        connection.close()
    page = made.get(f"/event/{event.id}").text
    assert "The words are not where the record has them" in page
    assert quote not in page


def test_a_chart_has_one_tick_for_each_claim_on_one_axis() -> None:
    def claim(outlet: str, low: float, high: float | None, replaced: str = "") -> FigureClaim:
        return FigureClaim(outlet, outlet, "", None, low, high, "", replaced_by=replaced)

    dead = EventFigure("killed", "", 20, 20, 20, (claim("a", 20, None), claim("b", 10, 10, "a")))
    children = EventFigure("killed", "children", 5, 5, 5, (claim("a", 5, 5),))
    hurt = EventFigure("wounded", "", 400, 400, 400, (claim("a", 400, 400),))
    event = Event(
        **{n: getattr(EVENT, n) for n in EVENT.__struct_fields__ if n != "figures"},
        figures=(hurt, dead, children),
    )
    first, second, third = charts(event)
    assert [one.figure.kind for one in (first, second, third)] == ["killed", "killed", "wounded"]
    assert (first.most, second.most, third.most) == (20, 20, 400)
    assert [tick.x for tick in first.ticks] == [98, 50]
    assert [tick.open for tick in first.ticks] == [True, False]
    assert second.ticks[0].x == 25


@pytest.mark.parametrize(
    ("form", "media", "start"),
    [
        ("bibtex", "application/x-bibtex", "@misc{sijill-"),
        ("csl", "application/vnd.citationstyles.csl+json", "["),
        ("ris", "application/x-research-info-systems", "TY  - DATA"),
    ],
)
def test_an_event_is_cited(
    made: TestClient, made_file: Path, form: str, media: str, start: str
) -> None:
    event = event_of(made_file, "airstrike")
    answer = made.get(f"/event/{event.id}/cite", params={"as": form})
    assert answer.headers["content-type"].startswith(media)
    assert answer.text.startswith(start)
    assert event.id in answer.text


def test_an_address_that_was_never_an_event_is_not_found(made: TestClient) -> None:
    assert made.get("/event/nothing").status_code == 404
    assert made.get("/event/nothing/cite").status_code == 404
    assert made.get("/event/nothing/compare").status_code == 404


# ------------------------------------------------------------ correcting


def test_a_value_is_corrected_and_the_page_says_so(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    sent = {"kind": "set", "field": "actor", "actor": ["Peshmerga", ""], **SIGNED}
    answer = made.post(f"/event/{event.id}/correct", data=sent)
    assert answer.status_code == 303
    page = made.get(answer.headers["location"]).text
    assert "Peshmerga took" in plain(page)
    assert re.search(r'action="/log/c[0-9a-f]{12}/undo"', page)
    assert (
        'name="by" dir="auto" required maxlength="120" autocomplete="name" value="A. Reader"'
        in (made.get(f"/event/{event.id}").text)
    )


def test_a_name_in_arabic_letters_is_remembered(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    sent = {"kind": "set", "field": "status", "status": "denied", "why": "x", "by": "سلمى"}
    assert made.post(f"/event/{event.id}/correct", data=sent).status_code == 303
    assert 'value="سلمى"' in made.get(f"/event/{event.id}").text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"why": "", "field": "status", "status": "denied"}, "needs a reason and your name"),
        ({"field": "actor", "actor": "Peshmerge"}, "did you mean 'peshmerga'"),
        ({"field": "time", "first": "2017-03-09", "last": "2017-03-01"}, "ends before it begins"),
        ({"field": "place", "place_name": "لامكان"}, "names no place;"),
        ({"field": "figure", "figure": "killed", "low": "many"}, "'many' is no number"),
        ({"field": "figure", "figure": "killed", "low": "5", "high": "3"}, "is no range"),
        ({"field": "colour"}, "no field 'colour'"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    made: TestClient, made_copy: Path, sent: dict[str, str], told: str
) -> None:
    event = event_of(made_copy, "capture")
    before = members(made_copy, event.id)
    given = {"kind": "set", **SIGNED, **sent}
    answer = made.post(f"/event/{event.id}/correct", data=given)
    assert answer.status_code == 400
    assert told in plain(answer.text)
    for name in ("why", "by", "actor", "first", "last", "place_name", "low", "high"):
        if given.get(name):
            assert f'value="{given[name]}"' in answer.text
    assert members(made_copy, event.id) == before
    with Record.open(made_copy, read_only=True, create=False) as record:
        assert record.correcting.log() == []


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_figure_is_corrected_and_the_log_says_so(
    made: TestClient, made_copy: Path, lang: str
) -> None:
    event = event_of(made_copy, "airstrike")
    form = made.get(f"/event/{event.id}?lang={lang}").text
    assert 'name="field" value="figure"' in form and 'name="low"' in form
    numbers = {"low": "18", "best": "19", "high": "25"}
    sent = {"kind": "set", "field": "figure", "figure": "killed", "whom": "", **numbers, **SIGNED}
    assert made.post(f"/event/{event.id}/correct", data=sent).status_code == 303
    page = plain(made.get(f"/event/{event.id}?lang={lang}").text)
    assert "18\u201325" in page and "18\u201319\u201325" in page
    log = plain(made.get(f"/log?lang={lang}").text)
    assert ("killed: 18\u201319\u201325" if lang == "en" else "قتلى: 18\u201319\u201325") in log


def test_a_name_of_several_places_offers_them(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    sent = {"kind": "set", "field": "place", "place_name": "المنصورة", **SIGNED}
    answer = made.post(f"/event/{event.id}/correct", data=sent)
    offered = re.findall(r'name="place" value="(\w+)"', answer.text)
    assert answer.status_code == 400
    assert len(offered) > 2
    sent = {"kind": "set", "field": "place", "place": offered[0], **SIGNED}
    assert made.post(f"/event/{event.id}/correct", data=sent).status_code == 303


def test_events_are_merged_and_the_old_address_says_what_replaced_it(
    made: TestClient, made_copy: Path
) -> None:
    strike, taken = event_of(made_copy, "airstrike"), event_of(made_copy, "capture")
    sent = {"kind": "merge", "other": f"http://127.0.0.1/event/{taken.id}?a=1", **SIGNED}
    assert made.post(f"/event/{strike.id}/correct", data=sent).status_code == 303
    pages = {one: made.get(f"/event/{one}").text for one in (strike.id, taken.id)}
    replaced = [one for one, page in pages.items() if "was replaced by this one" in plain(page)]
    assert len(replaced) == 1
    assert len(members(made_copy, replaced[0])) == len(strike.members) + len(taken.members)


def test_an_event_that_is_no_more_keeps_its_address(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    newer = made_copy.parent / "newer.jsonl"
    newer.write_text(
        '{"doc": "taken", "outlet": "one.example", "published": "2017-03-10", '
        '"url": "https://news.example/taken", "text": "افتتح الوزير معرض الكتاب في العاصمة."}',
        encoding="utf-8",
    )
    with Record.open(made_copy) as record:
        record.read(newer)
    page = made.get(f"/event/{event.id}")
    assert page.status_code == 200
    assert "This event was withdrawn" in plain(page.text)
    assert words(event, "en").replace(" ", "") in plain(page.text).replace(" ", "")
    assert f"/event/{event.id}/correct" not in page.text


def test_what_an_event_was_before_is_told(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    assert "Earlier states" not in made.get(f"/event/{event.id}").text
    sent = {"kind": "set", "field": "status", "status": "denied", **SIGNED}
    made.post(f"/event/{event.id}/correct", data=sent)
    page = plain(made.get(f"/event/{event.id}").text)
    before = page[page.index("Earlier states (") :]
    assert words(event, "en").replace(" ", "") in before.replace(" ", "")
    assert "Denied: capture" in page
    assert "named in the text" in page


def test_reports_are_split_off(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "airstrike")
    sent = {"kind": "split", "reports": [event.members[-1]], **SIGNED}
    assert made.post(f"/event/{event.id}/correct", data=sent).status_code == 303
    assert members(made_copy, event.id) == list(event.members[:-1])
    none = made.post(f"/event/{event.id}/correct", data={"kind": "split", **SIGNED})
    assert none.status_code == 400
    assert "name some of the event's testimonies" in plain(none.text)


def test_a_record_served_for_reading_takes_no_corrections(
    client: TestClient, sample_file: Path
) -> None:
    event = event_of(sample_file, "capture")
    assert "/correct" not in client.get(f"/event/{event.id}").text
    sent = {"kind": "set", "field": "status", "status": "denied", **SIGNED}
    assert client.post(f"/event/{event.id}/correct", data=sent).status_code == 403


def test_another_site_cannot_correct(made: TestClient, made_copy: Path) -> None:
    event = event_of(made_copy, "capture")
    sent = {"kind": "set", "field": "status", "status": "denied", **SIGNED}
    origin = {"Origin": "http://evil.example"}
    assert made.post(f"/event/{event.id}/correct", data=sent, headers=origin).status_code == 403


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_event_of_the_sample_has_its_page(
    client: TestClient, sample_file: Path, code: str
) -> None:
    with Record.open(sample_file, read_only=True, create=False) as record:
        events = list(record.events())
    for event in events[::4]:
        for path in (f"/event/{event.id}", f"/event/{event.id}/compare"):
            page = client.get(path, params={"lang": code})
            assert page.status_code == 200
            shown = plain(page.text).replace(" ", "")
            assert words(event, code).replace(" ", "") in shown
            assert " style=" not in page.text
