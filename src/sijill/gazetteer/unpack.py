"""The bytes of a dump, whether it lies as it is or packed as .gz, .bz2 or .zip."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from sijill.errors import SourceError

_ZIP, _GZIP, _BZIP = b"PK\x03\x04", b"\x1f\x8b", b"BZh"
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)


@contextmanager
def unpacked(path: Path, suffixes: Sequence[str]) -> Iterator[IO[bytes]]:
    """Open ``path``, or the one file with one of ``suffixes`` that is packed in it.

    Raises:
        SourceError: the file is empty, or an archive that is broken or holds no such file.
        OSError: the file cannot be opened.
    """
    with ExitStack() as stack:
        try:
            yield _opened(path, suffixes, stack)
        except _BROKEN as error:
            raise _broken(path, error) from error
        except OSError as error:
            # A failure of the machine has a number; what bz2 says of broken data has none.
            if error.errno is not None:
                raise
            raise _broken(path, error) from error


def first_bytes(path: Path, count: int = 16) -> bytes:
    """The first bytes of a file, by which formats are told apart.

    Raises:
        SourceError: the file is empty.
        OSError: the file cannot be opened.
    """
    with path.open("rb") as stream:
        head = stream.read(count)
    if not head:
        raise SourceError(str(path), "empty", "is empty; download it again")
    return head


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as it lies there, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _opened(path: Path, suffixes: Sequence[str], stack: ExitStack) -> IO[bytes]:
    head = first_bytes(path)
    if head.startswith(_ZIP):
        return _member(path, suffixes, stack)
    if head.startswith(_GZIP):
        return cast("IO[bytes]", stack.enter_context(gzip.open(path, "rb")))
    if head.startswith(_BZIP):
        return stack.enter_context(bz2.open(path, "rb"))
    return stack.enter_context(path.open("rb"))


def _member(path: Path, suffixes: Sequence[str], stack: ExitStack) -> IO[bytes]:
    """The one file of an archive that is the dump: those that explain it are passed over."""
    archive = stack.enter_context(zipfile.ZipFile(path))
    names = [
        name
        for name in archive.namelist()
        if name.lower().endswith(tuple(suffixes))
        and not PurePosixPath(name).name.lower().startswith(("readme", "."))
    ]
    if len(names) != 1:
        wanted, held = " or ".join(suffixes), ", ".join(archive.namelist()[:5]) or "nothing"
        message = f"is an archive that must hold one {wanted} file; it holds {held}; unpack it"
        raise SourceError(str(path), "archive", message)
    try:
        return stack.enter_context(archive.open(names[0]))
    except RuntimeError as error:
        message = f"{names[0]} in it cannot be unpacked ({error}); unpack it by other means"
        raise SourceError(str(path), "archive", message) from error


def _broken(path: Path, error: Exception) -> SourceError:
    return SourceError(
        str(path), "broken-archive", f"the archive is broken ({error}); download it again"
    )
