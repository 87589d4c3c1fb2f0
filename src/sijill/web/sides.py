"""How a side is drawn: a colour, a pattern and some letters, the same on every page."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from sijill.lexicon.knowledge import load_knowledge

#: Tokens ``--side-1`` to ``--side-7`` of the style, and the patterns of ``held_patterns.html``.
COLOURS, PATTERNS = 7, 6
#: Words of so few letters ("of", "in") do not count.
_SMALL = 2
_KINDS = ("armed_group", "military", "government", "state", "alliance", "police")
_ASIDE = re.compile(r"\([^)]*\)")
_ARTICLE = "\u0627\u0644"
#: Keeps two Arabic letters from joining into a word.
_APART = "\u200c"


class Look(msgspec.Struct, frozen=True):
    """A side's number of colour (from 1 on) and of pattern (from 0 on)."""

    colour: int
    pattern: int


def look(actor: str) -> Look:
    """How a side is drawn; it hangs on the side's place in the table of actors alone.

    More than 42 sides share looks: the letters and the legend tell them apart.
    """
    at = _order().get(actor, 0)
    return Look(at % COLOURS + 1, at // COLOURS % PATTERNS)


def letters(label: str) -> str:
    """Letters for a side: the first ones of its first three words, or two of its only one."""
    words = [_bare(word) for word in _ASIDE.sub("", label).split() if len(word) > _SMALL]
    if not words:
        return "?"
    taken = [word[0].upper() for word in words[:3]] if len(words) > 1 else list(words[0][:2])
    return ("" if words[0].isascii() else _APART).join(taken)


def _bare(word: str) -> str:
    """An Arabic word without its article."""
    return word.removeprefix(_ARTICLE) or word


@lru_cache
def _order() -> dict[str, int]:
    actors = load_knowledge().lexicon.actors.values()
    sides = [one.id for one in actors if one.kind in _KINDS]
    core = [one.id for one in actors if one.core and one.kind in _KINDS]
    return {ident: at for at, ident in enumerate(dict.fromkeys([*core, *sides]))}
