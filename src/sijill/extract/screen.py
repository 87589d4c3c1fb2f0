"""Which sentences can decide whether a document gives reports, by words and names alone."""

from __future__ import annotations

from typing import Final

from sijill.extract.candidates import CandidateReader
from sijill.extract.facts import Facts
from sijill.extract.trigger import Candidate
from sijill.lexicon.entries import Entry
from sijill.lexicon.hits import Hit
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import longest
from sijill.lexicon.rules import EventRule
from sijill.text.memo import Memo
from sijill.text.tokens import Tokens

Hits = dict[int, Hit[Entry]]
Spans = list[tuple[int, int]]

#: Whether a sentence can decide about its document: no, only if it names a place, yes.
NO: Final = 0
PLACED: Final = 1
YES: Final = 2

#: What a stretch of text may name, as the sum of these: a side that can fight, one that is a
#: force, a place.
_SIDE: Final = 1
_FORCE: Final = 2
_PLACE: Final = 4

#: Types that are war news only where the document names somebody who fights. Measured: in 3,000
#: articles two that tell of nothing else gave a report.
_OF_SIDES: Final = frozenset({"advance", "withdrawal", "control", "siege", "offensive"})
_BACKS = ("there", "unnamed_parts", "resumptive")  # words that point back to a place
_FORCES: Final = frozenset({"armed_group", "military", "alliance", "police"})
_ARMED: Final = _FORCES | {"state"}
_FORCE_FIELDS: Final = frozenset({"army", "air", "police"})
_FIGHTERS: Final = frozenset({"fighters", "troops"})


def hits_of(tokens: Tokens, facts: list[Facts | None], ranges: Spans) -> list[Hits]:
    """The longest name at each token at which one begins, by sentence."""
    found: list[Hits] = []
    for first, last in ranges:
        hits: Hits = {}
        for i, one in enumerate(facts[first:last], first):
            if one is None or not one.names:
                continue
            if (hit := longest(tokens, i, last, one.names)) is not None:
                hits[i] = hit
        found.append(hits)
    return found


class Screen:
    """Tells which sentences can hold an event that decides about their document."""

    def __init__(self, knowledge: Knowledge, triggers: CandidateReader) -> None:
        self._triggers = triggers
        self._lexicon = knowledge.lexicon
        self._of_sides = frozenset(rule.id for rule in knowledge.rules if _is_of_sides(rule))
        self._of_place = frozenset(r.id for r in knowledge.rules if _is_of_place(r, knowledge))
        self._bare = knowledge.classes.bare
        self._back = frozenset().union(*(knowledge.sets[name] for name in _BACKS))
        self._sides: Memo[tuple[Entry, ...], int] = Memo(self._name)

    def decisive(self, found: list[list[Candidate]]) -> int:
        """How many words may tell of violence or protest, as far as words alone tell."""
        return len({c.first for one in found for c in one})

    def sentences(
        self, tokens: Tokens, ranges: Spans, found: list[list[Candidate]], hits: list[Hits]
    ) -> list[int]:
        """Of each sentence, whether it can tell of violence or protest, given the names in it."""
        sides = list(map(self._named, hits))
        force, armed, may = any(named & _FORCE for named in sides), 0, list[int]()
        for span, candidates, names, named in zip(ranges, found, hits, sides, strict=True):
            armed |= named & _SIDE
            fitting = [
                c
                for c in candidates
                if (force or c.rule.id not in self._of_sides)
                and _has_side(c, named & _SIDE, armed)
                and ("of_place" not in c.rule.flags or c.last in names)
            ]
            may.append(self._may_tell(tokens, span, fitting, names, named) if fitting else NO)
        return may

    def _named(self, hits: Hits) -> int:
        """What the names of a sentence may mean."""
        sides, named = self._sides, 0
        for hit in hits.values():
            named |= sides[hit.entries]
        return named

    def _may_tell(
        self,
        tokens: Tokens,
        span: tuple[int, int],
        found: list[Candidate],
        hits: Hits,
        named: int,
    ) -> int:
        """Whether a candidate has a place where its rule needs one, and the words around let it."""
        word, bare = tokens.word, self._bare
        long = {i for hit in hits.values() if hit.last - hit.first > 1 for i in _span(hit)}
        placed = any(one.rule.id in self._of_place for one in found)
        back = placed and not self._back.isdisjoint(map(bare.__getitem__, word[slice(*span)]))
        best = NO
        for one in found:
            asks = not back and one.rule.id in self._of_place
            if (asks and not named & _PLACE) or best == (PLACED if asks else YES):
                continue
            if self._triggers.may_stand(word, span, one, long, bool(named & _FORCE)):
                best = PLACED if asks else YES
                if best == YES:
                    break
        return best

    def _name(self, entries: tuple[Entry, ...]) -> int:
        """Whom a name may mean."""
        named = 0
        for entry in entries:
            named |= self._entry(entry)
        return named

    def _entry(self, entry: Entry) -> int:
        if entry.kind in ("place", "type"):
            return _PLACE
        if entry.kind == "body":
            return _SIDE | (_FORCE if entry.value in _FORCE_FIELDS else 0)
        actors = self._lexicon.actors
        known = [ident for ident in entry.ids if ident in actors]
        kinds = {actors[i].kind for one in known for i in (one, self._lexicon.core(one))}
        if (entry.kind == "people" and entry.value in _FIGHTERS) or kinds & _FORCES:
            return _SIDE | _FORCE
        return _SIDE if kinds & _ARMED else 0


def _has_side(candidate: Candidate, here: int, before: int) -> bool:
    """Whether a rule that asks for an armed side can have one: named here, or carried over.

    Only verbs that armed forces agree with, feminine or plural, go on with a subject from before.
    """
    if here or not candidate.rule.flags & {"armed", "armed_target"}:
        return True
    analysis = candidate.analysis
    if analysis is None or analysis.form.pos != "verb":
        return True
    return bool(before) and (analysis.form.gender == "f" or analysis.form.number == "p")


def _span(hit: Hit[Entry]) -> range:
    return range(hit.first, hit.last)


def _types(rule: EventRule) -> set[str]:
    types = {rule.type, rule.masdar_under, *rule.tenses.values(), *rule.means_types.values()}
    return types - {""}


def _is_of_sides(rule: EventRule) -> bool:
    return _types(rule) <= _OF_SIDES


def _is_of_place(rule: EventRule, knowledge: Knowledge) -> bool:
    """Whether the rule makes no report without a place."""
    needs = [rule.needs or knowledge.types[name].needs for name in _types(rule)]
    return all(tuple(need) == ("place",) for need in needs)
