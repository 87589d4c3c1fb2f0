"""Questions about many ids at once that are asked again and again: put into SQL only once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

K = TypeVar("K", bound=Hashable)

#: Names that one question asks about; SQLite's default allows 32,766 parameters.
_A_QUESTION = 5_000


def chunks(names: Iterable[K], size: int = _A_QUESTION) -> Iterator[list[K]]:
    """The distinct ``names`` in lists short enough for one question, in their first order."""
    rest = iter(dict.fromkeys(names))
    while chunk := list(islice(rest, size)):
        yield chunk


def among(connection: sa.Connection, column: Any, values: list[Any]) -> sa.ColumnElement[bool]:
    """Whether a column is one of the values, few enough for one question.

    SQLite gets them as one JSON array: to name thousands of parameters takes longer than to look
    them up. Its JSON ends a text at NUL, so values with one are named.
    """
    names = _names(values)
    if connection.dialect.name != "sqlite" or _NUL in names:
        named: sa.ColumnElement[bool] = column.in_(values)
        return named
    return _in_json(column, names)


def fetched(found: sa.CursorResult[Any]) -> Iterable[Any]:
    """The rows of an answer of numbers and words, which SQLite keeps as they are.

    They come straight from its driver, as tuples: for many rows that is a third of the time.
    """
    if found.dialect.name != "sqlite" or found.cursor is None:
        return map(tuple, found)
    try:
        rows = found.cursor.fetchall()
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError("fetch", None, error) from error
    found.close()
    return rows


class Question:
    """Which rows have one of some values in a column: numbers and words are asked for.

    ``asked`` must have no parameters; keep the question, for SQLite's words are kept with it.
    """

    def __init__(self, asked: sa.Select[Any], column: Any) -> None:
        self._asked, self._column = asked, column
        self._sqlite = ""

    def rows(self, connection: sa.Connection, values: Iterable[Any]) -> Iterator[Any]:
        """The rows that have one of the values, as tuples."""
        for chunk in chunks(values):
            names = _names(sorted(chunk))  # in order they are looked up in less time
            if connection.dialect.name == "sqlite" and _NUL not in names:
                yield from fetched(connection.exec_driver_sql(self._words(connection), (names,)))
            else:
                named = self._asked.where(self._column.in_(chunk))
                yield from map(tuple, connection.execute(named))

    def _words(self, connection: sa.Connection) -> str:
        if not self._sqlite:
            asked = self._asked.where(_in_json(self._column, ""))
            self._sqlite = asked.compile(dialect=connection.dialect).string
        return self._sqlite


_NUL = r"\u0000"


def _names(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _in_json(column: Any, names: str) -> sa.ColumnElement[bool]:
    each = sa.func.json_each(names).table_valued("value")
    found: sa.ColumnElement[bool] = column.in_(sa.select(each.c.value))
    return found
