"""What testimonies say of one field, put into positions that contradict each other.

Two values that can both be so (a town and its quarter, "dozens" and 45) are one position. A value
that agrees with several positions, such as the town where two quarters are named, takes no side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from sijill.link.background import Background
from sijill.link.standing import independent, one_speaker, speaker_id
from sijill.testimony import Testimony

V = TypeVar("V")


class Said(msgspec.Struct, Generic[V], frozen=True):
    """A value that a testimony gives; ``exact`` is higher the more exactly it says it."""

    testimony: Testimony
    value: V
    exact: float = 0


def positions(
    said: Sequence[Said[V]], agree: Callable[[V, V], bool], background: Background
) -> list[list[Said[V]]]:
    """``said`` in positions: the one with most independent witnesses first, then the earliest.

    ``agree`` tells whether two values can both be so.
    """
    found: list[list[Said[V]]] = []
    for one in sorted(said, key=lambda s: (-s.exact, _age(s))):
        fits = [held for held in found if all(agree(one.value, other.value) for other in held)]
        if len(fits) == 1:
            fits[0].append(one)
        elif not any(agree(one.value, other.value) for held in found for other in held):
            found.append([one])
    if len(found) < 2:
        return found
    return sorted(found, key=lambda held: (-weight(held, background), min(map(_age, held))))


def _age(one: Said[V]) -> tuple[str, str]:
    return one.testimony.said_on or "9", one.testimony.id


def weight(held: Sequence[Said[V]], background: Background) -> int:
    """How many independent witnesses stand behind a position."""
    return len(independent((one.testimony for one in held), background))


def contradict(a: Testimony, b: Testimony, background: Background) -> bool:
    """Whether two testimonies can contradict each other at all: somebody else is speaking.

    What one document, or a copy of it, says on one word is parts of one account.
    """
    apart = a.document != b.document and (not a.family or a.family != b.family)
    return apart or _two_speakers(a, b, background)


def _two_speakers(a: Testimony, b: Testimony, background: Background) -> bool:
    if a.speaker is None or b.speaker is None:
        return False
    ids = speaker_id(a), speaker_id(b)
    if all(ids):
        return ids[0] != ids[1] and not one_speaker(*ids, background.sides)
    return a.speaker.text != b.speaker.text


def opposed(found: Sequence[list[Said[V]]], background: Background) -> list[list[Said[V]]]:
    """The positions that somebody else contradicts; fewer than two are no dispute."""
    return [
        held
        for held in found
        if any(
            contradict(one.testimony, other.testimony, background)
            for rival in found
            if rival is not held
            for one in held
            for other in rival
        )
    ]
