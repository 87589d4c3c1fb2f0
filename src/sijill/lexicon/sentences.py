"""An event in one sentence: patterns whose parts fall away where nobody tells what they need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import Row, did_you_mean, knowledge_dir, read_table

COLUMNS = ("type", "english", "noun", "arabic")
NAME_COLUMNS = ("id", "english", "arabic")
Form = Literal["english", "noun", "arabic"]
FORMS: tuple[Form, ...] = ("english", "noun", "arabic")
#: How the rows begin that join a sentence with its status, days and figures.
PART = "part:"
#: What a dispute can be about that a sentence would else decide.
DISPUTED = ("who", "whom", "what", "where", "when", "whether")
PARTS: dict[str, set[str]] = {
    **{field: set() for field in DISPUTED},
    "disputed": {"said", "fields"},
    **{status: {"said"} for status in ("occurred", "ongoing", "planned", "possible", "denied")},
    "day": {"said", "day"},
    "days": {"said", "first", "last"},
    "figures": {"said", "figures"},
    "end": {"said"},
}
_SLOTS = frozenset({"actor", "target", "place"})
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w*)\}")


class Pattern(msgspec.Struct, frozen=True):
    """How one type of event, or one part of a sentence, is said."""

    english: str
    noun: str
    arabic: str


class Sentences(msgspec.Struct, frozen=True):
    """Patterns by type, parts by name, and sides as sentences name them: English, Arabic."""

    patterns: dict[str, Pattern]
    parts: dict[str, Pattern]
    names: dict[str, tuple[str, str]]

    def said(self, type: str, form: Form, known: Collection[str]) -> str:
        """What is said of a type of event where the slots ``known`` can be filled.

        The slots still stand in it, for ``str.format``. Nothing where the type has no pattern.
        """
        pattern = self.patterns.get(type)
        return chosen(getattr(pattern, form), known) if pattern else ""

    def part(self, name: str, form: Form) -> str:
        """The pattern that joins a sentence with one of its parts."""
        return str(getattr(self.parts[name], form))


def chosen(pattern: str, known: Collection[str]) -> str:
    """``pattern`` with, of each choice, the first part whose slots are all known.

    >>> chosen("[{actor} advanced/Forces advanced][ in {place}]", {"place"})
    'Forces advanced in {place}'
    """

    def first(choice: re.Match[str]) -> str:
        parts = choice[1].split("/")
        return next((part for part in parts if set(_SLOT.findall(part)) <= set(known)), "")

    return _CHOICE.sub(first, pattern)


def load_sentences(
    types: Collection[str], faults: list[Fault], folder: Path | None = None
) -> Sentences:
    """Load ``sentences.tsv`` and ``sentence_names.tsv``; each type must have its sentence.

    What is wrong (unknown type or slot, a bracket too many, a type or side left out) is added to
    ``faults`` with file and line.
    """
    folder = folder or knowledge_dir()
    found = Sentences({}, {}, {})
    for row in read_table(folder / "sentences.tsv", COLUMNS, faults):
        _add(row, types, found, faults)
    left_out = sorted({*types} - found.patterns.keys())
    parts_left_out = sorted(PARTS.keys() - found.parts.keys())
    _miss("sentences.tsv", [*left_out, *(PART + one for one in parts_left_out)], faults)
    for row in read_table(folder / "sentence_names.tsv", NAME_COLUMNS, faults):
        found.names[row["id"]] = row["english"], row["arabic"]
    core = {row["id"] for row in read_table(knowledge_dir() / "core_actors.tsv", ["id"], faults)}
    _miss("sentence_names.tsv", sorted(core - found.names.keys()), faults)
    for ident in sorted(found.names.keys() - core):
        message = f"unknown actor {ident!r}{did_you_mean(ident, sorted(core))}"
        faults.append(Fault("sentence_names.tsv", 1, message))
    return found


def _miss(file: str, left_out: Iterable[str], faults: list[Fault]) -> None:
    faults.extend(Fault(file, 1, f"no line for {one!r}; add one") for one in left_out)


def _add(row: Row, types: Collection[str], found: Sentences, faults: list[Fault]) -> None:
    name = row["type"]
    part = name.removeprefix(PART)
    known = PARTS if name.startswith(PART) else dict.fromkeys(types, _SLOTS)
    if part not in known:
        message = f"unknown type {name!r}{did_you_mean(part, sorted(known))}"
        faults.append(Fault(row.file, row.line, message))
        return
    for form in FORMS:
        faults.extend(
            Fault(row.file, row.line, f"{form}: {what}")
            for what in _wrong(row[form], frozenset(known[part]))
        )
    where = found.parts if name.startswith(PART) else found.patterns
    where[part] = Pattern(*(row[form] for form in FORMS))


def _wrong(pattern: str, slots: frozenset[str]) -> list[str]:
    """What is wrong in a pattern, each in words."""
    faults = [
        f"unknown slot {{{slot}}}{did_you_mean(slot, sorted(slots))}"
        for slot in _SLOT.findall(pattern)
        if slot not in slots
    ]
    if re.search(r"[\[\]]", _CHOICE.sub("", pattern)):
        faults.append("a bracket is not closed, or stands in another one")
    if not chosen(pattern, slots).strip():
        faults.append("it says nothing")
    return faults
