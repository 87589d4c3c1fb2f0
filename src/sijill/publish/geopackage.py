"""GeoPackage 1.3, written with the standard library's SQLite: it opens in QGIS.

The format is a SQLite file with four described tables and points of 29 bytes, so that a library of
150 MB (GDAL) would only add weight; tests read the files with GDAL where it is installed.
"""

from __future__ import annotations

import sqlite3
import struct

import msgspec

from sijill.publish.bundle import Meta
from sijill.publish.flat import EVENT_COLUMNS, MEMBER_COLUMNS, Cell, Row, event_row, member_rows
from sijill.publish.geojson import point
from sijill.publish.parts import Files
from sijill.publish.safe_csv import BETWEEN
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally

_APPLICATION_ID, _VERSION = 0x47504B47, 10300  # "GPKG", 1.3.0
_WGS84 = 4326
_SQL_TYPES = {"text": "TEXT", "many": "TEXT", "day": "DATE", "int": "INTEGER", "real": "REAL"}
_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,
  column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL,
  md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
_METADATA_URI = "http://www.geopackage.org/spec130/#extension_metadata"
#: ZIP and others know no day before it; stands where no document has a day.
_NO_DAY = "1980-01-01"


class GeoPackageWriter:
    """A layer ``events`` of points and a table ``members``; the account is its metadata."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally = tally
        self._bounds: tuple[float, float, float, float] | None = None
        self._file = sqlite3.connect(files.main, isolation_level=None)
        # No journal: the file takes its name only when it is complete.
        self._file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._file.execute(f"PRAGMA application_id={_APPLICATION_ID}")
        self._file.execute(f"PRAGMA user_version={_VERSION}")
        self._file.executescript(_SCHEMA)
        self._file.executescript(_tables())
        self._file.executemany(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _reference_systems()
        )
        self._file.execute("BEGIN")

    def add(self, item: Item) -> None:
        """Write an event as a point, its members as rows."""
        at = point(item.bundle.event)
        self._insert("events", (_point_bytes(at), *event_row(item.bundle)))
        for row in member_rows(item.bundle):
            self._insert("members", row)
        self._tally.wrote(len(item.bundle.testimonies))
        if at is None:
            self._tally.lose("no_point", item.bundle.event.id)
        else:
            self._widen(*at)

    def _insert(self, table: str, row: tuple[Cell | bytes, ...]) -> None:
        marks = ",".join("?" * len(row))
        cells = [BETWEEN.join(cell) if isinstance(cell, tuple) else cell for cell in row]
        self._file.execute(f"INSERT INTO {table} VALUES (NULL,{marks})", cells)

    def _widen(self, x: float, y: float) -> None:
        a, b, c, d = self._bounds or (x, y, x, y)
        self._bounds = min(a, x), min(b, y), max(c, x), max(d, y)

    def finish(self, meta: Meta) -> None:
        """Describe the tables, write the account, and close."""
        changed = f"{meta.last_told or _NO_DAY}T00:00:00.000Z"
        bounds: Row = self._bounds or (None,) * 4
        add = self._file.execute
        about = f"{meta.filter or 'all events'}; {meta.licence}"
        add(
            "INSERT INTO gpkg_contents VALUES ('events','features','events',?,?,?,?,?,?,?)",
            (about, changed, *bounds, _WGS84),
        )
        add(
            "INSERT INTO gpkg_contents VALUES "
            "('members','attributes','members',?,?,NULL,NULL,NULL,NULL,NULL)",
            (about, changed),
        )
        add("INSERT INTO gpkg_geometry_columns VALUES ('events','geom','POINT',?,0,0)", (_WGS84,))
        for table in ("gpkg_metadata", "gpkg_metadata_reference"):
            add(
                "INSERT INTO gpkg_extensions VALUES (?,NULL,'gpkg_metadata',?,'read-write')",
                (table, _METADATA_URI),
            )
        told = msgspec.json.encode(meta).decode()
        add(
            "INSERT INTO gpkg_metadata VALUES (1,'dataset','https://json.org',"
            "'application/json',?)",
            (told,),
        )
        add(
            "INSERT INTO gpkg_metadata_reference VALUES ('geopackage',NULL,NULL,NULL,?,1,NULL)",
            (changed,),
        )
        add("COMMIT")
        self._file.close()

    def abandon(self) -> None:
        """Keep the rows written so far."""
        if self._file.in_transaction:
            self._file.execute("COMMIT")
        self._file.close()


def _tables() -> str:
    """The two tables of rows, each with the number of a row as its key."""
    key = '"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL'
    events = ", ".join(f'"{one.name}" {_SQL_TYPES[one.kind]}' for one in EVENT_COLUMNS)
    members = ", ".join(f'"{one.name}" {_SQL_TYPES[one.kind]}' for one in MEMBER_COLUMNS)
    return (
        f'CREATE TABLE events ({key}, "geom" POINT, {events});'
        f"CREATE TABLE members ({key}, {members});"
    )


def _reference_systems() -> list[tuple[object, ...]]:
    """The three systems that every GeoPackage must know."""
    return [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
        ("WGS 84 geodetic", _WGS84, "EPSG", _WGS84, _WKT, "longitude/latitude in degrees"),
    ]


def _point_bytes(at: tuple[float, float] | None) -> bytes | None:
    """A point as GeoPackage stores it: little-endian header without envelope, then WKB."""
    if at is None:
        return None
    return b"GP\x00\x01" + struct.pack("<i", _WGS84) + struct.pack("<BIdd", 1, 1, *at)
