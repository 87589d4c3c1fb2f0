"""Points of the map: each place that something lies at is kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sqlalchemy as sa

from sijill.model import Place
from sijill.store.schema import places
from sijill.store.transactions import Transactions, insert

Point = tuple[str, float | None, float | None]


class Points(Transactions):
    """The places of a record that have an id or a point."""

    def _points(
        self, connection: sa.Connection, given: Iterable[Place | None]
    ) -> Callable[[Place | None], int | None]:
        """Keep the places, and tell the number of each; nothing of one that is not on the map."""
        wanted = {point: None for place in given if (point := _point(place))}
        asked = sa.select(places)
        rows = self._by_ids(connection, asked, places.c.id, [point[0] for point in wanted])
        numbers: dict[Point, int] = {(row.id, row.lat, row.lon): row.n for row in rows}
        fresh = [point for point in wanted if point not in numbers]
        new = dict(zip(fresh, self._numbers(connection, places, len(fresh)), strict=True))
        insert(connection, places, [self._place_row(n, *point) for point, n in new.items()])
        numbers |= new

        def number(place: Place | None) -> int | None:
            point = _point(place)
            return numbers[point] if point else None

        return number

    def named_places(self) -> set[str]:
        """The ids of all places that anything in the record ever lay at."""
        with self._reading() as connection:
            ids = connection.execute(sa.select(places.c.id).distinct()).scalars()
            return {id for id in ids if id}

    def _place_row(
        self, n: int, id: str, lat: float | None, lon: float | None
    ) -> dict[str, object]:
        return {"n": n, "id": id, "lat": lat, "lon": lon, "country": self.countries.get(id, "")}


def _point(place: Place | None) -> Point | None:
    if place is None or (not place.id and place.lat is None):
        return None
    return place.id or "", place.lat, place.lon
