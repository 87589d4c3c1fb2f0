"""Words that trigger a report, and the conditions under which they do."""

from __future__ import annotations

from typing import Final

from sijill.extract.candidates import BEFORE, NEAR, CandidateReader
from sijill.extract.grammar import COMMAS, Sentence
from sijill.extract.trigger import Known, Trigger
from sijill.lexicon.rules import EventRule
from sijill.lexicon.words import Analysis
from sijill.text.letters import ALEF, ARTICLE, LAM, WAW

_BEH: Final = "\u0628"
_LAM_OF_PAST: Final = "\u0644\u0645"
_AIMS = ("territory", "fighting")
#: Blows from afar, told of in the same words.
STRIKES: Final = frozenset({"airstrike", "shelling", "bombing"})
_COMPLETING = ("\u0645\u0646", "\u0641\u064a", "\u0639\u0644\u064a")
_ON: Final = "\u0639\u0644\u064a"
_STATE_REACH: Final = 10  # tokens from "still is" to the state, its subject between them
_PLURAL: Final = "\u064a\u0646"


class TriggerReader(CandidateReader):
    """Finds the triggers of a sentence."""

    def find(self, sentence: Sentence) -> list[Trigger]:
        """The triggers of ``sentence``, in order; the first rule that fits a word keeps it."""
        found: list[Trigger] = []
        for i, known in sentence.known:
            if found and i < found[-1].last:
                continue  # a word of the phrase before
            trigger = self._phrase_at(sentence, i, known) or self._word_at(sentence, i, known)
            if trigger:
                found.append(trigger)
        found = self._specified(found)
        return [t for n, t in enumerate(found) if not self._nested(sentence, found[:n], t)]

    def _specified(self, found: list[Trigger]) -> list[Trigger]:
        """A campaign of searches is a search: drop the generic noun, hand its verb on."""
        kept: list[Trigger] = []
        for n, trigger in enumerate(found):
            after = found[n + 1] if n + 1 < len(found) else None
            lemma = trigger.analysis.form.lemma if trigger.analysis else ""
            if (
                after
                and after.kind == "noun"
                and after.first == trigger.last
                and lemma in self._sets["generic_undertakings"]
                and (self._groups[after.type] not in _AIMS or after.type in STRIKES)
            ):
                after.light = after.light or trigger.light
                after.light_kind = after.light_kind or trigger.light_kind
                continue
            if (
                after
                and trigger.kind == "verb"
                and after.kind == "noun"
                and after.first == trigger.last
                and lemma in self._sets["strike_lemmas"]
                and self._groups[after.type] == "fighting"
            ):
                continue  # raids targeted X: the raids are the event
            carried = self._carried_by(trigger, found[n + 1 : n + 3]) or self._repelled_by(
                trigger, found[n + 1 : n + 2]
            )
            if carried is not None:
                carried.carrier = trigger.rule.id
                continue  # they made progress: the noun tells it, the verb only carries it
            kept.append(trigger)
        return kept

    def _carried_by(self, trigger: Trigger, behind: list[Trigger]) -> Trigger | None:
        """The event noun behind a verb trigger that tells the same with the verb as its carrier."""
        same = (o for o in behind if o.light == trigger.first and o.type == trigger.type)
        return next(same, None) if trigger.kind == "verb" else None

    def _repelled_by(self, trigger: Trigger, behind: list[Trigger]) -> Trigger | None:
        """The attack right behind a verb of beating it off: the attack is the event."""
        lemma = trigger.analysis.form.lemma if trigger.analysis else ""
        if trigger.kind != "verb" or lemma not in self._sets["repelling"]:
            return None
        attacks = (o for o in behind if o.kind == "noun" and o.light == trigger.first)
        return next((o for o in attacks if self._groups[o.type] == "fighting"), None)

    def _nested(self, sentence: Sentence, before: list[Trigger], trigger: Trigger) -> bool:
        """Whether an event noun only completes the one right in front: battle + retaking."""
        if not before:
            return False
        outer = before[-1]
        if trigger.kind == "noun" and self._is_hold(sentence, trigger, outer):
            return True
        if outer.type == "threat" and self._completes(sentence, trigger):
            return sentence.clause(outer.first) == sentence.clause(trigger.first)
        if trigger.kind == "noun" and self._beaten_off(trigger, outer):
            return True
        if trigger.kind == "verb":
            return (
                outer.kind == "noun"
                and trigger.first - outer.last <= 2
                and trigger.analysis is not None
                and not trigger.analysis.before
                and trigger.analysis.form.lemma in self._sets["strike_lemmas"]
                and self._groups[outer.type] == "fighting"
            )
        if trigger.kind == "phrase":
            return self._falls_to(sentence, trigger, outer)
        gap = trigger.first - outer.last
        group = self._groups[outer.type], self._groups[trigger.type]
        return (
            outer.kind != "phrase"
            and gap <= 1
            and group[0] in ("fighting", "territory")
            and (group[1] == "territory" or (outer.kind == "noun" and outer.type == trigger.type))
            and sentence.word(trigger.first)[:1] != WAW
            and not any(sentence.word(i) in ".\u060c,:" for i in range(outer.last, trigger.first))
        )

    def _falls_to(self, sentence: Sentence, trigger: Trigger, outer: Trigger) -> bool:
        """Whether "in the hands of" only completes a fall: the quarter fell into the hands of."""
        fell = outer.type == "capture" and outer.kind == "verb" and trigger.type == "control"
        falls = fell and sentence.word(trigger.first) in outer.rule.slots
        return falls and sentence.clause(outer.first) == sentence.clause(trigger.first)

    def _beaten_off(self, trigger: Trigger, outer: Trigger) -> bool:
        """Whether an advance came to nothing: they repelled + attempts to + push forward."""
        lemma = outer.analysis.form.lemma if outer.kind == "verb" and outer.analysis else ""
        repelled = lemma in self._sets["repelling"] and trigger.light == outer.first
        return repelled and self._groups[trigger.type] == "territory"

    def _is_hold(self, sentence: Sentence, trigger: Trigger, outer: Trigger) -> bool:
        """Whether "control" only completes a verb: they lost control, they took it from control."""
        if not self._is_one_of(sentence.word(trigger.first), self._sets["holds"]):
            return False
        same = sentence.clause(outer.first) == sentence.clause(trigger.first)
        return same and self._groups[outer.type] == "territory" and outer.kind != "phrase"

    def _phrase_at(self, sentence: Sentence, i: int, known: Known) -> Trigger | None:
        for end, rule in self._phrases_at(sentence.tokens.word, i, sentence.last, known):
            if self._allowed(sentence, i, end, rule):
                return Trigger(i, end, rule, None, "phrase", rule.type)
        return None

    def _word_at(self, sentence: Sentence, i: int, known: Known) -> Trigger | None:
        if not known.readings:
            return None
        if sentence.measures(i) and (
            any(time.first <= i < time.last for time in sentence.times)
            or any(
                number.first <= i < number.last and i != number.core_last  # what it counts
                for number in sentence.numbers
            )
        ):
            return None
        cover = sentence.mention_at(i)
        if cover is not None and (cover.kind != "people" or cover.last - cover.first > 1):
            return None
        verb = sentence.verb(i)
        if verb is None and (sentence.isin(i - 1, "topics") or self._without(sentence, i)):
            return None
        if sentence.isin(i, "verb_particles") and sentence.verb(i + 1) is not None:
            return None  # only the particle of the verb behind it
        for rule, analysis in known.readings:
            is_verb = analysis.form.pos == "verb"
            if is_verb != (verb is not None) or not sentence.spells(i, analysis):
                continue
            if self._allowed(sentence, i, i + 1, rule):
                kind = "verb" if is_verb else "noun"
                type_ = self._type(sentence, i, rule, analysis)
                made = Trigger(i, i + 1, rule, analysis, kind, type_)
                if kind == "noun":
                    self._carry(sentence, made)
                if "managed" in rule.flags and not self._managed(sentence, made):
                    continue
                return made
        return None

    def _without(self, sentence: Sentence, i: int) -> bool:
        """Whether the noun names no event of its own: without + any + fighting, fleeing from it."""
        before = i - 2 if sentence.isin(i - 1, "any_of") else i - 1
        fled = sentence.bare(i - 1) == _COMPLETING[0] and sentence.isin(i - 2, "fleeing")
        return fled or sentence.isin(before, "without")

    def _managed(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether the verb that carries the noun says that its subject succeeded."""
        verb = sentence.verb(trigger.light) if trigger.light is not None else None
        return verb is not None and verb.form.lemma in self._sets["managing"]

    def _type(self, sentence: Sentence, i: int, rule: EventRule, analysis: Analysis) -> str:
        tense = rule.tenses.get(analysis.form.tense)
        negated = sentence.bare(i - 1) == _LAM_OF_PAST
        told = sentence.headline and sentence.word(i + 1) not in self._sets["resumptive"]
        if tense and not negated and not told:  # headlines tell the past in the present tense
            return tense
        if rule.masdar_under and analysis.form.pos == "masdar" and self._is_under(sentence, i):
            return rule.masdar_under
        return rule.type

    def _is_under(self, sentence: Sentence, i: int) -> bool:
        return LAM in self._readings_before(sentence, i) or sentence.word(i - 1) in (
            "\u062a\u062d\u062a",
        )

    def _readings_before(self, sentence: Sentence, i: int) -> tuple[str, ...]:
        found = (a for a in sentence.analyses(i) if a.form.pos == "masdar")
        return next((a.before for a in found if not a.article), ())  # "in order to control" aims

    def _allowed(self, sentence: Sentence, first: int, last: int, rule: EventRule) -> bool:
        word, end = sentence.tokens.word, sentence.last
        if not self._words_allow(word, last, end, rule):
            return False
        around = range(max(first - BEFORE, sentence.first), min(last + NEAR - 1, end))
        beside = [i for i in around if not first <= i < last] if rule.unless else []
        if beside and any(
            self._is_one_of(word[i], rule.unless)
            and not self._in_name(sentence, i, word[i] in rule.unless)
            for i in beside
        ):
            return False
        if "of_place" in rule.flags and not self._of_place(sentence, last):
            return False
        if "circumstance" in rule.flags and not self._is_circumstance(sentence, first):
            return False
        if "predicate" in rule.flags and not self._is_predicate(sentence, first):
            return False
        if rule.noun_needs and not self._noun_need(sentence, first, last, rule):
            return False
        return "military" not in rule.flags or self._military(sentence, first, last)

    def _in_name(self, sentence: Sentence, i: int, itself: bool) -> bool:
        """Whether the word only helps to name a side: "workers" in the name of a party.

        Or is a place's name that begins like a preposition and the word, and not the word
        ``itself``: Baquba reads as "with a penalty".
        """
        cover = sentence.mention_at(i)
        if cover is None:
            return False
        words = cover.last - cover.first
        if cover.kind == "place":
            return words == 1 and not cover.before and not itself
        return cover.role == "name" and words > 1

    def _is_circumstance(self, sentence: Sentence, i: int) -> bool:
        """Whether a participle tells what a subject does meanwhile: he said ..., calling on."""
        word = sentence.word(i)
        if word.endswith((ALEF, _PLURAL)):
            return not word.startswith(ARTICLE)
        joined = word.startswith(WAW) or sentence.word(i - 1) in COMMAS
        return joined and ARTICLE not in word[:3]

    def _is_predicate(self, sentence: Sentence, i: int) -> bool:
        """Whether a participle tells in what state the subject of "still is" or "became" is."""
        if any(a.article for a in sentence.analyses(i)):
            return False
        next_to = sentence.mention_at(i + 1)
        if next_to is not None and next_to.kind == "place" and not next_to.before:
            return False  # the forces are still surrounding + the town
        at = sentence.verb_before(i, max(sentence.first, i - _STATE_REACH))
        verb = None if at is None else sentence.verb(at)
        return verb is not None and verb.form.lemma in self._sets["remaining"]

    def _of_place(self, sentence: Sentence, last: int) -> bool:
        """Whether the noun is at once followed by the place that it is for."""
        cover = sentence.mention_at(last)
        return (
            cover is not None
            and cover.kind == "place"
            and cover.first == last
            and (not cover.before and cover.role != "state")
        )

    def _noun_need(self, sentence: Sentence, first: int, last: int, rule: EventRule) -> bool:
        """Whether a noun that is only sometimes an event has what makes it one beside it."""
        for analysis in sentence.analyses(first):
            need = rule.noun_needs.get(analysis.form.lemma)
            if need is None:
                continue
            around = range(max(first - 3, sentence.first), min(last + NEAR, sentence.last))
            if need in self._sets:
                clause = range(*sentence.clause(first))
                return any(sentence.word(i) in self._sets[need] for i in [*around, *clause])
            if need == "number":
                return any(n.first <= first <= n.last + 1 for n in sentence.numbers)
            if need == "people":
                return any(
                    m.kind in ("people", "actor") and 0 < m.first - first <= NEAR
                    for m in sentence.mentions
                )
            return any(
                need == a.form.lemma for i in around if i != first for a in sentence.analyses(i)
            )
        return True

    def _military(self, sentence: Sentence, first: int, last: int) -> bool:
        around = range(max(first - 1, sentence.first), min(last + NEAR, sentence.last))
        if any(self._tells_military(sentence.word(i)) for i in around):
            return True
        low, high = sentence.clause(first)
        if any(
            m.kind == "place" and m.prep == _ON and 0 < m.first - first <= 8
            for m in sentence.mentions
        ):
            return True
        return any(
            m.kind in ("actor", "asset") and low <= m.first < high + 6 and self._armed(m.ids)
            for m in sentence.mentions
        )

    def _armed(self, ids: tuple[str, ...]) -> bool:
        return any(
            self._lexicon.actors[actor].kind in ("armed_group", "military", "alliance")
            for actor in ids
        )

    def _carry(self, sentence: Sentence, trigger: Trigger) -> None:
        """Find the light verb that carries a noun trigger, before it in the clause."""
        low, _ = sentence.clause(trigger.first)
        if sentence.isin(trigger.first - 1, "backdrops"):
            return
        completes = self._completes(sentence, trigger)
        for i in reversed(sentence.verbal(max(low, trigger.first - 16), trigger.first)):
            verb = sentence.verb(i)
            if verb is None or verb.form.lemma in self._sets["supposing"]:
                continue
            if sentence.is_aside(i, trigger.first) and not completes:
                continue
            if verb.form.lemma in self._sets["addressing"]:
                return  # accused them of arming X: the one addressed does it
            for kind in ("agent", "patient", "event"):
                if verb.form.lemma in self._sets[f"light_{kind}"]:
                    trigger.light, trigger.light_kind = i, kind
            if verb.form.lemma in self._sets["going_on"] and sentence.holds(
                trigger.first - 2, trigger.first, "within"
            ):
                trigger.light_kind = "agent"  # they go on in + carrying out + raids
            nominal = any(a.form.pos != "verb" for a in sentence.analyses(i))
            if not trigger.light_kind and (nominal or (completes and verb.after)):
                continue  # a noun, or a relative clause: with soldiers (whom) it trained
            if "carried" in trigger.rule.flags and not trigger.light_kind:
                trigger.light, trigger.light_kind = i, "agent"
            return
        self._carry_over_relative(sentence, trigger, low)

    def _completes(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether a preposition in front makes the noun what a verb before is about."""
        readings = sentence.analyses(trigger.first - 1)  # by launching + raids
        launched = any(a.form.pos == "masdar" and _BEH in a.before for a in readings)
        glued = launched or bool(trigger.analysis and _BEH in trigger.analysis.before)
        return glued or sentence.bare(trigger.first - 1) in _COMPLETING

    def _carry_over_relative(self, sentence: Sentence, trigger: Trigger, low: int) -> None:
        """A relative clause may stand between the verb and its noun: they managed, who ..., to."""
        aside = sentence.is_aside(low + 1, trigger.first)
        if not sentence.isin(low, "relatives") or not (aside or self._completes(sentence, trigger)):
            return
        for i in range(low - 1, max(sentence.first, low - 14) - 1, -1):
            verb = sentence.verb(i)
            if verb is not None:
                if verb.form.lemma in self._sets["light_agent"]:
                    trigger.light, trigger.light_kind = i, "agent"
                return
