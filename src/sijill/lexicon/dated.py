"""Happenings and offices with their days: what dates a text that carries no date."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.number_tables import clitics, with_clitics
from sijill.lexicon.tables import Row, did_you_mean, knowledge_dir, read_table

_KINDS = ["start", "done"]


class DatedEvent(msgspec.Struct, frozen=True):
    """A happening: its day, whether days are counted from it, the words that name it."""

    name: str
    day: date
    start: bool
    groups: tuple[frozenset[str], ...]
    where: str


class Office(msgspec.Struct, frozen=True):
    """A person in an office from one day to another; ``titles`` are words that stand nearby."""

    person: str
    titles: frozenset[str]
    first: date
    last: date
    where: str


class DatedTables(msgspec.Struct, frozen=True):
    """Happenings by any word of their last group, and offices by the person's name."""

    events: dict[str, tuple[DatedEvent, ...]]
    offices: dict[str, tuple[Office, ...]]


def load_dated(faults: list[Fault], folder: Path | None = None) -> DatedTables:
    """Read both tables; what is wrong goes to ``faults``."""
    folder = folder or knowledge_dir()
    prefixes = clitics(folder)
    events: dict[str, list[DatedEvent]] = defaultdict(list)
    for row in read_table(folder / "dated_events.tsv", ["event", "day", "kind", "words"], faults):
        if (event := _event(row, prefixes, faults)) is not None:
            for word in min(event.groups, key=len):
                events[word].append(event)
    offices: dict[str, list[Office]] = defaultdict(list)
    columns = ["person", "titles", "from", "to"]
    for row in read_table(folder / "dated_offices.tsv", columns, faults):
        if (office := _office(row, prefixes, faults)) is not None:
            for spelt in _spellings(row["person"], prefixes):
                offices[spelt].append(office)
    return DatedTables(
        {w: tuple(e) for w, e in events.items()}, {w: tuple(o) for w, o in offices.items()}
    )


def _spellings(cell: str, prefixes: list[str]) -> frozenset[str]:
    words = [word.strip() for word in cell.split("|")]
    return frozenset(spelt for word in words for spelt, _ in with_clitics(word, prefixes))


def _event(row: Row, prefixes: list[str], faults: list[Fault]) -> DatedEvent | None:
    if row["kind"] not in _KINDS:
        hint = did_you_mean(row["kind"], _KINDS)
        faults.append(Fault(row.file, row.line, f"unknown kind {row['kind']!r}{hint}"))
    day = _day(row, "day", faults)
    groups = tuple(_spellings(group, prefixes) for group in row["words"].split(";"))
    start = row["kind"] == "start"
    return None if day is None else DatedEvent(row["event"], day, start, groups, row.where)


def _office(row: Row, prefixes: list[str], faults: list[Fault]) -> Office | None:
    first, last = _day(row, "from", faults), _day(row, "to", faults)
    titles = _spellings(row["titles"], prefixes)
    if first is None or last is None:
        return None
    return Office(row.many("person")[0], titles, first, last, row.where)


def _day(row: Row, column: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        faults.append(Fault(row.file, row.line, f"{row[column]!r} is no day; write 2016-10-17"))
        return None
