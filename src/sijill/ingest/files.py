"""Paths to articles: files, folders, patterns, standard input, feeds, one article at a time."""

from __future__ import annotations

import codecs
import glob
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from sijill.errors import SourceError
from sijill.ingest.decode import LARGEST, decode
from sijill.ingest.feeds import Feed, looks_like_feed, parse_feed, read_feed
from sijill.ingest.fetch import is_address
from sijill.ingest.language import other_language
from sijill.ingest.lines import Stream, read_lines
from sijill.ingest.pages import read_page
from sijill.ingest.rows import looks_like_rows, read_rows
from sijill.ingest.warc import read_warc
from sijill.issues import Issue, IssueLog
from sijill.model import Article

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".csv": "rows",
    ".tsv": "rows",
    ".tab": "rows",
    ".warc": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "markup",
}
#: What is read, for people.
READABLE = ".txt, .jsonl, .csv, .tsv, .html, .xml, .rss, .atom (each also as .gz), .warc, .warc.gz"
_HEAD = 8192
#: No name of a document is longer: it is printed, and becomes part of ids.
_LONGEST_NAME = 300
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def read_articles(
    paths: Sequence[str],
    log: IssueLog,
    *,
    allow_network: bool = False,
    names: Mapping[str, str] | None = None,
    by_source: bool = False,
) -> Iterator[Article]:
    """Every article under ``paths``, in order; whatever gives none is a ``skipped`` issue.

    A path is a file, a folder (read with all below it, sorted by name), a pattern such as
    ``news/*.txt``, or ``-`` for standard input. Documents of one name get ``~2``, ``~3`` behind it;
    with ``by_source`` those of one file, which are then called the same in whatever order files
    are read. The address of a feed is fetched only if ``allow_network`` says so, and nothing else
    ever is. ``names`` are those that files are called by, where they lie under others.
    """
    seen: dict[str, int] = {}
    for path in paths:
        for source in _sources(path, log):
            if by_source:
                seen = {}
            for article in _read(source, log, allow_network, names or {}):
                if _acceptable(article, log):
                    yield _unique(article, seen, log)


def kind_of(path: str) -> str | None:
    """What kind of input a file's name promises, or nothing.

    ``text``, ``lines``, ``rows``, ``page``, ``feed``, ``warc``; ``markup`` is a page or a feed.
    """
    return _KINDS.get(Path(path.lower().removesuffix(".gz")).suffix)


def _sources(path: str, log: IssueLog) -> Iterator[str]:
    """The files that ``path`` stands for."""
    if is_address(path):
        yield path
    elif path != "-" and Path(path).is_dir():
        yield from _folder(path, log)
    elif path == "-" or Path(path).exists():
        yield path
    elif glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            log.add(Issue("skipped", "no-match", "no file matches this pattern", path))
        for match in matches:
            yield from _sources(match, log)
    else:
        log.add(Issue("skipped", "missing", "there is no such file or folder", path))


def _folder(path: str, log: IssueLog) -> Iterator[str]:
    """The readable files below a folder; hidden ones and other kinds are passed over."""

    def unreadable(error: OSError) -> None:
        log.add(Issue("skipped", "permission", _reason(error), str(error.filename)))

    found = False
    for folder, folders, names in os.walk(path, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if kind_of(name) and not name.startswith("."):
                found = True
                yield str(Path(folder, name))
    if not found:
        log.add(Issue("skipped", "no-articles", f"no articles in it; it needs {READABLE}", path))


def _read(
    source: str, log: IssueLog, allow_network: bool, names: Mapping[str, str]
) -> Iterator[Article]:
    """The articles of one file or feed; a failure of it is one issue."""
    shown = names.get(source) or os.fsencode(source).decode("utf-8", "replace")
    try:
        if is_address(source):
            yield from _entries(read_feed(source, allow_network), log)
            return
        with _open(source) as stream:
            yield from _read_stream(stream, shown, log)
    except SourceError as error:
        log.skip(error)
    except OSError as error:
        code = "permission" if isinstance(error, PermissionError) else "unreadable"
        log.add(Issue("skipped", code, _reason(error), shown))
    except (EOFError, zlib.error) as error:
        log.add(Issue("skipped", "broken-archive", f"the archive is broken ({error})", shown))


def _open(source: str) -> Stream:
    if source == "-":
        return io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    if source.lower().endswith(".gz") and kind_of(source) != "warc":
        return gzip.GzipFile(source)
    return io.BufferedReader(io.FileIO(source))


def _read_stream(stream: Stream, source: str, log: IssueLog) -> Iterator[Article]:
    stem, kind = _stem(source), kind_of(source)
    if kind in (None, "markup"):
        kind = _guess(stream)
    if kind == "lines":
        yield from read_lines(stream, source, stem, log)
    elif kind == "rows":
        yield from read_rows(stream, source, stem, log)
    elif kind == "warc":
        yield from read_warc(stream, source, stem, log)
    elif kind == "feed":
        yield from _entries(parse_feed(_whole(stream, source), source, stem), log)
    else:
        yield (_page if kind == "page" else _text)(_whole(stream, source), stem, source)


def _whole(stream: Stream, source: str) -> bytes:
    """All of a stream that holds one article or feed."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"larger than {LARGEST >> 20} MB; split it, or give it as .jsonl"
        raise SourceError(source, "too-large", message)
    return data


def _guess(stream: Stream) -> str:
    """The kind of a stream without a telling name, by its first bytes."""
    head = stream.peek(_HEAD)[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[2:].replace(b"\0", b"")
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return "feed" if looks_like_feed(head) else "page"
    if head.startswith((b"{", b"WARC/")):
        return "lines" if head.startswith(b"{") else "warc"
    return "rows" if looks_like_rows(head) else "text"


def _entries(feed: Feed, log: IssueLog) -> Iterator[Article]:
    for issue in feed.issues:
        log.add(issue)
    yield from feed.articles


def _text(data: bytes, doc: str, source: str) -> Article:
    decoded = decode(data, source)
    article = Article(doc=doc, text=decoded.text, source=source)
    return _with_note(article, decoded.note)


def _page(data: bytes, doc: str, source: str) -> Article:
    return _with_note(*read_page(data, doc, source))


def _with_note(article: Article, note: str) -> Article:
    if not note:
        return article
    issue = Issue("warning", "encoding", note, article.source)
    return msgspec.structs.replace(article, issues=(*article.issues, issue))


def _acceptable(article: Article, log: IssueLog) -> bool:
    """Whether there is Arabic text to read; says so where there is none."""
    for issue in article.issues:
        log.add(issue)
    if not article.text or article.text.isspace():
        log.add(Issue("skipped", "empty", "there is no text in it", _where(article)))
        return False
    language = other_language(article.text)
    if language:
        message = f"not Arabic but {language}; only Arabic is read"
        log.add(Issue("skipped", "language", message, _where(article)))
    return language is None


def _where(article: Article) -> str:
    """The source, with the document behind it where a file holds several."""
    if _stem(article.source) == article.doc or article.source.endswith(f"#{article.doc}"):
        return article.source
    return f"{article.source}#{article.doc}"


def _unique(article: Article, seen: dict[str, int], log: IssueLog) -> Article:
    """The article under a name that can be printed and that no earlier one has."""
    name = _HIDDEN.sub("\ufffd", article.doc)[:_LONGEST_NAME]
    issues = []
    if name != article.doc:
        message = f"named {name}: its own name is too long or holds signs that cannot be printed"
        issues.append(Issue("warning", "name", message, article.source))
    doc = name
    while doc in seen:
        seen[name] += 1
        doc = f"{name}~{seen[name]}"
    seen[doc] = 1
    if doc != name:
        message = f"named {doc}: an earlier one has its name"
        issues.append(Issue("warning", "same-name", message, _where(article)))
    for issue in issues:
        log.add(issue)
    if not issues:
        return article
    return msgspec.structs.replace(article, doc=doc, issues=(*article.issues, *issues))


def _stem(source: str) -> str:
    """The file's name without folder and endings, as it names a document."""
    if source == "-":
        return "stdin"
    name = Path(source).name
    return Path(name.removesuffix(".gz")).stem if kind_of(name) else name


def _reason(error: OSError) -> str:
    hint = "; check its permissions" if isinstance(error, PermissionError) else ""
    return f"{(error.strerror or str(error)).lower()}{hint}"
