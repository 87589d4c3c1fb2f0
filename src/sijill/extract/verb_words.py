"""What can be told of a verb from the words right around it: what it lacks, what stands there."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import COMMAS, Sentence
from sijill.extract.mention import Mention
from sijill.lexicon.words import Analysis
from sijill.text.letters import ALEF, ARTICLE, HEH, WAW

_OF: Final = "\u0645\u0646"
#: Figures of nouns that count things, which cannot act.
THINGS: Final = frozenset({"places", "strikes", "vehicles", "countries", "distance_km", "amount"})


#: Endings of counted women and things, behind which a feminine verb may be passive.
_FEMININE: Final = (HEH, "\u0627\u062a", "\u0647\u0646")


def counts_men(s: Sentence, i: int, analysis: Analysis) -> bool:
    """Whether the number of men behind a feminine or plural verb can only be its object.

    ``arrested (she, or they) + 12 men``: in the passive the verb would be masculine singular.
    """
    form = analysis.form
    joined = form.number == "p" and bool(analysis.before)
    if not (joined or (form.gender == "f" and form.number == "s")) or form.person != 3:
        return False
    number = next((n for n in s.numbers if n.first == i + 1), None)
    if number is None or analysis.after or s.word(i + 1).startswith(WAW):
        return False
    counted = s.mention_at(number.last)
    women = counted is not None and not s.sets["women_ids"].isdisjoint(counted.ids)
    endings = s.word(number.last - 1).endswith(_FEMININE[1:]) or (
        s.word(number.last).endswith(_FEMININE)
    )
    return joined or not (women or endings)


def counts_things(s: Sentence, i: int) -> bool:
    """Whether a number of things stands right behind the verb: who flew + 15 raids."""
    counted = (s.mention_at(n.last) for n in s.numbers if i < n.first <= i + 2)
    return any(m is not None and m.figure in THINGS for m in counted)


def thing_acts(s: Sentence, i: int, after: list[Mention]) -> bool:
    """Whether a thing is the subject behind an intransitive verb: shells fell."""
    verb = s.verb(i)
    return (
        verb is not None
        and verb.form.voice == "active"
        and any(
            m.kind == "people" and m.figure in THINGS and not m.prep_governed() and m.first - i <= 3
            for m in after
        )
    )


def accusative(s: Sentence, i: int) -> bool:
    """Whether the word is an indefinite object that ``of`` goes on: a coalition of fighters."""
    word = s.word(i)
    return (
        word.endswith(ALEF)
        and len(word) > 3
        and s.mention_at(i) is None
        and s.word(i + 1) == _OF
        and bool(s.analyses(i))
    )


def disagrees(s: Sentence, analysis: Analysis, mention: Mention) -> bool:
    """Whether a feminine verb cannot have the masculine body behind it as its subject."""
    form = analysis.form
    feminine = form.gender == "f" and form.number == "s" and form.person == 3
    return feminine and mention.kind == "actor" and s.isin(mention.first, "masculine_heads")


def beside_definite(s: Sentence, mention: Mention) -> bool:
    """Whether the noun in front has the article, so that the mention is no genitive of it."""
    before = s.word(mention.first - 1).removeprefix(WAW)
    return mention.prep == "gen" and before.startswith(ARTICLE) and not mention.before


def behind_place(s: Sentence, direct: list[Mention]) -> int:
    """Which mention is the subject behind a verb: the forces that follow a place, else the first.

    ``besieged + the town + forces of X``: a town does nothing, and what is done to it may come
    before who does it.
    """
    if direct[0].kind != "place" or direct[0].ids:
        return 0
    n = next((n for n, m in enumerate(direct) if m.group != direct[0].group), 0)
    return n if direct[n].kind == "actor" and not s.is_unarmed(direct[n]) else 0


def acts(direct: list[Mention], harms: bool) -> bool:
    """Whether armed people behind a verb do it: it hurts no one, or its victim follows."""
    if direct[0].figure != "fighters" or not direct[0].ids:
        return False
    if not harms or len(direct) < 2:
        return not harms
    return direct[1].group != direct[0].group and direct[1].first - direct[0].last <= 2


def thing_at(s: Sentence, i: int) -> bool:
    """Whether a thing without a preposition stands at ``i``: positions, vehicles."""
    thing = s.mention_at(i)
    return (
        thing is not None
        and thing.kind == "people"
        and thing.figure in THINGS
        and (not thing.before and not thing.prep_governed())
    )


def lacks_object(s: Sentence, i: int, analysis: Analysis) -> bool:
    """Whether a masculine verb of harm goes straight on to "in", "by": (he) was killed in."""
    form = analysis.form
    one = form.gender == "m" and form.number == "s" and form.person == 3
    return one and form.tense == "past" and s.isin(i + 1, "prepositions")


def reflexive(s: Sentence, i: int) -> bool:
    """Whether the verb's object is its subject: the bomber blew himself up."""
    return s.holds(i + 1, i + 4, "reflexives")


def dies_of(s: Sentence, i: int, mention: Mention) -> bool:
    """Whether the only side behind a verb of harm is told to suffer it: killed in raids."""
    end = s.clause(i)[1]
    return any(mention.last <= j < end for j in s.events)


def finite(s: Sentence, i: int) -> bool:
    """Whether a verb stands at ``i`` that is not read as the name of a place there: Tadmur."""
    cover = s.mention_at(i)
    named = cover is not None and cover.kind == "place" and not cover.prep_governed()
    return s.verb(i) is not None and not (named and s.verb(i - 1) is None)


def described(s: Sentence, i: int, last: int) -> tuple[int, int]:
    """Where a relative clause tells who backs the subject of the verb at ``i``, object to follow.

    "Factions entered, which the army supports, the town": what the verb enters stands behind.
    """
    none, subject = (i, i + 1), s.mention_at(i + 1)
    if subject is None:
        return none
    comma = s.word(last - 1) in COMMAS  # behind which a clause of its own begins
    at = next((j for j in s.verbs(i + 1, last + comma) if finite(s, j)), None)
    verb = None if at is None else s.verb(at)
    inner = s.mention_at(at + 1) if at else None
    if at is None or verb is None or inner is None:
        return none
    held = s.mention_at(inner.last + (s.word(inner.last) in COMMAS))
    own = verb.after and verb.form.tense == "present" and not verb.before and subject.last <= at
    there = held is not None and held.kind == "place" and not held.prep_governed()
    return (at, inner.last) if own and inner.kind == "actor" and there else none


def done_to(
    sentence: Sentence, mention: Mention | None, analysis: Analysis, after: list[Mention]
) -> bool:
    """Whether a place seems to do what places only suffer: the town + was taken + from X."""
    suffered = analysis.form.lemma in sentence.sets["done_to_places"]
    if not suffered or mention is None or not only_place(mention):
        return False
    lost_by = sentence.sets["lost_by"]
    return any(m.kind == "actor" and m.prep in lost_by for m in after)


def only_place(mention: Mention) -> bool:
    """Whether the mention is a place that is no state, and so does nothing itself."""
    return mention.kind == "place" and not mention.ids
