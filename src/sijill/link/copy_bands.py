"""Bands: the few numbers of a text that a copy of it, or of a passage in it, is found by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np
from rensa import RMinHash

from sijill.link.copy_text import LONG_SHINGLE, CopyText, long_shingles

#: Stored bands can be compared only where this is the same: it changes with the numbers below, the
#: shingles, and rensa's way of hashing.
BAND_VERSION = f"2.{RMinHash.ALGORITHM_VERSION}"

#: Bands of the whole text, each one MinHash. With 6, a text of 20 to 60 words is found again in
#: 99 of 100 cases when one word in ten is edited; the bands of passages alone find 81.
WHOLE = 6
#: Of so many shingles in a row, the smallest is a band: whatever 20 words in a row two texts share
#: give both the same band. With 20 instead, one edited lead in 30 is lost for a band in six saved.
WINDOW = 16
#: So many words in a row have a band of their own, whatever stands around them.
LONGEST_UNSEEN = WINDOW + LONG_SHINGLE - 1
#: A band that more documents have is no clue. The most copies of one article in nine days of 13
#: newspapers were 20.
CROWDED = 50

_SEED = 42
#: Bands have 48 bits: 6 bytes in SQLite, and two of them are equal by chance once in 10^14.
_BITS = 48
_DROPPED = np.uint64(64 - _BITS)
#: Without this, the smallest sum of products would favour some words.
_STIR = np.uint64(0x9FB21C651E98DF25)


class Signature(msgspec.Struct, frozen=True):
    """The bands of one text: of its ``whole`` and of its ``passages``; ``all`` is what to store."""

    whole: tuple[int, ...]
    passages: tuple[int, ...]

    @property
    def all(self) -> tuple[int, ...]:
        """Every band once, sorted: two texts that share one are worth comparing."""
        return tuple(sorted({*self.whole, *self.passages}))


def signature(text: CopyText) -> Signature:
    """The bands of ``text``: about 36 for an article of 250 words, the same in every run.

    ``whole`` finds edited copies of short texts; ``passages`` finds leads and stretches of 20 words
    or more wherever they stand, and so most edited copies of longer texts too. A text without a
    word has no band.
    """
    return signatures([text])[0]


def signatures(texts: Sequence[CopyText]) -> list[Signature]:
    """The bands of each of the texts; many at once take a third of the time of one by one."""
    passages = (tuple(dict.fromkeys(smallest(text))) for text in texts)
    return [Signature(*bands) for bands in zip(_whole(texts), passages, strict=True)]


def _whole(texts: Sequence[CopyText]) -> Iterator[tuple[int, ...]]:
    """MinHashes of each whole text, told apart by their place."""
    hashes = [list(text.shingles) for text in texts]
    matrix = RMinHash.digest_matrix_from_token_hash_sets(hashes, WHOLE, _SEED)
    for text, row in zip(hashes, matrix.to_rows(), strict=True):
        yield tuple((place + 1) << 40 | value for place, value in enumerate(row)) if text else ()


def smallest(text: CopyText) -> list[int]:
    """For each window of shingles the smallest, stirred (winnowing); one for a shorter text."""
    values = (long_shingles(text) * _STIR) >> _DROPPED
    width, wanted = 1, min(WINDOW, len(values))
    while width < wanted:
        step = min(width, wanted - width)
        values = np.minimum(values[:-step], values[step:])
        width += step
    found: list[int] = values.tolist()
    return found


def standing_bands(
    rows: Iterable[tuple[int, str, str]], least: int = 20, share: float = 0.8
) -> frozenset[int]:
    """The bands of what one outlet prints under or in article after article.

    Takes (band, outlet, document) of many documents. A band stands where at least ``least``
    documents of one outlet have it and these are at least ``share`` of all that have it: a formula
    of the time stands in every outlet, an address or an appeal to readers in one.

    On how many days a band is seen does not count: statements are reprinted for a week.
    """
    seen: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for band, outlet, document in rows:
        seen[band].add((outlet, document))
    return frozenset(band for band, having in seen.items() if _of_one(having, least, share))


def _of_one(having: set[tuple[str, str]], least: int, share: float) -> bool:
    if len(having) < least:
        return False
    most = max(Counter(outlet for outlet, _ in having).values())
    return most >= least and most >= share * len(having)
