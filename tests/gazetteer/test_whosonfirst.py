"""Distributions of Who's On First as places."""

from __future__ import annotations

import bz2
import gzip
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sijill.errors import SourceError
from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.whosonfirst import read_whosonfirst
from sijill.issues import IssueLog

Feature = Callable[..., dict[str, Any]]
Write = Callable[..., Path]


def read(path: Path) -> list[DumpPlace]:
    return list(read_whosonfirst(path, IssueLog()))


def dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("placetype", "more", "kind"),
    [
        ("country", {}, "country"),
        ("region", {}, "governorate"),
        ("county", {}, "district"),
        ("locality", {}, "village"),
        ("locality", {"wof__population": 4999}, "village"),
        ("locality", {"wof__population": 5000}, "town"),
        ("locality", {"gn__population": 70000}, "town"),
        ("neighbourhood", {}, "quarter"),
        ("campus", {}, "facility"),
        ("microhood", {}, ""),
        ("venue", {}, ""),
    ],
)
def test_kinds(
    feature: Feature, collection: Write, placetype: str, more: dict[str, Any], kind: str
) -> None:
    (place,) = read(collection(feature(1, placetype, "مارع", **more)))
    assert (place.kind, place.their_kind) == (kind, placetype)


def test_a_feature_in_full(feature: Feature, collection: Write) -> None:
    more = {
        "name:ara_x_variant": ["مارعة", "مارع", "Marea"],
        "name:eng_x_preferred": ["Mare‘"],
        "wof:hierarchy": [{"country_id": 1, "region_id": 20, "county_id": 30, "locality_id": 5}],
    }
    told = feature(5, "locality", "مارع", 36.48, 37.2)
    told["properties"] |= more
    assert read(collection(told)) == [
        DumpPlace(
            ident=5,
            kind="village",
            their_kind="locality",
            lat=36.48,
            lon=37.2,
            country="sy",
            name_en="Mare",
            names=("مارع", "مارعة"),
            within=("30", "20"),
        )
    ]


def test_a_division_does_not_lie_in_itself(feature: Feature, collection: Write) -> None:
    told = feature(30, "county", "أعزاز", wof__hierarchy=[{"region_id": 20, "county_id": 30}])
    (place,) = read(collection(told))
    assert (place.key, place.within) == ("30", ("20",))


@pytest.mark.parametrize(
    "more",
    [
        {"mz__is_current": 0},
        {"edtf__deprecated": "2018-01-01"},
        {"edtf__cessation": "2015"},
        {"wof__superseded_by": [7]},
    ],
)
def test_features_that_were_given_up(
    feature: Feature, collection: Write, more: dict[str, Any]
) -> None:
    (place,) = read(collection(feature(1, **more)))
    assert place.gone


def test_features_that_were_not_given_up(feature: Feature, collection: Write) -> None:
    open_ends = {"mz__is_current": -1, "edtf__deprecated": "uuuu", "edtf__cessation": ".."}
    (place,) = read(collection(feature(1, wof__superseded_by=[], **open_ends)))
    assert not place.gone


def test_a_point_that_only_the_geometry_tells(feature: Feature, collection: Write) -> None:
    told = feature(1)
    del told["properties"]["geom:latitude"]
    told["geometry"] = {"type": "Point", "coordinates": [37.1, 36.5]}
    (place,) = read(collection(told))
    assert (place.lat, place.lon) == (36.5, 37.1)


def test_forms_of_a_file(feature: Feature, tmp_path: Path) -> None:
    one, two = feature(1, arabic="مارع"), feature(2, arabic="دابق")
    lines = dumped(one) + b"\n\n" + dumped(two) + b"\n"
    forms = {
        "one.geojson": dumped(one),
        "indented.geojson": json.dumps(one, indent=2).encode(),
        "lines.jsonl": lines,
        "marked.jsonl": b"\xef\xbb\xbf" + lines,
        "lines.jsonl.gz": gzip.compress(lines),
        "all.geojson.bz2": bz2.compress(
            dumped({"type": "FeatureCollection", "features": [one, two]})
        ),
    }
    for name, data in forms.items():
        (tmp_path / name).write_bytes(data)
        names = [place.names for place in read(tmp_path / name)]
        assert names == [("مارع",), ("دابق",)][: len(names)], name
        assert len(names) == 1 + (name[0] in "lma"), name


def test_broken_lines_are_told_and_the_rest_is_read(feature: Feature, tmp_path: Path) -> None:
    path, log = tmp_path / "sy.jsonl", IssueLog()
    nowhere, bare = feature(3, lat=99.0), feature(4)
    del bare["properties"]["wof:id"]
    lines = [b'{"type": "Feat', dumped(feature(1)), dumped(nowhere), dumped(bare), b"[1]"]
    path.write_bytes(b"\n".join(lines))
    assert [place.ident for place in read_whosonfirst(path, log)] == [1]
    assert [(issue.code, issue.place) for issue in log] == [
        ("json", 1),
        ("feature", 3),
        ("feature", 4),
        ("json", 5),
    ]
    assert "it has no 'wof:id'" in list(log)[2].message


def test_a_broken_feature_of_a_collection(feature: Feature, collection: Write) -> None:
    bad, log = feature(2), IssueLog()
    bad["properties"]["geom:latitude"] = "north"
    path = collection(feature(1), bad, feature(3))
    assert [place.ident for place in read_whosonfirst(path, log)] == [1, 3]
    assert [issue.message.split(" (")[0] for issue in log] == [
        "feature 2 is no feature of Who's On First"
    ]


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"", "empty", "download it again"),
        (b"{}", "json", "neither a FeatureCollection nor a Feature"),
        (b'{"type": "FeatureCollection", "features": [', "json", "not valid JSON"),
        (b'{"type": "FeatureCollection", "features": {}}', "json", "no FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "not-a-dump", "geocode.earth"),
        (b"\xff\xfe\x00", "json", "geocode.earth"),
        (b"SQLite format 3\x00 and no more", "broken-database", "download it again"),
        (bz2.compress(b"SQLite format 3\x00"), "packed", "unpack it first"),
        (gzip.compress(b"x" * 5000, mtime=0)[:-20], "broken-archive", "download it again"),
    ],
)
def test_files_that_are_no_distribution(tmp_path: Path, data: bytes, code: str, told: str) -> None:
    path = tmp_path / "sy.geojson"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.code == code
    assert told in str(caught.value)
    assert str(path) in str(caught.value)


SPR = """
CREATE TABLE spr (id INTEGER PRIMARY KEY, parent_id INTEGER, name TEXT, placetype TEXT,
  country TEXT, latitude REAL, longitude REAL, is_current INTEGER, is_deprecated INTEGER,
  is_ceased INTEGER, is_superseded INTEGER);
CREATE TABLE names (id INTEGER, language TEXT, privateuse TEXT, name TEXT);
INSERT INTO spr VALUES (1, -1, 'Syria', 'country', 'SY', 35.0, 38.5, 1, 0, 0, 0);
INSERT INTO spr VALUES (20, 1, 'Aleppo', 'region', 'SY', 36.2, 37.5, -1, 0, 0, 0);
INSERT INTO spr VALUES (30, 20, 'Azaz', 'county', 'SY', 36.58, 37.04, -1, 0, 0, 0);
INSERT INTO spr VALUES (40, 30, 'Dabiq', 'locality', 'SY', 36.54, 37.27, 1, 0, 0, 0);
INSERT INTO spr VALUES (50, 30, 'Gone', 'locality', 'SY', 36.54, 37.27, 0, 0, 0, 0);
INSERT INTO spr VALUES (60, 30, 'Broken', 'locality', 'SY', NULL, 37.27, 1, 0, 0, 0);
"""
NAMES = [
    (40, "ara", "variant", "دابيق"),
    (40, "ara", "preferred", "دابق"),
    (40, "ara", "colloquial", "دبق"),
    (40, "fas", "preferred", "دابغ"),
    (20, "eng", "preferred", "Aleppo Governorate"),
]


def database(path: Path, script: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    if "CREATE TABLE names" in script:
        connection.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", NAMES)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    "more",
    [
        "",
        "CREATE TABLE ancestors (id INTEGER, ancestor_id INTEGER, ancestor_placetype TEXT);"
        "INSERT INTO ancestors VALUES (40, 20, 'region'), (40, 30, 'county'), (40, 1, 'country'),"
        "(30, 20, 'region'), (30, 30, 'county');",
        "CREATE TABLE geojson (id INTEGER, body TEXT);",
    ],
    ids=["parents", "ancestors", "no-geojson"],
)
def test_a_database_of_responses(tmp_path: Path, more: str) -> None:
    log = IssueLog()
    places = list(read_whosonfirst(database(tmp_path / "sy.db", SPR + more), log))
    by_id = {place.ident: place for place in places}
    assert list(by_id) == [1, 20, 30, 40, 50]
    assert by_id[40].names == ("دابق", "دابيق")
    assert (by_id[40].kind, by_id[40].within, by_id[40].name_en) == (
        "village",
        ("30", "20"),
        "Dabiq",
    )
    assert by_id[20].latin == ("Aleppo Governorate", "Aleppo")
    assert (by_id[30].key, by_id[30].within) == ("30", ("20",))
    assert [place.ident for place in places if place.gone] == [50]
    assert [issue.message[:15] for issue in log] == ["row 60 of spr s"]


def test_a_database_of_features(tmp_path: Path, feature: Feature) -> None:
    path, log = tmp_path / "sy.db", IssueLog()
    script = "CREATE TABLE geojson (id INTEGER, body TEXT, is_alt BOOLEAN);"
    connection = sqlite3.connect(database(path, SPR + script))
    rows = [
        (40, dumped(feature(40, arabic="دابق", wof__population=9000)).decode(), 0),
        (40, dumped(feature(40, arabic="دابق")).decode(), 1),
        (41, "{", None),
    ]
    connection.executemany("INSERT INTO geojson VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    places = list(read_whosonfirst(path, log))
    assert [(place.ident, place.kind, place.names) for place in places] == [(40, "town", ("دابق",))]
    assert [issue.message.split(" (")[0] for issue in log] == [
        "feature 41 is no feature of GeoJSON"
    ]


def test_another_database(tmp_path: Path) -> None:
    path = database(tmp_path / "sy.db", "CREATE TABLE birds (id INTEGER);")
    with pytest.raises(SourceError, match=r"needs a table geojson .* it has birds"):
        read(path)
