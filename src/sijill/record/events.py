"""A list of events that shows itself in notebooks and becomes a data frame."""

from __future__ import annotations

import importlib
from html import escape
from typing import Any

from sijill.errors import UsageError
from sijill.lexicon.labels import load_labels
from sijill.testimony import Event, EventFigure

#: So many rows stand in a notebook's table.
_SHOWN = 20


class Events(list[Event]):
    """Events in the order they were asked for."""

    def rows(self) -> list[dict[str, Any]]:
        """One flat row an event: ids, labels, days, place, point, standing, dead and wounded."""
        return [row(event) for event in self]

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame`` with a row an event.

        Raises:
            UsageError: pandas is not installed.
        """
        return _needed("pandas").DataFrame(self.rows())

    def to_geopandas(self) -> Any:
        """A ``geopandas.GeoDataFrame`` in WGS 84; events without a point have no geometry.

        Raises:
            UsageError: geopandas is not installed.
        """
        geopandas = _needed("geopandas")
        frame = self.to_pandas()
        points = geopandas.points_from_xy(frame["longitude"], frame["latitude"])
        return geopandas.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")

    def _repr_html_(self) -> str:
        names = ("id", "type", "first_day", "place", "actor", "standing", "killed_low")
        head = "".join(f"<th>{name}</th>" for name in names)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(str(one[name] or str()))}</td>' for name in names)}</tr>"
            for one in map(row, self[:_SHOWN])
        )
        more = f"<p>{len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        return f"<table><tr>{head}</tr>{body}</table>{more}"


def row(event: Event) -> dict[str, Any]:
    """An event as a flat row; figures nobody gives are nothing."""
    labels, place = load_labels(), event.place
    killed, wounded = _total(event, "killed"), _total(event, "wounded")
    return {
        "id": event.id,
        "type": event.type,
        "status": event.status,
        "standing": event.standing,
        "first_day": event.time[0] if event.time else None,
        "last_day": event.time[1] if event.time else None,
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "actor": ", ".join(labels.english("actor", one) for one in event.actor),
        "target": ", ".join(labels.english("actor", one) for one in event.target),
        "outlets": event.outlets,
        "witnesses": event.witnesses,
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "wounded_low": wounded.low if wounded else None,
        "wounded_high": wounded.high if wounded else None,
        "disputes": ", ".join(dict.fromkeys(one.field for one in event.disputes)),
        "reports": len(event.members),
    }


def _total(event: Event, kind: str) -> EventFigure | None:
    """The widest figure of a kind: of all victims where one is given, else of the most numerous."""
    figures = [one for one in event.figures if one.kind == kind]
    return max(figures, key=lambda one: (not one.of, one.high or one.low or 0), default=None)


def _needed(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(f"{module} is not installed: pip install {module}") from error
