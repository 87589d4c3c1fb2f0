"""Who does an event whose own grammatical slots do not say it."""

from __future__ import annotations

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.syntax import Syntax
from sijill.extract.triggers import Trigger
from sijill.lexicon.knowledge import Knowledge

_ARMED = frozenset({"armed_group", "military", "alliance", "state", "police"})


class DoerReader:
    """Looks for the doer of an event noun in the words before it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon

    def claimant(self, sentence: Sentence, trigger: Trigger) -> list[Mention]:
        """Who claims the act: X announced its responsibility + for + the attack."""
        claimed = range(trigger.first - 3, trigger.first)
        if not any(sentence.isin(i, "responsibility") for i in claimed):
            return []
        sides = [
            m
            for m in sentence.mentions
            if m.kind == "actor"
            and m.last <= trigger.first
            and self.armed(m.ids)
            and not m.prep_governed()
        ]
        return sides[-1:]

    def undertaker(self, sentence: Sentence, trigger: Trigger) -> list[Mention]:
        """Whose undertaking the noun in front names: the carrying-out + by aircraft + of raids."""
        light = self._knowledge.sets["light_agent"] | self._knowledge.sets["light_event"]
        before = [m for m in sentence.mentions if m.last <= trigger.first and m.kind == "actor"]
        if not before or trigger.first - before[-1].last > 4 or before[-1].before:
            return []
        doer = before[-1]
        if any(
            sentence.verb(i) is not None or sentence.word(i) in ",\u060c"
            for i in range(doer.last, trigger.first)
        ):
            return []
        carries = any(
            a.form.pos == "masdar" and a.form.lemma in light
            for a in sentence.analyses(doer.first - 1)
        )
        if not carries or sentence.verb(doer.first - 1) is not None:
            return []
        return [m for m in before if m.group == doer.group]

    def clause_subject(
        self, sentence: Sentence, syntax: Syntax, trigger: Trigger, target: list[Mention]
    ) -> list[Mention]:
        """The armed subject of the verb before an event noun, unless it suffers the event."""
        group = self._knowledge.types[trigger.type].group
        first, _ = sentence.clause(trigger.first)
        if group not in ("fighting", "territory") or trigger.light_kind == "patient":
            return []
        if trigger.type == "control":  # a stronghold hit is not the hitter's
            return []
        meets = trigger.type == "clash" and bool(target)
        if sentence.isin(trigger.first - 1, "backdrops") and not meets:
            return []
        for i in range(trigger.first - 1, first - 1, -1):
            verb = sentence.verb(i)
            if verb is None or syntax.is_relative(i):
                continue
            subject = syntax.subject_of(i)
            fits = subject is not None and subject.kind == "actor" and self.armed(subject.ids)
            if (
                fits
                and subject is not None
                and subject not in target
                and (verb.form.lemma not in self._knowledge.sets["say_lemmas"])
            ):
                return [subject]
            return []
        return []

    def armed(self, ids: tuple[str, ...]) -> bool:
        """Whether one of the actors can fight."""
        return any(self._lexicon.actors[actor].kind in _ARMED for actor in ids)
