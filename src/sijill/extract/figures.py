"""Figures: what a number counts, whom, with which bounds, and what befell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sijill.extract.fates import BOTH, befell, fate, fates_behind
from sijill.extract.grammar import Sentence
from sijill.extract.mention import Mention
from sijill.extract.persons import is_part, one_or_two, others_without_noun, prefixed
from sijill.extract.scene import Counted
from sijill.extract.verb_words import THINGS
from sijill.model import Figure, Trace
from sijill.text.letters import ARTICLE, WAW
from sijill.text.number_parts import Number

#: Nouns that say themselves what befell the people counted.
_OWN_FATES: Final = frozenset({"killed", "wounded", "captured", "displaced"})
_COUNTS: Final = frozenset({"count", "vague", "percent", "fraction"})
_BY: Final = "\u0628"
_OF: Final = "\u0645\u0646"
_SIGNS: Final = ".\u060c,:;\u061b"
_STOPS: Final = ".;\u061b"
_TWO: Final = 2
_NUMBER_REACH: Final = 12  # tokens from "the number of" to the number
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
            else one_or_two(sentence, item, found)
        )
        if counted:
            found.append(counted)
    return found


def _candidates(sentence: Sentence) -> Iterator[Number | Mention]:
    """Numbers, and nouns that may count themselves, in text order."""
    found: list[Number | Mention] = [*sentence.numbers]
    found += [m for m in sentence.mentions if m.kind in ("people", "actor")]
    found += others_without_noun(sentence)
    yield from sorted(found, key=lambda item: item.first)


# ------------------------------------------------------------ numbers


def _count(sentence: Sentence, number: Number, before: list[Counted]) -> Counted | None:
    if number.kind not in _COUNTS:
        return _measure(sentence, number)
    people = _counted_noun(sentence, number) or _pair(sentence, number)
    if before and before[-1].last == number.first and _repeats(sentence, number, before[-1]):
        return None  # two soldiers, two; one person, one
    part = is_part(sentence, number.first, before)
    happened = _happened(sentence, number, people)
    kind = _kind(sentence, number, people, before[-1] if part else None, happened)
    if not kind:
        return None
    last = max(number.last, people.last if people else 0)
    first = min(number.first, people.first if people else number.first)
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
        sentence.tokens.raw(first, last),
        number.approx,
        trace=Trace(number.rule, number.where, *sentence.tokens.span(first, last)),
    )
    toll = kind in _OWN_FATES or happened == BOTH
    families = people is not None and sentence.holds(people.first, people.last, "families")
    return Counted(figure, first, last, part, toll, families)


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
        if mention.before.startswith(WAW) or mention.before.endswith(_BY):
            return None  # "25 and the wounding of", "25 by a raid": not the noun counted
        if gap <= 0 or (gap <= 2 and _bridges(sentence, start, mention)):
            return mention if mention.kind in ("people", "actor", "asset") else None
        return None
    return None


def _repeats(sentence: Sentence, number: Number, counted: Counted) -> bool:
    """Whether the number says again what the noun before it says by its form: one, or two."""
    said = counted.figure.low == counted.figure.high and counted.figure.low in (1, _TWO)
    joined = WAW if counted.figure.low == _TWO else WAW * 2  # the word for one begins so itself
    bare = not sentence.word(number.first).startswith(joined)
    return said and bare and number.low == number.high == counted.figure.low


def _pair(sentence: Sentence, number: Number) -> Mention | None:
    """The people in the dual whom "two" right behind them counts once more."""
    mention = sentence.mention_at(number.first - 1)
    if mention is None or mention.kind != "people" or number.low != _TWO or number.high != _TWO:
        return None
    dual = any(a.form.number == "d" for a in sentence.analyses(mention.first))
    return mention if dual else None


def _bridges(sentence: Sentence, i: int, mention: Mention) -> bool:
    """Whether only an adjective or "of" stands between; "40 others" are whole without a noun."""
    return all(
        sentence.verb(j) is None
        and sentence.word(j) not in f"{_SIGNS}()"
        and (sentence.word(j) == _OF or not sentence.isin(j, "prepositions"))
        and not sentence.isin(j, "subset")
        and (not sentence.isin(j, "others") or sentence.word(j + 1) == _OF)
        and not prefixed(sentence, j)
        for j in range(i, mention.first)
    ) and (mention.prep in (_OF, "", "gen") or mention.before == "")


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
    behind = number.core_last + _nationals(sentence, number)
    behind = max(people.last, behind) if people else behind
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
    i = number.core_last
    if number.kind == "vague" and sentence.word(i) in sentence.sets["nationals"]:
        return number.last == i
    return number.last == i and sentence.is_nationality(i)


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
    """Whether the word tells how or when the people counted right before it came to their fate.

    Or what befell others: the killing of 13 and the wounding of 21.
    """
    told = sentence.isin(i, "their_wounds") or sentence.isin(i, "clause_openers")
    if told or prefixed(sentence, i):
        return True
    joined = sentence.word(i).startswith(WAW) and bool(fate(sentence, i))
    return joined or any(t.first == i for t in sentence.times)
