"""Which testimonies are compared at all: those that share a key.

A key joins a kin of types with a day and a place, or with something that stands in for one:

``d`` kin, day, place: each place up to the governorate; a testimony stands in the windows of two
    days that hold its first and its last day, so that a day and the next meet.
``w`` kin, week, a town or site, rare word: for what is told again days later.
``f`` kin, a place, an exact large figure.
``t`` kin, day, two sides that talk: politics seldom has a place that matters.
``-`` kin, day, rare word: counts only where one of the two has no place.
``?`` kin, a site or a word of its name, or a town and a rare word or a side: counts only where one
    has no day.

What has neither place nor day meets only by an exact large figure (``n``). No key is left out
because many have it, so that the order of reading changes nothing; what bounds the wide keys is
their making: at most ``MOST_WORDS`` words of a quote, no region or country, and only pairs of which
one lacks what the key stands in for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from sijill.lexicon.linking import load_linking
from sijill.lexicon.place_rows import PlaceRow
from sijill.link.profile import FINE, LARGE_FIGURE, TOWN, Profile, Spot, profile
from sijill.link.profile import spot as spot_of
from sijill.testimony import Testimony

#: Rare words of a quote that become keys: the longest ones, which are mostly names.
MOST_WORDS = 4
_ENDLESS = float("inf")
#: Bounds that stand for a word ("tens", "hundreds", "thousands") and say little.
_VAGUE = {(20.0, 99.0), (200.0, 999.0), (2000.0, 9999.0)}
#: First letters of keys that stand in for a place or a day.
LONE = "?-n"
#: Kin of types whose events are known by who takes part.
_TALK = frozenset({"talk", "word"})


def keys(testimony: Testimony, places: Mapping[str, PlaceRow]) -> frozenset[str]:
    """The keys of a testimony; two that tell of one event share at least one.

    ``places`` are the gazetteer's rows by id. Those that begin with ``?``, ``-`` or ``n``
    count only for a pair of which one is ``lone``.
    """
    linking = load_linking()
    seen = partial(spot_of, places=places, common=linking.common)
    return keys_of(profile(testimony, seen, linking))


def keys_of(one: Profile) -> frozenset[str]:
    """The keys of a testimony that was worked out before."""
    days = _windows(one)
    words = sorted(one.rare, key=lambda word: (-len(word), word))[:MOST_WORDS]
    found: set[str] = set()
    for kin in one.kin:
        found.update(f"d {kin} {day} {node}" for day in days for node in _nodes(one))
        found.update(f"- {kin} {day} {word}" for day in days for word in words)
        found.update(
            f"w {kin} {week} {tail}" for week in _weeks(one) for tail in _again(one, words)
        )
        found.update(f"f {kin} {node} {tail}" for node in _own(one) for tail in _large(one))
        found.update(f"? {kin} {tail}" for tail in _timeless(one, words))
        if kin in _TALK:
            found.update(f"t {kin} {day} {pair}" for day in days for pair in _talkers(one))
    found.update(f"n {tail}" for tail in _large(one))
    return frozenset(found)


def lone(key: str, one: Profile) -> bool:
    """Whether ``one`` lacks what a key stands in for; one of two that meet by such a key must."""
    return one.first is None if key[0] == "?" else not one.spots


def _windows(one: Profile) -> set[int]:
    """The windows of two days that a testimony's first and last day stand in."""
    if one.first is None or one.last is None:
        return set()
    return {one.first - 1, one.first, one.last - 1, one.last}


def _weeks(one: Profile) -> set[int]:
    """The windows of two weeks that a testimony's last day stands in."""
    return set() if one.last is None else {one.last // 7, one.last // 7 + 1}


def _again(one: Profile, words: list[str]) -> Iterator[str]:
    return (f"{node} {word}" for node in _own(one) for word in words)


def _large(one: Profile) -> Iterator[str]:
    """Figures that are seldom equal by chance."""
    return (
        f"{kind} {low:g} {high:g}"
        for kind, low, high in one.figures
        if max(low, high if high < _ENDLESS else 0) >= LARGE_FIGURE and (low, high) not in _VAGUE
    )


def _own(one: Profile) -> set[str]:
    """The places of a testimony itself, as far as they are no region."""
    return {spot.id or name for spot in one.spots if spot.grade <= TOWN for name in spot.names}


def _nodes(one: Profile) -> set[str]:
    return {node for spot in one.spots for node in _names(spot)}


def _names(spot: Spot) -> Iterator[str]:
    if not spot.id:
        yield from spot.names
        if spot.within:
            yield spot.within
        return
    yield spot.id
    yield from spot.line
    if spot.grade == FINE:
        yield from spot.names


def _timeless(one: Profile, words: list[str]) -> Iterator[str]:
    for spot in one.spots:
        if spot.grade == FINE:
            yield from spot.names | spot.stems
        elif spot.grade == TOWN:
            yield from (f"{spot.id} {tail}" for tail in (*words, *one.actors, *one.targets))


def _talkers(one: Profile) -> Iterator[str]:
    who = sorted(one.actors | one.targets)
    for number, first in enumerate(who):
        yield from (f"{first} {second}" for second in who[number + 1 :])


class Blocks:
    """Profiles of testimonies by key: what was added before is met by what comes later."""

    def __init__(self) -> None:
        self._all: dict[str, list[str]] = defaultdict(list)
        self._lone: dict[str, list[str]] = defaultdict(list)

    def add(self, one: Profile, its_keys: Iterable[str]) -> None:
        """Keep ``one`` under its keys."""
        for key in its_keys:
            self._all[key].append(one.id)
            if key[0] in LONE and lone(key, one):
                self._lone[key].append(one.id)

    def met_by(self, one: Profile, its_keys: Iterable[str]) -> set[str]:
        """The ids of those added so far that share a key with ``one`` that counts for both."""
        found: set[str] = set()
        for key in its_keys:
            some = self._all if key[0] not in LONE or lone(key, one) else self._lone
            found.update(some.get(key, ()))
        found.discard(one.id)
        return found
