"""The store of one record: everything that can be written to it and asked of it."""

from __future__ import annotations

from sijill.store.control import Control
from sijill.store.corrections import Corrections
from sijill.store.doubts import Doubts
from sijill.store.grouping import Grouping
from sijill.store.marks import Marks
from sijill.store.overviews import Overviews
from sijill.store.sums import Counting
from sijill.store.tallies import Tallies


class Store(Grouping, Overviews, Control, Corrections, Marks, Tallies, Doubts, Counting):
    """An open record. Use it in a ``with`` block, from one thread; :func:`open_store` gives one.

    Each writing call is a transaction of its own unless it stands in a ``with store.batch():``.
    Reading calls that give an iterator see the record as it is when the first row is asked for,
    whatever is written meanwhile.
    """
