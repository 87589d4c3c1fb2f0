"""Start page, review and log in a browser: keys, dropped files, what axe finds, a phone's width."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from sijill.record.record import Record
from sijill.web.app import make_app
from sijill.web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")
STRIKE = "قصفت طائرات التحالف الدولي مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل 17 مدنيا."


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    """A record of the packaged stories, to change."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.db"))


@pytest.fixture
def served(copy: Path) -> Iterator[str]:
    """The address of a server over the copy."""
    config = uvicorn.Config(make_app(Settings(str(copy))), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page as wide as a phone, on which nothing may complain."""
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.complaints = []
    opened.on("console", lambda one: opened.complaints.append(one.text))
    opened.on("pageerror", lambda one: opened.complaints.append(str(one)))
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
    page.get_by_text("Done.").wait_for(timeout=30_000)
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
    opened = browser.new_page(viewport={"width": 390, "height": 844}, bypass_csp=True)
    opened.context.add_cookies([{"name": "lang", "value": lang, "url": served}])
    for path in ("/", "/log", *(f"/review?at={ident}" for ident in ids.values())):
        opened.goto(served + path)
        opened.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        opened.add_script_tag(path=AXE)
        found = opened.evaluate("tags => axe.run('main', {runOnly: tags})", WCAG)
        faults = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        assert faults == [], path
        assert opened.evaluate("document.documentElement.scrollWidth") <= 390, path
    opened.close()
