"""A text made ready for the search for copies: its folded words and their shingles as numbers."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from sijill.text.fold import fold
from sijill.text.memo import Memo

#: Words in a shingle of the comparison and of the bands for whole texts. With 3, titles and
#: formulas make most of what is shared; with 5, one edited word in five leaves too little.
SHINGLE = 4
#: Words in a shingle of the bands for passages: more than any other band, they meet by formulas.
LONG_SHINGLE = 5

_MASK = (1 << 64) - 1
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|\w+")
#: Odd numbers without a pattern, one for each place in a shingle. Stored bands depend on them.
_PLACES = (
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
)


class CopyText(msgspec.Struct, frozen=True):
    """One document for the search for copies.

    ``words`` are hashes of its folded words, ``shingles`` of each ``SHINGLE`` of them in a row,
    both as arrays, which take a fifth of the memory of lists; ``agency`` is the one that the
    document names, if any.
    """

    document: str
    words: array[int]
    shingles: array[int]
    agency: str = ""


def _hash(word: str) -> int:
    """64 bits of a word, the same on every machine and in every run."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


_HASHES: Memo[str, int] = Memo(_hash)


def prepare(document: str, text: str, agency: str = "") -> CopyText:
    """Make the ``text`` of ``document`` ready; spelling variants, marks and signs go.

    Takes about 0.2 ms for an article: prepare a document once and compare it as often as needed.
    """
    words = list(map(_HASHES.__getitem__, _WORD.findall(fold(text))))
    runs = array("Q", shingles(words, SHINGLE))
    return CopyText(document, array("Q", words), runs, agency)


def shingles(words: Sequence[int], size: int) -> list[int]:
    """One number for each run of ``size`` words, in order; one for all where there are fewer."""
    size = min(size, len(words))
    if not size:
        return []
    sums = [word * _PLACES[0] for word in words[: len(words) - size + 1]]
    for place in range(1, size):
        factor = _PLACES[place]
        sums = [one + word * factor for one, word in zip(sums, words[place:], strict=False)]
    return [one & _MASK for one in sums]


def long_shingles(text: CopyText) -> list[int]:
    """The numbers of each ``LONG_SHINGLE`` words in a row, made of the short ones."""
    if len(text.words) < LONG_SHINGLE:
        return shingles(text.words, LONG_SHINGLE)
    last = zip(text.shingles, text.words[SHINGLE:], strict=False)
    return [one + word * _PLACES[SHINGLE] & _MASK for one, word in last]
