"""What an Arabic word may be: its lemma and form, with what is written on to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.conjugate import conjugate, load_grammar, read_verbs
from sijill.lexicon.decline import decline, read_nouns
from sijill.lexicon.forms import BOUND, Form, FormTable
from sijill.lexicon.tables import Row, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import LAM
from sijill.text.memo import Memo

__all__ = ["Analyser", "Analysis", "CliticTable", "Form", "Lead", "load_clitics", "load_words"]

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


class Analyser:
    """Reads words with the help of all known forms; remembers every word it has read."""

    def __init__(self, forms: Mapping[str, tuple[Form, ...]], clitics: CliticTable) -> None:
        self._forms, self._clitics = forms, clitics
        self._leads: dict[str, list[str]] = {}
        for lead in sorted(filter(None, clitics.leads), key=lambda lead: (len(lead), lead)):
            self._leads.setdefault(lead[0], [""]).append(lead)
        #: All readings of a folded word; third persons, and the least written on to, come first.
        self.analyse: Callable[[str], tuple[Analysis, ...]] = Memo(self._all_readings).__getitem__

    def _all_readings(self, word: str) -> tuple[Analysis, ...]:
        leads, forms, hosts = self._clitics.leads, self._forms, self._clitics.after
        ends = [end for end in (word[-1:], word[-2:], word[-3:]) if end in hosts and end != word]
        found: list[Analysis] = []
        for front in self._leads.get(word[:1], ("",)):
            if not word.startswith(front):
                continue
            rest = word[len(front) :]
            if rest in forms:
                found += self._standing_free(rest, leads[front])
            for after in ends:
                if (stem := rest[: -len(after)] + BOUND) in forms:
                    found += self._with_pronoun(stem, after, leads[front])
        if len(found) < 2:  # most words: nothing to put in order
            return tuple(found)
        return tuple(sorted(dict.fromkeys(found), key=_rarity))

    def _standing_free(self, rest: str, leads: tuple[Lead, ...]) -> Iterator[Analysis]:
        for form, lead in product(self._forms[rest], leads):
            if not lead.suits(form):
                continue
            yield Analysis(form, lead.before, lead.article)
            if lead.melts and rest[0] == LAM and not form.state:
                yield Analysis(form, lead.before, True)

    def _with_pronoun(self, stem: str, after: str, leads: tuple[Lead, ...]) -> Iterator[Analysis]:
        hosts = self._clitics.after[after]
        for form, lead in product(self._forms[stem], leads):
            if lead.host in hosts and not lead.article and lead.suits(form):
                yield Analysis(form, lead.before, False, after)


def _rarity(analysis: Analysis) -> tuple[bool, int]:
    """How seldom the press uses such a form, then how much is written on to it."""
    form = analysis.form
    seldom = form.person in (1, 2) or (form.person == 3 and form.gender + form.number == "fp")
    return seldom, len(analysis.before) + analysis.article + bool(analysis.after)


def load_words(faults: list[Fault], folder: Path | None = None) -> Analyser:
    """Build every form of every known verb and noun; what is wrong is added to ``faults``."""
    folder = folder or knowledge_dir()
    table = FormTable()
    grammar = load_grammar(faults, folder)
    for verb in read_verbs(grammar, faults, folder / "verbs.tsv"):
        conjugate(verb, grammar, table)
    for noun in read_nouns(faults, folder / "nouns.tsv"):
        decline(noun, table)
    _bar_forms(table, faults, folder / "not_forms.tsv")
    return Analyser(table.forms(), load_clitics(faults, folder / "clitics.tsv"))


def _bar_forms(table: FormTable, faults: list[Fault], path: Path) -> None:
    """Take away the spellings that are nearly always another word."""
    for row in read_table(path, ("key", "pos", "note"), faults):
        if not table.bar(fold(row["key"]), row["pos"]):
            faults.append(Fault(row.file, row.line, f"no {row['pos']} is spelt {row['key']!r}"))


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
