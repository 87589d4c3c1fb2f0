"""Names of several words, looked up by their first word, clitics allowed before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from sijill.text.fold import fold
from sijill.text.letters import ALEF, KAF, LAM, WAW
from sijill.text.tokens import Tokens

T = TypeVar("T")

_BEH, _FEH = "\u0628", "\u0641"
_CONJUNCTIONS = (WAW, _FEH)
_PREPOSITIONS = (_BEH, KAF, LAM)
_OPENERS = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab")
_QUOTES = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb()[]{}")


class Hit(msgspec.Struct, Generic[T]):
    """A name found at tokens ``[first, last)``, the clitics before it, and its entries."""

    first: int
    last: int
    before: str
    entries: tuple[T, ...]


def strip_clitics(word: str) -> list[tuple[str, str]]:
    """Every way to read ``word`` (folded) as proclitics and a rest that keeps the article."""
    ways = [("", word)]
    if len(word) > 2 and word[0] in _CONJUNCTIONS:
        ways += [(word[0] + pre, rest) for pre, rest in _strip_preposition(word[1:])]
        ways.append((word[0], word[1:]))
    ways += _strip_preposition(word)
    return ways


def _strip_preposition(word: str) -> list[tuple[str, str]]:
    if len(word) < 3 or word[0] not in _PREPOSITIONS:
        return []
    ways = [(word[0], word[1:])]
    if word.startswith(LAM + LAM):
        ways.append((LAM, ALEF + word[1:]))
    return ways


class NameIndex(Generic[T]):
    """Finds the longest of many names at a token.

    Names are sequences of folded words; the first may carry proclitics in the text, quotation marks
    inside a name are passed over.
    """

    def __init__(self) -> None:
        self._names: dict[str, dict[tuple[str, ...], list[T]]] = {}
        self._starts: dict[str, tuple[tuple[str, str], ...]] = {}
        self._longest: dict[str, list[tuple[str, ...]]] = {}

    def add(self, name: str, entry: T) -> None:
        """Know ``name`` (ordinary spelling) as ``entry``."""
        words = tuple(fold(name).split())
        rests = self._names.setdefault(words[0], {})
        rests.setdefault(words[1:], []).append(entry)
        self._longest.pop(words[0], None)

    def starts(self, word: str) -> tuple[tuple[str, str], ...]:
        """The readings of ``word`` under which some name begins with it; memoised."""
        found = self._starts.get(word)
        if found is None:
            found = tuple(way for way in strip_clitics(word) if way[1] in self._names)
            self._starts[word] = found
        return found

    def alone(self, word: str) -> tuple[T, ...]:
        """What ``word`` (folded) names by itself, with nothing before or behind it."""
        return tuple(self._names.get(word, {}).get((), ()))

    def at(self, tokens: Tokens, i: int, last: int) -> Hit[T] | None:
        """The longest name that begins at token ``i`` and ends before ``last``."""
        best: Hit[T] | None = None
        for before, word in self.starts(tokens.word[i]):
            for rest in self._rests(word):
                end = _follow(tokens, i + 1, last, rest)
                if end and (best is None or end > best.last):
                    best = Hit(i, end, before, tuple(self._names[word][rest]))
                    break
        return best

    def _rests(self, word: str) -> list[tuple[str, ...]]:
        rests = self._longest.get(word)
        if rests is None:
            rests = sorted(self._names[word], key=len, reverse=True)
            self._longest[word] = rests
        return rests


def past_quotes(tokens: Tokens, i: int, last: int) -> int:
    """The first token from ``i`` on that is no quotation mark or bracket."""
    while i < last and tokens.word[i] in _OPENERS:
        i += 1
    return i


def _follow(tokens: Tokens, i: int, last: int, rest: tuple[str, ...]) -> int | None:
    """The token behind ``rest`` when it stands at ``i``, else nothing."""
    word = tokens.word
    for wanted in rest:
        while i < last and word[i] in _QUOTES:
            i += 1
        if i >= last or word[i] != wanted:
            return None
        i += 1
    return i


def expand(name: str, inflect: Iterable[str]) -> Iterator[str]:
    """``name`` with its last ``~`` word replaced by each of the forms ``inflect`` gives."""
    for form in inflect:
        yield name.replace("~", form, 1)
