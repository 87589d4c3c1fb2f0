"""Inputs of every kind, and what one process makes of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from sijill.record.record import Record

SAMPLE = Path(__file__).resolve().parents[2] / "src" / "sijill" / "samples" / "stories.jsonl"
STORIES = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, times: int) -> Path:
    """The packaged stories, again and again under other names."""
    with path.open("w", encoding="utf-8") as stream:
        for time in range(times):
            for story in STORIES:
                changed = story | {"doc": f"{story['doc']}-{time}"}
                stream.write(json.dumps(changed, ensure_ascii=False) + "\n")
    return path


def page(story: dict[str, str]) -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in story["text"].split("\n") if one)
    head = '<head><meta charset="utf-8"></head>'
    return f"<html>{head}<body><article>{paragraphs}</article></body></html>".encode()


def archive(stories: list[dict[str, str]]) -> bytes:
    """A web archive of pages, each packed by itself, the last one in English."""
    bodies = [*map(page, stories), b"<html><p>The army retook the town.</p></html>"]
    packed = b""
    for number, body in enumerate(bodies):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2017-03-09T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number:08}-0000-0000-0000-000000000000>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        packed += gzip.compress(head.encode() + http + b"\r\n\r\n")
    return packed


def export(record: Path, folder: Path) -> bytes:
    """All events of a record as JSON Lines, and all copies."""
    out = folder / f"{record.stem}.out.jsonl"
    with Record.open(record, read_only=True) as opened:
        assert list(opened.verify()) == []
        opened.export(out, "jsonl")
        copies = "\n".join(map(str, opened.store.copies()))
    return out.read_bytes() + copies.encode()


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A folder of pages, a web archive and lines in which names and texts come again."""
    folder = tmp_path_factory.mktemp("inputs")
    pages = folder / "pages"
    pages.mkdir()
    for number, story in enumerate(STORIES[:12]):
        (pages / f"{number:02}.html").write_bytes(page(story))
    (pages / "empty.html").write_bytes(b"<html></html>")
    (folder / "news.warc.gz").write_bytes(archive(STORIES[5:25]))
    lines = write_lines(folder / "lines.jsonl", 3)
    with lines.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
        for text in (STORIES[0]["text"], STORIES[1]["text"], STORIES[0]["text"]):
            row = {"doc": "twice", "text": text, "url": "https://example.org/twice"}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return [str(pages), str(folder / "news.warc.gz"), str(lines)]


@pytest.fixture(scope="session")
def alone(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The record that one process makes of the inputs, and its export."""
    folder = tmp_path_factory.mktemp("alone")
    with Record.open(folder / "alone.db") as record:
        record.read(*inputs)
    return folder / "alone.db", export(folder / "alone.db", folder)
