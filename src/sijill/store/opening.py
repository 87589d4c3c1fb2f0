"""Opening a record: what is no record is never written to, an older one is brought up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from sijill.errors import RecordError, UsageError
from sijill.store.failures import failure, told
from sijill.store.record_store import Store
from sijill.store.schema import HEAD, VERSION_TABLE
from sijill.store.transactions import LOCK, WRITES, utc_now

MIGRATIONS = Path(__file__).with_name("migrations")

_SQLITE_HEADER = b"SQLite format 3\x00"
#: 64 MB of pages in memory: the indexes of 100,000 testimonies, under the bar for filters.
_CACHE_KB = 65_536
#: A record that is only read is read by many connections at once: each has its own pages, and the
#: rest comes from what the system keeps of the file.
_READERS_CACHE_KB = 8_192
#: 64 MB of log before it goes into the file: keys and signatures fall on pages all over it, and a
#: page that is written often is then copied once (30,000 articles: half the time of 1,000 pages).
_LOG_PAGES = 16_384


def open_store(
    target: str | Path,
    create: bool = True,
    *,
    read_only: bool = False,
    wait: float = 10.0,
    clock: Callable[[], str] = utc_now,
    countries: Mapping[str, str] | None = None,
    program: str = "",
) -> Store:
    """Open the record at a path, or at an address such as ``postgresql+psycopg://host/name``.

    ``create`` makes one where there is none; ``read_only`` promises not to write, and works while
    another program writes; ``wait`` is how many seconds to wait for another writer; ``countries``
    says in which country a place (by id) lies; ``program`` is the version that documents and runs
    are marked with.

    Raises:
        RecordError: the file is missing, damaged or no record, a newer program made it, or it
            cannot be reached; the file is left as it was.
        UsageError: an address of a kind of database that is not supported.
    """
    engine, name = _engine(target, create, read_only, wait)
    try:
        _prepare(engine, name, create and not read_only, read_only)
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise told(name, error) from error
    except RecordError:
        engine.dispose()
        raise
    options: dict[str, Any] = {"read_only": read_only, "wait": wait, "clock": clock}
    return Store(engine, name, countries=countries, program=program, **options)


def _engine(
    target: str | Path, create: bool, read_only: bool, wait: float
) -> tuple[sa.Engine, str]:
    if isinstance(target, Path) or "://" not in target:
        return _sqlite(Path(target), create and not read_only, read_only, wait)
    try:
        url = sa.make_url(target)
    except sa.exc.ArgumentError as error:
        raise UsageError(
            f"no address of a database: {target!r}; write a path or {_FORM}"
        ) from error
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite(Path(url.database), create and not read_only, read_only, wait)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url.set(drivername="postgresql+psycopg"), read_only)
    raise UsageError(f"{url.drivername} is not supported; write a path or {_FORM}")


_FORM = "postgresql+psycopg://user@host/database"


def _postgresql(url: sa.URL, read_only: bool) -> tuple[sa.Engine, str]:
    options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    try:
        engine = sa.create_engine(url, connect_args=options)
    except ImportError as error:
        message = f'PostgreSQL needs "pip install sijill[postgresql]" ({error})'
        raise UsageError(message) from error
    return engine, url.render_as_string(hide_password=True)


def _sqlite(path: Path, create: bool, read_only: bool, wait: float) -> tuple[sa.Engine, str]:
    _look_at(path, create)
    address = f"file:{quote(str(path.absolute()))}?mode={_mode(path, create, read_only)}"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(address, uri=True, timeout=wait, check_same_thread=False)
        made.execute(f"PRAGMA cache_size = -{_READERS_CACHE_KB if read_only else _CACHE_KB}")
        return made

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)
    sa.event.listen(engine, "connect", _connected)
    sa.event.listen(engine, "begin", _begin)
    return engine, str(path)


def _mode(path: Path, create: bool, read_only: bool) -> str:
    """How SQLite is to open the file; one in a folder that cannot be written to never changes."""
    if not read_only:
        return "rwc" if create else "rw"
    log = path.with_name(f"{path.name}-wal")
    return "ro" if log.exists() or _can_write(path.parent) else "ro&immutable=1"


def _can_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def _connected(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin says so, not by themselves
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")  # in WAL: safe from kill -9 and from a crash
    connection.execute("PRAGMA secure_delete = OFF")  # Debian's default writes zeros over the past
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _look_at(path: Path, create: bool) -> None:
    """Turn away what cannot be a record, before any database program touches it."""
    name = str(path)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise failure(name, "unreachable", "a folder" if path.is_dir() else "no such folder")
    try:
        size = path.stat().st_size if path.exists() else 0
        head = path.open("rb").read(100) if size else b""
    except OSError as error:
        raise failure(name, "unreachable", error.strerror or str(error)) from error
    if not size and not create:
        raise RecordError(name, "missing", "there is no record here. Check the path")
    if size and not head.startswith(_SQLITE_HEADER):
        raise failure(name, "foreign", "its first bytes are not those of a SQLite file")
    if size and not path.with_name(f"{path.name}-wal").exists():
        page = int.from_bytes(head[16:18], "big")
        expected = int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)
        if size < expected:
            raise failure(name, "corrupt", f"cut off: {size:,} bytes of {expected:,}")


def _prepare(engine: sa.Engine, name: str, create: bool, read_only: bool) -> None:
    """Check what is there, and make the tables or bring them up to date where it is ours."""
    with engine.begin() as connection:
        version = _version(connection, name)
    if version == HEAD:
        return
    if not version and not create:
        raise RecordError(name, "missing", "there is no record here yet. Check the address")
    if version and version not in _known():
        message = (
            f"a newer program made it (format {version}, this one knows {HEAD}). Update Sijill"
        )
        raise RecordError(name, "newer", message)
    if read_only:
        message = (
            f"an older program made it (format {version}). Read into it once, and it is brought up "
            f"to date: sijill read ARTICLES --record {name}"
        )
        raise RecordError(name, "older", message)
    _migrate(engine, name)


def _version(connection: sa.Connection, name: str) -> str:
    """The format of the record; nothing where the database is empty."""
    tables = sa.inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        return connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar() or ""
    if tables:
        raise failure(name, "foreign", f"it holds other tables, such as {tables[0]!r}")
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise failure(name, "unreachable", f"its encoding is {encoding}, and must be UTF8")
    return ""


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def _migrate(engine: sa.Engine, name: str) -> None:
    """All migrations that are missing, in one transaction."""
    from alembic import command
    from alembic.config import Config

    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()  # the mode cannot change inside a transaction
        raw.cursor().execute("PRAGMA journal_mode = WAL")
        raw.close()
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        if _version(connection, name) == HEAD:
            return  # another program was quicker
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
