"""The record's page in a browser: map, list and timeline move together; nothing breaks a rule."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import NO_WEBGL, too_wide, violations, watched


@pytest.fixture(params=["webgl", "plain"])
def started(request: pytest.FixtureRequest) -> str:
    """What runs first in a page: nothing, or what takes WebGL away."""
    return NO_WEBGL if request.param == "plain" else ""


def opened(browser: Any, url: str, first: str = "", **options: Any) -> Any:
    """A page of its own that notes what goes wrong in it."""
    page = watched(browser.new_context(**options).new_page(), url.split("/record")[0])
    if first:
        page.add_init_script(first)
    page.goto(url)
    return page


def test_list_map_and_time_follow_one_filter(browser: Any, sample_site: str, started: str) -> None:
    page = opened(browser, f"{sample_site}/record", started, locale="en-GB")
    page.locator("#map.drawn").wait_for()
    page.locator(".drop summary").first.click()
    page.locator("#filters input[name=type][value=clash]").check()
    page.locator(".chip").wait_for()
    assert page.url == f"{sample_site}/record?type=clash"
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
    assert page.complaints == []
    page.context.close()


def test_the_list_is_used_before_the_map_is_there(
    browser: Any, sample_site: str, started: str
) -> None:
    """Going through the list while the map still loads marks nothing and breaks nothing."""
    context = browser.new_context(locale="en")
    page = watched(context.new_page(), sample_site)
    if started:
        page.add_init_script(started)
    held: list[Any] = []
    page.route("**/basemap/*.json", lambda one: held.append(one))
    page.goto(f"{sample_site}/record?located=yes")
    page.locator("#map > div").first.wait_for(state="attached")
    for _ in range(3):
        page.keyboard.press("j")
        page.wait_for_timeout(50)
    page.locator("#results li [data-event]").first.hover()
    page.locator("#filters .drop summary").first.click()
    page.locator("#filters input[name=type][value=clash]").check()
    page.locator(".chip", has_text="Type").wait_for()
    page.wait_for_timeout(500)
    page.keyboard.press("j")
    page.unroute("**/basemap/*.json")  # which lets go what was held
    page.locator("#map.drawn:not([aria-busy])").wait_for()
    assert held
    assert page.locator("#map canvas.maplibregl-canvas, #map .leaflet-container").count() == 1
    assert page.complaints == []
    context.close()


def test_a_place_of_the_map_leads_to_its_events(
    browser: Any, sample_site: str, started: str
) -> None:
    page = opened(browser, f"{sample_site}/record?place=iq_mosul&located=yes", started, locale="ar")
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
    assert page.complaints == []
    page.context.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_is_kept_out(browser: Any, sample_site: str, lang: str, width: int) -> None:
    """No rule of WCAG 2.2 AA that a program can check is broken; nothing scrolls sideways."""
    size = {"width": width, "height": 844}
    options = {"locale": lang, "viewport": size}
    page = opened(browser, f"{sample_site}/record?type=clash", **options)
    if width == 1280:
        page.locator("#map.drawn").wait_for()
    assert violations(page) == []
    assert too_wide(page) <= 0
    page.context.close()


def test_a_phone_shows_one_part_at_a_time(browser: Any, sample_site: str) -> None:
    size = {"width": 390, "height": 844}
    page = opened(browser, f"{sample_site}/record", viewport=size, locale="en")
    assert page.locator("#filters .fields").is_hidden()
    assert page.locator("#map").is_hidden()
    page.locator(".tabs a").nth(1).click()
    page.locator("#map.drawn").wait_for()
    assert page.locator("#results").is_hidden()
    page.locator(".tabs a").nth(2).click()
    assert page.locator("svg.bars").is_visible()
    assert page.complaints == []
    page.context.close()


def test_without_scripts_all_parts_stand_below_each_other(browser: Any, sample_site: str) -> None:
    size = {"width": 390, "height": 844}
    page = opened(browser, f"{sample_site}/record", viewport=size, java_script_enabled=False)
    assert page.locator(".events li").count() == 40
    assert page.locator("svg.bars").is_visible()
    page.locator("#f-text").fill("داعش")
    page.locator("#filters .show").click()
    assert "text=" in page.url
    page.context.close()
