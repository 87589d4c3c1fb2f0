"""Words found whatever their spelling, and where they stand in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sijill.text.fold import fold

Span = tuple[int, int]
_WORD = re.compile(r"[^\W_]+")


def folded_offsets(text: str) -> tuple[str, list[int]]:
    """``text`` folded letter by letter, and for each folded letter the offset it came from.

    Folding drops letters and makes two of one (a ligature), so offsets are code points of
    ``text``, one for each of the folded code points.
    """
    letters: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        plain = fold(letter)
        letters.append(plain)
        offsets += [at] * len(plain)
    return "".join(letters), offsets


def find_words(asked: str, text: str) -> list[Span]:
    """Where ``text`` has words of ``asked``, whatever their spelling; code points, in order.

    ``word*`` stands for every word that begins so. Marks after a word's last letter belong to it.

    >>> find_words("ali*", "Ali and Alia")
    [(0, 3), (8, 12)]
    """
    whole, begun = _wanted(asked)
    folded, offsets = folded_offsets(text)
    ends = [*offsets[1:], len(text)]
    return [
        (offsets[word.start()], _end(text, ends[word.end() - 1], offsets[word.end() - 1]))
        for word in _WORD.finditer(folded)
        if word.group() in whole or word.group().startswith(begun)
    ]


def window(text: str, spans: Iterable[Span], reach: int) -> Span:
    """The part of ``text`` around the first of ``spans``, about ``reach`` code points, whole words.

    All of a short text, and its beginning where there is no span.
    """
    first = next(iter(spans), (0, 0))
    if len(text) <= reach:
        return 0, len(text)
    start = max(0, min(first[0] - reach // 3, len(text) - reach))
    end = min(len(text), start + reach)
    start = text.find(" ", start, first[0]) + 1 if start else 0
    last = text.rfind(" ", max(first[1], start), end) if end < len(text) else end
    return start, last if last > start else end


def _wanted(asked: str) -> tuple[set[str], tuple[str, ...]]:
    whole: set[str] = set()
    begun: list[str] = []
    for word in fold(asked).split():
        parts = _WORD.findall(word)
        if parts and word.endswith("*"):
            begun.append(parts.pop())
        whole.update(parts)
    return whole, tuple(begun)


def _end(text: str, following: int, last: int) -> int:
    """Where a word ends: behind the marks on its last letter, before what is no part of it."""
    end = last + 1
    while end < following and not fold(text[end]):
        end += 1
    return end


def pieces(text: str, spans: Iterable[Span], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """``text`` from ``start`` to ``end`` cut at ``spans``, each piece with whether it lies in one.

    Spans that do not lie in it whole are left out; they must be in order and apart.
    """
    at = start
    for first, last in spans:
        if at <= first and last <= end:
            yield text[at:first], False
            yield text[first:last], True
            at = last
    yield text[at:end], False
