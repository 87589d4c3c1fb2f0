"""Words for directions, and the bearing that they give together."""

from __future__ import annotations

import math

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, read_table
from sijill.text.fold import fold


def load_compass(faults: list[Fault]) -> dict[str, float]:
    """The bearing in degrees, clockwise from north, of each folded word for a direction."""
    bearings: dict[str, float] = {}
    for row in read_table(knowledge_dir() / "compass.tsv", ["word", "bearing"], faults):
        try:
            bearing = float(row["bearing"])
        except ValueError:
            faults.append(Fault(row.file, row.line, f"{row['bearing']!r} is no number of degrees"))
            continue
        bearings.update((fold(word), bearing) for word in row.many("word"))
    return bearings


def bearing_of(words: list[str], bearings: dict[str, float]) -> float | None:
    """The middle of the directions among ``words`` (north + west: 315), or nothing.

    Directions that cancel out (its north and its south) give nothing either.
    """
    named = [math.radians(bearings[word]) for word in words if word in bearings]
    north, east = sum(map(math.cos, named)), sum(map(math.sin, named))
    if math.hypot(north, east) < 0.1:
        return None
    return math.degrees(math.atan2(east, north)) % 360
