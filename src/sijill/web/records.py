"""The record behind the page: one handle that reads, and one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sijill.errors import RecordError
from sijill.record.record import Record

#: Seconds that a correction waits for articles that are being read: a person is waiting for it.
_PATIENCE = 8.0


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
    def writing(self, patience: float | None = _PATIENCE) -> Iterator[Record]:
        """The record for writing; a second writer of this page waits for the first.

        ``patience`` is how many seconds it waits; without one it waits until it can write.

        Raises:
            RecordError: ``busy``, this page or another program goes on writing; or it cannot be
                written.
        """
        if not self._writer.acquire(timeout=-1 if patience is None else patience):
            message = "articles are being read into it; try again when that is done"
            raise RecordError(self.reader.store.name, "busy", message)
        try:
            with Record.open(self._target, create=False) as record:
                yield record
        finally:
            self._writer.release()

    def close(self) -> None:
        """Let go of the record."""
        self.reader.close()
