"""What is refused of the gazetteer: rows outside their parent, twins, orphans, mixed letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sijill.errors import Fault
from sijill.lexicon.geography import kilometres
from sijill.lexicon.place_rows import PLACE_KINDS, PlaceRow
from sijill.lexicon.place_spots import Spots
from sijill.lexicon.tables import did_you_mean
from sijill.text.memo import Memo

#: A place lies within so many radii of what it lies in: borders are ragged, centres rough.
REACH = 2.0
#: A word written in letters of two scripts, of which one looks like another's: T4 is none.
_MIXED = re.compile("[A-Za-z]\\S*[\u0600-\u06ff]|[\u0600-\u06ff]\\S*[A-Za-z]")
_ARABIC = re.compile("[\u0600-\u06ff]")


def check_places(rows: Sequence[PlaceRow], faults: list[Fault]) -> None:
    """Add what is wrong with the rows, taken together, to ``faults``."""
    by_id: dict[str, PlaceRow] = {}
    for row in rows:
        if row.id in by_id:
            faults.append(_fault(row, f"stands twice, before at {by_id[row.id].where}"))
        by_id.setdefault(row.id, row)
    alike: Memo[str, str] = Memo(lambda ident: did_you_mean(ident, [*by_id]))
    for row in rows:
        faults.extend(_own_faults(row))
        faults.extend(_outside(row, by_id, alike))
    faults.extend(_twins(rows))


def _fault(row: PlaceRow, message: str) -> Fault:
    file, _, line = row.where.rpartition(":")
    return Fault(file, int(line), f"place {row.id!r} {message}")


def _own_faults(row: PlaceRow) -> Iterator[Fault]:
    if row.kind not in PLACE_KINDS:
        yield _fault(row, f"has no known kind: {row.kind!r}{did_you_mean(row.kind, PLACE_KINDS)}")
    if (row.lat is None) != (row.lon is None):
        yield _fault(row, "has only one of lat and lon")
    if row.lat is not None and not (-90 <= row.lat <= 90 and -180 <= (row.lon or 0) <= 180):
        yield _fault(row, f"lies at {row.lat}, {row.lon}, which is nowhere; lat comes before lon")
    for name in row.names:
        if _MIXED.search(name.text):
            yield _fault(row, f"has a word in two scripts in its name {name.text!r}")
    if _ARABIC.search(row.name_en):
        yield _fault(row, f"has Arabic letters in the English name {row.name_en!r}")


def _outside(row: PlaceRow, by_id: dict[str, PlaceRow], alike: Memo[str, str]) -> Iterator[Fault]:
    if not row.parent:
        return
    parent = by_id.get(row.parent)
    if parent is None:
        step = "" if row.packaged else "; import its dump again, correct it, or delete the table"
        yield _fault(row, f"lies in {row.parent!r}, which no table has{alike[row.parent]}{step}")
        return
    if parent is row:
        yield _fault(row, "lies in itself")
    away = kilometres(row, parent)
    if away is not None and away > REACH * parent.extent_km:
        yield _fault(
            row,
            f"lies {away:.0f} km from the centre of {parent.id!r}, which reaches about "
            f"{parent.extent_km:.0f} km; correct its point, its parent, or that extent_km",
        )


def _twins(rows: Sequence[PlaceRow]) -> Iterator[Fault]:
    """The same name and kind within a kilometre is the same place twice."""
    spots = Spots()
    for row in rows:
        if (other := spots.same(row)) is not None:
            yield _fault(row, f"has a name and the point of {other.id!r} ({other.where})")
        spots.add(row)
