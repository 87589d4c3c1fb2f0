"""Web archives: whole, packed, cut in half, damaged in the middle, and lying about lengths."""

from __future__ import annotations

import builtins
import gzip
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sijill.ingest import warc
from sijill.ingest.files import read_articles
from sijill.ingest.language import may_be_arabic
from sijill.issues import IssueLog
from sijill.model import Article

pytest.importorskip("fastwarc", reason="the extra inputs is not installed")

ARABIC = "استعادت القوات العراقية حي المعلمين في الموصل من تنظيم داعش بعد معارك استمرت يومين."


def html(number: int) -> str:
    text = f"{ARABIC} وقال متحدث إن {number} مسلحا قتلوا في الغارات على الحي."
    body = f"<article><h1>خبر {number}</h1><p>{text}</p><p>{text}</p></article>"
    return f"<html><body>{body}</body></html>"


def record(number: int, body: bytes | None = None, **how: Any) -> bytes:
    """One response record; ``length`` is what it says of itself."""
    body = html(number).encode() if body is None else body
    kind = how.get("kind", "text/html; charset=utf-8")
    head = f"HTTP/1.1 {how.get('status', '200 OK')}\r\nContent-Type: {kind}\r\n"
    answer = f"{head}{how.get('head', '')}\r\n".encode() + body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {how.get('type', 'response')}\r\n"
            f"WARC-Target-URI: {how.get('url', f'https://okaz.com.sa/{number}')}\r\n"
            f"WARC-Date: 2024-11-24T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {how.get('length', len(answer))}\r\n\r\n"
        ).encode()
        + answer
        + b"\r\n\r\n"
    )


def read(
    path: Path, data: bytes | list[bytes], name: str = "a.warc"
) -> tuple[list[Article], IssueLog]:
    file = path / name
    whole = data if isinstance(data, bytes) else b"".join(data)
    file.write_bytes(whole)
    log = IssueLog()
    return list(read_articles([str(file)], log)), log


def urls(articles: list[Article]) -> list[int]:
    return [int(one.url.rpartition("/")[2]) for one in articles]


def codes(log: IssueLog) -> list[str]:
    return [issue.code for issue in log.skipped()]


FIVE = [record(number) for number in range(5)]
PACKED = [gzip.compress(one) for one in FIVE]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(FIVE)),
        ("a.warc.gz", b"".join(PACKED)),
        ("a.warc.gz", gzip.compress(b"".join(FIVE))),
        ("crawl.data", b"".join(FIVE)),
    ],
)
def test_whole_archives(tmp_path: Path, name: str, data: bytes) -> None:
    articles, log = read(tmp_path, data, name)
    assert urls(articles) == [0, 1, 2, 3, 4]
    assert not len(log)
    first = articles[0]
    assert first.doc == f"{name.split('.')[0] if 'warc' in name else name}:1"
    assert first.text.startswith("خبر 0\n\n") and ARABIC in first.text
    assert first.extra == {"fetched": "2024-11-24T10:00:00Z", "record": "<urn:uuid:0>"}
    assert first.published == ""


def test_what_is_no_page_is_counted_in_one_note(tmp_path: Path) -> None:
    others = [
        record(7, b"GIF89a", kind="image/gif"),
        record(8, b"GIF89a", kind="image/gif"),
        record(9, status="404 Not Found"),
        record(10, b"a { }", kind="text/css"),
        record(11, type="request"),
        record(12, type="metadata"),
    ]
    articles, log = read(tmp_path, [*FIVE[:2], *others, *FIVE[2:]])
    assert urls(articles) == [0, 1, 2, 3, 4]
    (note,) = log
    assert note.level == "note" and note.message.startswith("4 answers are no pages")
    assert "2 of type image/gif" in note.message and "1 with status 404" in note.message


@pytest.mark.parametrize("cut", [20, 200, 400, 700, 1200])
@pytest.mark.parametrize("packed", [True, False])
def test_half_an_archive(tmp_path: Path, packed: bool, cut: int) -> None:
    parts = PACKED if packed else FIVE
    cut = min(cut, len(parts[-1]) - 1)
    data = b"".join(parts)[:-cut]
    articles, log = read(tmp_path, data, "a.warc.gz" if packed else "a.warc")
    assert urls(articles)[:4] == [0, 1, 2, 3]
    assert len(articles) == 5 or codes(log)


@pytest.mark.parametrize("damaged", [0, 2, 3])
def test_a_damaged_packed_record_costs_only_itself(tmp_path: Path, damaged: int) -> None:
    parts = list(PACKED)
    one = parts[damaged]
    parts[damaged] = one[:100] + bytes(60) + one[160:]
    articles, log = read(tmp_path, parts, "a.warc.gz")
    assert urls(articles) == [n for n in range(5) if n != damaged]
    assert len(codes(log)) == 1 and str(tmp_path) in str(log.skipped()[0])


def test_rubbish_between_records(tmp_path: Path) -> None:
    rubbish = b"rubbish \x00\xff\n\n<<>>" * 10
    articles, log = read(tmp_path, [FIVE[0], rubbish, *FIVE[1:3], rubbish, *FIVE[3:]])
    assert urls(articles) == [0, 1, 2, 3, 4]
    assert codes(log) == ["warc-broken"] * 2
    assert [issue.code for issue in log if issue.level == "note"] == ["warc-damage"]


@pytest.mark.parametrize("length", [0, 30, 400, 2000, 3000, 10**9, -5, "many", "1e3", 10**30])
def test_a_record_that_lies_about_its_length(tmp_path: Path, length: int | str) -> None:
    articles, log = read(tmp_path, [FIVE[0], record(9, length=length), *FIVE[1:]])
    found = [one for one in urls(articles) if one != 9]
    assert found == [0, 1, 2, 3, 4]
    assert codes(log)


def test_a_record_that_swallows_whole_ones(tmp_path: Path) -> None:
    answer = len(record(9).split(b"\r\n\r\n", 1)[1]) - len(b"\r\n\r\n")
    swallows = record(9, length=answer + len(b"\r\n\r\n") + len(FIVE[1]) - len(b"\r\n\r\n"))
    articles, log = read(tmp_path, [FIVE[0], swallows, *FIVE[1:]])
    assert urls(articles) == [0, 1, 2, 3, 4]
    assert codes(log) == ["cut-off"]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", lambda data: __import__("brotli").compress(data)),
        ("gzip, identity", gzip.compress),
    ],
)
def test_packed_content(tmp_path: Path, encoding: str, pack: Any) -> None:
    packed = pack(html(1).encode())
    head = f"Content-Encoding: {encoding}\r\n"
    chunks = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    articles, log = read(
        tmp_path,
        [
            record(1, packed, head=head),
            record(2, chunks, head=f"{head}Transfer-Encoding: chunked\r\n"),
            record(3, packed[: len(packed) // 2], head=head),
            record(4, b"not packed at all" * 9, head=head),
            record(5, packed, head="Content-Encoding: compress\r\n"),
            record(6, b"zz\r\nhello\r\n0\r\n\r\n", head="Transfer-Encoding: chunked\r\n"),
            record(7),
        ],
    )
    assert urls(articles) == [1, 2, 7]
    assert all(ARABIC in one.text for one in articles)
    assert len(codes(log)) >= 4


def test_small_records_that_unpack_to_huge_ones(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(100_000_000))
    articles, log = read(tmp_path, [record(1, bomb, head="Content-Encoding: gzip\r\n"), record(2)])
    assert urls(articles) == [2]
    assert codes(log) == ["too-large"]


def test_large_pages_are_named_and_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LARGEST_PAGE", 2000)
    big = record(1, html(1).encode() + b" " * 5000)
    chunked = b"1388\r\n" + b" " * 5000 + b"\r\n0\r\n\r\n"
    chunks = record(2, chunked, head="Transfer-Encoding: chunked\r\n")
    articles, log = read(tmp_path, [big, record(3), chunks, record(4)])
    assert urls(articles) == [3, 4]
    assert codes(log) == ["too-large", "too-large"]


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("text/html; charset=windows-1256", "windows-1256"),
        ("text/html; charset=ISO-8859-1", "windows-1256"),
        ("text/html", "windows-1256"),
        ("text/html; charset=windows-1256", "utf-8"),
        ('TEXT/HTML; charset="iso-8859-6"', "iso-8859-6"),
        ("application/xhtml+xml", "utf-8"),
    ],
)
def test_character_sets_of_headers(tmp_path: Path, kind: str, encoding: str) -> None:
    articles, _ = read(tmp_path, record(1, html(1).encode(encoding), kind=kind))
    assert ARABIC in articles[0].text


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("<https://okaz.com.sa/1>", "https://okaz.com.sa/1"),
        ("dns:okaz.com.sa", ""),
        ("javascript:alert(1)", ""),
        ("https://okaz.com.sa/" + "x" * 9000, ""),
    ],
)
def test_hostile_addresses(tmp_path: Path, url: str, kept: str) -> None:
    articles, _ = read(tmp_path, record(1, url=url))
    assert [one.url for one in articles] == [kept]


def test_pages_without_an_article(tmp_path: Path) -> None:
    english = b"<html><body><p>The army retook the town after two days.</p></body></html>"
    data = [record(1, b""), record(2, b"<html></html>"), record(3, english), record(4)]
    articles, log = read(tmp_path, data)
    assert urls(articles) == [4]
    assert [one.code for one in log] == ["no-arabic"] and not log.skipped()
    assert next(iter(log)).message.startswith("3 pages hold no Arabic text")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6", "utf-16"])
def test_arabic_is_known_by_its_bytes(charset: str) -> None:
    assert may_be_arabic(html(1).encode(charset, "xmlcharrefreplace"))


def test_pages_in_other_letters_are_passed_over_unless_they_hide_them() -> None:
    name = "\u0627\u0644\u0639\u0631\u0628\u064a\u0629"
    link = f"<html><a>{name}</a><p>Les forces arm\u00e9es</p></html>"
    assert not may_be_arabic(link.encode())
    assert may_be_arabic(link.encode("ascii", "xmlcharrefreplace"))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b"not an archive", "warc"), (gzip.compress(b"no archive", mtime=0), "warc")],
)
def test_archives_that_are_none(tmp_path: Path, data: bytes, code: str) -> None:
    articles, log = read(tmp_path, data)
    assert not articles and codes(log) == [code]


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == "fastwarc":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    articles, log = read(tmp_path, FIVE)
    assert not articles and codes(log) == ["needs-extra"]
    assert "pip install 'sijill[inputs]'" in log.skipped()[0].message


def test_an_archive_is_never_loaded_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"".join(record(number) for number in range(800)))
    reading = read_articles([str(path)], IssueLog())
    assert next(reading).doc == "a:1"
    path.write_bytes(b"")
    assert sum(1 for _ in reading) < 799


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_never_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    packed = data.draw(st.booleans())
    whole = bytearray(b"".join(PACKED if packed else FIVE))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at : at + data.draw(st.integers(0, 700))] = data.draw(st.binary(max_size=40))
    folder = tmp_path_factory.mktemp("warc")
    articles, _ = read(folder, bytes(whole), "a.warc.gz" if packed else "a.warc")
    numbers = [one.url for one in articles if one.url]
    assert len(numbers) == len(set(numbers))
    assert len(articles) >= 2
