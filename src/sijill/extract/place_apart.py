"""A place that the text puts into another, far from its row: a namesake that no table has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sijill.extract.mention import Mention
from sijill.extract.place_found import PlaceFound, name_of, rank
from sijill.lexicon.geography import kilometres, lineage
from sijill.lexicon.place_rows import PlaceRow
from sijill.text.letters import WAW
from sijill.text.tokens import Tokens

_BEH: Final = "\u0628"
_IN: Final = "\u0641\u064a"
#: So far beyond the radius of a town may lie what people tell to be in it.
_BEYOND_KM: Final = 30.0


def disown(a: Mention, b: Mention, tokens: Tokens, places: Mapping[str, PlaceRow]) -> None:
    """Take the row from place ``a``, which the text says to be in ``b``, if it lies elsewhere."""
    inner, outer = a.place, b.place
    before = tokens.word[b.first - 1].removeprefix(WAW) if b.first else ""
    if inner is None or outer is None or not (b.before[-1:] == _BEH or before == _IN):
        return
    spelt = name_of(tokens, b.first, b.last, b.before).endswith(outer.name)  # no "the province"
    if spelt and _is_sure(inner) and _is_sure(outer) and _is_apart(inner.row, outer.row, places):
        inner.row, inner.choice, inner.role = None, None, "unknown"
        inner.within, a.role = outer.name, "unknown"


def _is_sure(found: PlaceFound) -> bool:
    """Whether the place was named, and the text decides which one is meant."""
    return found.role in ("named", "part") and (found.choice is None or found.choice.sure)


def _is_apart(a: PlaceRow | None, b: PlaceRow | None, places: Mapping[str, PlaceRow]) -> bool:
    """Whether a place as fine as a town lies in another governorate than ``b``, and far off."""
    if a is None or b is None or rank(a.kind) > rank("town"):
        return False
    ours, theirs = _governorate(a, places), _governorate(b, places)
    if ours is None or theirs is None or ours is theirs:
        return False
    away = kilometres(a, b)
    return away is not None and away > a.extent_km + b.extent_km + _BEYOND_KM


def _governorate(row: PlaceRow, places: Mapping[str, PlaceRow]) -> PlaceRow | None:
    wholes = (row, *lineage(row, places))
    return next((one for one in wholes if one.kind == "governorate"), None)
