"""How much of the input has been read, for the time that is left."""

from __future__ import annotations

import io
from pathlib import Path


class Meter:
    """Counts bytes as they are stored: of files that are done, and of the one that is open."""

    def __init__(self) -> None:
        self._done = self._size = 0
        self._open: io.RawIOBase | None = None

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        if self._open is None:
            return self._done
        return self._done + (self._size if self._open.closed else self._open.tell())

    def follow(self, raw: io.RawIOBase) -> io.RawIOBase:
        """Count what is read of a file that was just opened; the one before it is done."""
        if raw.seekable():
            self._done, self._open = self.done, raw
            self._size = raw.seek(0, io.SEEK_END)
            raw.seek(0)
        return raw

    def add(self, source: str) -> None:
        """Count a file that was read elsewhere."""
        self._done += size_of(source)


def size_of(source: str) -> int:
    """The bytes of a file; 0 for what is none."""
    path = Path(source)
    return path.stat().st_size if path.is_file() else 0
