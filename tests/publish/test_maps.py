"""GeoJSON and GeoPackage, checked against their specifications and read back."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path

import pytest
from made_events import capture

from sijill.publish.bundle import Bundle, Request
from sijill.publish.export import export
from sijill.publish.flat import EVENT_COLUMNS, MEMBER_COLUMNS

EVENTS = [column.name for column in EVENT_COLUMNS]


def test_geojson_is_what_rfc_7946_says(out: Path, bundles: list[Bundle]) -> None:
    meta = export(bundles, out, "geojson", Request(filter="all"))
    data = json.loads(out.read_bytes())
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    assert [one["id"] for one in data["features"]] == ["ev-1", "ev-2", "ev-3", "ev-4"]
    for one in data["features"]:
        assert one["type"] == "Feature"
        assert set(one) == {"type", "id", "geometry", "properties"}
        assert list(one["properties"]) == EVENTS
    assert data["features"][0]["geometry"] == {"type": "Point", "coordinates": [43.118, 36.335]}
    assert data["features"][2]["geometry"] is None
    account = data["sijill"]
    assert (account["filter"], account["events"], account["files"]) == ("all", 4, [])
    assert account["content_sha256"] == meta.content_sha256
    assert [(loss["kind"], loss["count"]) for loss in account["losses"]] == [("no_point", 2)]


def test_geojson_has_a_feature_a_line(out: Path, bundles: list[Bundle]) -> None:
    export(bundles, out, "geojson")
    lines = out.read_text("utf-8").splitlines()
    assert [json.loads(line.rstrip(","))["id"] for line in lines[1:5]] == [
        "ev-1",
        "ev-2",
        "ev-3",
        "ev-4",
    ]


def test_geopackage_has_what_the_specification_requires(out: Path, bundles: list[Bundle]) -> None:
    export(bundles, out, "gpkg", Request(filter="all"))
    file = sqlite3.connect(out)
    assert file.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert file.execute("PRAGMA user_version").fetchone() == (10300,)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    systems = file.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1").fetchall()
    assert systems == [(-1,), (0,), (4326,)]
    contents = "SELECT data_type, srs_id, min_x, max_y FROM gpkg_contents WHERE table_name=?"
    assert file.execute(contents, ["events"]).fetchone() == ("features", 4326, 43.118, 36.335)
    assert file.execute(contents, ["members"]).fetchone() == ("attributes", None, None, None)
    assert file.execute("SELECT * FROM gpkg_geometry_columns").fetchall() == [
        ("events", "geom", "POINT", 4326, 0, 0)
    ]
    blob = file.execute("SELECT geom FROM events WHERE id='ev-1'").fetchone()[0]
    assert blob[:4] == b"GP\x00\x01"
    assert struct.unpack("<iBIdd", blob[4:8] + blob[8:]) == (4326, 1, 1, 43.118, 36.335)
    assert file.execute("SELECT geom FROM events WHERE id='ev-3'").fetchone() == (None,)
    columns = [row[1] for row in file.execute("PRAGMA table_info(members)")]
    assert columns == ["fid", *(column.name for column in MEMBER_COLUMNS)]
    told = file.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
    assert (json.loads(told)["filter"], json.loads(told)["events"]) == ("all", 4)


def test_geopackage_of_events_without_any_point(out: Path) -> None:
    export([capture(place=None)], out, "gpkg")
    file = sqlite3.connect(out)
    bounds = file.execute("SELECT min_x FROM gpkg_contents WHERE table_name='events'")
    assert bounds.fetchone() == (None,)


def test_gdal_opens_the_geopackage(tmp_path: Path, bundles: list[Bundle]) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "events.gpkg"
    export(bundles, path, "gpkg")
    assert {name for name, _ in pyogrio.list_layers(path)} == {"events", "members"}
    info = pyogrio.read_info(path, layer="events")
    assert (info["crs"], info["geometry_type"]) == ("EPSG:4326", "Point")
    assert info["features"] == 4
    assert list(info["fields"]) == EVENTS
    meta, _, geometry, fields = pyogrio.raw.read(path, layer="events")
    assert struct.unpack("<BIdd", geometry[0]) == (1, 1, 43.118, 36.335)
    names = list(meta["fields"])
    assert fields[names.index("place")][0] == "الموصل"
    assert str(fields[names.index("first_day")][0]) == "2017-03-17"
    assert fields[names.index("killed_best")][0] == 140


def test_gdal_opens_the_geojson(tmp_path: Path, bundles: list[Bundle]) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "events.geojson"
    export(bundles, path, "geojson")
    assert pyogrio.read_info(path)["features"] == 4
    _, _, geometry, _ = pyogrio.raw.read(path)
    assert struct.unpack("<BIdd", geometry[0]) == (1, 1, 43.118, 36.335)
