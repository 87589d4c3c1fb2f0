"""Actor, target and place of an event, from the grammatical slots that its rule names."""

from __future__ import annotations

from typing import Final

from sijill.extract.denial import denier
from sijill.extract.doers import DoerReader, nisba_doer, part_sides
from sijill.extract.doubt import addressed
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.other_verb import beside_main_verb
from sijill.extract.place_found import rank
from sijill.extract.pointing import (
    listed,
    object_named_before,
    pointed_at,
    undergone,
    unnamed_parts,
)
from sijill.extract.slots import (
    Roles,
    arrived,
    backs,
    overlooked,
    phrase_slots,
    place_meant,
    spared,
)
from sijill.extract.sufferers import sufferers
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger
from sijill.lexicon.knowledge import Knowledge
from sijill.lexicon.rules import EventRule
from sijill.text.letters import LAM

_ON: Final = "\u0639\u0644\u064a"
_MIN: Final = "\u0645\u0646"
_BETWEEN: Final = "\u0628\u064a\u0646"

#: What two sides do to each other, or together.
_MUTUAL: Final = frozenset({"clash", "shelling", "meeting", "agreement", "accusation", "threat"})
_BEYOND: Final = 45  # tokens that a place in a later clause counts as farther away

#: What a slot gives where the rule does not say: by kind of mention (sides, then places).
_DEFAULTS: dict[str, tuple[str, str]] = {
    "subject": ("actor", "-"),
    "object": ("target", "place"),
    "gen": ("actor", "place"),
    "agent": ("actor", "-"),
    _ON: ("target", "place"),
    _BETWEEN: ("both", "place"),
    LAM: ("target", "place"),
    _MIN: ("-", "-"),
    "within": ("-", "place"),
    "against": ("target", "-"),
}
_BOMBARDMENTS: Final = frozenset({"airstrike", "shelling"})
#: What somebody does to another, which a side can deny that it did.
_DONE_BY_SIDES: Final = frozenset(
    {
        "abduction",
        "airstrike",
        "bombing",
        "destruction",
        "human_shields",
        "killing",
        "offensive",
        "shelling",
        "support",
    }
)
_NEXT: Final = 7  # tokens: farther behind a killing, "for" tells of something else


#: Events whose genitive is rather the town that suffers them than the state that it stands for.
_STRUCK: Final = frozenset({"offensive", "bombing", "killing", "protest"})


class RoleReader:
    """Fills the roles of triggers."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon
        self._doers = DoerReader(knowledge)

    def read(self, sentence: Sentence, syntax: Syntax, trigger: Trigger) -> Roles:
        """The roles of ``trigger`` in its sentence."""
        if trigger.kind == "verb" and trigger.analysis is not None:
            slots = syntax.verb_slots(trigger.first, trigger.analysis)
        elif trigger.kind == "phrase":
            slots = phrase_slots(sentence, trigger)
        else:
            slots = syntax.noun_slots(trigger)
        roles = Roles([], [], [], [], slots)
        violent = self._knowledge.types[trigger.type].group == "violence"
        for slot, mentions in sorted(slots.by_slot.items(), key=lambda item: item[0] == LAM):
            if slot == _BETWEEN and sentence.isin(mentions[0].first - 2, "lies_between"):
                continue  # the border between two countries
            if slot == _BETWEEN and len(mentions) > 2:
                self._between(roles, trigger, mentions)
                continue
            for mention in mentions:
                if slot == _ON and overlooked(sentence, trigger, mention):
                    continue
                if slot == LAM and violent and mention.first - trigger.last > _NEXT:
                    continue
                if slot == _MIN and backs(sentence, trigger, mention):
                    continue
                if slot == _MIN and self._doers.comes_from(trigger, mention):
                    roles.actor.append(mention)
                elif slot == LAM and self._doers.is_owner(sentence, trigger, mention):
                    roles.target.append(mention)
                elif slot == LAM and self._doers.is_doer(sentence, trigger, roles, mention):
                    roles.actor.append(mention)
                else:
                    self._place_in(roles, trigger, slot, mention)
        part_sides(trigger, roles)
        roles.target = addressed(sentence, trigger, roles.target)
        if "against" not in slots.by_slot:
            roles.actor = self._one_group(roles.actor, trigger, roles)
            roles.target = self._one_group(roles.target, trigger, roles)
        if trigger.kind == "noun" and (not roles.actor or self._only_carried(trigger, roles)):
            roles.nisba, roles.nisba_at = nisba_doer(sentence, trigger, self._knowledge)
        if roles.nisba:
            roles.actor = []
        if trigger.kind == "verb":
            repels = self._repels(trigger) and not roles.target
            roles.actor = roles.actor or syntax.launchers(trigger)
            roles.target = syntax.launchers(trigger) if repels else roles.target
        else:
            roles.actor = self._doers.claimant(sentence, syntax, trigger) or roles.actor
        if not roles.actor and trigger.kind == "noun" and not roles.nisba:
            roles.actor = self._doers.unnamed(sentence, syntax, trigger, roles.target)
        if trigger.carrier and trigger.light_kind == "patient":
            self._repelled(trigger, roles)
        if not roles.actor and not roles.nisba and trigger.type in _DONE_BY_SIDES:
            roles.actor = self._denied_own(sentence, syntax, trigger, roles)
        if not roles.actor and "circumstance" in trigger.rule.flags:
            roles.actor = beside_main_verb(
                sentence, syntax, trigger, self._knowledge.sets["say_lemmas"]
            )
        roles.target = roles.target or sufferers(sentence, trigger, roles, self._knowledge)
        self._places(sentence, trigger, roles)
        return roles

    def _repelled(self, trigger: Trigger, roles: Roles) -> None:
        """Who beat an attack off suffered it; whose attack it was, its genitive tells."""
        beat = roles.slots.get("object")
        roles.actor = [m for m in roles.actor if m not in beat]
        if not roles.actor:
            roles.actor = [m for m in roles.slots.get("gen") if m.ids and m not in beat]
        roles.target = [m for m in beat if m.kind == "actor"] or roles.target

    def _denied_own(
        self, sentence: Sentence, syntax: Syntax, trigger: Trigger, roles: Roles
    ) -> list[Mention]:
        """The armed side that denies the deed as its own, unless it would be its own victim."""
        hit = {ident for mention in roles.target for ident in mention.ids}
        return [
            m
            for m in denier(sentence, syntax, trigger)
            if self._doers.can_order(m.ids) and not hit & set(m.ids)
        ]

    def _only_carried(self, trigger: Trigger, roles: Roles) -> bool:
        """Whether a bombardment has its actor only from a verb before it: it answered the raids."""
        carried = roles.slots.get("subject")
        return trigger.type in _BOMBARDMENTS and all(m in carried for m in roles.actor)

    def _repels(self, trigger: Trigger) -> bool:
        """Whether the verb tells of an attack that came to nothing: they repelled it."""
        lemma = trigger.analysis.form.lemma if trigger.analysis else ""
        return lemma in self._knowledge.sets["repelling"]

    def _between(self, roles: Roles, trigger: Trigger, mentions: list[Mention]) -> None:
        """Part three and more sides of "between" by their wars; else the last stands alone."""
        sides = [m for m in mentions if m.kind != "place" and m.ids]
        foes = {
            enemy
            for war in self._knowledge.wars
            for ident in (sides[0].ids if sides else ())
            for known in (ident, self._lexicon.actors[ident].parent)
            for enemy in war.enemies(known)
        }
        against = [
            m
            for m in sides[1:]
            if {*m.ids, *(self._lexicon.actors[i].parent for i in m.ids)} & foes
        ] or sides[-1:]
        for mention in mentions:
            if mention not in sides:
                self._place_in(roles, trigger, _BETWEEN, mention)
            elif "both" in self._roles_for(trigger.rule, _BETWEEN, mention):
                (roles.target if mention in against else roles.actor).append(mention)

    def _one_group(self, sides: list[Mention], trigger: Trigger, roles: Roles) -> list[Mention]:
        """The coordination group that fills a role best: by a slot the rule names, then nearest."""
        if len({m.group for m in sides}) < 2:
            return sides
        if trigger.kind == "noun" and trigger.rule.slots.get("gen", ("",))[0] == "actor":
            doers = [m for m in sides if m in roles.slots.get("gen") and m.kind == "actor"]
            if doers and doers[0].first - trigger.last <= 1:
                return doers  # whose advance, whose raids: the genitive says so at once
        slot_of = {id(m): slot for slot, ms in roles.slots.by_slot.items() for m in ms}

        def order(mention: Mention) -> tuple[bool, bool, int]:
            slot = slot_of.get(id(mention), "")
            return (
                slot not in ("subject", "agent"),
                slot not in trigger.rule.slots,
                abs(mention.first - trigger.first),
            )

        best = min(sides, key=order)
        return [m for m in sides if m.group == best.group]

    def _place_in(self, roles: Roles, trigger: Trigger, slot: str, mention: Mention) -> None:
        named_behind = mention.first >= trigger.last
        for role in self._roles_for(trigger.rule, slot, mention, named_behind):
            if role == "actor" and mention.kind == "asset":
                continue
            if role == "both":
                (roles.target if roles.actor else roles.actor).append(mention)
            elif role == "place":
                inside = self._knowledge.sets["inside"]
                alike = inside if slot in inside else (slot,)
                named = any("place" in trigger.rule.slots.get(one, ()) for one in alike)
                held = roles.place if named else roles.near
                if mention.kind == "place" and mention not in held:
                    held.append(mention)
            elif (role == "actor" and self._cannot_act(trigger, mention)) or (
                role == "target" and spared(trigger, mention)
            ):
                continue
            elif role in ("actor", "target"):
                sides = roles.actor if role == "actor" else roles.target
                if mention.ids and mention not in sides:
                    sides.append(mention)

    def _cannot_act(self, trigger: Trigger, mention: Mention) -> bool:
        """Whether civilians and the like stand where only a side of a war can."""
        group = self._knowledge.types[trigger.type].group
        if group in ("people", "protest", "politics"):
            return False
        if group in ("fighting", "violence") and (
            set(mention.ids) & self._knowledge.sets["acting_people"]
        ):
            return False
        unable = {"people"} if group == "forces" else {"people", "organisation", "other"}
        return all(
            self._lexicon.actors[ident].kind in unable and ident != "other" for ident in mention.ids
        )

    def _roles_for(
        self, rule: EventRule, slot: str, mention: Mention, behind: bool = False
    ) -> tuple[str, ...]:
        """The role of a mention in a slot: the rule's, as far as the mention's kind can fill it."""
        named = rule.slots.get(slot)
        is_place = mention.kind == "place"
        if slot == "gen" and mention.role == "capital" and rule.type in _STRUCK:
            return ("place",)  # the attacks of Paris
        if slot == LAM and is_place and rule.type == "meeting":
            return ("place",)  # a visit to Baghdad
        if named is None:
            side, place = _DEFAULTS.get(slot, ("-", "place"))
            if slot in self._knowledge.sets["against"]:
                side = "target"
            if slot == _BETWEEN and rule.type not in _MUTUAL:
                side = "-"  # the battle of Mosul between victory and ...: no sides
            if slot == "subject" and mention.kind == "place":
                return ("actor",) if mention.ids else ()
            return (place,) if is_place else (side,)
        if "-" in named:
            return ()
        if is_place and slot == "subject" and "place" not in named:
            return tuple(role for role in named if mention.ids)
        if is_place:
            if "place" in named:
                return ("place",)
            state = mention.role in ("state", "capital") and mention.ids
            return named[:1] if state else ("place",)
        unfit = ("place", "actor") if mention.kind == "asset" else ("place",)
        sides = tuple(role for role in named if role not in unfit)[:1]
        taken = behind and self._knowledge.types[rule.type].group == "territory"
        able = self._doers.can_order(mention.ids) if taken else self.armed(mention.ids)
        doer = not sides and slot == "gen" and able and mention.kind == "actor"
        return ("actor",) if doer else sides  # the army's retaking of the town

    # ------------------------------------------------------------ places

    def _places(self, sentence: Sentence, trigger: Trigger, roles: Roles) -> None:
        """Keep the finest places of the event; look beside it where its own slots name none."""
        picked = listed(sentence, trigger, roles)
        if picked:
            roles.place = picked
            return
        for places in (roles.place, roles.near):
            stated = [m for m in places if not m.container]
            if stated:
                reached = arrived(trigger, stated, self._knowledge.sets["arrival_prepositions"])
                roles.place = self._nearest_group(reached, trigger)
                return
        first, last = roles.slots.first, roles.slots.last
        inside = self._candidates(sentence, trigger, roles, first, last)
        roles.place = (
            object_named_before(sentence, trigger)
            or inside
            or pointed_at(sentence, trigger, roles)
            or self._candidates(sentence, trigger, roles, sentence.first, sentence.last)
            or undergone(sentence, trigger)
        )
        if not roles.place and self._knowledge.types[trigger.type].group == "territory":
            rows = self._lexicon.places
            parts = unnamed_parts(sentence, trigger, roles.slots.last, rows)
            roles.place = parts or place_meant(sentence, trigger)

    def _nearest_group(
        self, places: list[Mention], trigger: Trigger, last: int = 0
    ) -> list[Mention]:
        """The group of places nearest to the trigger; countries and those in front come later.

        Places behind ``last``, where the telling of another event begins, come last of all.
        """

        def distance(mention: Mention) -> int:
            kind = mention.place.kind if mention.place else "town"
            coarse = 6 if rank(kind) >= 6 else 0
            if mention.first >= trigger.first:
                beyond = _BEYOND if 0 < last <= mention.first else 0
                return coarse + beyond + mention.first - trigger.first
            return coarse + 30 + trigger.first - mention.first

        best = min(places, key=distance)
        return [m for m in places if m.group == best.group]

    def _candidates(
        self, sentence: Sentence, trigger: Trigger, roles: Roles, first: int, last: int
    ) -> list[Mention]:
        """Places in ``[first, last)`` that stand where an event's place may stand."""
        taken = {id(m) for m in roles.actor + roles.target}
        inside = (first, last) != (sentence.first, sentence.last)
        origin = self._knowledge.sets["origin_prepositions"]
        fitting = [
            m
            for m in sentence.mentions
            if m.kind == "place"
            and first <= m.first < last
            and not m.container
            and not sentence.speaks(m)
            and id(m) not in taken
            and self._stands(m)
            and (m.prep not in origin or self._is_partitive(sentence, m))
            and (trigger.rule.slots.get(m.prep) != ("-",) or self._is_partitive(sentence, m))
            and (inside or self._is_free(sentence, m, trigger))
        ]
        deaths = "absorbed" in trigger.rule.flags  # told before what brought them about
        end = 0 if inside or deaths else max(roles.slots.last, sentence.clause(trigger.first)[1])
        return self._nearest_group(fitting, trigger, end) if fitting else []

    def _is_free(self, sentence: Sentence, mention: Mention, trigger: Trigger) -> bool:
        """Whether no other event of the sentence has the mention in its own clause."""
        if self._knowledge.types[trigger.type].group != "territory":
            return True
        first, last = sentence.clause(mention.first)
        return not any(first <= i < last and i != trigger.first for i in sentence.events)

    def _stands(self, mention: Mention) -> bool:
        """Whether the place is where something happens rather than who acts."""
        fitting = self._knowledge.sets["place_prepositions"]
        if mention.prep in fitting or mention.role in ("part", "back"):
            return True
        return mention.prep in ("gen", LAM, _MIN) and mention.role not in ("state", "capital")

    def _is_partitive(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether ``from`` in front means ``part of``."""
        i = mention.first - (1 if mention.before else 2)
        return sentence.isin(i, "partitive") or sentence.isin(i - 1, "partitive")

    def armed(self, ids: tuple[str, ...]) -> bool:
        """Whether one of the actors can fight."""
        return self._doers.armed(ids)
