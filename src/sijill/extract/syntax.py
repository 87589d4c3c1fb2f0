"""Which mention stands in which grammatical slot of an event noun."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sijill.extract.grammar import COMMAS
from sijill.extract.mention import Mention
from sijill.extract.slots import Slots, part_between
from sijill.extract.trigger import Trigger
from sijill.extract.verb_syntax import VerbSyntax
from sijill.text.letters import WAW

_ABOUT: Final = "\u0639\u0646"
_THAT: Final = "\u0630\u0644\u0643"
_ON: Final = "\u0639\u0644\u064a"


class Syntax(VerbSyntax):
    """Slots of the verbs and event nouns of one sentence."""

    def noun_slots(self, trigger: Trigger) -> Slots:
        """The slots of an event noun, with those of the verb that carries it."""
        s, i = self._s, trigger.first
        first, last = s.clause(i)
        if s.word(last - 1) in ",\u060c" and self._strikes(last):
            last = s.clause(last)[1]  # raids ..., (which) targeted X
        last = self._next_event(trigger, last)
        by_slot: dict[str, list[Mention]] = defaultdict(list)
        tail = self._relative_tail(trigger.last)
        end = tail[1] if tail else last
        after = [m for m in s.mentions if trigger.last <= m.first < end]
        if tail:
            by_slot["subject"] += tail[0]
            after = [m for m in after if m not in tail[0]]
        if trigger.analysis and trigger.analysis.form.pos in ("active", "passive"):
            described = self._ending_at(i)
            by_slot["before"] += [described] if described else []
        self._genitives(trigger, after, by_slot)
        self._described(trigger, last, by_slot)
        for mention in after:
            if mention.prep_governed():
                by_slot["within" if mention.prep == "gen" else mention.prep].append(mention)
        part_between(s, trigger, by_slot, end)
        if trigger.light is not None:
            carrier = self.subject_of(trigger.light)
            if carrier is not None and carrier.first < i:
                slot = {"agent": "subject", "patient": "object"}.get(trigger.light_kind)
                if slot and carrier not in by_slot[slot]:
                    by_slot[slot] += self._group(carrier)
        return Slots({k: v for k, v in by_slot.items() if v}, first, end)

    def _next_event(self, trigger: Trigger, last: int) -> int:
        """Where "and" adds an event noun with words of its own: raids on X and shelling of Y."""
        for i in self._s.events:
            if trigger.last + 2 < i < last and self._s.word(i)[:1] == WAW and not self._s.verb(i):
                return i
            if trigger.last + 2 < i < last:
                last = self._set_apart(trigger.last, i) or last
        return last

    def _set_apart(self, start: int, event: int) -> int:
        """Where a comma and "after" or "amid" open the telling of another event; 0 for nowhere."""
        s = self._s
        for i in range(max(start, event - 6), event):
            if s.isin(i, "reprisals") and s.bare(i + 1) == _ON:
                return i  # the shelling answers the shelling of X
            that = s.bare(i - 1) == _THAT
            apart = s.isin(i, "earlier") or s.isin(i, "backdrops")
            if apart and s.word(i - 2 if that else i - 1) in COMMAS:
                return i
        return 0

    def _strikes(self, i: int) -> bool:
        """Whether the word at ``i`` is a bare verb that tells what an attack hit."""
        verb = self._s.verb(i)
        return (
            verb is not None
            and not verb.before
            and (verb.form.lemma in self._s.sets["strike_lemmas"])
        )

    def _described(self, trigger: Trigger, last: int, by_slot: dict[str, list[Mention]]) -> None:
        """What a verb right behind the noun says it hit: ``shelling + targeted + X``."""
        s = self._s
        for j in range(trigger.last, min(trigger.last + 4, last)):
            verb = s.verb(j)
            if verb is None:
                continue
            if verb.form.lemma in s.sets["strike_lemmas"] and not verb.after:
                hit = [m for m in s.mentions if j < m.first < last and not m.prep_governed()]
                by_slot["object"] += self._group(hit[0]) if hit else []
            return

    def _genitives(
        self, trigger: Trigger, after: list[Mention], by_slot: dict[str, list[Mention]]
    ) -> None:
        """Genitive and object of a verbal noun: the first bare mention near, then the next."""
        s = self._s
        pronoun = trigger.analysis.after if trigger.analysis else ""
        bare = [
            m
            for m in after
            if m.prep in ("", "gen")
            and not m.before.strip("\u0648\u0641")
            and not m.container
            and not any(s.verb(j) or s.bare(j) == _ABOUT for j in range(trigger.last, m.first))
        ]
        if pronoun:
            referent = self._referent(trigger.first)
            if referent:
                by_slot["gen"] += self._group(referent)
            if bare and bare[0].first - trigger.last <= 3:
                by_slot["object"] += self._group(bare[0])
            return
        if bare and bare[0].first == trigger.last + 1 and s.is_nationality(trigger.last):
            by_slot["object"] += self._group(bare[0])  # an American raid (killed) X
            return
        if bare and bare[0].first - trigger.last <= 3:
            by_slot["gen"] += self._group(bare[0])
            rest = [m for m in bare[1:] if m.group != bare[0].group]
            if rest and rest[0].first - bare[0].last <= 3:
                by_slot["object"] += self._group(rest[0])

    def _referent(self, i: int) -> Mention | None:
        """Whom a pronoun on the word at ``i`` means: the subject before, else the last actor."""
        addressed = self._addressed(i)
        if addressed is not None:
            return addressed
        carried = self._carried(i)
        if carried is not None and carried.kind != "place" and carried.group >= 0:
            return carried
        actors = [m for m in self._s.mentions if m.last <= i and m.kind == "actor"]
        return actors[-1] if actors else carried or self._inherited

    def _addressed(self, i: int) -> Mention | None:
        """Whom the verb before asks or charges: it asked Turkey to stop its raids."""
        s = self._s
        at = s.verb_before(i, s.first)
        verb = None if at is None else s.verb(at)
        if at is None or verb is None or verb.form.lemma not in s.sets["addressing"]:
            return None
        asked = [m for m in s.mentions if at < m.first < i and m.ids and not m.prep_governed()]
        return asked[-1] if len(asked) > 1 or (asked and self.subject_of(at) not in asked) else None

    def is_relative(self, i: int) -> bool:
        """Whether the verb at ``i`` only describes the noun before: soldiers (whom) it trained."""
        verb = self._s.verb(i)
        if verb is None or not verb.after:
            return False
        return self._before(i, self._s.clause(i)[0], verb)[1] is not None

    def launchers(self, trigger: Trigger) -> list[Mention]:
        """Who launched what fell or was thrown: ``shells fell + that-launched-them + X``."""
        tail = self._relative_tail(trigger.last)
        return tail[0] if tail else []

    def _relative_tail(self, i: int) -> tuple[list[Mention], int] | None:
        """A clause behind the noun that tells who did it: ``raids + that-launched-them + X``."""
        s = self._s
        for j in s.verbal(i, min(i + 10, s.last)):
            verb = s.verb(j)
            if verb is None or verb.form.lemma in s.sets["supposing"]:
                continue
            carries = verb.form.lemma in s.sets["light_agent"]
            if not carries or not (verb.after or s.isin(j + 1, "resumptive")):
                return None
            _, end = s.clause(j)
            agents = [
                m
                for m in s.mentions
                if j < m.first < end and not m.prep_governed() and m.kind != "place"
            ]
            doer = agents[0] if agents else self.subject_of(j)
            return (self._group(doer), end) if doer else None
        return None
