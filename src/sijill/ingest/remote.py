"""Files in object stores (S3, Google, Azure), through the readers of the engine."""

from __future__ import annotations

import io
import os
import re
from typing import Any

from sijill.errors import SourceError

_STORE = re.compile(r"(?:s3a?|gs|gcs|az|abfss?|file)://", re.IGNORECASE)
_QUIET = {
    "DO_NOT_TRACK": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}


def is_remote(path: str) -> bool:
    """Whether ``path`` is the address of an object store, as ``s3://bucket/news/``."""
    return _STORE.match(path) is not None


def list_remote(path: str) -> list[str]:
    """The objects below an address or of a pattern, sorted.

    Raises:
        SourceError: the store cannot be asked, or the engine is not installed.
    """
    pattern = path if "*" in path else f"{path.rstrip('/')}/**"
    try:
        found = _engine(path).daft.io_glob(pattern)  # a frame would fix where everything runs
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(path, "unreadable", _brief(error)) from error
    return sorted(str(one["path"]) for one in found if one["type"] == "File")


def open_remote(path: str) -> io.RawIOBase:
    """An object, to be read from any place in it.

    Raises:
        SourceError: there is no such object, or it cannot be read.
    """
    try:
        return _Object(_engine(path).File(path).open())
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(path, "unreadable", _brief(error)) from error


class _Object(io.RawIOBase):
    """A file of the engine as Python's own readers want one."""

    def __init__(self, file: Any) -> None:
        self._file = file.__enter__()

    def close(self) -> None:
        """Let go of the file."""
        if not self.closed:
            self._file.__exit__(None, None, None)
        super().close()

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes: stores answer for any range."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The place."""
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        """Read some bytes."""
        view = memoryview(buffer)
        try:
            data = self._file.read(len(view))
        except Exception as error:
            raise OSError(_brief(error)) from error
        view[: len(data)] = data
        return len(data)


def load_daft() -> Any:
    """The engine, kept from telling its makers that it runs: nothing here opens a connection.

    Raises:
        ImportError: it is not installed.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    import daft

    return daft


def _engine(path: str) -> Any:
    try:
        return load_daft()
    except ImportError as error:
        message = "object stores need an extra; install it: pip install 'sijill[engine]'"
        raise SourceError(path, "needs-extra", message) from error


def _brief(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:300] or type(error).__name__
