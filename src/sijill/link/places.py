"""Whether two places that are named more or less exactly can be one."""

from __future__ import annotations

from sijill.lexicon.geography import one_area
from sijill.link.background import Background
from sijill.model import Place

#: Kinds of places that are lines: what lies on them has no point in common with theirs.
_LINES = frozenset({"road", "river", "border"})


def same_place(a: Place, b: Place, background: Background) -> bool:
    """Whether two places can be one, named more or less exactly; of unknown ones nobody knows."""
    if a.id == b.id or not a.id or not b.id:
        return True
    row_a, row_b = background.places.get(a.id), background.places.get(b.id)
    if row_a is None or row_b is None or one_area(row_a, row_b, background.places):
        return True
    on_a_line = row_a.kind in _LINES or row_b.kind in _LINES
    return on_a_line and row_a.parent == row_b.parent
