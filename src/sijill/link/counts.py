"""How many: tolls and other counts that contradict each other, and who the dead were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sijill.link.background import Background
from sijill.link.figures import PARTS, Claim, agree, claims, replacements
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
    for some in ([m for m in told if not _sums_up(m)], [m for m in told if _sums_up(m)]):
        yield from _disputes(some, background, wording)


def _sums_up(testimony: Testimony) -> bool:
    """Whether a testimony is about a period: "37,000 have fled since the battle began"."""
    if testimony.time is None:
        return False
    first, last = map(date.fromisoformat, testimony.time)
    return (last - first).days > PERIOD_DAYS


def _disputes(
    told: Sequence[Testimony], background: Background, wording: Wording
) -> Iterator[Dispute]:
    found = claims(told, background)
    for kind in COUNTED:
        groups = {of: mine for (counted, of), mine in found.items() if counted == kind}
        for of in sorted(groups.keys() & PARTS):
            yield from _dispute(kind, groups.pop(of), background, wording)
        named = sorted(groups.keys() - {""})
        before: set[str] = set()
        for of in named or [""]:
            pool = _whole(groups.get(of, []), groups.get("", []) if of else [])
            ids = {claim.testimony.id for claim in pool}
            if ids <= before:
                continue
            before |= ids
            yield from _dispute(kind, pool, background, wording)


def _whole(named: Sequence[Claim], unnamed: Sequence[Claim]) -> list[Claim]:
    """The highest claim of each testimony: its whole toll."""
    whole: dict[str, Claim] = {}
    for claim in (*named, *unnamed):
        held = whole.get(claim.testimony.id)
        if held is None or claim.number > held.number:
            whole[claim.testimony.id] = claim
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
    found = positions(said, lambda a, b: agree(a.figure, b.figure), background)
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
        return (a.of == _CIVIL) == (b.of == _CIVIL) or not agree(a.figure, b.figure)

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
