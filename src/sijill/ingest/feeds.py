"""RSS and Atom feeds: their entries as articles, from a file or an address that the user names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from sijill.errors import SourceError
from sijill.ingest.boilerplate import load_boilerplate, without_boilerplate
from sijill.ingest.fetch import LARGEST_ANSWER, fetch, is_address
from sijill.ingest.markup import decode_markup, paragraphs
from sijill.ingest.page_address import is_web
from sijill.issues import Issue
from sijill.model import Article

#: Feeds are read whole, and their tree takes some ten times as much.
LARGEST_FEED = LARGEST_ANSWER

_ROOT = re.compile(r"<(?:rss|rdf:rdf|(?:\w{1,20}:)?feed)[\s>]", re.IGNORECASE)
#: Entities that a file defines can name other files, or grow without end.
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_ENCODING = re.compile(r"(<\?xml[^>]{0,100}?)\s+encoding\s*=\s*[\"'][^\"']*[\"']", re.IGNORECASE)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


class Feed(msgspec.Struct, frozen=True):
    """The articles of a feed, what was wrong with it, and how to ask for it again.

    ``unchanged`` is whether the server said that nothing is new; there are no articles then.
    """

    articles: tuple[Article, ...] = ()
    issues: tuple[Issue, ...] = ()
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


def read_feed(
    source: str, allow_network: bool = False, *, etag: str = "", modified: str = ""
) -> Feed:
    """Read a feed from a file or, only with ``allow_network``, from an http(s) address.

    An address is asked for once and nothing that the feed links to is fetched. ``etag`` and
    ``modified`` are those of an earlier :class:`Feed` of the same address.

    Raises:
        SourceError: when there is no feed, or it may not or cannot be fetched.
    """
    if not is_address(source):
        return parse_feed(_file(source), source, Path(source).stem)
    if not allow_network:
        message = "is an address; nothing is fetched unless you allow it (--fetch)"
        raise SourceError(source, "network", message)
    answer = fetch(source, etag, modified)
    if answer.unchanged:
        return Feed(etag=answer.etag or etag, modified=answer.modified or modified, unchanged=True)
    feed = parse_feed(answer.data, source, source, answer.charset)
    return msgspec.structs.replace(feed, etag=answer.etag, modified=answer.modified)


def parse_feed(data: bytes, source: str, stem: str, charset: str = "") -> Feed:
    """The articles of a feed that is at hand; an entry without a text is an issue.

    Raises:
        SourceError: when it is no feed, or the reader of feeds is not installed.
    """
    if len(data) > LARGEST_FEED:
        raise SourceError(source, "too-large", f"a feed larger than {LARGEST_FEED >> 20} MB")
    if not data.strip():
        raise SourceError(source, "empty", "there is no text in it")
    text, note = decode_markup(data, source, charset)
    root = _ROOT.search(text)
    if _ENTITY.search(text, 0, root.start() if root else len(text)):
        message = "it defines entities of its own, as no feed needs to; it is not read"
        raise SourceError(source, "feed", message)
    found = _parsed(text, source)
    if not found.get("version") and not found["entries"]:
        raise SourceError(source, "feed", "is neither an RSS nor an Atom feed")
    if not found["entries"]:
        raise SourceError(source, "empty", "the feed holds no articles")
    issues = [Issue("warning", "encoding", note, source)] if note else []
    if found.get("bozo"):
        message = f"the feed is damaged ({found.get('bozo_exception')}); what could be was read"
        issues.append(Issue("warning", "feed-damaged", message, source))
    site = paragraphs(str(dict.get(found["feed"], "title") or ""))
    articles = []
    for number, entry in enumerate(found["entries"], 1):
        article = _article(entry, site, source, f"{stem}:{number}")
        if article.text:
            articles.append(article)
        else:
            message = f"entry {number} holds neither headline nor text"
            issues.append(Issue("skipped", "no-text", message, source))
    return Feed(tuple(articles), tuple(issues))


def looks_like_feed(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a feed."""
    return bool(_ROOT.search(head.decode("latin-1")))


def _file(source: str) -> bytes:
    try:
        with Path(source).open("rb") as stream:
            return stream.read(LARGEST_FEED + 1)
    except OSError as error:
        raise SourceError(source, "unreadable", (error.strerror or str(error)).lower()) from error


def _parsed(text: str, source: str) -> Any:
    """What feedparser finds in ``text``, given as a stream: a name it would open or fetch."""
    try:
        import feedparser
    except ImportError as error:
        message = "feeds need an extra; install it: pip install 'sijill[inputs]'"
        raise SourceError(source, "needs-extra", message) from error
    plain = _ENCODING.sub(r"\1", text, count=1).encode("utf-8", "replace")
    try:
        return feedparser.parse(io.BytesIO(plain), response_headers=_HEADERS)
    except Exception as error:
        raise SourceError(source, "feed", f"the feed cannot be taken apart ({error})") from error


def _article(entry: Any, site: str, source: str, name: str) -> Article:
    title = paragraphs(_told(entry, "title")).replace("\n", " ")
    body, left_out = without_boilerplate(_body(entry), load_boilerplate())
    text = f"{title}\n\n{body}" if title and body and not body.startswith(title) else body or title
    link = _told(entry, "feedburner_origlink", "link")
    origin = dict.get(entry, "source")
    publisher = dict.get(origin, "title") if isinstance(origin, dict) else ""
    return Article(
        doc=_told(entry, "id") or link or name,
        text=text,
        title=title,
        published=_told(entry, "published", "updated", "created"),
        outlet=paragraphs(str(publisher or "")) or site,
        url=link if is_web(link) else "",
        source=source,
        extra={"left_out": left_out} if left_out else {},
    )


def _body(entry: Any) -> str:
    """The longest telling of an entry: its content, or its summary where that is all."""
    return max(_tellings(entry), key=len, default="")


def _tellings(entry: Any) -> Iterator[str]:
    for part in dict.get(entry, "content") or ():
        yield paragraphs(str(part.get("value") or ""))
    yield paragraphs(_told(entry, "summary"))


def _told(entry: Any, *names: str) -> str:
    """The first of these values that the entry itself has, as text."""
    values = (dict.get(entry, name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")
