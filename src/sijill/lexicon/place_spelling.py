"""Keys under which different spellings of one place name meet: looser than folding."""

from __future__ import annotations

import re

from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, BARE_HAMZA

_NO_LETTERS = re.compile(rf"(?:^|\s){ARTICLE}|{BARE_HAMZA}|[^\u0621-\u064a0-9\s]")
_LATIN = re.compile(r"\b(?:al|an|ar|as|ash|at|ad|az|el)\b|[^a-z0-9]")


def loose_key(name: str) -> str:
    """An Arabic name without articles, hamzas, spaces and whatever is no letter."""
    return "".join(_NO_LETTERS.sub(" ", fold(name)).split())


def latin_key(name: str) -> str:
    """A name in Latin letters without the article and whatever is no plain letter."""
    return _LATIN.sub("", fold(name))
