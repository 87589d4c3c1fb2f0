"""What a reader does with the page from the record to a correction, and every page as it looks.

Screenshots of all pages lie in build/screenshots afterwards, for a person to look at.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import serving, too_wide, violations, watched
from page_texts import event_of

from sijill.record.record import Record

SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = ("start", "record", "nothing", "held", "place", "actors", "words", "sources", "about",
         "event", "compare", "source", "review", "log", "missing")  # fmt: skip


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    """A record of the packaged stories, to change."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.db"))


@pytest.fixture
def own_site(copy: Path) -> Iterator[str]:
    with serving(copy) as site:
        yield site


@pytest.fixture(scope="module")
def addresses(sample_file: Path) -> dict[str, str]:
    """Each page's address in the record of the packaged stories."""
    event = event_of(sample_file, "clash")
    with Record.open(sample_file, read_only=True, create=False) as record:
        told = record.testimonies(event)[0]
    return {
        "start": "/",
        "record": "/record",
        "nothing": "/record?type=clash&text=*",
        "held": "/held?on=2017-10-18",
        "place": "/held?place=sy_raqqa",
        "actors": "/actors",
        "words": "/actors/words",
        "sources": "/sources",
        "about": "/about",
        "event": f"/event/{event.id}",
        "compare": f"/event/{event.id}/compare",
        "source": f"/source/{told.document}?why={told.id}",
        "review": "/review",
        "log": "/log",
        "missing": "/event/e0",
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_page_is_whole(
    browser: Any, own_site: str, addresses: dict[str, str], lang: str, size: str
) -> None:
    """No rule that axe knows is broken, nothing fails or is asked elsewhere, nothing slides."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(viewport=SIZES[size], locale=lang, reduced_motion="reduce")
    page = watched(context.new_page(), own_site)
    wrong: dict[str, Any] = {}
    for name in PAGES:
        answer = page.goto(own_site + addresses[name])
        page.wait_for_load_state("networkidle")
        assert answer.status == (404 if name == "missing" else 200), name
        if name == "missing":  # the browser itself tells of the status
            page.complaints = [one for one in page.complaints if "404" not in one]
        assert page.locator("html").get_attribute("lang") == lang
        page.screenshot(path=SHOTS / f"{name}-{lang}-{size}.png")
        found = [*violations(page), *page.complaints, *(["slides"] if too_wide(page) > 0 else ())]
        wrong |= {name: found} if found else {}
        page.complaints.clear()
    context.close()
    assert wrong == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_from_the_record_to_a_correction_and_back(
    browser: Any, own_site: str, copy: Path, lang: str, size: str
) -> None:
    """An event is found by a filter, read, traced to its article, corrected, and set right."""
    context = browser.new_context(viewport=SIZES[size], locale=lang, accept_downloads=True)
    context.set_default_timeout(60_000)
    page = watched(context.new_page(), own_site)
    page.goto(f"{own_site}/record")
    if size == "phone":
        page.locator(".sheet-of-filters > summary").click()
    page.locator("#filters .drop summary").first.click()
    page.locator("#filters input[name=type][value=clash]").check()
    page.locator(".chip").first.wait_for()
    found = int(page.locator("#results").get_attribute("data-found"))
    with page.expect_download() as download:
        page.locator(".export summary").click()
        page.locator(".export button[value=jsonl]").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == found and {json.loads(one)["type"] for one in lines} == {"clash"}

    event = _opened_by_keys(page)
    said = page.locator(".quote[lang=ar][dir=rtl]").first.text_content()
    page.locator("a[href^='/source/']").first.click()
    page.wait_for_url("**/source/**")
    assert " ".join(said.split()) in " ".join(page.locator("main").text_content().split())

    before = _status(copy, event)
    page.goto(f"{own_site}/event/{event}")
    _correct(page)
    with Record.open(copy, read_only=True) as record:
        (made,) = record.correcting.log()
    assert before != _status(copy, event) == "planned"
    page.goto(f"{own_site}/log")
    entry = page.locator(f"[id='{made.id}']")
    entry.locator("summary").click()
    entry.locator("[name=why]").fill("misread")
    entry.locator("[name=by]").fill("Amal")
    entry.locator("form button").click()
    page.locator(".entries li").nth(1).wait_for()
    assert _status(copy, event) == before
    assert page.complaints == []
    context.close()


def _status(copy: Path, event: str) -> str:
    with Record.open(copy, read_only=True) as record:
        return record.event(event).event.status


def _opened_by_keys(page: Any) -> str:
    """Open the first event of the list with the keyboard alone; gives its id."""
    line = page.locator("[data-event]").first
    event: str = line.get_attribute("data-event")
    page.locator("#results").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-event]')?.dataset.event") == event
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/event/{event}")
    return event


def _correct(page: Any) -> None:
    """Say that the event was only planned."""
    form = page.locator("#correct form").first
    form.locator("[name=field][value=status]").check()
    form.locator("[name=status]").select_option("planned")
    form.locator("[name=why]").fill("the article says so")
    form.locator("[name=by]").fill("Amal")
    form.locator("button[value=set]").click()
    page.wait_for_url("**corrected=*")
