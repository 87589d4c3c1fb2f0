"""CSV that is safe to open in a spreadsheet, one line at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from sijill.publish.flat import Cell

#: Between several values of one cell, as in every table of Sijill.
BETWEEN = " | "
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


class SafeCsv:
    """A CSV file (RFC 4180): UTF-8, CRLF at line ends, cells quoted where they must be."""

    def __init__(self, path: Path, columns: Sequence[str], bom: bool = False) -> None:
        encoding = "utf-8-sig" if bom else "utf-8"
        self._stream = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")
        self._writer.writerow(columns)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row."""
        self._writer.writerow([cell_text(cell) for cell in cells])

    def close(self) -> None:
        """Write what is still held, and close."""
        self._stream.close()


def cell_text(cell: Cell) -> str:
    """A cell as text: nothing for nothing, numbers as they are, texts that start no formula."""
    if cell is None:
        return ""
    if isinstance(cell, (int, float)):
        return repr(cell)
    return disarmed(BETWEEN.join(cell) if isinstance(cell, tuple) else cell)


def disarmed(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would run it as a formula.

    A text that starts with apostrophes and then a sign gets one more, so that taking one away
    gives back what was there.
    """
    return f"'{text}" if _FORMULA.match(text) else text
