"""Who held it in a browser: the map is drawn, its days play, and nothing slides sideways."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from browsing import NO_WEBGL


def test_the_map_plays_and_the_table_follows(browser: Any, sample_site: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{sample_site}/held?on=2017-10-18")
    page.locator(".held-marker").first.wait_for(timeout=60_000)
    signs = page.locator(".held-marker").count()
    rows = page.locator("#held-twin .places a").count()
    assert signs == rows > 0 and "Syrian Democratic Forces" in page.content()
    page.get_by_role("button", name="A day earlier").click()
    page.wait_for_url("**on=2017-10-17*")
    assert page.locator("#held-on").input_value() == "2017-10-17"
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    assert page.get_by_role("button", name="Play").is_visible() and not faults


def test_without_webgl_leaflet_draws_the_same_signs(browser: Any, sample_site: str) -> None:
    page = browser.new_page()
    page.add_init_script(NO_WEBGL)
    page.goto(f"{sample_site}/held?on=2017-10-18")
    page.locator(".leaflet-container .held-marker").first.wait_for(timeout=60_000)
    assert page.locator(".held-marker").count() == page.locator("#held-twin .places a").count()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_slides_sideways_on_a_phone(browser: Any, sample_site: str, lang: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for path in ("held?", "held?place=sy_raqqa&", "actors?", "actors/words?", "sources?"):
        page.goto(f"{sample_site}/{path}lang={lang}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_a_link_to_a_change_opens_its_sentences(browser: Any, sample_site: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_site}/held?place=sy_raqqa&on=2016-01-01#change-2017-10-18")
    behind = page.locator("#change-2017-10-18 blockquote").first
    behind.wait_for(state="visible")
    assert behind.get_attribute("dir") == "rtl"


def test_names_are_offered_while_writing(browser: Any, sample_site: str) -> None:
    page = browser.new_page()
    page.goto(f"{sample_site}/held?place=sy_raqqa")
    page.locator("#held-place").fill("tal afa")
    page.locator("#held-names option").first.wait_for(state="attached")
    offered = page.locator("#held-names option").first.get_attribute("value") or ""
    assert offered.startswith("Tal Afar")


@pytest.mark.parametrize(
    "path", ["held", "held?place=sy_raqqa", "actors", "actors/words", "sources"]
)
def test_controls_are_large_enough_and_have_names(
    browser: Any, sample_site: str, path: str
) -> None:
    """Controls are 24 pixels high at least (links within text are excepted), and have names."""
    page = browser.new_page()
    page.goto(f"{sample_site}/{path}")
    small = page.evaluate(
        "[...document.querySelectorAll('main :is(button, input, select, summary, .chip)')]"
        ".filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24)"
        ".map((one) => one.outerHTML)"
    )
    unnamed = page.evaluate(
        "[...document.querySelectorAll('main :is(input, select):not([type=hidden])')]"
        ".filter((one) => !one.labels.length && !one.ariaLabel).map((one) => one.outerHTML)"
    )
    levels = page.evaluate(
        "[...document.querySelectorAll('main :is(h1,h2,h3)')].map((h) => +h.tagName[1])"
    )
    assert (small, unnamed) == ([], [])
    assert levels[0] == 1 and all(b - a <= 1 for a, b in itertools.pairwise(levels))
