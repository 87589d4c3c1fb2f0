"""Figures: what a number counts, whom, with which bounds, and what befell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sijill.extract.fates import BOTH, befell, fate, fates_behind
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.scene import Counted
from sijill.extract.verb_words import THINGS
from sijill.lexicon.words import Analysis
from sijill.model import Figure, Trace
from sijill.text.letters import ALEF, ARTICLE, LAM, WAW
from sijill.text.number_parts import Number

#: Nouns that say themselves what befell the people counted.
_OWN_FATES: Final = frozenset({"killed", "wounded", "captured", "displaced"})
_COUNTS: Final = frozenset({"count", "vague", "percent", "fraction"})
_DUAL_ENDS = ("\u064a\u0646", "\u0627\u0646")
_YEH: Final = "\u064a"
_OF: Final = "\u0645\u0646"
_GLUED: Final = (("\u0628",), (LAM,))
_SIGNS: Final = ".\u060c,:;\u061b"
_COMMAS: Final = ("\u060c", ",")
_LISTING = (WAW, *_COMMAS)
_STOPS: Final = ".;\u061b"
_NUMBER_REACH: Final = 12  # tokens from "the number of" to the number
_PART_GAP: Final = 6  # tokens between the members of a list of parts
_DISTANCE_REACH: Final = 6  # tokens between "at a distance" and its number


def read_figures(sentence: Sentence) -> list[Counted]:
    """The figures of a sentence in order."""
    found: list[Counted] = []
    for item in _candidates(sentence):
        if found and item.first < found[-1].last:
            continue  # a noun that a number counts already
        counted = (
            _count(sentence, item, found)
            if isinstance(item, Number)
            else _dual_or_one(sentence, item, found)
        )
        if counted:
            found.append(counted)
    return found


def _candidates(sentence: Sentence) -> Iterator[Number | Mention]:
    """Numbers, and nouns that may count themselves, in text order."""
    found: list[Number | Mention] = [*sentence.numbers]
    found += [m for m in sentence.mentions if m.kind in ("people", "actor")]
    yield from sorted(found, key=lambda item: item.first)


# ------------------------------------------------------------ numbers


def _count(sentence: Sentence, number: Number, before: list[Counted]) -> Counted | None:
    if number.kind not in _COUNTS:
        return _measure(sentence, number)
    people = _counted_noun(sentence, number)
    part = _is_part(sentence, number.first, before)
    happened = _happened(sentence, number, people)
    kind = _kind(sentence, number, people, before[-1] if part else None, happened)
    if not kind:
        return None
    last = max(number.last, people.last if people else 0)
    national = people is None and _nationals(sentence, number)
    single = people is None and sentence.isin(last, "single_people")
    if national or single or (people is None and sentence.isin(last, "others")):
        last += 1
    named = national or single
    of = sentence.tokens.raw(last - 1, last) if named else _whom(sentence, people, before)
    low, high, last = _bounds(sentence, number, last)
    figure = Figure(
        kind,
        of,
        low,
        high,
        sentence.tokens.raw(number.first, last),
        number.approx,
        trace=Trace(number.rule, number.where, *sentence.tokens.span(number.first, last)),
    )
    toll = kind in _OWN_FATES or happened == BOTH
    families = people is not None and sentence.holds(people.first, people.last, "families")
    return Counted(figure, number.first, last, part, toll, families)


def _whom(sentence: Sentence, people: Mention | None, before: list[Counted]) -> str:
    """Whom the number counts; "18 others" are of the kind counted before."""
    if people is not None:
        return sentence.tokens.raw(people.first, people.last)
    return before[-1].figure.of if before else ""


def _bounds(
    sentence: Sentence, number: Number, last: int
) -> tuple[float | int | None, float | int | None, int]:
    """The bounds of the number, with "at least" behind the noun that it counts."""
    low, high = number.low, number.high
    hedge = last + (sentence.verb(last) is not None)  # 17 people were killed at least
    phrase = f"{sentence.word(hedge)} {sentence.word(hedge + 1)}"
    if low is None or high is None or number.last != number.core_last:
        return low, high, last
    if phrase in sentence.sets["low_bounds"]:
        return low, None, hedge + 2
    if phrase in sentence.sets["high_bounds"]:
        return None, high, hedge + 2
    return low, high, last


def _measure(sentence: Sentence, number: Number) -> Counted | None:
    """Kilometres that a side came or is away, and sums of money."""
    unit = number.core_last + (sentence.word(number.core_last) == "/")
    if number.kind == "distance":
        reach = range(max(sentence.first, number.first - _DISTANCE_REACH), number.first)
        if not sentence.isin(unit, "kilometres") or not any(
            sentence.isin(i, "distance_words") for i in reach
        ):
            return None
        kind = "distance_km"
    elif number.kind == "money":
        kind = "amount"
    else:
        return None
    tokens, last = sentence.tokens, unit + 1
    trace = Trace(number.rule, number.where, *tokens.span(number.first, last))
    figure = Figure(
        kind,
        tokens.raw(unit, last),
        number.low,
        number.high,
        tokens.raw(number.first, last),
        number.approx,
        trace=trace,
    )
    return Counted(figure, number.first, last)


def _counted_noun(sentence: Sentence, number: Number) -> Mention | None:
    """The mention that the number counts: at once behind it, or over "of" or one adjective."""
    for mention in sentence.mentions:
        if mention.first < number.core_last:
            continue
        start = number.core_last if mention.first < number.last else number.last
        gap = mention.first - start
        if mention.before.startswith(WAW):
            return None  # "25 and the wounding of": another noun, not the one counted
        if gap <= 0 or (gap <= 2 and _bridges(sentence, start, mention)):
            return mention if mention.kind in ("people", "actor", "asset") else None
        return None
    return None


def _bridges(sentence: Sentence, i: int, mention: Mention) -> bool:
    """Whether only an adjective or "of" stands between; "40 others" are whole without a noun."""
    return all(
        sentence.verb(j) is None
        and sentence.word(j) not in f"{_SIGNS}()"
        and (sentence.word(j) == _OF or not sentence.isin(j, "prepositions"))
        and not sentence.isin(j, "subset")
        and (not sentence.isin(j, "others") or sentence.word(j + 1) == _OF)
        and not _prefixed(sentence, j)
        for j in range(i, mention.first)
    ) and (mention.prep in (_OF, "", "gen") or mention.before == "")


def _prefixed(sentence: Sentence, i: int) -> bool:
    """Whether a preposition is written on to the noun at ``i``: with wounds, by fire."""
    found = sentence.analyses(i)
    return bool(found) and all(a.before[-1:] in _GLUED for a in found)


def _kind(
    sentence: Sentence,
    number: Number,
    people: Mention | None,
    whole: Counted | None,
    happened: str,
) -> str:
    """What the figure is a figure of; ``whole`` is the figure that it is a part of."""
    if number.kind in ("percent", "fraction"):
        return "percent"
    own = people.figure if people and (people.kind == "people" or people.figure in THINGS) else ""
    if people and people.kind == "actor" and sentence.isin(people.first, "air"):
        if people.first > number.last and sentence.word(people.first - 1) != _OF:
            return ""  # three companies of a country's air
        return "vehicles"  # four Turkish fighters: that flew, or were shot down
    if own in THINGS:
        return own
    if whole is not None:
        return whole.figure.kind
    if happened:
        return happened
    if people is None and number.kind == "count":
        people = _numbered(sentence, number)
    return _kind_of(people) if people is not None else ""


def _kind_of(people: Mention) -> str:
    """What a number of such people is a figure of, whatever befell them."""
    if people.kind != "actor":
        return people.figure if people.kind == "people" else ""
    if people.role == "leader":
        return "people"
    return people.figure or ("fighters" if people.role == "member" else "troops")


def _numbered(sentence: Sentence, number: Number) -> Mention | None:
    """Those whose number is told from afar: the number of the fighters of X is put at 2000."""
    for i in range(number.first - 1, max(sentence.first, number.first - _NUMBER_REACH) - 1, -1):
        if sentence.isin(i, "number_of"):
            return sentence.mention_at(i + 1)
        if sentence.word(i) in _STOPS or any(n.first <= i < n.last for n in sentence.numbers):
            return None
    return None


def _happened(sentence: Sentence, number: Number, people: Mention | None) -> str:
    """What befell the people that the number counts: by their noun, else by the words around."""
    own = people.figure if people and people.kind == "people" else ""
    behind = people.last if people else number.core_last
    happened = befell(sentence, number.first, number.core_last)
    if people and sentence.holds(people.first, people.last, "families"):
        return happened or own  # families may be killed or held, and go of their own
    if own in _OWN_FATES:
        return fates_behind(sentence, behind - 1) or own
    if happened and (people is not None or _bare_count(sentence, number)):
        return fates_behind(sentence, behind) or happened
    return ""


def _nationals(sentence: Sentence, number: Number) -> bool:
    """Whether the number counts people by their nationality alone: 15 Iraqis."""
    return number.last == number.core_last and sentence.is_nationality(number.core_last)


def _bare_count(sentence: Sentence, number: Number) -> bool:
    """Whether the number counts people without naming them (42 of them, 18 others)."""
    word = sentence.word(number.core_last)
    if _nationals(sentence, number):
        return True
    if number.kind == "vague":
        if word == _OF:
            return False  # scores of what is no people
        if sentence.word(number.core_last - 1).startswith(ARTICLE):
            return True
    return (
        word in sentence.sets["others"]
        or word in sentence.sets["subset"]
        or word == _OF
        or word in _SIGNS
        or not word
        or number.last > number.core_last
        or sentence.verb(number.core_last) is not None
        or sentence.isin(number.core_last, "prepositions")
        or sentence.isin(number.core_last, "single_people")
        or (bool(fate(sentence, number.first - 1)) and _ends(sentence, number.core_last))
    )


def _ends(sentence: Sentence, i: int) -> bool:
    """Whether the word tells how the people counted right before it came to their fate."""
    return sentence.isin(i, "their_wounds") or _prefixed(sentence, i)


def _is_part(sentence: Sentence, first: int, before: list[Counted]) -> bool:
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


# ------------------------------------------------------------ nouns that count themselves


def _dual_or_one(sentence: Sentence, mention: Mention, before: list[Counted]) -> Counted | None:
    """Two of a kind in the dual; one person killed, wounded or among those counted before."""
    part = _is_part(sentence, mention.first, before)
    whole = before[-1] if part else None
    if _is_dual(sentence, mention):
        amount, kind = 2, _kind_of_dual(sentence, mention, whole)
    else:
        amount, kind = 1, _kind_of_one(sentence, mention, whole)
    if not kind:
        return None
    raw = sentence.tokens.raw(mention.first, mention.last)
    trace = Trace(
        "figure.dual" if amount == 2 else "figure.one",
        mention.where,
        sentence.tokens.start[mention.first],
        sentence.tokens.end[mention.last - 1],
    )
    figure = Figure(kind, raw, amount, amount, raw, trace=trace)
    return Counted(figure, mention.first, mention.last, part)


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
    if own in ("killed", "wounded", "captured"):
        return own
    return befell(sentence, mention.first, mention.last)


def _kind_of_one(sentence: Sentence, mention: Mention, whole: Counted | None) -> str:
    """A person without article, where what befell stands right before, or as part of others."""
    word = sentence.word(mention.first)
    if mention.kind not in ("people", "actor") or not sentence.isin(mention.first, "persons"):
        return ""
    if whole is not None:
        return whole.figure.kind
    happened = fate(sentence, mention.first - 1)
    if not happened or word.startswith(WAW) or _hits_another(sentence, mention):
        return ""
    return happened


def _hits_another(sentence: Sentence, mention: Mention) -> bool:
    """Whether the person named behind the verb is the one who killed: the other is accusative."""
    if sentence.verb(mention.first - 1) is None or sentence.word(mention.first).endswith(ALEF):
        return False
    return any(
        m.first > mention.first
        and m.first - mention.last <= 3
        and m.kind in ("people", "actor")
        and (sentence.word(m.first).endswith(ALEF) or (not m.before and not m.prep))
        for m in sentence.mentions
    )
