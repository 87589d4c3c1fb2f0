"""Capitals of countries, seats of governorates, and what "the city" means where the text is."""

from __future__ import annotations

import msgspec

from sijill.extract.context import Context
from sijill.extract.place_found import Named
from sijill.lexicon.entries import Lexicon
from sijill.lexicon.place_rows import PlaceRow

#: Countries whose one region with a government of its own is what "the region" means there.
_REGIONS = {"iq": "kurdistan"}


class Home:
    """Finds the place that a noun points to from the tables and from what was named before."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._places = lexicon.places
        towns = [row for row in lexicon.places.values() if row.kind == "town"]
        self._seats = _seats(lexicon, towns)
        self._ruled_from = lexicon.seats
        self._capitals = {
            row.id.split("_")[0]: row
            for row in towns
            if (country := lexicon.countries.get(row.id.split("_")[0]))
            and row.name in country.capitals
        }

    def capital(self, iso: str) -> PlaceRow | None:
        """The capital of a country."""
        return self._capitals.get(iso)

    def capital_at_hand(self, context: Context) -> PlaceRow | None:
        """The capital that the text means: one it named, else that of the country it is about."""
        rows = [self.capital(iso) for iso in (context.local, context.theatre)]
        named = [row for row in rows if row is not None and row.id in context.placed]
        return named[0] if named else rows[1] or rows[0]

    def seat(self, named: Named) -> Named | None:
        """The town that a governorate is ruled from; a town is its own."""
        if named.kind not in ("governorate", "district") or named.row is None:
            return named if named.kind == "town" else None
        whole = self._places.get(named.row.parent)
        row = self._seats.get(named.row.id) or self._places.get(
            self._ruled_from.get(named.row.id, "")
        )
        if whole is not None and whole.kind == "town":
            row = whole
        return msgspec.structs.replace(named, kind="town", row=row, name=row.name) if row else None

    def meant(self, kind: str, context: Context) -> Named | None:
        """The place that a definite noun of ``kind`` means."""
        if kind == "autonomous":
            row = self._places.get(_REGIONS.get(context.local, ""))
            return Named(kind, row, row.name, "") if row else context.last_place("region")
        if kind == "town":
            named = context.last_place(kind, self._seats.keys()) or context.last_place(
                "governorate"
            )
            return (self.seat(named) or named) if named else None
        return context.last_place(kind)


def _seats(lexicon: Lexicon, towns: list[PlaceRow]) -> dict[str, PlaceRow]:
    """The town of its own name in each governorate or district."""
    by_name = {(row.id.split("_")[0], row.name): row for row in reversed(towns)}
    found = {}
    for row in lexicon.places.values():
        if row.kind in ("governorate", "district"):
            seat = by_name.get((row.id.split("_")[0], row.name))
            if seat is not None:
                found[row.id] = seat
    return found
