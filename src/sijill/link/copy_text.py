"""A text made ready for the search for copies: its folded words and their shingles as numbers."""

from __future__ import annotations

from array import array
from functools import cache
from typing import NamedTuple, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from sijill.text.fold import fold_plain, plain_letters

#: Words in a shingle of the comparison and of the bands for whole texts. With 3, titles and
#: formulas make most of what is shared; with 5, one edited word in five leaves too little.
SHINGLE = 4
#: Words in a shingle of the bands for passages: more than any other band, they meet by formulas.
LONG_SHINGLE = 5

#: What a sign may be to a word: no part of it, a letter, a digit, what joins digits, or nothing.
_NONE, _LETTER, _DIGIT, _JOINS, _DROPPED = range(5)
#: Signs are told apart below this; letters beyond it, which the press has none of, part words.
_SIGNS = 1 << 16
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
Places: TypeAlias = npt.NDArray[np.intp]


class _Signs(NamedTuple):
    """What each sign is to a word, and the number of what it folds to."""

    kinds: npt.NDArray[np.uint8]
    numbers: Numbers


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


def prepare(document: str, text: str, agency: str = "") -> CopyText:
    """Make the ``text`` of ``document`` ready; spelling variants, marks and signs go.

    Prepare a document once and compare it as often as needed.
    """
    hashes = _word_hashes(plain_letters(text))
    words = array("Q", hashes.tobytes())
    return CopyText(document, words, array("Q", shingles(words, SHINGLE).tobytes()), agency)


def _word_hashes(text: str) -> Numbers:
    """64 bits of each folded word of a text, the same on every machine: all words at once.

    A word is a run of letters, or of digits with what joins them. Its hash is the sum of its
    letters' numbers, each times a power by its place, and then stirred.
    """
    signs, codes = _signs(), np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    kinds = signs.kinds.take(codes)
    if (kinds == _DROPPED).any():
        kept = (kinds != _DROPPED).nonzero()[0]
        codes, kinds = codes.take(kept), kinds.take(kept)
    letters = signs.numbers.take(codes)
    letters *= _powers(len(letters))[: len(letters)]
    for at in (kinds == _JOINS).nonzero()[0].tolist():
        joins = 0 < at < len(kinds) - 1 and kinds[at - 1] == kinds[at + 1] == _DIGIT
        kinds[at] = _DIGIT if joins else _NONE
        letters[at] *= joins
    starts = _starts(kinds)
    if not len(starts):
        return np.zeros(0, np.uint64)
    return _stirred(np.add.reduceat(letters, starts) * _powers(len(letters), back=True)[starts])


def _starts(kinds: npt.NDArray[np.uint8]) -> Places:
    """Where words start: at a letter or digit after anything else, at a letter after a digit."""
    before = np.zeros_like(kinds)
    before[1:] = kinds[:-1]
    before -= 1  # what is no part of a word comes out as the greatest
    found: Places = ((kinds > _NONE) & (before >= kinds)).nonzero()[0]
    return found


@cache
def _signs() -> _Signs:
    folded = [fold_plain(chr(code)) for code in range(_SIGNS)]
    kinds = np.array([_kind(chr(code), sign) for code, sign in enumerate(folded)], np.uint8)
    numbers = _stirred(np.array([ord((sign or " ")[0]) for sign in folded], np.uint64) * _PLACES[0])
    numbers[(kinds == _NONE) | (kinds == _DROPPED)] = 0
    return _Signs(kinds, numbers)


def _kind(sign: str, folded: str) -> int:
    if not folded:
        return _DROPPED
    if sign in ".,:/":
        return _JOINS
    if folded.isdecimal():
        return _DIGIT
    return _LETTER if folded.isalnum() or folded == "_" else _NONE


def _powers(count: int, back: bool = False) -> Numbers:
    """At least so many powers of an odd number, or of what takes them back."""
    return _powers_to(1 << max(14, count.bit_length()), back)


@cache
def _powers_to(count: int, back: bool) -> Numbers:
    base = int(_PLACES[1]) if not back else pow(int(_PLACES[1]), -1, 1 << 64)
    found: Numbers = np.multiply.accumulate(np.full(count, base, np.uint64))
    return found


def _stirred(numbers: Numbers) -> Numbers:
    """The numbers with each of their bits depending on all others (after MurmurHash3)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


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
