"""People counted by no number: two in the dual, one person, another, one of several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sijill.extract.fates import befell, fate
from sijill.extract.grammar import COMMAS, STOPS, Sentence
from sijill.extract.mention import Mention
from sijill.extract.scene import Counted
from sijill.extract.verb_words import THINGS
from sijill.lexicon.words import Analysis
from sijill.model import Figure, Trace
from sijill.text.letters import ALEF, LAM, WAW

_DUAL_ENDS = ("\u064a\u0646", "\u0627\u0646")
_DUAL_END: Final = "\u0627\u0646"
_YEH: Final = "\u064a"
_GLUED: Final = (("\u0628",), (LAM,))
_LISTING = (WAW, *COMMAS)
_STOPS: Final = ".;\u061b"
_TWO: Final = 2
_SINGULAR: Final = 11
_HUNDRED: Final = 100
_PART_GAP: Final = 6  # tokens between the members of a list of parts
_OBJECT_REACH: Final = 3  # tokens from a verb to the object that makes its subject the doer
_PERSONS: Final = frozenset({"people", "fighters", "troops", "killed", "displaced", "captured"})
_HURT: Final = frozenset({"killed", "wounded", "captured"})


def others_without_noun(sentence: Sentence) -> Iterator[Mention]:
    """Each "another" behind a word that tells what befell: one was killed, another wounded."""
    if not sentence.holds(sentence.first, sentence.last, "another"):
        return
    for i in range(sentence.first + 1, sentence.last):
        if sentence.isin(i, "another") and fate(sentence, i - 1) in _HURT and _alone(sentence, i):
            yield Mention("people", i, i + 1, role="another", where="words.yml")


def _alone(sentence: Sentence, i: int) -> bool:
    """Whether no noun follows that the word describes: the last soldier."""
    word = sentence.word(i + 1)
    return (
        not word
        or word in STOPS
        or word in COMMAS
        or word.startswith(WAW)
        or sentence.verb(i + 1) is not None
        or sentence.isin(i + 1, "prepositions")
        or sentence.isin(i + 1, "relatives")
        or prefixed(sentence, i + 1)
    )


def prefixed(sentence: Sentence, i: int) -> bool:
    """Whether a preposition is written on to the noun at ``i``: with wounds, by fire."""
    found = sentence.analyses(i)
    return bool(found) and all(a.before[-1:] in _GLUED for a in found)


def is_part(sentence: Sentence, first: int, before: list[Counted]) -> bool:
    """Whether what stands at ``first`` is a part of the number before it."""
    if not before or before[-1].figure.kind in THINGS:
        return False
    if sentence.holds(first - 2, first, "subset"):
        return True
    gap = range(before[-1].last, first)
    listed = sentence.word(first).startswith(WAW) or sentence.word(first - 1) in _LISTING
    return (
        before[-1].part
        and listed
        and len(gap) <= _PART_GAP
        and not any(
            sentence.verb(i) is not None or fate(sentence, i) or sentence.word(i) in _STOPS
            for i in [*gap, first]
        )
    )


def one_or_two(sentence: Sentence, mention: Mention, before: list[Counted]) -> Counted | None:
    """Two of a kind in the dual; one person killed, wounded or among those counted before."""
    if mention.role == "another":
        return _another(sentence, mention, before)
    part = is_part(sentence, mention.first, before)
    whole = before[-1] if part else None
    if _is_dual(sentence, mention):
        amount, kind = _TWO, _kind_of_dual(sentence, mention, whole)
    else:
        amount, kind = 1, _kind_of_one(sentence, mention, before, whole)
    if not kind or (amount == _TWO and _describes(mention, before)):
        return None
    of = sentence.tokens.raw(mention.first, mention.last)
    first = mention.first - (amount == 1 and sentence.isin(mention.first - 1, "one_of"))
    return _counted(sentence, (first, mention.last), (kind, of, amount), mention.where, part)


def _describes(mention: Mention, before: list[Counted]) -> bool:
    """Whether a dual is the adjective of the one counted right before it: military (advisers)."""
    if not before or mention.before or before[-1].last != mention.first:
        return False
    return before[-1].figure.low == before[-1].figure.high == _TWO


def _another(sentence: Sentence, mention: Mention, before: list[Counted]) -> Counted | None:
    """One more, or two, of the people counted before in the sentence."""
    if not before or before[-1].figure.kind not in _HURT | {"people"}:
        return None
    amount = _TWO if sentence.word(mention.first).endswith(_DUAL_END) else 1
    told = fate(sentence, mention.first - 1), before[-1].figure.of, amount
    return _counted(sentence, (mention.first, mention.last), told, mention.where, part=False)


def _counted(
    sentence: Sentence,
    span: tuple[int, int],
    told: tuple[str, str, int],
    where: str,
    part: bool,
) -> Counted:
    """The figure of the kind, of those and of the number ``told``."""
    first, last = span
    kind, of, amount = told
    trace = Trace(
        "figure.dual" if amount == _TWO else "figure.one",
        where,
        sentence.tokens.start[first],
        sentence.tokens.end[last - 1],
    )
    figure = Figure(kind, of, amount, amount, sentence.tokens.raw(first, last), trace=trace)
    return Counted(figure, first, last, part)


def _is_dual(sentence: Sentence, mention: Mention) -> bool:
    """A dual by its form; of a word that is dual or plural, where it can only be a dual."""
    forms = [a for a in sentence.analyses(mention.first) if a.form.pos != "verb" and not a.article]
    word = sentence.word(mention.first)
    if not any(a.form.number == "d" for a in forms):
        return False
    if not word.endswith((*_DUAL_ENDS, _YEH)):  # the last is the construct: two cars of
        return False
    return _never_plural(forms) or word in sentence.sets["two_persons"]


def _never_plural(forms: list[Analysis]) -> bool:
    """Whether no noun of several is spelt like the dual."""
    nouns = [a for a in forms if a.form.pos == "noun"] or forms
    return not any(a.form.number == "p" for a in nouns)


def _kind_of_dual(sentence: Sentence, mention: Mention, whole: Counted | None) -> str:
    own = mention.figure
    if own in THINGS:
        names = own in ("places", "countries") and sentence.word(mention.first).endswith(_YEH)
        return "" if names else own  # "the two towns of A and B" name what they count
    if whole is not None:
        return whole.figure.kind
    if own in _HURT:
        return own
    return befell(sentence, mention.first, mention.last)


def _kind_of_one(
    sentence: Sentence, mention: Mention, before: list[Counted], whole: Counted | None
) -> str:
    """A person without article whose fate is told right beside, or who is part of others."""
    if mention.kind not in ("people", "actor"):
        return ""
    word = sentence.word(mention.first)
    for i in (mention.first - 1, mention.first):
        if sentence.isin(i, "one_of"):
            person = mention.figure in _PERSONS or mention.role in ("leader", "member", "own")
            return _fate_right_before(sentence, mention, i) if person else ""
    if sentence.isin(mention.first, "one_victim"):
        return mention.figure if _listed(sentence, mention, before) else ""
    if not sentence.isin(mention.first, "persons"):
        return ""
    if whole is not None:
        return whole.figure.kind
    if sentence.isin(mention.first - 1, "complementisers"):
        return _fate_right_behind(sentence, mention)
    if word.startswith(WAW):  # a child and a woman were killed
        last = before[-1] if before and before[-1].last == mention.first else None
        if last is None or last.figure.kind not in _HURT or _of_number(sentence, mention, last):
            return ""
        return last.figure.kind
    return _fate_right_before(sentence, mention, mention.first)


def _of_number(sentence: Sentence, mention: Mention, last: Counted) -> bool:
    """Whether the number before counts the person too: 17 soldiers and officers; not "one".

    From eleven on a number has its nouns in the singular, up to 99 in the accusative.
    """
    low = last.figure.low or 0
    if 0 < low < _SINGULAR or sentence.isin(mention.last, "just_one"):
        return False
    return low == 0 or low >= _HUNDRED or sentence.word(mention.first).endswith(ALEF)


def _fate_right_before(sentence: Sentence, mention: Mention, first: int) -> str:
    happened = fate(sentence, first - 1)
    return "" if not happened or _hits_another(sentence, mention, first) else happened


def _fate_right_behind(sentence: Sentence, mention: Mention) -> str:
    """What a verb right behind tells befell the person: that a soldier was killed in ..."""
    i = mention.last
    verb = sentence.verb(i)
    if verb is None or verb.after or sentence.word(i).startswith(WAW):
        return ""
    joined = sentence.verb(i + 1)
    if joined is not None and joined.form.voice == "active" and fate(sentence, i + 1):
        return ""  # that a gunman killed and wounded nine
    span = range(i + 1, i + 1 + _OBJECT_REACH)
    objects = [*(m.first for m in sentence.mentions if not m.before and not m.prep)]
    objects += [n.first for n in sentence.numbers]
    stop = next((j for j in span if _ends_reach(sentence, j)), span.stop)
    return "" if any(i < j < stop for j in objects) else fate(sentence, i)


def _ends_reach(sentence: Sentence, i: int) -> bool:
    """Whether what the verb before governs is over: a preposition, a conjunction, a stop."""
    return (
        not sentence.word(i)
        or sentence.word(i)[:1] in _LISTING
        or sentence.isin(i, "prepositions")
        or prefixed(sentence, i)
    )


def _listed(sentence: Sentence, mention: Mention, before: list[Counted]) -> bool:
    """Whether a dead or wounded person stands beside a number of others: one dead and three hurt.

    Not "between dead and wounded", and not the noun that the number counts.
    """
    i, word = mention.first, sentence.word(mention.last)
    if any(n.last == i or n.core_last == i for n in sentence.numbers):
        return False
    if before and before[-1].last == i and before[-1].figure.kind in _HURT:
        return sentence.word(i).startswith(WAW)
    return word.startswith(WAW) and any(n.first == mention.last for n in sentence.numbers)


def _hits_another(sentence: Sentence, mention: Mention, first: int) -> bool:
    """Whether the person named behind the verb is the one who killed: the other is accusative."""
    if sentence.verb(first - 1) is None or sentence.word(mention.first).endswith(ALEF):
        return False
    joined = {mention.last} if sentence.word(mention.last).startswith(WAW) else set()
    return any(
        m.first > mention.first
        and m.first - mention.last <= 3
        and m.kind in ("people", "actor")
        and (sentence.word(m.first).endswith(ALEF) or (not m.before and not m.prep))
        and not any(n.first in joined and n.first < m.first for n in sentence.numbers)
        for m in sentence.mentions
    )
