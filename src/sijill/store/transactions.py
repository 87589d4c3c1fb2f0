"""Connections and transactions: one writer at a time, readers beside it, all or nothing."""

from __future__ import annotations

import getpass
import os
import socket
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store.asking import Question, among, fetched
from sijill.store.asking import chunks as chunks
from sijill.store.failures import code_of, failure, told
from sijill.store.numbers import Numbers
from sijill.store.schema import runs

Rows = Sequence[Mapping[str, Any]]

#: Marks the transactions that write; :mod:`opening` begins them as such.
WRITES = "sijill_writes"
#: Rows that one statement writes; SQLite is a fifth faster than with a statement for each.
_A_STATEMENT = 250
#: Rows that are held in memory while more are read.
AT_ONCE = 1_000
#: PostgreSQL's lock for the one writer: the letters of "sijill".
LOCK = 0x73696A696C6C


def utc_now() -> str:
    """This moment as an ISO string with seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Transactions:
    """An open record, as far as beginning and ending go.

    ``name`` is what errors call the record; ``clock`` gives the time of what is written;
    ``countries`` says in which country a place (by id) lies; ``program`` is the version of the
    program that writes.
    """

    def __init__(
        self,
        engine: sa.Engine,
        name: str,
        *,
        read_only: bool = False,
        wait: float = 10.0,
        clock: Callable[[], str] = utc_now,
        countries: Mapping[str, str] | None = None,
        program: str = "",
    ) -> None:
        self.engine, self.name, self.read_only = engine, name, read_only
        self.clock, self.countries = clock, countries or {}
        self.program, self._wait = program, wait
        self._open: sa.Connection | None = None
        self._run: int | None = None
        self._known: dict[str, Numbers] = defaultdict(Numbers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Say that this program writes no longer, count what queries need to know, and let go."""
        if self._run is not None:
            ended = runs.update().where(runs.c.n == self._run).values(closed_at=self.clock())
            try:
                with self._transaction(writes=True) as connection:
                    connection.execute(ended)
                    if connection.dialect.name == "sqlite":  # PostgreSQL counts by itself
                        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
                        connection.exec_driver_sql("ANALYZE")
            except RecordError:
                pass  # a note for others only; they see that the process is gone
            self._run = None
        self.engine.dispose()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction around several calls: all of them are kept, or none.

        Raises:
            RecordError: ``busy`` where another program goes on writing longer than the wait;
                ``full`` or ``read-only`` where it cannot be written.
        """
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """The transaction that is open, or a new one."""
        if self._open is not None:
            yield self._open
            return
        if self.read_only:
            raise failure(self.name, "read-only", "it was opened for reading")
        self._announce()
        try:
            with self._transaction(writes=True) as connection:
                self._open = connection
                yield connection
        except BaseException:
            self._known.clear()  # numbers that were given to nothing, after all
            raise
        finally:
            self._open = None

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """The transaction that is open, or one that sees the record as it is now."""
        if self._open is not None:
            yield self._open
            return
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def _transaction(self, writes: bool) -> Iterator[sa.Connection]:
        try:
            with self.engine.connect() as connection:
                connection = connection.execution_options(**{WRITES: writes})
                with connection.begin():
                    if connection.dialect.name == "postgresql":
                        self._begin_postgresql(connection, writes)
                    yield connection
        except sa.exc.DBAPIError as error:
            busy = writes and code_of(error) == "busy"
            raise told(self.name, error, self._writers() if busy else "") from error

    def _begin_postgresql(self, connection: sa.Connection, writes: bool) -> None:
        """What SQLite does by itself: readers see one state, writers wait for the one before.

        A writer must see what that one wrote, so only a reader's state is held.
        """
        if not writes:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(self._wait * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")

    def _announce(self) -> None:
        """Before the first writing: leave a note of who we are, for others who must wait."""
        if self._run is not None:
            return
        with self._transaction(writes=True) as connection:
            (run,) = self._numbers(connection, runs, 1)
            row = {
                "n": run,
                "pid": os.getpid(),
                "host": socket.gethostname(),
                "by": getpass.getuser(),
                "command": Path(sys.argv[0]).name,
                "program": self.program,
                "opened_at": self.clock(),
            }
            connection.execute(runs.insert(), row)
        self._run = run

    def _writers(self) -> str:
        """Who else has the record open for writing, in words."""
        asked = sa.select(runs).where(runs.c.closed_at.is_(None), runs.c.n != (self._run or 0))
        with self._transaction(writes=False) as connection:
            rows = [row for row in connection.execute(asked) if _lives(row.host, row.pid)]
        return "; ".join(
            f'process {row.pid} "{row.command}" of {row.by} on {row.host} since {row.opened_at}'
            for row in rows
        )

    def _numbers(self, connection: sa.Connection, table: sa.Table, count: int) -> range:
        """The next free numbers of a table; nobody else writes meanwhile."""
        last = connection.execute(sa.select(sa.func.max(table.c.n))).scalar() or 0
        return range(last + 1, last + 1 + count)

    def _greatest(self, columns: Iterable[Any]) -> tuple[Any, ...]:
        """The greatest value of each column, as one state of the record has them."""
        asked = sa.select(*(sa.select(sa.func.max(one)).scalar_subquery() for one in columns))
        with self._reading() as connection:
            return tuple(connection.execute(asked).one())

    def rows(self, asked: sa.Select[Any] | sa.TextClause) -> Iterator[Any]:
        """The rows that answer a question of SQL, for checks and for tables of counts."""
        yield from self._stream(asked)

    def _stream(self, asked: sa.Select[Any] | sa.TextClause) -> Iterator[Any]:
        """The rows of an answer, few of them in memory at a time."""
        with self._reading() as connection:
            options = {"yield_per": AT_ONCE}
            for rows in connection.execute(asked, execution_options=options).partitions():
                yield from rows  # one by one they take twice the time

    def _by_ids(
        self, connection: sa.Connection, asked: sa.Select[Any], column: Any, ids: Iterable[Any]
    ) -> Iterator[Any]:
        """The rows of ``asked`` whose ``column`` is one of ``ids``."""
        for chunk in chunks(ids):
            found = connection.execute(asked.where(among(connection, column, chunk)))
            for rows in found.partitions(AT_ONCE):  # one by one they take twice the time
                yield from rows

    def _tuples(
        self, connection: sa.Connection, asked: sa.Select[Any], column: Any, ids: Iterable[Any]
    ) -> Iterator[tuple[Any, ...]]:
        """The same as plain tuples, for many rows: numbers and words must be asked for."""
        for chunk in chunks(ids):
            found = connection.execute(asked.where(among(connection, column, sorted(chunk))))
            yield from fetched(found)

    def _numbered(
        self, connection: sa.Connection, table: sa.Table, ids: Iterable[str]
    ) -> dict[str, int]:
        """The number of each of the ids that the table has."""
        question = _by_column(table, "id")
        return self._known[table.name].of(ids, lambda some: question.rows(connection, some))

    def _ids_of(
        self, connection: sa.Connection, table: sa.Table, numbers: Iterable[int]
    ) -> dict[int, str]:
        """The id of each of the numbers that the table has."""
        question = _by_column(table, "n")
        return self._known[table.name].ids(numbers, lambda some: question.rows(connection, some))


@lru_cache(maxsize=16)
def _by_column(table: sa.Table, column: str) -> Question:
    """The ids and numbers of rows by either of these."""
    return Question(sa.select(table.c.id, table.c.n), table.c[column])


def insert(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Write the rows, if there are any; all must name the same columns."""
    if rows:
        _write(connection, table, list(rows[0]), _values(rows), "")


def insert_or_update(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Write the rows; one whose key is there already takes its place."""
    if rows:
        _write(connection, table, list(rows[0]), _values(rows), _instead(connection, table))


def replace(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of values, in the order of the table's columns; each in place of its like."""
    if rows:
        _write(connection, table, table.columns.keys(), rows, _instead(connection, table))


def _instead(connection: sa.Connection, table: sa.Table) -> str:
    """That a row takes the place of the one that has its key, as SQL."""
    quoted = connection.dialect.identifier_preparer.quote
    key = ", ".join(quoted(c.name) for c in table.primary_key)
    rest = [quoted(c.name) for c in table.columns if not c.primary_key]
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    return f" ON CONFLICT ({key}) DO " + (f"UPDATE SET {changes}" if rest else "NOTHING")


def insert_missing(
    connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write rows of values, in the order of the table's columns; those that are there stay."""
    if rows:
        _write(connection, table, table.columns.keys(), rows, " ON CONFLICT DO NOTHING")


def _values(rows: Rows) -> list[tuple[Any, ...]]:
    """The values of each row, in the order of the first one's columns."""
    names = list(rows[0])
    if len(names) == 1:
        return [(row[names[0]],) for row in rows]
    return list(map(itemgetter(*names), rows))


def _write(
    connection: sa.Connection,
    table: sa.Table,
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    conflict: str,
) -> None:
    """Write rows of values of the named columns.

    They go straight to the driver: for tables of many narrow rows that is half of the time.
    """
    dialect = connection.dialect
    types = [table.columns[name].type for name in names]
    ready = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in types]
    if any(ready):
        columns = [
            list(map(work, values)) if work else values
            for work, values in zip(ready, zip(*rows, strict=True), strict=True)
        ]
        rows = list(zip(*columns, strict=True))
    sqlite = dialect.name == "sqlite"
    signs = ", ".join(["?" if sqlite else "%s"] * len(names))
    quoted = ", ".join(map(dialect.identifier_preparer.quote, names))
    sql = f"INSERT INTO {table.name} ({quoted}) VALUES ({signs}){{}}{conflict}"
    many = len(rows) // _A_STATEMENT * _A_STATEMENT if sqlite else 0
    for start in range(0, many, _A_STATEMENT):
        values = tuple(chain.from_iterable(rows[start : start + _A_STATEMENT]))
        connection.exec_driver_sql(sql.format(f", ({signs})" * (_A_STATEMENT - 1)), values)
    if rest := list(rows[many:]):
        connection.exec_driver_sql(sql.format(""), rest)


def update(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Give rows that are there, by their ``n``, new values; all must name the same columns."""
    if rows:
        values: dict[str, Any] = {
            name: sa.bindparam(f"new_{name}") for name in rows[0] if name != "n"
        }
        statement = table.update().where(table.c.n == sa.bindparam("old_n")).values(values)
        given = [{f"{'old' if k == 'n' else 'new'}_{k}": v for k, v in r.items()} for r in rows]
        connection.execute(statement, given)


def delete(connection: sa.Connection, column: Any, numbers: Iterable[int]) -> None:
    """Remove the rows whose ``column`` is one of the numbers."""
    gone = [(number,) for number in numbers]
    if gone:
        sign = "?" if connection.dialect.name == "sqlite" else "%s"
        sql = f"DELETE FROM {column.table.name} WHERE {column.name} = {sign}"
        connection.exec_driver_sql(sql, gone)


def _lives(host: str, pid: int) -> bool:
    """Whether a process may be there still; of other machines nobody here can tell."""
    if host != socket.gethostname():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
