"""The SQLite databases of Who's On First: places from their table of features or of responses."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sijill.errors import SourceError
from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.wof_features import DIVISIONS, feature_place, made
from sijill.issues import Issue, IssueLog

#: With what every SQLite database begins.
MAGIC = b"SQLite format 3\x00"

_Names = dict[int, list[str]]
_SPR = (
    "SELECT id, parent_id, name, placetype, country, latitude, longitude, "
    "is_current = 0 OR is_deprecated = 1 OR is_ceased = 1 OR is_superseded = 1 FROM spr ORDER BY id"
)
#: ``preferred`` sorts before ``variant``.
_NAMES = (
    "SELECT id, name FROM names WHERE language = ? AND name IS NOT NULL "
    "AND replace(privateuse, 'x_', '') IN ('preferred', 'variant') ORDER BY id, privateuse, rowid"
)


def read_database(path: Path, log: IssueLog) -> Iterator[DumpPlace]:
    """The places of a database: of its table ``geojson``, or of ``spr`` and ``names`` without it.

    A row that says no place is a ``skipped`` issue in ``log``.

    Raises:
        SourceError: the database is broken, or has none of these tables.
    """
    try:
        # Immutable: nothing is locked or written beside it, so any folder will do.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if "geojson" in tables and database.execute("SELECT 1 FROM geojson LIMIT 1").fetchone():
                yield from _features(database, str(path), log)
            elif {"spr", "names"} <= tables:
                yield from _responses(database, str(path), log, "ancestors" in tables)
            else:
                raise _unknown(path, tables)
    except sqlite3.Error as error:
        message = f"the database is broken ({error}); download it again"
        raise SourceError(str(path), "broken-database", message) from error


def _unknown(path: Path, tables: set[str]) -> SourceError:
    held = ", ".join(sorted(tables)[:8]) or "no table"
    message = (
        "is no database of Who's On First: it needs a table geojson that is not empty, or spr and "
        f"names; it has {held}"
    )
    return SourceError(str(path), "not-a-dump", message)


def _features(database: sqlite3.Connection, source: str, log: IssueLog) -> Iterator[DumpPlace]:
    """One place an id; further shapes of a place stand under its id too and tell nothing more."""
    columns = {row[1] for row in database.execute("PRAGMA table_info(geojson)")}
    main = "WHERE is_alt IS NULL OR is_alt = 0 " if "is_alt" in columns else ""
    for ident, body in database.execute(f"SELECT id, body FROM geojson {main}ORDER BY id"):
        text = body if isinstance(body, bytes) else str(body).encode("utf-8", "replace")
        try:
            yield feature_place(text, source, None, f"feature {ident}")
        except SourceError as error:
            log.skip(error)


def _responses(
    database: sqlite3.Connection, source: str, log: IssueLog, ancestors: bool
) -> Iterator[DumpPlace]:
    arabic, english = _names(database, "ara"), _names(database, "eng")
    within = _ancestors(database) if ancestors else _parents(database)
    for ident, _, name, placetype, country, lat, lon, gone in database.execute(_SPR):
        try:
            yield made(
                int(ident),
                str(placetype or ""),
                0,
                (float(lat), float(lon)),
                str(country or ""),
                tuple(arabic.get(ident, ())),
                (*english.get(ident, ()), str(name or "")),
                within.get(ident, ()),
                bool(gone),
            )
        except (TypeError, ValueError) as error:
            message = f"row {ident} of spr says no place ({error})"
            log.add(Issue("skipped", "feature", message, source))


def _names(database: sqlite3.Connection, language: str) -> _Names:
    names: _Names = defaultdict(list)
    for ident, name in database.execute(_NAMES, (language,)):
        names[ident].append(str(name))
    return names


def _ancestors(database: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """The divisions that each place lies in, the finest first, as the database lists them."""
    found: dict[int, tuple[str, ...]] = {}
    query = "SELECT id, ancestor_id FROM ancestors WHERE ancestor_placetype = ? ORDER BY id"
    for division in DIVISIONS:
        for ident, ancestor in database.execute(query, (division,)):
            if ident != ancestor and ancestor > 0:
                found[ident] = (*found.get(ident, ()), str(ancestor))
    return found


def _parents(database: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """The same, from parent to parent."""
    rows = {row[0]: (row[1], row[3]) for row in database.execute(_SPR)}
    found: dict[int, tuple[str, ...]] = {}
    for ident in rows:
        chain = [ident]
        while (parent := rows[chain[-1]][0]) in rows and parent not in chain:
            chain.append(parent)
        found[ident] = tuple(str(one) for one in chain[1:] if rows[one][1] in DIVISIONS)
    return found
