"""Places: names with their type words, parts of places, unknown names, back-references."""

from __future__ import annotations

import msgspec

from sijill.extract.context import Context
from sijill.lexicon.entries import Entry, PlaceRow
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import Hit, past_quotes
from sijill.text.letters import ALEF, HEH, LAM, TEH, YEH
from sijill.text.tokens import Tokens

#: Finer kinds first: the order in which one place can lie in another.
_RANKS = (
    {"facility", "airport", "base", "camp", "dam", "bridge", "hospital", "mosque", "prison",
     "oil_field", "crossing", "road"},
    {"quarter", "village", "side"},
    {"town"},
    {"district", "mountain", "river"},
    {"region", "direction", "countryside", "border"},
    {"governorate"},
    {"country"},
    {"continent", "sea"},
)
#: Type words that with a known place name something in it: its airport, its plain.
_OF_PLACES = frozenset({"facility", "landform"})


def rank(kind: str) -> int:
    """How coarse a kind of place is: 0 is finest."""
    return next((n for n, kinds in enumerate(_RANKS) if kind in kinds), 2)


class PlaceFound(msgspec.Struct, eq=False):
    """A place at tokens ``[first, last)``; ``row`` is its gazetteer row where it has one.

    ``role`` is ``named``, ``state``, ``capital``, ``unknown``, ``part`` or ``back``; ``name`` is
    what a reader would call it; ``within`` what it lies in.
    """

    first: int
    last: int
    name: str
    kind: str
    role: str
    where: str
    row: PlaceRow | None = None
    within: str = ""


class PlaceReader:
    """Reads a place where the name index has a hit for one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = knowledge.lexicon
        self._sets = knowledge.sets
        self._known = knowledge.analyser

    def read(
        self, tokens: Tokens, hit: Hit[Entry], last: int, context: Context, listed: bool = False
    ) -> PlaceFound | None:
        """The place that the hit opens, or nothing; ``listed`` when "and" adds it to a place."""
        types = [entry for entry in hit.entries if entry.kind == "type"]
        named = [entry for entry in hit.entries if entry.kind == "place"]
        if types:
            found = self._typed(tokens, hit, types, last, context)
            if found:
                return found
        states = [entry for entry in hit.entries if entry.kind == "state"]
        return self._named(tokens, hit, named, states, last, context, listed)

    def _named(
        self, tokens: Tokens, hit: Hit[Entry], named: list[Entry], states: list[Entry], last: int,
        context: Context, listed: bool,
    ) -> PlaceFound | None:
        open_names = [
            entry for entry in named
            if listed or not entry.marked or entry.ids[0] in context.placed
            or (hit.last - hit.first > 1 and self._names_facility(tokens, hit))
        ]
        if not open_names:
            return None
        row = self._choose(open_names, context, "")
        role = "named"
        if states:
            role = "capital" if states[0].sub == "capital" else "state"
        if role == "named" and row.kind == "country":
            role = "state"
        end = hit.last
        name = _text(tokens, hit.first, end, hit.before)
        return PlaceFound(hit.first, end, name, row.kind, role, row.where, row, self._parent(row))

    def _names_facility(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a name of several words opens with the word for a facility."""
        word = tokens.word[hit.first][len(hit.before) :]
        return word in self._lexicon.facilities

    def _choose(self, entries: list[Entry], context: Context, kind: str) -> PlaceRow:
        """The row that fits the kind asked for and the document's country best."""
        rows = [self._lexicon.places[entry.ids[0]] for entry in entries]

        def fitness(row: PlaceRow) -> tuple[bool, bool, bool, int, int]:
            country = row.id.split("_")[0]
            return (
                country in (context.local, context.theatre),
                row.id in context.placed or self._lies_in(row, context.placed),
                kind != "" and (row.kind == kind or rank(row.kind) == rank(kind)),
                context.countries.get(country, 0),
                -abs(rank(row.kind) - 2),
            )

        return max(rows, key=fitness)

    def _lies_in(self, row: PlaceRow, placed: set[str]) -> bool:
        """Whether the row's town or district was named in the document (a country is too wide)."""
        parent = self._lexicon.places.get(row.parent)
        while parent is not None and parent.kind != "country":
            if parent.id in placed:
                return True
            parent = self._lexicon.places.get(parent.parent)
        return False

    def _parent(self, row: PlaceRow) -> str:
        parent = self._lexicon.places.get(row.parent)
        return parent.name if parent else ""

    def _typed(
        self, tokens: Tokens, hit: Hit[Entry], types: list[Entry], last: int, context: Context
    ) -> PlaceFound | None:
        for entry in types:
            reading = {
                "type": self._with_type, "landform": self._with_type, "known": self._with_type, "facility": self._with_type, "part": self._part,
                "near": self._near, "nisba": self._nisba, "back": self._back,
            }[entry.value]
            found = reading(tokens, hit, entry, last, context)
            if found:
                return found
        return None

    def _inner(
        self, tokens: Tokens, i: int, last: int, context: Context, marked: bool, kind: str = ""
    ) -> PlaceFound | None:
        """A known place that begins at ``i`` (no conjunction before it)."""
        if i >= last:
            return None
        hit = self._lexicon.index.at(tokens, i, last)
        if hit is None or hit.before:
            return None
        named = [e for e in hit.entries if e.kind == "place" and (marked or not e.marked)]
        if named:
            row = self._choose(named, context, kind)
            return PlaceFound(i, hit.last, _text(tokens, i, hit.last, ""), row.kind, "named",
                              row.where, row, self._parent(row))
        if any(e.kind == "type" and e.value in ("type", "facility", "known", "landform") for e in hit.entries):
            return self.read(tokens, hit, last, context)
        return None

    def _with_type(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        start = past_quotes(tokens, hit.last, last)
        inner = self._inner(tokens, start, last, context, True, entry.sub)
        if inner and entry.value == "known" and rank(inner.kind) != rank(entry.sub):
            return None
        if inner:
            facility = entry.value == "facility" or entry.sub in ("quarter", "governorate")
            if entry.value in _OF_PLACES and inner.row and rank(inner.row.kind) > 0:
                name = _text(tokens, hit.first, inner.last, hit.before)
                return PlaceFound(hit.first, inner.last, name, entry.sub, "part", entry.where,
                                  inner.row, inner.name)
            if facility and tokens.word[hit.last - 1] in self._sets["named_types"]:
                inner.name = _text(tokens, hit.first, inner.last, hit.before)
            inner.first = hit.first
            return inner
        end = self._unknown_name(tokens, start, last, entry)
        if end is None or entry.value == "known":
            return None
        name = _text(tokens, hit.first, end, hit.before)
        if entry.value == "type" and entry.sub in ("town", "village"):
            name = _text(tokens, start, end, "")
        return PlaceFound(hit.first, end, name, entry.sub, "unknown", entry.where)

    def _unknown_name(self, tokens: Tokens, i: int, last: int, entry: Entry) -> int | None:
        """The end of a name that no table has, behind a type word; nothing if no name stands there."""
        if i >= last or not self._may_be_name(tokens.word[i], entry):
            return None
        end = i + 1
        if tokens.word[i] in self._sets["name_openers"] and end < last and (
            self._may_be_name(tokens.word[end], entry)
        ):
            end += 1
        return end

    def _may_be_name(self, word: str, entry: Entry) -> bool:
        if len(word) < 3 or not "\u0621" <= word[0] <= "\u064a":
            return False
        if word in self._sets["no_place_name"] or word in self._sets["prepositions"]:
            return False
        if word in self._lexicon.nisba or self._sets_hold(word):
            return False
        definite = word.startswith(ALEF + LAM)
        if not definite and (word.endswith(YEH + HEH) or self._known.analyse(word)):
            return False
        if definite and self._known.analyse(word) and entry.sub not in ("quarter", "village"):
            return False
        return definite or word[0] not in (YEH, TEH) or entry.sub in ("village", "town")

    def _sets_hold(self, word: str) -> bool:
        return any(
            word in self._sets[name]
            for name in ("relatives", "complementisers", "clause_openers", "negation", "subset",
                         "direction_adjectives", "others", "resumptive")
        )

    def _part(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A part of a place: its side, countryside or direction."""
        i = hit.last
        adjectives = self._sets["direction_adjectives"]
        while i < last and (tokens.word[i] in adjectives or tokens.word[i] in self._sets["compass"]):
            i += 1
        inner = self._place_of_part(tokens, i, last, context)
        if inner is None:
            return None
        end = inner.last
        while end < last and tokens.word[end] in adjectives:
            end += 1
        name = _text(tokens, hit.first, end, hit.before)
        if inner.role == "back":
            head = _text(tokens, hit.first, inner.first, hit.before)
            name = " ".join(filter(None, [head, inner.name, tokens.raw(inner.last, end)]))
        return PlaceFound(hit.first, end, name, entry.sub, "part", entry.where, inner.row,
                          inner.name)

    def _place_of_part(
        self, tokens: Tokens, i: int, last: int, context: Context
    ) -> PlaceFound | None:
        if i >= last:
            return None
        if tokens.word[i] == self._sets_first("from") and i + 1 < last:
            i += 1
        hit = self._lexicon.index.at(tokens, i, last)
        if hit is None or hit.before not in ("", LAM):
            return None
        backs = [e for e in hit.entries if e.kind == "type" and e.value == "back"]
        if backs and not any(e.kind == "place" for e in hit.entries):
            return self._back(tokens, hit, backs[0], last, context)
        found = self.read(tokens, hit, last, context)
        return found if found and found.role != "part" else found

    def _sets_first(self, name: str) -> str:
        return next(iter(self._sets[name]))

    def _near(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        inner = self._place_of_part(tokens, hit.last, last, context)
        if inner:
            inner.first = hit.first
        return inner

    def _nisba(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """The land, border or inside of a country named by its adjective."""
        if hit.last >= last:
            return None
        iso = self._lexicon.nisba.get(tokens.word[hit.last])
        row = self._lexicon.places.get(iso) if iso else None
        if row is None:
            return None
        border = entry.sub == "border"
        name = _text(tokens, hit.first, hit.last + 1, hit.before) if border else row.name
        return PlaceFound(hit.first, hit.last + 1, name, "border" if border else "country",
                          "part" if border else "named", entry.where, row,
                          row.name if border else "")

    def _back(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A place named before: the city, the town, the country."""
        if entry.sub == "same_word":
            word = tokens.word[hit.last - 1]
            row, name, within = context.last_called(word[word.index(ALEF + LAM) + 2 :]
                                                    if ALEF + LAM in word else word)
        else:
            row, name, within = context.last_place(entry.sub)
        if not name and entry.sub == "same_word":
            return self._described(tokens, hit, entry, last, context)
        if not name:
            return None
        return PlaceFound(hit.first, hit.last, name, entry.sub, "back", entry.where, row, within)

    def _described(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A facility known by its adjective: the government compound, the military airport."""
        i = hit.last
        if i >= last or not tokens.word[i].startswith(ALEF + LAM):
            return None
        if tokens.word[i] not in self._sets["facility_adjectives"]:
            return None
        row, town, _ = context.latest()
        name = _text(tokens, hit.first, i + 1, hit.before)
        return PlaceFound(hit.first, i + 1, name, "facility", "unknown", entry.where, None,
                          town if row else "")


def _text(tokens: Tokens, first: int, last: int, before: str) -> str:
    """The raw words of tokens ``[first, last)`` less the proclitics of the first."""
    raw = tokens.raw(first, last).split("(")[0].rstrip()
    cut = len(before)
    if before.endswith(LAM) and raw[cut - 1 : cut + 1] == LAM + LAM:
        return ALEF + LAM + raw[cut + 1 :]
    return raw[cut:]
