"""A page in a browser: where it is served from, what goes wrong in it, what axe finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from sijill.web.app import make_app
from sijill.web.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: A browser that has no WebGL.
NO_WEBGL = (
    "const get = HTMLCanvasElement.prototype.getContext;"
    "HTMLCanvasElement.prototype.getContext = function (kind, ...more) {"
    " return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };"
)


@contextmanager
def serving(record: Path, read_only: bool = False) -> Iterator[str]:
    """The address of the page over a record, while it is served."""
    app = make_app(Settings(str(record), read_only=read_only))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 120
    while not server.started and time.monotonic() < ends:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def watched(page: Any, site: str) -> Any:
    """The page, which notes in ``complaints`` what goes wrong in it and what it asks elsewhere."""
    page.complaints = []
    page.on("console", lambda one: note(page, one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: note(page, one.stack or str(one)))
    known = (site, "data:", "blob:")
    page.on("request", lambda one: None if one.url.startswith(known) else note(page, one.url))
    return page


def note(page: Any, said: str) -> None:
    page.complaints.append(said)


def violations(page: Any) -> list[tuple[str, str]]:
    """Rules that axe finds broken, with the first place; the page's own policy stays in force."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": {"type": "tag", "values": RULES}}
    report = page.evaluate("(rules) => axe.run(document, rules)", rules)
    assert len(report["passes"]) > 10
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in report["violations"]]


def too_wide(page: Any) -> int:
    """By how many pixels the page scrolls sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide
