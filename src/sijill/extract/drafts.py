"""From one trigger to a draft of a report: its slots as values, with what each was made from."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from sijill.extract.absorb import absorb
from sijill.extract.context import Context
from sijill.extract.doers import ARMED
from sijill.extract.doubt import shielding
from sijill.extract.evidence import evidence, slot_traces
from sijill.extract.grammar import Sentence
from sijill.extract.lasting import lasted, lend_place
from sijill.extract.means import MeansReader
from sijill.extract.mention import Mention
from sijill.extract.periods import date_sums, read_period
from sijill.extract.place_location import Locator, place_of
from sijill.extract.reasons import lend
from sijill.extract.recount import recount
from sijill.extract.roles import RoleReader
from sijill.extract.scene import Counted, Draft, Scene, belongs_elsewhere, opened_by_other
from sijill.extract.share import PASSED_ON, TOLL, held, share_out, sums_up, told_by
from sijill.extract.slots import Roles
from sijill.extract.status import is_background, is_earlier, of_saying, status_of
from sijill.extract.trigger import Trigger
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.rules import ReportType
from sijill.model import Days, Place, Speaker, Trace
from sijill.text.calendar import TimeExpr, resolve
from sijill.text.letters import WAW

_CARRIED: Final = 2  # sentences from an event to a further number of its dead
_OFFICIAL: Final = frozenset({"government", "state", "organisation"})
_DISPLACED: Final = "displaced"
_DISPLACED_PEOPLE: Final = "displaced_people"
_GROUND: Final = "ground"


class Drafter:
    """Makes drafts of the triggers of a scene."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sets = knowledge.sets
        self._lexicon = knowledge.lexicon
        self._roles = RoleReader(knowledge)
        self._locator = Locator(knowledge.lexicon.places, knowledge.compass)
        self._means = MeansReader(knowledge)

    def drafts(self, scene: Scene, context: Context, day: date | None) -> list[Draft]:
        """The drafts of one sentence, those that lack what their type needs left out."""
        s = scene.sentence
        again = recount(scene, context)
        made = [(t, d) for t in scene.triggers for d in self._draft(scene, t, day)]
        shares = share_out(s, list({t.first: t for t, _ in made}.values()), scene.figures)
        for trigger, draft in made:
            draft.figures = [told_by(counted, trigger) for counted in shares[trigger.first]]
            if draft.type == "human_shields" and not draft.figures:
                draft.figures = held(trigger, scene.figures)
            if draft.type == "airstrike" and sums_up(s, trigger, shares[trigger.first]):
                draft.type, draft.group = "estimate", "numbers"
            self._recall(s, trigger, draft, context)
        lend_place([draft for _, draft in made])
        lame = [draft for _, draft in made if self._is_lame(draft)]
        absorbed = absorb([draft for _, draft in made if draft not in lame], s) + lame
        kept = [self._massacre(draft) for draft in absorbed if self._sufficient(draft)]
        self._pass_on(s, [t for t, _ in made], absorbed, kept, shares)
        self._carry(scene, kept, context)
        if day is not None:
            context.period = context.period or read_period(scene, day)
        if context.period is not None:
            date_sums(kept, context.period)
        for draft in kept:
            if draft.place or draft.type not in context.events:
                context.events[draft.type] = draft
            if draft.group == "fighting":
                context.events["fight"] = draft
        if kept:
            context.told_last = scene.number, kept
        return kept + again

    def _is_lame(self, draft: Draft) -> bool:
        """Whether no deaths told beside the fight can make up for what its rule still needs."""
        return "armed_target" in draft.rule.flags and not self._sufficient(draft)

    def _pass_on(
        self,
        s: Sentence,
        triggers: list[Trigger],
        drafts: list[Draft],
        kept: list[Draft],
        shares: dict[int, list[Counted]],
    ) -> None:
        """Give the figures of drafts that came to nothing to those that stand."""
        stand = {draft.first for draft in kept}
        owners = [t for t in triggers if t.first in stand]
        free = [c for d in drafts if d.first not in stand for c in shares[d.first]]
        passed = share_out(s, owners, free, PASSED_ON)
        for trigger in owners:
            for draft in kept:
                if draft.first == trigger.first:
                    draft.figures += [told_by(c, trigger) for c in passed[trigger.first]]
            passed[trigger.first] = []

    def may_carry(self, s: Sentence, context: Context) -> bool:
        """Whether a sentence without events may tell the dead of the event told before it."""
        return context.toll is not None and s.holds(s.first, s.last, "tolls")

    def _carry(self, scene: Scene, kept: list[Draft], context: Context) -> None:
        """Give the dead of a sentence that tells no event to the event told before it."""
        s = scene.sentence
        tolls = [c for c in scene.figures if c.figure.kind in TOLL]
        number, last = context.toll or (0, None)
        near = last is not None and scene.number - number <= _CARRIED
        if last and near and tolls and not kept and self.may_carry(s, context):
            last.add_figures([c.figure for c in tolls])
            last.evidence.append(s.tokens.span(s.first, s.last))
        told = [d for d in kept if any(f.kind in TOLL for f in d.figures)]
        if told:
            context.toll = (scene.number, told[-1])

    def _recall(self, s: Sentence, trigger: Trigger, draft: Draft, context: Context) -> None:
        """A definite event noun without slots of its own means the event told before."""
        analysis = trigger.analysis
        if trigger.kind != "noun" or analysis is None or not analysis.article:
            return
        pointed = s.isin(trigger.first - 1, "demonstratives") and draft.group == "fighting"
        last = context.events.get("fight")
        if pointed and last is not None and draft.type in ("offensive", "clash"):
            draft.type = last.type
        told = trigger.light is not None or draft.status in ("planned", "possible")
        if not told or draft.type not in _RECALLED:
            return
        known = context.events.get(draft.type)
        if known is None or draft.place or (draft.actor and draft.target):
            return
        lend(draft, known, "place", "actor", "target")

    def _draft(self, scene: Scene, trigger: Trigger, day: date | None) -> list[Draft]:
        s = scene.sentence
        roles = self._roles.read(s, scene.syntax, trigger)
        kind = self._type(s, trigger, roles)
        if kind is None:
            return []
        status, status_at = status_of(s, trigger, kind)
        if status == "goal" and kind.id != "human_shields":
            return []
        if status == "goal":
            status, status_at = shielding(s, trigger)
        actor = self._people(s, trigger, roles.actor)
        target = self._people(s, trigger, roles.target)
        if kind.group != "forces":  # who joins a side is counted to it at once
            target = [ident for ident in target if ident not in actor]
        if not actor and roles.nisba:
            actor = [self._lexicon.core(roles.nisba)]
        if not target and kind.suffers:
            target = [kind.suffers]
        background = is_background(s, trigger)
        time, expr = self._time(scene, trigger, roles, status, background, day)
        if _lies_ahead(trigger, status, time, expr, day):
            time, expr = None, None
        status, status_at = _by_day(status, status_at, kind, time, expr, day)
        draft = Draft(
            type=kind.id,
            status=status,
            actor=actor,
            target=target,
            place=[],
            time=time,
            time_stated=expr is not None,
            speaker=self._speaker(scene, trigger, kind),
            figures=[],
            evidence=[evidence(s, trigger, roles)],
            trigger=s.tokens.raw(trigger.first, trigger.last),
            traces=slot_traces(s, trigger, roles, (status, status_at), expr),
            first=trigger.first,
            last=trigger.last,
            headline=s.headline,
            title=s.title,
            rule=trigger.rule,
            group=kind.group,
            background=background,
            ground=s.holds(roles.slots.first, roles.slots.last, _GROUND),
            carrier=trigger.carrier,
            kinds=self._kinds(roles),
            pointed=trigger.kind == "noun" and s.isin(trigger.first - 1, "demonstratives"),
            coordinated=trigger.kind == "noun"
            and trigger.analysis is not None
            and WAW in trigger.analysis.before,
        )
        places = [self._place(m, s) for m in roles.place]
        if kind.one_place and len(places) > 1:
            return [msgspec.structs.replace(draft, place=[place]) for place in places]
        draft.place = places
        return [draft]

    # ------------------------------------------------------------ type

    def _type(self, s: Sentence, trigger: Trigger, roles: Roles) -> ReportType | None:
        """The report type, where a rule leaves it to the means that are named."""
        rule, kind = trigger.rule, trigger.type
        if rule.means_types:
            ids = self._ids(roles.actor)
            means = self._means.of(s, trigger, roles, ids)
            if "state" in rule.means_types and ids and all(map(self._is_authority, ids)):
                means = "state"
            if means in rule.means_types:
                kind = rule.means_types[means]
            elif (
                means == ""
                and trigger.analysis
                and (trigger.analysis.form.lemma in rule.needs_means)
                and not self._roles.armed(tuple(ids))
            ):
                return None
        return self._knowledge.types[kind]

    def _is_authority(self, actor: str) -> bool:
        """Whether the actor detains as an authority does, rather than as a side of a war."""
        return self._lexicon.actors[actor].kind in ("state", "government", "police", "military")

    def _sufficient(self, draft: Draft) -> bool:
        """Whether the draft has what its type and its rule need."""
        kind, flags = self._knowledge.types[draft.type], draft.rule.flags
        filled = {
            "actor": bool(draft.actor),
            "target": bool(draft.target),
            "place": bool(draft.place),
            "figure": bool(draft.figures),
            "trigger": True,
        }
        if not any(filled[role] for role in draft.rule.needs or kind.needs):
            return False
        if not all(filled[role] for role in kind.needs_also):
            return False
        kinds = {self._lexicon.actors[a].kind for a in draft.actor}
        if {"official", "armed"} <= flags and "government" in kinds:
            return True  # a government sends forces as an army does
        if "official" in flags and "armed" not in flags and not kinds & _OFFICIAL:
            return False
        if "armed_target" in flags and not self._roles.armed(tuple(draft.target)):
            return False
        if "armed" in flags:
            sides = draft.actor or (draft.target if kind.group == "fighting" else [])
            return self._roles.armed(tuple(sides)) or bool(draft.kinds & ARMED)
        return True

    def _kinds(self, roles: Roles) -> frozenset[str]:
        ids = [i for mention in roles.actor + roles.target for i in mention.ids]
        named = [*ids, roles.nisba] if roles.nisba else ids
        return frozenset(self._lexicon.actors[i].kind for i in named)

    def _massacre(self, draft: Draft) -> Draft:
        """An attack that killed people who are no side of a war is a killing, not an offensive."""
        killed = any(figure.kind == "killed" for figure in draft.figures)
        if draft.type == "offensive" and killed and not self._roles.armed(tuple(draft.target)):
            draft.type, draft.group = "killing", "violence"
        return draft

    def _people(self, s: Sentence, trigger: Trigger, mentions: list[Mention]) -> list[str]:
        """The ids of a role; families who flee or are moved are displaced people."""
        if trigger.rule.figure != _DISPLACED:
            return self._ids(mentions)
        ids = {m.first: self._ids([m]) for m in mentions}
        for m in mentions:
            if m.kind == "people" and s.word(m.first)[len(m.before) :] in self._sets["families"]:
                ids[m.first] = [self._lexicon.core(_DISPLACED_PEOPLE)]
        return list(dict.fromkeys(ident for group in ids.values() for ident in group))

    def _ids(self, mentions: list[Mention]) -> list[str]:
        ids = (self._lexicon.core(ident) for mention in mentions for ident in mention.ids)
        return list(dict.fromkeys(ids))

    # ------------------------------------------------------------ place, figures, time, speaker

    def _place(self, mention: Mention, s: Sentence) -> Place:
        found = mention.place
        assert found is not None
        trace = Trace(
            f"place.{found.role}", found.where, *s.tokens.span(mention.first, mention.last)
        )
        return place_of(found, self._locator, trace)

    def _time(
        self,
        scene: Scene,
        trigger: Trigger,
        roles: Roles,
        status: str,
        background: bool,
        day: date | None,
    ) -> tuple[Days | None, TimeExpr | None]:
        length = lasted(scene.sentence, trigger, self._knowledge.times)
        expr = length or self._expression(scene, trigger, roles)
        future = status in ("planned", "possible")
        if expr is not None and day is not None:
            found = resolve(expr, day, future=future)
            if found:
                return (found[0].isoformat(), found[1].isoformat()), expr
        if day is None or future or background:
            return None, None
        return (day.isoformat(), day.isoformat()), None

    def _expression(self, scene: Scene, trigger: Trigger, roles: Roles) -> TimeExpr | None:
        """The time of the trigger's clause, else the sentence's, not one of the saying."""
        s, first, last = scene.sentence, roles.slots.first, roles.slots.last
        times = [t for t in s.times if not opened_by_other(scene, t.first, trigger)]
        if is_earlier(s, trigger):
            last = next(
                (
                    i
                    for i in range(trigger.last, last)
                    if s.verb(i) is not None or s.word(i) in ",\u060c"
                ),
                last,
            )
            first = trigger.first
            near = [t for t in times if first <= t.first < last]
            return near[0] if near else None
        inside = [t for t in times if first <= t.first < last]
        inside = [t for t in inside if not of_saying(s, t.first, trigger)] or inside
        if inside:
            return min(inside, key=lambda t: abs(t.first - trigger.first))
        said = [a for a in scene.attributions if a.first <= trigger.first < a.last]
        others = [
            t
            for t in times
            if not any(a.at <= t.first < a.first or t.last <= a.at for a in said)
            and not belongs_elsewhere(scene, t.first, trigger)
        ]
        return min(others, key=lambda t: abs(t.first - trigger.first)) if others else None

    def _speaker(self, scene: Scene, trigger: Trigger, kind: ReportType) -> Speaker | None:
        found = scene.attributions
        inner = [a for a in found if a.first <= trigger.first < a.last and a.at != trigger.first]
        if inner:
            return max(inner, key=lambda a: a.first).speaker
        announced = (a.speaker for a in found if a.at == trigger.first)  # it announced + its hold
        return None if kind.group == "politics" else next(announced, None)


_RECALLED: Final = frozenset({"airstrike", "shelling", "bombing", "offensive", "meeting"})


def _lies_ahead(
    trigger: Trigger, status: str, time: Days | None, expr: TimeExpr | None, day: date | None
) -> bool:
    """Whether the day behind a verb of the past is in the future, so that it is another's day."""
    analysis = trigger.analysis if trigger.kind == "verb" else None
    past = analysis is not None and analysis.form.tense == "past"
    behind = past and expr is not None and expr.first > trigger.first
    ahead = time is not None and day is not None and time[0] > day.isoformat()
    return behind and ahead and status == "occurred"


def _by_day(
    status: str,
    at: int,
    kind: ReportType,
    time: Days | None,
    expr: TimeExpr | None,
    day: date | None,
) -> tuple[str, int]:
    """The status that the stated day leaves: what lies ahead is planned, what is over occurred."""
    if time is None or expr is None or day is None:
        return status, at
    if status == "occurred" and time[0] > day.isoformat():
        return "planned", expr.first
    if status == "ongoing" and time[1] < day.isoformat() and kind.id != "control":
        return "occurred", expr.first
    return status, at
