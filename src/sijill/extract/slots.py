"""The grammatical slots of a verb or an event noun."""

from __future__ import annotations

from collections.abc import Collection

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.place_found import rank
from sijill.extract.trigger import Trigger
from sijill.text.letters import ALEF, HEH, LAM

_ASIDE = frozenset({"\u0645\u0639", "\u0645\u0646", "\u0627\u0644\u064a", LAM})
_FIRED = frozenset({"shelling", "airstrike"})
_FLIGHT = 8  # tokens from where fire came to where it hit
_MIN = "\u0645\u0646"
_UP = 8  # tokens from "accused" to "of supporting"
BETWEEN = "\u0628\u064a\u0646"


class Slots:
    """Mentions by grammatical slot, in text order; ``last`` is the end of what was looked at."""

    __slots__ = ("by_slot", "first", "last")

    def __init__(self, by_slot: dict[str, list[Mention]], first: int, last: int) -> None:
        self.by_slot, self.first, self.last = by_slot, first, last

    def get(self, slot: str) -> list[Mention]:
        """The mentions in ``slot``."""
        return self.by_slot.get(slot, [])


class Roles:
    """The mentions in each role of one event, and the slots they came from."""

    __slots__ = ("actor", "near", "nisba", "nisba_at", "place", "slots", "target")

    def __init__(
        self,
        actor: list[Mention],
        target: list[Mention],
        place: list[Mention],
        near: list[Mention],
        slots: Slots,
        nisba: str = "",
        nisba_at: int = -1,
    ) -> None:
        self.actor, self.target, self.place, self.near = actor, target, place, near
        self.slots, self.nisba, self.nisba_at = slots, nisba, nisba_at


def part_between(
    s: Sentence, trigger: Trigger, by_slot: dict[str, list[Mention]], end: int
) -> None:
    """Between A ``on one side`` and B ``on the other``: the marks tell the sides apart."""
    if BETWEEN not in by_slot:
        return
    marks = [
        i
        for i in range(trigger.last, min(end + 24, s.last))
        if f"{s.bare(i)} {s.word(i + 1).strip(',')}" in s.sets["side_marks"]
    ]
    if len(marks) < 2:
        return
    start = by_slot[BETWEEN][0].first
    sides = [
        m
        for m in s.mentions
        if start <= m.first < marks[1] and m.kind in ("actor", "people") and m.ids
    ]
    by_slot["subject"] = [m for m in sides if m.first < marks[0]]
    by_slot["against"] = [m for m in sides if m.first > marks[0]]
    del by_slot[BETWEEN]


def phrase_slots(sentence: Sentence, trigger: Trigger) -> Slots:
    """A phrase between what it is said of and whose it is."""
    first, last = sentence.clause(trigger.first)
    before = [
        m
        for m in sentence.mentions
        if m.last <= trigger.first and (m.first >= first or trigger.first - m.last <= 6)
    ]
    after = [m for m in sentence.mentions if 0 <= m.first - trigger.last <= 2]
    by_slot = {}
    if before:
        by_slot["before"] = [m for m in before if m.group == before[-1].group]
        places = [
            m for m in before if m.kind == "place" and m.prep not in _ASIDE and not m.container
        ]
        if places:
            by_slot["before"] = [m for m in by_slot["before"] if m.kind != "place"]
            by_slot["before"] += places[-1:]
    if after:
        by_slot["object"] = [m for m in sentence.mentions if m.group == after[0].group]
    if trigger.type == "support" and _taken_up(sentence, trigger, first):
        turned = {"before": "object", "object": "before"}
        by_slot = {turned[slot]: mentions for slot, mentions in by_slot.items()}
    return Slots(by_slot, first, last)


def _taken_up(sentence: Sentence, trigger: Trigger, first: int) -> bool:
    """Whether "with the support of" is what a verb or noun before is about: accused of supporting.

    The one named before then gives it to the one behind, and does not get it.
    """
    if trigger.last - trigger.first > 1:
        return False  # with support from X: never what X gets
    return any(
        a.form.lemma in sentence.sets["takes_up"]
        for i in range(max(first, trigger.first - _UP), trigger.first)
        for a in sentence.analyses(i)
    )


def overlooked(sentence: Sentence, trigger: Trigger, mention: Mention) -> bool:
    """Whether the place is only what the place of the event looks out on."""
    between = [m for m in sentence.mentions if trigger.last <= m.first < mention.first]
    overlooks = sentence.isin(mention.first - 2, "overlooking")
    return overlooks and any(m.kind == "place" for m in between)


def arrived(trigger: Trigger, places: list[Mention], to: Collection[str]) -> list[Mention]:
    """Of the places of people in flight those that they reached; else all.

    Of those of fire the ones that it hit, right behind the one from where it came. No countries.
    ``to`` holds the prepositions of getting somewhere.
    """
    fine = [m for m in places if m.place and rank(m.place.kind) < rank("country")]
    ended: list[Mention] = []
    if trigger.type == "displacement":
        ended = [m for m in fine if m.prep in to]
    elif trigger.type in _FIRED:
        off = [m for m in places if m.prep == _MIN and m.first >= trigger.first]
        ended = [
            m
            for m in fine
            if m.prep != _MIN
            and m.prep not in to
            and any(0 < m.first - o.last <= _FLIGHT for o in off)
        ]
    return ended or places


def backs(sentence: Sentence, trigger: Trigger, mention: Mention) -> bool:
    """Whether "from" in front names who backs the side that acts: with support from X."""
    words = (mention.first - 2, mention.first - 3)
    return trigger.type != "support" and any(
        i >= trigger.last and sentence.isin(i, "backing") for i in words
    )


def spared(trigger: Trigger, mention: Mention) -> bool:
    """Whether the genitive of a destruction may be who destroys: the looting of the militias."""
    if trigger.type != "destruction" or trigger.kind == "verb":
        return False
    return mention.kind not in ("asset", "people")


def place_meant(sentence: Sentence, trigger: Trigger) -> list[Mention]:
    """The place before a verb that its pronoun means: they reached X after they had retaken it."""
    analysis = trigger.analysis
    one = analysis is not None and analysis.after in (HEH, HEH + ALEF)
    if trigger.type != "capture" or trigger.kind != "verb" or not one:
        return []
    before = [m for m in sentence.mentions if m.last <= trigger.first and not m.container]
    named = [m for m in before if m.kind == "place" and m.role not in ("state", "capital")]
    return named[-1:] if "place" in trigger.rule.slots.get("object", ()) else []
