"""Number words and digits put together into one value."""

from __future__ import annotations

from typing import Final

from sijill.text.letters import WAW
from sijill.text.number_parts import Core, NumWord
from sijill.text.tokens import Tokens

DIGITS: Final = frozenset("0123456789")
_POINTS: Final = ".\u066b"
_COMMAS: Final = ",\u066c\u060c"
_CLOSERS: Final = '"\u00bb\u201d'
_LONGEST: Final = 18  # signs; a longer row of digits is a code, and counts nothing
_SMALL: Final = frozenset({"one", "two", "unit", "ten", "tens"})
_GROUP: Final = _SMALL | {"hundred", "hundreds", "digits"}
_SCALES: Final = frozenset({"scale", "scales", "pair", "half_pair"})
_UNITS: Final = frozenset({"one", "two", "unit"})


def read_digits(word: str, *, decimal: bool = False) -> float | None:
    """The value of a digit token; nothing for a clock time, a date, a list, or an endless row.

    A full stop before exactly three digits separates thousands, unless ``decimal``.
    """
    if len(word) > _LONGEST:
        return None
    if word.isdigit():
        return int(word)
    sign = next(c for c in word if c not in DIGITS)
    parts = word.split(sign)
    if sign not in _POINTS + _COMMAS or not all(map(str.isdigit, parts)):
        return None
    grouped = len(parts[0]) <= 3 and parts[0] != "0" and all(len(p) == 3 for p in parts[1:])
    if grouped and not (decimal and sign in _POINTS):
        return int("".join(parts))
    return float(".".join(parts)) if len(parts) == 2 else None


def number_word(
    tokens: Tokens, i: int, last: int, words: dict[str, NumWord], digits: NumWord
) -> NumWord | None:
    """The number word or digits at token ``i``."""
    word = tokens.word[i]
    entry = words.get(word)
    if entry is not None or word[0] not in DIGITS:
        return entry
    following = words.get(tokens.word[i + 1]) if i + 1 < last else None
    value = read_digits(word, decimal=following is not None and following.role in _SCALES)
    return None if value is None else NumWord(value, "digits", digits.where)


class _Sum:
    """Adds number words up as they come."""

    def __init__(self, item: NumWord) -> None:
        self.total, self.group, self.scale = 0.0, 0.0, 0.0
        self.count, self.role = 0, ""
        self.add(item)

    def takes(self, item: NumWord, joined: bool) -> bool:
        """Whether ``item`` goes on with this number."""
        return self._takes_joined(item) if joined else self._takes_plain(item)

    def _takes_joined(self, item: NumWord) -> bool:
        if self.role in _UNITS:
            return item.role == "tens"
        if self.role in ("hundred", "hundreds"):
            return item.role in _SMALL
        if self.role in _SCALES:
            fits = item.role in _GROUP or item.role in _SCALES
            return item.role == "fraction" or (fits and item.value < self.scale)
        return False

    def _takes_plain(self, item: NumWord) -> bool:
        if item.glued:
            return False
        if item.role == "ten":
            return self.role in _UNITS
        if item.role == "hundred":
            return self.role == "unit"
        return item.role in ("scale", "scales", "half_pair") and self.group > 0

    def add(self, item: NumWord) -> None:
        """Take ``item`` in."""
        if item.role == "fraction":
            self.total += item.value / 100 * self.scale
        elif item.role == "pair":
            self.total, self.scale = self.total + item.value, item.value / 2
        elif item.role in _SCALES:
            self.total += (self.group or 1.0) * item.value
            self.group, self.scale = 0.0, item.value
        elif item.role == "hundred" and self.role == "unit":
            self.group *= 100
        else:
            self.group += item.value
        self.count, self.role = self.count + 1, item.role

    @property
    def value(self) -> float:
        """The sum; a lone construct dual such as "two thousand of" counts double."""
        alone = self.count == 1 and self.role == "half_pair"
        return self.total * 2 if alone else self.total + self.group


def parse_core(
    tokens: Tokens, i: int, last: int, words: dict[str, NumWord], digits: NumWord
) -> Core | None:
    """The number that starts at token ``i``, as far as its words go."""
    item = number_word(tokens, i, last, words, digits)
    if item is None or item.role == "fractions":
        return None
    if item.role in ("vague", "few", "scales"):
        return _vague(tokens, i, last, words, item)
    if item.role == "ordinal":
        return _ordinal(tokens, i, last, words, item)
    if item.role == "fraction":
        return _fraction(tokens, i, last, words, item)
    return _sum(tokens, i, last, words, digits, item)


def _sum(
    tokens: Tokens,
    i: int,
    last: int,
    words: dict[str, NumWord],
    digits: NumWord,
    first: NumWord,
) -> Core:
    total, j, lone_one = _Sum(first), i + 1, first.role == "one"
    whole: Core | None = None
    while j < last:
        apart = j + 1 < last and (tokens.word[j] == WAW or _is_quoted_scale(tokens, j, words))
        item = number_word(tokens, j + apart, last, words, digits)
        if item is not None and item.role == "fractions" and total.role == "unit":
            return _core(j + 1, total.value * item.value, "fraction", first, item.role)
        joined = apart and tokens.word[j] == WAW
        if item is None or not total.takes(item, joined or item.joined):
            break
        if total.role in _SCALES:
            whole = _core(j, total.value, "count", first, total.role)
        elif whole is not None and item.role in _SCALES and item.value >= total.scale:
            return whole  # two thousand, and then three thousand: another number
        total.add(item)
        j, lone_one = j + apart + 1, False
        if item.role == "fraction" and j < last and _is_scale(words, tokens.word[j], total.scale):
            j += 1
    kind = "one" if lone_one else "count"
    return _core(j, total.value, kind, first, total.role)


def _is_quoted_scale(tokens: Tokens, j: int, words: dict[str, NumWord]) -> bool:
    """Whether a closing quote and a scale stand at ``j``: a headline's "200" thousand."""
    entry = words.get(tokens.word[j + 1])
    return tokens.word[j] in _CLOSERS and entry is not None and entry.role in ("scale", "scales")


def _is_scale(words: dict[str, NumWord], word: str, scale: float) -> bool:
    entry = words.get(word)
    return entry is not None and entry.role in _SCALES and entry.value == scale


def _core(last: int, value: float, kind: str, first: NumWord, role: str) -> Core:
    return Core(last, value, value, value, kind, role, first.where, first.joined, first.definite)


def _scale_at(
    tokens: Tokens, i: int, last: int, words: dict[str, NumWord], roles: tuple[str, ...]
) -> NumWord | None:
    entry = words.get(tokens.word[i]) if i < last else None
    fits = entry is not None and entry.role in roles and not entry.joined and not entry.glued
    return entry if fits else None


def _vague(tokens: Tokens, i: int, last: int, words: dict[str, NumWord], item: NumWord) -> Core:
    """Tens, hundreds, thousands, a few: bounds, never a value."""
    low, high, j = item.value, item.high, i + 1
    if item.role == "scales":
        low, high = item.value * 2, item.value * 10 - 1
    elif after := _scale_at(tokens, j, last, words, ("scales", "vague")):
        low, high, j = _times(item, after), _top(item, after), j + 1
    where = item.where
    return Core(j, None, low, high, "vague", item.role, where, item.joined, item.definite)


def _times(item: NumWord, after: NumWord) -> float:
    return after.value if after.role == "vague" else item.value * after.value


def _top(item: NumWord, after: NumWord) -> float:
    return after.high if after.role == "vague" else (item.high + 1) * after.value - 1


def _ordinal(tokens: Tokens, i: int, last: int, words: dict[str, NumWord], item: NumWord) -> Core:
    value, j = item.value, i + 1
    after = words.get(tokens.word[j]) if j < last else None
    if after is not None and after.role == "ten" and not after.joined:
        value, j = value + 10, j + 1
    elif after is not None and after.role == "tens" and after.joined:
        value, j = value + after.value, j + 1
    return _core(j, value, "ordinal", item, "ordinal")


def _fraction(tokens: Tokens, i: int, last: int, words: dict[str, NumWord], item: NumWord) -> Core:
    if after := _scale_at(tokens, i + 1, last, words, ("scale",)):
        return _core(i + 2, item.value / 100 * after.value, "count", item, "scale")
    following = words.get(tokens.word[i + 1]) if i + 1 < last else None
    ordinal = following is not None and following.role == "ordinal"
    return _core(i + 1, item.value, "ordinal" if ordinal else "fraction", item, "fraction")
