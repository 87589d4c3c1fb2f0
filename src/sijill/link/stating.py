"""From positions on one field to a dispute in words, if they are one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sijill.link.background import Background
from sijill.link.positions import Said, opposed
from sijill.link.wording import Pair, Worded, Wording
from sijill.testimony import Dispute, Testimony

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

    ``words`` and ``value`` give a value for people and as data. Those of one position who say it
    less exactly, or with others beside, are quoted with what they say.
    """
    against = opposed(found, background)
    if len(against) < 2:
        return
    sides = []
    for side in against:
        held: dict[Worded, list[Testimony]] = {}
        for one in side:
            held.setdefault((value(one.value), words(one.value)), []).append(one.testimony)
        sides.append([(members, worded) for worded, members in held.items()])
    yield wording.dispute(field, sides, kind)
