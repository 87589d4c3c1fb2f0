"""Who does what "and" adds to a deed with a doer of its own: X's entering + and the taking."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import STOPS, Sentence
from sijill.extract.mention import Mention
from sijill.extract.trigger import Trigger
from sijill.text.letters import LAM, WAW

_FAR: Final = 16  # tokens from the first deed to what is added to it
_NEAR: Final = 3  # tokens from a deed to its doer


def sharer(sentence: Sentence, trigger: Trigger) -> list[Mention]:
    """The doer of the deed before, which the event noun with "and" and without a doer shares."""
    analysis = trigger.analysis
    if analysis is None or WAW not in analysis.before or not analysis.article:
        return []
    for i in range(trigger.first - 1, max(trigger.first - _FAR, sentence.first) - 1, -1):
        if sentence.word(i) in STOPS or sentence.verb(i) is not None:
            return []
        if _goes_in(sentence, i):
            return _doer(sentence, i, trigger.first)
    return []


def _goes_in(sentence: Sentence, i: int) -> bool:
    """Whether the word at ``i`` names a side's move: the entering, the advance of."""
    return any(
        a.form.pos in ("masdar", "noun") and a.form.lemma in sentence.sets["going_in"]
        for a in sentence.analyses(i)
    )


def _doer(sentence: Sentence, deed: int, last: int) -> list[Mention]:
    near = [m for m in sentence.mentions if deed < m.first <= min(deed + _NEAR, last - 1)]
    if not near or near[0].kind != "actor" or near[0].prep not in ("", "gen", LAM):
        return []
    return [m for m in sentence.mentions if m.group == near[0].group and m.kind == "actor"]
