"""The page in Chromium, for bench/web.py: how fast it is there, and what goes wrong in it."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parents[1] / "tests" / "web" / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRAWN = "#map.drawn:not([aria-busy])"
#: A filter is changed as a reader does it; the time until the new list can be seen.
CHANGE = """async (number) => {
  const ticks = document.querySelectorAll("#filters input[name=type]");
  const tick = ticks[number % ticks.length];
  const start = performance.now();
  const swapped = new Promise((done) =>
    document.addEventListener("htmx:after:swap", done, { once: true }));
  tick.checked = !tick.checked;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
  await swapped;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


class First(msgspec.Struct, frozen=True):
    """A first visit: ms until the first text and until the map rests, and bytes that came."""

    text: float
    drawn: float
    size: int


class Faults(msgspec.Struct, frozen=True):
    """What went wrong on pages, each with its address."""

    axe: list[str]
    outside: list[str]
    script: list[str]
    sideways: list[str]


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, without any page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def first_visit(browser: Any, url: str) -> First:
    """Open a page in a browser that has nothing of it yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page, came = context.new_page(), []
    page.on("requestfinished", lambda one: came.append(one))
    page.goto(url)
    page.locator(DRAWN).wait_for(timeout=60_000)
    drawn = page.evaluate("performance.now()")
    text = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    size = sum(_bytes(one) for one in came)
    context.close()
    return First(text, drawn, size)


def first_visits(browser: Any, url: str, times: int) -> First:
    """The medians of several first visits."""
    visits = [first_visit(browser, url) for _ in range(times)]
    middle = (statistics.median(getattr(one, name) for one in visits) for name in ("text", "drawn"))
    return First(*middle, max(one.size for one in visits))


def _bytes(request: Any) -> int:
    """What came for a request. Of a worker's own script Chromium tells no size of the body."""
    sizes = request.sizes()
    body = sizes["responseBodySize"] or request.response().headers.get("content-length", 0)
    return int(body) + int(sizes["responseHeadersSize"])


#: Milliseconds that a person looks at a list before the next change, at least.
LOOK = 1_000


def filter_changes(browser: Any, url: str, times: int) -> list[float]:
    """How long (ms) each of so many changes of a filter takes until the new list is on screen."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(url)
    page.locator(DRAWN).wait_for(timeout=60_000)
    took = []
    for number in range(times):
        took.append(page.evaluate(CHANGE, number))
        page.wait_for_timeout(LOOK)
    page.close()
    return took


def faults(browser: Any, base: str, paths: Sequence[str]) -> Faults:
    """What goes wrong on pages, in both languages, on a desk and on a phone."""
    found = Faults([], [], [], [])
    for language in ("en", "ar"):
        for width in (1280, 390):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, locale=language, reduced_motion="reduce"
            )
            for path in paths:
                _look(context.new_page(), base, path, f"{path} {language} {width}", found)
            context.close()
    return found


def _look(page: Any, base: str, path: str, name: str, found: Faults) -> None:
    page.on("pageerror", lambda error: found.script.append(f"{name}: {error}"))
    page.on("console", lambda said: _hear(said, name, found))
    page.on("request", lambda one: _check(one.url, base, name, found))
    page.goto(base + path)
    page.wait_for_load_state("networkidle")
    # Evaluated by the debugger, so that the policy of the page stays in force.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    report = page.evaluate(
        "(values) => axe.run(document, { runOnly: { type: 'tag', values } })", RULES
    )
    for one in report["violations"]:
        found.axe.append(f"{name}: {one['id']} {one['nodes'][0]['html'][:100]}")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        found.sideways.append(f"{name}: {wide} px")
    page.close()


def _hear(said: Any, name: str, found: Faults) -> None:
    if said.type == "error":
        found.script.append(f"{name}: {said.text}")


def _check(url: str, base: str, name: str, found: Faults) -> None:
    if not url.startswith((base, "data:", "blob:")):
        found.outside.append(f"{name}: {url}")
