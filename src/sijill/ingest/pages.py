"""A saved web page to the article on it."""

from __future__ import annotations

from typing import Any

from sijill.errors import SourceError
from sijill.ingest.boilerplate import load_boilerplate, without_boilerplate
from sijill.ingest.markup import decode_markup
from sijill.ingest.page_address import outlet_named, page_address
from sijill.ingest.page_dates import page_day
from sijill.model import Article

#: The largest page that is read, in bytes: its tree takes some ten times as much. News pages have
#: 0.03 to 2 MB.
LARGEST_PAGE = 16 * 1024 * 1024

#: A headline may stand below a row of section names before it is printed again.
_HEADLINE_WITHIN = 4


def read_page(
    data: bytes, doc: str, source: str, charset: str = "", fetched: str = ""
) -> tuple[Article, str]:
    """The article on the page and a note on how it was decoded.

    ``charset`` is the character set that the server named and ``fetched`` the address that the page
    came from, where an archive tells. The text kept is the headline, an empty line and the
    paragraphs of the article, without buttons, captions and links to other news (how many of each
    kind is kept under ``extra``): offsets count in that text, not in the page.

    Raises:
        SourceError: when there is no article on it, or it is no page.
    """
    if len(data) > LARGEST_PAGE:
        message = f"a page larger than {LARGEST_PAGE >> 20} MB; save its article alone"
        raise SourceError(source, "too-large", message)
    html, note = decode_markup(data, source, charset)
    tree = _tree(html, source)
    day, stamped = page_day(tree)
    url = page_address(tree, html, fetched)
    found = _extract(tree, source)
    title = " ".join((found.title or "").split())
    body, left_out = without_boilerplate((found.text or "").strip(), load_boilerplate())
    if not body:
        raise SourceError(source, "no-text", "no article text was found on the page")
    article = Article(
        doc=doc,
        text=_text(title, body),
        title=title,
        published=day,
        outlet=outlet_named(source, found.sitename or ""),
        url=url,
        source=source,
        extra=_kept({"day_from": stamped, "left_out": left_out}),
    )
    return article, note


def _kept(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


def _text(title: str, body: str) -> str:
    """The headline once, an empty line, the body."""
    lines = body.split("\n")
    for at, line in enumerate(lines[:_HEADLINE_WITHIN]):
        if " ".join(line.split()) == title:
            del lines[at]
            body = "\n".join(lines).strip()
            break
    return f"{title}\n\n{body}".strip() if title and not body.startswith(title) else body


def _tree(html: str, source: str) -> Any:
    from trafilatura import load_html

    try:
        tree = load_html(html)
    except Exception as error:
        raise SourceError(source, "page", f"the page cannot be taken apart ({error})") from error
    if tree is None:
        raise SourceError(source, "no-text", "no article text was found on the page")
    return tree


def _extract(tree: Any, source: str) -> Any:
    """What trafilatura finds; whatever it trips over is one unreadable page, not a crash."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, with_metadata=True, include_comments=False)
    except Exception as error:
        raise SourceError(source, "page", f"the page cannot be taken apart ({error})") from error
    if found is None:
        raise SourceError(source, "no-text", "no article text was found on the page")
    return found
