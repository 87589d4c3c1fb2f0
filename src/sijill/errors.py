"""Everything that Sijill raises on purpose.

SijillError
├── KnowledgeError   a knowledge file is wrong: file, line, and what to write instead
├── SourceError      an input cannot be read: which, where, why, and the next step
├── RecordError      a record cannot be opened, read or written: which, why, and the next step
├── EngineError      processes or machines that read failed: why, and the next step
├── ExportError      an export was cut off: after how much, why, where it stands
└── UsageError       what was asked for cannot be done: what can
"""

from __future__ import annotations

import msgspec


class SijillError(Exception):
    """The root of every error that Sijill raises on purpose."""


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong in a knowledge file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeError(SijillError):
    """Knowledge that does not load; holds every fault, sorted by file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SourceError(SijillError):
    """An input that cannot be read.

    ``place`` is a line number or nothing; ``code`` is a short stable name for the reason.
    """

    def __init__(self, source: str, code: str, message: str, place: int | None = None) -> None:
        self.source, self.code, self.message, self.place = source, code, message, place
        where = f"{source} line {place}" if place else source
        super().__init__(f"{where}: {message}")


class RecordError(SijillError):
    """A record that cannot be opened, read or written; nothing in it was changed.

    ``code`` is ``missing``, ``foreign``, ``corrupt``, ``newer``, ``older``, ``busy``, ``full``,
    ``read-only``, ``unreachable``, ``unknown-id`` or ``failed``.
    """

    def __init__(self, record: str, code: str, message: str) -> None:
        self.record, self.code, self.message = record, code, message
        super().__init__(f"{record}: {message}")


class UsageError(SijillError):
    """A request that cannot be met as it was put."""


class ExportError(SijillError):
    """An export that was cut off: after how many events, why, and where what was written stands."""


class EngineError(SijillError):
    """Processes or machines that read have failed; what they had given before that is kept."""

    def __init__(self, cause: Exception) -> None:
        last = str(cause).strip().splitlines()[-1:] or [type(cause).__name__]
        super().__init__(
            f"a process that reads has failed ({last[0][:300]}); all before it is kept: start the "
            "same again to go on, with fewer --jobs if memory ran out"
        )
