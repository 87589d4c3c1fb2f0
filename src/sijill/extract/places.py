"""Places: names with their type words, parts of places, unknown names, back-references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sijill.extract.context import Context
from sijill.extract.place_found import Choice, PlaceFound, distance_before, name_of, rank
from sijill.extract.place_home import Home
from sijill.extract.place_names import NameJudge
from sijill.extract.unknown_names import UnknownNames
from sijill.lexicon.entries import Entry
from sijill.lexicon.hits import Hit
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import past_quotes
from sijill.text.fold import fold
from sijill.text.letters import ALEF, ARTICLE, HEH, LAM, WAW
from sijill.text.tokens import Tokens

#: Type words that with a known place name something in it: its airport, its plain.
_OF_PLACES: Final = frozenset({"facility", "landform"})
#: Classes of words that stand in front of a name.
_NAMING: Final = frozenset({"type", "facility", "known", "landform"})
_DASHES: Final = frozenset("-\u2010\u2013\u2014/")


class PlaceReader:
    """Reads a place where the name index has a hit for one."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = knowledge.lexicon
        self._sets = knowledge.sets
        self._unknown = UnknownNames(knowledge)
        self._judge = NameJudge(knowledge)
        self._home = Home(knowledge.lexicon)
        self._readings = {
            "type": self._with_type,
            "landform": self._with_type,
            "known": self._with_type,
            "facility": self._with_type,
            "part": self._part,
            "near": self._near,
            "nisba": self._nisba,
            "back": self._back,
            "capital": self._capital,
        }

    def read(
        self, tokens: Tokens, hit: Hit[Entry], last: int, context: Context, listed: bool = False
    ) -> PlaceFound | None:
        """The place that the hit opens, or nothing; ``listed`` when "and" adds it to a place."""
        types = [entry for entry in hit.entries if entry.kind == "type"]
        found = self._typed(tokens, hit, types, last, context) if types else None
        return found or self._named(tokens, hit, context, listed)

    def _named(
        self, tokens: Tokens, hit: Hit[Entry], context: Context, listed: bool
    ) -> PlaceFound | None:
        judge, open_names = self._judge, self._judge.open(tokens, hit, context, listed)
        if not open_names and (other := judge.elsewhere(tokens, hit, context)):
            name = name_of(tokens, hit.first, hit.last, hit.before)
            return PlaceFound(hit.first, hit.last, name, other.kind, "unknown", other.where)
        if not open_names or judge.is_nationality(tokens, hit) or judge.names_body(tokens, hit):
            return None
        row = (choice := judge.choose(open_names, context, "")).row
        states = [entry for entry in hit.entries if entry.kind == "state"]
        role = "named"
        if states:
            role = "capital" if states[0].sub == "capital" else "state"
        if role == "named" and row.kind == "country":
            role = "state"
        end = hit.last
        if tokens.word[hit.first][len(hit.before) :] in self._sets["compass"]:
            end = self._past_halves(tokens, end, len(tokens))
        name = name_of(tokens, hit.first, end, hit.before)
        return self._chosen(hit.first, end, name, choice, role)

    def _chosen(
        self, first: int, last: int, name: str, choice: Choice, role: str = "named"
    ) -> PlaceFound:
        """The place of a choice, in what it lies in."""
        row = choice.row
        within = self._judge.parent(row)
        return PlaceFound(first, last, name, row.kind, role, row.where, row, within, choice=choice)

    def _typed(
        self, tokens: Tokens, hit: Hit[Entry], types: list[Entry], last: int, context: Context
    ) -> PlaceFound | None:
        for entry in types:
            reading = self._readings[entry.value]
            found = reading(tokens, hit, entry, last, context)
            if found:
                return found
        return None

    def _inner(
        self, tokens: Tokens, i: int, last: int, context: Context, kind: str
    ) -> PlaceFound | None:
        """A known place that begins at ``i``, behind a type word (no conjunction before it)."""
        for hit in self._hits(tokens, i, last):
            if hit.before:
                return None
            named = self._judge.behind_type(tokens, hit, kind, context)
            if named:
                choice = self._judge.choose(named, context, kind)
                return self._chosen(i, hit.last, name_of(tokens, i, hit.last, ""), choice)
            if any(e.kind == "type" and e.value in _NAMING for e in hit.entries):
                return self.read(tokens, hit, last, context)
        return None

    def _hits(self, tokens: Tokens, i: int, last: int) -> Iterator[Hit[Entry]]:
        """The names that begin at ``i``, the longest first."""
        hit = self._lexicon.index.at(tokens, i, last) if i < last else None
        while hit is not None:
            yield hit
            hit = self._lexicon.index.at(tokens, i, hit.last - 1) if hit.last - i > 1 else None

    def _with_type(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        start = past_quotes(tokens, hit.last, last)
        behind = self._lexicon.index.at(tokens, start, last) if start < last else None
        if behind is not None and _points_back(behind) and entry.value in ("facility", "known"):
            return self._with_back(tokens, hit, entry, behind, context)
        inner = self._inner(tokens, start, last, context, entry.sub)
        if inner and entry.value == "known" and rank(inner.kind) != rank(entry.sub):
            return None
        if inner:
            facility = entry.value == "facility" or entry.sub in ("quarter", "governorate")
            if entry.value in _OF_PLACES and inner.row and rank(inner.row.kind) > 0:
                name = name_of(tokens, hit.first, inner.last, hit.before)
                return PlaceFound(
                    hit.first,
                    inner.last,
                    name,
                    entry.sub,
                    "part",
                    entry.where,
                    inner.row,
                    inner.name,
                    choice=inner.choice,
                )
            if facility and tokens.word[hit.last - 1] in self._sets["named_types"]:
                inner.name = name_of(tokens, hit.first, inner.last, hit.before)
            inner.first = hit.first
            return inner
        end = self._unknown.end(tokens, start, last, entry)
        if end is None or entry.value == "known":
            return None
        name = name_of(tokens, hit.first, end, hit.before)
        if entry.value == "type" and entry.sub in ("town", "village"):
            name = name_of(tokens, start, end, "")
        return PlaceFound(hit.first, end, name, entry.sub, "unknown", entry.where)

    def _with_back(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, behind: Hit[Entry], context: Context
    ) -> PlaceFound | None:
        """The airport of the city, the centre of the governorate: of the place named before."""
        back = next(e for e in behind.entries if e.kind == "type")
        if behind.before or back.sub == "same_word":
            return None
        named = self._home.meant(back.sub, context)
        if entry.value == "known":
            named = self._home.seat(named) if named and entry.sub == "town" else None
        if named is None:
            return None
        if entry.value == "known":
            return PlaceFound(
                hit.first,
                behind.last,
                named.name,
                "town",
                "back",
                entry.where,
                named.row,
                named.within,
                choice=named.choice,
            )
        name = f"{name_of(tokens, hit.first, hit.last, hit.before)} {named.name}"
        return PlaceFound(
            hit.first,
            behind.last,
            name,
            entry.sub,
            "part",
            entry.where,
            named.row,
            named.name,
            choice=named.choice,
        )

    def _part(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A part of a place, or several: its side, countryside, direction or directions."""
        i = self._past_directions(tokens, hit.last, last)
        inner = self._place_of_part(tokens, i, last, context)
        if inner is None:
            return None
        end = inner.last
        while end < last and tokens.word[end] in self._sets["direction_adjectives"]:
            end += 1
        halves = self._past_halves(tokens, end, last)
        name = name_of(tokens, hit.first, halves, hit.before)
        if inner.role == "back":
            head = name_of(tokens, hit.first, inner.first, hit.before)
            tail = tokens.raw(inner.last, end)
            name = " ".join(
                filter(
                    None,
                    [head, inner.name, tail, *self._halves_of(inner.name, tokens.word[end:halves])],
                )
            )
        return PlaceFound(
            hit.first,
            halves,
            name,
            entry.sub,
            "part",
            entry.where,
            inner.row,
            inner.name,
            away_km=distance_before(tokens, hit.first, self._sets),
            choice=inner.choice,
        )

    def _halves_of(self, name: str, words: list[str]) -> list[str]:
        """The words "and its west" with the pronoun that ``name`` takes."""
        masculine = fold(name) in self._sets["masculine_states"]
        stems = [word.removesuffix(ALEF).removesuffix(HEH) for word in words]
        return [stem + (HEH if masculine else HEH + ALEF) for stem in stems]

    def _past_directions(self, tokens: Tokens, i: int, last: int) -> int:
        """Past more directions, joined by "and" or not: north-west, north and east."""
        compass = self._sets["compass"]
        while i < last and (
            tokens.word[i] in self._sets["direction_adjectives"]
            or tokens.word[i].removeprefix(WAW) in compass
        ):
            i += 1
        return i

    def _past_halves(self, tokens: Tokens, i: int, last: int) -> int:
        """Past directions with a pronoun for the place: (the north of Iraq) + and its west."""
        while (
            i < last
            and tokens.word[i].startswith(WAW)
            and any(
                tokens.word[i][1:].removesuffix(ending) in self._sets["compass"]
                for ending in (HEH, HEH + ALEF)
                if tokens.word[i].endswith(ending)
            )
        ):
            i += 1
        return i

    def _place_of_part(
        self, tokens: Tokens, i: int, last: int, context: Context
    ) -> PlaceFound | None:
        if i >= last:
            return None
        if tokens.word[i] in self._sets["from"] and i + 1 < last:
            i += 1
        for hit in self._hits(tokens, i, last):
            if hit.before not in ("", LAM):
                return None
            found = self._whole(tokens, hit, last, context)
            if found:
                return found
        return None

    def _whole(
        self, tokens: Tokens, hit: Hit[Entry], last: int, context: Context
    ) -> PlaceFound | None:
        if _points_back(hit):
            back = next(e for e in hit.entries if e.kind == "type" and e.value == "back")
            return self._back(tokens, hit, back, last, context)
        found = self.read(tokens, hit, last, context)
        if found is None and (named := self._judge.behind_part(hit, context)):
            name = name_of(tokens, hit.first, hit.last, hit.before)
            choice = self._judge.choose(named, context, "")
            found = self._chosen(hit.first, hit.last, name, choice)
        return found

    def _near(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        inner = self._place_of_part(tokens, hit.last, last, context)
        if inner:
            inner.first = hit.first
            inner.near = entry.sub == "near"
        return inner

    def _nisba(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """The land, border or inside of a country named by its adjective."""
        if hit.last >= last:
            return None
        border = entry.sub == "border"
        end = hit.last + 1
        iso = self._lexicon.nisba.get(tokens.word[hit.last], "")
        if border and iso:
            other = end + 1 if end < last and tokens.word[end] in _DASHES else end
            word = tokens.word[other] if other < last else ""
            second = self._lexicon.nisba.get(word, "") if word.startswith(ARTICLE) else ""
            if second:
                end = other + 1
                iso = second if second in (context.local, context.theatre) else iso
        row = self._lexicon.places.get(iso)
        if row is None:
            return None
        name = name_of(tokens, hit.first, end, hit.before) if border else row.name
        return PlaceFound(
            hit.first,
            end,
            name,
            "border" if border else "country",
            "part" if border else "named",
            entry.where,
            row,
            row.name if border else "",
        )

    def _back(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A place named before: the city, the town, the country."""
        if entry.sub == "same_word":
            word = tokens.word[hit.last - 1]
            stem = word[word.index(ARTICLE) + 2 :] if ARTICLE in word else word
            named = context.last_called(stem)
            if named is None:
                return self._described(tokens, hit, entry, last, context)
        elif (
            entry.sub == "region"
            and hit.last < last
            and (tokens.word[hit.last] in self._sets["area_kinds"])
        ):
            return None
        else:
            named = self._home.meant(entry.sub, context)
        if named is None:
            return None
        return PlaceFound(
            hit.first,
            hit.last,
            named.name,
            entry.sub,
            "back",
            entry.where,
            named.row,
            named.within,
            choice=named.choice,
        )

    def _capital(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """The capital with no name: of the nationality behind it, else of the country at hand."""
        iso = self._lexicon.nisba.get(tokens.word[hit.last - 1], "")
        behind = self._lexicon.index.at(tokens, hit.last, last) if hit.last < last else None
        if behind is not None and not behind.before:
            iso = next((e.value for e in behind.entries if e.kind == "state"), iso)
        row = self._home.capital(iso) if iso else self._home.capital_at_hand(context)
        if row is None:
            return None
        return PlaceFound(
            hit.first, hit.last, row.name, "town", "back", entry.where, row, self._judge.parent(row)
        )

    def _described(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, last: int, context: Context
    ) -> PlaceFound | None:
        """A facility known by its adjective: the government compound, the military airport."""
        i = hit.last
        if i >= last or not tokens.word[i].startswith(ARTICLE):
            return None
        if tokens.word[i] not in self._sets["facility_adjectives"]:
            return None
        near = context.latest()
        name = name_of(tokens, hit.first, i + 1, hit.before)
        return PlaceFound(
            hit.first,
            i + 1,
            name,
            "facility",
            "unknown",
            entry.where,
            None,
            near.name if near and near.row else "",
        )


def _points_back(hit: Hit[Entry]) -> bool:
    """Whether the word is one for a place named before ("the city"), whatever else it names."""
    return hit.last - hit.first == 1 and any(
        entry.kind == "type" and entry.value == "back" for entry in hit.entries
    )
