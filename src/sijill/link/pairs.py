"""Whether two testimonies tell of one event: a score, and every feature that made it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from sijill.lexicon.linking import Linking, load_linking
from sijill.lexicon.place_rows import PlaceRow
from sijill.link.blocking import Blocks, keys_of
from sijill.link.features import Ground, features, ground, place_relation, relation, sides
from sijill.link.profile import Profile, Spot, profile, spot
from sijill.model import Place
from sijill.testimony import Pair, Testimony

#: Pairs below this score (log-odds) are not kept: one in twenty of them at most is one event.
KEEP = -3.0
#: Testimonies that were asked for lately, and as many of before them: about 45 MB of each.
_MOST_PROFILES = 20_000
#: What else is remembered, about 60 MB of each at most; a full memory starts afresh.
_MOST_SPOTS = 20_000
_MOST_RELATIONS = 200_000
_MOST_SUMS = 100_000

#: Actors on one side of a testimony.
Side: TypeAlias = frozenset[str]
#: A score, and the features with their points that made it.
Sum: TypeAlias = tuple[float, tuple[tuple[str, float], ...]]


class Comparer:
    """Compares testimonies, remembering what it worked out of each and of places.

    ``places`` are the gazetteer's rows by id; ``linking`` the tables of linking, the packaged ones
    where none are given.
    """

    def __init__(self, places: Mapping[str, PlaceRow], linking: Linking | None = None) -> None:
        self._places = places
        self.linking = linking or load_linking()
        self._profiles: dict[str, Profile] = {}
        self._before: dict[str, Profile] = {}
        self._spots: dict[tuple[str | None, str, str | None, float | None], Spot] = {}
        self._where: dict[tuple[str, str], str] = {}
        self._who: dict[tuple[Side, Side, Side, Side, bool], tuple[str, ...]] = {}
        self._grounds: dict[tuple[str, str, str], Ground] = {}
        self._sums: dict[tuple[str, ...], Sum] = {}

    def profile(self, one: Testimony) -> Profile:
        """What is compared of ``one``, worked out once."""
        return self._known(one.id) or self._remember(profile(one, self._spot, self.linking))

    def _known(self, id: str) -> Profile | None:
        """What it knows of a testimony, which then counts as asked for lately."""
        known = self._profiles.get(id)
        if known is None and (known := self._before.pop(id, None)):
            self._remember(known)
        return known

    def _remember(self, one: Profile) -> Profile:
        """Keep it; where there is no room, forget those that nobody asked for longest."""
        if len(self._profiles) >= _MOST_PROFILES:
            self._before, self._profiles = self._profiles, {}
        self._profiles[one.id] = one
        return one

    def _spot(self, place: Place) -> Spot:
        """A place as linking sees it: the same few are named again and again."""
        named = (place.id, place.name, place.within, place.radius_km)
        known = self._spots.get(named)
        if known is None:
            if len(self._spots) >= _MOST_SPOTS:
                self._spots.clear()
            known = self._spots[named] = spot(place, self._places, self.linking.common)
        return known

    def forget(self, ids: Iterable[str]) -> None:
        """Forget testimonies that were told anew under the same id, or moved to another family."""
        for one in ids:
            self._profiles.pop(one, None)
            self._before.pop(one, None)

    def remembered(self, ids: Iterable[str]) -> dict[str, Profile]:
        """What it knows of testimonies by id; those that it does not remember are left out."""
        return {id: known for id in ids if (known := self._known(id))}

    def features(self, a: Testimony, b: Testimony) -> list[str]:
        """The names of the features that the pair has."""
        return self._features(self.profile(a), self.profile(b))

    def _features(self, a: Profile, b: Profile) -> list[str]:
        where = self._relation(a, b)
        kinds = (a.type, b.type, where)
        known = self._grounds.get(kinds)
        if known is None:
            known = self._grounds[kinds] = ground(a, b, where, self.linking)
        return features(a, b, known, self._sides(a, b, known.gained))

    def compare(self, a: Testimony, b: Testimony) -> Pair:
        """The pair with its score, in log-odds: the sum of its reasons."""
        return self.compare_profiles(self.profile(a), self.profile(b))

    def compare_profiles(self, a: Profile, b: Profile) -> Pair:
        """The pair of two testimonies whose profiles are known."""
        a, b = (a, b) if a.id <= b.id else (b, a)
        return Pair(a.id, b.id, *self._sum(tuple(self._features(a, b))))

    def _sum(self, names: tuple[str, ...]) -> Sum:
        """The score of what has the features: the same few thousand sets come again and again."""
        known = self._sums.get(names)
        if known is None:
            if len(self._sums) >= _MOST_SUMS:
                self._sums.clear()
            weights = self.linking.weights
            reasons = tuple((name, weights.get(name, 0.0)) for name in ("bias", *names))
            known = self._sums[names] = round(sum(points for _, points in reasons), 3), reasons
        return known

    def kept(self, a: Profile, b: Profile) -> Pair | None:
        """The pair of two testimonies, or nothing where it scores less than ``KEEP``."""
        a, b = (a, b) if a.id <= b.id else (b, a)
        score, reasons = self._sum(tuple(self._features(a, b)))
        return Pair(a.id, b.id, score, reasons) if score >= KEEP else None

    def _sides(self, a: Profile, b: Profile, gained: bool) -> tuple[str, ...]:
        """How actors and targets agree, which the types bear on where both tell of ground."""
        who = (a.actors, a.targets, b.actors, b.targets, gained)
        known = self._who.get(who)
        if known is None:
            if len(self._who) >= _MOST_RELATIONS:
                self._who.clear()
            known = self._who[who] = tuple(sides(a, b, gained, self.linking))
        return known

    def _relation(self, a: Profile, b: Profile) -> str:
        if len(a.spots) == len(b.spots) == 1:
            return self._of_spots(a.spots[0], b.spots[0])
        return place_relation(a.spots, b.spots)

    def _of_spots(self, a: Spot, b: Spot) -> str:
        both = (a.key, b.key)
        known = self._where.get(both)
        if known is None:
            if len(self._where) >= _MOST_RELATIONS:
                self._where.clear()
            known = self._where[both] = relation(a, b)
        return known


def compare(a: Testimony, b: Testimony, places: Mapping[str, PlaceRow]) -> Pair:
    """Compare two testimonies; for many pairs keep a ``Comparer``, which remembers."""
    return Comparer(places).compare(a, b)


def probability(pair: Pair) -> float:
    """How likely the two tell of one event, 0 to 1."""
    return likelihood(pair.score)


def likelihood(score: float) -> float:
    """A score in log-odds as a likelihood, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def pairs(
    testimonies: Iterable[Testimony],
    places: Mapping[str, PlaceRow],
    comparer: Comparer | None = None,
) -> list[Pair]:
    """Every pair of ``testimonies`` that shares a key and scores at least ``KEEP``, by ids."""
    comparer = comparer or Comparer(places)
    by_id = {one.id: one for one in testimonies}
    blocks = Blocks()
    found: list[Pair] = []
    for one in by_id.values():
        found += met(one, blocks, by_id, comparer)
    return sorted(found, key=lambda pair: (pair.a, pair.b))


def met(
    one: Testimony, blocks: Blocks, known: Mapping[str, Testimony], comparer: Comparer
) -> Iterator[Pair]:
    """The pairs of ``one`` with what stands in ``blocks``, which it then joins.

    ``known`` gives the testimonies in ``blocks`` by id. A record that grows calls this for each
    new testimony: the work is that of its candidates, whatever else the record holds.
    """
    profile = comparer.profile(one)
    its_keys = keys_of(profile)
    for other in blocks.met_by(profile, its_keys):
        pair = comparer.compare(one, known[other])
        if pair.score >= KEEP:
            yield pair
    blocks.add(profile, its_keys)
