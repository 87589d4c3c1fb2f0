"""One folding of Arabic spelling, with a map back to the raw offsets."""

from __future__ import annotations

import re
import unicodedata

from sijill.text.letters import DIGITS, MARKS, TATWEEL, VARIANTS

_TABLE = str.maketrans({**VARIANTS, **DIGITS, TATWEEL: None})
_DROP = re.compile(f"[{MARKS}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_PLAIN_ASCII = re.compile(r"[\x00-\x7f]*\Z")


def fold(text: str) -> str:
    """Fold spelling variants of Arabic ``text`` away.

    Marks, tatweel and invisible direction signs go; forms of alef, yeh, teh marbuta and of hamza
    on a seat become their plain letter; digits become ASCII; Latin becomes lower case.

    >>> fold("\u0623\u064e\u062d\u0645\u064e\u062f")
    '\u0627\u062d\u0645\u062f'
    """
    if _PLAIN_ASCII.match(text):
        return text.lower()
    if _PRESENTATION.search(text):
        text = unicodedata.normalize("NFKC", text)
    return _DROP.sub("", text).translate(_TABLE).lower()


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Fold ``text`` and tell, for each folded character, the raw code-point offset it came from.

    The map has one entry more than the folded text: the last is ``len(text)``, so that a folded
    slice ``[a:b]`` is the raw slice ``[map[a]:map[b]]`` (dropped marks stay with the letter in
    front).
    """
    folded: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        piece = fold(char)
        folded.append(piece)
        origin.extend([offset] * len(piece))
    origin.append(len(text))
    return "".join(folded), origin
