"""Where a place lies: its country and divisions, by their English names."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.geography import lineage
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_tables import read_places
from sijill.lexicon.tables import raise_faults
from sijill.model import Place


class Whereabouts(msgspec.Struct, frozen=True):
    """A place's English name, its country as ISO code, and the divisions that it lies in."""

    name: str = ""
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    admin3: str = ""


def whereabouts(place: Place | None) -> Whereabouts:
    """What the gazetteer says of ``place``; its own name where the gazetteer does not know it."""
    if place is None:
        return Whereabouts()
    return _of_row(place.id) or Whereabouts(place.name, _country(place.id))


def _country(ident: str | None) -> str:
    return (ident or "").split("_")[0]


@lru_cache(maxsize=1)
def _rows() -> dict[str, PlaceRow]:
    faults: list[Fault] = []
    rows = {row.id: row for row in read_places(faults).rows}
    raise_faults(faults)
    return rows


@lru_cache(maxsize=20_000)
def _of_row(ident: str | None) -> Whereabouts | None:
    row = _rows().get(ident or "")
    if row is None:
        return None
    above = [row, *lineage(row, _rows())]
    districts = [_english(one) for one in above if one.kind == "district"]
    governorates = [_english(one) for one in above if one.kind == "governorate"]
    finer, coarser = (districts[0], districts[-1]) if len(districts) > 1 else ("", "")
    return Whereabouts(
        name=_english(row),
        country=_country(row.id) if above[-1].kind == "country" else "",
        admin1=governorates[0] if governorates else "",
        admin2=coarser or (districts[0] if districts else ""),
        admin3=finer,
    )


def _english(row: PlaceRow) -> str:
    return row.name_en or row.name
