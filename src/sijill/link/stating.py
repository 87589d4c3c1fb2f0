"""From positions on one field to a dispute in words, if they are one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sijill.link.background import Background
from sijill.link.positions import Said, opposed
from sijill.link.wording import Pair, Wording
from sijill.testimony import Dispute

V = TypeVar("V")


def stated(
    field: str,
    found: Sequence[list[Said[V]]],
    words: Callable[[V], Pair],
    value: Callable[[V], str],
    background: Background,
    wording: Wording,
    kind: Pair = ("", ""),
) -> Iterator[Dispute]:
    """The dispute between the positions of ``found``, if two of them contradict each other.

    ``words`` and ``value`` give a position's value for people and as data; of the values of one
    position the most exact is printed.
    """
    against = opposed(found, background)
    if len(against) < 2:
        return
    sides = [
        ([one.testimony for one in side], (value(side[0].value), words(side[0].value)))
        for side in against
    ]
    yield wording.dispute(field, sides, kind)
