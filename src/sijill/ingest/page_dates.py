"""The day a page was published, from what its markup says about the page itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from sijill.errors import Fault
from sijill.ingest.stamps import stamp_day
from sijill.lexicon.tables import raise_faults
from sijill.lexicon.time_tables import TimeTables, load_time_tables

#: Names of ``<meta>`` that hold the day of publication, the surest first.
_META = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "published_time",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "date",
)
_ARTICLE_TYPES = ("Article", "Posting", "Report", "NewsItem")
#: Systems write 0001 or 1970 where they know no day; no news page is older than the web.
_EARLIEST = date(1991, 1, 1)
#: Longest text that can be a stamp, two calendars with the weekday and the time included.
_LONGEST = 90
#: How many elements may stand between the headline and the stamp behind it, or before it.
_BEHIND, _BEFORE = 40, 12
#: JSON nested deeper, or longer, than any site writes is not looked into.
_DEEPEST, _LARGEST_JSON = 12, 2_000_000
_STAMP_CLASS = re.compile(r"date|time|publish|posted|stamp|created", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"related|sidebar|side-bar|widget|most|trending|latest|comment|footer|recommend|ticker|breaking"
    r"|modif|updat|menu|navbar|topbar|top-bar|masthead",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(["aside", "nav", "footer", "form"])
_LOOSE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,60})"')


def page_day(tree: Any) -> tuple[str, str]:
    """The day a page (an lxml tree) was published, and where the page says it.

    Linked data comes first, then ``<meta>``, then the ``<time>`` and the visible stamp nearest to
    the headline. Days of other articles on the page, of its last change and of today's banner do
    not count; where the page does not tell, both are empty.
    """
    for where, stamps in (
        ("linked data", _linked(tree)),
        ("meta", _meta(tree)),
        ("time", _times(tree)),
        ("visible", _visible(tree)),
    ):
        for stamp in stamps:
            day = _day(stamp)
            if day is not None:
                return day.isoformat(), where
    return "", ""


@lru_cache(maxsize=1)
def _tables() -> TimeTables:
    faults: list[Fault] = []
    tables = load_time_tables(faults)
    raise_faults(faults)
    return tables


def _day(stamp: str) -> date | None:
    """The day of a stamp that is written out in full and is neither a filler nor a whole text."""
    if not stamp or len(stamp) > _LONGEST:
        return None
    day = stamp_day(stamp, _tables())
    return day if day is not None and day >= _EARLIEST else None


def _linked(tree: Any) -> Iterator[str]:
    """``datePublished`` of the articles in JSON-LD that stand for the page itself."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "") or len(text) > _LARGEST_JSON:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            loose = set(_LOOSE.findall(text))
            yield from loose if len(loose) == 1 else ()
            continue
        yield from _published(found)


def _published(found: Any, depth: int = 0) -> Iterator[str]:
    """Stamps of articles at the top of linked data; those inside lists of items are others'."""
    if depth > _DEEPEST:
        return
    if isinstance(found, list):
        for one in found:
            yield from _published(one, depth + 1)
    elif isinstance(found, dict):
        kinds = found.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        stamp = found.get("datePublished")
        if isinstance(stamp, str) and any(
            isinstance(name, str) and name.endswith(_ARTICLE_TYPES) for name in names
        ):
            yield stamp
        for key in ("@graph", "mainEntity"):
            yield from _published(found.get(key), depth + 1)


def _meta(tree: Any) -> Iterator[str]:
    """What the page's ``<meta>`` elements give as the day of publication, the surest first."""
    told: dict[str, str] = {}
    for node in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            told.setdefault(node.get(key, "").strip().lower(), node.get("content", "").strip())
    yield from (told[name] for name in _META if name in told)


def _times(tree: Any) -> Iterator[str]:
    """``<time>`` and ``itemprop`` stamps: marked as the publication, or nearest to the headline."""
    stamped = [node for node in tree.iter() if _machine_stamp(node) and not _elsewhere(node)]
    for node in stamped:
        if "datepublished" in node.get("itemprop", "").lower() or "pubdate" in node.attrib:
            yield _machine_stamp(node)
    yield from map(_machine_stamp, _by_headline(tree, stamped))


def _machine_stamp(node: Any) -> str:
    if node.tag == "time" or "datePublished" in (node.get("itemprop") or ""):
        return (node.get("datetime") or node.get("content") or _text(node)).strip()
    return ""


def _visible(tree: Any) -> Iterator[str]:
    """The text of elements that are named for a date or a time, nearest to the headline."""
    named = [
        node
        for node in tree.iter("span", "div", "p", "small", "td", "em", "b", "font", "abbr")
        if _STAMP_CLASS.search(_names(node)) and len(_text(node)) <= _LONGEST
    ]
    yield from map(_text, _by_headline(tree, [one for one in named if not _elsewhere(one)]))


def _by_headline(tree: Any, nodes: list[Any]) -> list[Any]:
    """Those of ``nodes`` near the one headline, behind it first; without one, a lone day counts."""
    order = {node: place for place, node in enumerate(tree.iter())}
    headlines = [order[node] for node in tree.iter("h1")]
    if len(headlines) != 1:
        days = {_day(_machine_stamp(node) or _text(node)) for node in nodes} - {None}
        return nodes if len(days) == 1 else []
    away = [(order[node] - headlines[0], node) for node in nodes]
    behind = [node for steps, node in away if 0 < steps <= _BEHIND]
    return behind + [node for steps, node in reversed(away) if -_BEFORE <= steps < 0]


def _elsewhere(node: Any) -> bool:
    """Whether an element belongs to another article, a comment, a banner, or tells of a change."""
    for one in (node, *node.iterancestors()):
        if one.tag in _OUTSIDE or "datemodified" in one.get("itemprop", "").lower():
            return True
        if one.tag == "header" and one.find(".//h1") is None:
            return True
        if one.tag not in ("body", "html") and _ELSEWHERE.search(_names(one)):
            return True
    return False


def _names(node: Any) -> str:
    return f"{node.get('class', '')} {node.get('id', '')}"


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
