"""A testimony as linking sees it: days as numbers, places as spots, words as stems."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from sijill.lexicon.geography import lineage
from sijill.lexicon.linking import Linking
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Place
from sijill.testimony import Testimony
from sijill.text.fold import fold
from sijill.text.letters import ALEF, ARTICLE, KAF, LAM, WAW
from sijill.text.memo import Memo

#: How coarse a place is: a site or part of a town, a town, something with towns in it, a country.
FINE, TOWN, WIDE, COUNTRY = range(4)
_GRADES = {
    "town": TOWN,
    "camp": TOWN,
    "district": WIDE,
    "governorate": WIDE,
    "region": WIDE,
    "mountain": WIDE,
    "river": WIDE,
    "road": WIDE,
    "border": WIDE,
    "sea": COUNTRY,
    "country": COUNTRY,
    "continent": COUNTRY,
}
#: Roads, hills and regions of no larger radius are streets and quarters.
_STREET_KM = 2.0
#: Figures from here on are seldom equal by chance.
LARGE_FIGURE = 12
_WORD = re.compile(r"[^\W\d_]+")
#: Letters written before a word: and, so, with, like; and "for" where the article follows.
_BEFORE = (WAW, "\u0641", "\u0628", KAF)
#: The shortest stem that can be a name: shorter ones are particles and pronouns.
_SHORTEST = 3


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A place with what it lies in; ``names`` are folded, ``grade`` is how coarse it is.

    ``stems`` are the words of the names that single a place out.
    """

    key: str
    id: str
    names: frozenset[str]
    stems: frozenset[str]
    within: str
    grade: int
    lat: float | None
    lon: float | None
    radius: float
    line: tuple[str, ...]
    country: str


class Profile(msgspec.Struct, frozen=True, gc=False):
    """What is compared of a testimony; days are ordinals, nothing where no day is known.

    ``unsure``: its day is the document's, which it may only have got for want of another.
    ``heavy``: it counts so many dead as few attacks leave; "tens" is no count.
    """

    id: str
    document: str
    type: str
    kin: frozenset[str]
    status: str
    outlet: str
    family: str
    speaker: str
    first: int | None
    last: int | None
    said: int | None
    unsure: bool
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    targets: frozenset[str]
    figures: tuple[tuple[str, float, float], ...]
    heavy: bool
    stems: frozenset[str]
    rare: frozenset[str]


def profile(one: Testimony, seen: Callable[[Place], Spot], linking: Linking) -> Profile:
    """What linking needs of ``one``; ``seen`` gives its places as linking sees them."""
    first, last = one.time or (None, None)
    spots = tuple(map(seen, one.place))
    stems = stems_of(one.quote)
    figures = _figures(one)
    return Profile(
        id=one.id,
        document=one.document,
        type=one.type,
        kin=linking.kin.get(one.type, frozenset((one.type,))),
        status=one.status,
        outlet=one.outlet,
        family=one.family,
        speaker=(one.speaker and one.speaker.id) or "",
        first=_ordinal(first),
        last=_ordinal(last),
        said=_ordinal(one.said_on),
        unsure=unsure(one),
        spots=spots,
        actors=_SIDES[one.actor],
        targets=_SIDES[one.target],
        figures=figures,
        heavy=any(map(_many_dead, figures)),
        stems=stems,
        rare=stems.difference(linking.common, *(one.stems for one in spots)),
    )


def unsure(one: Testimony) -> bool:
    """Whether the day of ``one`` may only be its document's: then it may tell of days before."""
    return one.time is not None and one.time == (one.said_on, one.said_on)


def spot(place: Place, places: Mapping[str, PlaceRow], common: frozenset[str]) -> Spot:
    """A place of a testimony, with what the gazetteer knows of it."""
    row = places.get(place.id or "")
    name, within = fold(place.name), fold(place.within or "")
    if row is None:
        key, names = f"{name} < {within}", frozenset((name,))
        stems = stems_of(name) - common
        return Spot(key, "", names, stems, within, FINE, None, None, 0.0, (), "")
    names = frozenset(fold(n.text) for n in row.names) | {name}
    radius = max(place.radius_km or 0.0, row.extent_km)
    return Spot(
        key=f"{row.id} {radius:g} {name}",
        id=row.id,
        names=names,
        stems=frozenset(stem for one in names for stem in stems_of(one)) - common,
        within=within,
        grade=_grade(row),
        lat=row.lat,
        lon=row.lon,
        radius=row.extent_km,
        line=tuple(r.id for r in lineage(row, places) if _grade(r) < COUNTRY),
        country=row.country,
    )


def stems_of(text: str) -> frozenset[str]:
    """The words of a text, folded, without what is written before them."""
    stems = map(_STEMS.__getitem__, _WORD.findall(fold(text)))
    return frozenset(stem for stem in stems if len(stem) >= _SHORTEST)


def _stem(word: str) -> str:
    """A word without conjunction, preposition and article, as far as what is left is a word."""
    if len(word) > _SHORTEST + 1 and word[0] in _BEFORE and word[1:3] == ARTICLE:
        word = word[1:]
    elif word[:2] == LAM + LAM and len(word) > _SHORTEST + 1:
        return word[2:]
    elif word[0] == WAW and len(word) > _SHORTEST + 1:
        word = word[1:]
    if word.startswith(ALEF + LAM) and len(word) > _SHORTEST + 1:
        return word[2:]
    return word


_STEMS: Memo[str, str] = Memo(_stem)
#: Sets of the same few actors, each made once: what is one object is quickly seen to be equal.
_SIDES: Memo[tuple[str, ...], frozenset[str]] = Memo(frozenset)


def _grade(row: PlaceRow) -> int:
    grade = _GRADES.get(row.kind, FINE)
    return FINE if grade == WIDE and row.extent_km <= _STREET_KM else grade


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _figures(one: Testimony) -> tuple[tuple[str, float, float], ...]:
    """Figures as kind, low and high; a missing bound is open."""
    return tuple(
        (
            figure.kind,
            float("-inf") if figure.low is None else float(figure.low),
            float("inf") if figure.high is None else float(figure.high),
        )
        for figure in one.figures
        if figure.low is not None or figure.high is not None
    )


def _many_dead(figure: tuple[str, float, float]) -> bool:
    kind, low, high = figure
    return kind == "killed" and low >= LARGE_FIGURE and not low < high < float("inf")
