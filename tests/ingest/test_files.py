"""Every kind of input, and everything that can be wrong with it: never a traceback."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.ingest import files
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل، وقتل 23 مدنيا."
PERSIAN = "نیروهای عراقی کنترل این محله را پس گرفتند و چند نفر کشته شدند"
URDU = "عراقی فوج نے شہر کے ایک محلے پر دوبارہ قبضہ کر لیا ہے"
KURDISH = "هێزەکانی عێراق گەڕەکەکەیان گرتەوە و چەند کەسێک کوژران"


def read(*paths: Path | str) -> tuple[list[Article], IssueLog]:
    log = IssueLog()
    return list(read_articles([str(path) for path in paths], log)), log


def codes(log: IssueLog) -> list[str]:
    return [issue.code for issue in log]


def write(path: Path, *rows: Any) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_bytes(f"{ARABIC}\r\n".encode())
    articles, log = read(path)
    assert [(one.doc, one.text) for one in articles] == [("one", f"{ARABIC}\r\n")]
    assert not len(log)


def test_json_lines_keep_unknown_keys(tmp_path: Path) -> None:
    row = {"id": 7, "text": ARABIC, "stamp": "2017-03-09 10:00", "title": "ع", "editor": {"a": [1]}}
    path = write(tmp_path / "news.jsonl", row, {"text": ARABIC, "url": None})
    articles, log = read(path)
    first, second = articles
    assert (first.doc, first.published, first.title) == ("7", "2017-03-09 10:00", "ع")
    assert first.extra == {"editor": {"a": [1]}}
    assert (second.doc, second.url, second.extra) == ("news:2", "", {})
    assert not len(log)


def test_published_is_preferred_to_stamp(tmp_path: Path) -> None:
    row = {"doc": "a", "text": ARABIC, "published": "2017-03-09", "stamp": "2019-01-01"}
    articles, _ = read(write(tmp_path / "a.jsonl", row))
    assert articles[0].published == "2017-03-09"
    assert articles[0].extra == {"stamp": "2019-01-01"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"doc": "a", "text": "x', "json"),
        ("[1, 2]", "json"),
        ('{"doc": "a", "text": 5}', "no-text"),
        ('{"doc": "a", "text": null}', "no-text"),
        ('{"doc": "a"}', "no-text"),
        ('{"doc": "a", "text": ""}', "empty"),
        ('{"doc": "a", "text": " \\n "}', "empty"),
        ('{"doc": "a", "text": "\\ud800"}', "json"),
        ("[" * 100_000, "json"),
    ],
)
def test_bad_lines_cost_only_themselves(tmp_path: Path, line: str, code: str) -> None:
    good = {"doc": "good", "text": ARABIC}
    articles, log = read(write(tmp_path / "a.jsonl", good, line, {**good, "doc": "last"}))
    assert [one.doc for one in articles] == ["good", "last"]
    (issue,) = log.skipped()
    assert issue.code == code
    assert issue.place in (2, None)
    assert str(tmp_path) in str(issue)


def test_wrong_types_of_other_keys_are_noted(tmp_path: Path) -> None:
    row = {"doc": "a", "text": ARABIC, "title": ["x"], "outlet": True}
    articles, log = read(write(tmp_path / "a.jsonl", row))
    assert articles[0].title == "" and articles[0].outlet == ""
    assert articles[0].extra == {"title": ["x"], "outlet": True}
    assert codes(log) == ["wrong-type", "wrong-type"]
    assert not log.skipped()


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for path in (tmp_path / "a.txt", tmp_path / "sub" / "a.txt"):
        path.write_text(ARABIC, encoding="utf-8")
    write(tmp_path / "b.jsonl", {"doc": "a", "text": ARABIC}, {"doc": "a~2", "text": ARABIC})
    articles, log = read(tmp_path)
    assert [one.doc for one in articles] == ["a", "a~2", "a~2~2", "a~3"]
    assert codes(log) == ["same-name"] * 3
    assert articles[1].issues[0].code == "same-name"


def test_files_are_called_by_the_names_that_are_given(tmp_path: Path) -> None:
    good, bad = tmp_path / "0001.txt", tmp_path / "0002.txt"
    good.write_text(ARABIC, encoding="utf-8")
    bad.write_text(" ", encoding="utf-8")
    log = IssueLog()
    names = {str(good): "news of today.txt", str(bad): "nothing.txt"}
    articles = list(read_articles([*names], log, names=names))
    assert [(one.doc, one.source) for one in articles] == [("news of today", "news of today.txt")]
    assert [issue.source for issue in log] == ["nothing.txt"]


def test_many_of_one_name_take_no_longer(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *[{"doc": "a", "text": ARABIC}] * 5000)
    articles, _ = read(path)
    assert articles[-1].doc == "a~5000"


def test_folder_is_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", ".hidden.txt", "notes.md", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARABIC, encoding="utf-8")
    articles, log = read(tmp_path)
    assert [one.doc for one in articles] == ["a", "b", "c"]
    assert not len(log)


def test_pattern(tmp_path: Path) -> None:
    for name in ("a1.txt", "a2.txt", "b.txt"):
        (tmp_path / name).write_text(ARABIC, encoding="utf-8")
    articles, _ = read(tmp_path / "a*.txt")
    assert [one.doc for one in articles] == ["a1", "a2"]
    assert codes(read(tmp_path / "z*.txt")[1]) == ["no-match"]


def test_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert codes(read(tmp_path / "none.txt")[1]) == ["missing"]
    assert codes(read(tmp_path / "empty")[1]) == ["no-articles"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARABIC, encoding="utf-8")
    path.chmod(0)
    assert codes(read(path)[1]) == ["permission"]


def test_permission_error_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARABIC, encoding="utf-8")

    def refuse(source: str) -> None:
        raise PermissionError(13, "Permission denied", source)

    monkeypatch.setattr(files, "_open", refuse)
    (issue,) = read(path)[1].skipped()
    assert issue.code == "permission" and "check its permissions" in issue.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4 \xe2\xe3", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\xe9t\xe9 \xe0 Paris, na\xefve", "encoding"),
        (b"The army retook the district.", "language"),
        (b"12345 ... 67", "language"),
        (PERSIAN.encode(), "language"),
        (URDU.encode(), "language"),
        (KURDISH.encode(), "language"),
        ("Войска вошли в город".encode(), "language"),
    ],
)
def test_what_is_no_arabic_text_is_skipped_and_named(
    tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    articles, log = read(path)
    assert not articles
    (issue,) = log.skipped()
    assert issue.code == code and issue.source == str(path)


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read_and_noted(tmp_path: Path, encoding: str) -> None:
    text = ARABIC if encoding != "iso-8859-6" else ARABIC.replace("،", "،")
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = tmp_path / "a.txt"
    path.write_bytes(mark + text.encode(encoding))
    articles, log = read(path)
    assert articles[0].text == text
    (issue,) = articles[0].issues
    assert issue.code == "encoding" and encoding in issue.message
    assert list(log) == [issue]


def test_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + ARABIC.encode())
    line = json.dumps({"doc": "b", "text": ARABIC}).encode()
    (tmp_path / "b.jsonl").write_bytes(b"\xef\xbb\xbf" + line)
    articles, log = read(tmp_path)
    assert [one.text for one in articles] == [ARABIC, ARABIC]
    assert not len(log)


def test_a_few_damaged_bytes_and_nul_do_not_cost_the_text(tmp_path: Path) -> None:
    data = (ARABIC * 5).encode()
    (tmp_path / "a.txt").write_bytes(data[:-1] + b"\xd8")
    (tmp_path / "b.txt").write_bytes(data[:14] + b"\0" + data[14:])
    articles, log = read(tmp_path)
    assert "\ufffd" in articles[0].text and "\0" in articles[1].text
    assert codes(log) == ["encoding"]


def test_gzip_and_broken_gzip(tmp_path: Path) -> None:
    rows = [{"doc": str(n), "text": f"{ARABIC} {n}"} for n in range(2000)]
    data = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(data)
    (tmp_path / "cut.jsonl.gz").write_bytes(data[: len(data) // 2])
    (tmp_path / "no.jsonl.gz").write_bytes(b"not gzip at all")
    (tmp_path / "text.txt.gz").write_bytes(data[: len(data) // 2])
    assert len(read(tmp_path / "whole.jsonl.gz")[0]) == 2000
    articles, log = read(tmp_path / "cut.jsonl.gz")
    assert 0 < len(articles) < 2000
    assert codes(log)[-1] == "broken-archive"
    assert codes(read(tmp_path / "no.jsonl.gz")[1]) == ["broken-archive"]
    assert codes(read(tmp_path / "text.txt.gz")[1]) == ["broken-archive"]


def test_a_file_is_never_loaded_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.jsonl", *[{"doc": str(n), "text": ARABIC} for n in range(20_000)])
    log = IssueLog()
    reading = read_articles([str(path)], log)
    first = next(reading)
    path.write_text("", encoding="utf-8")
    assert first.doc == "0"
    assert sum(1 for _ in reading) < 19_999


def test_large_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big = f"{ARABIC} " * 90_000
    (tmp_path / "big.txt").write_text(big, encoding="utf-8")
    assert len(read(tmp_path / "big.txt")[0][0].text) == len(big)
    for module in ("files", "lines"):
        monkeypatch.setattr(f"sijill.ingest.{module}.LARGEST", 500)
    good = {"doc": "good", "text": ARABIC}
    path = write(tmp_path / "long.jsonl", {"doc": "a", "text": ARABIC * 50}, good)
    articles, log = read(path, tmp_path / "big.txt")
    assert [one.doc for one in articles] == ["good"]
    assert codes(log) == ["too-large", "too-large"]


def test_standard_input_by_its_first_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"doc": "x", "text": ARABIC})
    for content, doc in ((ARABIC, "stdin"), (line, "x")):
        path = tmp_path / "in"
        path.write_text(content, encoding="utf-8")
        with path.open() as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            articles, _ = read("-")
        assert [(one.doc, one.text) for one in articles] == [(doc, ARABIC)]


def test_unknown_ending_is_judged_by_its_content(tmp_path: Path) -> None:
    path = write(tmp_path / "export.data", {"doc": "x", "text": ARABIC})
    assert read(path)[0][0].doc == "x"


PAGE = f"""<html lang="ar"><head><title>خبر | موقع</title>
<meta property="og:title" content="خبر عاجل"><meta property="og:site_name" content="موقع الأخبار">
<meta property="article:published_time" content="2017-03-09T10:00:00Z"></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>خبر عاجل</h1>
<p>{ARABIC * 3}</p><p>وأضاف: {ARABIC * 3}</p></article><footer>حقوق النشر</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_web_page(tmp_path: Path, encoding: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{encoding}">')
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding))
    (article,), log = read(path)
    assert article.text.startswith("خبر عاجل\n")
    assert article.text.count(ARABIC) == 6
    assert "حقوق النشر" not in article.text
    assert (article.published, article.outlet) == ("2017-03-09", "موقع الأخبار")
    assert not log.skipped()


@pytest.mark.parametrize("page", ["<html></html>", "<", "<div>" * 50_000 + "س", "<p>\ud7ff</p>"])
def test_pages_without_an_article(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    articles, log = read(path)
    assert len(articles) + len(log.skipped()) == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatsoever_end_in_a_traceback(data: bytes) -> None:
    for kind, stem in (("_text", "a.txt"), ("lines", "a.jsonl")):
        log = IssueLog()
        stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
        try:
            list(files._read_stream(stream, stem, log))
        except files.SourceError as error:
            assert error.code, kind
