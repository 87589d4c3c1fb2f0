"""A shared file: one that opens by itself, in both languages, and asks nobody for anything."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from page_texts import EVIL
from typer.testing import CliRunner, Result

from sijill import cli, cli_ends
from sijill.publish.bundle import Meta
from sijill.record.record import Record
from sijill.web import share as sharing
from sijill.web.share import shared_page
from sijill.web.share_map import _clipped, _packed

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def made_page(path: Path, **asked: Any) -> tuple[Any, str, Meta]:
    with Record.open(path, create=False, read_only=True) as record:
        page, meta = shared_page(record, asked)
    return html.fromstring(page), page, meta


@pytest.fixture(scope="module")
def shared(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shared") / "events.html"
    assert run("share", out, "--record", sample_file).exit_code == cli_ends.DONE
    return out


# ------------------------------------------------------------------ the file


def test_names_that_are_announced_stay_out_of_it(tmp_path: Path) -> None:
    text = (
        "قصفت طائرات التحالف الدولي مدينة منبج في ريف حلب يوم الأربعاء 8 مارس 2017 فقتل الطفل محمد "
        "خالد علاونة و16 مدنيا."
    )
    articles = tmp_path / "articles.jsonl"
    articles.write_text(
        json.dumps({"doc": "a", "published": "2017-03-09", "text": text}), encoding="utf-8"
    )
    with Record.open(tmp_path / "record.db") as record:
        record.read(articles)
    _, page, _ = made_page(tmp_path / "record.db")
    assert "الطفل […] و16 مدنيا" in page and "علاونة" not in page


def test_it_holds_what_the_filters_let_pass(sample_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "mosul.html"
    result = run("share", out, "--record", sample_file, "--place", "Mosul", "--after", "2016")
    with Record.open(sample_file, create=False, read_only=True) as record:
        events = record.events(place="Mosul", after="2016")
        meta = record.export(tmp_path / "e.jsonl", "jsonl", place="Mosul", after="2016")
    tree = html.parse(str(out)).getroot()
    listed = tree.xpath("//ol[@class='events']/li/@id")
    assert sorted(listed) == sorted(one.id for one in events) and listed
    assert f"{len(events)} events written" in result.stderr
    assert sha256(out.read_bytes()).hexdigest() in result.stderr
    text = tree.text_content()
    assert "place Mosul; after 2016" in text and meta.version in text
    assert "the articles belong to their publishers" in text


def test_its_checksum_is_that_of_every_export(sample_file: Path, tmp_path: Path) -> None:
    with Record.open(sample_file, create=False, read_only=True) as record:
        exported = record.export(tmp_path / "events.csv", "csv", order="-day")
    tree, _, meta = made_page(sample_file)
    assert meta.content_sha256 == exported.content_sha256
    assert meta.content_sha256 in tree.text_content()


def test_every_event_has_its_sentences_outlets_days_and_disputes(made_file: Path) -> None:
    tree, _, _ = made_page(made_file)
    with Record.open(made_file, create=False, read_only=True) as record:
        events = record.events()
        assert any(one.disputes for one in events)
        for event in events:
            item = tree.xpath(f"//li[@id='{event.id}']")[0]
            quotes = {one.text_content() for one in item.xpath(".//blockquote")}
            assert quotes == {one.quote for one in record.testimonies(event)}
            for dispute in event.disputes:
                assert dispute.english in item.text_content()
                assert dispute.arabic in item.text_content()
            assert "said on 9 Mar 2017" in item.text_content() or "11 Mar" in item.text_content()
    assert "3 articles print this text" in tree.text_content()


def test_both_languages_are_in_it(shared: Path) -> None:
    tree = html.parse(str(shared)).getroot()
    for arabic in tree.xpath("//*[@class='ar'][@lang='ar']"):
        words = re.sub(
            r"SHA-256|Natural Earth|Leaflet|Sijill [\d.]+|sample\.db", "", arabic.text_content()
        )
        if "blockquote" not in {one.tag for one in arabic.iter()}:
            foreign = re.findall(r"[A-Za-z]{4,}", re.sub(r"[0-9a-f]{64}|\S+\.\S+", "", words))
            assert not foreign, (foreign, words)
    assert len(tree.xpath("//*[@class='ar']")) == len(tree.xpath("//*[@class='en']"))


def test_names_of_private_speakers_are_left_out(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    text = (
        "قال الناشط سمير حمدان إن طائرات التحالف الدولي قصفت مدينة منبج يوم الأربعاء 8 مارس 2017 "
        "فقتل 17 مدنيا."
    )
    (articles / "a.txt").write_text(text, encoding="utf-8")
    with Record.open(tmp_path / "record.db") as record:
        record.read(articles)
        told = next(record.store.testimonies())
        assert told.speaker and "سمير" in told.speaker.text
    _, page, _ = made_page(tmp_path / "record.db")
    assert "سمير" not in page and "الناشط" in page


def test_hostile_words_stay_words(hostile_file: Path) -> None:
    tree, page, _ = made_page(hostile_file, text="script")
    assert "&lt;img src=x onerror" in page
    for element in tree.iter(html.etree.Element):
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert element.tag not in ("img", "iframe", "object", "link", "b")
        assert element.tag != "a" or element.get("href") == "#list"
    assert len(tree.xpath("//script")) == 3
    with Record.open(hostile_file, create=False, read_only=True) as record:
        page, _ = shared_page(record, {"text": f"script {EVIL}</script>"})
    assert len(html.fromstring(page).xpath("//script")) <= 3


def test_its_policy_lets_nothing_run_but_its_own(shared: Path) -> None:
    tree = html.parse(str(shared)).getroot()
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "unsafe" not in policy and "http" not in policy and "default-src 'none'" in policy
    own = [
        *tree.xpath("//script[not(@type='application/json')]"),
        *tree.xpath("//style"),
    ]
    hashes = {
        f"'sha256-{b64encode(sha256((one.text or '').encode()).digest()).decode()}'" for one in own
    }
    assert hashes == set(re.findall(r"'sha256-[^']+'", policy)) and len(hashes) == 4
    assert not tree.xpath("//*[@src or @srcset or @data]")


def test_a_few_hundred_events_are_less_than_a_megabyte(shared: Path, sample_file: Path) -> None:
    """What an event takes here, for 250 of them, with what the file takes without any."""
    _, empty, _ = made_page(sample_file, text="nothing-has-this-word")
    with Record.open(sample_file, create=False, read_only=True) as record:
        events = record.count()
    bare = len(empty.encode()) + 320_000  # with Leaflet and the map
    each = (shared.stat().st_size - bare) / events
    assert shared.stat().st_size < 700_000
    assert bare + 250 * each < 1_000_000


def test_too_many_events_are_refused(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "MOST", 20)
    out = tmp_path / "all.html"
    result = run("share", out, "--record", sample_file)
    assert result.exit_code == cli_ends.USAGE and "20 at most" in result.stderr
    assert "--after" in result.stderr and not out.exists()
    assert run("share", out, "--record", sample_file, "--place", "Raqqa").exit_code == 0


def test_what_cannot_be_asked_or_written_is_told(sample_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.html"
    for more in (("--type", "nonsense"), ("--place", "nowhere at all"), ("--after", "soon")):
        assert run("share", out, "--record", sample_file, *more).exit_code == cli_ends.USAGE
    assert run("share", tmp_path / "no" / "x.html", "--record", sample_file).exit_code != 0
    assert run("share", sample_file, "--record", sample_file).exit_code == cli_ends.USAGE
    assert not list(tmp_path.iterdir())


def test_no_event_is_an_answer_too(sample_file: Path) -> None:
    tree, page, _ = made_page(sample_file, text="nothing-has-this-word")
    assert "No event fits" in tree.text_content() and 'id="map"' not in page


def test_the_same_events_make_the_same_file(sample_file: Path) -> None:
    assert made_page(sample_file)[1] == made_page(sample_file)[1]


def test_an_area_is_cut_at_the_box() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]
    cut = {tuple(at) for at in _clipped(square, (-5.0, -5.0, 4.0, 20.0))}
    assert cut == {(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (0.0, 4.0)}
    assert _clipped(square, (20.0, 20.0, 30.0, 30.0)) == []
    assert _packed([(1.0, 2.0), (1.001, 2.001), (1.5, 1.75)]) == [100, 200, 50, -25]


# ------------------------------------------------------------------ in a browser


def listed(shared: Path) -> int:
    return len(html.parse(str(shared)).getroot().xpath("//ol[@class='events']/li"))


def opened(browser: Any, path: Path, wrong: list[str], **options: Any) -> Any:
    page = browser.new_context(**options).new_page()
    page.on("console", lambda one: wrong.append(one.text))
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.on("request", lambda one: wrong.append(one.url))
    page.goto(path.as_uri())
    wrong.remove(path.as_uri())
    wrong[:] = [one for one in wrong if not one.startswith(("data:", "blob:"))]
    return page


@pytest.mark.parametrize(("locale", "heading"), [("en-GB", "events"), ("ar", "حدث")])
def test_it_opens_from_a_disk_and_asks_nobody(
    browser: Any, shared: Path, locale: str, heading: str
) -> None:
    wrong: list[str] = []
    page = opened(browser, shared, wrong, locale=locale, viewport={"width": 1280, "height": 900})
    assert heading in page.locator("h1:visible").inner_text()
    assert page.locator("html").get_attribute("lang") == locale[:2]
    assert page.locator("#map canvas").count() == 1
    page.locator("details summary").first.click()
    assert page.locator("blockquote").first.is_visible()
    assert page.locator("li.lit").count() == 1
    other = {"ar": "en", "en": "ar"}[locale[:2]]
    page.locator(f"#lang-{other}").check()
    assert page.locator("html").get_attribute("dir") == {"ar": "rtl", "en": "ltr"}[other]
    assert heading not in page.locator("h1:visible").inner_text()
    assert [one for one in wrong if not one.startswith(("data:", "blob:"))] == []
    page.context.close()


def test_a_place_of_the_map_leads_to_the_list(browser: Any, shared: Path) -> None:
    wrong: list[str] = []
    page = opened(browser, shared, wrong, locale="en", viewport={"width": 1280, "height": 900})
    box = page.locator("#map").bounding_box()
    for x, y in ((x / 40, y / 40) for y in range(8, 36) for x in range(3, 38)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        if page.locator("#here:not([hidden])").count():
            break
    link = page.locator("#here a").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(f"{target}.lit details[open]").count() == 1
    page.locator("#here .close").click()
    assert page.locator("#here").is_hidden()
    assert [one for one in wrong if not one.startswith(("data:", "blob:"))] == []
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_nobody_is_kept_out(browser: Any, shared: Path, locale: str, width: int) -> None:
    size = {"width": width, "height": 844}
    page = opened(browser, shared, [], locale=locale, viewport=size, bypass_csp=True)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(f"axe.run(document, {{runOnly: {WCAG}}})")
    told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_without_scripts_the_list_is_all_there(browser: Any, shared: Path) -> None:
    page = opened(
        browser, shared, [], java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    assert page.locator(".events > li").count() == listed(shared)
    assert page.locator("#side").is_hidden()
    page.locator("details summary").first.click()
    assert page.locator("blockquote").first.is_visible()
    assert page.locator("h1:visible").inner_text() == f"{listed(shared)} events"
    page.locator("#lang-ar").check()
    assert "حدث" in page.locator("h1:visible").inner_text()
    page.context.close()
