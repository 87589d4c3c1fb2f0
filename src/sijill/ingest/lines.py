"""JSON Lines: one article a line, read one line at a time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import SourceError
from sijill.ingest.decode import LARGEST, decode
from sijill.issues import Issue, IssueLog
from sijill.model import Article

Stream = io.BufferedReader | gzip.GzipFile

#: Keys of a line and, after each, the other names it goes by in the collections we have met.
_NAMES = {
    "doc": ("doc", "id"),
    "title": ("title",),
    "published": ("published", "stamp"),
    "outlet": ("outlet",),
    "url": ("url",),
}

_KINDS: dict[type, str] = {
    type(None): "missing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def read_lines(stream: Stream, source: str, stem: str, log: IssueLog) -> Iterator[Article]:
    """The articles of an open JSON Lines file; a bad line is reported and the rest is read."""
    for number, line in enumerate(stream_lines(stream, source, log), 1):
        if not line or line.isspace():
            continue
        try:
            yield _article(line, source, f"{stem}:{number}", number)
        except SourceError as error:
            log.skip(error)


def stream_lines(stream: Stream, source: str, log: IssueLog) -> Iterator[bytes]:
    """Lines of the stream, an over-long one as nothing; a broken archive ends them.

    Both are issues of ``log`` that name the line.
    """
    number = 0
    try:
        while line := stream.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
                message = f"longer than {LARGEST >> 20} MB; split it"
                log.add(Issue("skipped", "too-large", message, source, number))
                line = b"\n"
            yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"the archive breaks off here ({error}); lines before it were read"
        log.add(Issue("skipped", "broken-archive", message, source, number + 1))


def _article(line: bytes, source: str, name: str, number: int) -> Article:
    row, note = _object(line, source, number)
    text = row.pop("text", None)
    if not isinstance(text, str):
        message = f'its "text" is {_KINDS[type(text)]}; it must be a string'
        raise SourceError(source, "no-text", message, number)
    fields, issues = _fields(row, source, number)
    if note:
        issues.append(Issue("warning", "encoding", note, source, number))
    doc = fields.pop("doc") or name
    return Article(doc=doc, text=text, source=source, extra=row, issues=tuple(issues), **fields)


def _object(line: bytes, source: str, number: int) -> tuple[dict[str, Any], str]:
    """The object on a line, and a note where the line was not plain UTF-8."""
    note = ""
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as first:
        try:
            decoded = decode(line, source, number)
            row, note = msgspec.json.decode(decoded.text), decoded.note
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            raise SourceError(
                source, "json", f"not valid JSON ({first}); mend it", number
            ) from first
    if not isinstance(row, dict):
        raise SourceError(source, "json", "not a JSON object with a text in it", number)
    return row, note


def _fields(row: dict[str, Any], source: str, number: int) -> tuple[dict[str, str], list[Issue]]:
    """Take the known keys out of ``row``; one of a wrong type stays there and is noted."""
    fields: dict[str, str] = {}
    issues: list[Issue] = []
    for field, names in _NAMES.items():
        fields[field] = ""
        for name in names:
            value = row.get(name)
            if isinstance(value, (str, int)) and not isinstance(value, bool) and not fields[field]:
                fields[field] = str(row.pop(name))
            elif value is None:
                row.pop(name, None)
            elif not isinstance(value, str):
                message = f'"{name}" is {_KINDS[type(value)]}, not a string; left aside'
                issues.append(Issue("warning", "wrong-type", message, source, number))
    return fields, issues
