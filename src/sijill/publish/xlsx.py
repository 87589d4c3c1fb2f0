"""XLSX: sheets from right to left with events, members, the codebook, and the account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from sijill.lexicon.labels import load_labels
from sijill.publish.bundle import Meta
from sijill.publish.flat import (
    EVENT_COLUMNS,
    MEMBER_COLUMNS,
    Cell,
    Column,
    Row,
    event_row,
    member_rows,
)
from sijill.publish.parts import Files
from sijill.publish.safe_csv import BETWEEN
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.writer import needed

#: What a sheet and a cell of Excel can hold.
SHEET_ROWS, CELL_CHARACTERS = 1_048_576, 32_767
_EXPLAINED = ("column", "type", "status", "standing", "figure", "place_status")
_NO_DAY = "1980-01-01"
#: Excel counts days from here; earlier ones stay text.
_FIRST_DAY = "1900-03-01"


class XlsxWriter:
    """Rows go to disk as they come; a full sheet is followed by another of the same name."""

    def __init__(self, files: Files, tally: Tally) -> None:
        library = needed("xlsxwriter", "xlsx", "XLSX")
        self._tally, self._failed = tally, library.exceptions.XlsxWriterException
        self._book: Any = library.Workbook(
            str(files.main),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            },
        )
        self._head = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._events = _Sheets(self, "Events", EVENT_COLUMNS)
        self._members = _Sheets(self, "Members", MEMBER_COLUMNS)

    def add(self, item: Item) -> None:
        """Write an event and its members."""
        ident = item.bundle.event.id
        self._events.row(event_row(item.bundle), ident)
        for row in member_rows(item.bundle):
            self._members.row(row, ident)
        self._tally.wrote(len(item.bundle.testimonies))

    def finish(self, meta: Meta) -> None:
        """Write the codebook and the account, and close."""
        codebook = self.sheet("Codebook", ("kind", "id", "english", "arabic"))
        for number, texts in enumerate(_codebook(), 1):
            _write_texts(codebook, number, texts)
        about = self.sheet("About", ("what", "value", "", ""))
        for number, texts in enumerate(_account(meta), 1):
            _write_texts(about, number, texts)
        made = datetime.fromisoformat(meta.last_told or _NO_DAY)
        self._book.set_properties({"created": made, "comments": meta.licence})
        self._close()

    def abandon(self) -> None:
        """Close so that the rows written so far can be read."""
        self._close()

    def _close(self) -> None:
        """Pack the sheets into the file; what the library cannot write, the disk could not."""
        try:
            self._book.close()
        except self._failed as error:
            raise OSError(f"the file cannot be written: {error}") from error

    def sheet(self, name: str, columns: tuple[str, ...]) -> Any:
        """A new sheet from right to left, its head frozen."""
        sheet = self._book.add_worksheet(name)
        sheet.right_to_left()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, max(len(columns) - 1, 0), 18)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, self._head)
        return sheet

    def write(self, sheet: Any, row: int, place: int, kind: str, cell: Cell) -> bool:
        """Write one cell by its kind; false where it had to be cut."""
        if cell is None or cell == () or cell == "":
            return True
        if isinstance(cell, (int, float)):
            sheet.write_number(row, place, cell)
            return True
        if kind == "day" and isinstance(cell, str) and cell >= _FIRST_DAY:
            sheet.write_datetime(row, place, date.fromisoformat(cell), self._day)
            return True
        text = BETWEEN.join(cell) if isinstance(cell, tuple) else cell
        sheet.write_string(row, place, text[:CELL_CHARACTERS])
        return len(text) <= CELL_CHARACTERS

    def cut(self, ident: str) -> None:
        """Count a cell that was too long."""
        self._tally.lose("cell_cut", ident)


class _Sheets:
    """The rows of one table over as many sheets as they need."""

    def __init__(self, book: XlsxWriter, name: str, columns: tuple[Column, ...]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._number, self._row = 0, 0
        self._sheet: Any = None
        self._next()

    def _next(self) -> None:
        self._number, self._row = self._number + 1, 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = self._book.sheet(name, tuple(one.name for one in self._columns))

    def row(self, cells: Row, ident: str) -> None:
        """Write a row about the event ``ident``."""
        if self._row >= SHEET_ROWS:
            self._next()
        for place, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            if not self._book.write(self._sheet, self._row, place, column.kind, cell):
                self._book.cut(ident)
        self._row += 1


def _codebook() -> Iterator[tuple[str, ...]]:
    """What the columns and the words in them mean, in both languages."""
    for (kind, ident), (english, arabic) in load_labels().pairs.items():
        if kind in _EXPLAINED:
            yield kind, ident, english, arabic


def _account(meta: Meta) -> Iterator[tuple[str, ...]]:
    """The account as rows; a loss with its count and both of its wordings."""
    for name, value in msgspec.to_builtins(meta).items():
        if name not in ("losses", "files", "extensions"):
            yield name, str(value)
    for loss in meta.losses:
        yield f"loss: {loss.kind}", str(loss.count), loss.english, loss.arabic


def _write_texts(sheet: Any, row: int, texts: tuple[str, ...]) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text)
