"""What a file's name says: the kind of input that it promises, and what its document is called."""

from __future__ import annotations

from pathlib import Path

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".csv": "rows",
    ".tsv": "rows",
    ".tab": "rows",
    ".warc": "warc",
    ".parquet": "parquet",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "markup",
}


def kind_of(path: str) -> str | None:
    """What kind of input a file's name promises, or nothing.

    ``text``, ``lines``, ``rows``, ``page``, ``feed``, ``warc``, ``parquet``; ``markup`` is a page
    or a feed.
    """
    return _KINDS.get(Path(path.lower().removesuffix(".gz")).suffix)


def stem_of(source: str) -> str:
    """The file's name without folder and endings, as it names a document."""
    if source == "-":
        return "stdin"
    name = Path(source).name
    return Path(name.removesuffix(".gz")).stem if kind_of(name) else name
