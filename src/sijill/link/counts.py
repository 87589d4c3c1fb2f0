"""How many: tolls and other counts that contradict each other, and who the dead were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sijill.lexicon.entries import ActorRow
from sijill.link.background import Background
from sijill.link.figures import PARTS, Claim, agree, claims, highest, replacements
from sijill.link.positions import Said, positions
from sijill.link.stating import stated
from sijill.link.wording import Wording, number_value
from sijill.testimony import Dispute, Testimony

#: Counts of an event that two sources can differ about; shares and strengths belong to none.
COUNTED = ("killed", "wounded", "captured", "displaced", "strikes", "vehicles")
#: A time longer than this is a period that is summed up, and its count no toll of one day.
PERIOD_DAYS = 7
_CIVIL = "civilians"


def count_disputes(
    told: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    """A dispute for every count that independent sources give differently.

    Each testimony stands with its whole toll; "12 killed" and "8 civilians killed" are compared,
    tolls of two different groups are not, nor the count of a day and that of a period. Tolls that
    later ones replace are left out.
    """
    for some in ([m for m in told if not sums_up(m)], [m for m in told if sums_up(m)]):
        yield from _disputes(some, background, wording)


def sums_up(testimony: Testimony) -> bool:
    """Whether a testimony is about a period: "37,000 have fled since the battle began"."""
    if testimony.time is None:
        return False
    first, last = map(date.fromisoformat, testimony.time)
    return (last - first).days > PERIOD_DAYS


def _disputes(
    told: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    found, sides = claims(told, background), background.sides.actors
    for kind in COUNTED:
        groups = {of: mine for (counted, of), mine in found.items() if counted == kind}
        for of in sorted(groups.keys() & PARTS):
            yield from _dispute(kind, groups.pop(of), background, wording)
        before: set[str] = set()
        for of in sorted(groups, key=lambda group: (group not in sides, not group, group)):
            pool = _whole([groups.get(one, []) for one in _alike(of, sides)])
            ids = {claim.testimony.id for claim in pool}
            if not ids <= before:
                yield from _dispute(kind, pool, background, wording)
            before |= ids


def _alike(of: str, sides: Mapping[str, ActorRow]) -> tuple[str, ...]:
    """The groups that may count the same people as ``of``: words that do not say whose."""
    if of not in sides:
        return (of, "") if of else ("",)
    return of, "fighters" if sides[of].kind == "armed_group" else "soldiers", ""


def _whole(found: Iterable[Sequence[Claim]]) -> list[Claim]:
    """The highest claim of each testimony: its whole toll."""
    whole: dict[str, Claim] = {}
    for claim in (claim for alike in found for claim in alike):
        whole[claim.testimony.id] = highest(claim, whole.get(claim.testimony.id))
    return list(whole.values())


def _dispute(
    kind: str, pool: Sequence[Claim], background: Background, wording: Wording
) -> Iterator[Dispute]:
    replaced = replacements(pool, background)
    said = [
        Said(claim.testimony, claim, -_width(claim))
        for claim in pool
        if claim.testimony.id not in replaced and not claim.figure.joint
    ]
    found = positions(said, agree, background)
    yield from stated(
        "how_many",
        found,
        lambda claim: wording.number(claim.figure, claim.of),
        lambda claim: number_value(claim.figure),
        background,
        wording,
        wording.label("figure", kind),
    )


def _width(claim: Claim) -> float:
    """How vague a number is: exact ones first, then bounds, then ranges by their width."""
    low, high = claim.figure.low, claim.figure.high
    if low is None or high is None:
        return 0.5
    return 0.25 if low == high and claim.figure.approx else high - low


def victims_dispute(
    deed: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    """The same number of dead, civilians for one source and fighters for another."""
    dead = {of: mine for (kind, of), mine in claims(deed, background).items() if kind == "killed"}
    said = [
        Said(claim.testimony, claim)
        for of, mine in dead.items()
        if of and of not in PARTS
        for claim in mine
    ]

    def one_group(a: Claim, b: Claim) -> bool:
        return (a.of == _CIVIL) == (b.of == _CIVIL) or not agree(a, b)

    yield from stated(
        "whom",
        positions(said, one_group, background),
        lambda claim: wording.phrase(
            "dead", number=wording.number(claim.figure), of=wording.victims(claim.of)
        ),
        lambda claim: claim.of,
        background,
        wording,
    )
