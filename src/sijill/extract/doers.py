"""Who does an event whose own grammatical slots do not say it."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.other_verb import forced
from sijill.extract.sharing import sharer
from sijill.extract.slots import Roles
from sijill.extract.syntax import Syntax
from sijill.extract.trigger import Trigger
from sijill.lexicon.knowledge import Knowledge
from sijill.text.letters import ARTICLE, WAW

ARMED: Final = frozenset({"armed_group", "military", "alliance", "state", "police"})

#: What a side that announces it did itself, as a rule.
_DONE_TO: Final = frozenset({"airstrike", "bombing", "destruction", "killing", "shelling"})
_OWN_NEWS: Final = _DONE_TO | {"deployment", "capture", "arrest"}
_ADJECTIVE: Final = 3  # tokens behind an event noun in which its adjectives stand
_FAR: Final = 8  # tokens from the doer to its deeds, a bound and a number between them
_OWN: Final = 4  # tokens from who announces a move of forces to it
_REACH: Final = 4  # tokens from "responsibility for" to the deed
_ON: Final = "\u0639\u0644\u064a"


class DoerReader:
    """Looks for the doer of an event noun in the words before it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._lexicon = knowledge.lexicon

    def claimant(self, sentence: Sentence, syntax: Syntax, trigger: Trigger) -> list[Mention]:
        """The side that announces its responsibility for the deed: it claimed the attack."""
        first, _ = sentence.clause(trigger.first)
        low = max(trigger.first - _REACH - 1, first)
        if not sentence.holds(low, trigger.first, "responsibility"):
            return []
        for i in range(trigger.first - 1, low - 1, -1):
            if sentence.isin(i, "responsibility"):
                blamed = self._blamed(sentence, syntax, i, first)
                if blamed is not None:
                    return blamed
                subject = _announcer(sentence, syntax, i, first)
                return [subject] if subject is not None and self.armed(subject.ids) else []
        return []

    def _blamed(
        self, sentence: Sentence, syntax: Syntax, at: int, first: int
    ) -> list[Mention] | None:
        """Whom the verb before ``at`` charges with the deed; nothing where it charges nobody."""
        for i in range(at - 1, first - 1, -1):
            verb = sentence.verb(i)
            if verb is not None and verb.form.lemma in self._knowledge.sets["blaming"]:
                charged = syntax.verb_slots(i, verb).get("object")
                return [m for m in charged if m.kind == "actor" and self.armed(m.ids)]
        return None

    def unnamed(
        self, sentence: Sentence, syntax: Syntax, trigger: Trigger, target: list[Mention]
    ) -> list[Mention]:
        """Who does an event noun that neither its slots nor an adjective beside it give a doer."""
        found = (
            self.announcer(sentence, syntax, trigger)
            or self.undertaker(sentence, trigger)
            or self.clause_subject(sentence, syntax, trigger, target)
        )
        if found or self._knowledge.types[trigger.type].group != "territory":
            return found
        return [m for m in sharer(sentence, trigger) if self.armed(m.ids)]

    def announcer(self, sentence: Sentence, syntax: Syntax, trigger: Trigger) -> list[Mention]:
        """Who announced an act of its own and this one: its taking of A and + clearing of B."""
        analysis, first = trigger.analysis, sentence.clause(trigger.first)[0]
        if analysis is None or WAW not in analysis.before or analysis.after:
            return []
        own = [
            i
            for i in sentence.events
            if first <= i < trigger.first
            and any(a.form.pos == "masdar" and a.after for a in sentence.analyses(i))
        ]
        subject = _announcer(sentence, syntax, own[-1], first) if own else None
        return [subject] if subject is not None and self.armed(subject.ids) else []

    def undertaker(self, sentence: Sentence, trigger: Trigger) -> list[Mention]:
        """Whose undertaking the noun in front names: the carrying-out + by aircraft + of raids."""
        light = self._knowledge.sets["light_agent"] | self._knowledge.sets["light_event"]
        before = [m for m in sentence.mentions if m.last <= trigger.first and m.kind == "actor"]
        if not before or trigger.first - before[-1].last > _FAR or before[-1].before:
            return []
        doer = before[-1]
        between = range(doer.last, trigger.first)
        completes = sentence.isin(trigger.first - 1, "completing")  # behind an aside in commas
        if any(
            sentence.verb(i) is not None or (sentence.word(i) in ",\u060c" and not completes)
            for i in between
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
        if trigger.type in _OWN_NEWS:
            told = self._own_news(sentence, syntax, trigger, target)
            if told or trigger.type == "deployment":
                return told
        if group not in ("fighting", "territory") or trigger.light_kind == "patient":
            return []
        if (
            sentence.isin(trigger.first - 2, "reprisals")
            and sentence.bare(trigger.first - 1) == _ON
        ):
            return []  # the subject answers it
        if trigger.type == "control":  # a stronghold hit is not the hitter's
            return []
        meets = trigger.type == "clash" and bool(target)
        if sentence.isin(trigger.first - 1, "backdrops") and not meets:
            return []
        for i in range(trigger.first - 1, first - 1, -1):
            verb = sentence.verb(i)
            if verb is None or syntax.is_relative(i):
                continue
            if self._is_told_of(sentence, i):
                return []  # the event itself is the subject: it left so many dead
            if verb.form.lemma in self._knowledge.sets["forcing"]:
                return [m for m in forced(syntax, i, verb) if self.armed(m.ids)]
            if verb.form.lemma in self._knowledge.sets["blaming"]:
                return self._blamed(sentence, syntax, i + 1, i) or []
            subject = syntax.subject_of(i)
            fits = subject is not None and subject.kind == "actor" and self.armed(subject.ids)
            if (
                fits
                and subject is not None
                and not any(set(subject.ids) & set(m.ids) for m in target)
                and (verb.form.lemma not in self._knowledge.sets["say_lemmas"])
            ):
                return [subject]
            return []
        return []

    def _own_news(
        self, sentence: Sentence, syntax: Syntax, trigger: Trigger, target: list[Mention]
    ) -> list[Mention]:
        """The side that announces a deed which no other does: X confirmed + the sending of troops.

        Of a taking or an arrest only a body of the country speaks as who did it, and what it did to
        others it names with them: it announced a stop to its raids arrests nobody.
        """
        first, _ = sentence.clause(trigger.first)
        i = sentence.verb_before(trigger.first, first)
        verb = None if i is None else sentence.verb(i)
        if i is None or verb is None or verb.form.lemma not in sentence.sets["announcing"]:
            return []
        subject = syntax.subject_of(i)
        near = subject is not None and trigger.first - subject.last <= _OWN
        if subject is None or not near:
            return []
        suffers = any(set(subject.ids) & set(m.ids) for m in target)
        own = trigger.analysis is not None and trigger.analysis.after  # the arrest of him
        if trigger.type not in ("deployment", "capture") and (not target or (suffers and not own)):
            return []
        if trigger.type in _DONE_TO and not _is_act(trigger):
            return []
        able = self.can_order if trigger.type == "arrest" else self.armed
        home = trigger.type not in ("capture", "arrest") or self._at_home(subject, sentence)
        return [subject] if home and able(subject.ids) else []

    def _at_home(self, subject: Mention, sentence: Sentence) -> bool:
        """Whether the side has no country, or all places of the sentence lie in its country."""
        rows = [m.place.row for m in sentence.mentions if m.place is not None]
        countries = {row.id.split("_")[0] for row in rows if row is not None}
        own = {self._lexicon.actors[ident].country for ident in subject.ids}
        return own == {""} or countries == own

    def _is_told_of(self, sentence: Sentence, i: int) -> bool:
        """Whether the verb at ``i`` can only have an event as its subject."""
        sets = self._knowledge.sets
        lemmas = {a.form.lemma for a in sentence.analyses(i) if a.form.pos == "verb"}
        return bool(lemmas & sets["light_event"]) and not lemmas & sets["light_agent"]

    def comes_from(self, trigger: Trigger, mention: Mention) -> bool:
        """Whether ``from`` names the attacker: it came under an attack + from X."""
        fighting = self._knowledge.types[trigger.type].group == "fighting"
        return (
            fighting
            and trigger.light_kind == "patient"
            and mention.kind == "actor"
            and self.armed(mention.ids)
        )

    def is_doer(self, sentence: Sentence, trigger: Trigger, roles: Roles, mention: Mention) -> bool:
        """Whether ``l-`` behind an indefinite event noun names the doer: shelling by X."""
        analysis = trigger.analysis
        if roles.actor or trigger.kind != "noun" or analysis is None:
            return False
        if trigger.light_kind == "agent" and roles.slots.get("subject"):
            return False  # the fighters dealt blows to X
        if trigger.type == "withdrawal":  # the full withdrawal of the troops
            return mention.kind == "actor" and self.armed(mention.ids)
        between = range(trigger.last, mention.first)
        if any(sentence.isin(i, "prepositions") for i in between):
            return False  # an attack on an academy of the police: whose it is, not who did it
        if any(sentence.word(i) in self._lexicon.nisba for i in between):
            return False  # the Turkish shelling of X
        group = self._knowledge.types[trigger.type].group
        if group != "fighting":
            return False
        definite = [sentence.word(i).startswith(ARTICLE) for i in between]
        described = bool(definite) and all(definite)
        if analysis.article and not described:
            return False
        return mention.kind == "actor" and self.armed(mention.ids)

    def is_owner(self, sentence: Sentence, trigger: Trigger, mention: Mention) -> bool:
        """Whether ``l-`` names whose things an attack hit: vehicles belonging to X."""
        if trigger.kind != "noun" or self._knowledge.types[trigger.type].group != "fighting":
            return False
        gap = range(trigger.last, mention.first)
        return (
            bool(mention.ids)
            and mention.kind != "place"
            and (
                sentence.isin(mention.first - 1, "belonging")
                or _hits(sentence, trigger)
                or any(sentence.verb(i) is not None for i in gap)
            )
        )

    def armed(self, ids: tuple[str, ...]) -> bool:
        """Whether one of the actors can fight."""
        return any(self._lexicon.actors[actor].kind in ARMED for actor in ids)

    def can_order(self, ids: tuple[str, ...]) -> bool:
        """Whether one of the actors can fight, or is a government whose forces can."""
        return self.armed(ids) or any(
            self._lexicon.actors[actor].kind == "government" for actor in ids
        )


def _is_act(trigger: Trigger) -> bool:
    """Whether the event noun is the bare verbal noun of what a side does: the striking of X."""
    analysis = trigger.analysis
    plain = analysis is not None and not (analysis.article or analysis.before or analysis.after)
    return plain and analysis is not None and analysis.form.pos == "masdar"


def _hits(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the attack is the subject of a verb in front: one of the raids hit a house of X."""
    verb = sentence.verb(trigger.light) if trigger.light is not None else None
    definite = trigger.analysis is not None and trigger.analysis.article
    return definite and verb is not None and verb.form.lemma in sentence.sets["strike_lemmas"]


def _announcer(sentence: Sentence, syntax: Syntax, at: int, first: int) -> Mention | None:
    """The actor that is the subject of the verb before ``at``, unless nobody announced it."""
    i = sentence.verb_before(at, first)
    if i is None or sentence.isin(i - 1, "negation"):
        return None
    subject = syntax.subject_of(i)
    return subject if subject and subject.kind == "actor" else None


def nisba_doer(sentence: Sentence, trigger: Trigger, knowledge: Knowledge) -> tuple[str, int]:
    """The actor of an adjective of nationality behind an event noun, and where: Russian raids."""
    lexicon, sets = knowledge.lexicon, knowledge.sets
    group = knowledge.types[trigger.type].group
    for i in range(trigger.last, min(trigger.last + _ADJECTIVE, sentence.last)):
        cover = sentence.mention_at(i)
        if sentence.verb(i) is not None or (cover is not None and _hides(cover, group)):
            return "", -1
        iso = lexicon.nisba.get(sentence.word(i))
        if iso and not _agrees(sentence, trigger, i):
            return "", -1
        if iso:
            fields = lexicon.countries[iso].fields
            return fields.get(_field(trigger.type, group)) or fields.get("state", ""), i
        known = sentence.word(i) in sets["force_adjectives"] or (
            sentence.word(i) in sets["military_words"]
        )
        if not known and not sentence.analyses(i):
            return "", -1
    return "", -1


def _agrees(sentence: Sentence, trigger: Trigger, i: int) -> bool:
    """Whether the adjective has the article where the noun has: not the death of "the Tunisian"."""
    definite = sentence.word(i).startswith(ARTICLE)
    analysis = trigger.analysis
    return analysis is None or not definite or analysis.article or bool(analysis.after)


def _hides(cover: Mention, group: str) -> bool:
    """Whether a name covers the adjective: killing + a Turkish policeman; Turkey, no "Turkish"."""
    return group == "violence" or (group == "fighting" and cover.kind == "place")


def _field(kind: str, group: str) -> str:
    if kind == "airstrike":
        return "air"
    return "army" if group in ("fighting", "territory", "violence") else "state"


def part_sides(trigger: Trigger, roles: Roles) -> None:
    """A genitive that could be doer or sufferer is one of them: the role open, or the first.

    ``training + the army`` against ``the raid + of the coalition + on X``: what another slot
    gives decides; else the order in which the rule names the roles.
    """
    shared = {id(m) for m in roles.actor} & {id(m) for m in roles.target}
    if not shared:
        return
    doers = [m for m in roles.actor if id(m) not in shared]
    suffer = [m for m in roles.target if id(m) not in shared]
    named = trigger.rule.slots.get("gen", ())
    first = next((role for role in named if role in ("actor", "target")), "target")
    keep = "target" if doers else "actor" if suffer or roles.place else first
    if keep == "actor":
        roles.target = suffer
    else:
        roles.actor = doers
