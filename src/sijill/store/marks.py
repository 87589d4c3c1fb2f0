"""Marks of the whole record: by name, such as the version of the bands that it keeps."""

from __future__ import annotations

import sqlalchemy as sa

from sijill.store.schema import marks
from sijill.store.transactions import Transactions, insert_or_update


class Marks(Transactions):
    """The marks of a record."""

    def mark(self, name: str) -> str:
        """The mark of that name, or nothing."""
        asked = sa.select(marks.c.value).where(marks.c.name == name)
        with self._reading() as connection:
            return connection.execute(asked).scalar() or ""

    def set_mark(self, name: str, value: str) -> None:
        """Keep a mark in place of the one before."""
        with self._writing() as connection:
            insert_or_update(connection, marks, [{"name": name, "value": value}])
