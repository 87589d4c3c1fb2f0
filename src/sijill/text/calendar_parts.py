"""What a time expression is, and a date that is written out."""

from __future__ import annotations

import msgspec

Arg = str | int | None

#: In ``args``, a number that the text leaves open: a few days.
FEW = -1


class TimeExpr(msgspec.Struct, frozen=True):
    """A time expression at tokens ``[first, last)``, not yet counted from any day.

    ``op`` and ``args`` say how to count; ``parts`` are the ends of a range; ``weekday`` (Monday 0)
    is the day's name where the text gives it beside something else, or -1.
    """

    first: int
    last: int
    op: str
    args: tuple[Arg, ...]
    grain: str
    where: str
    parts: tuple[TimeExpr, ...] = ()
    weekday: int = -1

    @property
    def rule(self) -> str:
        """The name under which traces give it."""
        return f"time-{self.op}"


class Month(msgspec.Struct, frozen=True):
    """One spelling of a month's name, as its words.

    ``bare`` says that the name alone is surely a month; ``raw``, if not empty, is the spelling
    without which it is not (a town may be spelt the same once folded).
    """

    words: tuple[str, ...]
    month: int
    calendar: str
    bare: bool
    raw: str = ""


class Date(msgspec.Struct, frozen=True):
    """A written date: what of it is stated, and where it ends."""

    last: int
    calendar: str
    year: int | None
    month: int | None
    day: int | None
    day2: int | None = None
    rel: str = ""
    weekday: int = -1
