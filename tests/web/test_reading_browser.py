"""An event and its sources in a browser: lit words, what axe finds, width on a phone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from page_texts import event_of

from sijill.record.record import Record
from sijill.web.app import make_app
from sijill.web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def served(made_file: Path) -> Iterator[str]:
    config = uvicorn.Config(make_app(Settings(str(made_file))), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


def address(path: Path, doc: str) -> tuple[str, str]:
    with Record.open(path, read_only=True, create=False) as record:
        told = next(one for one in record.store.testimonies() if one.doc == doc)
    return f"/source/{told.document}", told.id


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.complaints = []
    opened.on("console", lambda one: opened.complaints.append(one.text))
    opened.on("pageerror", lambda one: opened.complaints.append(str(one)))
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
    page.locator(".why-here .why").wait_for(timeout=10_000)
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
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    for one in (f"{path}?why={told}", f"/event/{event}?", f"/event/{event}/compare?"):
        page.goto(f"{served}{one}&lang={code}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(f"axe.run('main', {{runOnly: {WCAG}}})")
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert len(found["passes"]) > 10
    context.close()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_nothing_scrolls_sideways_on_a_phone(
    served: str, made_file: Path, browser: Any, code: str
) -> None:
    path, _ = address(made_file, "wire-a")
    event = event_of(made_file, "airstrike").id
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    for one in (path, f"/event/{event}", f"/event/{event}/compare"):
        phone.goto(f"{served}{one}?lang={code}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, one
    phone.close()
