"""Whether one text is a copy of another or holds part of it: compared word for word."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from sijill.link.copy_bands import LONGEST_UNSEEN, smallest
from sijill.link.copy_text import SHINGLE, CopyText
from sijill.testimony import CopyLink

#: A text of fewer words is no evidence: the same few words may be a headline on any day.
SHORTEST = 12
#: Copies share at least this much of the shorter text. Other texts from one mould (two executions,
#: telegrams or weather reports of different days) share up to 0.68 in nine days of 13 newspapers.
MOST = 0.7
#: A passage of so many words counts in full, a shorter one in part: titles and formulas make runs
#: of 10 to 25 words that any two texts of one country may share.
FULL = 30
#: ... but in a short text a passage that makes this much of it counts in full.
FULL_SHARE = 0.6
#: An excerpt is at least so many words: of leads of 30 words and more, one word in twenty edited,
#: 97 in 100 keep them; one man's titles in full or an outlet's address have up to 23 ...
EXCERPT = 24
#: ... in passages of at least so many: shorter ones are names with their titles.
EXCERPT_PASSAGE = 12
#: So many words changed, put in or left out do not end a passage.
GAP = 4
#: A passage of fewer words is chance.
SHORTEST_PASSAGE = 8

#: Where shingles stand in a text.
Places: TypeAlias = npt.NDArray[np.intp]


class Passage(msgspec.Struct):
    """A stretch that two texts share: its start in either, its end in the first, equal words."""

    a: int
    b: int
    end: int
    shared: int


def compare_texts(
    a: CopyText, b: CopyText, standing: Collection[int] = frozenset()
) -> CopyLink | None:
    """Compare two texts; nothing where they share no more than names and formulas.

    ``same`` has the same folded words; ``near`` shares at least ``MOST`` of the shorter and half of
    the longer text; any other shared passage makes an ``excerpt``. The share is that of the shorter
    text, with passages under ``FULL`` words counted in part. A passage of 20 words or more whose
    bands are all in ``standing`` (see ``standing_bands``) does not count; of those, only the bands
    that both texts have need be given, mostly none, and then the comparison is four times as fast.
    """
    short, long = sorted((a, b), key=lambda one: (len(one.words), one.document))
    if len(short.words) < SHORTEST:
        return None
    if short.words == long.words:
        return _link(a, b, "same", 1.0)
    places = _shared(short, long)
    if not _may_count(short, len(places[0])):
        return None
    found = _joined(_runs(*places), long.shingles, short.shingles)
    found = _counting(short, found, standing)
    share, shared = _share(short, found), sum(one.shared for one in found)
    if share >= MOST and 2 * shared >= len(long.words):
        return _link(a, b, "near", share)
    runs = sum(one.shared for one in found if one.shared >= EXCERPT_PASSAGE)
    return _link(a, b, "excerpt", share) if share >= MOST or runs >= EXCERPT else None


def _may_count(short: CopyText, shared: int) -> bool:
    """Whether so many shingles in both could make up a copy: half of all pairs have too few."""
    return SHINGLE * shared >= min(EXCERPT, MOST * len(short.words) - 1)


def passages(a: CopyText, b: CopyText) -> list[Passage]:
    """The stretches of ``a`` that stand in ``b``, in the order of ``a``, small changes bridged."""
    return _joined(_runs(*_shared(a, b)), b.shingles, a.shingles)


def _shared(a: CopyText, b: CopyText) -> tuple[Places, Places]:
    """Where the shingles of ``a`` that ``b`` has stand in ``a``, and where first in ``b``."""
    ours, theirs = np.asarray(a.shingles, np.uint64), np.asarray(b.shingles, np.uint64)
    order = np.argsort(theirs, kind="stable")
    if not len(order):
        return order, order
    sorted_ = theirs[order]
    near = np.minimum(np.searchsorted(sorted_, ours), len(theirs) - 1)
    places = np.flatnonzero(sorted_[near] == ours)
    return places, order[near[places]]


def _runs(ours: Places, theirs: Places) -> list[tuple[int, int, int]]:
    """Shared shingles that follow each other in both texts: where from in either, and how many."""
    breaks = (ours[1:] - ours[:-1] != 1) | (theirs[1:] - theirs[:-1] != 1)
    if not len(ours):
        return []
    starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    sizes = np.concatenate((starts[1:], [len(ours)])) - starts
    return list(zip(ours[starts].tolist(), theirs[starts].tolist(), sizes.tolist(), strict=True))


def _joined(
    runs: Iterable[tuple[int, int, int]], theirs: array[int], shingles: array[int]
) -> list[Passage]:
    """The passages that runs make; one that goes on where the last ended is of the same."""
    found: list[Passage] = []
    last = Passage(0, 0, -GAP - 1, 0)
    for start, at, size in runs:
        drift = at - start + last.a - last.b
        i, end = start, start + size
        while i < end:
            along = i - last.a + last.b  # where it would stand if nothing was put in or left out
            goes_on = abs(drift) <= GAP or (along < len(theirs) and theirs[along] == shingles[i])
            if not goes_on or i - last.end > GAP:
                last = Passage(i, at + i - start, i + SHINGLE, SHINGLE)
                found.append(last)
                drift = 0
                i += 1
                continue
            upto = end if abs(drift) <= GAP else i + 1  # all that follows goes on likewise
            last.shared += upto - 1 + SHINGLE - max(i, last.end)
            last.end, i = upto - 1 + SHINGLE, upto
    return [one for one in found if one.shared >= SHORTEST_PASSAGE]


def _counting(a: CopyText, found: list[Passage], standing: Collection[int]) -> list[Passage]:
    """The passages that are more than what an outlet prints again and again."""
    if not standing or not found:
        return found
    bands = smallest(a)
    return [
        one
        for one in found
        if one.end - one.a < LONGEST_UNSEEN
        or any(band not in standing for band in bands[one.a : one.end - LONGEST_UNSEEN + 1])
    ]


def _share(a: CopyText, found: list[Passage]) -> float:
    """How much of ``a`` the passages make, short ones counted in part."""
    full = min(FULL, FULL_SHARE * len(a.words))
    counted = sum(one.shared * min(1.0, one.shared / full) for one in found)
    return round(min(1.0, counted / len(a.words)), 3)


def _link(a: CopyText, b: CopyText, kind: str, share: float) -> CopyLink:
    first, second = sorted((a.document, b.document))
    return CopyLink(first, second, kind, share, a.agency or b.agency)
