"""Which column of a table of articles is which, by its heading in English or Arabic."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import knowledge_dir, raise_faults, read_table
from sijill.text.fold import fold

FIELDS = ("doc", "title", "text", "published", "outlet", "url")
#: What separates the cells of the tables that spreadsheets write, the commonest first.
DELIMITERS = (",", "\t", ";", "|")

_APART = str.maketrans("_-.", "   ")
#: No heading is longer; what is, is a text, and the file has no headings.
_LONGEST_HEADING = 80


class Header(msgspec.Struct, frozen=True):
    """The headings of a table: what separates cells, the field of each column or its own name.

    ``repeated`` are headings whose field another column before them has.
    """

    delimiter: str
    columns: tuple[str, ...]
    repeated: tuple[str, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether a column holds the articles' text."""
        return "text" in self.columns


@lru_cache(maxsize=1)
def load_columns(path: Path | None = None) -> dict[str, str]:
    """Load ``knowledge/columns.tsv``: from heading, folded, to field.

    Raises:
        KnowledgeError: with every fault.
    """
    faults: list[Fault] = []
    fields: dict[str, str] = {}
    for row in read_table(path or knowledge_dir() / "columns.tsv", ("field", "names"), faults):
        if row["field"] not in FIELDS:
            faults.append(Fault(row.file, row.line, f"field is one of {', '.join(FIELDS)}"))
        for name in map(_heading, row.many("names")):
            if fields.setdefault(name, row["field"]) != row["field"]:
                message = f"{name!r} is a heading of {fields[name]!r} already"
                faults.append(Fault(row.file, row.line, message))
    raise_faults(faults)
    return fields


def read_header(line: str) -> Header:
    """The headings on ``line``, cut by the separator that shows the most known ones."""
    return max((_cut(line, delimiter) for delimiter in DELIMITERS), key=_known)


def name_columns(names: Sequence[str]) -> Header:
    """The headings of a table that is no text."""
    return _header(names, "")


def _cut(line: str, delimiter: str) -> Header:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return _header(cells, delimiter)


def _header(cells: Sequence[str], delimiter: str) -> Header:
    known, repeated = load_columns(), []
    columns: dict[str, None] = {}
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split())
        field = known.get(_heading(name), name or f"column {number}")
        if field in columns:
            repeated.append(name)
            field = name
        while field in columns:
            field = f"{field} ({number})"
        columns[field] = None
    return Header(delimiter, tuple(columns), tuple(repeated))


def _known(header: Header) -> tuple[int, int]:
    return len(set(header.columns) & set(FIELDS)), len(header.columns)


def _heading(name: str) -> str:
    """A heading as it is compared: folded, without spaces, ``_`` and ``-``."""
    if len(name) > _LONGEST_HEADING:
        return ""
    return "".join(fold(name).translate(_APART).split())
