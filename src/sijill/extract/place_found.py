"""A place that was found in a text, how coarse its kind is, and what a reader would call it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from unicodedata import normalize

import msgspec

from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Candidate
from sijill.text.letters import ARTICLE, LAM
from sijill.text.tokens import Tokens

#: Finer kinds first: the order in which one place can lie in another.
_RANKS = (
    {
        "facility",
        "airport",
        "base",
        "camp",
        "dam",
        "bridge",
        "hospital",
        "mosque",
        "prison",
        "oil_field",
        "crossing",
        "road",
    },
    {"quarter", "village", "side"},
    {"town"},
    {"district", "mountain", "river"},
    {"region", "direction", "countryside", "border"},
    {"governorate"},
    {"country"},
    {"continent", "sea"},
)
_RANK = {kind: n for n, kinds in enumerate(_RANKS) for kind in kinds}
#: Of any other kind: as a town.
_OTHER = 2
_MILE_KM, _METRE_KM = 1.609, 0.001


def rank(kind: str) -> int:
    """How coarse a kind of place is: 0 is finest."""
    return _RANK.get(kind, _OTHER)


class Choice(msgspec.Struct, frozen=True):
    """The place chosen, all that it was chosen from, and whether the text decides."""

    row: PlaceRow
    candidates: tuple[Candidate, ...] = ()
    sure: bool = True


class Named(msgspec.Struct, frozen=True):
    """A place as it was named; ``acts`` tells that its name may stand for a government there.

    ``choice`` is what its row was chosen from, where the name can mean several places.
    """

    kind: str
    row: PlaceRow | None
    name: str
    within: str
    capital: bool = False
    acts: bool = False
    choice: Choice | None = None

    @property
    def sure(self) -> bool:
        """Whether the text decides which place is meant."""
        return self.choice is None or self.choice.sure


class PlaceFound(msgspec.Struct, eq=False):
    """A place at tokens ``[first, last)``; ``row`` is its gazetteer row where it has one.

    ``role`` is ``named``, ``state``, ``capital``, ``unknown``, ``part`` or ``back``; ``name`` is
    what a reader would call it; ``within`` what it lies in; ``away_km`` how far off it is
    said to lie in a direction; ``near`` tells that the event was only
    near it; ``choice`` what the row was chosen from, where the name can mean several places.
    """

    first: int
    last: int
    name: str
    kind: str
    role: str
    where: str
    row: PlaceRow | None = None
    within: str = ""
    near: bool = False
    away_km: float = 0.0
    choice: Choice | None = None


def scored(ident: str, reasons: Mapping[str, float]) -> Candidate:
    """A place that may be meant, by the points for each thing that the text says of it."""
    told = tuple((code, round(points, 2)) for code, points in reasons.items() if points)
    return Candidate(ident, round(sum(points for _, points in told), 2), told)


def name_of(tokens: Tokens, first: int, last: int, before: str) -> str:
    """The words of tokens ``[first, last)`` less the proclitics of the first, in plain letters."""
    head, mark, rest = normalize("NFKC", tokens.raw(first, last)).partition("(")
    alone = mark and " " not in head.strip()  # the base (Al Anad), rather than Mosul (north)
    raw = f"{head.strip()} {rest.strip(' )')}" if alone else head.rstrip()
    cut = len(before)
    if before.endswith(LAM) and raw[cut - 1 : cut + 1] == LAM + LAM:
        return ARTICLE + raw[cut + 1 :]
    return raw[cut:]


def distance_before(tokens: Tokens, first: int, sets: Mapping[str, Collection[str]]) -> float:
    """The kilometres that stand before a direction: "30 kilometres" (south of), else nought."""
    unit, number = (tokens.word[i] if i >= 0 else "" for i in (first - 1, first - 2))
    if unit not in sets["distance_units"] or not number.replace(".", "", 1).isdigit():
        return 0.0
    scale = _MILE_KM if unit in sets["mile_units"] else 1.0
    return float(number) * (_METRE_KM if unit in sets["metre_units"] else scale)
