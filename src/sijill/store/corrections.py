"""Corrections by analysts: only ever added to, also when one is undone."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from sijill.errors import RecordError
from sijill.store.schema import corrections
from sijill.store.transactions import Transactions, insert
from sijill.testimony import Correction

_COLUMNS = [corrections.c[name] for name in Correction.__struct_fields__]


class Corrections(Transactions):
    """The corrections of a record."""

    def add_correction(self, given: Correction) -> bool:
        """Keep a correction; tells whether it is new.

        What it corrects need not be in the record: it may come when an article is read again.

        Raises:
            RecordError: ``failed`` where another correction has its id; ``unknown-id`` where it
                undoes one that is not there.
        """
        with self._writing() as connection:
            there = {one.id: one for one in self.corrections()}
            if given.id in there:
                if there[given.id] != given:
                    message = f"correction {given.id} is there already and says something else"
                    raise RecordError(self.name, "failed", message)
                return False
            if given.undoes and given.undoes not in there:
                raise RecordError(self.name, "unknown-id", f"no correction {given.undoes} to undo")
            (n,) = self._numbers(connection, corrections, 1)
            insert(connection, corrections, [{"n": n, **msgspec.structs.asdict(given)}])
            return True

    def corrections(self, target: str | None = None) -> Iterator[Correction]:
        """The corrections of one thing, or all, in the order in which they were made."""
        asked = sa.select(*_COLUMNS).order_by(corrections.c.n)
        if target is not None:
            asked = asked.where(corrections.c.target == target)
        for row in self._stream(asked):
            yield Correction(**row._mapping)
