"""Parquet tables of articles: one article a row, some hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sijill.errors import SourceError
from sijill.ingest.columns import FIELDS, Header, name_columns
from sijill.ingest.lines import Stream
from sijill.issues import Issue, IssueLog
from sijill.model import Article

#: Rows in memory at a time.
_AT_ONCE = 500


def read_parquet(stream: Stream, source: str, stem: str, log: IssueLog) -> Iterator[Article]:
    """The articles of an open Parquet file; a bad row is named by its number, from 1.

    Columns are known by the names that tables may use (``knowledge/columns.tsv``); others are kept
    under ``extra``.

    Raises:
        SourceError: it is no Parquet, no column holds the text, or the library is not installed.
    """
    table = _opened(stream, source)
    header = name_columns(table.schema_arrow.names)
    if not header.has_text:
        seen = ", ".join(header.columns)[:200]
        message = f"no column holds the text (columns: {seen}); name one of them text"
        raise SourceError(source, "columns", message)
    if header.repeated:
        names = ", ".join(map(repr, header.repeated))[:200]
        message = f"more than one column means the same ({names}); the first is taken"
        log.add(Issue("warning", "columns", message, source))
    for number, row in enumerate(_rows(table, header, source), 1):
        try:
            yield _article(row, source, f"{stem}:{number}", number)
        except SourceError as error:
            log.skip(error)


def _opened(stream: Stream, source: str) -> Any:
    try:
        from pyarrow import ArrowInvalid, parquet
    except ImportError as error:
        message = "Parquet needs an extra; install it: pip install 'sijill[parquet]'"
        raise SourceError(source, "needs-extra", message) from error
    if not stream.seekable():
        message = "Parquet cannot be read from a pipe; give it as a file"
        raise SourceError(source, "parquet", message)
    try:
        return parquet.ParquetFile(stream)
    except ArrowInvalid as error:
        raise SourceError(source, "parquet", f"is no Parquet file ({error})") from error


def _rows(table: Any, header: Header, source: str) -> Iterator[dict[str, Any]]:
    """Rows by field; where the rest of the file cannot be read, that is an error."""
    try:
        for batch in table.iter_batches(batch_size=_AT_ONCE):
            columns = [column.to_pylist() for column in batch.columns]
            for cells in zip(*columns, strict=True):
                yield dict(zip(header.columns, cells, strict=True))
    except (OSError, ValueError) as error:
        message = f"the file is damaged ({error}); rows before that were read"
        raise SourceError(source, "broken-archive", message) from error


def _article(row: dict[str, Any], source: str, name: str, number: int) -> Article:
    text = row.pop("text")
    if not isinstance(text, str):
        raise SourceError(source, "no-text", "its text is no string", number)
    fields = {field: _told(row.pop(field, None)) for field in FIELDS if field != "text"}
    doc = fields.pop("doc") or name
    extra = {key: _plain(value) for key, value in row.items() if value not in (None, "")}
    return Article(
        doc=doc,
        text=text,
        title=fields["title"],
        published=fields["published"],
        outlet=fields["outlet"],
        url=fields["url"],
        source=source,
        extra=extra,
    )


def _told(value: Any) -> str:
    return "" if value is None else str(_plain(value)).strip()


def _plain(value: Any) -> Any:
    """A cell as JSON can hold it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool, list, dict)) else str(value)
