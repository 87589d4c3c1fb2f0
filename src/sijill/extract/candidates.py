"""Words that may trigger a report, as far as the words around them tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sijill.extract.trigger import At, Candidate, Known
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.names import with_proclitics
from sijill.lexicon.rules import EventRule
from sijill.lexicon.words import Analysis
from sijill.text.letters import ALEF, ARTICLE
from sijill.text.memo import Memo
from sijill.text.tokens import Tokens

#: Tokens behind an event and in front of it that can bar its rule.
NEAR: Final = 5
BEFORE: Final = 2
_ABOVE: Final = 10  # tokens on each side of an event in which "on" may stand before its place
_ON: Final = "\u0639\u0644\u064a"


Span = tuple[int, int]


def _specificity(reading: tuple[EventRule, Analysis]) -> tuple[bool, bool]:
    """Rules that ask for words near come first, then rules for the noun itself."""
    rule, analysis = reading
    special = bool(rule.near) or "of_place" in rule.flags
    return not special, analysis.form.lemma not in rule.nouns


class CandidateReader:
    """Finds candidates; ``decisive`` are the ids of the rules that can decide about a document."""

    def __init__(self, knowledge: Knowledge, decisive: frozenset[str]) -> None:
        self._analyser = knowledge.analyser
        self._sets = knowledge.sets
        self._lexicon = knowledge.lexicon
        self._groups = {kind.id: kind.group for kind in knowledge.types.values()}
        self._by_lemma: dict[str, list[EventRule]] = defaultdict(list)
        self._by_noun: dict[str, list[EventRule]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[tuple[str, ...], EventRule]]] = defaultdict(list)
        self._spelt: Memo[frozenset[str], frozenset[str]] = Memo(_spellings)
        self._decisive = decisive
        for rule in knowledge.rules:
            for lemma in rule.lemmas:
                self._by_lemma[lemma].append(rule)
            for noun in rule.nouns:
                self._by_noun[noun].append(rule)
            for phrase in rule.phrases:
                self._phrases[phrase[0]].append((phrase, rule))

    def known(self, word: str, analyses: tuple[Analysis, ...]) -> Known | None:
        """What the rules know of a word that can be read in the ways ``analyses``."""
        readings = self._read(analyses) if analyses else []
        here, joined = self._phrases.get(word, ()), self._phrases.get(word[1:], ())
        if not (readings or here or joined):
            return None
        phrases = (*here, *joined)
        if word in self._sets["never_triggers"]:
            readings = []
        few = tuple(one for one in phrases if one[1].id in self._decisive)
        some = tuple(one for one in readings if one[0].id in self._decisive)
        return Known(phrases, tuple(readings), Known(few, some) if few or some else None)

    def candidates(
        self, tokens: Tokens, spans: Sequence[Span], known: Sequence[At]
    ) -> list[list[Candidate]]:
        """The deciding rules that the words alone let have a trigger, by sentence."""
        deciding = [(i, one.decisive) for i, one in known if one.decisive is not None]
        at, found = 0, []
        for first, last in spans:
            start = at
            while at < len(deciding) and deciding[at][0] < last:
                at += 1
            here = deciding[start:at]
            found.append(list(self._candidates(tokens.word, first, last, here)) if here else [])
        return found

    def may_hold(self, tokens: Tokens, span: Span, known: Sequence[At]) -> bool:
        """Whether the words alone let any rule have a trigger in the sentence ``span``."""
        return any(True for _ in self._candidates(tokens.word, *span, known)) if known else False

    def _candidates(
        self, word: list[str], first: int, last: int, told: Sequence[At]
    ) -> Iterator[Candidate]:
        for i, known in told:
            for end, rule in self._phrases_at(word, i, last, known) if known.phrases else ():
                yield Candidate(i, end, rule, None)
            for rule, analysis in known.readings:
                if self._words_allow(word, i + 1, last, rule) and (
                    not rule.noun_needs or self._needed(word, first, i, last, rule)
                ):
                    yield Candidate(i, i + 1, rule, analysis)

    def may_stand(
        self, word: list[str], span: tuple[int, int], one: Candidate, names: set[int], sides: bool
    ) -> bool:
        """Whether a candidate of the sentence ``span`` may be a trigger, as far as words tell.

        ``names`` are the tokens in names of several words; ``sides`` tells whether the sentence may
        name a force.
        """
        first, last = span
        around = range(max(one.first - BEFORE, first), min(one.last + NEAR - 1, last))
        beside = [i for i in around if not one.first <= i < one.last and i not in names]
        if one.rule.unless and self._holds([word[i] for i in beside], one.rule.unless):
            return False
        if sides or "military" not in one.rule.flags:
            return True
        near = word[max(one.first - 1, first) : min(one.last + NEAR, last)]
        below = word[max(one.first - _ABOVE, first) : min(one.first + _ABOVE, last)]
        return any(map(self._tells_military, near)) or any(_ON in on[:4] for on in below)

    def _needed(self, word: list[str], first: int, i: int, last: int, rule: EventRule) -> bool:
        """Whether the sentence has what makes the word at ``i`` an event, as far as words tell."""
        for analysis in self._analyser.analyse(word[i]):
            need = rule.noun_needs.get(analysis.form.lemma)
            if need in self._sets and self._sets[need].isdisjoint(word[first:last]):
                return False
        return True

    def _read(self, analyses: tuple[Analysis, ...]) -> list[tuple[EventRule, Analysis]]:
        found = []
        for analysis in analyses:
            form = analysis.form
            for rule in self._by_lemma.get(form.lemma, ()):
                if form.pos in rule.pos:
                    found.append((rule, analysis))
            if form.pos in ("noun", "masdar"):
                found.extend((rule, analysis) for rule in self._by_noun.get(form.lemma, ()))
        return sorted(found, key=_specificity) if len(found) > 1 else found

    def _phrases_at(
        self, word: list[str], i: int, last: int, known: Known
    ) -> Iterator[tuple[int, EventRule]]:
        """The rules whose phrase stands at ``i``, and where it ends."""
        for phrase, rule in known.phrases:
            end = i + len(phrase)
            if end <= last and word[i + 1 : end] == list(phrase[1:]):
                yield end, rule

    def _words_allow(self, word: list[str], i: int, last: int, rule: EventRule) -> bool:
        """Whether the words that the rule wants near stand behind a trigger that ends at ``i``."""
        if not rule.near:
            return True
        behind = word[i : min(i + rule.reach, last)]
        if rule.near_pairs:
            behind += [" ".join(pair) for pair in pairwise(behind)]
        return self._holds(behind, rule.near)

    def _holds(self, words: list[str], wanted: frozenset[str]) -> bool:
        """Whether one of ``words`` is wanted, whatever is written on to it."""
        return not self._spelt[wanted].isdisjoint(words)

    def _is_one_of(self, word: str, words: frozenset[str]) -> bool:
        return word in self._spelt[words]

    def _tells_military(self, word: str) -> bool:
        words = self._sets["military_words"]
        return word.removesuffix(ALEF) in words or self._is_one_of(word, words)


def _spellings(words: frozenset[str]) -> frozenset[str]:
    """Each of ``words`` with and without what may be written on to its front."""
    return frozenset(spelt for word in words for spelt in (*with_proclitics(word), ARTICLE + word))
