"""Paths to articles: files, folders, patterns and standard input, one article at a time."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from sijill.errors import SourceError
from sijill.ingest.decode import LARGEST, decode
from sijill.ingest.language import other_language
from sijill.ingest.lines import Stream, read_lines
from sijill.ingest.pages import read_page
from sijill.issues import Issue, IssueLog
from sijill.model import Article

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".html": "page",
    ".htm": "page",
}
_READABLE = ".txt, .jsonl, .html (each also as .gz)"


def read_articles(paths: Sequence[str], log: IssueLog) -> Iterator[Article]:
    """Every article under ``paths``, in order; whatever gives none is a ``skipped`` issue.

    A path is a file, a folder (read with all below it, sorted by name), a pattern such as
    ``news/*.txt``, or ``-`` for standard input. Documents of one name get ``~2``, ``~3`` behind it.
    """
    seen: dict[str, int] = {}
    for path in paths:
        for source in _sources(path, log):
            for article in _read(source, log):
                if _acceptable(article, log):
                    yield _unique(article, seen, log)


def kind_of(path: str) -> str | None:
    """What kind of input a file's name promises: ``text``, ``lines``, ``page`` or nothing."""
    return _KINDS.get(Path(path.lower().removesuffix(".gz")).suffix)


def _sources(path: str, log: IssueLog) -> Iterator[str]:
    """The files that ``path`` stands for."""
    if path != "-" and Path(path).is_dir():
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
        log.add(Issue("skipped", "no-articles", f"no articles in it; it needs {_READABLE}", path))


def _read(source: str, log: IssueLog) -> Iterator[Article]:
    """The articles of one file; a failure of the file is one issue."""
    try:
        with _open(source) as stream:
            yield from _read_stream(stream, source, log)
    except SourceError as error:
        log.skip(error)
    except OSError as error:
        code = "permission" if isinstance(error, PermissionError) else "unreadable"
        log.add(Issue("skipped", code, _reason(error), source))
    except (EOFError, zlib.error) as error:
        log.add(Issue("skipped", "broken-archive", f"the archive is broken ({error})", source))


def _open(source: str) -> Stream:
    if source == "-":
        return io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    if source.lower().endswith(".gz"):
        return gzip.GzipFile(source)
    return io.BufferedReader(io.FileIO(source))


def _read_stream(stream: Stream, source: str, log: IssueLog) -> Iterator[Article]:
    kind = kind_of(source) or _guess(stream)
    if kind == "lines":
        yield from read_lines(stream, source, _stem(source), log)
        return
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        message = f"larger than {LARGEST >> 20} MB; split it, or give it as .jsonl"
        raise SourceError(source, "too-large", message)
    yield (_page if kind == "page" else _text)(data, _stem(source), source)


def _guess(stream: Stream) -> str:
    """The kind of a stream without a telling name, by its first sign."""
    head = stream.peek(512).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return {b"{": "lines", b"<": "page"}.get(head, "text")


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
    if _stem(article.source) == article.doc:
        return article.source
    return f"{article.source}#{article.doc}"


def _unique(article: Article, seen: dict[str, int], log: IssueLog) -> Article:
    """The article under a name that no earlier one has."""
    doc = article.doc
    while doc in seen:
        seen[article.doc] += 1
        doc = f"{article.doc}~{seen[article.doc]}"
    seen[doc] = 1
    if doc == article.doc:
        return article
    issue = Issue(
        "warning", "same-name", f"named {doc}: an earlier one has its name", _where(article)
    )
    log.add(issue)
    return msgspec.structs.replace(article, doc=doc, issues=(*article.issues, issue))


def _stem(source: str) -> str:
    """The file's name without folder and endings, as it names a document."""
    if source == "-":
        return "stdin"
    name = Path(source).name
    return Path(name.removesuffix(".gz")).stem if kind_of(name) else name


def _reason(error: OSError) -> str:
    hint = "; check its permissions" if isinstance(error, PermissionError) else ""
    return f"{(error.strerror or str(error)).lower()}{hint}"
