"""The order of the rooms, and that one bad article costs only itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sijill.issues import IssueLog
from sijill.model import Article, Reference, Report, Seen
from sijill.pipeline import Pipeline
from sijill.text.tokens import Tokens

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل."


class Stumbles:
    """An extractor that fails on one article and finds one report in each other."""

    def extract(self, article: Article, tokens: Tokens, reference: Reference) -> tuple[Report, ...]:
        if article.doc == "bad":
            raise IndexError("list index out of range")
        return (Report("r1", "capture", "occurred", evidence=((0, len(article.text)),)),)

    def see(self, text: str, day: date | None) -> list[Seen]:
        return [Seen("word", 0, len(text), text, str(day))]


def write(path: Path, *docs: str) -> str:
    rows = ({"doc": doc, "text": ARABIC, "note": doc} for doc in docs)
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


def test_a_reading_keeps_what_came_in(tmp_path: Path) -> None:
    log = IssueLog()
    (reading,) = Pipeline(Stumbles()).read_many([write(tmp_path / "a.jsonl", "good")], log)
    assert (reading.doc, reading.text, reading.extra) == ("good", ARABIC, {"note": "good"})
    assert [one.id for one in reading.reports] == ["r1"]
    assert not len(log)


def test_one_bad_article_costs_only_itself(tmp_path: Path) -> None:
    log = IssueLog()
    path = write(tmp_path / "a.jsonl", "first", "bad", "last")
    docs = [one.doc for one in Pipeline(Stumbles()).read_many([path], log)]
    assert docs == ["first", "last"]
    (issue,) = log.skipped()
    assert (issue.code, issue.source) == ("failed", "bad")
    assert "IndexError at test_pipeline.py:" in issue.message


def test_an_interrupt_is_not_swallowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> tuple[Report, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Stumbles, "extract", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(Pipeline(Stumbles()).read_many([write(tmp_path / "a.jsonl", "a")], IssueLog()))


def test_see_passes_the_day() -> None:
    (seen,) = Pipeline(Stumbles()).see("اليوم", date(2017, 3, 9))
    assert seen.value == "2017-03-09"
