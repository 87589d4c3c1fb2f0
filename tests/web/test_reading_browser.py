"""An event and its sources in a browser: lit words, what axe finds, width on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import serving, too_wide, violations, watched
from page_texts import event_of

from sijill.record.record import Record


@pytest.fixture(scope="module")
def served(made_file: Path) -> Iterator[str]:
    with serving(made_file) as site:
        yield site


def address(path: Path, doc: str) -> tuple[str, str]:
    with Record.open(path, read_only=True, create=False) as record:
        told = next(one for one in record.store.testimonies() if one.doc == doc)
    return f"/source/{told.document}", told.id


@pytest.fixture
def page(browser: Any, served: str) -> Iterator[Any]:
    opened = watched(browser.new_page(viewport={"width": 1200, "height": 900}, locale="en"), served)
    yield opened
    assert opened.complaints == []
    opened.close()


def test_focus_on_a_claim_lights_its_words(served: str, made_file: Path, page: Any) -> None:
    path, told = address(made_file, "taken")
    page.goto(served + path)
    assert page.locator("mark.lit").count() == 0
    page.locator(f"[data-report='{told}']").focus()
    assert page.locator("mark.lit").get_attribute("data-reports") == told
    page.locator("h1").click()
    assert page.locator("mark.lit").count() == 0


def test_pointing_at_words_lights_the_claim(served: str, made_file: Path, page: Any) -> None:
    path, told = address(made_file, "taken")
    page.goto(served + path)
    page.locator("mark").first.hover()
    assert page.locator("li.lit").get_attribute("data-report") == told


def test_why_comes_without_leaving_the_page(served: str, made_file: Path, page: Any) -> None:
    path, told = address(made_file, "taken")
    page.goto(served + path)
    page.locator(f"[data-report='{told}'] a", has_text="Why").click()
    page.locator(".why-here .why").wait_for(timeout=60_000)
    assert "territory.yml" in page.locator(".why-here").inner_text()
    assert page.url == served + path


def test_the_address_of_an_event_is_copied(served: str, made_file: Path, page: Any) -> None:
    """And nothing on the way breaks the policy: the page would have complained."""
    event = event_of(made_file, "airstrike").id
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}/event/{event}/compare")
    page.goto(f"{served}/event/{event}?corrected=nothing")
    page.get_by_text("Copy link").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{served}/event/{event}"


def test_only_the_input_of_the_chosen_field_is_shown(
    served: str, made_file: Path, page: Any
) -> None:
    page.goto(f"{served}/event/{event_of(made_file, 'capture').id}")
    for field in ("time", "place", "actor"):
        page.locator(f"[name='field'][value='{field}']").check()
        shown = page.locator(".set .value:visible")
        assert [one.get_attribute("data-field") for one in shown.all()] == [field]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_axe_finds_nothing_wrong(served: str, made_file: Path, browser: Any, code: str) -> None:
    """What can be checked of WCAG 2.2 AA without a person, with everything unfolded."""
    path, told = address(made_file, "taken")
    event = event_of(made_file, "airstrike").id
    page = browser.new_page()
    for one in (f"{path}?why={told}", f"/event/{event}?", f"/event/{event}/compare?"):
        page.goto(f"{served}{one}&lang={code}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == []
    page.close()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_nothing_scrolls_sideways_on_a_phone(
    served: str, made_file: Path, browser: Any, code: str
) -> None:
    path, _ = address(made_file, "wire-a")
    event = event_of(made_file, "airstrike").id
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    for one in (path, f"/event/{event}", f"/event/{event}/compare"):
        phone.goto(f"{served}{one}?lang={code}")
        assert too_wide(phone) <= 0, one
    phone.close()
