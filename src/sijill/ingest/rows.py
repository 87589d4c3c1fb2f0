"""CSV and TSV tables of articles: one article a row, read one row at a time."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from sijill.errors import SourceError
from sijill.ingest.columns import FIELDS, Header, read_header
from sijill.ingest.decode import LARGEST, decode
from sijill.ingest.lines import Stream, stream_lines
from sijill.issues import Issue, IssueLog
from sijill.model import Article

#: A headline of more lines is the rest of the table behind a quote that was never closed.
_TITLE_LINES = 3
#: A thousand columns of a hundred letters.
_LONGEST_HEADINGS = 100_000
_SEPARATOR_LINE = "sep="
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BETWEEN = "\v"
_RETURN = "\r"


class _Record(msgspec.Struct, frozen=True):
    """The cells of one record and the lines that it took."""

    cells: list[str]
    lines: int


class _BadRowError(Exception):
    """A record that is none; what is wrong with it."""


class _Rows:
    """Lines that can be put back: a record that fails costs its first line and no other."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: deque[str] = deque()
        self.number = 0

    def next_line(self) -> str | None:
        """The next line, or nothing at the end."""
        line = self._back.popleft() if self._back else next(self._lines, None)
        self.number += line is not None
        return line

    def put_back(self, lines: list[str]) -> None:
        """Give ``lines``, the last ones that were taken, to be read again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def read_rows(stream: Stream, source: str, stem: str, log: IssueLog) -> Iterator[Article]:
    """The articles of an open table; a bad row is named by its line and the rest is read.

    The first line names the columns (``knowledge/columns.tsv`` says by which names); a column of
    another name is kept under ``extra``. Separator and character set are found out.

    Raises:
        SourceError: when no column of the first line holds the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    rows = _Rows(_lines(stream, source, log))
    header = _first(rows, source, log)
    told: set[str] = set()
    while True:
        start = rows.number + 1
        try:
            record = _record(rows, header)
            if record is None:
                return
            if any(cell.strip() for cell in record.cells):
                yield _article(record, header, source, f"{stem}:{start}", start, told)
        except _BadRowError as error:
            log.add(Issue("skipped", "row", str(error), source, start))
        except SourceError as error:
            log.skip(error)


def looks_like_rows(head: bytes) -> bool:
    """Whether the first line of ``head`` names at least two columns of a table of articles."""
    try:
        lines = decode(head, "").text.splitlines()
    except SourceError:
        return False
    first = read_header(lines[0]) if lines else Header(",", ())
    return first.has_text and len(set(first.columns) & set(FIELDS)) > 1


def _lines(stream: Stream, source: str, log: IssueLog) -> Iterator[str]:
    """Lines as text; bytes that are no UTF-8 stand in them as surrogates, to be told row by row."""
    encoding = _WIDE.get(stream.peek(2)[:2])
    if encoding:
        log.add(Issue("warning", "encoding", f"read as {encoding}", source))
        text = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n")
        while line := text.readline(LARGEST):
            yield line
        return
    for number, raw in enumerate(stream_lines(stream, source, log)):
        line = raw.decode("utf-8", "surrogateescape")
        yield line.removeprefix("\ufeff") if number == 0 else line


def _first(rows: _Rows, source: str, log: IssueLog) -> Header:
    """The headings, on the first line that is not empty."""
    line: str | None = ""
    while line is not None and not line.strip():
        line = rows.next_line()
        if line and line.lower().startswith(_SEPARATOR_LINE):
            line = ""
    if line is None:
        raise SourceError(source, "empty", "there is no text in it")
    if line.rstrip(_RETURN + "\n").count(_RETURN):
        message = "its lines end in a bare carriage return; save it with ordinary line ends"
        raise SourceError(source, "line-ends", message, rows.number)
    if len(line) > _LONGEST_HEADINGS:
        message = "its first line is too long for headings; the first line must name the columns"
        raise SourceError(source, "columns", message, rows.number)
    if not line.isprintable():
        line = decode(line.encode("utf-8", "surrogateescape"), source, rows.number).text
    header = read_header(line.strip(_RETURN + "\n"))
    if not header.has_text:
        seen = ", ".join(header.columns)[:200]
        message = f"no column holds the text (columns: {seen}); name one of them text"
        raise SourceError(source, "columns", message, rows.number)
    if header.repeated:
        names = ", ".join(map(repr, header.repeated))[:200]
        message = f"more than one column means the same ({names}); the first is taken"
        log.add(Issue("warning", "columns", message, source, rows.number))
    return header


def _record(rows: _Rows, header: Header) -> _Record | None:
    """The next record, or nothing at the end.

    Raises:
        _BadRowError: with all its lines but the first put back.
    """
    taken: list[str] = []

    def lines() -> Iterator[str]:
        size = 0
        while size <= LARGEST and (line := rows.next_line()) is not None:
            taken.append(line)
            size += len(line)
            yield line

    try:
        cells = next(csv.reader(lines(), delimiter=header.delimiter, strict=True), None)
        wrong = _wrong(cells, header) if cells is not None else ""
    except csv.Error as error:
        cells, wrong = None, f'its quotes do not close ({error}); write "" for a quote in a cell'
    if wrong:
        rows.put_back(taken[1:])
        cells = _unquoted(taken[0], header)
        if cells is None:
            raise _BadRowError(wrong)
    return _Record(cells, len(taken)) if cells is not None else None


def _wrong(cells: list[str], header: Header) -> str:
    """What shows that a record is not one row of the table, or nothing."""
    if len(cells) > len(header.columns):
        return (
            f"{len(cells)} cells for {len(header.columns)} columns; "
            "put quotes round cells that hold the separator"
        )
    for name, cell in zip(header.columns, cells, strict=False):
        most = _TITLE_LINES if name == "title" else 1
        if name in FIELDS and name != "text" and len(cell.strip().splitlines()) > most:
            return f"its {name} runs over several lines: a quote before it is not closed"
    return ""


def _unquoted(line: str, header: Header) -> list[str] | None:
    """The cells of a line whose quotes are plain signs, as tables with tabs often have them."""
    cells = line.rstrip("\r\n").split(header.delimiter)
    fits = header.delimiter == "\t" and len(cells) == len(header.columns)
    return cells if fits else None


def _article(
    record: _Record, header: Header, source: str, name: str, number: int, told: set[str]
) -> Article:
    cells, note = _decoded(record.cells, source, number)
    row = dict(zip(header.columns, cells, strict=False))
    text = row.pop("text", None)
    if text is None:
        message = f"{len(cells)} cells for {len(header.columns)} columns, and none for the text"
        raise SourceError(source, "no-text", message, number)
    fields = {field: row.pop(field, "").strip() for field in FIELDS if field != "text"}
    doc = fields.pop("doc") or name
    issues = []
    if note and note not in told:
        told.add(note)
        issues.append(Issue("warning", "encoding", f"{note} (told once)", source, number))
    extra = {key: value for key, value in row.items() if value.strip()}
    return Article(doc=doc, text=text, source=source, extra=extra, issues=tuple(issues), **fields)


def _decoded(cells: list[str], source: str, number: int) -> tuple[list[str], str]:
    """The cells in the character set of their row, and a note where that is not UTF-8."""
    joined = _BETWEEN.join(cells)
    if joined.isascii() or not any("\udc80" <= char <= "\udcff" for char in joined):
        return cells, ""
    plain = _BETWEEN.join(cell.replace(_BETWEEN, " ") for cell in cells)
    decoded = decode(plain.encode("utf-8", "surrogateescape"), source, number)
    return decoded.text.split(_BETWEEN), decoded.note
