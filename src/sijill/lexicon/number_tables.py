"""The tables of numbers, built from ``numbers.tsv``, ``hedges.tsv`` and ``months.tsv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sijill.errors import Fault
from sijill.lexicon.tables import Row, did_you_mean, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, LAM, WAW
from sijill.text.number_parts import Hedge, Hedges, NumberTables, NumWord
from sijill.text.tokens import tokenise

__all__ = ["NumberTables", "clitics", "load_number_tables", "with_clitics"]

_TO_THE = LAM + LAM
_PERCENT_SIGN = "\u066a"
_ROLES = [
    "digits",
    "one",
    "two",
    "unit",
    "ten",
    "tens",
    "hundred",
    "hundreds",
    "scale",
    "scales",
    "pair",
    "half_pair",
    "vague",
    "few",
    "fraction",
    "fractions",
    "ordinal",
    "never",
    "prefix",
    "one_after",
]
_SIDES = ["before", "after", "far", "next", "prior"]


def load_number_tables(faults: list[Fault], folder: Path | None = None) -> NumberTables:
    """Read the number words and the words around them; what is wrong goes to ``faults``."""
    folder = folder or knowledge_dir()
    rows = read_table(folder / "numbers.tsv", ["form", "value", "role"], faults)
    hedges = read_table(folder / "hedges.tsv", ["phrase", "side", "effect"], faults)
    months = read_table(folder / "months.tsv", ["name", "month", "calendar", "bare"], faults)
    rows = [row for row in rows if _known(row, "role", _ROLES, faults)]
    hedges = [row for row in hedges if _known(row, "side", _SIDES, faults)]
    return _tables(rows, hedges, months)


def clitics(folder: Path | None = None) -> list[str]:
    """The clitics that number and time words carry."""
    rows = read_table((folder or knowledge_dir()) / "numbers.tsv", ["form", "value", "role"], [])
    return _prefixes(rows)


def _prefixes(rows: list[Row]) -> list[str]:
    return [fold(p) for row in rows if row["role"] == "prefix" for p in row.many("form")]


def _known(row: Row, column: str, known: list[str], faults: list[Fault]) -> bool:
    """Whether a cell holds one of the words it may hold."""
    if row[column] in known:
        return True
    hint = did_you_mean(row[column], known)
    faults.append(Fault(row.file, row.line, f"unknown {column} {row[column]!r}{hint}"))
    return False


def _tables(rows: list[Row], hedges: list[Row], months: list[Row]) -> NumberTables:
    prefixes = _prefixes(rows)
    digits = next((row.where for row in rows if row["role"] == "digits"), "")
    sides = {side: _hedges(hedges, side, prefixes) for side in _SIDES}
    ones = (f for row in rows if row["role"] == "one_after" for f in row.many("form"))
    return NumberTables(
        words=number_words(rows, prefixes),
        digits=NumWord(0, "digits", digits),
        one_after=frozenset(map(fold, ones)),
        particles=frozenset(prefixes),
        months=frozenset(fold(n).split()[0] for row in months for n in row.many("name")),
        **sides,
    )


def number_words(rows: Iterable[Row], prefixes: list[str]) -> dict[str, NumWord]:
    """Every spelling of every number word, bare and with clitics."""
    found: dict[str, NumWord] = {}
    for row in rows:
        if row["role"] in ("digits", "never", "prefix", "one_after"):
            continue
        for form in row.many("form"):
            for spelt, prefix in with_clitics(form, prefixes):
                entry = _number_word(row, prefix)
                # The dual with the article is Monday.
                monday = row["role"] == "two" and entry.definite
                if not monday and (not prefix or spelt not in found):
                    found[spelt] = entry
    for row in rows:
        if row["role"] == "never":
            for form in row.many("form"):
                found.pop(fold(form), None)
    return found


def _number_word(row: Row, prefix: str) -> NumWord:
    bounds = [float(part) for part in row["value"].split()]
    definite = prefix.endswith((ARTICLE, _TO_THE))
    lead = prefix.removeprefix(WAW).removesuffix(ARTICLE)
    return NumWord(
        bounds[0], row["role"], row.where, bounds[-1], prefix.startswith(WAW), definite, bool(lead)
    )


def with_clitics(word: str, prefixes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """``word`` folded, bare and with each clitic that its article, or the lack of one, allows.

    ``word`` is in full spelling: an alef with hamza tells that no article begins it.
    """
    yield fold(word), ""
    stem = word.removeprefix(ARTICLE)
    for prefix in prefixes:
        definite = prefix.endswith((ARTICLE, _TO_THE))
        if stem == word or definite:
            yield prefix + fold(stem), prefix


def _hedges(rows: list[Row], side: str, prefixes: list[str]) -> Hedges:
    """The phrases of one side, longest first, by the word that they are looked up with."""
    clitics = [] if side in ("after", "next") else prefixes
    found: dict[str, list[Hedge]] = {}
    for row in rows:
        if row["side"] == side:
            for words in _phrases(row, clitics):
                key = words[-1] if side == "before" else words[0]
                found.setdefault(key, []).append(Hedge(words, row["effect"], row.where))
    return {key: tuple(sorted(all_, key=_length)) for key, all_ in found.items()}


def _length(hedge: Hedge) -> int:
    return -len(hedge.words)


def _phrases(row: Row, prefixes: list[str]) -> Iterator[tuple[str, ...]]:
    """The phrases of a row, the first word with its clitics; the percent sign in both forms."""
    for phrase in row.many("phrase"):
        words = tokenise(phrase).word
        if words == ["%"]:
            yield (_PERCENT_SIGN,)
        for spelt, _ in with_clitics(phrase.split()[0], prefixes):
            yield (spelt, *words[1:])
