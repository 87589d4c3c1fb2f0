"""A saved web page to the article on it."""

from __future__ import annotations

import re
from typing import Any

from sijill.errors import SourceError
from sijill.ingest.decode import decode
from sijill.model import Article

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)


def read_page(data: bytes, doc: str, source: str) -> tuple[Article, str]:
    """The article on the page and a note on how it was decoded.

    The text kept is the headline, an empty line and the paragraphs that trafilatura keeps:
    offsets count in that text, not in the page.
    """
    html, note = _html(data, source)
    found = _extract(html, source)
    body, title = (found.text or "").strip(), (found.title or "").strip()
    if not body:
        raise SourceError(source, "no-text", "no article text was found on the page")
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}"
    article = Article(
        doc=doc,
        text=text,
        title=title,
        published=found.date or "",
        outlet=found.sitename or "",
        url=found.url or "",
        source=source,
    )
    return article, note


def _html(data: bytes, source: str) -> tuple[str, str]:
    """The page as text: by the character set that it names, else as any other text."""
    named = _CHARSET.search(data[:4096])
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return data.decode(named[1].decode("ascii")), ""
        except (LookupError, UnicodeDecodeError):
            pass
    decoded = decode(data, source)
    return decoded.text, decoded.note


def _extract(html: str, source: str) -> Any:
    """What trafilatura finds; whatever it trips over is one unreadable page, not a crash."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False)
    except Exception as error:
        raise SourceError(source, "page", f"the page cannot be taken apart ({error})") from error
    if found is None:
        raise SourceError(source, "no-text", "no article text was found on the page")
    return found
