"""Figures of an event as corrections set them: ``killed=17..23``, ``killed/children=5``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from sijill.errors import UsageError
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.testimony import EventFigure

#: What a value looks like.
FORM: Final = "a number, lowest..highest or lowest..best..highest, such as 17 or 17..20..23"
_WHOM: Final = "/"
_DOTS: Final = ".."

Number = float | int


def figure_kinds() -> tuple[str, ...]:
    """The kinds of figures that a correction can set."""
    return tuple(ident for what, ident in load_labels().pairs if what == "figure")


def victim_kinds() -> tuple[str, ...]:
    """Whom a figure can count, besides the sides: ``civilians``, ``children`` and so on."""
    return tuple(ident for what, ident in load_labels().pairs if what == "victims")


def is_figure(field: str) -> bool:
    """Whether a field that a correction names is a figure."""
    return figure_of(field)[0] in figure_kinds()


def figure_of(field: str) -> tuple[str, str]:
    """What a field that is a figure counts, and whom: ``killed`` of ``children``."""
    kind, _, of = field.partition(_WHOM)
    return kind, of


def figure_field(kind: str, of: str) -> str:
    """A figure as a correction names it: ``killed``, or ``killed/children``."""
    return f"{kind}{_WHOM}{of}" if of else kind


def figure_value(low: str, best: str, high: str) -> str:
    """Numbers as a correction writes them, the fewest that say it; nothing where there are none."""
    if best and best not in (low, high):
        return _DOTS.join(filter(None, (low, best, high)))
    if best and best == high != low:
        return _DOTS.join((low, best, high)) if low else best
    return _DOTS.join(dict.fromkeys(filter(None, (low, high)))) or best


def number_text(number: Number | None) -> str:
    """A number as a correction writes it; nothing where there is none."""
    return "" if number is None else f"{number:g}" if number % 1 else f"{number:.0f}"


def with_figure(figures: Iterable[EventFigure], field: str, value: str) -> tuple[EventFigure, ...]:
    """The figures of an event with one of them set; what was claimed of it stays.

    A range of two numbers has the lower one as its best, as a claimed range has. An empty value
    takes the figure away: one of a kind alone (``killed``) all figures of that kind.

    Raises:
        UsageError: the field is no figure, or the value is no number or range.
    """
    kind, of = figure_of(field)
    _check(kind, of)
    numbers = _numbers(value)
    rest = list(figures)
    if not numbers:
        return tuple(one for one in rest if one.kind != kind or (of and one.of != of))
    at = next((n for n, one in enumerate(rest) if (one.kind, one.of) == (kind, of)), len(rest))
    claims = rest[at].claims if at < len(rest) else ()
    best = numbers[1] if len(numbers) == 3 else numbers[0]
    rest[at : at + 1] = [EventFigure(kind, of, numbers[0], numbers[-1], best, claims)]
    return tuple(rest)


def _check(kind: str, of: str) -> None:
    if of and of not in victim_kinds() and of not in load_knowledge().lexicon.actors:
        known = ", ".join(victim_kinds())
        raise UsageError(f"nobody is called {of!r}; there are: {known}, and the ids of sides")
    if kind not in figure_kinds():
        raise UsageError(f"no figure {kind!r}; there are: {', '.join(figure_kinds())}")


def _numbers(value: str) -> list[Number]:
    """The numbers of a value, in their order; none where it is empty."""
    parts = value.split(_DOTS) if value else []
    try:
        found = [_number(part.strip()) for part in parts]
    except ValueError:
        raise UsageError(f"{value!r} is no number; write {FORM}") from None
    if len(found) > 3 or found != sorted(found):
        raise UsageError(f"{value!r} is no range; write {FORM}")
    return found


def _number(text: str) -> Number:
    number = float(text.replace(",", ""))
    if not math.isfinite(number) or number < 0:
        raise ValueError(text)
    return int(number) if number.is_integer() else number
