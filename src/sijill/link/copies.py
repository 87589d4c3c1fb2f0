"""Whether one text is a copy of another or holds part of it: compared word for word."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

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
    if not _may_count(short, long):
        return None
    found = _counting(short, passages(short, long), standing)
    share, shared = _share(short, found), sum(one.shared for one in found)
    if share >= MOST and 2 * shared >= len(long.words):
        return _link(a, b, "near", share)
    runs = sum(one.shared for one in found if one.shared >= EXCERPT_PASSAGE)
    return _link(a, b, "excerpt", share) if share >= MOST or runs >= EXCERPT else None


def _may_count(short: CopyText, long: CopyText) -> bool:
    """Whether the shingles that both have could make up a copy: half of all pairs have too few."""
    theirs = set(long.shingles)
    shared = SHINGLE * sum(one in theirs for one in short.shingles)
    return shared >= min(EXCERPT, MOST * len(short.words) - 1)


def passages(a: CopyText, b: CopyText) -> list[Passage]:
    """The stretches of ``a`` that stand in ``b``, in the order of ``a``, small changes bridged."""
    theirs = b.shingles
    where = dict(zip(reversed(theirs), range(len(theirs) - 1, -1, -1), strict=True))
    found: list[Passage] = []
    last = Passage(0, 0, -GAP - 1, 0)
    both = [(i, one, where[one]) for i, one in enumerate(a.shingles) if one in where]
    for i, shingle, at in both:
        along = i - last.a + last.b  # where it would stand if nothing was put in or left out
        if not (along < len(theirs) and theirs[along] == shingle) and abs(at - along) > GAP:
            along = -1
        if along >= 0 and i - last.end <= GAP:
            last.shared += i + SHINGLE - max(i, last.end)
            last.end = i + SHINGLE
        else:
            last = Passage(i, at, i + SHINGLE, SHINGLE)
            found.append(last)
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
