"""Web archives (WARC): the pages among their records, one record at a time."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import SourceError
from sijill.ingest.language import may_be_arabic
from sijill.ingest.lines import Stream
from sijill.ingest.pages import LARGEST_PAGE, read_page
from sijill.ingest.payload import unpacked
from sijill.issues import Issue, IssueLog
from sijill.model import Article

_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200
_BROKEN, _CUT = "warc-broken", "cut-off"
_GZIP, _PLAIN = b"\x1f\x8b\x08", b"WARC/1."
_HEADER = re.compile(rb"WARC/1\.\d\r?\n[A-Za-z-]{4,40}:")
_INSIDE = b"\r\n\r\nWARC/1."
#: How much of a damaged archive is looked through at a time for the next record.
_STEP, _OVERLAP = 1 << 20, 64


class _Place(msgspec.Struct):
    """How far an archive has been read: where the last record began, how many came.

    ``number`` counts the answers of web servers among the ``records``.
    ``lost`` is whether the end of the last record is not where it says that it is.
    """

    start: int = 0
    records: int = 0
    number: int = 0
    lost: bool = False


class _LostError(Exception):
    """The end of a record cannot be told."""


def read_warc(stream: Stream, source: str, stem: str, log: IssueLog) -> Iterator[Article]:
    """The articles on the pages of an open archive, packed (``.warc.gz``) or not.

    A record that is damaged or holds no article is named and the rest is read; pictures, redirects
    and other answers that are no pages are counted in one note, and in another one pages without
    Arabic text, which are known by their bytes before they are taken apart.

    Raises:
        SourceError: when it holds no record at all, or the reader of archives is not installed.
    """
    passed: Counter[str] = Counter()
    place, foreign = _Place(), 0
    for record in _records(stream, source, place, log):
        reason = _no_page(record)
        if reason:
            passed[reason] += 1
            continue
        name = f"{stem}:{place.number}"
        try:
            found = _page(record, name, f"{source}#{name}")
        except SourceError as error:
            place.lost = error.code in (_CUT, "too-large")
            log.skip(error)
            continue
        if found is None:
            foreign += 1
            continue
        article, note = found
        issues = (Issue("warning", "encoding", note, article.source),) if note else ()
        yield msgspec.structs.replace(article, issues=issues)
    if not place.number:
        raise SourceError(source, "empty", "there is no answer of a web server in it")
    _sum_up(passed, foreign, source, log)


def _sum_up(passed: Counter[str], foreign: int, source: str, log: IssueLog) -> None:
    """A note each on answers that were no pages, on foreign ones, and on how much was damaged."""
    broken = sum(one.code == _BROKEN and one.source == source for one in log)
    if broken > 1:
        message = f"{broken} damaged stretches in this archive; the rest was read"
        log.add(Issue("note", "warc-damage", message, source))
    if passed:
        told = ", ".join(f"{count} {reason}" for reason, count in passed.most_common())
        message = f"{passed.total()} answers are no pages and were passed over: {told}"
        log.add(Issue("note", "no-page", message, source))
    if foreign:
        message = f"{foreign} pages hold no Arabic text and were passed over"
        log.add(Issue("note", "no-arabic", message, source))


def _records(stream: Stream, source: str, place: _Place, log: IssueLog) -> Iterator[Any]:
    """Every response record; a stretch that cannot be read is an issue.

    After such a stretch reading goes on at the next record that can be found.
    """
    response = _library(source).WarcRecordType.response
    start: int | None = 0
    gap = False
    while start is not None:
        came = place.records
        try:
            for record in _iterated(stream, start, source):
                if gap:
                    _damaged(place.start, source, log)
                gap = False
                place.start, place.records = max(record.stream_pos, start), place.records + 1
                if record.record_type == response:
                    record.parse_http(auto_decode="transfer")
                    place.number += 1
                    yield record
                if place.lost:
                    raise _LostError
            gap = gap or _goes_on(stream, place.start)
            break
        except (OSError, EOFError, ValueError, _LostError) as error:
            if not stream.seekable():
                message = f"breaks off here ({error}); give it as a file and the rest can be read"
                raise SourceError(source, "broken-archive", message) from error
            if place.records == came:
                place.start = start
            found = _next_record(stream, place.start + 1)
            if not place.records and found is None:
                raise SourceError(source, "warc", f"is no web archive ({error})") from error
            if place.records == came:
                _damaged(start, source, log)
            gap = place.records != came and not place.lost
            start, place.lost = found, False
    if gap:
        _damaged(place.start, source, log)


def _damaged(start: int, source: str, log: IssueLog) -> None:
    message = f"a record at or behind byte {start:,} is damaged and was left out"
    log.add(Issue("skipped", _BROKEN, message, source))


def _library(source: str) -> Any:
    try:
        from fastwarc import warc
    except ImportError as error:
        message = "web archives need an extra; install it: pip install 'sijill[inputs]'"
        raise SourceError(source, "needs-extra", message) from error
    return warc


def _iterated(stream: Stream, start: int, source: str) -> Iterator[Any]:
    if start:
        stream.seek(start)
    yield from _library(source).ArchiveIterator(stream, parse_http=False, fsspec_args=False)


def _goes_on(stream: Stream, start: int) -> bool:
    """Whether a packed archive holds more behind its last record, which begins at ``start``.

    The library ends in silence where a last record is cut off within its first bytes.
    """
    if not stream.seekable():
        return False
    stream.seek(start)
    chunk = stream.read(_STEP)
    unpacker, chunk = zlib.decompressobj(31), chunk if chunk.startswith(_GZIP) else b""
    while chunk and not unpacker.eof:
        unpacker.decompress(chunk, _STEP)
        chunk = unpacker.unconsumed_tail or unpacker.unused_data or stream.read(_STEP)
    return bool(chunk.strip(b"\0"))


def _next_record(stream: Stream, start: int) -> int | None:
    """Where the next record begins, from byte ``start`` on: a header, or a packed one."""
    while True:
        stream.seek(start)
        chunk = stream.read(_STEP + _OVERLAP)
        at = _first_of(chunk, stream, start)
        if at is not None:
            return start + at
        if len(chunk) < _STEP + _OVERLAP:
            return None
        start += _STEP


def _first_of(chunk: bytes, stream: Stream, start: int) -> int | None:
    header = _HEADER.search(chunk)
    last = header.start() if header else len(chunk)
    at = chunk.find(_GZIP, 0, last)
    while at >= 0:
        stream.seek(start + at)
        if _unpacks(stream.read(512)):
            return at
        at = chunk.find(_GZIP, at + 1, last)
    return header.start() if header else None


def _unpacks(head: bytes) -> bool:
    """Whether packed data begins here with the header of a record."""
    try:
        return zlib.decompressobj(31).decompress(head, len(_PLAIN)).startswith(_PLAIN)
    except zlib.error:
        return False


def _no_page(record: Any) -> str:
    """Why a record that came over whole is no page: its status or its type."""
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        return ""
    if headers.status_code != _OK:
        return f"with status {headers.status_code}"
    kind = (record.http_content_type or "").strip().lower()
    return "" if not kind or kind in _PAGES else f"of type {kind[:60]}"


def _page(record: Any, name: str, source: str) -> tuple[Article, str] | None:
    """The article of one record, or nothing where the page has no Arabic text.

    Raises:
        SourceError: when it is damaged, too large, or no article is on it.
    """
    headers = record.http_headers
    if headers is None or headers.status_code is None:
        raise SourceError(source, _CUT, "the record breaks off before its content")
    try:
        body = record.reader.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise SourceError(source, _CUT, f"its content is damaged ({error})") from error
    chunked = "chunked" in (headers.get("Transfer-Encoding") or "").lower()
    if len(body) > LARGEST_PAGE:
        raise SourceError(source, "too-large", f"a page larger than {LARGEST_PAGE >> 20} MB")
    if _INSIDE in body or (not chunked and len(body) < record.content_length):
        raise SourceError(source, _CUT, "the length that the record states is not its own")
    data = unpacked(body, headers.get("Content-Encoding") or "", LARGEST_PAGE, source)
    if not may_be_arabic(data):
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    article, note = read_page(data, name, source, record.http_charset or "", address)
    told = {
        "fetched": record.headers.get("WARC-Date") or "",
        "record": record.headers.get("WARC-Record-ID") or "",
    }
    extra = article.extra | {key: value for key, value in told.items() if value}
    return msgspec.structs.replace(article, extra=extra), note
