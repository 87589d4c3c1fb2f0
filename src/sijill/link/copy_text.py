"""A text made ready for the search for copies: its folded words and their shingles as numbers."""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from sijill.text.fold import fold_plain, plain_letters
from sijill.text.memo import Memo

#: Words in a shingle of the comparison and of the bands for whole texts. With 3, titles and
#: formulas make most of what is shared; with 5, one edited word in five leaves too little.
SHINGLE = 4
#: Words in a shingle of the bands for passages: more than any other band, they meet by formulas.
LONG_SHINGLE = 5

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|\w+")
#: Signs that stand in no word: without them a word is remembered once, not once for each of them.
_SIGNS = (
    *("\u060c", "\u061b", "\u061f", "!", '"', "\u201c", "\u201d", "\u00ab", "\u00bb"),
    *("(", ")", "[", "]", "\u2026", ". ", ": ", ".\n", ":\n"),
)
#: Odd numbers without a pattern, one for each place in a shingle. Stored bands depend on them.
_PLACES = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    ],
    dtype=np.uint64,
)
#: Numbers of 64 bits; sums and products keep their last 64.
Numbers: TypeAlias = npt.NDArray[np.uint64]


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


def _hashes(spelt: str) -> bytes:
    """64 bits of each word in what stands between two spaces, the same on every machine."""
    folded = fold_plain(spelt)
    words = [folded] if folded.isalpha() else _WORD.findall(folded)
    return b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words)


_HASHES: Memo[str, bytes] = Memo(_hashes)


def prepare(document: str, text: str, agency: str = "") -> CopyText:
    """Make the ``text`` of ``document`` ready; spelling variants, marks and signs go.

    Prepare a document once and compare it as often as needed.
    """
    plain = plain_letters(text)
    for sign in _SIGNS:
        plain = plain.replace(sign, " ")
    joined = b"".join(map(_HASHES.__getitem__, plain.split()))
    words = array("Q", np.frombuffer(joined, dtype="<u8").astype(np.uint64).tobytes())
    return CopyText(document, words, array("Q", shingles(words, SHINGLE).tobytes()), agency)


def shingles(words: array[int], size: int) -> Numbers:
    """One number for each run of ``size`` words, in order; one for all where there are fewer."""
    size = min(size, len(words))
    hashes = np.asarray(words, dtype=np.uint64)
    sums = np.zeros(len(words) - size + 1 if size else 0, dtype=np.uint64)
    for place in range(size):
        sums += hashes[place : place + len(sums)] * _PLACES[place]
    return sums


def long_shingles(text: CopyText) -> Numbers:
    """The numbers of each ``LONG_SHINGLE`` words in a row, made of the short ones."""
    if len(text.words) < LONG_SHINGLE:
        return shingles(text.words, LONG_SHINGLE)
    short: Numbers = np.asarray(text.shingles, dtype=np.uint64)
    last: Numbers = np.asarray(text.words, dtype=np.uint64)
    longer: Numbers = short[:-1] + last[SHINGLE:] * _PLACES[SHINGLE]
    return longer
