"""How commands end, whatever ends them, and where they print."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sijill.issues import IssueLog

DONE, FAILED, USAGE, SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130


@contextmanager
def clean_end() -> Iterator[None]:
    """Turn what ends a command into one message and an exit code, never a traceback."""
    from sijill.errors import SijillError, UsageError

    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(INTERRUPTED) from None
    except UsageError as error:
        say(f"sijill: {error}")
        raise typer.Exit(USAGE) from None
    except SijillError as error:
        say(_brief(f"sijill: {error}"))
        raise typer.Exit(FAILED) from None
    except OSError as error:
        say(f"sijill: {_told(error)}")
        raise typer.Exit(FAILED) from None


def _brief(message: str, most: int = 20) -> str:
    """A message of many lines cut to the first ``most``."""
    lines = message.splitlines()
    more = [f"({len(lines) - most} more)"] if len(lines) > most else []
    return "\n".join(lines[:most] + more)


def _told(error: OSError) -> str:
    """A failure of the machine in plain words, with what it failed on."""
    reasons = {
        errno.ENOENT: "there is no such file or folder",
        errno.EISDIR: "is a folder; name a file",
        errno.EACCES: "no permission; change it, or choose another place",
        errno.ENOSPC: "the disk is full; make room, or choose another place",
    }
    reason = reasons.get(error.errno or 0) or error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def check_output(out: Path | None, paths: Sequence[str]) -> None:
    """Refuse to write where nothing can be written, or over what is to be read."""
    if out is None:
        return
    if not out.parent.is_dir():
        refuse(f"{out}: its folder does not exist; make it first: mkdir -p {out.parent}")
    if out.is_dir():
        refuse(f"{out}: is a folder; name a file in it, such as {out / 'reports.jsonl'}")
    if out.is_file() and any(Path(one).exists() and out.samefile(one) for one in paths):
        refuse(f"{out}: would be written over while it is read; choose another --out")


def tell_issues(log: IssueLog, told: int, console: Console) -> int:
    """Print the issues that came since ``told`` of them were; how many have been told by now."""
    for issue in islice(log, told, None):
        word = "skipped" if issue.level == "skipped" else "note"
        console.print(f"{word}: {issue}", markup=False, soft_wrap=True)
    return len(log)


def say(message: str) -> None:
    """Print a message for the person at the terminal, apart from the data."""
    print(message, file=sys.stderr)


def refuse(message: str) -> NoReturn:
    """End the command because what was asked for cannot be done."""
    from sijill.errors import UsageError

    raise UsageError(message)


def stdout_console() -> Console:
    """The terminal; as wide as it takes where stdout is a file or a pipe."""
    from rich.console import Console

    class Terminal(Console):
        """A console whose reader may go away, as that of any other output may."""

        def on_broken_pipe(self) -> None:
            """Leave it to :func:`clean_end`."""
            raise BrokenPipeError

    return Terminal(width=None if sys.stdout.isatty() else 200, highlight=False)


@contextmanager
def written(out: Path | None) -> Iterator[BinaryIO]:
    """Stdout, or a file that takes its name only when it is complete."""
    if out is None:
        yield sys.stdout.buffer
        return
    if out.exists() and not out.is_file():
        with out.open("wb") as stream:
            yield stream
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
    except BaseException:
        if part.exists():
            say(f"unfinished: what was read so far stands in {part}")
        raise
    part.replace(out)


def read_day(on: str | None) -> date | None:
    """The day that an option names, if it does."""
    try:
        return date.fromisoformat(on) if on else None
    except ValueError:
        refuse(f"{on!r} is no day; write it as 2017-03-09")
