"""A place as a public dump tells of it, and what of its names can be used here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec

from sijill.text.fold import fold
from sijill.text.letters import ALLOWED, DIGITS

#: A settlement is a town from so many people on, where its dump does not call it a seat.
TOWN_PEOPLE = 5000

_LETTERS = frozenset(char for char in ALLOWED if char.isalpha())
_PERMITTED = _LETTERS | frozenset(" 0123456789")
_DIGITS = str.maketrans(DIGITS)


class DumpPlace(msgspec.Struct, frozen=True):
    """A place of a dump.

    ``kind`` is ours, or nothing where we have none for ``their_kind``; ``country`` an ISO code in
    lower case; ``latin`` are the spellings in plain Latin letters under which a division may be
    known here. ``key`` is what other places of the dump call this one when they lie in it, and
    ``within`` the keys of what it lies in, the finest first. ``gone``: its source gave it up.
    """

    ident: int
    kind: str
    their_kind: str
    lat: float
    lon: float
    country: str
    name_en: str
    names: tuple[str, ...]
    population: int = 0
    latin: tuple[str, ...] = ()
    key: str = ""
    within: tuple[str, ...] = ()
    gone: bool = False


def arabic_names(candidates: Iterable[str]) -> tuple[str, ...]:
    """The names that are written wholly in Arabic letters, spaces and digits, each spelling once.

    Others are not mended: a letter of Persian or Urdu in a name tells that it is not the Arabic
    one, and a sign in it that it is a description rather than a name.
    """
    found: dict[str, str] = {}
    for candidate in candidates:
        name = " ".join(candidate.translate(_DIGITS).split())
        if _PERMITTED.issuperset(name) and sum(char in _LETTERS for char in name) > 1:
            found.setdefault(fold(name), name)
    return tuple(found.values())


def plain_latin(name: str) -> str:
    """A name in plain Latin letters: signs above and below letters go, other scripts too."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    text = " ".join(bare.strip(" '`-").split())
    return text if any(map(str.isalpha, text)) else ""


def settlement(population: int) -> str:
    """``town`` or ``village``, by how many people live there; villages where nobody counted."""
    return "town" if population >= TOWN_PEOPLE else "village"


def on_earth(lat: float, lon: float) -> bool:
    """Whether the point exists."""
    return -90 <= lat <= 90 and -180 <= lon <= 180
