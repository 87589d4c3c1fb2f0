"""From sounds to letters: how a vocalised pattern is spelt without its short vowels.

A pattern is ASCII: ``a i u`` short vowels, ``A I U`` long ones, ``t n s m y w`` and ``'`` (hamza)
consonants, digits the radicals of a root, ``8`` the first radical fused with the infix ``t``,
``E`` a joining alef, ``T`` teh marbuta, ``Y`` alef maksura.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sijill.text.letters import (
    ALEF,
    ALEF_MAKSURA,
    BARE_HAMZA,
    TEH,
    TEH_MARBUTA,
    VARIANTS,
    WAW,
    YEH,
)

ON_ALEF, ON_WAW, ON_YEH, MADDA = "\u0623", "\u0624", "\u0626", "\u0622"
_NOON, _SEEN, _MEEM = "\u0646", "\u0633", "\u0645"

_CONSONANTS = str.maketrans(
    {"t": TEH, "n": _NOON, "s": _SEEN, "m": _MEEM, "y": YEH, "w": WAW, "'": BARE_HAMZA}
)
_LETTERS = str.maketrans(
    {"A": ALEF, "I": YEH, "U": WAW, "E": ALEF, "T": TEH_MARBUTA, "Y": ALEF_MAKSURA}
    | dict.fromkeys("aiu")
)
_FOLDED = str.maketrans(VARIANTS)
_GEMINATE = re.compile(r"([\u0621-\u064a])\1")
_GLIDES = (
    (re.compile(f"i{WAW}(?![aiuAIU{WAW}])"), "I"),
    (re.compile(f"u{YEH}(?![aiuAIU{YEH}])"), "U"),
)
_TWO_HAMZAS = re.compile(f"{BARE_HAMZA}([aiu]){BARE_HAMZA}(?![aiuAIU])")
_VOWELS = frozenset("aiuAIUY")

#: Before a long u the press spells the hamza in several ways, by the sound in front of it.
_SEATS_BEFORE_U = {
    "a": (ON_WAW, ON_ALEF, BARE_HAMZA),
    "A": (ON_WAW, BARE_HAMZA),
    "i": (ON_YEH, ON_WAW),
    "": (ON_WAW, ON_YEH),
}


def sounds(pattern: str) -> str:
    """``pattern`` with its ASCII consonants as Arabic letters; vowels and digits stay."""
    return pattern.translate(_CONSONANTS)


def fill(pattern: str, root: Sequence[str], clusters: Mapping[str, str]) -> str:
    """The sounds of ``pattern`` for ``root``: radicals put in, ``iw`` and ``uy`` made long."""
    first = root[0]
    filling = {ord(str(n)): radical for n, radical in enumerate(root, 1)}
    filling[ord("8")] = clusters.get(first, first + TEH)
    filled = sounds(pattern).translate(filling)
    for glide, long in _GLIDES:
        filled = glide.sub(long, filled)
    return _GEMINATE.sub(r"\1", filled)


def write(phonemes: str) -> tuple[str, ...]:
    """The usual spellings of ``phonemes``, hamza on its seat; more than one where usage differs.

    >>> len(write("\u0642A\u0644at")[0])
    4
    """
    if BARE_HAMZA not in phonemes:
        return (phonemes.translate(_LETTERS),)
    # Two hamzas in one syllable become one with a long vowel.
    phonemes = _TWO_HAMZAS.sub(lambda m: BARE_HAMZA + m[1].upper(), phonemes)
    return tuple(text.translate(_LETTERS) for text in _seated(phonemes))


def fold_letters(spelling: str) -> str:
    """``spelling``, of plain letters only, folded."""
    return spelling.translate(_FOLDED)


def _seated(phonemes: str) -> list[str]:
    """``phonemes`` with every hamza on its seat, in all usual ways."""
    texts = [""]
    skip = False
    for i, sound in enumerate(phonemes):
        if skip:
            skip = False
            continue
        if sound != BARE_HAMZA:
            texts = [text + sound for text in texts]
            continue
        seats = _seats(phonemes[i - 1] if i else "^", phonemes[i + 1 : i + 2])
        skip = seats == (MADDA,)
        texts = [text + seat for text in texts for seat in seats]
    return texts


def _seats(before: str, after: str) -> tuple[str, ...]:
    """The seats of a hamza between two sounds; ``^`` in front is the start of the word."""
    if before not in _VOWELS and before not in ("^", "E"):
        before = "I" if before == YEH else ""
    if before == "E":
        before = "i"
    if after == "U" and before in _SEATS_BEFORE_U:
        return _SEATS_BEFORE_U[before]
    seat = _final_seat(before) if not after else _inner_seat(before, after)
    return (MADDA,) if seat == ON_ALEF and after == "A" else (seat,)


def _final_seat(before: str) -> str:
    return {"a": ON_ALEF, "i": ON_YEH, "u": ON_WAW}.get(before, BARE_HAMZA)


def _inner_seat(before: str, after: str) -> str:
    """The strongest of the sounds around the hamza decides: i, then u, then a."""
    if before == "^":
        return ON_ALEF
    if before in ("i", "I") or after in ("i", "I"):
        return ON_YEH
    if before == "u" or (after in ("u", "U") and before != "U"):
        return ON_WAW
    return BARE_HAMZA if before in ("A", "U") else ON_ALEF
