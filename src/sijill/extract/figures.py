"""Figures: what a number counts, whom, with which bounds, and what befell them."""

from __future__ import annotations

import msgspec

from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.model import Figure, Trace
from sijill.text.numerals import Number

_THINGS = frozenset({"strikes", "vehicles", "places", "countries", "distance_km", "amount"})
#: Nouns that say themselves what befell the people counted.
_OWN_FATES = frozenset({"killed", "wounded", "captured", "displaced"})
_COUNTS = frozenset({"count", "vague", "percent", "fraction"})
_DUAL_ENDS = ("\u064a\u0646", "\u0627\u0646")
_BACK = 8  # how many tokens before a number the word for what befell the counted may stand


class Counted(msgspec.Struct, eq=False):
    """A figure with the tokens it stands at; ``people`` is the mention it counts, if any."""

    figure: Figure
    first: int
    last: int
    people: Mention | None = None


def read_figures(sentence: Sentence) -> list[Counted]:
    """The figures of a sentence in order."""
    found: list[Counted] = []
    for number in sentence.numbers:
        if number.kind in _COUNTS:
            counted = _count(sentence, number, found)
            if counted:
                found.append(counted)
    found += _duals_and_ones(sentence, found)
    return sorted(found, key=lambda c: c.first)


def _count(sentence: Sentence, number: Number, before: list[Counted]) -> Counted | None:
    people = _counted_noun(sentence, number)
    kind = _kind(sentence, number, people, before)
    if not kind:
        return None
    last = max(number.last, people.last if people else 0)
    of = sentence.tokens.raw(people.first, people.last) if people else ""
    start, end = sentence.tokens.start[number.first], sentence.tokens.end[last - 1]
    figure = Figure(
        kind, of, number.low, number.high, sentence.tokens.raw(number.first, last), number.approx,
        trace=Trace(number.rule, number.where, start, end),
    )
    return Counted(figure, number.first, last, people)


def _counted_noun(sentence: Sentence, number: Number) -> Mention | None:
    """The mention that the number counts: at once behind it, or over "of" or one adjective."""
    for mention in sentence.mentions:
        gap = mention.first - number.core_last
        if gap < 0:
            continue
        if gap == 0 or (gap <= 2 and _bridges(sentence, number.core_last, mention)):
            return mention if mention.kind in ("people", "actor", "asset") else None
        return None
    return None


def _bridges(sentence: Sentence, i: int, mention: Mention) -> bool:
    return all(
        sentence.verb(j) is None and sentence.word(j) not in ".\u060c,:;\u061b()"
        for j in range(i, mention.first)
    ) and (mention.prep in ("\u0645\u0646", "", "gen") or mention.before == "")


def _kind(
    sentence: Sentence, number: Number, people: Mention | None, before: list[Counted]
) -> str:
    """What the figure is a figure of."""
    if number.kind in ("percent", "fraction"):
        return "percent"
    if _is_subset(sentence, number) and before:
        return before[-1].figure.kind
    befell = _befell(sentence, number)
    own = people.figure if people and (people.kind == "people" or people.figure in _THINGS) else ""
    if own in _THINGS or own in _OWN_FATES:
        return own
    if befell and (people is not None or _bare_count(sentence, number)):
        return befell
    if people is not None and people.kind == "actor":
        if people.role == "leader":
            return "people"
        return people.figure or ("fighters" if people.role == "member" else "troops")
    return own


def _bare_count(sentence: Sentence, number: Number) -> bool:
    """Whether the number counts people without naming them (42 of them, 18 others)."""
    word = sentence.word(number.core_last)
    return (
        word in sentence.sets["others"] or word in sentence.sets["subset"]
        or word == "\u0645\u0646" or word in ".\u060c,:;\u061b" or not word
        or number.kind == "vague" or number.low != number.high
        or sentence.verb(number.core_last) is not None
        or sentence.isin(number.core_last, "prepositions")
    )


def _is_subset(sentence: Sentence, number: Number) -> bool:
    return any(
        sentence.bare(i) in sentence.sets["subset"]
        for i in range(max(number.first - 2, sentence.first), number.first)
    )


def _befell(sentence: Sentence, number: Number) -> str:
    """Killed, wounded, captured or displaced, by the nearest such word before (or right behind)."""
    low = max(sentence.first, number.first - _BACK)
    for i in range(number.first - 1, low - 1, -1):
        kind = _fate(sentence, i)
        if kind:
            return kind
        if sentence.word(i) in ".;\u061b":
            break
    for i in range(number.core_last, min(number.core_last + 16, sentence.last)):
        if sentence.verb(i) is not None:
            return _fate(sentence, i)
        if sentence.word(i) in ".;\u061b":
            break
    return ""


_FATES = (
    ("killed", "kill_lemmas"), ("wounded", "wound_lemmas"), ("captured", "capture_lemmas"),
    ("displaced", "displace_lemmas"),
)


def _fate(sentence: Sentence, i: int) -> str:
    for analysis in sentence.analyses(i):
        for kind, name in _FATES:
            if analysis.form.lemma in sentence.sets[name]:
                return kind
    return ""


def _duals_and_ones(sentence: Sentence, taken: list[Counted]) -> list[Counted]:
    """Two of a kind in the dual, and one named as part of a number before."""
    found = []
    covered = {i for counted in taken for i in range(counted.first, counted.last)}
    for mention in sentence.mentions:
        if mention.kind not in ("people", "actor") or mention.first in covered:
            continue
        amount = _dual_or_one(sentence, mention, taken)
        if amount is None:
            continue
        own = mention.figure if mention.figure in _THINGS else ""
        kind = own or (
            taken[-1].figure.kind if amount == 1 and taken else _fate_before(sentence, mention)
        )
        if kind:
            raw = sentence.tokens.raw(mention.first, mention.last)
            trace = Trace("figure.dual", mention.where, sentence.tokens.start[mention.first],
                          sentence.tokens.end[mention.last - 1])
            figure = Figure(kind, raw, amount, amount, raw, trace=trace)
            found.append(Counted(figure, mention.first, mention.last, mention))
    return found


def _dual_or_one(sentence: Sentence, mention: Mention, taken: list[Counted]) -> int | None:
    forms = [
        a for a in sentence.analyses(mention.first)
        if a.form.pos != "verb" and not a.article
    ]
    dual = sentence.word(mention.first).endswith(_DUAL_ENDS)
    if dual and any(a.form.number == "d" for a in forms) and not any(
        a.form.number == "p" for a in forms
    ):
        return 2
    single = bool(forms) and all(a.form.number == "s" for a in forms)
    subset = any(
        sentence.bare(i) in sentence.sets["subset"]
        for i in range(max(mention.first - 1, sentence.first), mention.first)
    )
    civilian = mention.kind == "people" and mention.figure in ("", "people")
    follows = bool(taken) and taken[-1].last <= mention.first
    return 1 if single and subset and civilian and follows else None


def _fate_before(sentence: Sentence, mention: Mention) -> str:
    for i in range(mention.first - 1, max(mention.first - 4, sentence.first) - 1, -1):
        kind = _fate(sentence, i)
        if kind:
            return kind
    return ""
