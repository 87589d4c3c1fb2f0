"""Parquet tables of articles, and files in object stores."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from sijill.ingest import parquet as reader
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article

arrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
parquet = pytest.importorskip("pyarrow.parquet")

ARABIC = "استعادت القوات العراقية حي النور في الموصل من تنظيم داعش يوم الجمعة."


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    parquet.write_table(arrow.Table.from_pylist(rows), path, row_group_size=2)
    return path


def read(*paths: object) -> tuple[list[Article], IssueLog]:
    log = IssueLog()
    return list(read_articles([str(path) for path in paths], log)), log


def test_columns_are_known_by_the_names_of_tables(tmp_path: Path) -> None:
    rows = [
        {"id": 7, "body": ARABIC, "date": date(2017, 3, 9), "source": "one.example", "desk": "a"},
        {"id": None, "body": f"{ARABIC} ", "date": None, "source": None, "desk": None},
    ]
    (first, second), log = read(write(tmp_path / "news.parquet", rows))
    assert (first.doc, first.text, first.published) == ("7", ARABIC, "2017-03-09")
    assert (first.outlet, first.extra) == ("one.example", {"desk": "a"})
    assert (second.doc, second.published, second.extra) == ("news:2", "", {})
    assert not len(log)


def test_a_bad_row_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_AT_ONCE", 2)
    rows = [{"text": ARABIC}, {"text": None}, {"text": "The army."}, {"text": ARABIC}]
    articles, log = read(write(tmp_path / "a.parquet", rows))
    assert [one.doc for one in articles] == ["a:1", "a:4"]
    assert [(one.code, one.place) for one in log.skipped()] == [("no-text", 2), ("language", None)]


@pytest.mark.parametrize(
    ("data", "code"), [(b"PAR1 and nothing more", "parquet"), (b"no parquet at all", "parquet")]
)
def test_what_is_no_parquet(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(data)
    assert [one.code for one in read(path)[1]] == [code]


def test_a_damaged_file_gives_what_stands_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_AT_ONCE", 2)
    path = write(tmp_path / "a.parquet", [{"text": f"{ARABIC} {n}" * 50} for n in range(40)])
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
    path.write_bytes(data)
    articles, log = read(path)
    assert 0 < len(articles) < 40
    assert [one.code for one in log.skipped()] == ["broken-archive"]


def test_no_column_for_the_text(tmp_path: Path) -> None:
    (issue,) = read(write(tmp_path / "a.parquet", [{"colour": "red"}]))[1]
    assert issue.code == "columns" and "colour" in issue.message


def test_its_content_tells_what_a_file_is(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [{"text": ARABIC}])
    (article,), _ = read(path.rename(tmp_path / "articles"))
    assert article.text == ARABIC


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [{"text": ARABIC}])
    code = "import sys; from sijill.cli import main; main()"
    with path.open("rb") as stream:
        piped = subprocess.Popen(["cat"], stdin=stream, stdout=subprocess.PIPE)
        done = subprocess.run(
            [sys.executable, "-c", code, "extract", "-"],
            stdin=piped.stdout,
            capture_output=True,
            text=True,
        )
        piped.communicate()
    assert done.returncode == 3 and "cannot be read from a pipe" in done.stderr


@pytest.mark.skipif(find_spec("daft") is None, reason="the extra engine is not installed")
def test_addresses_of_a_store(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [{"text": ARABIC}])
    (tmp_path / "b.jsonl").write_text(f'{{"text": "{ARABIC}"}}\n', encoding="utf-8")
    (tmp_path / "other.bin").write_bytes(b"x")
    articles, log = read(tmp_path.as_uri())
    assert [one.doc for one in articles] == ["a:1", "b:1"] and not len(log)
    assert articles[0].source == f"{tmp_path.as_uri()}/a.parquet"
    assert [one.doc for one in read(f"{tmp_path.as_uri()}/*.jsonl")[0]] == ["b:1"]
    assert "DO_NOT_TRACK" in os.environ, "the engine would tell its makers that it runs"


@pytest.mark.skipif(find_spec("daft") is None, reason="the extra engine is not installed")
def test_addresses_that_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"x")
    (issue,) = read(tmp_path.as_uri())[1]
    assert issue.code == "no-articles"
    (issue,) = read(f"{tmp_path.as_uri()}/none.jsonl")[1]
    assert issue.level == "skipped" and issue.source.endswith("none.jsonl")
