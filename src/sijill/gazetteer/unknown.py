"""Names of places that articles give and no table has, counted: what the gazetteer should gain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from sijill.extract.reader import Extractor
from sijill.model import Article
from sijill.text.fold import fold
from sijill.text.tokens import tokenise


class UnknownName(msgspec.Struct, frozen=True):
    """A name that no table has: how often and in how many articles, and one sentence with it.

    ``kind`` is what the word before it says it is, ``within`` what it is mostly said to lie in.
    """

    name: str
    kind: str
    within: str
    count: int
    articles: int
    example: str
    doc: str


class _Seen(msgspec.Struct):
    names: Counter[str] = msgspec.field(default_factory=Counter)
    kinds: Counter[str] = msgspec.field(default_factory=Counter)
    wholes: Counter[str] = msgspec.field(default_factory=Counter)
    docs: list[str] = msgspec.field(default_factory=list)
    example: str = ""


def unknown_names(articles: Iterable[Article], extractor: Extractor) -> list[UnknownName]:
    """Every unknown name in ``articles``, the most frequent first."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    for article in articles:
        tokens = tokenise(article.text)
        for sentence, mention in extractor.named_places(tokens):
            place = mention.place
            if place is None or place.role != "unknown":
                continue
            one = seen[fold(place.name)]
            one.names[place.name] += 1
            one.kinds[place.kind] += 1
            one.wholes[place.within] += bool(place.within)
            if article.doc not in one.docs[-1:]:
                one.docs.append(article.doc)
            words = tokens.raw(sentence.first, sentence.last)
            one.example = one.example or " ".join(words.split())
    found = [_counted(one) for one in seen.values()]
    return sorted(found, key=lambda one: (-one.articles, -one.count, one.name))


def _counted(seen: _Seen) -> UnknownName:
    whole, often = next(iter(seen.wholes.most_common(1)), ("", 0))
    return UnknownName(
        name=seen.names.most_common(1)[0][0],
        kind=seen.kinds.most_common(1)[0][0],
        within=whole if often else "",
        count=seen.names.total(),
        articles=len(seen.docs),
        example=seen.example,
        doc=seen.docs[0],
    )
