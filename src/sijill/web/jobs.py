"""Reading articles in the background: one thread, one job after the other, a bounded queue."""

from __future__ import annotations

import logging
import secrets
import shutil
from collections import deque
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

import msgspec

from sijill.errors import RecordError, SijillError
from sijill.issues import Issue, IssueLog
from sijill.model import Reading
from sijill.record.record import ReadSummary
from sijill.web.records import Records

#: Jobs that may wait; whoever comes later is asked to come again.
_WAITING = 20
#: Jobs that are remembered once they are done.
_REMEMBERED = 50
#: Lines that a job keeps; of more articles only the count is kept.
_LINES = 2_000
_log = logging.getLogger(__name__)


class Line(msgspec.Struct, frozen=True):
    """What became of one article: how many reports it has, or the issue that it met.

    ``types`` are the types of the reports with how many there are of each.
    """

    name: str
    reports: int = 0
    types: tuple[tuple[str, int], ...] = ()
    outlet: str = ""
    day: str | None = None
    issue: Issue | None = None

    @property
    def skipped(self) -> bool:
        """Whether nothing was read."""
        return self.issue is not None and self.issue.level == "skipped"


class Given(msgspec.Struct, frozen=True):
    """What a job reads: files with the names that people gave them, in a folder to be deleted."""

    paths: tuple[Path, ...]
    names: dict[str, str] = {}
    folder: Path | None = None
    refused: tuple[Issue, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """How far a job is: ``waiting``, ``reading``, ``linking``, ``done`` or ``failed``.

    ``lines`` are the last ones, ``dropped`` those before them; ``ahead`` counts the jobs before it.
    """

    id: str
    state: str = "waiting"
    articles: int = 0
    reports: int = 0
    skipped: int = 0
    lines: tuple[Line, ...] = ()
    dropped: int = 0
    summary: ReadSummary | None = None
    error: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed")


class _Job:
    """One job while it runs; other threads ask for its :meth:`progress`."""

    def __init__(self, given: Given) -> None:
        self.id = secrets.token_urlsafe(9)
        self.given = given
        self._lock = Lock()
        self._now = Progress(self.id)
        self._lines: deque[Line] = deque(maxlen=_LINES)
        self._written = self._told = 0
        for issue in given.refused:
            self.add(Line(issue.source, issue=issue))

    def progress(self) -> Progress:
        """How far it is now."""
        with self._lock:
            dropped = self._written - len(self._lines)
            return msgspec.structs.replace(self._now, lines=tuple(self._lines), dropped=dropped)

    def change(self, **changes: object) -> None:
        """Say how far it is."""
        with self._lock:
            self._now = msgspec.structs.replace(self._now, **changes)

    def add(self, line: Line) -> None:
        """One article more."""
        with self._lock:
            self._lines.append(line)
            self._written += 1
            self._now = msgspec.structs.replace(
                self._now,
                articles=self._now.articles + (line.issue is None),
                reports=self._now.reports + line.reports,
                skipped=self._now.skipped + line.skipped,
            )

    def tell(self, log: IssueLog) -> None:
        """Lines for the issues that came since it was asked last."""
        issues = list(log)
        for issue in issues[self._told :]:
            self.add(Line(issue.source, issue=issue))
        self._told = len(issues)

    def read(self, records: Records) -> None:
        """Read what was given; ends as done, or as failed with the reason."""
        log = IssueLog()

        def seen(reading: Reading) -> None:
            self.tell(log)
            self.add(_line(reading))

        def settled(*_: int) -> None:
            self.change(state="linking")

        with records.writing(patience=None) as record:
            self.change(state="reading")
            paths, names = self.given.paths, self.given.names
            summary = record.read(*paths, log=log, seen=seen, settled=settled, names=names)
        self.tell(log)
        self.change(state="done", summary=summary)


class Jobs:
    """The jobs of a record."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._queue: Queue[_Job] = Queue(_WAITING)
        self._jobs: dict[str, _Job] = {}
        self._lock = Lock()
        self._closing = Event()
        self._thread: Thread | None = None

    def start(self, given: Given) -> str:
        """Put a job behind those that wait; gives its id.

        Raises:
            RecordError: ``busy``, too many wait already; nothing is kept of what was given.
        """
        job = _Job(given)
        try:
            self._queue.put_nowait(job)
        except Full:
            _clear(given)
            message = "too many files wait to be read; send them again when some are done"
            raise RecordError(self._records.reader.store.name, "busy", message) from None
        with self._lock:
            self._jobs[job.id] = job
            self._forget()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="sijill-reading", daemon=True)
                self._thread.start()
        return job.id

    def progress(self, ident: str) -> Progress | None:
        """How far a job is, or nothing where there is none of that id."""
        job = self._jobs.get(ident)
        return job.progress() if job else None

    def recent(self) -> list[Progress]:
        """The jobs that are remembered, the last one first."""
        with self._lock:
            return [job.progress() for job in reversed(self._jobs.values())]

    def close(self) -> None:
        """Take no more; wait for the one that is running, since it writes."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(timeout=30)
        while not self._queue.empty():
            _clear(self._queue.get_nowait().given)

    def _forget(self) -> None:
        over = [ident for ident, job in self._jobs.items() if job.progress().over]
        for ident in over[: max(0, len(self._jobs) - _REMEMBERED)]:
            del self._jobs[ident]

    def _work(self) -> None:
        while not self._closing.is_set():
            try:
                job = self._queue.get(timeout=0.5)
            except Empty:
                continue
            try:
                job.read(self._records)
            except SijillError as error:
                job.change(state="failed", error=str(error))
            except Exception as error:
                _log.exception("reading failed")
                job.change(state="failed", error=f"{type(error).__name__}: {error}")
            finally:
                _clear(job.given)


def _line(reading: Reading) -> Line:
    counts: dict[str, int] = {}
    for report in reading.reports:
        counts[report.type] = counts.get(report.type, 0) + 1
    types = tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Line(
        reading.doc, len(reading.reports), types, reading.outlet or "", reading.reference.day
    )


def _clear(given: Given) -> None:
    if given.folder is not None:
        shutil.rmtree(given.folder, ignore_errors=True)
