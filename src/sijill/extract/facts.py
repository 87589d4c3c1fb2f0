"""What a word is by itself, whatever stands around it: worked out once, asked at every turn."""

from __future__ import annotations

import msgspec

from sijill.extract.trigger import Known
from sijill.lexicon.entries import Entry
from sijill.lexicon.hits import Start


class Facts(msgspec.Struct, frozen=True, gc=False):
    """All that is known of one folded word.

    ``bare`` is the word less a conjunction before it when the rest is a closed-class word, nothing
    where that is the word itself: so most words have the same facts, and share them. ``verbal`` is
    whether it can be a verb, ``stirs`` whether a clause may open at it, ``speaks`` whether it can
    be the first of the words that introduce a speaker; ``known`` is what the rules know of it;
    ``names`` are those that can begin at it.
    """

    bare: str
    verbal: bool
    stirs: bool
    speaks: bool
    known: Known | None
    names: tuple[Start[Entry], ...]
