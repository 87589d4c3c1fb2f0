"""What governs each mention of a sentence, and which mentions one preposition governs together."""

from __future__ import annotations

from typing import Final

from sijill.extract.grammar import COMMAS, QUOTES, STOPS, Sentence
from sijill.extract.mention import Mention
from sijill.text.letters import LAM, WAW

_FEH: Final = "\u0641"
_BEH: Final = "\u0628"
_KAF: Final = "\u0643"
_OF: Final = "\u0645\u0646"
_EACH: Final = "\u0643\u0644"
_ALIKE = ({"actor", "people"}, {"actor", "asset"})
_AGAINST: Final = "\u0636\u062f"
_BETWEEN: Final = "\u0628\u064a\u0646"


def govern(s: Sentence) -> None:
    """Find for each mention its preposition and the coordination group it belongs to."""
    previous: Mention | None = None
    for number, mention in enumerate(s.mentions):
        mention.group = number
        if number > 1 and _aside(s, s.mentions[number - 2], mention):
            previous = s.mentions[number - 2]
        if backed := _other_side(s, number):
            mention.prep, mention.group = backed.prep, backed.group
        elif previous and _coordinated(s, previous, mention):
            mention.prep, mention.group = previous.prep, previous.group
            if mention.before.strip(WAW + _FEH):
                mention.prep = mention.before[-1]
        else:
            mention.prep = _preposition(s, mention)
            if (
                mention.prep == _AGAINST
                and previous
                and previous.kind == "actor"
                and (previous.last == mention.first - 1)
            ):
                mention.prep = "modifier"  # the coalition against X: part of a name
        previous = mention


def _other_side(s: Sentence, number: int) -> Mention | None:
    """The first side of "between", where its backer stands before the other side.

    "Between the army, backed by X, and Y": Y is whom the army fights, and backs nobody.
    """
    if number < 2:
        return None
    side, backer, mention = s.mentions[number - 2 : number + 1]
    if side.prep != _BETWEEN or side.group != number - 2 or mention.before != WAW:
        return None
    i = backer.first - (1 if backer.before else 2)
    backs = s.isin(i, "backing") and (backer.before == _BEH or s.word(i + 1) == _OF)
    beside = all(
        s.word(j) in COMMAS or s.word(j) in QUOTES for j in range(backer.last, mention.first)
    )
    later = s.mentions[number + 1 : number + 2]
    more = any(m.before == WAW and m.kind == "actor" and m.first == mention.last for m in later)
    return side if backs and beside and mention.kind == "actor" and not more else None


def _aside(s: Sentence, a: Mention, b: Mention) -> bool:
    """Whether what stands between two places only tells where the first lies: near Mosul."""
    gap, links = range(a.last, b.first), s.sets["container_links"]
    return (
        a.kind == b.kind == "place"
        and b.before == WAW
        and 2 < len(gap) <= 6
        and all(s.word(i) in links or s.mention_at(i) is not None for i in gap)
    )


def _coordinated(s: Sentence, a: Mention, b: Mention) -> bool:
    if a.kind != b.kind and {a.kind, b.kind} not in _ALIKE:
        return False
    gap = range(a.last, b.first)
    if _aside(s, a, b):
        return True
    if len(gap) > 3:
        return False
    if " ".join(s.bare(i) for i in gap) in s.sets["besides"]:
        return True
    if (
        b.before == WAW
        and a.kind == b.kind == "place"
        and len(gap) == 1
        and s.word(a.last) in COMMAS
    ):
        return True
    if b.before[:1] == WAW:
        return all(
            _inside_noun_phrase(s, i) or (a.prep == _BETWEEN and s.word(i) in COMMAS) for i in gap
        )
    return (
        len(gap) == 1
        and s.word(a.last) in COMMAS
        and a.kind == "place"
        and b.before == ""
        and not a.container
    )


def _inside_noun_phrase(s: Sentence, i: int) -> bool:
    word = s.word(i)
    if word in QUOTES or word in s.sets["direction_adjectives"]:
        return True
    if word in COMMAS or word in STOPS or s.isin(i, "prepositions"):
        return False
    if s.isin(i, "complementisers") or s.isin(i, "relatives"):
        return False
    return s.verb(i) is None


def _preposition(s: Sentence, mention: Mention) -> str:
    """The preposition in front, through a noun that heads the mention if need be."""
    near = s.bare(mention.first)
    if mention.kind == "place" and near in s.sets["place_prepositions"]:
        return near
    clitic = mention.before.replace(WAW, "").replace(_FEH, "")
    if clitic and s.isin(mention.first, "agent"):
        return "agent"  # by-the-fire of X
    if clitic:
        return clitic[-1]
    i, steps = mention.first - 1, 0
    while i >= s.first and steps < 4:
        word = s.bare(i)
        if word in QUOTES:
            i -= 1
            continue
        agent = f"{s.bare(i - 1)} {word}"
        if agent in s.sets["agent"] or word in s.sets["agent"]:
            return "agent"
        if mention.kind == "actor" and agent in s.sets["alongside"]:
            return "alongside"
        if word == _OF and s.isin(i + 1, "among"):
            return _antecedent_preposition(s, i)
        if s.isin(i, "among"):
            i -= 1
            continue
        if word == _OF and _quantifies(s, i - 1):
            i -= 2  # "each of X", "scores of X" are governed by what stands before them
            continue
        if word in s.sets["prepositions"]:
            return word
        if word in COMMAS or word in STOPS or s.verb(i) is not None:
            return ""
        if s.isin(i, "complementisers") or s.isin(i, "relatives"):
            return ""
        number = next((n for n in s.numbers if n.last == i + 1), None)
        if number is not None and s.bare(number.first - 1) in s.sets["prepositions"]:
            i = number.first - 1  # on + three + men
            continue
        cover = s.mention_at(i)
        if cover is not None:
            strikes = cover.kind == "people" and steps == 0 and _is_event(s, i)
            return "gen" if strikes and mention.kind != "people" else ""
        if mention.kind != "place":
            if word in s.sets["holds"] and s.bare(i - 1) == _OF:
                return _OF
            return _genitive(s, i)
        head = _clitic_of(s, i)
        if head:
            return head
        if _is_event(s, i):
            return "gen"
        i -= 1
        steps += 1
    return ""


def _antecedent_preposition(s: Sentence, i: int) -> str:
    """What governs the noun that "among them" at ``i`` picks from."""
    for j in range(i - 1, max(i - 8, s.first) - 1, -1):
        if s.isin(j, "prepositions"):
            return s.bare(j)
        if s.verb(j) is not None:
            break
    return ""


def _quantifies(s: Sentence, i: int) -> bool:
    """Whether the word at ``i`` is a quantity, so that "of" behind it only counts."""
    if s.word(i) == _EACH or s.isin(i, "quantifiers"):
        return True
    return any(n.last == i + 1 or n.core_last == i + 1 for n in s.numbers)


def _genitive(s: Sentence, i: int) -> str:
    """How the noun at ``i`` passes its own case on to the mention behind it."""
    heads = any(a.form.pos in ("masdar", "noun") and not a.article for a in s.analyses(i))
    return "gen" if heads else ""


def _is_event(s: Sentence, i: int) -> bool:
    return any(a.form.pos in ("masdar", "noun") for a in s.analyses(i))


def _clitic_of(s: Sentence, i: int) -> str:
    """The preposition glued to the word at ``i``, when the lexicon knows the word so."""
    for analysis in s.analyses(i):
        glued = [c for c in analysis.before if c in (_BEH, LAM, _KAF)]
        if glued:
            return glued[-1]
    return ""
