"""What an imported place lies in: a division of ours that its dump names, or else a near one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.type_words import DIVISIONS, TypeWords
from sijill.lexicon.geography import distance, lineage
from sijill.lexicon.place_checks import REACH
from sijill.lexicon.place_rows import PlaceRow

#: Ids that imports give. Nothing may lie in such a row: its table can be deleted at any time.
_IMPORTED = re.compile(r"_(?:gn|wof)_\d+$")


class Parents:
    """Finds what the places of one country's dump lie in."""

    def __init__(
        self,
        known: Mapping[str, PlaceRow],
        iso: str,
        divisions: Iterable[DumpPlace],
        words: TypeWords,
    ) -> None:
        self._known, self._country, self._words = known, known[iso], words
        self._own: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in known.values():
            if row.country == iso and row.kind in DIVISIONS and not _IMPORTED.search(row.id):
                for key in words.keys_of(row):
                    self._own[key].append(row)
        self._governorates = sorted(
            {row.id for rows in self._own.values() for row in rows if row.kind == "governorate"}
        )
        self._ours: dict[str, PlaceRow] = {}
        # The coarser first: by them a name is told from its like in another governorate.
        for division in sorted(divisions, key=lambda one: (len(one.within), one.ident)):
            if (match := self._match(division)) is not None:
                self._ours.setdefault(division.key, match)

    def is_ours(self, place: DumpPlace) -> bool:
        """Whether the place is a division that we have."""
        return place.key in self._ours

    def of(self, place: DumpPlace) -> PlaceRow | None:
        """What the place lies in, or nothing where it lies outside all that it could.

        That is the finest of our divisions that the dump names for it and that reaches it; where
        it names none of ours, the governorate that it is nearest to, measured in the governorate's
        own radius; else the country.
        """
        named = [self._ours[key] for key in place.within if key in self._ours]
        if named:
            return next((row for row in named if _radii(place, row) <= REACH), None)
        near = [self._known[ident] for ident in self._governorates]
        options = sorted((_radii(place, row), row.id) for row in (*near, self._country))
        reached = [ident for radii, ident in options if radii <= REACH]
        inner = [ident for ident in reached if ident != self._country.id]
        return self._known[(inner or reached)[0]] if reached else None

    def _match(self, division: DumpPlace) -> PlaceRow | None:
        """Our row for a division of the dump: of its name, of its kind if possible, the nearest.

        It lies where the dump says, if we know that too: districts far apart share names.
        """
        keys = self._words.keys(division.names, division.latin)
        rows = {row.id: row for key in keys for row in self._own.get(key, ())}.values()
        wholes = [self._ours[key] for key in division.within if key in self._ours]
        near = [
            row
            for row in rows
            if _radii(division, row) <= REACH and (not wholes or self._lies_in(row, wholes))
        ]
        return min(
            near,
            key=lambda row: (row.kind != division.kind, _radii(division, row), row.id),
            default=None,
        )

    def _lies_in(self, row: PlaceRow, wholes: list[PlaceRow]) -> bool:
        """Whether the row is one of ``wholes`` or lies in one."""
        return any(whole in wholes for whole in (row, *lineage(row, self._known)))


def _radii(place: DumpPlace, row: PlaceRow) -> float:
    """How many of the row's radii the place lies from its centre; none where it has no centre."""
    if row.lat is None or row.lon is None:
        return 0.0
    return distance(place.lat, place.lon, row.lat, row.lon) / max(row.extent_km, 0.1)
