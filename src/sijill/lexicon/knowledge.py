"""All knowledge, loaded and checked once."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.analyser import Analyser, load_words
from sijill.lexicon.classes import WordClasses
from sijill.lexicon.compass import load_compass
from sijill.lexicon.entries import Lexicon, load_lexicon
from sijill.lexicon.number_tables import NumberTables, load_number_tables
from sijill.lexicon.rules import (
    EventRule,
    ReportType,
    WordSet,
    load_event_rules,
    load_types,
    load_word_sets,
)
from sijill.lexicon.sentences import Sentences, load_sentences
from sijill.lexicon.tables import raise_faults
from sijill.lexicon.time_tables import TimeTables, load_time_tables
from sijill.lexicon.wars import War, load_wars
from sijill.lexicon.weights import load_weights

_VERB_SETS = (
    "light_agent",
    "light_patient",
    "light_event",
    "say_lemmas",
    "strike_lemmas",
    "undergoing",
    "entering",
    "hitting",
)


class Knowledge(msgspec.Struct, frozen=True):
    """Everything that the reader knows; ``asked`` are the lemmas that the grammar asks about."""

    sets: dict[str, WordSet]
    types: dict[str, ReportType]
    rules: list[EventRule]
    lexicon: Lexicon
    analyser: Analyser
    classes: WordClasses
    numbers: NumberTables
    times: TimeTables
    wars: list[War]
    weights: dict[str, float]
    asked: frozenset[str]
    compass: dict[str, float]
    sentences: Sentences


@lru_cache(maxsize=1)
def load_knowledge() -> Knowledge:
    """Load the packaged knowledge.

    Raises:
        KnowledgeError: with every fault of every file, sorted by file and line.
    """
    faults: list[Fault] = []
    types = load_types(faults)
    rules = load_event_rules(types, faults)
    sets, analyser = load_word_sets(faults), load_words(faults)
    if not sets:
        raise_faults(faults)  # nothing else can be loaded without them
    numbers = load_number_tables(faults)
    knowledge = Knowledge(
        sets=sets,
        types=types,
        rules=rules,
        asked=frozenset().union(
            *(rule.lemmas for rule in rules), *(sets.get(name, ()) for name in _VERB_SETS)
        ),
        lexicon=load_lexicon(faults),
        analyser=analyser,
        classes=WordClasses(sets),
        numbers=numbers,
        times=load_time_tables(faults, numbers=numbers),
        wars=load_wars(faults),
        weights=load_weights(faults),
        compass=load_compass(faults),
        sentences=load_sentences(types, faults),
    )
    raise_faults(faults)
    return knowledge
