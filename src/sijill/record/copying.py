"""Finds which documents of a record are copies of others, and keeps their families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sijill.link.copies import compare_texts, families, signature
from sijill.store.record_store import Store
from sijill.testimony import CopyLink


class Copying:
    """Compares new documents with those that look like them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.found = 0
