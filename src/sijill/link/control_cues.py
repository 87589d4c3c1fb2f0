"""What the words of a quote take away from a report that a place was taken or is fought over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sijill.lexicon.place_rows import PlaceRow
from sijill.link.control_sides import Cues
from sijill.model import Figure
from sijill.testimony import Testimony
from sijill.text.fold import fold

#: Kinds so small that a list of them ("the villages of A and B") names each as a whole.
_SMALL = frozenset({"bridge", "camp", "facility", "hospital", "mosque", "quarter", "village"})
_AREAS = frozenset({"district", "governorate", "region"})
#: Words before a place's name that may leave only a part of it: "a number of positions in the
#: south of", with a conjunction to spare.
_PART_REACH = 5
#: Words before the name that put something near the place: "in the northern countryside of".
_NEAR_REACH = 3
#: Words before the word for a deed that date it: "after the full capture of".
_BACK_REACH = 2
#: Days in which a paper's day of the news may have rubbed off on what it tells of the past.
_NEWS_DAYS = 3
#: Words before a deed in which a cue tells whether it was achieved ("managed yesterday with heavy
#: losses to") or is an aim ("the battles of the last days for").
_CUE_REACH = 6


def of_a_part(testimony: Testimony, row: PlaceRow, name: str, cues: Cues) -> bool:
    """Whether only a part of the place is meant.

    A number may tell so, or a word between the deed and the place's name ("quarters of"). Before
    the name of a quarter or village such a word opens a list ("the quarters of A and B"), unless
    "of" stands between. Where the place is named before the deed, or pointed back to ("the city"),
    the words behind the deed are asked. Everything in a governorate that has no name of its own is
    told under the governorate's, so that all of it is only meant where that is said.
    """
    small, named = row.kind in _SMALL, fold(name)
    if row.kind == "governorate" and not _any(fold(testimony.quote).split(), cues.wholly):
        return True
    if not small and any(map(_counts_parts, testimony.figures)):
        return True
    if set(named.split()[:-1]) & (cues.around | cues.parts) and not _calls_itself(row, named):
        return True
    before, _, _ = fold(testimony.quote).partition(named)
    deed = fold(testimony.trigger)
    if not deed or deed in before:
        words = (before.rpartition(deed)[2] if deed else before).split()[-_PART_REACH:]
    else:
        words = fold(testimony.quote).partition(deed)[2].split()[:_PART_REACH]
    if small and not cues.of & set(words):
        return False
    return _any(words, cues.parts)


def _calls_itself(row: PlaceRow, name: str) -> bool:
    """Whether a name is the place's own, as that of a bank of the river: "the west of Mosul"."""
    return any(fold(one.text) == name for one in row.names)


def _counts_parts(figure: Figure) -> bool:
    """Whether a figure says that less than the whole is meant: 90 percent, five villages."""
    if figure.kind == "percent":
        return (figure.high or figure.low or 100) < 100
    return figure.kind in ("places", "fighters")


def near_by(testimony: Testimony, name: str, cues: Cues) -> bool:
    """Whether something happened around a place and not in it, as where a side comes near."""
    before, found, _ = fold(testimony.quote).partition(fold(name))
    words = (*before.split()[-_NEAR_REACH:], fold(testimony.trigger))
    return bool(found) and _any(words, cues.around)


def of_wider_area(testimony: Testimony, row: PlaceRow, name: str, cues: Cues) -> bool:
    """Whether the area around a town is meant, that has the town's name: "the governorate of"."""
    if row.kind in _AREAS:
        return False
    before, found, _ = fold(testimony.quote).partition(fold(name))
    return bool(found) and bool(set(before.split()[-1:]) & cues.wider)


def told_back(testimony: Testimony, cues: Cues) -> bool:
    """Whether a capture, or who holds a place, is told as background, dated by the news alone.

    It is where "after" stands before it, where it stands in the pluperfect, and where a noun tells
    of a capture without a verb that says that it was achieved.
    """
    if testimony.time is None or testimony.said_on is None:
        return False
    age = date.fromisoformat(testimony.said_on) - date.fromisoformat(testimony.time[1])
    if age.days > _NEWS_DAYS:
        return False
    before, noun = _before_deed(testimony), _is_noun(testimony, cues)
    if cues.that & set(before[-1:]):
        return True
    if age.days > 0 and not noun:
        return False
    if _any(before[-_BACK_REACH:], cues.back) or _any(before, cues.had):
        return True
    return noun and not _nearest(before, cues.achieving, cues.aims)


def aimed_at(testimony: Testimony, cues: Cues) -> bool:
    """Whether a noun tells of a capture as what somebody is out for."""
    if _deed(testimony) in cues.aims:
        return True
    before = _before_deed(testimony)
    return _is_noun(testimony, cues) and _nearest(before, cues.aims, cues.achieving)


def _is_noun(testimony: Testimony, cues: Cues) -> bool:
    """Whether a noun tells of the deed; behind "which" the same letters are a verb."""
    which = set(_before_deed(testimony)[-1:]) & cues.which
    return _deed(testimony) in cues.nouns and not which


def _nearest(before: list[str], these: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the last cue before a deed is one of these, and not of the others."""
    for word in reversed(before[-_CUE_REACH:]):
        if _any([word], these):
            return True
        if _any([word], others):
            return False
    return False


def _deed(testimony: Testimony) -> str:
    """The first word of the trigger."""
    return (fold(testimony.trigger).split() or [""])[0]


def _before_deed(testimony: Testimony) -> list[str]:
    """The words before the trigger; none where the quote does not hold it."""
    quote, deed = fold(testimony.quote), fold(testimony.trigger)
    return quote.partition(deed)[0].split() if deed and deed in quote else []


def _any(words: Iterable[str], cues: frozenset[str]) -> bool:
    """Whether a word is one of some cues, with or without a letter written on to it."""
    return any(word in cues or word[1:] in cues for word in words)
