"""What a document has said so far: its theatre, and whom and where it spoke of last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sijill.extract.place_memory import Named, PlaceMemory
from sijill.lexicon.entries import Entry, Lexicon
from sijill.lexicon.names import NameIndex
from sijill.text.tokens import Tokens

#: A name found counts this much for its country when the theatre is chosen.
_WEIGHTS = {"name": 3, "force": 3, "epithet": 2, "person": 1, "office": 1, "place": 2, "state": 1}


class Context:
    """The state of one document while its sentences are read in order."""

    def __init__(self, lexicon: Lexicon, countries: Counter[str]) -> None:
        self._lexicon = lexicon
        self.countries = countries
        self.theatre = countries.most_common(1)[0][0] if countries else ""
        self.local = self.theatre
        self._actors: list[str] = []
        self._places = PlaceMemory()
        self.subject: Any = None
        self.events: dict[str, Any] = {}
        self.speaker: tuple[str, str, int, int] | None = None

    def move_to(self, countries: Counter[str]) -> None:
        """Enter a sentence that names ``countries``: the one it is about is the local theatre."""
        if not countries or countries[self.theatre] == max(countries.values()):
            self.local = self.theatre if countries else self.local
        else:
            self.local = max(countries, key=lambda c: (countries[c], self.countries[c]))

    def note_actor(self, actor: str) -> None:
        """Remember that ``actor`` was named."""
        self._actors.append(actor)

    def latest_actor(self) -> str:
        """The actor last named, or nothing."""
        return self._actors[-1] if self._actors else ""

    @property
    def placed(self) -> set[str]:
        """The ids of the places named so far."""
        return self._places.placed

    def note_place(self, named: Named) -> None:
        """Remember that a place was named."""
        self._places.note(named)

    def last_place(self, kind: str, seated: Collection[str] = ()) -> Named | None:
        """The place that a definite noun of ``kind`` means: the city, the area, the country.

        ``seated`` holds the governorates and districts that are named after a town.
        """
        if kind == "country":
            row = self._lexicon.places.get(self.theatre)
            return Named(kind, row, row.name, "") if row else None
        return self._places.meant(kind, frozenset({self.local, self.theatre}), seated)

    def last_called(self, word: str) -> Named | None:
        """The place last named whose name begins with ``word``: the university, the bridge."""
        return self._places.called(word)

    def latest(self) -> Named | None:
        """The place last named, of whatever kind finer than a country."""
        return self._places.latest()

    def resolve_back(self, backs: list[Entry]) -> tuple[str, ...]:
        """Whom a definite noun means: by the theatre, else the last named of those it can mean."""
        for theatre in dict.fromkeys((self.local, self.theatre)):
            for entry in backs:
                if entry.theatre and theatre in entry.theatre.split("|"):
                    return self._last_of(entry.ids) or entry.ids[:1]
        for entry in backs:
            if not entry.theatre:
                return self._last_of(entry.ids)
        return ()

    def _last_of(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        for actor in reversed(self._actors):
            if actor in ids or self._lexicon.actors[actor].parent in ids:
                return (actor,)
        return ()

    def named(self) -> Counter[str]:
        """How often each actor was named so far."""
        return Counter(self._actors)


def count_countries(
    tokens: Tokens, index: NameIndex[Entry], lexicon: Lexicon, ranges: Iterable[tuple[int, int]]
) -> Counter[str]:
    """How strongly the text points at each country, by the names in it.

    A name that means a side only in one country ("the security forces") counts for a country that
    the text names by other words too.
    """
    counts: Counter[str] = Counter()
    bound: Counter[str] = Counter()
    for first, last in ranges:
        i = first
        while i < last:
            hit = index.at(tokens, i, last)
            if hit is None:
                i += 1
                continue
            for iso, weight in _votes(hit.entries, lexicon):
                counts[iso] += weight
            for entry in hit.entries:
                if entry.theatre:
                    bound[entry.theatre] += _WEIGHTS.get(entry.kind, 0)
            i = hit.last
    for iso, weight in bound.items():
        if counts[iso] > 0:
            counts[iso] += weight
    return counts


def _votes(entries: tuple[Entry, ...], lexicon: Lexicon) -> list[tuple[str, int]]:
    votes: dict[str, int] = {}
    for entry in entries:
        weight = _WEIGHTS.get(entry.kind, 0)
        if not weight or entry.marked or entry.theatre:
            continue
        if entry.kind == "place":
            iso = entry.ids[0].split("_")[0]
        elif entry.kind == "state":
            iso = entry.value
        else:
            iso = lexicon.actors[entry.ids[0]].country
        if iso and "|" not in iso:
            votes[iso] = max(votes.get(iso, 0), weight)
    return list(votes.items()) if len(votes) == 1 else []
