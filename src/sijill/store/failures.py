"""What the two databases say when they fail, as one error with the next step."""

from __future__ import annotations

import sqlalchemy as sa

from sijill.errors import RecordError

_NEXT_STEP = {
    "full": "the disk is full; what was finished is safe. Make room and run the same command again",
    "corrupt": "the file is damaged ({why}); nothing was changed. Copy it away, then try "
    '"sqlite3 FILE .recover", or read the articles into a new record',
    "foreign": "this is no record of Sijill ({why}); nothing was changed. Name another file",
    "busy": "another program is writing ({why}). Run the same command again when it has ended",
    "read-only": "it may only be read here ({why}). Copy it, or ask for the right to write",
    "unreachable": "cannot be opened ({why}). Check the path or the address, and the rights to it",
    "failed": "the database refused ({why}); please report this",
}
#: Beginnings of SQLite's names of errors.
_SQLITE = (
    ("SQLITE_FULL", "full"),
    ("SQLITE_CORRUPT", "corrupt"),
    ("SQLITE_NOTADB", "foreign"),
    ("SQLITE_BUSY", "busy"),
    ("SQLITE_LOCKED", "busy"),
    ("SQLITE_READONLY", "read-only"),
    ("SQLITE_CANTOPEN", "unreachable"),
    ("SQLITE_PERM", "unreachable"),
    ("SQLITE_IOERR", "unreachable"),
)
#: Beginnings of PostgreSQL's codes of errors (its manual, appendix A).
_POSTGRESQL = (
    ("53100", "full"),
    ("XX001", "corrupt"),
    ("XX002", "corrupt"),
    ("55P03", "busy"),
    ("40P01", "busy"),
    ("25006", "read-only"),
    ("42501", "read-only"),
    ("08", "unreachable"),
    ("28", "unreachable"),
    ("3D", "unreachable"),
    ("57P", "unreachable"),
)


def failure(record: str, code: str, why: str = "") -> RecordError:
    """An error of the given kind with the next step; ``why`` is said in brackets."""
    return RecordError(record, code, _NEXT_STEP[code].format(why=why))


def code_of(error: sa.exc.DBAPIError) -> str:
    """Which kind of error of ours a database's own is."""
    name = getattr(error.orig, "sqlite_errorname", None)
    state = getattr(error.orig, "sqlstate", None)
    for start, code in _SQLITE if name else _POSTGRESQL:
        if (name or state or "").startswith(start):
            return code
    no_answer = isinstance(error, sa.exc.OperationalError) and not (name or state)
    return "unreachable" if no_answer or error.connection_invalidated else "failed"


def told(record: str, error: sa.exc.DBAPIError, who: str = "") -> RecordError:
    """A database's own error as ours; ``who`` is whoever else is writing."""
    code, said = code_of(error), str(error.orig).strip().splitlines()
    return failure(record, code, who if code == "busy" and who else (said or [""])[0])
