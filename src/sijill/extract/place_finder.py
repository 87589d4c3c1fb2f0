"""A place by its name alone, as people keep it in tables: with what it lies in, or without."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from sijill.extract.context import Context
from sijill.extract.place_choice import Chooser
from sijill.extract.place_found import Choice, PlaceFound, rank
from sijill.extract.place_location import Locator, place_of
from sijill.extract.places import PlaceReader
from sijill.extract.surroundings import Surroundings
from sijill.lexicon.entries import Entry
from sijill.lexicon.geography import lineage
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_spelling import latin_key, loose_key
from sijill.model import Candidate, Place
from sijill.text.tokens import tokenise

#: Words for kinds that a name keeps or drops freely, and those that make another place of it.
_LOOSE_TYPES, _FIRM_TYPES = ("type", "known"), ("facility", "landform")
#: Kinds whose names, where marked, are never used without a word for the kind.
_BY_KIND = ("governorate", "district")
#: How alike two spellings must be to be one name misspelt: one letter in eight.
_ALIKE = 0.87
_PARTS = re.compile("[,\u060c;/|\u061b()\\-]+")
_QUOTES = re.compile("[\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb]")


class _Reading(msgspec.Struct, frozen=True):
    """One way to read a name: the rows it can mean, the kind it says, how it was matched."""

    rows: list[PlaceRow]
    kind: str
    how: str


class PlaceFinder:
    """Finds the place that a name means; says so where it is ambiguous or unknown."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = knowledge.lexicon
        self._places = knowledge.lexicon.places
        self._reader = PlaceReader(knowledge)
        self._chooser = Chooser(self._places)
        self._locator = Locator(self._places, knowledge.compass)

    def find(self, name: str, near: str = "") -> Place:
        """The place that ``name`` means, in or by ``near`` if that is given.

        ``name`` may carry a type word or a part ("the east of ..."); ``near`` may be several places
        with commas between them. With ``near`` no place elsewhere is ever given: the name is
        unknown then, and the places elsewhere are its candidates. Where nothing of the name lies
        right there, one in the countryside around may be meant.
        """
        wholes = self.wholes(near)
        around = Surroundings(wholes, self._places)
        context = Context(self._lexicon, Counter(row.country for row in wholes))
        context.situate(row.id for row in wholes)
        words = _QUOTES.sub("", name).strip()
        part = self._part(words, context)
        if part is not None and part.row and (not wholes or around.hold(part.row)):
            return place_of(part, self._locator)
        elsewhere: list[PlaceRow] = []
        for reading in self._readings(words):
            inside = [row for row in reading.rows if around.hold(row)]
            inside = inside or [row for row in reading.rows if around.reach(row)]
            if inside or (reading.rows and not near.strip()):
                return self._place(name, inside or reading.rows, reading, context)
            elsewhere += reading.rows
        return self._unknown(name, words, around, elsewhere, context)

    def _unknown(
        self,
        name: str,
        words: str,
        around: Surroundings,
        elsewhere: Sequence[PlaceRow],
        context: Context,
    ) -> Place:
        """No place, with those that may have been meant: of that name elsewhere, or spelt alike.

        Of the names one letter off, one in three is another place (``bench/places.py``): too
        many to answer with one.
        """
        area = [row for row in self._places.values() if around.hold(row)]
        forms = [words, *(" ".join(form) for form, _ in self._untyped(tokenise(words).word))]
        alike = [row for form in forms for row in _alike(form, area)]
        meant = [*_weighed(self._chooser, alike, context, "alike")]
        meant += _weighed(self._chooser, elsewhere, context, "elsewhere")
        within = around.wholes[0].name if around.wholes else None
        return Place(name=name, within=within, status="unknown", candidates=tuple(meant))

    def wholes(self, near: str) -> list[PlaceRow]:
        """The places that a description of where something lies can mean.

        Of several parts ("Ramadi, Anbar") the finest are meant; the coarser ones tell which places
        of their names are.
        """
        parts = filter(None, map(str.strip, _PARTS.split(_QUOTES.sub("", near))))
        found = [rows for rows in map(self._whole, parts) if rows]
        if not found:
            return []
        finest = min(rank(rows[0].kind) for rows in found)
        meant = [row for rows in found if rank(rows[0].kind) == finest for row in rows]
        for rows in found:
            if rank(rows[0].kind) > finest:
                around = Surroundings(rows, self._places)
                meant = [row for row in meant if around.hold(row)] or meant
        return meant

    def _whole(self, name: str) -> list[PlaceRow]:
        """The places that a name can mean in which something lies; for a part, its whole."""
        nowhere = Context(self._lexicon, Counter())
        reading = next((one for one in self._readings(name, bare=False) if one.rows), None)
        if reading is not None:
            return self._chooser.likely(reading.rows, nowhere, reading.kind)
        part = self._part(name, nowhere)
        if part is None or part.row is None:
            return []
        wholes = lineage(part.row, self._places)
        return [part.row, *(row for row in wholes if row.name == part.row.name)]

    def _place(self, name: str, rows: list[PlaceRow], reading: _Reading, context: Context) -> Place:
        choice = self._chooser.choose(rows, context, reading.kind)
        candidates = _told(self._chooser.weigh(rows, context, reading.kind), reading.how)
        row = choice.row
        wholes = (whole.name for whole in lineage(row, self._places) if whole.name != row.name)
        within = next(wholes, "")
        found = PlaceFound(0, 0, row.name, row.kind, "named", row.where, row, within)
        found.choice = Choice(row, candidates, choice.sure)
        return msgspec.structs.replace(place_of(found, self._locator), name=name)

    def _readings(self, name: str, bare: bool = True) -> Iterator[_Reading]:
        """Ways to read a name, the surest first; ``bare`` as for :meth:`_exact`."""
        words = tokenise(name).word
        forms = [(words, ""), *self._untyped(words)]
        for form, kind in forms:
            yield _Reading(self._exact(form, bare and not kind), kind, "exact")
        for form, kind in forms:
            text = " ".join(form)
            yield _Reading(self._loose.get(loose_key(text), []), kind, "loose")
        yield _Reading(self._latin.get(latin_key(name), []), "", "latin")

    def _untyped(self, words: list[str]) -> Iterator[tuple[list[str], str]]:
        """The name without the words for its kind in front: (the town of) X."""
        for end in range(min(len(words) - 1, 3), 0, -1):
            for entry in self._lexicon.index.named(words[:end]):
                if entry.kind == "type" and entry.value in _LOOSE_TYPES:
                    yield words[end:], entry.sub

    def _exact(self, words: list[str], bare: bool = True) -> list[PlaceRow]:
        """Rows of exactly this name; a ``bare`` one is no district that goes by its kind alone."""
        entries = self._lexicon.index.named(words) if words else ()
        named = [(self._places[e.ids[0]], e.marked) for e in entries if e.kind == "place"]
        plain = [row for row, marked in named if not (marked and row.kind in _BY_KIND)]
        return _unique(plain if bare and plain else [row for row, _ in named])

    @cached_property
    def _loose(self) -> dict[str, list[PlaceRow]]:
        """Rows by the loose key of each of their Arabic names."""
        found: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self._places.values():
            for key in {loose_key(name.text) for name in row.names}:
                found[key].append(row)
        return found

    @cached_property
    def _latin(self) -> dict[str, list[PlaceRow]]:
        found: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self._places.values():
            if key := latin_key(row.name_en):
                found[key].append(row)
        return found

    def _part(self, name: str, context: Context) -> PlaceFound | None:
        """A part of a place, or something of a place, where the whole name says that."""
        tokens = tokenise(name)
        if not len(tokens) or self._exact(tokens.word):
            return None
        hit = self._lexicon.index.at(tokens, 0, len(tokens))
        if hit is None or not any(map(_makes_another, hit.entries)):
            return None
        found = self._reader.read(tokens, hit, len(tokens), context, listed=True)
        if found is None or found.last < len(tokens) or found.row is None:
            return None
        return found if rank(found.row.kind) >= rank("town") else None


def _makes_another(entry: Entry) -> bool:
    """Whether the word makes another place of the name behind it: its airport, its east."""
    return entry.kind == "type" and entry.value in ("part", "near", *_FIRM_TYPES)


def _alike(name: str, rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """Rows with a name spelt almost as ``name``."""
    wanted = loose_key(name)
    if len(wanted) < 4:
        return []
    matcher = difflib.SequenceMatcher(None, "", wanted, autojunk=False)
    found = []
    for row in rows:
        for spelt in row.names:
            matcher.set_seq1(loose_key(spelt.text))
            if matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE:
                found.append(row)
                break
    return found


def _weighed(
    chooser: Chooser, rows: Sequence[PlaceRow], context: Context, how: str
) -> tuple[Candidate, ...]:
    """Candidates with how the name was matched as the first reason of each."""
    return _told(chooser.weigh(_unique(rows), context, ""), how)


def _told(candidates: Iterable[Candidate], how: str) -> tuple[Candidate, ...]:
    return tuple(
        msgspec.structs.replace(one, reasons=((how, 0.0), *one.reasons)) for one in candidates
    )


def _unique(rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    return list({row.id: row for row in rows}.values())
