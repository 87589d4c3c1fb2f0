"""Where a speaker's name begins behind a verb of saying, past whom he speaks to and in what."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import COMMAS, QUOTES, Sentence
from sijill.text.letters import LAM

_COLON: Final = ":"
_IN: Final = "\u0641\u064a"
_THAT: Final = "\u0630\u0644\u0643"
_NAME: Final = 7  # tokens of a name in quotation marks
_MEDIA: Final = "media"


def name_start(sentence: Sentence, i: int, told: bool) -> int:
    """The token from ``i`` on at which who speaks can be named: told + to "the paper" + X + that.

    ``told`` tells that the verb is one of announcing, which "in it" may follow.
    """
    while i < sentence.last:
        step = _addressee(sentence, i) or _time(sentence, i) or _utterance(sentence, i)
        if step:
            i = step
        elif (told and sentence.isin(i, "resumptive")) or sentence.word(i) == _THAT:
            i += 1
        else:
            break
    return i


def quoted_name(sentence: Sentence, i: int) -> int:
    """The mark that closes a name in quotation marks at ``i``, before what is said; else 0."""
    if sentence.word(i) not in QUOTES:
        return 0
    close = _close(sentence, i)
    after = close + 1 + (sentence.word(close + 1) in COMMAS)
    said = sentence.isin(after, "complementisers") or sentence.word(after) == _COLON
    return close if close and said else 0


def _addressee(sentence: Sentence, i: int) -> int:
    """The token behind a medium that was spoken to, or 0: to "the paper", to Reuters."""
    if sentence.word(i) == LAM and sentence.word(i + 1) in QUOTES:
        close = _close(sentence, i + 1)
        return close + 1 if close else 0
    mention = sentence.mention_at(i)
    if mention is not None and mention.before[-1:] == LAM and _MEDIA in mention.ids:
        return mention.last
    return 0


def _time(sentence: Sentence, i: int) -> int:
    return next((t.last for t in sentence.times if t.first == i), 0)


def _utterance(sentence: Sentence, i: int) -> int:
    """The token behind "in a statement", or 0, where whom it was made to follows."""
    if sentence.word(i) != _IN or not sentence.isin(i + 1, "utterances"):
        return 0
    return next((end for j in range(i + 2, i + 5) if (end := _addressee(sentence, j))), 0)


def _close(sentence: Sentence, i: int) -> int:
    """The mark that closes what the one at ``i`` opens, or 0 where none is near."""
    near = range(i + 2, min(i + 2 + _NAME, sentence.last))
    return next((j for j in near if sentence.word(j) in QUOTES), 0)
