"""Names of places to choose from while somebody types one."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.geography import lineage
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.record.places import AskedPlaces
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE

_MOST = 10
#: Kinds that people ask for first.
_FIRST = ("country", "governorate", "town", "district")

_Rank = tuple[int, int, float, str]


class Suggestion(msgspec.Struct, frozen=True):
    """A place: the ``value`` to ask for it with, and a ``label`` that says where it lies."""

    value: str
    label: str


def suggest(typed: str, places: AskedPlaces, arabic: bool) -> list[Suggestion]:
    """Places with a name that begins as ``typed`` does, whatever its spelling; the likeliest first.

    A name that several places have is given with what the place lies in.
    """
    wanted = fold(typed).strip()
    if len(wanted) < 2:
        return []
    rows = load_knowledge().lexicon.places
    found: dict[str, _Rank] = {}
    for name, ident in _names():
        if name.startswith(wanted) or f" {wanted}" in name:
            rank = _rank(name, wanted, rows[ident])
            found[ident] = min(found.get(ident, rank), rank)
    best = [rows[ident] for ident in sorted(found, key=lambda ident: found[ident])[:_MOST]]
    return [Suggestion(_value(row, places, arabic), _label(row, arabic)) for row in best]


def _rank(name: str, wanted: str, row: PlaceRow) -> _Rank:
    """How far down a place stands: a whole name first, then kinds, then the wider place."""
    fit = 0 if name == wanted else 1 if name.startswith(wanted) else 2
    kind = _FIRST.index(row.kind) if row.kind in _FIRST else len(_FIRST)
    return fit, kind, -row.extent_km, row.id


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, str], ...]:
    rows = load_knowledge().lexicon.places.values()
    pairs = {(fold(text), row.id) for row in rows for text in (row.name, row.name_en)}
    pairs |= {(fold(name.text), row.id) for row in rows for name in row.names}
    pairs |= {(_bare(name), ident) for name, ident in pairs}
    return tuple(sorted(pair for pair in pairs if pair[0]))


def _bare(name: str) -> str:
    """A name as many type it: without its articles."""
    return " ".join(word.removeprefix(ARTICLE) for word in name.split())


def _value(row: PlaceRow, places: AskedPlaces, arabic: bool) -> str:
    """The shortest way to ask for a place that means no other one."""
    above = lineage(row, load_knowledge().lexicon.places)
    within = [f"{row.name}\u060c {one.name}" for one in above]
    for value in [row.name, *within] if arabic else [row.name_en]:
        try:
            if places.one(value).id == row.id:
                return value
        except UsageError:
            continue
    return row.id


def _label(row: PlaceRow, arabic: bool) -> str:
    rows = [row, *lineage(row, load_knowledge().lexicon.places)]
    return ("\u060c " if arabic else ", ").join(one.name if arabic else one.name_en for one in rows)
