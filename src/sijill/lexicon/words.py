"""What an Arabic word may be: its lemma and form, with what is written on to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.forms import Form
from sijill.lexicon.tables import Row, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import LAM

__all__ = ["Analysis", "CliticTable", "Form", "Lead", "load_clitics"]

_CLITIC_COLUMNS = ("word", "slot", "host", "tense")
_HOSTS = ("verb", "nominal", "both", "none")


class Analysis(msgspec.Struct, frozen=True, gc=False):
    """One reading of a word: the form, with what is written in front of it and behind."""

    form: Form
    before: tuple[str, ...] = ()
    article: bool = False
    after: str = ""


class Lead(msgspec.Struct, frozen=True):
    """One way to read the letters in front of a form, and what forms it may stand before.

    ``melts`` marks the preposition l, into which the article of a word in l goes without a trace.
    """

    before: tuple[str, ...]
    article: bool
    host: str
    tense: str = ""
    melts: bool = False

    def suits(self, form: Form) -> bool:
        """Whether ``form`` can follow."""
        if (form.pos == "verb") != (self.host == "verb"):
            return False
        if self.tense and form.tense != self.tense:
            return False
        return not (self.article and form.state)


class CliticTable(msgspec.Struct, frozen=True):
    """All strings that may be written in front of a word or behind it.

    ``after`` names the hosts of each pronoun.
    """

    leads: dict[str, tuple[Lead, ...]]
    after: dict[str, frozenset[str]]


def load_clitics(faults: list[Fault], path: Path | None = None) -> CliticTable:
    """Read the table of clitics and work out every string they may form in front of a word."""
    rows = read_table(path or knowledge_dir() / "clitics.tsv", _CLITIC_COLUMNS, faults)
    for row in rows:
        if row["host"] not in _HOSTS:
            faults.append(Fault(row.file, row.line, f"host is one of {', '.join(_HOSTS)}"))
    leads: dict[str, list[Lead]] = {}
    for lead in (*_verb_leads(rows), *_nominal_leads(rows)):
        leads.setdefault(_front(lead, rows), []).append(lead)
    return CliticTable(
        {front: tuple(found) for front, found in leads.items()},
        {fold(row["word"]): _hosts(row) for row in rows if row["slot"] == "9"},
    )


def _hosts(row: Row) -> frozenset[str]:
    return frozenset(("verb", "nominal") if row["host"] == "both" else (row["host"],))


def _slot(rows: list[Row], slot: str, host: str) -> list[Row]:
    return [row for row in rows if row["slot"] == slot and host in _hosts(row)]


def _verb_leads(rows: list[Row]) -> Iterator[Lead]:
    for first in ("", *(fold(row["word"]) for row in _slot(rows, "1", "verb"))):
        before = (first,) if first else ()
        yield Lead(before, False, "verb")
        for row in _slot(rows, "2", "verb"):
            yield Lead((*before, fold(row["word"])), False, "verb", row["tense"])


def _nominal_leads(rows: list[Row]) -> Iterator[Lead]:
    firsts = ("", *(fold(row["word"]) for row in _slot(rows, "1", "nominal")))
    seconds = ("", *(fold(row["word"]) for row in _slot(rows, "2", "nominal")))
    for first, second, article in product(firsts, seconds, (False, True)):
        before = tuple(word for word in (first, second) if word)
        yield Lead(before, article, "nominal", melts=second == LAM and not article)


def _front(lead: Lead, rows: list[Row]) -> str:
    """How a lead is spelt: the article loses its alef behind the preposition l."""
    front = "".join(lead.before)
    if not lead.article:
        return front
    article = next(fold(row["word"]) for row in _slot(rows, "3", "nominal"))
    return front + (article[1:] if lead.before[-1:] == (LAM,) else article)
