"""What was not understood, where, and how often: nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from sijill.errors import SourceError


class Issue(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a reader should know about an input or a document.

    ``level`` is ``note``, ``warning`` or ``skipped`` (the input gave no document);
    ``code`` is a short stable name; ``place`` is a line number where there is one.
    """

    level: str
    code: str
    message: str
    source: str = ""
    place: int | None = None

    def __str__(self) -> str:
        where = f"{self.source} line {self.place}" if self.place else self.source
        return f"{where}: {self.message}" if where else self.message


class IssueLog:
    """Collects issues while work goes on."""

    def __init__(self) -> None:
        self._issues: list[Issue] = []

    def add(self, issue: Issue) -> None:
        """Keep ``issue``."""
        self._issues.append(issue)

    def skip(self, error: SourceError) -> None:
        """Keep the failure of one input as an issue."""
        self.add(Issue("skipped", error.code, error.message, error.source, error.place))

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._issues)

    def __len__(self) -> int:
        return len(self._issues)

    def skipped(self) -> list[Issue]:
        """The issues that cost an input."""
        return [issue for issue in self._issues if issue.level == "skipped"]

    def counts(self) -> dict[str, int]:
        """How often each code came up."""
        return dict(Counter(issue.code for issue in self._issues))
