"""From one trigger to a draft of a report: its slots as values, with what each was made from."""

from __future__ import annotations

from datetime import date

import msgspec

from sijill.extract.absorb import absorb
from sijill.extract.context import Context
from sijill.extract.figures import Counted
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.roles import RoleReader, Roles
from sijill.extract.scene import FIGHTING, Draft, Scene
from sijill.extract.status import is_background, is_earlier, status_of
from sijill.extract.triggers import Trigger
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.rules import ReportType
from sijill.model import Days, Figure, Place, Speaker, Trace
from sijill.text.calendar import TimeExpr, resolve
from sijill.text.letters import WAW

_MEANS_REACH = 6  # tokens; farther words tell of another event more often than not
_AIR, _GROUND, _BOMB = "air", "ground", "bomb"


class Drafter:
    """Makes drafts of the triggers of a scene."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sets = knowledge.sets
        self._lexicon = knowledge.lexicon
        self._roles = RoleReader(knowledge)
        self._air = frozenset(knowledge.sets["air_actors"])

    def drafts(self, scene: Scene, context: Context, day: date | None) -> list[Draft]:
        """The drafts of one sentence, those that lack what their type needs left out."""
        made = []
        for trigger in scene.triggers:
            for draft in self._draft(scene, trigger, context, day):
                self._recall(scene.sentence, trigger, draft, context)
                made.append(draft)
        kept = [draft for draft in absorb(made) if self._sufficient(draft)]
        for draft in kept:
            if draft.place or draft.type not in context.events:
                context.events[draft.type] = draft
            if draft.group == "fighting":
                context.events["fight"] = draft
        return kept

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
        draft.place = list(known.place)
        draft.actor = draft.actor or list(known.actor)
        draft.target = draft.target or list(known.target)

    def _draft(
        self, scene: Scene, trigger: Trigger, context: Context, day: date | None
    ) -> list[Draft]:
        s = scene.sentence
        roles = self._roles.read(s, scene.syntax, trigger, context)
        kind = self._type(s, trigger, roles)
        if kind is None:
            return []
        status, status_at = status_of(s, trigger, kind)
        if status == "goal" and kind.id != "human_shields":
            return []
        status = "planned" if status == "goal" else status
        actor, target = self._ids(roles.actor), self._ids(roles.target)
        if not actor and roles.nisba:
            actor = [self._lexicon.core(roles.nisba)]
        if not target and kind.suffers:
            target = [kind.suffers]
        figures = self._figures(scene, trigger, roles)
        background = is_background(s, trigger)
        time, expr = self._time(scene, trigger, roles, status, background, day)
        if time and day and status == "occurred" and time[0] > day.isoformat():
            status = "planned"
        draft = Draft(
            type=kind.id, status=status, actor=actor, target=target, place=[],
            time=time, time_stated=expr is not None,
            speaker=self._speaker(scene, trigger), figures=figures,
            evidence=[self._evidence(s, trigger, roles)],
            trigger=s.tokens.raw(trigger.first, trigger.last),
            traces=self._traces(s, trigger, roles, status_at, expr),
            first=trigger.first, last=trigger.last, headline=s.headline, title=s.title,
            rule=trigger.rule, group=kind.group, background=background,
            ground=any(s.isin(i, _GROUND) for i in range(roles.slots.first, roles.slots.last)),
            carrier=trigger.carrier,
            pointed=trigger.kind == "noun" and s.isin(trigger.first - 1, "demonstratives"),
            result=trigger.light is not None and self._results(s, trigger.light),
            coordinated=trigger.kind == "noun" and trigger.analysis is not None
            and WAW in trigger.analysis.before,
        )
        places = [self._place(m, s) for m in roles.place]
        if kind.one_place and len(places) > 1:
            return [msgspec.structs.replace(draft, place=[place]) for place in places]
        draft.place = places
        return [draft]

    def _results(self, s: Sentence, i: int) -> bool:
        """Whether the verb at ``i`` tells what an event led to: it killed, it left."""
        verb = s.verb(i)
        return verb is not None and verb.form.lemma in self._sets["result_lemmas"]

    # ------------------------------------------------------------ type

    def _type(self, s: Sentence, trigger: Trigger, roles: Roles) -> ReportType | None:
        """The report type, where a rule leaves it to the means that are named."""
        rule, kind = trigger.rule, trigger.type
        if rule.means_types:
            means = self._means(s, trigger, roles)
            ids = self._ids(roles.actor)
            if "state" in rule.means_types and ids and all(map(self._is_authority, ids)):
                means = "state"
            if means in rule.means_types:
                kind = rule.means_types[means]
            elif means == "" and trigger.analysis and (
                trigger.analysis.form.lemma in rule.needs_means
            ) and not self._roles.armed(tuple(self._ids(roles.actor))):
                return None
        return self._knowledge.types[kind]

    def _is_authority(self, actor: str) -> bool:
        """Whether the actor detains as an authority does, rather than as a side of a war."""
        return self._lexicon.actors[actor].kind in ("state", "government", "police")

    def _means(self, s: Sentence, trigger: Trigger, roles: Roles) -> str:
        """Air, ground or bomb: by the nearest word for it in the clause, else by who acts."""
        nearest, best = 99, ""
        joined = trigger.analysis is not None and WAW in trigger.analysis.before
        for i in range(trigger.first if joined else roles.slots.first, roles.slots.last):
            if i > trigger.first and s.isin(i, "backing"):
                break  # what follows is the backer's means
            for means in (_AIR, _GROUND, _BOMB):
                if s.word(i) in self._sets[means] or s.bare(i) in self._sets[means]:
                    distance = abs(i - trigger.first) + (4 if i < trigger.first else 0)
                    if distance < nearest:
                        nearest, best = distance, means
        for mention in roles.actor:
            words = set(s.tokens.word[mention.first : mention.last])
            if words & self._sets[_AIR]:
                return _AIR
            if words & self._sets[_GROUND]:
                return _GROUND
        if best and nearest <= _MEANS_REACH:
            return best
        actors = set(self._ids(roles.actor)) | ({roles.nisba} if roles.nisba else set())
        return _AIR if actors & self._air else best

    def _sufficient(self, draft: Draft) -> bool:
        """Whether the draft has what its type and its rule need."""
        kind, flags = self._knowledge.types[draft.type], draft.rule.flags
        filled = {
            "actor": bool(draft.actor), "target": bool(draft.target), "place": bool(draft.place),
            "figure": bool(draft.figures), "trigger": True,
        }
        if not any(filled[role] for role in draft.rule.needs or kind.needs):
            return False
        if not all(filled[role] for role in kind.needs_also):
            return False
        if "official" in flags and not self._official(draft.actor):
            return False
        if "armed_target" in flags and not self._roles.armed(tuple(draft.target)):
            return False
        if "armed" in flags:
            sides = draft.actor or (draft.target if kind.group == "fighting" else [])
            return self._roles.armed(tuple(sides))
        return True

    def _official(self, ids: list[str]) -> bool:
        return any(
            self._lexicon.actors[a].kind in ("government", "state", "organisation") for a in ids
        )

    def _ids(self, mentions: list[Mention]) -> list[str]:
        ids = (self._lexicon.core(ident) for mention in mentions for ident in mention.ids)
        return list(dict.fromkeys(ids))

    # ------------------------------------------------------------ place, figures, time, speaker

    def _place(self, mention: Mention, s: Sentence) -> Place:
        found = mention.place
        assert found is not None
        row = found.row if found.role != "unknown" else None
        tokens = s.tokens
        trace = Trace(f"place.{found.role}", found.where, tokens.start[mention.first],
                      tokens.end[mention.last - 1])
        return Place(
            name=found.name, within=found.within or None,
            lat=row.lat if row else None, lon=row.lon if row else None,
            id=row.id if row else None, trace=trace,
        )

    def _figures(self, scene: Scene, trigger: Trigger, roles: Roles) -> list[Figure]:
        """The figures that stand in the trigger's own clause, nearest trigger first served."""
        mine = []
        for counted in scene.figures:
            owner = self._owner(scene, counted)
            if owner is trigger:
                mine.append(counted.figure)
        return mine

    def _owner(self, scene: Scene, counted: Counted) -> Trigger | None:
        """The trigger that a figure belongs to: one of a fitting type nearest to it."""
        fitting = [t for t in scene.triggers if counted.figure.kind in _FITS.get(t.type, _ANY)]
        if not fitting:
            return None
        return min(fitting, key=lambda t: abs(t.first - counted.first) +
                   (0 if t.first < counted.first else 3))

    def _time(
        self, scene: Scene, trigger: Trigger, roles: Roles, status: str, background: bool,
        day: date | None,
    ) -> tuple[Days | None, TimeExpr | None]:
        expr = self._expression(scene, trigger, roles)
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
        if is_earlier(s, trigger):
            last = next((i for i in range(trigger.last, last)
                         if s.verb(i) is not None or s.word(i) in ",\u060c"), last)
            first = trigger.first
            near = [t for t in s.times if first <= t.first < last]
            return near[0] if near else None
        inside = [t for t in s.times if first <= t.first < last]
        if inside:
            return min(inside, key=lambda t: abs(t.first - trigger.first))
        said = [a for a in scene.attributions if a.first <= trigger.first < a.last]
        others = [
            t for t in s.times
            if not any(a.at <= t.first < a.first or t.last <= a.at for a in said)
            and not self._belongs_elsewhere(scene, t, trigger)
        ]
        return min(others, key=lambda t: abs(t.first - trigger.first)) if others else None

    def _belongs_elsewhere(self, scene: Scene, expr: TimeExpr, trigger: Trigger) -> bool:
        clause = scene.sentence.clause(expr.first)
        if scene.sentence.isin(clause[0], "relatives"):
            return True
        return any(
            clause[0] <= other.first < clause[1] and other is not trigger
            for other in scene.triggers
        )

    def _speaker(self, scene: Scene, trigger: Trigger) -> Speaker | None:
        inner = [a for a in scene.attributions if a.first <= trigger.first < a.last
                 and a.at != trigger.first]
        return max(inner, key=lambda a: a.first).speaker if inner else None

    # ------------------------------------------------------------ evidence

    def _evidence(self, s: Sentence, trigger: Trigger, roles: Roles) -> tuple[int, int]:
        """Code-point offsets of the clause, widened to the mentions that fill its slots."""
        marks = [m for m in roles.actor + roles.target + roles.place if m.first >= 0]
        first = min([roles.slots.first, trigger.first, *(m.first for m in marks)])
        last = max([roles.slots.last, trigger.last, *(m.last for m in marks)])
        while last > trigger.last and s.word(last - 1) in ".\u060c,:;\u061b\"\u201d\u201c!\u061f":
            last -= 1
        return s.tokens.start[first], s.tokens.end[last - 1]

    def _traces(
        self, s: Sentence, trigger: Trigger, roles: Roles, status_at: int, expr: TimeExpr | None
    ) -> dict[str, Trace]:
        tokens = s.tokens
        traces = {
            "type": Trace(trigger.rule.id, trigger.rule.where, tokens.start[trigger.first],
                          tokens.end[trigger.last - 1])
        }
        for role in ("actor", "target", "place"):
            mentions: list[Mention] = [m for m in getattr(roles, role) if m.first >= 0]
            if mentions:
                m = mentions[0]
                traces[role] = Trace(f"{trigger.rule.id} > {m.kind}.{m.role}", m.where,
                                     tokens.start[m.first], tokens.end[m.last - 1])
        if roles.nisba and not roles.actor:
            i = roles.nisba_at
            traces["actor"] = Trace(f"{trigger.rule.id} > nationality", "countries.tsv",
                                    tokens.start[i], tokens.end[i])
        if status_at >= 0:
            traces["status"] = Trace("status", "words.yml", tokens.start[status_at],
                                     tokens.end[status_at])
        if expr is not None:
            traces["time"] = Trace(expr.rule, expr.where, tokens.start[expr.first],
                                   tokens.end[expr.last - 1])
        return traces


_RECALLED = frozenset({"airstrike", "shelling", "bombing", "offensive", "meeting"})
_ANY = frozenset({"people", "vehicles", "places", "percent", "troops", "fighters"})
_CASUALTIES = frozenset(
    {"killed", "wounded", "captured", "people", "vehicles", "fighters", "troops"}
)
_FITS: dict[str, frozenset[str]] = {
    **dict.fromkeys(FIGHTING, _CASUALTIES | {"strikes", "places"}),
    "killing": _CASUALTIES | {"places"},
    "arrest": frozenset({"captured", "people", "fighters", "wounded", "killed"}),
    "abduction": frozenset({"captured", "people", "fighters"}),
    "displacement": frozenset({"displaced", "people"}),
    "deployment": frozenset({"troops", "fighters", "vehicles", "people"}),
    "support": frozenset({"troops", "fighters", "vehicles", "amount"}),
    "estimate": _ANY | {"strikes"},
    "meeting": frozenset({"countries"}),
    "protest": frozenset({"people", "killed", "wounded", "captured"}),
    "capture": frozenset({"places", "percent", "killed", "wounded"}),
    "control": frozenset({"percent"}),
    "aid": frozenset({"vehicles", "amount", "people"}),
}
