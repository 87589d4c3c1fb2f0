"""Start page, review and log in a browser: keys, dropped files, what axe finds, a phone's width."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import serving, too_wide, violations, watched

from sijill.record.record import Record

STRIKE = "قصفت طائرات التحالف الدولي مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل 17 مدنيا."


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    """A record of the packaged stories, to change."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.db"))


@pytest.fixture
def served(copy: Path) -> Iterator[str]:
    """The address of a server over the copy."""
    with serving(copy) as site:
        yield site


@pytest.fixture
def page(browser: Any, served: str) -> Iterator[Any]:
    """A page as wide as a phone, on which nothing may complain."""
    opened = watched(browser.new_page(viewport={"width": 390, "height": 844}, locale="en"), served)
    yield opened
    assert opened.complaints == []
    opened.close()


def log(copy: Path) -> list[tuple[str, str]]:
    with Record.open(copy, read_only=True) as record:
        return [(one.kind, one.by) for one in record.correcting.log()]


def test_keys_decide_on_an_arabic_layout_and_never_in_a_box(
    served: str, copy: Path, page: Any
) -> None:
    page.goto(f"{served}/review")
    page.locator("[name=by]").press_sequentially("saxa")
    assert page.url.endswith("/review") and page.locator("[name=by]").input_value() == "saxa"
    page.locator("h1").click()
    assert page.url.endswith("/review") and log(copy) == []
    # The key of "a" gives another letter there.
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {code: 'KeyA', key: '\u0634', bubbles: true, cancelable: true}))"
    )
    page.wait_for_url("**made=*")
    assert log(copy) == [("confirm", "saxa")]
    number = page.locator(".where").inner_text()
    page.keyboard.press("j")
    page.wait_for_url(lambda url: "made" not in url)
    assert page.locator(".where").inner_text() != number
    page.keyboard.press("u")
    page.locator(".last").wait_for(state="detached")
    assert log(copy) == [("confirm", "saxa"), ("undo", "saxa")]


def test_keys_can_be_switched_off(served: str, page: Any) -> None:
    page.goto(f"{served}/review")
    page.locator(".keys-switch input").uncheck()
    before = page.url
    page.keyboard.press("j")
    page.reload()
    assert page.url == before and not page.locator(".keys-switch input").is_checked()


def test_a_file_is_chosen_and_watched_being_read(served: str, page: Any) -> None:
    page.goto(served)
    strike = {"name": "strike.txt", "mimeType": "text/plain", "buffer": STRIKE.encode()}
    picture = {"name": "picture.png", "mimeType": "image/png", "buffer": b"x"}
    page.set_input_files("#files", [strike, picture])
    assert "strike.txt" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Read these files").click()
    page.get_by_text("Done.").wait_for(timeout=60_000)
    lines = page.locator(".lines li").all_inner_texts()
    assert len(lines) == 2 and "air strike" in lines[0] and "Skipped" in lines[1]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_axe_finds_nothing_and_a_phone_shows_all(
    served: str, copy: Path, browser: Any, lang: str
) -> None:
    with Record.open(copy) as record:
        event = record.events()[0].id
        record.correcting.set(event, "status", "planned", why="seen", by="Amal")
        ids = {
            doubt.kind: ident
            for ident, doubt in zip(
                record.review.queue().ids, record.review.queue().doubts, strict=True
            )
        }
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.context.add_cookies([{"name": "lang", "value": lang, "url": served}])
    for path in ("/", "/log", *(f"/review?at={ident}" for ident in ids.values())):
        opened.goto(served + path)
        opened.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert violations(opened) == [], path
        assert too_wide(opened) <= 0, path
    opened.close()
