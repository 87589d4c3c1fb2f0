"""What befell the people that a number counts: killed, wounded, captured, displaced."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import Sentence
from sijill.text.letters import ALEF, WAW

#: Tokens before a number: with any words between, and without a verb between.
_NEAR: Final = 8
_FAR: Final = 24
_BEHIND: Final = 16
_OWN: Final = 3  # tokens: a number so near before the first of two fates is that one's own
_HEADS: Final = 7  # tokens from "they cut" to the heads
_STOPS: Final = ".;\u061b"
_ON: Final = "\u0639\u0644\u064a"
_OR: Final = ALEF + WAW
_BETWEEN: Final = "\u0628\u064a\u0646"
_FATES = (
    ("killed", "kill_lemmas"),
    ("wounded", "wound_lemmas"),
    ("captured", "capture_lemmas"),
    ("displaced", "displace_lemmas"),
)
#: A number of dead and wounded together is of neither.
BOTH: Final = "people"


def fate(sentence: Sentence, i: int) -> str:
    """What the word at ``i`` says befell somebody, or nothing."""
    counts = any(n.first == i + 1 for n in sentence.numbers) or sentence.verb(i) is not None
    if sentence.isin(i, "families") and not counts:
        return ""  # spelt like the capture of somebody
    for analysis in sentence.analyses(i):
        if analysis.form.lemma in sentence.sets["ending_lemmas"] and _goes_on_to(sentence, i):
            return "killed"
        if analysis.form.lemma in sentence.sets["losing_lemmas"] and _loses_life(sentence, i):
            return "killed"
        if analysis.form.lemma in sentence.sets["cutting_lemmas"] and _heads(sentence, i):
            return "killed"
        for kind, name in _FATES:
            if analysis.form.lemma in sentence.sets[name]:
                return kind
    return ""


def _goes_on_to(sentence: Sentence, i: int) -> bool:
    """Whether "on" stands right behind the word, or behind the subject; or a number of the dead."""
    if any(n.first == i + 1 for n in sentence.numbers):
        return True
    return any(sentence.word(j) == _ON for j in range(i + 1, i + _OWN + 1))


def _loses_life(sentence: Sentence, i: int) -> bool:
    """Whether what the verb tells they lost is their lives."""
    return sentence.holds(i + 1, i + _NEAR, "their_lives")


def _heads(sentence: Sentence, i: int) -> bool:
    """Whether heads are named behind a verb of cutting, or behind the subject that follows it."""
    return any(sentence.isin(j, "heads_cut") for j in range(i + 1, min(i + _HEADS, sentence.last)))


def befell(sentence: Sentence, first: int, behind: int) -> str:
    """Killed, wounded, captured or displaced, by the nearest such word before ``first``.

    Without one, the first verb behind the number tells: "18 people were killed". A verb right
    behind it is its own: "20 were killed, and 30 wounded".
    """
    joined = sentence.word(behind).startswith(WAW)  # and 30 were wounded: of the next number
    if sentence.verb(behind) is not None and not joined:
        return _after(sentence, behind) or _before(sentence, first)
    return _before(sentence, first) or _after(sentence, behind)


def _before(sentence: Sentence, first: int) -> str:
    for i in range(first - 1, max(sentence.first, first - _FAR) - 1, -1):
        kind, far = fate(sentence, i), first - i > _NEAR
        if kind and (not far or sentence.verb(i) is not None):
            return BOTH if _joined(sentence, i, kind) else kind
        if sentence.word(i) in _STOPS or _parts(sentence, i):
            break
        if far and (kind or sentence.verb(i) is not None):
            break
    return ""


def _parts(sentence: Sentence, i: int) -> bool:
    """Whether the word opens a statement of its own: that, or the number of a whole."""
    return sentence.isin(i, "complementisers") or sentence.isin(i, "sizes")


def _joined(sentence: Sentence, i: int, kind: str) -> bool:
    """Whether the word right before tells another fate of the same people: killed and wounded."""
    before = i - 2 if sentence.word(i - 1) in (_OR, WAW) else i - 1
    linked = before == i - 2 or sentence.word(i).startswith(WAW)
    if not linked or {fate(sentence, before), kind} != {"killed", "wounded"}:
        return False
    if any(a.after and a.form.pos != "verb" for a in sentence.analyses(before)):
        return False  # a man met his death, and 4 were wounded
    verb, next_verb = sentence.verb(before), sentence.verb(i)
    if verb is not None and (verb.form.number in ("d", "p") or _told_of(sentence, before)):
        # those who were killed stand before it: they died, and 10 were wounded
        return next_verb is not None and next_verb.form.voice == "active"
    return not any(0 <= before - n.last <= _OWN for n in sentence.numbers)


def _told_of(sentence: Sentence, verb: int) -> bool:
    """Whether the person whom the verb tells of stands right before it: that a man was killed."""
    return any(
        m.last == verb
        and sentence.isin(m.first, "persons")
        and sentence.isin(m.first - 1, "complementisers")
        for m in sentence.mentions
    )


def _after(sentence: Sentence, behind: int) -> str:
    for i in range(behind, min(behind + _BEHIND, sentence.last)):
        verb = sentence.verb(i)
        if verb is not None:
            other = WAW in verb.before or _has_counted_object(sentence, i)
            return "" if other else fate(sentence, i)
        if sentence.word(i) in _STOPS:
            break
    return ""


def _has_counted_object(sentence: Sentence, verb: int) -> bool:
    """Whether a number follows the verb at once: "three gunmen killed five people"."""
    return any(
        n.first == verb + 1 and not sentence.word(n.first).startswith(WAW) for n in sentence.numbers
    )


def fates_behind(sentence: Sentence, i: int) -> str:
    """Whether a number counts dead and wounded together: 45 dead and wounded, between the two."""
    if sentence.word(i) == _BETWEEN:
        i += 1
    kinds = {fate(sentence, i), fate(sentence, i + 1)}
    return BOTH if kinds == {"killed", "wounded"} and sentence.verb(i + 1) is None else ""
