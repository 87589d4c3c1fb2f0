"""Files that take their names only when they are complete, with their checksums."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sijill.errors import ExportError, SijillError, UsageError
from sijill.publish.bundle import FileSum, Meta
from sijill.publish.tally import Tally


def part_of(path: Path) -> Path:
    """Where the file is written until it is complete: beside it, with ``.part`` at the end."""
    return path.with_name(path.name + ".part")


class Files(msgspec.Struct, frozen=True):
    """The names of an export's files, one or two, and where they lie until all are complete."""

    names: tuple[Path, ...]

    @property
    def main(self) -> Path:
        """The unfinished first file."""
        return part_of(self.names[0])

    @property
    def second(self) -> Path:
        """The unfinished second file; the first where there is no other."""
        return part_of(self.names[-1])


def beside(path: Path, word: str) -> Path:
    """The name of a second file of an export: ``events.csv`` to ``events.members.csv``."""
    return path.with_name(f"{path.stem}.{word}{path.suffix}")


def meta_path(path: Path) -> Path:
    """Where the account of an export lies."""
    return path.with_name(path.name + ".meta.json")


def file_sum(part: Path, name: str) -> FileSum:
    """The size and checksum of a written file, under the ``name`` that it will take."""
    with part.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return FileSum(name, part.stat().st_size, digest.hexdigest())


@contextmanager
def unfinished(names: Sequence[Path], tally: Tally) -> Iterator[None]:
    """The time in which files are written; whatever ends it too soon says where they stand.

    Raises:
        ExportError: where the events or the disk end it; other exceptions get a note.
    """
    for name in names:
        part_of(name).unlink(missing_ok=True)
    try:
        yield
    except (OSError, SijillError, sqlite3.Error) as error:
        if isinstance(error, (UsageError, OSError)) and not tally.given:
            raise
        raise ExportError(_cut_off(names[0], tally, error)) from error
    except BaseException as error:
        error.add_note(_cut_off(names[0], tally, error))
        raise


def _cut_off(path: Path, tally: Tally, error: BaseException) -> str:
    """What to tell of an export that did not come to its end."""
    reason, part = str(error) or type(error).__name__, part_of(path)
    where = f"what was written stands in {part}" if part.exists() else "nothing was written"
    return (
        f"{path}: the export was cut off after {tally.given:,} events ({reason}); {where}; "
        "no other file was changed: export again"
    )


def settle(names: Sequence[Path], meta: Meta) -> Meta:
    """Give complete files their names, then write the account beside the first."""
    sums = tuple(file_sum(part_of(name), name.name) for name in names)
    told = msgspec.structs.replace(meta, files=sums)
    account = meta_path(names[0])
    part = part_of(account)
    part.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
    for name in reversed(names):
        part_of(name).replace(name)
    part.replace(account)
    return told
