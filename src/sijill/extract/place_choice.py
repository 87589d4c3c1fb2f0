"""Which of several places of one name is meant: scores with their reasons, or no answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sijill.extract.context import Context
from sijill.extract.place_found import Choice, rank, scored
from sijill.lexicon.geography import kilometres, lineage, one_area
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Candidate

#: The best candidate must lead the next by this much: at 0 a name that nothing decides is guessed,
#: from 0.5 to 1.5 answers are the same, above that right ones go (``bench/places.py``).
MARGIN: Final = 1.0
#: Points for what the text says of a candidate; see ``docs/places.md``.
_THEATRE: Final = 4.0
_SHARE: Final = 2.0
_KIND: Final = 3.0
_RANK: Final = 2.0
_OTHER_KIND: Final = -2.0
_ITSELF: Final = 3.0
_NEAR: Final = 2.0
_BESIDE: Final = 3.0
#: Naming what a candidate lies in, in the sentence and elsewhere: its town or district, and wider.
_IN_TOWN: Final[tuple[float, ...]] = (5.0, 2.0)
_IN_REGION: Final[tuple[float, ...]] = (1.5, 0.75)
#: Up to so many kilometres a place named in the text speaks for a candidate, less with distance.
_NEAR_KM: Final = 120.0
_NEXT_DOOR_KM: Final = 10.0
#: For each doubling of the radius of the area that a candidate is, and at most.
_DOUBLING: Final = 0.3
_LARGEST: Final = 2.0
#: How likely a name without a type word means a place of each rank, the finest first.
_BARE: Final[tuple[float, ...]] = (0.0, 0.2, 1.0, 0.7, 0.5, 0.5, 0.8, 0.0)
#: Hardly anybody names a quarter without the word for it.
_BARE_QUARTER: Final = -3.0


class Chooser:
    """Weighs the places that one name can mean by what the text says around it."""

    def __init__(self, places: dict[str, PlaceRow]) -> None:
        self._places = places

    def choose(self, rows: Sequence[PlaceRow], context: Context, kind: str) -> Choice:
        """The best of ``rows`` (one at least) for a name behind the type word ``kind``, if any."""
        rows = list(dict.fromkeys(rows))
        if len(rows) == 1:
            return Choice(rows[0])
        candidates = self.weigh(rows, context, kind)
        best = self._places[candidates[0].id]
        near = {row.id for row in self._area(best, rows)}
        rivals = (one.score for one in candidates if one.id not in near)
        sure = candidates[0].score - next(rivals, -math.inf) >= MARGIN
        return Choice(best, candidates, sure)

    def likely(self, rows: Sequence[PlaceRow], context: Context, kind: str) -> list[PlaceRow]:
        """Those of ``rows`` that may well be meant: of the best one's area, or close behind it."""
        rows = list(dict.fromkeys(rows))
        candidates = self.weigh(rows, context, kind)
        area = {row.id for row in self._area(self._places[candidates[0].id], rows)}
        least = candidates[0].score - MARGIN
        return [self._places[one.id] for one in candidates if one.id in area or one.score > least]

    def weigh(self, rows: Sequence[PlaceRow], context: Context, kind: str) -> tuple[Candidate, ...]:
        """``rows`` with their scores and what made them, the best first."""
        own = {row.id for row in rows}
        weighed = [self._weigh(row, context, kind, self._area(row, rows), own) for row in rows]
        return tuple(sorted(weighed, key=lambda one: -one.score))

    def _area(self, row: PlaceRow, rows: Sequence[PlaceRow]) -> list[PlaceRow]:
        """Those of ``rows`` that are one area with ``row``, or lie with it in one of them."""
        wholes = [one for one in rows if one in lineage(row, self._places)]
        return [
            one
            for one in rows
            if one_area(row, one, self._places)
            or any(whole in lineage(one, self._places) for whole in wholes)
        ]

    def _weigh(
        self,
        row: PlaceRow,
        context: Context,
        kind: str,
        area: Sequence[PlaceRow],
        own: set[str],
    ) -> Candidate:
        """One candidate; ``own`` are the ids of all of them, which the name itself has told."""
        reasons = {
            "theatre": _THEATRE * (row.country in (context.local, context.theatre)),
            "country": _SHARE * context.share(row.country),
            "kind": self._fits_kind(row, kind),
            "named": _ITSELF * (row.id in context.placed),
            "within": self._within(row, context, own),
            "near": self._near(row, context, own),
            "beside": _BESIDE * self._beside(row, context, own),
            "size": self._size(area),
            "bare": 0.0 if kind else self._bare(row),
        }
        return scored(row.id, reasons)

    def _bare(self, row: PlaceRow) -> float:
        return _BARE_QUARTER if row.kind == "quarter" else _BARE[rank(row.kind)]

    def _fits_kind(self, row: PlaceRow, kind: str) -> float:
        if not kind:
            return 0.0
        if row.kind == kind:
            return _KIND
        apart = abs(rank(row.kind) - rank(kind))
        if apart > 1:
            return _OTHER_KIND
        return 0.0 if apart else _RANK

    def _within(self, row: PlaceRow, context: Context, own: set[str]) -> float:
        """Points for the naming of what the place lies in, below the country."""
        found = 0.0
        for whole in lineage(row, self._places):
            if whole.kind == "country":
                break
            if whole.id in own or whole.name == row.name:
                continue  # the name itself tells no more than that
            here, told = _IN_TOWN if rank(whole.kind) <= rank("district") else _IN_REGION
            if whole.id in context.here:
                found = max(found, here)
            elif whole.id in context.told:
                found = max(found, told)
        return found

    def _near(self, row: PlaceRow, context: Context, own: set[str]) -> float:
        """Points for a place named nearby: full ones next door, none from far away on."""
        others = (self._places[ident] for ident in (context.told | context.placed) - own)
        fine = (other for other in others if rank(other.kind) < rank("region"))
        away = (km for other in fine if (km := kilometres(row, other)) is not None)
        return max(0.0, _NEAR * (1 - min(away, default=_NEAR_KM) / _NEAR_KM))

    def _beside(self, row: PlaceRow, context: Context, own: set[str]) -> bool:
        """Whether another place of the same district, or next door, is named here or before."""
        wholes = {whole.id for whole in lineage(row, self._places)}
        named = (context.here | context.placed) - own - wholes
        others = (self._places[ident] for ident in named)
        for other in others:
            away = kilometres(row, other)
            next_door = away is not None and away <= _NEXT_DOOR_KM
            if rank(other.kind) <= rank("town") and (other.parent == row.parent or next_door):
                return True
        return False

    def _size(self, area: Sequence[PlaceRow]) -> float:
        """Points for a large place: most that is told is told of those."""
        widest = max(row.extent_km for row in area)
        return min(_LARGEST, _DOUBLING * math.log2(max(widest, 1.0)))
