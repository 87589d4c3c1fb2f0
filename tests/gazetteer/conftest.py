"""Small dumps, made here; a folder for added tables that is not the user's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceName, PlaceRow

Line = Callable[..., str]
Feature = Callable[..., dict[str, Any]]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of added tables."""
    folder = tmp_path / "added"
    monkeypatch.setenv("SIJILL_PLACES", str(folder))
    return folder


@pytest.fixture
def reload(added: Path) -> Iterator[Callable[[], None]]:
    """Forgets the knowledge that was loaded, so that added tables are read; also at the end."""
    load_knowledge.cache_clear()
    yield load_knowledge.cache_clear
    load_knowledge.cache_clear()


def row(
    ident: str,
    parent: str,
    kind: str,
    lat: float,
    lon: float,
    extent: float,
    name: str,
    english: str = "",
) -> PlaceRow:
    names = (PlaceName(name),)
    return PlaceRow(ident, parent, kind, lat, lon, extent, name, english, "known:1", names, "own")


@pytest.fixture
def known() -> dict[str, PlaceRow]:
    """A gazetteer of one country with two governorates, a district and a town; and a neighbour."""
    aleppo = "sy_aleppo_governorate"
    rows = [
        row("sy", "", "country", 35.0, 38.5, 350, "سوريا", "Syria"),
        row("lb", "", "country", 33.9, 35.8, 110, "لبنان", "Lebanon"),
        row(aleppo, "sy", "governorate", 36.2, 37.5, 80, "حلب", "Aleppo"),
        row("sy_idlib_governorate", "sy", "governorate", 35.8, 36.7, 50, "إدلب", "Idlib"),
        row(
            "sy_azaz_district",
            "sy_aleppo_governorate",
            "district",
            36.58,
            37.04,
            30,
            "أعزاز",
            "Azaz",
        ),
        row("sy_marea", "sy_azaz_district", "town", 36.48, 37.2, 3, "مارع", "Marea"),
    ]
    return {one.id: one for one in rows}


def _line(
    ident: int = 1,
    names: str = "",
    lat: float | str = 36.5,
    lon: float | str = 37.1,
    feature: str = "P.PPL",
    country: str = "SY",
    admin: tuple[str, ...] = ("", "", "", ""),
    population: int | str = 0,
    name: str = "Somewhere",
) -> str:
    theirs, code = feature.split(".")
    codes = (*admin, "", "", "", "")[:4]
    cells = (ident, name, name, names, lat, lon, theirs, code, country, "", *codes)
    rest = (population, "", "", "Asia/Damascus", "2024-01-01")
    return "\t".join(map(str, (*cells, *rest)))


@pytest.fixture
def line() -> Line:
    """A line of a GeoNames dump."""
    return _line


@pytest.fixture
def dump(tmp_path: Path) -> Write:
    """Writes lines to a file."""

    def write(*lines: str, name: str = "SY.txt") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
        return path

    return write


def _feature(
    ident: int = 101,
    placetype: str = "locality",
    arabic: str | list[str] = (),  # type: ignore[assignment]
    lat: float = 36.5,
    lon: float = 37.1,
    **more: Any,
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "wof:id": ident,
        "wof:placetype": placetype,
        "wof:name": "Somewhere",
        "wof:country": "SY",
        "geom:latitude": lat,
        "geom:longitude": lon,
        "mz:is_current": 1,
        "wof:hierarchy": [{}],
        "name:ara_x_preferred": [arabic] if isinstance(arabic, str) else list(arabic),
    }
    told |= {key.replace("__", ":"): value for key, value in more.items()}
    return {"type": "Feature", "id": ident, "properties": told, "geometry": None}


@pytest.fixture
def feature() -> Feature:
    """A feature of Who's On First; ``wof__country`` stands for ``wof:country``."""
    return _feature


@pytest.fixture
def collection(tmp_path: Path) -> Write:
    """Writes a FeatureCollection."""

    def write(*features: dict[str, Any], name: str = "sy.geojson") -> Path:
        path = tmp_path / name
        whole = {"type": "FeatureCollection", "features": list(features)}
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        return path

    return write
