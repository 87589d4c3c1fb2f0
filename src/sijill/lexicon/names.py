"""Names of several words, looked up by their first word, clitics allowed before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Generic, TypeVar

from sijill.lexicon.hits import Hit, Start
from sijill.text.fold import fold
from sijill.text.letters import ALEF, KAF, LAM, WAW
from sijill.text.memo import Memo
from sijill.text.tokens import Tokens

T = TypeVar("T")

_BEH: Final = "\u0628"
_FEH: Final = "\u0641"
_CONJUNCTIONS = (WAW, _FEH)
_PREPOSITIONS = (_BEH, KAF, LAM)
_PROCLITICS: Final = frozenset((*_CONJUNCTIONS, *_PREPOSITIONS))
_OPENERS: Final = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab")
_QUOTES: Final = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb()[]{}")


def strip_clitics(word: str) -> list[tuple[str, str]]:
    """Every way to read ``word`` (folded) as proclitics and a rest that keeps the article."""
    ways = [("", word)]
    if word[:1] not in _PROCLITICS:
        return ways
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


def with_proclitics(word: str) -> list[str]:
    """The spellings that ``strip_clitics`` takes for proclitics and ``word``: it undoes them."""
    if len(word) < 2:
        return [word]
    led = [preposition + word for preposition in _PREPOSITIONS]
    if word.startswith(ALEF + LAM) and len(word) > 2:
        led.append(LAM + word[1:])
    joined = [conjunction + one for conjunction in _CONJUNCTIONS for one in (word, *led)]
    return [word, *led, *joined]


#: The entries of a word alone, and the longer names that it begins: see :class:`Start`.
_Beginning = tuple[tuple[T, ...], dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]]]


class NameIndex(Generic[T]):
    """Finds the longest of many names at a token.

    Names are sequences of folded words; the first may carry proclitics in the text, quotation marks
    inside a name are passed over.
    """

    def __init__(self) -> None:
        self._names: dict[str, dict[tuple[str, ...], list[T]]] = {}
        self._starts: Memo[str, tuple[Start[T], ...]] = Memo(self.starts)
        self._begun: Memo[str, _Beginning[T]] = Memo(self._beginning)

    def add(self, name: str, entry: T) -> None:
        """Know ``name`` (ordinary spelling) as ``entry``."""
        words = tuple(fold(name).split())
        rests = self._names.setdefault(words[0], {})
        rests.setdefault(words[1:], []).append(entry)
        self._starts.clear()
        self._begun.clear()

    def starts(self, word: str) -> tuple[Start[T], ...]:
        """The names that can begin at ``word``."""
        names = self._names
        if word[:1] not in _PROCLITICS:  # most words: nothing can stand before the name
            return (Start("", *self._begun[word]),) if word in names else ()
        ways = [one for one in strip_clitics(word) if one[1] in names]
        return tuple([Start(before, *self._begun[rest]) for before, rest in ways])

    def _beginning(self, word: str) -> _Beginning[T]:
        names = self._names[word]
        longer: dict[str, list[tuple[tuple[str, ...], tuple[T, ...]]]] = {}
        for rest in sorted(filter(None, names), key=len, reverse=True):
            longer.setdefault(rest[0], []).append((rest[1:], tuple(names[rest])))
        return tuple(names.get((), ())), longer

    def alone(self, word: str) -> tuple[T, ...]:
        """What ``word`` (folded) names by itself, with nothing before or behind it."""
        return tuple(self._names.get(word, {}).get((), ()))

    def named(self, words: Sequence[str]) -> tuple[T, ...]:
        """What the (folded) ``words`` name together, with nothing before or behind them."""
        return tuple(self._names.get(words[0], {}).get(tuple(words[1:]), ()))

    def at(self, tokens: Tokens, i: int, last: int) -> Hit[T] | None:
        """The longest name that begins at token ``i`` and ends before ``last``."""
        starts = self._starts[tokens.word[i]]
        return longest(tokens, i, last, starts) if starts else None


def longest(tokens: Tokens, i: int, last: int, starts: tuple[Start[T], ...]) -> Hit[T] | None:
    """The longest of the names that begin with ``starts`` at token ``i``."""
    best: Hit[T] | None = None
    word, second = tokens.word, i + 1
    while second < last and word[second] in _QUOTES:
        second += 1
    following = word[second] if second < last else ""
    for start in starts:
        end, entries = i + 1, start.alone
        if following in start.longer:
            for rest, named in start.longer[following]:
                if found := _follow(tokens, second + 1, last, rest):
                    end, entries = found, named
                    break
        if entries and (best is None or end > best.last):
            best = Hit(i, end, start.before, entries)
    return best


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
