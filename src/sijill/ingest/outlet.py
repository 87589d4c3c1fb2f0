"""Who published an article, and which agency's text it relays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from sijill.errors import Fault
from sijill.lexicon.entries import OUTLET_COLUMNS
from sijill.lexicon.names import NameIndex
from sijill.lexicon.tables import Row, knowledge_dir, raise_faults, read_table
from sijill.model import Article
from sijill.text.fold import fold
from sijill.text.letters import ALEF, ARTICLE, LAM, WAW
from sijill.text.tokens import Tokens, tokenise

#: A dateline or byline stands in so many tokens behind the headline. Of 1,000 datelines of the
#: news collection the furthest begins at token 30, behind a row of navigation words.
HEAD_TOKENS = 40

_TO = (LAM, WAW + LAM, "\u0641" + LAM)  # what stands before the name of whom one spoke to
_DASHES = frozenset("-\u2013\u2014\u0640")
_OPENERS = frozenset("([\u00ab\u201c\"'\u201d")
_CLOSERS = frozenset(")]\u00bb\u201c\u201d\"'.")
_EDGES = frozenset([*_DASHES, *_OPENERS, *_CLOSERS, ":", "\n", "/", "\u060c"])


class Outlet(msgspec.Struct, frozen=True):
    """An outlet or agency: its id, the name it is printed under (Latin if any), what it is."""

    id: str
    name: str
    kind: str


class OutletTable(msgspec.Struct, frozen=True):
    """The known outlets by web domain, by key and by the names they go by in text.

    ``addressed`` are the words with which "to" and the name of an agency can begin.
    """

    by_domain: dict[str, Outlet]
    by_key: dict[str, Outlet]
    names: NameIndex[Outlet]
    addressed: set[str]


class _Sign(msgspec.Struct, frozen=True):
    """A name that stands where a text says whose it is, and the signs on both sides of it.

    ``headline`` is whether it opens one ("Name: what it says"); the many papers that are called
    like a city or an everyday word do not count there.
    """

    outlet: Outlet
    before: str
    after: str
    headline: bool
    last: bool


def load_outlets(path: Path | None = None) -> OutletTable:
    """Load ``knowledge/outlets.tsv``."""
    faults: list[Fault] = []
    rows = read_table(path or knowledge_dir() / "outlets.tsv", OUTLET_COLUMNS, faults)
    table = OutletTable({}, {}, NameIndex(), set())
    for row in rows:
        _add(table, row)
    raise_faults(faults)
    return table


def _add(table: OutletTable, row: Row) -> None:
    latin = [alias for alias in row.many("aliases") if alias.isascii()]
    outlet = Outlet(row["id"], latin[0] if latin else row["name"], row["kind"])
    for domain in row.many("domain"):
        table.by_domain[domain] = outlet
    for key in (row["id"], row["name"], *row.many("aliases")):
        table.by_key.setdefault(fold(key), outlet)
    for name in dict.fromkeys([row["name"], *row.many("aliases")]):
        words = tokenise(name).word
        table.names.add(" ".join(words), outlet)
        if outlet.kind == "agency":
            melted = words[0].removeprefix(ALEF) if words[0].startswith(ARTICLE) else words[0]
            table.addressed.update(to + first for to in _TO for first in (words[0], melted))
        if all(len(word) == 1 for word in words):
            table.names.add(" . ".join(words), outlet)


def find_outlet(
    article: Article, tokens: Tokens, table: OutletTable
) -> tuple[str | None, str | None]:
    """The id of the outlet and the printed name of the agency, each where the article tells.

    The outlet is what the input or the address says, else what the byline says. The agency is the
    one in the dateline or in brackets at the end, else one that somebody in the text spoke to.
    """
    known = _stated(article, table)
    signs = list(_signs(article, tokens, table))
    outlet = known or _byline(signs)
    agency = _relayed(signs, outlet) or _spoken_to(tokens, table)
    name = outlet.id if outlet else article.outlet or None
    return name, agency.name if agency else None


def _stated(article: Article, table: OutletTable) -> Outlet | None:
    """The outlet by the input's own key, else by the address's domain and those above it."""
    key = fold(article.outlet).removeprefix("www.")
    if key in table.by_key:
        return table.by_key[key]
    for host in (key, urlsplit(article.url).hostname or "" if "//" in article.url else ""):
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if found := table.by_domain.get(".".join(labels[start:])):
                return found
    return None


def _signs(article: Article, tokens: Tokens, table: OutletTable) -> Iterator[_Sign]:
    """Names set off by signs in the first tokens of the text and at its very end."""
    count = len(tokens)
    head = min(count, HEAD_TOKENS + len(article.title.split()))
    tail = max(head, count - 8)
    for i in (*range(head), *range(tail, count)):
        before = tokens.word[i - 1] if i else "\n"
        hit = table.names.at(tokens, i, count) if before in _EDGES else None
        if hit is None or hit.before:
            continue
        after = tokens.word[hit.last] if hit.last < count else "\n"
        last = all(word in _EDGES for word in tokens.word[hit.last :])
        if after in _EDGES and (i < head or last):
            headline = before == "\n" and after == ":" and hit.last - i > 1
            yield _Sign(hit.entries[0], before, after, headline, last)


def _byline(signs: list[_Sign]) -> Outlet | None:
    """An outlet beside a dash at the head, or alone on the last line."""
    for sign in signs:
        dashed = sign.before in _DASHES or sign.after in _DASHES
        alone = sign.last and sign.before == "\n"
        if sign.outlet.kind != "agency" and (dashed or alone):
            return sign.outlet
    return None


def _relayed(signs: list[_Sign], outlet: Outlet | None) -> Outlet | None:
    """The agency of the dateline or the closing brackets; an outlet quoted in their stead."""
    others = [sign for sign in signs if sign.outlet != outlet]
    for sign in others:
        marked = sign.before != "\n" or sign.after != "\n"
        if sign.outlet.kind == "agency" and marked:
            return sign.outlet
    for sign in others:
        if sign.headline or (sign.last and sign.before in _OPENERS):
            return sign.outlet
    return None


def _spoken_to(tokens: Tokens, table: OutletTable) -> Outlet | None:
    """The agency whose reporters somebody in the text spoke to: the text is theirs."""
    if table.addressed.isdisjoint(tokens.word):
        return None
    count, names, addressed = len(tokens), table.names, table.addressed
    for i in [n for n, word in enumerate(tokens.word) if word in addressed]:
        hit = names.at(tokens, i, count)
        if hit and hit.before.endswith(LAM) and hit.entries[0].kind == "agency":
            return hit.entries[0]
    return None
