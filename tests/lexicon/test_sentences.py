"""Every type of event is a sentence, whatever of it is known; what is wrong in a table is told."""

from __future__ import annotations

import re
from itertools import chain, combinations
from pathlib import Path

import pytest

from sijill.errors import Fault
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.sentences import FORMS, Form, chosen, load_sentences
from sijill.lexicon.tables import knowledge_dir

SLOTS = ("actor", "target", "place")
KNOWN = list(chain.from_iterable(combinations(SLOTS, n) for n in range(4)))


def packaged(name: str) -> str:
    return (knowledge_dir() / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("known", KNOWN, ids=" ".join)
@pytest.mark.parametrize("form", FORMS)
def test_every_type_is_said_with_what_is_known(form: Form, known: tuple[str, ...]) -> None:
    knowledge = load_knowledge()
    for kind in knowledge.types:
        said = knowledge.sentences.said(kind, form, known)
        assert set(re.findall(r"\{(\w+)\}", said)) <= set(known), said
        assert said.strip() == said and "  " not in said and "[" not in said, said


def test_no_name_of_a_side_is_a_nominative_plural() -> None:
    """What stands behind a preposition or a verbal noun is a genitive."""
    plurals = {"المسلحون", "الحوثيون", "المدنيون", "مسؤولون", "المقاتلون", "مجهولون"}
    for _, arabic in load_knowledge().sentences.names.values():
        assert not plurals & set(arabic.split()), arabic


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (("actor", "place"), "{actor} held {place}."),
        (("place",), "{place} was held."),
        ((), "."),
    ],
)
def test_the_first_part_that_can_be_told_is_told(known: tuple[str, ...], said: str) -> None:
    assert chosen("[{actor} held {place}/{place} was held].", known) == said


def faults_with(tmp_path: Path, old: str, new: str) -> list[str]:
    for name in ("sentences.tsv", "sentence_names.tsv"):
        text = packaged(name)
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    faults: list[Fault] = []
    load_sentences(load_knowledge().types, faults, tmp_path)
    return [str(fault) for fault in faults]


def test_the_packaged_tables_have_no_fault(tmp_path: Path) -> None:
    assert faults_with(tmp_path, "", "") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("deployment\t", "deploiment\t", "did you mean 'deployment'?"),
        ("People were displaced[", "People were displaced[[", "a bracket is not closed"),
        ("[ in {place}]\tdisplacement", "[ in {where}]\tdisplacement", "unknown slot {where}"),
        ("part:end\t", "part:and\t", "no line for 'part:end'"),
        ("hamas\t", "hamaz\t", "unknown actor 'hamaz'; did you mean 'hamas'?"),
    ],
)
def test_what_is_wrong_in_a_table_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    found = faults_with(tmp_path, old, new)
    assert any(told in fault for fault in found)
