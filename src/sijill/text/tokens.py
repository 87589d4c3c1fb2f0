"""Words of a text as columns of offsets, and the sentences they stand in."""

from __future__ import annotations

import re
from itertools import accumulate, compress
from sys import intern
from typing import Final

from sijill.text.fold import fold
from sijill.text.letters import MARKS
from sijill.text.memo import Memo

_LETTER: Final = f"\u0621-\u064a\u0671-\u06d3\u06d5{MARKS}\u0640\ufb50-\ufdff\ufe70-\ufefc"
_DIGIT: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_HIDDEN: Final = "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"

#: A run of Arabic letters, a gap, a number with its inner separators, a run of other letters, a
#: line end, or one sign: every character is in some piece. A separator counts as inner only between
#: two digits.
_PIECE: Final = re.compile(
    rf"[{_LETTER}]+"
    r"|[^\S\n]+"
    rf"|[{_DIGIT}]+(?:[.,:/\u066b\u066c\u060c][{_DIGIT}]+)*"
    r"|[^\W\d_\u0600-\u06ff]+"
    r"|\n"
    rf"|[{_HIDDEN}]+"
    r"|."
)
_END_SIGNS: Final = frozenset(".!?\u061f\u2026")
_BREAKS: Final = _END_SIGNS | {"\n"}
_CLOSERS: Final = frozenset("\"'\u201d\u201c\u2019\u00bb)]}")


class Tokens:
    """The tokens of one text, as columns: token ``i`` is ``text[start[i]:end[i]]``.

    ``word`` is the folded spelling (a line end is ``"\\n"``); offsets are code points. Nobody
    changes them. No msgspec.Struct, for the reason that a mention is none.
    """

    __slots__ = ("end", "start", "text", "word")

    def __init__(self, text: str, start: list[int], end: list[int], word: list[str]) -> None:
        self.text, self.start, self.end, self.word = text, start, end, word

    def __len__(self) -> int:
        return len(self.word)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code-point offsets of tokens ``[first, last)``, of which there is at least one."""
        return self.start[first], self.end[last - 1]

    def raw(self, first: int, last: int) -> str:
        """The raw text of tokens ``[first, last)``."""
        return self.text[self.start[first] : self.end[last - 1]] if last > first else ""


def _word(piece: str) -> str:
    """The folded spelling of a piece; nothing for a gap, a hidden sign or a mark on nothing."""
    if piece.isspace() and piece != "\n":
        return ""
    folded = fold(piece)
    # One object for all words of a spelling: tables find it without comparing letters.
    return intern(piece if folded == piece else folded)


_WORDS: Final = Memo(_word)


def tokenise(text: str) -> Tokens:
    """Cut ``text`` into tokens with exact code-point offsets into it."""
    pieces = _PIECE.findall(text)
    word = list(map(_WORDS.__getitem__, pieces))
    end = list(accumulate(map(len, pieces)))
    start = [0, *end]
    kept = list(filter(None, word))
    return Tokens(text, list(compress(start, word)), list(compress(end, word)), kept)


def sentences(tokens: Tokens) -> list[tuple[int, int]]:
    """Sentences as half-open ranges of token indices.

    A sentence ends at a line end, or after ``. ! ? ...`` and the quotes that close behind it;
    not inside a number, and not after a lone letter (an abbreviation such as that of an agency).
    """
    found: list[tuple[int, int]] = []
    word, first, count = tokens.word, 0, len(tokens.word)
    for i in [i for i, one in enumerate(word) if one in _BREAKS]:
        if i < first:
            continue  # one of several signs that end the sentence before
        if word[i] == "\n":
            if i > first:
                found.append((first, i))
            first = i + 1
        elif not _abbreviation(tokens, i):
            end = i + 1
            while end < count and (word[end] in _END_SIGNS or _closes(tokens, end)):
                end += 1
            found.append((first, end))
            first = end
    if count > first:
        found.append((first, count))
    return found


def _closes(tokens: Tokens, i: int) -> bool:
    """Whether token ``i`` is a closing quote glued to what stands before it."""
    return tokens.word[i] in _CLOSERS and tokens.start[i] == tokens.end[i - 1]


def _abbreviation(tokens: Tokens, i: int) -> bool:
    """Whether the full stop at ``i`` follows a single letter, as in initials."""
    before = tokens.word[i - 1] if i else ""
    return tokens.word[i] == "." and len(before) == 1 and before.isalpha()
