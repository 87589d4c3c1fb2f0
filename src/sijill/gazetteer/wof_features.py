"""One feature of Who's On First as a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sijill.errors import SourceError
from sijill.gazetteer.dump import DumpPlace, arabic_names, on_earth, plain_latin, settlement

#: Our kinds for their placetypes; localities are told apart by how many people live there.
_KINDS = {
    "country": "country",
    "region": "governorate",
    "county": "district",
    "neighbourhood": "quarter",
    "campus": "facility",
}
#: Divisions that other features lie in, the finest first.
DIVISIONS = ("county", "region")
_PEOPLE = ("wof:population", "gn:population", "qs:pop")
_POINTS = (("geom:latitude", "geom:longitude"), ("lbl:latitude", "lbl:longitude"))


class _Feature(msgspec.Struct, frozen=True):
    properties: dict[str, Any]
    geometry: msgspec.Raw = msgspec.Raw(b"null")


class _Point(msgspec.Struct, frozen=True):
    coordinates: tuple[float, float]


def kind_of(placetype: str, population: int) -> str:
    """Our kind for a placetype, or nothing."""
    return settlement(population) if placetype == "locality" else _KINDS.get(placetype, "")


def feature_place(body: bytes | msgspec.Raw, source: str, line: int | None, what: str) -> DumpPlace:
    """The place that a GeoJSON feature tells of.

    ``line`` is where the feature stands, if it stands on a line of its own; ``what`` names it in
    messages.

    Raises:
        SourceError: the feature is broken, or none of Who's On First.
    """
    try:
        feature = msgspec.json.decode(body, type=_Feature)
        return _place(feature)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{what} is no feature of GeoJSON ({error})"
        raise SourceError(source, "json", message, line) from error
    except (KeyError, ValueError, TypeError) as error:
        message = f"{what} is no feature of Who's On First ({_told(error)})"
        raise SourceError(source, "feature", message, line) from error


def _told(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)


def _place(feature: _Feature) -> DumpPlace:
    told = feature.properties
    ident, placetype = int(told["wof:id"]), str(told["wof:placetype"])
    population = next((n for key in _PEOPLE if (n := _number(told.get(key)))), 0)
    arabic = (*_names(told, "name:ara_x_preferred"), *_names(told, "name:ara_x_variant"))
    english = (*_names(told, "name:eng_x_preferred"), str(told.get("wof:name") or ""))
    lat, lon = _point(feature)
    return made(
        ident,
        placetype,
        population,
        (lat, lon),
        str(told.get("wof:country") or ""),
        arabic,
        (*english, *_names(told, "name:eng_x_variant")),
        tuple(_within(told, ident)),
        _gone(told),
    )


def made(
    ident: int,
    placetype: str,
    population: int,
    point: tuple[float, float],
    country: str,
    arabic: tuple[str, ...],
    english: tuple[str, ...],
    within: tuple[str, ...],
    gone: bool,
) -> DumpPlace:
    """A place of Who's On First from what either form of a distribution tells of it.

    Raises:
        ValueError: its point is nowhere.
    """
    if not on_earth(*point):
        raise ValueError(f"it lies at {point[0]}, {point[1]}, which is nowhere")
    latin = tuple(filter(None, map(plain_latin, english)))
    return DumpPlace(
        ident=ident,
        kind=kind_of(placetype, population),
        their_kind=placetype,
        lat=point[0],
        lon=point[1],
        country=country.lower(),
        name_en=latin[0] if latin else "",
        names=arabic_names(arabic),
        population=population,
        latin=latin if placetype in DIVISIONS else (),
        key=str(ident) if placetype in DIVISIONS else "",
        within=within,
        gone=gone,
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0


def _names(told: dict[str, Any], key: str) -> tuple[str, ...]:
    names = told.get(key)
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _point(feature: _Feature) -> tuple[float, float]:
    """Latitude and longitude: the centre that the properties tell, or a geometry that is one."""
    for lat, lon in _POINTS:
        if lat in feature.properties and lon in feature.properties:
            return float(feature.properties[lat]), float(feature.properties[lon])
    try:
        lon_lat = msgspec.json.decode(feature.geometry, type=_Point).coordinates
    except msgspec.DecodeError:
        raise KeyError(_POINTS[0][0]) from None
    return lon_lat[1], lon_lat[0]


def _within(told: dict[str, Any], ident: int) -> Iterator[str]:
    """The divisions that a feature lies in: what its first hierarchy says."""
    hierarchies = told.get("wof:hierarchy") or [{}]
    for division in DIVISIONS:
        found = _number(hierarchies[0].get(f"{division}_id"))
        if found > 0 and found != ident:
            yield str(found)


def _gone(told: dict[str, Any]) -> bool:
    """Whether the feature was given up, or another one stands for it."""
    ended = (str(told.get(key) or "") for key in ("edtf:deprecated", "edtf:cessation"))
    return (
        told.get("mz:is_current") == 0
        or bool(told.get("wof:superseded_by"))
        or any(day[:1].isdigit() for day in ended)
    )
