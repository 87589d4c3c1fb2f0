"""Sources: coverage week by week, outlets in numbers, and their articles page by page."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sijill.record.record import Record
from sijill.web.app import make_app
from sijill.web.kept import Kept
from sijill.web.settings import Settings


def plain(page: str) -> str:
    joined = re.sub(r"</?(bdi|time)\b[^>]*>", "", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", joined)).split())


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A record of 120 articles of an outlet in two weeks, a quiet one between; and two more."""
    folder = tmp_path_factory.mktemp("weeks")
    lines = [("a.example", f"2017-03-{6 if at < 100 else 20:02}", at) for at in range(120)]
    lines += [("b.example", "2017-03-14", 200), ("", "2017-03-14", 201)]
    text = "عقد المجلس اجتماعا رقم {} لبحث شؤون المدينة والطرق والمدارس في هذا العام."
    articles = folder / "weeks.jsonl"
    articles.write_text(
        "\n".join(
            json.dumps(
                {"doc": f"d{at}", "outlet": outlet, "published": day, "text": text.format(at)}
            )
            for outlet, day, at in lines
        ),
        encoding="utf-8",
    )
    with Record.open(folder / "weeks.db") as record:
        record.read(articles)
    with TestClient(make_app(Settings(str(folder / "weeks.db"))), "http://127.0.0.1") as client:
        yield client


def test_a_quiet_week_is_drawn_and_said(weeks: TestClient) -> None:
    page = weeks.get("/sources").text
    assert "A quiet week is not peace" in page
    strips = re.findall(r"<figure.*?</figure>", page, re.S)
    (strip,) = [one for one in strips if ">a.example<" in one]
    assert "120 articles" in plain(strip) and "1 quiet week" in plain(strip)
    assert strip.count('class="bar-week"') == 2 and strip.count('class="quiet"') == 1
    assert "outlet not known" in plain(page)


def test_the_articles_of_an_outlet_page_by_page(weeks: TestClient) -> None:
    seen: list[str] = []
    for page in (1, 2, 3):
        text = weeks.get(f"/sources?outlet=a.example&page={page}").text
        seen += re.findall(r'<h2><a href="/source/(\w+)"', text)
    assert len(seen) == len(set(seen)) == 120
    week = weeks.get("/sources?outlet=a.example&week=2017-W12").text
    assert "20 articles" in plain(week)
    assert "1 article" in plain(weeks.get("/sources?outlet=-").text)


def test_what_is_not_there_is_said(weeks: TestClient) -> None:
    assert weeks.get("/sources?outlet=nobody.example").status_code == 404
    for week in ("soon", "2017-W60"):
        assert weeks.get(f"/sources?outlet=a.example&week={week}").status_code == 400
    assert "Nothing is noted" in weeks.get("/sources").text


def test_numbers_are_those_of_the_record(client: TestClient, sample_file: Path) -> None:
    with Record.open(sample_file, create=False, read_only=True) as record:
        tallies = record.store.tally_outlets()
    page = client.get("/sources").text
    assert f"{sum(one.documents for one in tallies)} articles" in plain(page)
    table = page[page.index("outlets-table") :]
    for one in tallies:
        row = re.search(rf'outlet={re.escape(one.outlet or "-")}">.*?</tr>', table, re.S)
        assert row, one.outlet
        numbers = re.findall(r'<td class="amount"><bdi[^>]*>(\d+)<', row[0])
        assert numbers == [str(n) for n in (one.documents, one.reports, one.copies, one.first)]


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "مقال واحد"), (2, "مقالان"), (7, "7 مقالات"), (20, "20 مقالاً"), (100, "100 مقال")],
)
def test_arabic_counts_in_six_forms(count: int, words: str) -> None:
    from sijill.web.language import Language

    found = Language("ar").plural("%(num)s article", "%(num)s articles", count)
    assert found % {"num": count} == words


def test_answers_are_kept_until_somebody_writes(tmp_path: Path) -> None:
    article = tmp_path / "one.jsonl"
    article.write_text(json.dumps({"doc": "d", "text": "سيطر الجيش على المدينة أمس بعد قتال."}))
    made: list[int] = []
    with Record.open(tmp_path / "r.db") as record:
        kept = Kept(record.store)

        def make() -> int:
            made.append(1)
            return len(made)

        assert [kept.get(("n",), make) for _ in range(3)] == [1, 1, 1]
        record.read(article)
        assert kept.get(("n",), make) == 2
