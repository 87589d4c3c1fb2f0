"""What a word is by itself, whatever stands around it: worked out once, asked at every turn."""

from __future__ import annotations

from sijill.extract.trigger import Known
from sijill.lexicon.entries import Entry
from sijill.lexicon.hits import Start


class Facts:
    """All that is known of one folded word.

    ``bare`` is the word less a conjunction before it when the rest is a closed-class word, nothing
    where that is the word itself: so most words have the same facts, and share them. ``verbal`` is
    whether it can be a verb, ``stirs`` whether a clause may open at it, ``speaks`` whether it can
    be the first of the words that introduce a speaker, ``counts`` whether a number or a time may
    begin at it; ``known`` is what the rules know of it; ``names`` are those that can begin at it.
    """

    __slots__ = ("bare", "counts", "known", "names", "speaks", "stirs", "verbal")

    def __init__(
        self,
        bare: str,
        verbal: bool,
        stirs: bool,
        speaks: bool,
        counts: bool,
        known: Known | None,
        names: tuple[Start[Entry], ...],
    ) -> None:
        self.bare, self.verbal, self.stirs, self.speaks = bare, verbal, stirs, speaks
        self.counts, self.known, self.names = counts, known, names
