"""Which place a name means, and whether a name that is also a word means one at all."""

from __future__ import annotations

from typing import Final

from sijill.extract.context import Context
from sijill.extract.place_choice import Chooser
from sijill.extract.place_found import Choice, rank
from sijill.lexicon.entries import Entry
from sijill.lexicon.geography import kilometres, lineage
from sijill.lexicon.hits import Hit
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import strip_clitics
from sijill.lexicon.place_rows import PlaceRow
from sijill.text.letters import ARTICLE, HEH, LAM, WAW
from sijill.text.memo import Memo
from sijill.text.number_words import DIGITS, read_digits
from sijill.text.tokens import Tokens

_BEH: Final = "\u0628"
#: Numbers from here on are years more often than counts.
_YEARS: Final = 1900
#: Word sets behind whose words a verb stands.
_BEFORE_VERBS = (
    "relatives",
    "complementisers",
    "negation",
    "verb_particles",
    "pronoun_subjects",
)
#: Word sets of particles, which no adjective can follow.
_NO_NOUNS = ("prepositions", "relatives", "complementisers")
#: Kinds of places of which people tell in which direction they lie from a larger one.
_SETTLED: Final = frozenset({"town", "district", "village"})
_BEARINGS: Final = 2  # south + east of
_NEAR_KM: Final = 120.0


class NameJudge:
    """Chooses the place that a name means.

    A *marked* name is also a word of the language ("the barrier", "gardens"). It is read as a place
    only where the text says so: by a type word, by a preposition of place behind which the place
    was named before, or by being about the country where the name is no word (``?`` in the tables).
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._lexicon = knowledge.lexicon
        self._sets = knowledge.sets
        self._known = knowledge.analyser
        self._numbers = knowledge.numbers
        self._chooser = Chooser(knowledge.lexicon.places)
        self._verbal: Memo[str, bool] = Memo(self._is_plain_verb)

    def open(self, tokens: Tokens, hit: Hit[Entry], context: Context, listed: bool) -> list[Entry]:
        """The places of the hit that may be meant with no type word in front."""
        named = self._named(tokens, hit)
        if not named or (not listed and self._is_verb(tokens, hit)):
            return []
        plain = [
            entry
            for entry in named
            if (not entry.marked and self._is_likely(self._row(entry), context))
            or (context.at_home(entry) and not self._may_describe(tokens, hit))
        ]
        if plain or listed:
            return plain or [e for e in named if self._is_here(self._row(e), context)]
        located = self._located(tokens, hit)
        facility = hit.last - hit.first > 1 and self._names_facility(tokens, hit)
        return [
            entry
            for entry in named
            if (facility and not self._is_elsewhere(entry, context))
            or self._opens_pair(tokens, hit, entry, context)
            or (located and (entry.theatre or entry.ids[0] in context.placed))
            or (located and self._is_town_here(tokens, hit, entry, context))
            or self._lies_off(tokens, hit, entry)
        ]

    def _named(self, tokens: Tokens, hit: Hit[Entry]) -> list[Entry]:
        """The places that have the name: those of a country whose adjective stands behind it."""
        named = [entry for entry in hit.entries if entry.kind == "place"]
        return self._of_nation(tokens, hit, named) or named

    def _of_nation(self, tokens: Tokens, hit: Hit[Entry], named: list[Entry]) -> list[Entry]:
        """Those of ``named`` that lie in the country told right behind: the Turkish (town)."""
        behind = tokens.word[hit.last] if hit.last < len(tokens) else ""
        iso = self._lexicon.nisba.get(behind, "") if behind.startswith(ARTICLE) else ""
        return [entry for entry in named if self._row(entry).country == iso]

    def _is_town_here(
        self, tokens: Tokens, hit: Hit[Entry], entry: Entry, context: Context
    ) -> bool:
        """Whether a name that is also a word stands where only its town can: in Qaim."""
        word = tokens.raw(hit.first, hit.last)
        behind = tokens.word[hit.last] if hit.last < len(tokens) else ""
        row = self._row(entry)
        return (
            row.kind in ("town", "district")
            and self._is_here(row, context)
            and tokens.word[hit.first][len(hit.before) :] in self._sets["governed_towns"]
            and not word.endswith(HEH)  # "in his talk" is spelt almost as "in Haditha"
            and behind not in self._sets["adjective_uses"]
        )

    def _lies_off(self, tokens: Tokens, hit: Hit[Entry], entry: Entry) -> bool:
        """Whether the text tells behind the name where its town lies: south-east of a town near."""
        i, row = hit.last, self._row(entry)
        while i < min(len(tokens), hit.last + _BEARINGS) and (
            tokens.word[i] in self._sets["compass"]
        ):
            i += 1
        if i == hit.last or row.kind not in _SETTLED:
            return False
        beside = self._lexicon.index.at(tokens, i, len(tokens))
        if beside is None:
            return False
        rows = [self._row(one) for one in beside.entries if one.kind == "place"]
        away = [kilometres(row, one) for one in rows if rank(one.kind) >= rank(row.kind)]
        return any(km is not None and km <= _NEAR_KM for km in away)

    def _row(self, entry: Entry) -> PlaceRow:
        return self._lexicon.places[entry.ids[0]]

    def names_body(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether the place is part of the name of a club, a bank, a paper: Real + Madrid."""
        before = tokens.word[hit.first - 1] if hit.first and not hit.before else ""
        return any(rest in self._sets["namesakes"] for _, rest in strip_clitics(before))

    def is_nationality(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a country's name is an adjective where it stands: the Saudi (airlines).

        Or a noun that a number counts: "twelve Syrians" is written as "twelve Syria".
        """
        word = tokens.word[hit.first]
        alone = hit.last - hit.first == 1 and not hit.before
        if not alone or word not in self._lexicon.nisba:
            return False
        return self._may_describe(tokens, hit) or self._is_counted(tokens, hit.first)

    def _is_counted(self, tokens: Tokens, i: int) -> bool:
        """Whether a number from 11 to 99, or one that ends in it, stands before token ``i``."""
        before = tokens.word[i - 1] if i else ""
        entry = self._numbers.words.get(before)
        if entry is not None:
            return entry.role in ("ten", "tens") and not entry.definite
        value = read_digits(before) if before[:1] in DIGITS else None
        return value is not None and value < _YEARS and 11 <= value % 100 <= 99

    def _may_describe(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a definite name stands behind a definite noun, as its adjective would."""
        before = tokens.word[hit.first - 1] if hit.first else ""
        if any(before.removeprefix(WAW) in self._sets[name] for name in _NO_NOUNS):
            return False  # "to" and "which" begin as if with the article
        definite = any(rest.startswith(ARTICLE) for _, rest in strip_clitics(before))
        return definite and tokens.word[hit.first].startswith(ARTICLE)

    def _is_elsewhere(self, entry: Entry, context: Context) -> bool:
        """Whether the text names other towns of the facility's country, and not its own.

        A name that many facilities bear, such as the central prison, is none of a country that the
        text hardly names.
        """
        row = self._row(entry)
        if self._is_common(entry, context):
            return True
        country = row.id.split("_")[0]
        towns = any(
            ident.split("_")[0] == country and rank(self._lexicon.places[ident].kind) <= 2
            for ident in context.placed
        )
        return towns and not self._lies_in(row, context.placed)

    def _is_common(self, entry: Entry, context: Context) -> bool:
        """Whether a name that many bear is known to us in a country that the text hardly names."""
        return entry.marked and not self._is_likely(self._row(entry), context)

    def elsewhere(self, tokens: Tokens, hit: Hit[Entry], context: Context) -> PlaceRow | None:
        """The facility of another country whose name the hit is: another one is meant here."""
        if hit.last - hit.first < 2 or not self._names_facility(tokens, hit):
            return None
        named = [entry for entry in hit.entries if entry.kind == "place"]
        common = all(self._is_common(entry, context) for entry in named)
        return self._row(named[0]) if named and common else None

    def _located(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a preposition of place governs the name."""
        if hit.before[-1:] in (_BEH, LAM):
            return True
        bare = tokens.word[hit.first - 1].removeprefix(WAW) if hit.first else ""
        if bare in self._sets["place_prepositions"] or bare in self._sets["from"]:
            return True
        before = self._lexicon.index.at(tokens, hit.first - 1, hit.first) if hit.first else None
        return before is not None and any(entry.kind == "type" for entry in before.entries)

    def _opens_pair(self, tokens: Tokens, hit: Hit[Entry], entry: Entry, context: Context) -> bool:
        """Whether the name is joined by "and" to another town of the same district."""
        if hit.last >= len(tokens) or not tokens.word[hit.last].startswith(WAW):
            return False
        row = self._row(entry)
        if row.kind not in ("town", "district") or not self._is_here(row, context):
            return False
        other = self._lexicon.index.at(tokens, hit.last, len(tokens))
        return (
            other is not None
            and other.before == WAW
            and any(
                e.kind == "place" and self._lexicon.places[e.ids[0]].parent == row.parent
                for e in other.entries
            )
        )

    def _is_likely(self, row: PlaceRow, context: Context) -> bool:
        """Whether a text is likely to mean the row: no quarter of a country it hardly names."""
        if rank(row.kind) > 1 or not context.theatre or row.id in context.placed:
            return True
        return self._is_here(row, context)

    def _is_here(self, row: PlaceRow, context: Context) -> bool:
        """Whether the row lies in a country that the text says much about."""
        country, counts = row.id.split("_")[0], context.countries
        return country in (context.local, context.theatre) or (
            counts[country] * 3 >= counts[context.theatre] > 0
        )

    def _is_verb(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a name of one word that is also a verb stands where only the verb can."""
        i = hit.first
        if hit.last - i > 1 or hit.before[-1:] == _BEH:
            return False
        word = tokens.word[i][len(hit.before) :]
        if not self._verbal[word]:
            return False
        before = tokens.word[i - 1] if i else ""
        if any(before in self._sets[name] for name in _BEFORE_VERBS):
            return True
        return hit.before == WAW and any(a.form.pos == "verb" for a in self._known.analyse(before))

    def _is_plain_verb(self, word: str) -> bool:
        """Whether the word can be a verb with nothing written on to its front."""
        return any(a.form.pos == "verb" and not a.before for a in self._known.analyse(word))

    def _names_facility(self, tokens: Tokens, hit: Hit[Entry]) -> bool:
        """Whether a name of several words opens with the word for a facility."""
        return tokens.word[hit.first][len(hit.before) :] in self._lexicon.facilities

    def behind_type(
        self, tokens: Tokens, hit: Hit[Entry], kind: str, context: Context
    ) -> list[Entry]:
        """The places of the hit that the type word ``kind`` in front of it can mean."""
        named = [entry for entry in hit.entries if entry.kind == "place"]
        if told := self._of_nation(tokens, hit, named):
            return told
        return [
            entry
            for entry in named
            if self._is_likely(self._row(entry), context)
            and (not entry.marked or self._fits(entry, kind, context))
            and not (kind == "village" and self._is_in_town(entry))
        ]

    def _is_in_town(self, entry: Entry) -> bool:
        """Whether the place is a quarter of a town, which no text calls a village."""
        row = self._row(entry)
        whole = self._lexicon.places.get(row.parent)
        return row.kind == "quarter" and whole is not None and whole.kind == "town"

    def behind_part(self, hit: Hit[Entry], context: Context) -> list[Entry]:
        """The marked places of the hit that a word for a part or a direction can be of."""
        return [
            entry
            for entry in hit.entries
            if entry.kind == "place" and self._is_wide_here(self._row(entry), context)
        ]

    def _is_wide_here(self, row: PlaceRow, context: Context) -> bool:
        """Whether the row is a town or coarser in a country that the text says much about."""
        return row.id in context.placed or (
            2 <= rank(row.kind) <= 5 and self._is_here(row, context)
        )

    def _fits(self, entry: Entry, kind: str, context: Context) -> bool:
        """Whether a name that is also a word can mean its place behind the type word ``kind``."""
        row = self._row(entry)
        fine, asked, here = rank(row.kind), rank(kind), self._is_here(row, context)
        if row.kind == kind or row.id in context.placed:
            return True
        if asked == 0 or kind in ("mountain", "river"):
            return self._is_wide_here(row, context) or self._lies_in(row, context.placed)
        if fine <= 1 and not here:
            return False
        return kind == "region" or abs(fine - asked) <= 1

    def choose(self, entries: list[Entry], context: Context, kind: str) -> Choice:
        """The place that fits the type word ``kind`` and what the text says around it best."""
        rows = [self._row(entry) for entry in entries]
        return Choice(rows[0]) if len(rows) == 1 else self._chooser.choose(rows, context, kind)

    def _lies_in(self, row: PlaceRow, placed: set[str]) -> bool:
        """Whether the row's town or district was named in the document (a country is too wide)."""
        wholes = lineage(row, self._lexicon.places)
        return any(whole.id in placed for whole in wholes if whole.kind != "country")

    def parent(self, row: PlaceRow) -> str:
        """The name of what the row lies in, no district that it gave its own name to."""
        wholes = lineage(row, self._lexicon.places)
        return next((whole.name for whole in wholes if whole.name != row.name), "")
