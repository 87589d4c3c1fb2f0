"""What a terminal shows while articles are read: how many, how fast, how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sijill.cli_ends import tell_issues

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from sijill.ingest.meter import Meter
    from sijill.issues import IssueLog
    from sijill.model import Reading

Summary = TypeVar("Summary")


def watched(
    read: Callable[..., Summary],
    paths: Sequence[str],
    log: IssueLog,
    meter: Meter | None = None,
    *,
    counted: bool = False,
) -> Summary:
    """Read with a progress line on a terminal, telling of what was skipped as it comes.

    ``meter`` counts the bytes of ``paths`` that were read, where that tells how much is left; or
    ``read`` says itself how many articles there are, where these are ``counted``.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        whole = _bytes_of(paths) if meter and console.is_terminal else 0
        line = _Line(progress, console, log, meter, whole)
        more = {"waiting": line.waiting} if counted else {}
        told = {"seen": line.seen, "linked": line.linked, "settled": line.settled}
        summary = read(*paths, log=log, **told, **more)
    tell_issues(log, line.told, console)
    return summary


def _bytes_of(paths: Sequence[str]) -> int:
    from sijill.ingest.files import find_sources
    from sijill.ingest.meter import size_of
    from sijill.issues import IssueLog

    return sum(map(size_of, find_sources(paths, IssueLog())))


class _Line:
    """The line of progress, and what it counts: what is read and compared, then what is in order.

    Articles are compared while others are read, so one line tells of both.
    """

    def __init__(
        self, progress: Progress, console: Console, log: IssueLog, meter: Meter | None, whole: int
    ) -> None:
        self._progress, self._console, self._log = progress, console, log
        self._meter, self._whole = meter, whole
        self._task = progress.add_task("reading", total=whole or None)
        self._began = time.monotonic()
        self.told = self._articles = self._reports = self._linked = 0
        self._read, self._counted = "reading", False

    def waiting(self, number: int) -> None:
        """So many articles are to be read."""
        self._whole, self._counted = number, True
        self._progress.update(self._task, total=number)

    def seen(self, one: Reading) -> None:
        """An article was read and kept."""
        self._articles += 1
        self._reports += len(one.reports)
        self.told = tell_issues(self._log, self.told, self._console)
        took = time.monotonic() - self._began
        told = f"{self._articles:,} articles, {self._reports:,} reports"
        if took >= 1:
            told += f", {self._articles / took:,.0f} a second"
        done = self._done() if self._whole else 0
        if took >= 1 and done:
            told += f", {time_left(took, done, self._whole)} left"
        if skipped := len(self._log.skipped()):
            told += f", {skipped:,} skipped"
        self._read = told
        self._progress.update(self._task, description=self._both(), completed=done)

    def _done(self) -> int:
        """How much of the whole was read: articles, or bytes of input."""
        return self._articles if self._counted else self._meter.done if self._meter else 0

    def linked(self, number: int) -> None:
        """Articles were compared with the record."""
        self._linked += number
        self._progress.update(self._task, description=self._both())

    def _both(self) -> str:
        return f"{self._read}; {self._linked:,} compared" if self._linked else self._read

    def settled(self, number: int, whole: int) -> None:
        """So many of the reports that are new or changed are put into events."""
        told = f"events: {number:,} of {whole:,} reports put in order"
        self._progress.update(self._task, description=told, total=whole, completed=number)


def time_left(took: float, done: int, whole: int) -> str:
    """The time that the rest takes at the pace so far, as ``1:02:05`` or ``2:05``."""
    left = round(took * max(whole - done, 0) / done)
    hours, minutes, seconds = left // 3600, left // 60 % 60, left % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
