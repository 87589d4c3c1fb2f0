"""The tolls of an event as one row can hold them: lowest, best, highest, and who the dead were."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sijill.publish.codes import Codes, load_codes
from sijill.testimony import Event, EventFigure

Number = float | int | None


class Toll(msgspec.Struct, frozen=True):
    """One kind of figure of an event; ``joint`` where other events share it."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    joint: bool = False

    @property
    def known(self) -> int | None:
        """The best number, else the lowest that is certain."""
        return self.best if self.best is not None else self.low


class Deaths(msgspec.Struct, frozen=True):
    """The dead of an event by whose they were; the parts never exceed ``best``."""

    a: int
    b: int
    civilians: int
    unknown: int
    low: int
    best: int
    high: int


def toll(event: Event, kind: str) -> Toll:
    """The toll of ``kind`` over all: as told of all, or else the sum of the parts told apart."""
    of_kind = [figure for figure in event.figures if figure.kind == kind]
    whole = [figure for figure in of_kind if not figure.of][:1]
    parts = whole or _disjoint(of_kind)
    if not parts:
        return Toll()
    joint = any(_joint(figure) for figure in parts)
    if len(parts) == 1:
        one = parts[0]
        return Toll(_whole(one.low), _whole(one.best), _whole(one.high), joint)
    known = [_known(figure) for figure in parts]
    best = _sum(known)
    return Toll(_sum(figure.low for figure in parts), best, _sum(f.high for f in parts), joint)


def deaths(event: Event, side_a: tuple[str, ...], side_b: tuple[str, ...], codes: Codes) -> Deaths:
    """The dead of ``event`` by side; call it only where a death is known."""
    killed = [figure for figure in event.figures if figure.kind == "killed"]
    parts = {"a": 0, "b": 0, "civilians": 0}
    for figure in _disjoint(killed):
        whose = _whose(figure.of, side_a, side_b, codes)
        if whose in parts:
            parts[whose] += _known(figure) or 0
    total = toll(event, "killed")
    best = max(total.known or 0, sum(parts.values()))
    low = min(total.low if total.low is not None else best, best)
    high = max(total.high if total.high is not None else best, best)
    unknown = best - sum(parts.values())
    return Deaths(parts["a"], parts["b"], parts["civilians"], unknown, low, best, high)


def _disjoint(figures: list[EventFigure]) -> list[EventFigure]:
    """The figures that count nobody twice: children are civilians, an army is part of a state."""
    named = [figure for figure in figures if figure.of]
    return [one for one in named if not any(_part(one.of, other.of) for other in named)]


def _part(of: str, whole: str) -> bool:
    """Whether the people of one figure are among those of another one."""
    if of == whole:
        return False
    return (of == "women" and whole == "civilians") or load_codes().within(of, whole)


def _whose(of: str, side_a: tuple[str, ...], side_b: tuple[str, ...], codes: Codes) -> str:
    """``a``, ``b`` or ``civilians``; nothing for people of whom that is not known."""
    if of in ("civilians", "children", "women") or codes.actor(of).ucdp == "civilians":
        return "civilians"
    for side, members in (("a", side_a), ("b", side_b)):
        if any(codes.within(of, one) or codes.within(one, of) for one in members):
            return side
    return ""


def _joint(figure: EventFigure) -> bool:
    return bool(figure.claims) and all(claim.joint for claim in figure.claims)


def _known(figure: EventFigure) -> int | None:
    return _whole(figure.best if figure.best is not None else figure.low)


def _whole(number: Number) -> int | None:
    return None if number is None else int(number)


def _sum(numbers: Iterable[Number]) -> int | None:
    """The sum, or nothing where one summand is missing."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += int(number)
    return total
