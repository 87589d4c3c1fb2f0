"""Works out what a word is by itself, once for each word."""

from __future__ import annotations

from collections.abc import Callable

from sijill.extract.candidates import CandidateReader
from sijill.extract.facts import Facts
from sijill.extract.grammar import STOPS
from sijill.extract.speech import SpeechReader
from sijill.lexicon.classes import is_verbal
from sijill.lexicon.knowledge import Knowledge
from sijill.text.memo import Memo
from sijill.text.number_words import DIGITS


class FactReader:
    """Asks each part of the reader what it knows of a word by itself."""

    def __init__(
        self, knowledge: Knowledge, speech: SpeechReader, triggers: CandidateReader
    ) -> None:
        self._analyse = knowledge.analyser.analyse
        self._names, self._classes = knowledge.lexicon.index, knowledge.classes
        self._numbers, self._times = knowledge.numbers.words, knowledge.times.index
        self._speech, self._triggers = speech, triggers
        self._alike: dict[tuple[str, bool, bool, bool, bool], Facts] = {}
        #: What is known of a folded word; nothing of many words.
        self.facts: Callable[[str], Facts | None] = Memo(self._read).__getitem__

    def _read(self, word: str) -> Facts | None:
        names, readings = self._names.starts(word), self._analyse(word)
        bare, verbal = self._classes.less_conjunction(word), bool(readings) and is_verbal(readings)
        speaks, known = self._speech.can_open(bare, readings), self._triggers.known(word, readings)
        stirs = verbal or self._classes.opens(bare) or word in STOPS
        counts = word in self._numbers or word in self._times or word[0] in DIGITS
        alike = ("" if bare == word else bare, verbal, stirs, speaks, counts)
        if known or names:
            return Facts(*alike, known, names)
        return self._alike.setdefault(alike, Facts(*alike, None, ())) if any(alike) else None
