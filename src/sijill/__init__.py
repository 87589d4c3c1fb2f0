"""Reads Arabic war reporting and keeps a record that can be checked.

    >>> import sijill  # doctest: +SKIP
    >>> record = sijill.open("mosul.db")  # doctest: +SKIP
    >>> record.read("articles/")  # doctest: +SKIP
    >>> record.events(place="Mosul", after="2017-03")  # doctest: +SKIP

These are the public names and there are no others; each is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sijill.errors import (
        ExportError,
        KnowledgeError,
        RecordError,
        SijillError,
        SourceError,
        UsageError,
    )
    from sijill.ingest.files import read_articles
    from sijill.issues import Issue, IssueLog
    from sijill.model import (
        Article,
        Figure,
        Place,
        Reading,
        Reference,
        Report,
        Seen,
        Speaker,
        Trace,
    )
    from sijill.pipeline import Pipeline
    from sijill.record.record import Record, open
    from sijill.render import document, json_line

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ExportError",
    "Figure",
    "Issue",
    "IssueLog",
    "KnowledgeError",
    "Pipeline",
    "Place",
    "Reading",
    "Record",
    "RecordError",
    "Reference",
    "Report",
    "Seen",
    "SijillError",
    "SourceError",
    "Speaker",
    "Trace",
    "UsageError",
    "__version__",
    "document",
    "json_line",
    "open",
    "read_articles",
]

_HOMES = {
    "errors": (
        "ExportError",
        "KnowledgeError",
        "RecordError",
        "SijillError",
        "SourceError",
        "UsageError",
    ),
    "ingest.files": ("read_articles",),
    "issues": ("Issue", "IssueLog"),
    "model": (
        "Article",
        "Figure",
        "Place",
        "Reading",
        "Reference",
        "Report",
        "Seen",
        "Speaker",
        "Trace",
    ),
    "pipeline": ("Pipeline",),
    "record.record": ("Record", "open"),
    "render": ("document", "json_line"),
}


def __getattr__(name: str) -> Any:
    import importlib

    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"sijill.{home}"), name)
    raise AttributeError(f"module 'sijill' has no attribute {name!r}")
