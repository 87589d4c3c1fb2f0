"""Reads words: every form of every known verb and noun, with what may be written on to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from pathlib import Path

from sijill.errors import Fault
from sijill.lexicon.conjugate import conjugate, load_grammar, read_verbs
from sijill.lexicon.decline import decline, read_nouns
from sijill.lexicon.forms import BOUND, Form, FormTable
from sijill.lexicon.tables import knowledge_dir, read_table
from sijill.lexicon.words import Analysis, CliticTable, Lead, load_clitics
from sijill.text.fold import fold
from sijill.text.letters import LAM
from sijill.text.memo import Memo


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
