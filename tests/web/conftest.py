"""The page over records that are read once: one of the packaged stories, one of made articles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, serving
from fastapi.testclient import TestClient
from page_texts import EVIL, TELLS

import sijill
from sijill.record.record import Record
from sijill.web.app import make_app
from sijill.web.settings import Settings

SAMPLE = Path(sijill.__file__).parent / "samples" / "stories.jsonl"
AGENCY = (
    "بيروت (ا ف ب) - قصفت طائرات التحالف الدولي مدينة منبج في ريف حلب يوم الأربعاء 8 مارس 2017 "
    "فقتل 17 مدنيا بينهم 5 أطفال وأصيب 30 آخرون، بحسب ناشطين في المدينة. وتحاصر قوات سوريا "
    "الديمقراطية المدينة منذ أسابيع وتتقدم ببطء في أحيائها بدعم من طائرات التحالف."
)
#: Three prints of one agency's text, two witnesses of their own, and a place taken.
MADE = {
    "wire-a": ("a.example", "2017-03-09", AGENCY),
    "wire-b": ("b.example", "2017-03-09", AGENCY),
    "wire-c": ("c.example", "2017-03-09", AGENCY),
    "strike": (
        "two.example",
        "2017-03-09",
        "قال المرصد السوري لحقوق الإنسان إن 23 مدنيا قتلوا في غارة شنتها طائرات التحالف على منبج "
        "الأربعاء 8 مارس 2017.",
    ),
    "hostile": (
        "three.example",
        "2017-03-11",
        "<script>alert(1)</script> قصفت طائرات التحالف مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل "
        "20 مدنيا.",
    ),
    "taken": (
        "one.example",
        "2017-03-09",
        "سيطرت قوات سوريا الديمقراطية على مدينة الطبقة يوم الخميس 9 مارس 2017 بعد طرد تنظيم داعش "
        "منها.",
    ),
}


def address(doc: str) -> str:
    return f"https://news.example/{doc}"


def record_of(path: Path, articles: Path) -> Path:
    with Record.open(path) as record:
        record.read(articles)
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the packaged stories; not to be written to."""
    return record_of(tmp_path_factory.mktemp("sample") / "sample.db", SAMPLE)


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the made articles; not to be written to."""
    folder = tmp_path_factory.mktemp("made")
    lines = (
        json.dumps(
            {"doc": doc, "outlet": outlet, "published": day, "text": text, "url": address(doc)}
        )
        for doc, (outlet, day, text) in MADE.items()
    )
    (folder / "made.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return record_of(folder / "made.db", folder / "made.jsonl")


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose every word from outside is meant to break out of the page."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "doc": f"{number}{EVIL}",
            "outlet": f"{number}{EVIL}",
            "title": EVIL,
            "published": "2017-03-09",
            "url": url,
            "text": TELLS.format(17 + number, f"الناشط {EVIL}", EVIL),
        }
        for number, url in enumerate(
            ("javascript:alert(1)", f"https://x.example/{EVIL}", "data:text/html,<script>", "//e/")
        )
    ]
    articles = folder / "a\"'><b onclick=alert(1)>.jsonl"
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    path = record_of(folder / "hostile.db", articles)
    with Record.open(path) as record:
        event = next(iter(record.events(type="airstrike")))
        record.correcting.set(event.id, "status", "denied", why=EVIL, by=EVIL)
    return path


def page_over(record: Path, read_only: bool = False) -> Iterator[TestClient]:
    app = make_app(Settings(str(record), read_only=read_only))
    own = {"Origin": "http://127.0.0.1"}
    with TestClient(app, "http://127.0.0.1", headers=own, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def client(sample_file: Path) -> Iterator[TestClient]:
    """The page over the packaged stories, for reading."""
    yield from page_over(sample_file, read_only=True)


@pytest.fixture
def made_copy(made_file: Path, tmp_path: Path) -> Path:
    """A record of the made articles, to change."""
    return Path(shutil.copy(made_file, tmp_path / "record.db"))


@pytest.fixture
def made(made_copy: Path) -> Iterator[TestClient]:
    """The page over the made articles, for reading and correcting."""
    yield from page_over(made_copy)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, one for all tests."""
    play = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with play.sync_playwright() as started:
        arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def sample_site(sample_file: Path) -> Iterator[str]:
    """Where the page over the packaged stories is served, for reading."""
    with serving(sample_file, read_only=True) as site:
        yield site
