"""How two testimonies agree: named features, each of which explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sijill.lexicon.geography import distance
from sijill.lexicon.linking import Linking
from sijill.link.profile import COUNTRY, LARGE_FIGURE, TOWN, Profile, Spot

#: An interval of more days than this tells of a course of events, not of a day.
LONG_DAYS = 4
#: Days between two stated days from which on they are of two events: midnight and the day of
#: printing blur one.
APART_DAYS = 2
#: A report on the day of its document may only have got that day for want of one of its own, and
#: tell of something up to so many days before: papers call it news for a week.
STALE_DAYS = 7
#: Kilometres within which places of no common name are near: a town and the villages around it.
NEAR_KM = 20.0
#: A site of a larger radius is a base, an airport, a village: fought over for days.
SPOT_KM = 1.5
#: A town of a larger radius is a city, in which much happens on one day of war.
CITY_KM = 8.5
#: Two figures of which one is this many times the other contradict each other.
FACTOR_APART = 2.0
#: Fewer shared words than this say nothing of how alike two quotes are.
FEW_WORDS = 3
#: How two places can lie to each other, the closest first.
PLACES = (
    "same spot",
    "same site",
    "same town",
    "alike names",
    "same city",
    "names in part",
    "part of town",
    "touch",
    "same region",
    "near",
    "part of region",
    "unclear",
    "same country",
    "part of country",
    "one region",
    "far",
)
_RANK = {name: rank for rank, name in enumerate(PLACES)}
_GAINS = frozenset({"capture", "advance", "control"})
#: Relations of places by which two sieges are of one place: it has one at a time.
_ONE_PLACE = frozenset({"same spot", "same site", "same town", "same city", "alike names"})
#: Relations of places that bring nothing together by themselves, and what then must.
_NOWHERE = frozenset(
    {"none", "in one only", "same country", "part of country", "unclear", "same region"}
)
_TELLING = frozenset({"figure same large", "rare words 3", "words many", "words most"})
#: Places in which so much happens on a day of war that the place alone ties no two reports...
_CITY = frozenset({"same city", "near", "part of region", "one region", "far"})
#: ... and those in which it ties only two of one type that does not go on all day.
_MUCH = frozenset({"same site", "same town", "part of town", "touch"})
#: What then must tie them.
_TYING = _TELLING | {"figure same", "rare words 2"}
_PLANS = frozenset({"planned", "possible"})
#: How figures agree, the best first.
_FIGURES = ("figure same large", "figure same", "figure near", "figure apart")
_RARE = ("", "rare words 1", "rare words 2", "rare words 3")


def days_apart(a: Profile, b: Profile) -> int | None:
    """Days between two intervals: 0 where they overlap, nothing where one has no day."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    return max(0, a.first - b.last, b.first - a.last)


class Ground(NamedTuple):
    """What the types and the places of two testimonies make of them by themselves.

    ``names`` are the features of it. Where one of ``ties`` must tie the two, ``loose`` is the
    feature of a pair that none of them ties: ``spared`` are then two of many dead, and ``words``
    says whether some common words tie as well.
    """

    names: tuple[str, ...]
    loose: str
    ties: frozenset[str]
    spared: bool
    words: bool
    gained: bool


def ground(a: Profile, b: Profile, where: str, linking: Linking) -> Ground:
    """What is the same for all pairs of these types that lie so to each other.

    ``where`` is how their places lie, as ``place_relation`` says.
    """
    names = [_kind(a, b, linking), _place(a, b, where)]
    if _sieges(a, b) and where in _ONE_PLACE:
        names.append("one siege")
    loose, ties, spared = "", _TYING, False
    if where in _NOWHERE:
        loose, ties = "nothing named", _TELLING
    elif where in _CITY:
        loose = "place alone"
    elif where in _MUCH and (a.type != b.type or a.type in linking.courses):
        loose, spared = "place alone", True
    both = a.type in _GAINS and b.type in _GAINS
    return Ground(tuple(names), loose, ties, spared, where != "in one only", both)


def features(a: Profile, b: Profile, ground: Ground, who: Iterable[str]) -> list[str]:
    """The features of a pair.

    ``ground`` is what the function of that name says of them, and ``who`` what ``sides`` says.
    """
    found = [*ground.names, _day(a, b)]
    if a.said is not None and b.said is not None and a.document != b.document:
        found.append(_said(abs(a.said - b.said)))
    found += who
    shared = _words(a, b)
    if a.figures and b.figures and (figure := _figures(a, b)):
        shared.insert(0, figure)
    found += shared
    if ground.loose and not (ground.spared and a.heavy and b.heavy):
        some = ground.words and _some_words(shared, a, b)
        if not some and ground.ties.isdisjoint(shared):
            found.append(ground.loose)
    _add_rest(found, a, b)
    return found


def _some_words(shared: list[str], a: Profile, b: Profile) -> bool:
    """Whether some common words, a rare one among them, tie what is told of a day and the next."""
    if "words some" not in shared or "rare words 1" not in shared:
        return False
    apart = days_apart(a, b)
    return apart is not None and apart < APART_DAYS


def _kind(a: Profile, b: Profile, linking: Linking) -> str:
    if a.type == b.type:
        return "course same" if a.type in linking.courses else "type same"
    return "type near" if a.kin & b.kin else "type other"


def _place(a: Profile, b: Profile, where: str) -> str:
    """Who takes a quarter does not take the town: there a part is another place."""
    part = where == "part of town" and "ground" in a.kin and "ground" in b.kin
    return "place part held" if part else f"place {where}"


def _day(a: Profile, b: Profile) -> str:
    first, last, first2, last2 = a.first, a.last, b.first, b.last
    if first is None or first2 is None or last is None or last2 is None:
        undated = (first is None and a.said is None) or (first2 is None and b.said is None)
        return "document undated" if undated else "day unknown"
    if first > last2 or first2 > last:
        return _apart(a, b, max(first - last2, first2 - last))
    if a.unsure and b.unsure:
        return "day printed"
    length, length2 = last - first + 1, last2 - first2 + 1
    if first == first2 and last == last2:
        return "day same" if length <= LONG_DAYS else "period same"
    brief = max(length, length2) <= LONG_DAYS
    return "day overlaps" if brief or _sieges(a, b) else "day in period"


def _sieges(a: Profile, b: Profile) -> bool:
    """Whether both tell of a siege: a day of it and all its years are one thing."""
    return a.type == b.type == "siege"


def _apart(a: Profile, b: Profile, days: int) -> str:
    """Two days that differ: a later one that may only be the document's tells less."""
    later = a if (a.first or 0) > (b.first or 0) else b
    if later.unsure and days <= STALE_DAYS:
        how = "printed" if a.unsure and b.unsure else "told"
        return f"{how} next day" if days == 1 else f"{how} later"
    return "day next" if days < APART_DAYS and not later.unsure else "day apart"


def _said(apart: int) -> str:
    return "said same day" if not apart else "said next day" if apart == 1 else "said later"


def sides(a: Profile, b: Profile, gained: bool, linking: Linking) -> Iterator[str]:
    """How actors and targets agree; nothing of a role that either leaves empty.

    ``gained`` is whether both are about ground gained: enemies hold none together.
    """
    doers = _side(a.actors, b.actors, linking)
    sufferers = _side(a.targets, b.targets, linking)
    if doers == sufferers == "other":
        crossed = {_side(a.actors, b.targets, linking), _side(a.targets, b.actors, linking)}
        if crossed <= {"same", "akin"}:
            yield "sides crossed"
            return
    if gained and doers == "other" and _opposed(a, b, linking):
        yield "holders opposed"
    elif doers:
        yield f"actor {doers}"
    if sufferers:
        yield f"target {sufferers}"


def _opposed(a: Profile, b: Profile, linking: Linking) -> bool:
    return any(linking.between(x, y) == "enemy" for x in a.actors for y in b.actors)


def _side(a: frozenset[str], b: frozenset[str], linking: Linking) -> str:
    if not a or not b:
        return ""
    if a & b:
        return "same"
    found = {linking.between(x, y) for x in a for y in b}
    return next((stand for stand in ("akin", "ally") if stand in found), "other")


def _figures(a: Profile, b: Profile) -> str:
    """How the figures agree that do so best; nothing where none are of one kind."""
    found = {_figure(x[1:], y[1:]) for x in a.figures for y in b.figures if x[0] == y[0]}
    return next((kind for kind in _FIGURES if kind in found), "")


def _figure(a: tuple[float, float], b: tuple[float, float]) -> str:
    if a == b and not float("-inf") < a[0] < a[1] < float("inf"):  # "tens" is no number
        stated = a[0] if a[0] > float("-inf") else a[1]
        return "figure same large" if stated >= LARGE_FIGURE else "figure same"
    (low, high), (low2, high2) = a, b
    if low <= high2 and low2 <= high:
        return "figure near"
    below, above = (high, low2) if high < low2 else (high2, low)
    return "figure near" if below > 0 and above / below < FACTOR_APART else "figure apart"


def _words(a: Profile, b: Profile) -> list[str]:
    found = []
    if rare := len(a.rare & b.rare):
        found.append(_RARE[min(rare, 3)])
    if (both := len(a.stems & b.stems)) >= FEW_WORDS:
        alike = both / min(len(a.stems), len(b.stems))
        if alike >= 0.4:
            found.append(
                "words most" if alike >= 0.8 else "words many" if alike >= 0.6 else "words some"
            )
    return found


def _add_rest(found: list[str], a: Profile, b: Profile) -> None:
    if a.status != b.status or a.status in _PLANS:
        if (a.status in _PLANS) != (b.status in _PLANS):
            found.append("plan and deed")
        elif a.status in _PLANS:
            found.append("plan both")
        if (a.status == "denied") != (b.status == "denied"):
            found.append("denied by one")
    if a.document == b.document:
        found.append("document same" if a.type != b.type else "document and type same")
        return
    if a.speaker and a.speaker == b.speaker:
        found.append("speaker same")
    if a.family and a.family == b.family:
        found.append("family same")


def place_relation(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> str:
    """How the closest places of two testimonies lie to each other, or which has none."""
    if not a or not b:
        return "none" if not a and not b else "in one only"
    return min((relation(x, y) for x in a for y in b), key=_RANK.__getitem__)


def relation(a: Spot, b: Spot) -> str:
    """How two places lie to each other, as one of ``PLACES``.

    A town and the district of its name are one place: texts name both by the one word.
    """
    if not a.id or not b.id:
        return _by_name(a, b)
    if a.id == b.id:
        return _same(a)
    if a.id in b.line or b.id in a.line:
        coarse, fine = (a, b) if a.id in b.line else (b, a)
        if coarse.grade <= TOWN:
            return "part of town"
        return _same(fine) if fine.grade == TOWN and a.names & b.names else "part of region"
    if COUNTRY in (a.grade, b.grade):
        coarse, other = (a, b) if a.grade == COUNTRY else (b, a)
        return "part of country" if other.country == coarse.id else "far"
    return _by_distance(a, b)


def _same(one: Spot) -> str:
    if one.grade == COUNTRY:
        return "same country"
    if one.grade > TOWN:
        return "same region" if one.radius > CITY_KM else "same site"
    if one.grade == TOWN:
        return "same city" if one.radius > CITY_KM else "same town"
    return "same site" if one.radius > SPOT_KM else "same spot"


def _by_name(a: Spot, b: Spot) -> str:
    """Two places of which the gazetteer lacks one: only their names tell."""
    if a.names & b.names:
        return "alike names"
    if (a.within and a.within in b.names) or (b.within and b.within in a.names):
        return "part of town"
    return "names in part" if a.stems & b.stems else "unclear"


def _by_distance(a: Spot, b: Spot) -> str:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return "unclear"
    away = distance(a.lat, a.lon, b.lat, b.lon)
    if a.grade <= TOWN and b.grade <= TOWN:
        if away <= max(a.radius, b.radius):
            return "touch"
        if away <= NEAR_KM:
            return "near"
    elif away <= max(a.radius, b.radius):
        return "part of region"
    return "one region" if set(a.line) & set(b.line) else "far"
