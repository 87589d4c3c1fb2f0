"""One folding of Arabic spelling, with a map back to the raw offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sijill.text.letters import DIGITS, MARKS, TATWEEL, VARIANTS

_DROP: Final = re.compile(f"[{MARKS}{TATWEEL}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DROPPED: Final = dict.fromkeys(filter(_DROP.match, map(chr, range(0x10000))))
_TABLE: Final = str.maketrans({**VARIANTS, **DIGITS, **_DROPPED})
_PRESENTATION: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")


def fold(text: str) -> str:
    """Fold spelling variants of Arabic ``text`` away.

    Marks, tatweel and invisible direction signs go; forms of alef, yeh, teh marbuta and of hamza
    on a seat become their plain letter; digits become ASCII; Latin becomes lower case.

    >>> fold("\u0623\u064e\u062d\u0645\u064e\u062f")
    '\u0627\u062d\u0645\u062f'
    """
    if text.isascii():
        return text.lower()
    return fold_plain(plain_letters(text))


def fold_plain(text: str) -> str:
    """What ``fold`` makes of a text, or a word, that has plain letters only."""
    return text.translate(_TABLE).lower()


def plain_letters(text: str) -> str:
    """The text with plain letters for those that are shaped for their place in a word.

    Of such a text, and of no other, folding is more than folding each word by itself.
    """
    return unicodedata.normalize("NFKC", text) if _PRESENTATION.search(text) else text
