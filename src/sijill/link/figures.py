"""The numbers of an event: every claim, lowest, highest and best, and tolls that replace others.

Numbers are never added up, so a toll that two events share (``joint``) or that two copies print
cannot count twice. The *best* number is the median of what independent witnesses said last, the
lower one of two in the middle: always a number that somebody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sijill.link.background import Background
from sijill.link.standing import one_speaker, one_witness, speaker_id
from sijill.model import Figure
from sijill.testimony import EventFigure, FigureClaim, Testimony

#: How far "about" and "at least" reach: "about 20" may be 23, and who says "at least 17" may know
#: of 20 but not of 23. Set by hand from pairs of tolls in the press that editors print side by
#: side without calling them different.
REACH = 1.2
_PEOPLE = frozenset({"killed", "wounded", "captured", "displaced", "people", "fighters", "troops"})
#: Groups that are counted beside the whole, as a part of it, never in its place.
PARTS = frozenset({"children", "women", "families", "attackers"})
Key = tuple[str, str]


class Claim(msgspec.Struct, frozen=True):
    """A figure of a testimony, with whom it counts and how well placed its source is.

    ``parts`` is the sum of all that the testimony counts alike: "an officer and three soldiers" are
    four, of "21, 15 in the town and 6 in the village" it is too many. The toll is between the two.
    """

    testimony: Testimony
    figure: Figure
    of: str
    rank: int
    parts: float = 0

    @property
    def number(self) -> float:
        """One number for the claim: its lower bound, or the upper one where that is all."""
        low, high = self.figure.low, self.figure.high
        return low if low is not None else high if high is not None else 0


def claims(members: Iterable[Testimony], background: Background) -> dict[Key, list[Claim]]:
    """The claims of ``members`` by kind of figure and whom it counts, one a testimony.

    Of several numbers that a testimony gives for the same the highest stands for the whole.
    """
    found: dict[Key, dict[str, Claim]] = {}
    for member in members:
        for claim in _claims_of(member, background):
            mine = found.setdefault((claim.figure.kind, claim.of), {})
            mine[member.id] = highest(claim, mine.get(member.id))
    return {key: list(mine.values()) for key, mine in sorted(found.items())}


def highest(claim: Claim, other: Claim | None) -> Claim:
    """The higher one of two claims of one testimony, with the parts of both."""
    if other is None:
        return claim
    first = claim if claim.number > other.number else other
    return msgspec.structs.replace(first, parts=claim.parts + other.parts)


def _claims_of(member: Testimony, background: Background) -> Iterator[Claim]:
    named = member.speaker is not None
    rank = background.ranks.rank(speaker_id(member), named)
    for figure in member.figures:
        if figure.low is None and figure.high is None:
            continue
        claim = Claim(member, figure, _whom(figure, background), rank)
        yield msgspec.structs.replace(claim, parts=claim.number)


def _whom(figure: Figure, background: Background) -> str:
    """Whom a figure counts; of "15 dead, 2 of them children, and 30 wounded" the 30 are anybody.

    Words that do not stand at the number itself were taken over from the number before it.
    """
    of = background.victims(figure.of) if figure.kind in _PEOPLE else ""
    own = figure.of in figure.stated
    return of if own or of not in PARTS else ""


def event_figures(members: Sequence[Testimony], background: Background) -> tuple[EventFigure, ...]:
    """What is said of every number of an event.

    ``low`` and ``high`` are the lowest and highest number among the claims that no later toll
    replaces; joint tolls count in them only where there are no others.
    """
    return tuple(
        _event_figure(key, found, background) for key, found in claims(members, background).items()
    )


def _event_figure(key: Key, found: Sequence[Claim], background: Background) -> EventFigure:
    replaced = replacements(found, background)
    current = [claim for claim in found if claim.testimony.id not in replaced]
    own = [claim for claim in current if not claim.figure.joint] or current
    return EventFigure(
        kind=key[0],
        of=key[1],
        low=min(claim.number for claim in own),
        high=max(_upper(claim.figure, claim.number) for claim in own),
        best=_best(own, background),
        claims=tuple(_printed(claim, replaced) for claim in sorted(found, key=_order)),
    )


def _upper(figure: Figure, number: float) -> float:
    return number if figure.high is None else figure.high


def _order(claim: Claim) -> tuple[str, str]:
    return claim.testimony.said_on or "9", claim.testimony.id


def _printed(claim: Claim, replaced: dict[str, str]) -> FigureClaim:
    member, figure = claim.testimony, claim.figure
    return FigureClaim(
        testimony=member.id,
        outlet=member.outlet,
        speaker=speaker_id(member) or (member.speaker.public if member.speaker else ""),
        said_on=member.said_on,
        low=figure.low,
        high=figure.high,
        stated=figure.stated,
        joint=figure.joint,
        replaced_by=replaced.get(member.id, ""),
        approx=figure.approx,
    )


def _best(found: Sequence[Claim], background: Background) -> float:
    """The median of what independent witnesses said last."""
    taken: list[Claim] = []
    for claim in sorted(found, key=_order, reverse=True):
        if not any(one_witness(claim.testimony, t.testimony, background) for t in taken):
            taken.append(claim)
    numbers = sorted(claim.number for claim in taken)
    return numbers[(len(numbers) - 1) // 2]


# ------------------------------------------------------------ later tolls


def replacements(found: Sequence[Claim], background: Background) -> dict[str, str]:
    """Which testimony's claim is replaced by whose: the ids of those replaced, and of the latest.

    A claim replaces one of an earlier day when it is higher and its source as well placed or the
    same; the same named speaker also corrects downwards.
    """
    replaced = {}
    for claim in found:
        later = [other for other in found if _replaces(other, claim, background)]
        if later:
            replaced[claim.testimony.id] = max(later, key=_order).testimony.id
    return replaced


def _replaces(later: Claim, claim: Claim, background: Background) -> bool:
    new, old = later.testimony.said_on, claim.testimony.said_on
    if not new or not old or new <= old or later.figure.joint != claim.figure.joint:
        return False
    one = one_speaker(speaker_id(later.testimony), speaker_id(claim.testimony), background.sides)
    if one:
        return later.number != claim.number
    return later.number > claim.number and (
        later.rank >= claim.rank or later.testimony.outlet == claim.testimony.outlet != ""
    )


# ------------------------------------------------------------ numbers that agree


def span(figure: Figure) -> tuple[float, float]:
    """The numbers that a claim allows: "about" and "at least" reach a fifth further."""
    low, high = figure.low, figure.high
    if low is None:
        return 0, high or 0
    if high is None:
        return low, low * REACH
    return (low / REACH, high * REACH) if figure.approx else (low, high)


def agree(a: Claim, b: Claim) -> bool:
    """Whether two claims differ in precision only: some number is allowed by both."""
    (low_a, high_a), (low_b, high_b) = span(a.figure), span(b.figure)
    return low_a <= max(high_b, b.parts) and low_b <= max(high_a, a.parts)
