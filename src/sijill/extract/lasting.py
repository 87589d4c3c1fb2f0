"""How long a siege had lasted, where its own clause says so: "after a siege that went on for"."""

from __future__ import annotations

from itertools import pairwise

from sijill.extract.grammar import COMMAS, Sentence
from sijill.extract.reasons import lend
from sijill.extract.scene import Draft
from sijill.extract.trigger import Trigger
from sijill.text.calendar import TimeExpr, TimeTables, stretch_at

_REACH = 12  # tokens from the siege to the verb that tells its length
_STOPS = (".", ";", "\u061b", *COMMAS)
_SIEGE = "siege"


def lasted(sentence: Sentence, trigger: Trigger, tables: TimeTables) -> TimeExpr | None:
    """The time since the siege at ``trigger`` began, as its length tells it, or nothing."""
    if trigger.type != _SIEGE:
        return None
    for i in range(trigger.last, min(trigger.last + _REACH, sentence.last)):
        if sentence.word(i) in _STOPS or i in sentence.events:
            return None
        if _goes_on(sentence, i):
            return _stretch(sentence, i, tables)
    return None


def _goes_on(sentence: Sentence, i: int) -> bool:
    """Whether the word is a verb of lasting whose subject is "siege": masculine and one.

    A verb that is itself the hedge of a number ("exceeded") is no finite verb to the sentence.
    """
    forms = [a.form for a in sentence.analyses(i) if a.form.pos == "verb"]
    return any(
        form.lemma in sentence.sets["lasting"] and form.gender != "f" and form.number in ("", "s")
        for form in forms
    )


def _stretch(sentence: Sentence, i: int, tables: TimeTables) -> TimeExpr | None:
    """The stretch of time behind the verb at ``i``, which may itself be its hedge: exceeded."""
    starts = [i + 1, i, *(i + 2 for _ in range(sentence.isin(i + 1, "for_a_time")))]
    found = (stretch_at(sentence.tokens, at, sentence.last, tables) for at in starts)
    return next((expr for expr in found if expr is not None), None)


def lend_place(drafts: list[Draft]) -> None:
    """Give sieges of a told length the place whose taking or relief ended them."""
    for before, draft in pairwise(drafts):
        if draft.type == _SIEGE and draft.time_stated and before.group == "territory":
            lend(draft, before, "place")
