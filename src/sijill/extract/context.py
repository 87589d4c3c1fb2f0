"""What a document has said so far: its theatre, and whom and where it spoke of last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from sijill.extract.place_found import Named
from sijill.extract.place_memory import PlaceMemory
from sijill.lexicon.entries import Entry, Lexicon
from sijill.lexicon.geography import lineage, one_area
from sijill.lexicon.hits import Hit
from sijill.lexicon.place_rows import PlaceRow
from sijill.text.memo import Memo

if TYPE_CHECKING:
    from sijill.extract.mention import Mention
    from sijill.extract.periods import Period
    from sijill.extract.scene import Draft

T = TypeVar("T")

#: A name found counts this much for its country when the theatre is chosen.
_WEIGHTS: Final = {
    "name": 3,
    "force": 3,
    "epithet": 2,
    "person": 1,
    "office": 1,
    "place": 2,
    "state": 1,
}


class Latest(Generic[T]):
    """What the last sentence gave that gave anything, worked out only if somebody asks.

    Most sentences are never asked: they wait, and are dropped when a later one is known to give.
    """

    def __init__(self) -> None:
        self._value: T | None = None
        self._waiting: list[Callable[[], T | None]] = []

    def wait(self, read: Callable[[], T | None]) -> None:
        """Let a sentence wait that may give something."""
        self._waiting.append(read)

    def give(self, value: T | None) -> None:
        """Take what a sentence gave, whatever those before it would have given."""
        self._waiting.clear()
        self._value = value

    def get(self) -> T | None:
        """What was given last. While the waiting are read, each gets what those before it gave."""
        waiting, self._waiting = self._waiting, []
        for read in waiting:
            self._value = read() or self._value
        return self._value


class Context:
    """The state of one document while its sentences are read in order."""

    def __init__(
        self, lexicon: Lexicon, countries: Counter[str], hits: Sequence[dict[int, Hit[Entry]]] = ()
    ) -> None:
        self._lexicon = lexicon
        self._hits = hits
        self._here: dict[int, Hit[Entry]] = {}
        self._given: set[str] = set()
        self._told: set[str] | None = None
        self.countries = countries
        self.theatre = countries.most_common(1)[0][0] if countries else ""
        self.local = self.theatre
        self._actors: list[str] = []
        self._places = PlaceMemory()
        self.sentences = 0
        self.subjects: Latest[Mention] = Latest()
        self.speakers: Latest[tuple[str, str]] = Latest()
        self.forget()

    def forget(self) -> None:
        """Forget all that was told, to read on from the first sentence: not what was named.

        A document that is done with forgets too: the sentences that wait hold what they wait for.
        """
        self.subjects.give(None)
        self.speakers.give(None)
        self.events: dict[str, Draft] = {}
        self.toll: tuple[int, Draft] | None = None
        self.told_last: tuple[int, list[Draft]] = (0, [])
        self.period: Period | None = None

    def move_to(self, named: Votes, hits: dict[int, Hit[Entry]]) -> None:
        """Enter a sentence that names countries: the one it is about is the local theatre."""
        self._here = hits
        if not named.plain:
            return
        countries = named.countries()
        if countries[self.theatre] == max(countries.values()):
            self.local = self.theatre
        else:
            self.local = max(countries, key=lambda c: (countries[c], self.countries[c]))

    @property
    def here(self) -> set[str]:
        """The ids of the places that names of the sentence mean beyond doubt."""
        return self._given | self._certain(self._here)

    @property
    def told(self) -> set[str]:
        """The ids of the places that names anywhere in the document mean beyond doubt."""
        if self._told is None:
            self._told = self._given.union(*map(self._certain, self._hits))
        return self._told

    def situate(self, places: Iterable[str]) -> None:
        """Take the text to be about ``places``, whatever it names."""
        self._given.update(places)

    def _certain(self, hits: dict[int, Hit[Entry]]) -> set[str]:
        """The places of names that are no words here, and are of one place or one area."""
        found: set[str] = set()
        for hit in hits.values():
            named = [entry for entry in hit.entries if entry.kind == "place"]
            rows = [self._row(e) for e in named if not e.marked or self.at_home(e)]
            if rows and all(one_area(rows[0], row, self._lexicon.places) for row in rows[1:]):
                found |= {row.id for row in rows}
                wholes = self._wholes(rows[0])
                found |= {r.id for r in map(self._row, named) if r in wholes}
        return found

    def _row(self, entry: Entry) -> PlaceRow:
        return self._lexicon.places[entry.ids[0]]

    def _wholes(self, row: PlaceRow) -> list[PlaceRow]:
        return lineage(row, self._lexicon.places)

    def at_home(self, entry: Entry) -> bool:
        """Whether the text is about the country where the name is no word."""
        return entry.theatre != "" and entry.theatre in (self.local, self.theatre)

    def share(self, country: str) -> float:
        """How much of the document is about a country, from 0 to 1 for the one it is most about."""
        return self.countries[country] / max(self.countries.values(), default=1)

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

    def actors(self) -> set[str]:
        """The actors named so far."""
        return set(self._actors)

    def named(self) -> Counter[str]:
        """How often each actor was named so far."""
        return Counter(self._actors)


class Votes:
    """How strongly a stretch of text points at each country, by the names in it.

    ``bound`` are names that mean a side only in one country ("the security forces").
    """

    __slots__ = ("bound", "plain")

    def __init__(self, plain: dict[str, int], bound: dict[str, int]) -> None:
        self.plain, self.bound = plain, bound

    def add(self, other: Votes) -> None:
        """Count what ``other`` names too."""
        for mine, more in ((self.plain, other.plain), (self.bound, other.bound)):
            for iso, weight in more.items():
                mine[iso] = mine.get(iso, 0) + weight

    def countries(self) -> Counter[str]:
        """The countries; bound names count for those that other words name too."""
        counts = Counter(self.plain)
        for iso, weight in self.bound.items():
            if iso in counts:
                counts[iso] += weight
        return counts


class CountryReader:
    """Counts the countries that names point at."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._votes: Memo[tuple[Entry, ...], Votes | None] = Memo(self._vote)

    def read(self, hits: dict[int, Hit[Entry]]) -> Votes:
        """What the names of a sentence point at, those inside longer ones left out."""
        found, end = Votes({}, {}), 0
        for i, hit in hits.items():
            if i >= end:
                if (vote := self._votes[hit.entries]) is not None:
                    found.add(vote)
                end = hit.last
        return found

    def _vote(self, entries: tuple[Entry, ...]) -> Votes | None:
        """What one name points at: the only country it can mean, the theatres it is bound to."""
        votes: dict[str, int] = {}
        bound: dict[str, int] = {}
        for entry in entries:
            weight = _WEIGHTS.get(entry.kind, 0)
            if entry.theatre:
                bound[entry.theatre] = bound.get(entry.theatre, 0) + weight
            elif weight and not entry.marked and (iso := self._country(entry)):
                votes[iso] = max(votes.get(iso, 0), weight)
        plain = votes if len(votes) == 1 else {}
        return Votes(plain, bound) if plain or bound else None

    def _country(self, entry: Entry) -> str:
        """The one country that an entry belongs to, if it is one."""
        if entry.kind == "place":
            iso = entry.ids[0].split("_")[0]
        elif entry.kind == "state":
            iso = entry.value
        else:
            iso = self._lexicon.actors[entry.ids[0]].country
        return "" if "|" in iso else iso
