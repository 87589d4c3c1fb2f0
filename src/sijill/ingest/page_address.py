"""The address of a saved page, and the outlet that an address or a file's name gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from sijill.ingest.outlet import OutletTable, load_outlets
from sijill.text.fold import fold

#: Browsers write where a page was saved from into its first lines.
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000})\s*-->")
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12}")
_HEAD, _LONGEST = 4096, 2000


def page_address(tree: Any, html: str, fetched: str = "") -> str:
    """The address of a page: its canonical link, og:url, where it was saved from, or nothing.

    ``fetched`` is where an archive says that it came from: what the page says of itself then counts
    only where it is of the same host, for a page may name any address.
    """
    told = [address for address in _told(tree, html, fetched) if is_web(address)]
    if not is_web(fetched):
        return told[0] if told else ""
    same = (one for one in told if _host(one) == _host(fetched))
    return next(same, fetched)


def is_web(address: str) -> bool:
    """Whether ``address`` is a whole http(s) address of sensible length."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and _sound(address)
    except ValueError:
        return False


def outlet_named(path: str, sitename: str) -> str:
    """The outlet as the page names itself, or the known web domain that the file's path holds."""
    table = _outlets()
    if fold(sitename).removeprefix("www.") in table.by_key:
        return sitename
    for part in (Path(path).name, *(one.name for one in Path(path).parents)):
        for host in _HOST.findall(part.lower()):
            if domain := _known(host, table):
                return domain
    return sitename


def _told(tree: Any, html: str, base: str) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield _joined(base, link.get("href", ""))
    for meta in tree.iter("meta"):
        if "og:url" in (meta.get("property"), meta.get("name")):
            yield _joined(base, meta.get("content", ""))
    saved = _SAVED.search(html[:_HEAD])
    if saved:
        yield saved[1]


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _sound(address: str) -> bool:
    return len(address) <= _LONGEST and not any(c.isspace() or not c.isprintable() for c in address)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


@lru_cache(maxsize=1)
def _outlets() -> OutletTable:
    return load_outlets()


def _known(host: str, table: OutletTable) -> str | None:
    """The part of a host name that is an outlet's domain, endings such as .html cut off."""
    labels = host.split(".")
    for end in range(len(labels), 1, -1):
        for start in range(end - 1):
            domain = ".".join(labels[start:end])
            if domain in table.by_domain:
                return domain
    return None
