"""The front-end files and the base map are whole, small and licensed, and ask no network."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src" / "sijill" / "web" / "static"
VENDOR, BASEMAP = STATIC / "vendor", STATIC / "basemap"
FOLDERS = [VENDOR, Path(__file__).parent / "vendor", BASEMAP]
LICENCES = {"BSD-3-Clause", "BSD-2-Clause", "0BSD", "BSD-0-Clause", "OFL-1.1"}
LAYERS = ["land", "borders", "water", "labels", "cities"]
ANEW = "run web-assets/copy_assets.py"


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def listed(folder: Path) -> list[dict[str, Any]]:
    entries = manifest(folder)
    packages = entries.get("packages", [entries])
    return [file for package in packages for file in package["files"]]


def features(layer: str) -> list[dict[str, Any]]:
    data = json.loads((BASEMAP / f"{layer}.json").read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = data["features"]
    assert found
    return found


def points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[0], coordinates[1]
    else:
        for inner in coordinates:
            yield from points(inner)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_manifest_lists_the_files_as_they_are(folder: Path) -> None:
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {file["path"] for file in listed(folder)} == there, ANEW
    for file in listed(folder):
        data = (folder / file["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"]), (
            f"{file['path']} was changed by hand; {ANEW}"
        )


def test_versions_are_those_of_the_lock_file() -> None:
    lock = json.loads((ROOT / "web-assets" / "package-lock.json").read_text(encoding="utf-8"))
    packages = [one for folder in FOLDERS[:2] for one in manifest(folder)["packages"]]
    assert {one["name"]: one["version"] for one in packages} == {
        one["name"]: lock["packages"][f"node_modules/{one['name']}"]["version"] for one in packages
    }, ANEW


def test_every_package_has_its_licence_beside_it_and_stands_in_the_notice() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for package in manifest(VENDOR)["packages"]:
        assert package["licence"] in LICENCES
        assert (VENDOR / package["licence_file"]).stat().st_size > 100
        assert f"{package['name']} {package['version']}" in notice


def test_nothing_is_asked_of_the_network() -> None:
    for path in VENDOR.rglob("*.css"):
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text(encoding="utf-8")):
            local = target.startswith("data:") or target == "#default#VML"
            assert local or (path.parent / target).is_file(), f"{path.name}: {target}"
    assert not list(VENDOR.rglob("*.map"))
    scripts = [*VENDOR.rglob("*.js"), *VENDOR.rglob("*.mjs")]
    assert not [one.name for one in scripts if b"sourceMappingURL=" in one.read_bytes()[-200:]]


def test_all_is_small() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in (VENDOR, BASEMAP):
            for path in sorted(filter(Path.is_file, folder.rglob("*"))):
                archive.write(path, path.relative_to(STATIC))
    assert len(whole.getvalue()) < 1_000_000
    drawn = sum((BASEMAP / f"{layer}.json").stat().st_size for layer in LAYERS[:4])
    assert drawn < 250_000


@pytest.mark.parametrize("layer", LAYERS)
def test_the_base_map_lies_in_its_bounds(layer: str) -> None:
    west, south, east, north = manifest(BASEMAP)["bounds"]
    for feature in features(layer):
        for lon, lat in points(feature["geometry"]["coordinates"]):
            assert west <= lon <= east and south <= lat <= north


def test_labels_have_both_languages() -> None:
    for feature in [*features("labels"), *features("cities")]:
        names = feature["properties"]
        assert re.search("[\u0621-\u064a]", names["ar"]), names
        assert re.search("[A-Za-z]", names["en"]), names


def test_disputed_lines_are_told_from_borders() -> None:
    kinds = {feature["properties"]["kind"] for feature in features("borders")}
    assert kinds == {"international", "disputed", "indefinite", "line_of_control"}


def test_the_great_rivers_are_named() -> None:
    named = {one["properties"].get("en") for one in features("water")}
    assert {"Tigris", "Euphrates", "Nile"} <= named


def test_towns_lie_where_the_gazetteer_says() -> None:
    rows = {}
    for path in (ROOT / "src" / "sijill" / "knowledge" / "places").glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows[row["id"]] = row
    for feature in features("cities"):
        town = feature["properties"]
        row = rows.get(town["id"])
        assert row, f"{town['id']} is no longer in the gazetteer; {ANEW}"
        assert town["ar"] in re.split(r"[|!?]", row["names"]), f"{town['id']}; {ANEW}"
        lon, lat = feature["geometry"]["coordinates"]
        assert abs(lon - float(row["lon"])) < 0.01 and abs(lat - float(row["lat"])) < 0.01, ANEW


def test_capitals_of_the_region_are_of_the_first_rank() -> None:
    first = {
        one["properties"]["en"] for one in features("cities") if one["properties"]["rank"] == 1
    }
    assert {"Baghdad", "Damascus", "Beirut", "Cairo", "Tripoli", "Khartoum", "Sanaa City"} <= first
