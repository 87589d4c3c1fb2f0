"""The record's page in a browser: map, list and timeline move together; nothing breaks a rule."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from sijill.web.app import make_app
from sijill.web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def address(sample_file: Path) -> Iterator[str]:
    """The page, served on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app(Settings(str(sample_file), port=port, read_only=True))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    waited = time.monotonic() + 20
    while not server.started and time.monotonic() < waited:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module", params=["webgl", "plain"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Chromium with WebGL2, and without."""
    play = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    plain = ["--disable-3d-apis"] if request.param == "plain" else []
    with play.sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", *plain]
        )
        yield opened
        opened.close()


def opened(browser: Any, url: str, wrong: list[str], **options: Any) -> Any:
    """A page of its own that notes what goes wrong in it."""
    page = browser.new_context(**options).new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(url)
    return page


def test_list_map_and_time_follow_one_filter(browser: Any, address: str) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{address}/record", wrong, locale="en-GB")
    page.locator("#map.drawn").wait_for()
    page.locator(".drop summary").first.click()
    page.locator("#filters input[name=type][value=clash]").check()
    page.locator(".chip").wait_for()
    assert page.url == f"{address}/record?type=clash"
    page.locator("#time svg.bars a").last.locator(".hit").click()
    page.locator(".chip", has_text="From").wait_for()
    assert page.locator("#f-after").input_value()
    assert page.locator("#filters input[name=type][value=clash]").is_checked()
    page.locator(".chip", has_text="Type").click()
    page.locator(".chip", has_text="Type").wait_for(state="detached")
    assert not page.locator("#filters input[name=type][value=clash]").is_checked()
    page.go_back()
    page.locator(".chip", has_text="Type").wait_for()
    page.locator("#map.drawn").wait_for()
    assert wrong == []
    page.context.close()


def test_a_place_of_the_map_leads_to_its_events(browser: Any, address: str) -> None:
    wrong: list[str] = []
    page = opened(browser, f"{address}/record?place=iq_mosul&located=yes", wrong, locale="ar")
    page.locator("#map.drawn:not([aria-busy])").wait_for()
    page.keyboard.press("j")
    box = page.locator("#map").bounding_box()
    spots = ((x / 20, y / 20) for y in range(4, 18) for x in range(3, 18))
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/at.json" in one.url else None)
    for x, y in spots:
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(20)
        if asked:
            break
    page.locator("#at-place:not([hidden])").wait_for()
    link = page.locator("#at-place li a").first
    assert link.get_attribute("href").startswith("/event/")
    page.keyboard.press("Escape")
    assert page.locator("#at-place").is_hidden()
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_is_kept_out(browser: Any, address: str, lang: str, width: int) -> None:
    """No rule of WCAG 2.2 AA that a program can check is broken; nothing scrolls sideways."""
    size = {"width": width, "height": 844}
    options = {"locale": lang, "viewport": size, "bypass_csp": True}
    page = opened(browser, f"{address}/record?type=clash&text=*", [], **options)
    if width == 1280:
        page.locator("#map.drawn").wait_for()
    page.add_script_tag(path=str(AXE))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {"runOnly": {"type": "tag", "values": tags}}
    report = page.evaluate("(rules) => axe.run(document, rules)", rules)
    told = [
        (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in report["violations"]
    ]
    assert told == [], told
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_phone_shows_one_part_at_a_time(browser: Any, address: str) -> None:
    wrong: list[str] = []
    size = {"width": 390, "height": 844}
    page = opened(browser, f"{address}/record", wrong, viewport=size, locale="en")
    assert page.locator("#filters .fields").is_hidden()
    assert page.locator("#map").is_hidden()
    page.locator(".tabs a").nth(1).click()
    page.locator("#map.drawn").wait_for()
    assert page.locator("#results").is_hidden()
    page.locator(".tabs a").nth(2).click()
    assert page.locator("svg.bars").is_visible()
    assert wrong == []
    page.context.close()


def test_without_scripts_all_parts_stand_below_each_other(browser: Any, address: str) -> None:
    size = {"width": 390, "height": 844}
    page = opened(browser, f"{address}/record", [], viewport=size, java_script_enabled=False)
    assert page.locator(".events li").count() == 40
    assert page.locator("svg.bars").is_visible()
    page.locator("#f-text").fill("داعش")
    page.locator("#filters .show").click()
    assert "text=" in page.url
    page.context.close()
