"""What a record holds, counted: texts, reports, events, and those that sources contradict."""

from __future__ import annotations

import sqlalchemy as sa

from sijill.store.answers import Sums
from sijill.store.schema import documents, events, testimonies
from sijill.store.transactions import Transactions


class Counting(Transactions):
    """The sums of a record."""

    def sums(self) -> Sums:
        """How much there is now; superseded texts and what was withdrawn are left out."""
        live = events.c.withdrawn.is_(False)
        asked = (
            sa.select(sa.func.count()).where(documents.c.superseded_by.is_(None)),
            sa.select(sa.func.count()).where(testimonies.c.withdrawn.is_(False)),
            sa.select(sa.func.count()).where(live),
            sa.select(sa.func.count()).where(live, events.c.standing == "disputed"),
        )
        with self._reading() as connection:
            whole = sa.select(*(one.scalar_subquery() for one in asked))
            return Sums(*connection.execute(whole).one())
