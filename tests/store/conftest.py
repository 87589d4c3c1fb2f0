"""Records to test on: in a file of SQLite always, on PostgreSQL where its server is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_making import COUNTRIES

from sijill.store.opening import open_store
from sijill.store.record_store import Store


def postgres_folder() -> Path | None:
    """Where PostgreSQL's programs are: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in places if (one / "initdb").exists()), None)


def as_postgres() -> list[str]:
    """The server does not run as root: what to put before its commands."""
    if os.geteuid():
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server of our own, in a temporary folder, on a free port; its address."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = postgres_folder()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    if not os.geteuid() and (not shutil.which("setpriv") or not _has_user("postgres")):
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    with tempfile.TemporaryDirectory(prefix="sijill-pg-") as folder:
        if not os.geteuid():
            shutil.chown(folder, "postgres", "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data, log = f"{folder}/data", f"{folder}/log"
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        control = [*as_postgres(), str(programs / "pg_ctl"), "-D", data]
        make = ["initdb", "-o", "-A trust -U postgres -E UTF8 --locale=C"]
        for command in (make, ["start", "-w", "-l", log, "-o", options]):
            done = subprocess.run([*control, *command], capture_output=True, text=True, cwd=folder)
            if done.returncode:
                pytest.skip(f"PostgreSQL does not start: {done.stderr or done.stdout}")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
        finally:
            stop = [*control, "stop", "-m", "immediate"]
            subprocess.run(stop, capture_output=True, cwd=folder, check=True)


def _has_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


@pytest.fixture
def postgres_record(postgres: str) -> str:
    """The address of an empty database."""
    import psycopg

    address = f"{postgres}/postgres"
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to make a record, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    address: str = request.getfixturevalue("postgres_record")
    return address


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    """An empty record, whose clock counts the calls."""
    ticks = iter(range(10_000))
    clock = lambda: f"2020-01-01T00:00:{next(ticks):05}"  # noqa: E731
    with open_store(target, clock=clock, countries=COUNTRIES, program="9.9") as opened:
        yield opened
