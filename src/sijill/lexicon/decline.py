"""The forms of Arabic nouns and adjectives, in unvocalised, folded spelling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.forms import BOUND, Form, FormTable
from sijill.lexicon.spelling import ON_ALEF, ON_WAW, ON_YEH, fold_letters
from sijill.lexicon.tables import did_you_mean, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import (
    ALEF,
    ALEF_MAKSURA,
    BARE_HAMZA,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)

NOUN_COLUMNS = ("lemma", "plurals", "gender", "gloss", "hint")

_GENDERS = ("m", "f", "mf")
_NOON = "\u0646"
_PLURAL_MASCULINE, _PLURAL_OBLIQUE, _PLURAL_FEMININE = WAW + _NOON, YEH + _NOON, ALEF + TEH
_DUALS = ((ALEF + _NOON, ""), (YEH + _NOON, ""), (ALEF, "construct"), (YEH, "construct"))
#: Endings that take no alef in the indefinite accusative.
_NO_ACCUSATIVE = frozenset((TEH_MARBUTA, ALEF_MAKSURA, ALEF, ON_ALEF))
#: A hamza at the end of a noun changes its seat with the case before a pronoun.
_SEATS = {BARE_HAMZA: (BARE_HAMZA, ON_WAW, ON_YEH), ON_ALEF: (ON_ALEF, ON_WAW, ON_YEH)}


class Shape(msgspec.Struct, frozen=True):
    """One declined form: its folded spelling (``BOUND`` behind before a pronoun) and what it is."""

    spelling: str
    gender: str
    number: str
    state: str = ""


class Noun(msgspec.Struct, frozen=True):
    """One noun or adjective: its id, its ordinary spelling, plurals and gender."""

    lemma: str
    word: str
    plurals: tuple[str, ...]
    gender: str


def read_nouns(faults: list[Fault], path: Path | None = None) -> list[Noun]:
    """Read the table of nouns; gender ``mf`` is an adjective that inflects for both."""
    nouns: dict[str, Noun] = {}
    for row in read_table(path or knowledge_dir() / "nouns.tsv", NOUN_COLUMNS, faults):
        lemma, gender = fold(row["lemma"]), row["gender"]
        if gender not in _GENDERS:
            message = f"unknown gender {gender!r}{did_you_mean(gender, _GENDERS)}"
            faults.append(Fault(row.file, row.line, message))
        if lemma in nouns:
            faults.append(Fault(row.file, row.line, f"noun {row['lemma']!r} stands here twice"))
        word = row["lemma"].rstrip("0123456789")
        nouns[lemma] = Noun(lemma, word, tuple(row.many("plurals")), gender)
    return list(nouns.values())


def decline(noun: Noun, table: FormTable) -> None:
    """Add all forms of ``noun`` to ``table``."""
    adjectival = noun.gender == "mf"
    pos, gender = ("adj", "m") if adjectival else ("noun", noun.gender)
    if adjectival:
        shapes = [*adjective(noun.word, sound=not noun.plurals)]
    else:
        # What has no plural is not counted, so it has no dual either.
        shapes = [*singular(noun.word, gender), *(dual(noun.word, gender) if noun.plurals else ())]
    for word in noun.plurals:
        shapes.extend(plural(word, gender))
    add_shapes(noun.lemma, pos, shapes, table)


def add_shapes(lemma: str, pos: str, shapes: list[Shape], table: FormTable) -> None:
    """Add ``shapes`` to ``table`` as forms of ``lemma``."""
    for s in shapes:
        table.add(s.spelling, Form(lemma, pos, "", 0, s.gender, s.number, "", s.state))


def singular(word: str, gender: str, number: str = "s", bare: bool = False) -> Iterator[Shape]:
    """The word itself, its indefinite accusative, and what it becomes before a pronoun.

    A ``bare`` word takes no ending in the accusative.
    """
    folded, last = fold_letters(word), word[-1]
    yield Shape(folded, gender, number)
    if last == BARE_HAMZA and word[-2] == YEH:
        yield Shape(f"{folded[:-1]}{YEH}{ALEF}", gender, number)
    elif not bare and last not in _NO_ACCUSATIVE and not word.endswith(ALEF + BARE_HAMZA):
        yield Shape(folded + ALEF, gender, number)
    for bound in _before_pronoun(word):
        yield Shape(fold_letters(bound) + BOUND, gender, number)


def _before_pronoun(word: str) -> tuple[str, ...]:
    stem, last = word[:-1], word[-1]
    if last == TEH_MARBUTA:
        return (stem + TEH,)
    if last == ALEF_MAKSURA:
        return (stem + ALEF,)
    return tuple(stem + seat for seat in _SEATS.get(last, (last,)))


def dual(word: str, gender: str, construct: bool = True) -> Iterator[Shape]:
    """Both cases of the dual, with and without the final n."""
    stem = word
    if word[-1] == TEH_MARBUTA:
        stem = word[:-1] + TEH
    elif word[-1] == ALEF_MAKSURA:
        stem = word[:-1] + YEH
    for suffix, state in _DUALS if construct else _DUALS[:2]:
        spelling = _join(stem, suffix)
        yield Shape(spelling, gender, "d", state)
        if state:
            yield Shape(spelling + BOUND, gender, "d", state)


def plural(word: str, gender: str) -> Iterator[Shape]:
    """A plural as the table gives it: sound ones in every case, broken ones like a singular."""
    if word.endswith(_PLURAL_MASCULINE):
        yield from plural_masculine(word[:-2])
    elif word.endswith(_PLURAL_FEMININE):
        yield from _with_pronoun(fold_letters(word), gender)
    else:
        # The pattern with a long a after two consonants takes no ending in the accusative.
        yield from singular(word, gender, "p", bare=len(word) >= 5 and word[2] == ALEF)


def plural_masculine(stem: str) -> Iterator[Shape]:
    """The sound masculine plural of a stem, in both cases, with and without the final n."""
    for suffix in (_PLURAL_MASCULINE, _PLURAL_OBLIQUE):
        spelling = _join(stem, suffix)
        yield Shape(spelling, "m", "p")
        yield Shape(spelling[:-1], "m", "p", "construct")
        yield Shape(spelling[:-1] + BOUND, "m", "p", "construct")


def plural_feminine(stem: str, gender: str = "f") -> Iterator[Shape]:
    """The sound feminine plural of a stem."""
    yield from _with_pronoun(_join(stem, _PLURAL_FEMININE), gender)


def _with_pronoun(spelling: str, gender: str) -> Iterator[Shape]:
    yield Shape(spelling, gender, "p")
    yield Shape(spelling + BOUND, gender, "p")


def adjective(word: str, sound: bool = True, defective: bool = False) -> Iterator[Shape]:
    """Both genders and all numbers of an adjective or participle.

    ``sound`` tells that it has the sound masculine plural; ``defective``, that its final i falls.
    """
    # Of a final long a the plural drops it, and everything else turns it into y.
    final_a = word[-1] == ALEF_MAKSURA
    stem = word[:-1] + YEH if final_a else word
    feminine = word[:-1] + ALEF + TEH_MARBUTA if final_a else word + TEH_MARBUTA
    yield from singular(word, "m")
    if defective:
        yield Shape(fold_letters(word[:-1]), "m", "s")
    yield from dual(word, "m")
    yield from singular(feminine, "f")
    yield from dual(feminine, "f")
    yield from plural_feminine(stem)
    if sound:
        yield from plural_masculine(word[:-1] if final_a or defective else word)


def _join(stem: str, suffix: str) -> str:
    """Stem and ending, folded; two alefs, the first with a hamza, are one letter."""
    if stem[-1] == ON_ALEF and suffix[0] == ALEF:
        suffix = suffix[1:]
    return fold_letters(stem + suffix)


def nisba_forms(stem: str) -> frozenset[str]:
    """All spellings of a name that inflects like an adjective, folded, without pronouns.

    >>> sorted(nisba_forms("\u062d\u0648\u062b\u064a"), key=len)[0]
    '\u062d\u0648\u062b\u064a'
    """
    shapes = adjective(stem)
    return frozenset(shape.spelling for shape in shapes if not shape.spelling.endswith(BOUND))
