"""A sentence as the grammar sees it: its words, verbs and clauses, and what it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from sijill.extract.facts import Facts
from sijill.extract.mention import Mention
from sijill.extract.place_found import Named
from sijill.extract.trigger import At
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.words import Analysis, Form
from sijill.text.calendar import TimeExpr
from sijill.text.letters import ARTICLE, HEH, TEH_MARBUTA, WAW
from sijill.text.number_parts import Number
from sijill.text.tokens import Tokens

_FEH: Final = "\u0641"
_UNREAD: Final = Analysis(Form("", ""))  # stands for the verbs that nobody asked about yet
STOPS: Final = frozenset(".!?\u061f\u2026:;\u061b")
QUOTES: Final = frozenset("\"'\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb()[]{}-\u2013\u2014")
COMMAS: Final = frozenset(",\u060c")
_FEMININE_PLURAL: Final = "\u0627\u062a"


class Sentence:
    """Tokens ``[first, last)`` of a document with what was found in them."""

    def __init__(
        self,
        tokens: Tokens,
        facts: list[Facts | None],
        first: int,
        last: int,
        knowledge: Knowledge,
    ) -> None:
        self.tokens, self.first, self.last = tokens, first, last
        self._knowledge = knowledge
        self._classes, self.sets = knowledge.classes, knowledge.sets
        self._analyse = knowledge.analyser.analyse
        self._word = tokens.word[first:last]
        #: The tokens whose words the rules know, with what they know of them.
        self.known: list[At] = []
        #: Those that can begin the words that introduce a speaker, and a number or a time.
        self.speaking: list[int] = []
        self.counting: list[int] = []
        self._stirring: list[int] = []
        self._bare = self._word.copy()
        self._in_order: list[int] = []
        for i, one in enumerate(facts[first:last], first):
            if one is None:
                continue
            if one.bare:
                self._bare[i - first] = one.bare
            if one.known is not None:
                self.known.append((i, one.known))
            if one.stirs:
                self._stirring.append(i)
                if one.verbal:
                    self._in_order.append(i)
            if one.speaks:
                self.speaking.append(i)
            if one.counts:
                self.counting.append(i)
        #: The tokens that may be verbs, whatever the words around them, each read when asked.
        self._verbs: dict[int, Analysis | None] = dict.fromkeys(self._in_order, _UNREAD)
        self.headline = self.title = self.analysed = False
        self.latest: Named | None = None  # the place named last, here or before
        self.speakers: list[tuple[int, int]] = []
        self.events: list[int] = []
        self.mentions: list[Mention] = []
        self._cover: dict[int, Mention] = {}
        self.numbers: list[Number] = []
        self.times: list[TimeExpr] = []
        self._measured: set[int] = set()
        self._cuts: list[int] = []

    def name(self, mentions: list[Mention]) -> None:
        """Take what the sentence names."""
        self.mentions = mentions
        self._cover = {i: m for m in mentions for i in range(m.first, m.last)}

    def measure(self, numbers: list[Number], times: list[TimeExpr]) -> None:
        """Take the numbers and times of the sentence."""
        self.numbers, self.times = numbers, times
        spans = [*((n.first, n.core_last) for n in numbers), *((t.first, t.last) for t in times)]
        # what stands before "at least" is free: 17 people were killed at least
        spans += [(max(n.core_last, n.last - 2), n.last) for n in numbers]
        self._measured = {i for first, last in spans for i in range(first, last)}

    def measures(self, i: int) -> bool:
        """Whether the word at ``i`` is part of a number or a time."""
        return i in self._measured

    def word(self, i: int) -> str:
        """The folded word at ``i``, or nothing outside the sentence."""
        return self._word[i - self.first] if self.first <= i < self.last else ""

    def bare(self, i: int) -> str:
        """The word at ``i`` less a conjunction before it when the rest is a closed-class word."""
        return self._bare[i - self.first] if self.first <= i < self.last else ""

    def words(self, first: int, last: int) -> list[str]:
        """The folded words of tokens ``[first, last)``, as far as they are in the sentence."""
        return self._word[max(first - self.first, 0) : max(last - self.first, 0)]

    def isin(self, i: int, name: str) -> bool:
        """Whether the word at ``i`` belongs to the closed class ``name``."""
        return self.first <= i < self.last and self._bare[i - self.first] in self.sets[name]

    def holds(self, first: int, last: int, name: str) -> bool:
        """Whether a word of the closed class stands in ``[first, last)``."""
        words = self._bare[max(first - self.first, 0) : max(last - self.first, 0)]
        return not self.sets[name].isdisjoint(words)

    def near_before(self, i: int, name: str) -> bool:
        """Whether a word of the closed class stands in the three words before ``i``."""
        return self.holds(i - 3, i, name)

    def analyses(self, i: int) -> tuple[Analysis, ...]:
        """The readings of the word at ``i`` in the lexicon."""
        word = self.word(i)
        if not word:
            return ()
        found = self._analyse(word)
        if found and word[-1] == HEH and self.tokens.text[self.tokens.end[i] - 1] == TEH_MARBUTA:
            return tuple([a for a in found if a.after != HEH])
        return found

    def spells(self, i: int, analysis: Analysis) -> bool:
        """Whether the letters of token ``i`` as given allow a reading of its folded word.

        Folding merges heh and teh marbuta; only heh is a pronoun.
        """
        return analysis.after != HEH or (self.tokens.text[self.tokens.end[i] - 1] != TEH_MARBUTA)

    def mention_at(self, i: int) -> Mention | None:
        """The mention that covers token ``i``."""
        return self._cover.get(i)

    def is_unarmed(self, mention: Mention) -> bool:
        """Whether the mention names people who are no side: civilians, residents."""
        actors = self._knowledge.lexicon.actors
        return bool(mention.ids) and all(actors[i].kind == "people" for i in mention.ids)

    def says(self, i: int) -> bool:
        """Whether the word at ``i`` is a finite verb of saying."""
        verb = self.verb(i)
        return verb is not None and verb.form.lemma in self.sets["say_lemmas"]

    def speaks(self, mention: Mention) -> bool:
        """Whether the mention stands in the name of a speaker."""
        return any(first <= mention.first < last for first, last in self.speakers)

    def refers(self, i: int, mention: Mention) -> bool:
        """Whether the pronoun before the verb at ``i`` can mean the mention: he is no "they"."""
        masculine = any(self.word(j).endswith(HEH) for j in range(i - 3, i))
        head = self.word(mention.first)
        return not (masculine and head.endswith((HEH, _FEMININE_PLURAL)))

    # ------------------------------------------------------------ verbs and clauses

    def verb(self, i: int) -> Analysis | None:
        """The finite-verb reading of token ``i`` that the words around it allow."""
        found = self._verbs.get(i)
        if found is _UNREAD:
            found = self._verbs[i] = self._read_verb(i)
        return found

    def verbs(self, first: int, last: int) -> list[int]:
        """The tokens of ``[first, last)`` that are finite verbs."""
        return [i for i in self.verbal(first, last) if self.verb(i) is not None]

    def verb_before(self, i: int, first: int) -> int | None:
        """The nearest finite verb of ``[first, i)``."""
        before = reversed(self.verbal(first, i))
        return next((j for j in before if self.verb(j) is not None), None)

    def verbal(self, first: int, last: int) -> list[int]:
        """The tokens of ``[first, last)`` that may be verbs."""
        order = self._in_order
        return order[bisect_left(order, first) : bisect_left(order, last)]

    def _read_verb(self, i: int) -> Analysis | None:
        if i in self._measured or self._classes.governs[self.word(i - 1)]:
            return None
        readings = self.analyses(i)
        verbs = [a for a in readings if a.form.pos == "verb"]
        if not verbs or (len(verbs) < len(readings) and not self._verb_position(i)):
            return None
        cover = self.mention_at(i)
        if cover is not None and cover.last - cover.first > 1:
            return None
        return verbs[0] if len(verbs) == 1 else max(verbs, key=self._likelihood)

    def _likelihood(self, analysis: Analysis) -> tuple[bool, bool]:
        """Of several verbs spelt alike, those the grammar asks about and past tenses come first."""
        return analysis.form.lemma in self._knowledge.asked, analysis.form.tense == "past"

    def _verb_position(self, i: int) -> bool:
        """Whether a word that can be verb or noun stands where a verb would."""
        if i == self.first or (
            self.word(i)[:1] == WAW and any(WAW in a.before for a in self.analyses(i))
        ):
            return self._subject_like(i + 1)
        before = self.word(i - 1)
        if before in STOPS or before in QUOTES or before in COMMAS or before == "\n":
            return self._subject_like(i + 1)
        if self._launched(i):
            return True
        if self.isin(i - 1, "verb_particles") or self.isin(i - 1, "relatives"):
            return True
        if self.isin(i - 1, "clause_openers") or self.isin(i - 1, "complementisers"):
            return True
        if self.isin(i - 1, "opener_ends"):
            return self._subject_like(i + 1)
        if any(t.last == i for t in self.times):
            return self._subject_like(i + 1) and not self._awaited(i)
        if any(a.form.pos == "verb" and a.after for a in self.analyses(i)) and any(
            a.form.pos in ("noun", "masdar") and not a.article for a in self.analyses(i - 1)
        ):
            return True  # raids + (which) they launched + them
        cover = self.mention_at(i - 1)
        if cover is None or cover.prep_governed():
            return False
        taken = self.verb(cover.first - 1)  # has it for its subject, and its object in a pronoun
        return taken is None or bool(taken.after)

    def _awaited(self, i: int) -> bool:
        """Whether a verb of saying before ``i`` still wants its object: he confirmed ... it."""
        for j in range(i - 1, self.first - 1, -1):
            verb = self.verb(j)
            if verb is not None:
                return verb.form.lemma in self.sets["say_lemmas"]
            if self.word(j) in STOPS or self.isin(j, "complementisers"):
                return False
        return False

    def _launched(self, i: int) -> bool:
        """Whether a verb with a pronoun describes an indefinite event: a raid (that) X flew."""
        carries = any(
            a.form.pos == "verb" and a.after and a.form.lemma in self.sets["light_agent"]
            for a in self.analyses(i)
        )
        return carries and any(
            a.form.pos in ("noun", "masdar") and not a.article and not a.after
            for a in self.analyses(i - 1)
        )

    def _subject_like(self, i: int) -> bool:
        """Whether what follows can be a verb's subject or object rather than a genitive chain."""
        cover = self.mention_at(i)
        if cover is not None:
            return not cover.before or cover.before == WAW
        return self.word(i) not in self.sets["strike_adjectives"] and not self.is_nationality(i)

    def is_nationality(self, i: int) -> bool:
        """Whether the word is an adjective of a country without the article."""
        word = self.word(i)
        return word in self._knowledge.lexicon.nisba and not word.startswith(ARTICLE)

    @property
    def boundaries(self) -> list[int]:
        """Tokens at which a clause begins, in order, the sentence's ends included."""
        if not self._cuts:
            self._cuts = self._cut()
        return self._cuts

    def _cut(self) -> list[int]:
        cuts, acted = [self.first], self.verb(self.first) is not None
        for i in self._stirring:
            if i == self.first:
                continue
            if self._opens_clause(i) and (acted or not self._resumes(i)):
                cuts.append(i)
                acted = False
            acted = acted or self.verb(i) is not None
        return [*cuts, self.last]

    def _resumes(self, i: int) -> bool:
        """Whether a verb behind a comma is the first of its clause: its subject stands before."""
        return (
            self.word(i - 1) in COMMAS
            and self.verb(i) is not None
            and (self.bare(i) not in self.sets["clause_openers"] or self.isin(i, "pluperfect"))
        )

    def _opens_clause(self, i: int) -> bool:
        word = self.word(i)
        if word in STOPS:
            return True
        cover = self.mention_at(i)
        if cover is not None and i > cover.first:
            return False
        bare = self.bare(i)
        if bare in self.sets["complementisers"]:
            return not self._supposed(i - 1)
        if bare in self._classes.openers or (
            bare in self._classes.pair_openers
            and f"{bare} {self.bare(i + 1)}" in self.sets["clause_openers"]
        ):
            return True
        verb = self.verb(i)
        return verb is not None and (
            self.word(i - 1) in COMMAS or WAW in verb.before or _FEH in verb.before
        )

    def _supposed(self, i: int) -> bool:
        """Whether the verb at ``i`` only doubts the noun before it: planes thought to be ..."""
        verb = self.verb(i)
        return (
            verb is not None
            and verb.form.lemma in self.sets["supposing"]
            and (self.mention_at(i - 1) is not None)
        )

    def clause(self, i: int) -> tuple[int, int]:
        """The clause that token ``i`` stands in, as a half-open token range."""
        cuts = self.boundaries
        after = bisect_right(cuts, i, 1, len(cuts) - 1)
        return cuts[after - 1], cuts[after]

    def is_aside(self, i: int, last: int) -> bool:
        """Whether the verb at ``i`` is of a relative clause that ends before ``last``.

        A comma closes it, or the verb has its object in a pronoun: the alliance (that) X leads.
        """
        verb = self.verb(i)
        if verb is None or not self.isin(i - 1, "relatives"):
            return False
        if verb.after and last > i + 1:
            return True
        return any(self.word(j) in COMMAS for j in range(i, last))

    def main_verb(self, last: int) -> int | None:
        """The nearest verb before ``last`` that no relative clause holds, if it is of the past."""
        for i in reversed(self.verbal(self.first, last)):
            verb = self.verb(i)
            if verb is not None and not self.isin(i - 1, "relatives"):
                return i if verb.form.tense == "past" else None
        return None
