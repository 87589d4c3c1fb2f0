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
_NOWHERE: Places = np.zeros(0, np.intp)
#: Slots for the last bits of shingles: two texts that share few slots share fewer shingles still.
_SLOTS = 1 << 16
_SLOT = np.uint64(_SLOTS - 1)
#: The bits of a shingle that are compared first; the others hold its place in a text.
_VALUE = np.uint64((1 << 64) - (1 << 20))
_PLACE = ~_VALUE


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
    least = min(EXCERPT, MOST * len(short.words) - 1) / SHINGLE
    places = _shared(short, long, least)
    if len(places[0]) < least:
        return None
    found = _joined(_runs(*places), long.shingles, short.shingles)
    found = _counting(short, found, standing)
    share, shared = _share(short, found), sum(one.shared for one in found)
    if share >= MOST and 2 * shared >= len(long.words):
        return _link(a, b, "near", share)
    runs = sum(one.shared for one in found if one.shared >= EXCERPT_PASSAGE)
    return _link(a, b, "excerpt", share) if share >= MOST or runs >= EXCERPT else None


def passages(a: CopyText, b: CopyText) -> list[Passage]:
    """The stretches of ``a`` that stand in ``b``, in the order of ``a``, small changes bridged."""
    return _joined(_runs(*_shared(a, b)), b.shingles, a.shingles)


def _shared(a: CopyText, b: CopyText, least: float = 1) -> tuple[Places, Places]:
    """Where the shingles of ``a`` that ``b`` has stand in ``a``, and where first in ``b``.

    Nothing where there are fewer than ``least``, which most pairs tell without a search.
    """
    ours, theirs = np.frombuffer(a.shingles, np.uint64), np.frombuffer(b.shingles, np.uint64)
    there = np.zeros(_SLOTS, np.bool_)
    there[theirs & _SLOT] = True
    maybe = there[ours & _SLOT].nonzero()[0]
    if len(maybe) < least:
        return _NOWHERE, _NOWHERE
    # Sorted with its place in its last bits, a shingle is found where it stands first.
    ordered = (theirs & _VALUE) | np.arange(len(theirs), dtype=np.uint64)
    ordered.sort()
    wanted = ours[maybe]
    found = ordered.take(ordered.searchsorted(wanted & _VALUE), mode="clip")
    places = (found & _PLACE).astype(np.intp)
    same = theirs[places] == wanted
    return maybe[same], places[same]


def _runs(ours: Places, theirs: Places) -> list[tuple[int, int, int]]:
    """Shared shingles that follow each other in both texts: where from in either, and how many."""
    if not len(ours):
        return []
    breaks = (ours[1:] - ours[:-1] != 1) | (theirs[1:] - theirs[:-1] != 1)
    starts = [0, *(breaks.nonzero()[0] + 1).tolist()]
    sizes = map(int.__sub__, [*starts[1:], len(ours)], starts)
    return list(zip(ours[starts].tolist(), theirs[starts].tolist(), sizes, strict=True))


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
