"""Figures as ranges: where each claim stands on the axis of its kind, in percent of its length."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sijill.testimony import Event, EventFigure, FigureClaim

#: Figures of people come first, the dead before all others.
_FIRST = ("killed", "wounded", "captured", "displaced", "people")
#: A tick is at least so wide, so that a single number can be seen.
_THIN = 2


class Tick(msgspec.Struct, frozen=True):
    """One claim on the axis: from ``x`` so ``wide``; ``open`` where nobody gives its upper end."""

    claim: FigureClaim
    x: float
    wide: float
    open: bool = False


class Chart(msgspec.Struct, frozen=True):
    """One figure of an event: its range from ``x`` so ``wide``, the best number at ``best``."""

    figure: EventFigure
    most: float
    x: float
    wide: float
    best: float | None
    ticks: tuple[Tick, ...]


def charts(event: Event) -> list[Chart]:
    """A chart for each figure; figures of one kind share their axis."""
    ordered = sorted(event.figures, key=_rank)
    return [_chart(one, _most(event.figures, one.kind)) for one in ordered]


def _rank(figure: EventFigure) -> tuple[int, str, str]:
    first = _FIRST.index(figure.kind) if figure.kind in _FIRST else len(_FIRST)
    return first, figure.kind, figure.of


def _most(figures: Iterable[EventFigure], kind: str) -> float:
    """The end of the axis: the highest number of this kind, given or set."""
    of_kind = [figure for figure in figures if figure.kind == kind]
    ends = [(figure.low, figure.high) for figure in of_kind]
    ends += [(claim.low, claim.high) for figure in of_kind for claim in figure.claims]
    return max((number for pair in ends for number in pair if number), default=1)


def _chart(figure: EventFigure, most: float) -> Chart:
    x, wide = _bar(figure.low, figure.high, most)
    best = None if figure.best is None else round(min(figure.best / most * 100, 100), 2)
    ticks = tuple(_tick(claim, most) for claim in figure.claims)
    return Chart(figure, most, x, wide, best, ticks)


def _tick(claim: FigureClaim, most: float) -> Tick:
    x, wide = _bar(claim.low, claim.high, most)
    return Tick(claim, x, wide, claim.high is None)


def _bar(low: float | None, high: float | None, most: float) -> tuple[float, float]:
    start = (low or 0) / most * 100
    end = start if high is None else high / most * 100
    x = min(start, 100 - _THIN)
    return round(x, 2), round(max(_THIN, end - x), 2)
