"""The place named before that a word without a name points back to: there, several quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.place_found import PlaceFound
from sijill.extract.scene import FIGHTING
from sijill.extract.trigger import Trigger
from sijill.lexicon.place_rows import PlaceRow

#: Kinds of places that have no quarters of their own.
_PARTLESS: Final = frozenset({"airport", "base", "bridge", "facility", "hospital", "mosque"})
_SUBJECT: Final = 10  # tokens from the subject of a state to the state
#: What befalls a place with those in it.
_BEFALLING: Final = frozenset({*FIGHTING, "killing", "destruction", "abduction", "arrest"})
_UNDERGOING: Final = 8  # tokens from a place to what it went through


def named_last(sentence: Sentence, i: int) -> list[Mention]:
    """The place named last, if any, as what the word at ``i`` points back to."""
    named = sentence.latest
    if named is None:
        return []
    found = PlaceFound(
        i, i + 1, named.name, named.kind, "back", "words.yml", named.row, named.within
    )
    return [_back(found)]


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
    """The place in front of an event that is told to have gone through it: Diyala counted ten dead.

    It is the subject right behind a verb of undergoing, a few words before the event.
    """
    befallen = sentence.mentions if trigger.type in _BEFALLING else []
    for mention in reversed(befallen):
        if mention.last > trigger.first or mention.kind != "place" or mention.container:
            continue
        verb = sentence.verb(mention.first - 1) if mention.first > sentence.first else None
        named = mention.role in ("named", "part", "unknown") and not mention.before
        close = trigger.first - mention.last <= _UNDERGOING
        if verb is None or verb.after or not named or not close:
            continue  # "the rain that the town saw" tells of what stands in front
        if verb.form.lemma in sentence.sets["undergoing"] and not sentence.speaks(mention):
            return [m for m in sentence.mentions if m.group == mention.group]
    return []


def _town_around(sentence: Sentence, i: int, rows: Mapping[str, PlaceRow]) -> list[Mention]:
    """What the place named last lies in, where it is one that has no quarters of its own."""
    row = sentence.latest.row if sentence.latest is not None else None
    if row is None or row.kind not in _PARTLESS or row.parent not in rows:
        return []
    town = rows[row.parent]
    return [_back(PlaceFound(i, i + 1, town.name, town.kind, "back", "words.yml", town))]


def _back(found: PlaceFound) -> Mention:
    return Mention("place", found.first, found.last, role="back", where="words.yml", place=found)
