"""Subjects and objects: which mention stands in which grammatical slot of a verb."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sijill.extract.context import Latest
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.slots import Slots
from sijill.extract.verb_words import (
    THINGS,
    accusative,
    acts,
    behind_place,
    beside_definite,
    counts_men,
    counts_things,
    described,
    dies_of,
    disagrees,
    done_to,
    finite,
    lacks_object,
    only_place,
    reflexive,
    thing_acts,
    thing_at,
)
from sijill.lexicon.words import Analysis
from sijill.text.letters import ARTICLE, WAW


class VerbSyntax:
    """Slots of the verbs of one sentence; keeps the subject that carries over."""

    def __init__(self, sentence: Sentence, subjects: Latest[Mention]) -> None:
        self._s, self._told = sentence, subjects
        self._subjects: dict[int, Mention | None] = {}
        self._lent: list[Mention | None] = []

    @property
    def _inherited(self) -> Mention | None:
        """The subject of the sentence before, as one without a place in this sentence."""
        if not self._lent:  # asked for once: who asks may wait for many sentences
            told = self._told.get()
            if told is not None and set(told.ids) <= self._s.sets["bystanders"]:
                told = None
            lent = told and Mention("actor", -1, -1, told.ids, "", "inherited", told.where)
            self._lent.append(lent)
        return self._lent[0]

    def verb_slots(self, i: int, analysis: Analysis) -> Slots:
        """The slots of the finite verb at ``i``."""
        s = self._s
        first, last = s.clause(i)
        aside = described(s, i, last)
        if aside[0] >= last:
            last = s.clause(aside[1])[1]
        last = self._next_verb(aside[1], last)
        after = [m for m in s.mentions if i < m.first < last and not aside[0] < m.first < aside[1]]
        by_slot: dict[str, list[Mention]] = defaultdict(list)
        direct = [
            m
            for m in after
            if not m.prep_governed() and (m.kind != "people" or m.figure not in THINGS)
        ]
        subject, antecedent, resumptive = self._before(i, first, analysis)
        men = counts_men(s, i, analysis) and self._takes(analysis.form.lemma)
        men = men or bool(antecedent and not resumptive and counts_things(s, i))
        passive = not men and self._is_passive(i, analysis, subject, direct)
        if antecedent and not resumptive and not self._is_setting(i, antecedent, direct):
            subject = antecedent
        form = analysis.form
        plural = form.number == "p" or form.person in (1, 2)
        strikes = self._harms(analysis.form.lemma) and thing_at(self._s, i + 1)
        if subject is None and self._pronoun_acts(i):
            subject = self._carried(i)
        mine = analysis.form.person == 1
        taken = men or plural or strikes or accusative(self._s, i + 1)
        taken = taken or (bool(direct) and disagrees(self._s, analysis, direct[0]))
        if subject is None and direct and not taken:
            subject = direct.pop(behind_place(s, direct))  # a verb before it is singular
        if subject is None and not passive and not strikes and not thing_acts(self._s, i, after):
            subject = self._saying(i) if mine else self._carried(i)
            if not mine and not antecedent and self._describes(i, first, analysis):
                subject = None  # of people that no name is known for
            if men and subject and direct and set(subject.ids) & set(direct[0].ids):
                subject = None  # nobody is known who kills their own
        passive = passive or done_to(s, subject, analysis, after)
        if subject:
            alone = subject is antecedent and _WHO_SINGULAR in (s.bare(i - 1), s.bare(first))
            by_slot["object" if passive else "subject"] += (
                [subject] if alone else self._group(subject)
            )
        for mention in direct:
            if mention not in by_slot["object"] and not self._renames(mention, subject):
                by_slot["object"] += self._group(mention)
        for mention in after:
            if beside_definite(s, mention):
                by_slot["object"] += self._group(mention)
            elif mention.prep_governed():
                by_slot["within" if mention.prep == "gen" else mention.prep].append(mention)
        if antecedent and resumptive:
            one = self._s.bare(first) == _WHO_SINGULAR
            by_slot[resumptive] = [antecedent] if one else self._group(antecedent)
        self._subjects[i] = None if passive else subject
        return Slots(dict(by_slot), first, last)

    def _renames(self, mention: Mention, subject: Mention | None) -> bool:
        """Whether the mention is a second name of the subject in front of it: the envoy, X."""
        return (
            subject is not None
            and mention.role == "person"
            and set(mention.ids) <= set(subject.ids)
            and 0 <= mention.first - subject.last <= 1
        )

    def _is_setting(self, i: int, antecedent: Mention, direct: list[Mention]) -> bool:
        """Whether a relative clause about a place names its subject: the town of which X says."""
        verb = self._s.verb(i)
        if antecedent.kind != "place" or antecedent.ids or verb is None:
            return False
        other = verb.form.gender == "m" and self._s.bare(i - 1) == _WHICH
        later = range(i + 1, self._s.clause(i)[1])
        back = not self._s.sets["resumptive"].isdisjoint(self._s.words(later.start, later.stop))
        return (other or back or self._s.says(i)) and any(m.kind == "actor" for m in direct)

    def subject_of(self, i: int) -> Mention | None:
        """The subject of the verb at ``i``."""
        if i not in self._subjects:
            analysis = self._s.verb(i)
            if analysis is None:
                return None
            self.verb_slots(i, analysis)
        return self._subjects[i]

    def _next_verb(self, start: int, last: int) -> int:
        """The next finite verb before ``last``, where the verb's own words end."""
        return next((j for j in self._s.verbs(start, last) if finite(self._s, j)), last)

    def _group(self, mention: Mention) -> list[Mention]:
        if mention.group < 0:
            return [mention]
        return [m for m in self._s.mentions if m.group == mention.group]

    def _before(
        self, i: int, first: int, analysis: Analysis
    ) -> tuple[Mention | None, Mention | None, str]:
        """What stands before the verb: a subject, or the noun of a relative clause."""
        s = self._s
        j = i - 1
        while j >= first and s.isin(j, "verb_particles") and not s.isin(j, "relatives"):
            j -= 1
        if self._relates(j):
            return None, self._ending_at(j), self._resumptive(i, analysis)
        resumptive = self._resumptive(i, analysis)
        if analysis.form.number == "p" and not analysis.before and not resumptive:
            beside = self._ending_at(i)
            if beside is not None and beside.last == i and beside.kind != "place":
                return beside, None, ""
        beside = self._ending_at(i) if resumptive == "object" else None
        if beside is not None and beside.last == i and self._indefinite(beside):
            return None, beside, resumptive
        if resumptive and self._indefinite_before(j):
            return None, self._ending_at(j + 1), resumptive
        topic = self._topic(i, first)
        behind = s.mention_at(i + 2) or s.mention_at(i + 3)
        if (
            resumptive
            and s.word(i + 1) in s.sets["resumptive"]
            and behind is not None
            and (behind.kind == "actor" and not behind.prep_governed())
        ):
            return None, self._ending_at(i) or self._ending_at(first), resumptive
        if resumptive and self._relates(first):
            return topic, self._ending_at(first), resumptive
        if resumptive == "object" and topic is not None and only_place(topic):
            return None, topic, resumptive  # the town, the army entered + it
        return topic, None, ""

    def _indefinite(self, mention: Mention) -> bool:
        """Whether the mention is people without the article (soldiers + they-trained-them)."""
        return mention.role in ("member", "people", "force") and not (
            self._s.word(mention.first)[len(mention.before) :].startswith(ARTICLE)
        )

    def _indefinite_before(self, j: int) -> bool:
        """Whether an indefinite noun stands right before (raids + it launched)."""
        return any(a.form.pos in ("noun", "masdar") and not a.article for a in self._s.analyses(j))

    def _resumptive(self, i: int, analysis: Analysis) -> str:
        if analysis.after:
            return "object"
        if self._s.sets["resumptive"].isdisjoint(self._s.words(i + 1, i + 5)):
            return ""
        for j in range(i + 1, min(i + 5, self._s.last)):
            if self._s.word(j) in self._s.sets["resumptive"]:
                return _PRONOUN_STEMS.get(self._s.word(j)[:2], "\u0641\u064a")
            if self._s.isin(j, "relatives") or self._s.verb(j):
                break
        return ""

    def _ending_at(self, j: int) -> Mention | None:
        """The mention that ends right before token ``j``, adjectives and commas allowed."""
        for mention in reversed(self._s.mentions):
            if mention.last > j:
                continue
            if j - mention.last > 3:
                return None
            if not mention.container:
                return mention
            j = mention.first  # the town, in the province, which
        return None

    def _topic(self, i: int, first: int) -> Mention | None:
        """A subject in front of its verb: ungoverned, near the clause's opening."""
        s = self._s
        if s.word(i - 1) in _OPENING and s.says(first):
            return None  # he said: "they struck": the speaker is not who struck
        if self._relates(first) and any(self._is_full(j) for j in range(first + 1, i)):
            return self._ending_at(first)  # the main verb behind a relative clause
        for mention in s.mentions:
            if mention.first < first:
                continue
            if mention.last > i:
                return None
            if mention.prep_governed() or mention.container or mention.figure == "places":
                continue
            if any(not s.isin(j, "pluperfect") for j in s.verbs(mention.last, i)):
                return None
            if not self._agrees(mention, i):
                return None
            return mention if mention.first - first <= 4 or i - mention.last <= 2 else None
        return None

    def _is_full(self, i: int) -> bool:
        """Whether the word is a verb of its own rather than an auxiliary: still, was, goes on."""
        s = self._s
        return s.verb(i) is not None and not s.isin(i, "ongoing") and not s.isin(i, "pluperfect")

    def _agrees(self, mention: Mention, i: int) -> bool:
        """Whether the verb's gender can be that of a state named before it."""
        verb = self._s.verb(i)
        if verb is None or mention.kind != "place" or not mention.ids:
            return True
        word = self._s.word(mention.last - 1)
        masculine = any(word.endswith(w) for w in self._s.sets["masculine_states"])
        return masculine or verb.form.gender != "m" or verb.form.number != "s"

    def _is_passive(
        self, i: int, analysis: Analysis, topic: Mention | None, direct: list[Mention]
    ) -> bool:
        if analysis.form.voice != "both":
            return analysis.form.voice == "passive"
        if analysis.after:
            return False
        counted = any(
            i < n.first < i + 3 and self._s.mention_at(n.first - 1) is None for n in self._s.numbers
        )
        if counted and topic is not None and topic.figure == "fighters" and i == topic.last:
            return False  # gunmen killed five
        if counted and (topic is None or topic.kind == "people"):
            return not (topic is None and self._pronoun_acts(i))
        if topic is not None:
            suffers = topic.kind == "people" or (
                self._harms(analysis.form.lemma)
                and (topic.role in _VICTIMS or self._s.is_unarmed(topic))
            )
            return suffers and not direct
        if not direct:
            return self._harms(analysis.form.lemma) and lacks_object(self._s, i, analysis)
        if reflexive(self._s, i):
            return False
        harms = self._harms(analysis.form.lemma)
        if direct[0].kind == "people":
            doing = acts(direct, harms)
            return not doing and not (WAW in analysis.before and self._follows_verb(i))
        if harms and self._killed_one(i, analysis, direct[0]):
            return True
        end = self._next_verb(i + 1, direct[0].last + 4)
        victim = (
            len(direct) > 1
            or any(direct[0].last <= n.first < end for n in self._s.numbers)
            or thing_at(self._s, direct[0].last)
        )
        if victim:
            return False
        one = self._s.isin(direct[0].first - 1, "one_of")
        return harms and (direct[0].role in _PERSONS or one or dies_of(self._s, i, direct[0]))

    def _killed_one(self, i: int, analysis: Analysis, mention: Mention) -> bool:
        """Whether people who kill no one stand behind a masculine verb of harm: they suffer it."""
        s, form = self._s, analysis.form
        one = form.gender == "m" and form.number == "s" and not s.isin(i - 1, "relatives")
        joined = WAW in analysis.before and self._follows_verb(i)
        helpless = bool(mention.ids) and set(mention.ids) <= s.sets["helpless"]
        return one and helpless and not joined

    def _pronoun_acts(self, i: int) -> bool:
        """Whether a pronoun of a side right in front is the subject: (said) that they killed 15."""
        carried = self._carried(i) if self._s.isin(i - 1, "pronoun_subjects") else None
        return carried is not None and (carried.role in _SIDES or carried.role == "state")

    def _follows_verb(self, i: int) -> bool:
        """Whether "and" joins the verb to another of the sentence whose subject it shares."""
        carried = self._carried(i)
        return carried is not None and carried.kind == "actor" and carried.first >= 0

    def _harms(self, lemma: str) -> bool:
        """Whether the verb does something to people: kills, wounds, captures."""
        sets = self._s.sets
        return (
            lemma in sets["kill_lemmas"]
            or lemma in sets["wound_lemmas"]
            or lemma in sets["capture_lemmas"]
        )

    def _takes(self, lemma: str) -> bool:
        """Whether the verb harms people or keeps them from going on their way."""
        return self._harms(lemma) or lemma in self._s.sets["detaining"]

    def _carried(self, i: int) -> Mention | None:
        """The subject of the nearest verb before in the sentence."""
        pronoun = self._s.near_before(i, "pronoun_subjects")
        for j in reversed(self._s.verbs(self._s.first, i)):
            subject = self.subject_of(j)
            told = self._s.says(j) and not pronoun
            if subject is not None and not told:
                return subject
        before = [m for m in self._s.mentions if m.last <= i]
        if pronoun:
            fixed = self._s.sets["place_prepositions"]
            able = [
                m
                for m in before
                if m.kind in ("actor", "place")
                and m.ids
                and m.prep not in fixed
                and self._s.refers(i, m)
            ]
            if able:
                return able[-1]
        named = any(m.kind in ("actor", "people") for m in before) or self._unknown_subject(i)
        return self._inherited if self._goes_on(i) and not named else None

    def _unknown_subject(self, i: int) -> bool:
        """Whether a noun that nothing is known of is the subject: Gazans (who) joined."""
        word = self._s.word(i - 1)
        return self._relates(i - 1) or (word.endswith(_PEOPLE_END) and self._s.verb(i - 1) is None)

    def _describes(self, i: int, first: int, analysis: Analysis) -> bool:
        """Whether a relative pronoun stands right before the verb."""
        j = i - 1
        while j > first and self._s.isin(j, "verb_particles") and not self._s.isin(j, "relatives"):
            j -= 1
        return j >= first and self._relates(j) and not self._resumptive(i, analysis)

    def _saying(self, i: int) -> Mention | None:
        """Who says what the verb at ``i`` tells in the first person."""
        at = next((j for j in range(i - 1, self._s.first - 1, -1) if self._s.says(j)), None)
        return None if at is None else self.subject_of(at) or self._inherited

    def _goes_on(self, i: int) -> bool:
        """Whether the verb's form fits forces named in the sentence before: feminine or plural."""
        verb = self._s.verb(i)
        return verb is not None and (verb.form.gender == "f" or verb.form.number == "p")

    def _relates(self, i: int) -> bool:
        """Whether the word at ``i`` is a relative pronoun that stands for a noun."""
        return self._s.isin(i, "relatives") and self._s.bare(i) not in _NOT_RELATIVE

    def main_subject(self) -> Mention | None:
        """The first side that is the subject of a verb in the sentence."""
        for i in self._s.verbs(self._s.first, self._s.last):
            subject = self.subject_of(i)
            if subject is not None and subject.kind == "actor":
                return subject
        return None


_WHICH: Final = "\u0627\u0644\u062a\u064a"
_WHO_SINGULAR: Final = "\u0627\u0644\u0630\u064a"
#: Mentions of people one by one, who suffer what has no other object.
_PERSONS: Final = frozenset({"leader", "member", "official", "person"})
_VICTIMS: Final = _PERSONS | {"office"}
#: Mentions of whole sides, as against people who speak.
_SIDES: Final = frozenset({"name", "force", "body", "epithet", "back"})
_OPENING: Final = frozenset('"\u00ab\u201c')
_PEOPLE_END: Final = "\u0648\u0646"  # the ending of a plural of people
_NOT_RELATIVE: Final = frozenset({"\u062d\u064a\u062b", "\u0645\u0645\u0627"})
_PRONOUN_STEMS: Final = {
    "\u0639\u0644": "\u0639\u0644\u064a",
    "\u0641\u064a": "\u0641\u064a",
    "\u0645\u0646": "\u0645\u0646",
    "\u0627\u0644": "\u0627\u0644\u064a",
}
