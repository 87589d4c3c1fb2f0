"""Which of another project's categories an event falls into."""

from __future__ import annotations

import msgspec

from sijill.publish.bundle import Bundle
from sijill.publish.codes import Codes, TypeCode
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, WAW

_BY = "\u0628"
_BEFORE = tuple(clitic + article for clitic in ("", WAW, _BY) for article in ("", ARTICLE))


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
    texts = [f" {_plain(one.trigger)} {_plain(one.quote)} " for one in bundle.testimonies]
    wanted = [f" {before}{_plain(word)} " for word in words for before in _BEFORE]
    return any(word in text for text in texts for word in wanted)


def _plain(text: str) -> str:
    """Folded words with nothing but spaces between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
