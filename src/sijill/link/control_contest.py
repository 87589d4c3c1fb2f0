"""Days on which a place is contested: fighting, parts in other hands, victories told too early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sijill.link.control_fold import SAME_CHANGE, TWO, Contest, Fold, Hold, Told

#: Days between two reports of fighting in which it is taken to have gone on: dailies skip a day or
#: two, and a lull that is not reported is not a peace.
FIGHT_GAP = 3
#: Days of fighting that one report can vouch for. "The battles of the last four months" are told of
#: a whole theatre, and of the place at hand only as the news of the day.
VOUCHED_DAYS = 10
#: Days that a place stays contested after a part of it was taken, unless more is said of it.
PART_DAYS = 30
#: Days in which others must tell of fighting for a victory to have been announced too early.
AHEAD_DAYS = 3
_FIGHTING = frozenset({"fights", "presses"})
_STAKES = frozenset({"loses", "part", "takes"})


def ahead_of_the_fact(one: Told, signs: Sequence[Told], fold: Fold) -> bool:
    """Whether a capture rests on the winner's word alone while others tell that it is not done.

    They do by telling of fighting after that day, of only a part taken, or of another holder.
    """
    if one.sign.kind != "takes" or not one.sign.own:
        return False
    near = [
        other
        for other in signs
        if other.sign.witness != one.sign.witness
        and one.day <= other.last
        and other.first <= one.day + AHEAD_DAYS
    ]
    borne_out = any(
        other.sign.kind in ("takes", "holds") and fold.allied(other.holder, one.holder, one.day)
        for other in near
    )
    return not borne_out and any(_says_otherwise(other, one, fold) for other in near)


def _says_otherwise(other: Told, one: Told, fold: Fold) -> bool:
    """Whether a sign tells that what another one announced is not done yet."""
    if other.sign.kind in _FIGHTING:
        return other.last > one.day
    if other.sign.kind == "part":
        return True
    return other.sign.kind == "holds" and not fold.allied(other.holder, one.holder, one.day)


def claimed(one: Told, fold: Fold) -> Iterator[Contest]:
    """The days after a victory that was announced too early; none where its side held it before."""
    now = fold.at(one.day)
    if now is None or not fold.allied(now.holder, one.holder, one.day):
        yield _contest(one, one.day, one.day + AHEAD_DAYS, now, (one.holder,), disputed=True)


def fights(signs: Sequence[Told], fold: Fold) -> list[Contest]:
    """The stretches of fighting at a place; reports a few days apart are one stretch.

    Fighting contests a place only where somebody tells that its possession is at stake. It takes
    two witnesses against a holder whom independent ones name, and where no holder is known.
    """
    named = {one.holder for one in signs if one.sign.kind == "holds" and one.holder}
    at_stake = any(one.sign.kind in _STAKES for one in signs) or len(named) > 1
    found: list[Contest] = []
    for contest in sorted(_fights(signs, fold, at_stake), key=lambda contest: contest.first):
        before = found[-1] if found else None
        if (
            before
            and contest.first - before.last <= FIGHT_GAP
            and _one_fight(before, contest, fold)
        ):
            before.last = max(before.last, contest.last)
            before.rivals = tuple(dict.fromkeys(before.rivals + contest.rivals))
            before.witnesses |= contest.witnesses
            before.testimonies += [x for x in contest.testimonies if x not in before.testimonies]
        else:
            found.append(contest)
    return [contest for contest in found if not _lone(contest, fold)]


def _lone(contest: Contest, fold: Fold) -> bool:
    """Whether one witness stands against several who name a holder, or names none himself."""
    now = next((hold for hold in fold.holds if hold.first <= contest.first <= hold.last), None)
    sure = now is not None and bool(now.holder) and len(now.witnesses) >= TWO
    return (sure or not contest.holder) and len(contest.witnesses) < TWO


def _one_fight(before: Contest, after: Contest, fold: Fold) -> bool:
    """Whether nobody took the place between two reports of fighting."""
    return (
        not any(
            hold.origin == "takes" and before.last < hold.first <= after.first
            for hold in fold.holds
        )
        and before.holder == after.holder
    )


def _fights(signs: Iterable[Told], fold: Fold, at_stake: bool) -> Iterator[Contest]:
    """Each report of fighting, cut where the place changed hands."""
    for one in signs:
        pressed = one.sign.kind == "presses" and one.sign.actor and one.sign.against
        if one.sign.kind not in _FIGHTING or not (at_stake or pressed):
            continue
        for first, last, hold in _stretches(one, fold.holds):
            rivals, holder = _fighters(one, hold, fold)
            if rivals:
                yield _contest(one, first, last, hold, rivals, holder=holder)


def _stretches(one: Told, holds: Sequence[Hold]) -> Iterator[tuple[int, int, Hold | None]]:
    """The days of a report, by who held the place on them; the day of a capture ends a fight."""
    long = one.sign.kind == "fights" and one.last - one.first >= VOUCHED_DAYS
    day = one.last if long else one.first
    for hold in holds:
        if hold.last < day or hold.first > one.last or hold.last < hold.first:
            continue
        if hold.first > day:
            yield day, hold.first - 1, None
        first = max(day, hold.first + 1 if hold.origin == "takes" else hold.first)
        if first <= min(one.last, hold.last):
            yield first, min(one.last, hold.last), hold
        day = hold.last + 1
    if day <= one.last:
        yield day, one.last, None


def _fighters(one: Told, hold: Hold | None, fold: Fold) -> tuple[tuple[str, ...], str]:
    """Who disputes a place, and its holder as far as he is known or named.

    Nobody disputes it where no side is named, or only the holder's own. Of one side alone it is
    told where it advances in a place, but not where it fights somebody without a name.
    """
    named = (*one.sign.against, *one.sign.actor)
    holder = hold.holder if hold and hold.holder else ""
    if not holder and one.sign.kind == "fights" and not (one.sign.against and one.sign.actor):
        return (), ""
    if not holder and one.sign.against and one.sign.actor:
        holder = one.sign.against[0]
    rivals = (side for side in named if not fold.allied(side, holder, one.first))
    return tuple(dict.fromkeys(rivals)), holder


def parts_taken(signs: Iterable[Told], fold: Fold) -> Iterator[Contest]:
    """Reports that a side took or holds a part of the place, which leaves the whole contested."""
    for one in signs:
        if one.sign.kind != "part" or not one.holder:
            continue
        for first, last, hold in _open_days(one.last, one.last + PART_DAYS, fold.holds):
            holder = hold.holder if hold else _loser(one)
            if holder and not fold.allied(holder, one.holder, first):
                yield _contest(one, first, last, hold, (one.holder,), holder=holder)
            break


def _open_days(
    first: int, last: int, holds: Sequence[Hold]
) -> Iterator[tuple[int, int, Hold | None]]:
    """The days from ``first`` on until somebody takes the whole, with who held it at first."""
    now = next((hold for hold in holds if hold.first <= first <= hold.last), None)
    later = [hold.first for hold in holds if hold.first > first]
    yield first, min([last, *(day - 1 for day in later)]), now


def _loser(one: Told) -> str:
    """From whom a part was taken, where it is said."""
    return one.sign.against[0] if one.sign.against else ""


def held_in_parts(parts: Iterable[tuple[Fold, Sequence[Told]]], fold: Fold) -> Iterator[Contest]:
    """Parts of a place that its holder's enemies took after he took the whole."""
    for part, signs in parts:
        against = {one.sign.testimony: _loser(one) for one in signs}
        for taken in part.holds:
            if taken.origin != "takes" or not taken.holder or taken.last < taken.first:
                continue
            good = min(taken.last, taken.confirmed + PART_DAYS)
            for first, last, hold in _open_days(taken.first, good, fold.holds):
                holder = hold.holder if hold else against.get(taken.testimonies[0], "")
                if not fold.allied(holder, taken.holder, first) and (holder or not hold):
                    yield Contest(
                        first,
                        last,
                        holder,
                        (taken.holder,),
                        set(taken.witnesses),
                        list(taken.testimonies),
                        basis="part",
                    )


def _contest(
    one: Told,
    first: int,
    last: int,
    hold: Hold | None,
    rivals: tuple[str, ...],
    *,
    holder: str = "",
    disputed: bool = False,
) -> Contest:
    """Days contested on the word of one sign."""
    return Contest(
        first,
        last,
        holder or (hold.holder if hold else ""),
        rivals,
        {one.sign.witness},
        [one.sign.testimony],
        disputed=disputed,
        basis=one.basis,
    )


def unsettle(holds: Iterable[Hold], contests: Sequence[Contest]) -> None:
    """End holds that were fought or argued over for long: who won, only a new report can tell.

    In a fight it must come when it is over; in an argument whoever is named again has it.
    """
    for hold in holds:
        for one in contests:
            long = one.last - one.first >= SAME_CHANGE
            open_end = hold.confirmed <= (one.first if one.disputed else one.last)
            if long and open_end and hold.first <= one.last < hold.last:
                hold.last = one.last


def enough(witnesses: set[str], basis: str) -> bool:
    """Whether witnesses bear each other out; what is told of a part or a whole takes one more."""
    return len(witnesses) - (basis != "stated") >= TWO
