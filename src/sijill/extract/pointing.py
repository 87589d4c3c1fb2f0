"""The place named before that a word without a name points back to: there, several quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.place_found import PlaceFound
from sijill.extract.scene import FIGHTING
from sijill.extract.slots import Roles
from sijill.extract.trigger import Trigger
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.words import Analysis
from sijill.text.letters import ALEF, HEH, WAW

_MIN: Final = "\u0645\u0646"
#: Kinds of places that have no quarters of their own.
_PARTLESS: Final = frozenset({"airport", "base", "bridge", "facility", "hospital", "mosque"})
_IT: Final = HEH + ALEF  # as towns are feminine
_SUBJECT: Final = 10  # tokens from the subject of a state to the state
#: What befalls a place with those in it.
_BEFALLING: Final = frozenset({*FIGHTING, "killing", "destruction", "abduction", "arrest"})
_UNDERGOING: Final = 8  # tokens from a place to what it went through
_ENTERING: Final = 16  # tokens from a place to what was done there besides entering it
_DESCRIBED: Final = 4  # tokens from an event to the verb that tells where it hit


def named_last(sentence: Sentence, i: int) -> list[Mention]:
    """The place named last, if any, as what the word at ``i`` points back to."""
    named = sentence.latest
    if named is None:
        return []
    found = PlaceFound(
        i, i + 1, named.name, named.kind, "back", "words.yml", named.row, named.within
    )
    return [_back(found)]


def object_named_before(sentence: Sentence, trigger: Trigger) -> list[Mention]:
    """The town that a pronoun written on to the verb stands for: A fell, and they entered + it.

    Behind "which" the pronoun stands for the word that the clause describes, and that is no name.
    """
    if trigger.rule.slots.get("pronoun") != ("place",):
        return []
    first, _ = sentence.clause(trigger.first)
    verb = trigger.analysis if trigger.kind == "verb" else None
    if verb is None or verb.after != _IT or verb.form.tense != "past":
        return []
    if sentence.isin(first, "relatives"):
        return []
    before = [
        m
        for m in sentence.mentions
        if m.kind == "place" and m.last <= trigger.first and not m.container and m.role != "part"
    ]
    own = [m for m in before if m.prep not in sentence.sets["sides_of_places"]]
    return (own or before)[-1:] or named_last(sentence, trigger.first)


def unnamed_parts(
    sentence: Sentence, trigger: Trigger, last: int, rows: Mapping[str, PlaceRow]
) -> list[Mention]:
    """Of which place parts that the text does not name ("several quarters") are, or nothing.

    They stand behind the trigger and before ``last``; what is told as their state, behind them.
    ``rows`` are all known places by id.
    """
    for i in range(trigger.last, last):
        if sentence.isin(i, "unnamed_parts"):
            return named_last(sentence, i)
    if "predicate" not in trigger.rule.flags:
        return []
    for i in range(max(sentence.first, trigger.first - _SUBJECT), trigger.first):
        if sentence.isin(i, "unnamed_parts"):
            return _town_around(sentence, i, rows) or named_last(sentence, i)
    return []


def undergone(sentence: Sentence, trigger: Trigger) -> list[Mention]:
    """The place that is told to have gone through an event: Diyala counted ten dead.

    It stands right behind a verb of undergoing or entering, a few words before the event ("they
    stormed the town and abducted"), or behind a verb that describes the event: the blast that hit
    the airport, the battles that the town saw.
    """
    befallen = sentence.mentions if trigger.type in _BEFALLING else []
    for mention in reversed(befallen):
        named = mention.role in ("named", "part", "unknown") and not mention.before
        if mention.kind != "place" or mention.container or not named:
            continue
        if _goes_through(sentence, trigger, mention) and not sentence.speaks(mention):
            return [m for m in sentence.mentions if m.group == mention.group]
    return []


def _goes_through(sentence: Sentence, trigger: Trigger, place: Mention) -> bool:
    """Whether the verb that the place belongs to puts the event there."""
    if place.first >= trigger.last:
        return _describes(sentence, trigger, place)
    away, coordinated = trigger.first - place.last, sentence.word(trigger.first)[:1] == WAW
    at = _verb_before(sentence, place)
    verb = sentence.verb(at) if at >= sentence.first else None
    if verb is None or verb.after or away > (_ENTERING if coordinated else _UNDERGOING):
        return False  # "the rain that the town saw" tells of what stands in front
    entered = coordinated and _is_any(sentence, verb, "entering")
    return entered or (away <= _UNDERGOING and _is_any(sentence, verb, "undergoing"))


def _describes(sentence: Sentence, trigger: Trigger, place: Mention) -> bool:
    """Whether a verb right in front of the place tells where the event before it was."""
    at = place.first - 1
    resumed = sentence.isin(at, "resumptive")  # the shelling that befell it: the town
    at -= resumed
    verb = sentence.verb(at) if trigger.last <= at <= trigger.last + _DESCRIBED else None
    if verb is None:
        return False
    if verb.after or resumed:
        return any(_is_any(sentence, verb, name) for name in ("light_patient", "undergoing"))
    return sentence.isin(at - 1, "relatives") and _is_any(sentence, verb, "hitting")


def _verb_before(sentence: Sentence, place: Mention) -> int:
    """The token right before the place, or before the actor that stands between the two."""
    actor = sentence.mention_at(place.first - 1)
    return (actor.first if actor is not None and actor.kind == "actor" else place.first) - 1


def _is_any(sentence: Sentence, verb: Analysis, name: str) -> bool:
    return verb.form.lemma in sentence.sets[name]


def _town_around(sentence: Sentence, i: int, rows: Mapping[str, PlaceRow]) -> list[Mention]:
    """What the place named last lies in, where it is one that has no quarters of its own."""
    row = sentence.latest.row if sentence.latest is not None else None
    if row is None or row.kind not in _PARTLESS or row.parent not in rows:
        return []
    town = rows[row.parent]
    return [_back(PlaceFound(i, i + 1, town.name, town.kind, "back", "words.yml", town))]


def _back(found: PlaceFound) -> Mention:
    return Mention("place", found.first, found.last, role="back", where="words.yml", place=found)


def listed(sentence: Sentence, trigger: Trigger, roles: Roles) -> list[Mention]:
    """The places picked out behind unnamed ones: quarters, among them X and Y."""
    end = min(trigger.last + 6, roles.slots.last)
    parts = sentence.holds(trigger.last, end, "unnamed_parts")
    for i in range(trigger.last, roles.slots.last if parts else trigger.last):
        if not sentence.isin(i, "among"):
            continue
        first = next((m for m in sentence.mentions if 0 < m.first - i <= 2), None)
        if first is not None and first.kind == "place":
            return [m for m in sentence.mentions if m.group == first.group]
    return []


def pointed_at(sentence: Sentence, trigger: Trigger, roles: Roles) -> list[Mention]:
    """The place that "there" or "in it" in the clause points back to."""
    end = min(roles.slots.last, trigger.last + 8)
    points = trigger.type == "withdrawal" or sentence.holds(trigger.last, end, "there")
    if not (points or sentence.holds(trigger.last, end, "demonstratives")):
        return []
    for i in range(trigger.last, end):
        left = trigger.type == "withdrawal" and sentence.word(i)[:2] == _MIN
        spot = sentence.isin(i, "demonstratives") and sentence.isin(i + 1, "spots")
        there = spot or sentence.isin(i, "there")
        if not there and not (left and sentence.isin(i, "resumptive")):
            continue
        before = [
            m for m in sentence.mentions if m.kind == "place" and m.last <= i and not m.container
        ]
        if before:
            return before[-1:]
        if back := named_last(sentence, i):
            return back
    return []
