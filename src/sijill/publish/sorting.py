"""Which of another project's categories an event falls into."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from sijill.publish.bundle import Bundle
from sijill.publish.codes import Codes, TypeCode
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, WAW

_BY = "\u0628"


class Item(msgspec.Struct, frozen=True):
    """An event as it may be published, with the row of ``exports.tsv`` that holds for it.

    The row is chosen from all words of its reports, also those that are withheld.
    """

    bundle: Bundle
    code: TypeCode | None


def type_code(bundle: Bundle, codes: Codes) -> TypeCode | None:
    """The row of ``exports.tsv`` that holds for an event, or nothing for an unknown type."""
    for code in codes.types.get(bundle.event.type, []):
        if _holds(code, bundle, codes):
            return code
    return None


def _holds(code: TypeCode, bundle: Bundle, codes: Codes) -> bool:
    if not code.when:
        return True
    if code.when == "said":
        return _said(code.words, bundle)
    actor = next(iter(bundle.event.actor), "")
    return bool(actor) and codes.actor(actor).ucdp == code.when


def _said(words: tuple[str, ...], bundle: Bundle) -> bool:
    """Whether one of ``words`` stands in the trigger or the quotation of a report."""
    wanted = _pattern(words)
    return any(
        wanted.search(fold(text)) for one in bundle.testimonies for text in (one.trigger, one.quote)
    )


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of ``words``, whole, with the conjunction, "by" and the article written on or not."""
    either = "|".join(re.escape(fold(word)) for word in words)
    return re.compile(rf"(?<!\w){WAW}?{_BY}?(?:{ARTICLE})?(?:{either})(?!\w)")
