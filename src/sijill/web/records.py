"""The record behind the page: one handle that reads, and one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sijill.record.record import Record


class Records:
    """Opens the record: an empty one is made where there is none.

    The reading handle is shared by all threads: each question takes a connection of its own.
    """

    def __init__(self, target: str, read_only: bool = False) -> None:
        self._target = target
        self._writer = Lock()
        Record.open(target, create=not read_only, read_only=read_only).close()
        self.reader = Record.open(target, create=False, read_only=True)

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record for writing; a second writer of this page waits for the first.

        Raises:
            RecordError: another program holds the record, or it cannot be written.
        """
        with self._writer, Record.open(self._target, create=False) as record:
            yield record

    def close(self) -> None:
        """Let go of the record."""
        self.reader.close()
