"""Knowledge files as typed rows that remember their file and line."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import msgspec

from sijill.errors import Fault, KnowledgeError
from sijill.text.letters import ALLOWED

_SUSPECT = re.compile(f"[^\\x00-\\x7f{re.escape(''.join(sorted(ALLOWED)))}]")


class Row(msgspec.Struct, frozen=True, gc=False):
    """One line of a table: its cells by column name."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> list[str]:
        """The values of a cell that holds several, separated by ``|``."""
        return [part.strip() for part in self.cells[column].split("|") if part.strip()]

    @property
    def where(self) -> str:
        """``file:line``, as traces and errors print it."""
        return f"{self.file}:{self.line}"


def knowledge_dir() -> Path:
    """The folder of the packaged knowledge."""
    return Path(str(resources.files("sijill").joinpath("knowledge")))


def short_name(path: Path) -> str:
    """``path`` as faults and traces name it: below the knowledge, or the bare file name."""
    home = knowledge_dir()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else path.name


def read_table(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[Row]:
    """Read a TSV file whose first line names exactly ``columns``.

    Lines that start with ``#`` and empty lines are passed over; missing cells at the end of a line
    are empty. Whatever is wrong (unknown column, too many cells, a letter outside the allowed
    table) is added to ``faults`` with file and line.
    """
    name = short_name(path)
    if not path.is_file():
        faults.append(Fault(name, 1, "this file of the knowledge is missing"))
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t") if lines else []
    for column in header:
        if column not in columns:
            faults.append(
                Fault(name, 1, f"unknown column {column!r}{did_you_mean(column, columns)}")
            )
    missing = [column for column in columns if column not in header]
    if missing:
        faults.append(Fault(name, 1, f"missing column(s): {', '.join(missing)}"))
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            faults.append(Fault(name, number, f"{len(cells)} cells for {len(header)} columns"))
            continue
        cells += [""] * (len(header) - len(cells))
        faults.extend(letter_faults(name, number, line))
        rows.append(Row(name, number, dict(zip(header, map(str.strip, cells), strict=True))))
    return rows


def letter_faults(name: str, number: int, text: str) -> list[Fault]:
    """Letters outside the allowed table, each named, so that no look-alike enters unseen."""
    return [
        Fault(
            name, number, f"letter U+{ord(c):04X} {unicodedata.name(c, 'unnamed')} is not allowed"
        )
        for c in _SUSPECT.findall(text)
        if not _latin(c)
    ]


def _latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN ")


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``; did you mean 'x'?`` for the nearest of ``known``, or nothing."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def raise_faults(faults: list[Fault]) -> None:
    """Raise all ``faults`` at once, if there are any."""
    if faults:
        raise KnowledgeError(faults)
