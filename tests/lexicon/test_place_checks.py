"""Rows of places that are refused, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sijill.errors import Fault
from sijill.lexicon.place_checks import check_places
from sijill.lexicon.place_rows import PLACE_COLUMNS, read_table_of_places

GOOD = [
    "xx\t\tcountry\t33\t43\t300\tLand\tأرض\t\town",
    "xx_a\txx\ttown\t33.1\t43.1\t5\tTown\tبلدة ألف\t\town",
]


def faults_of(folder: Path, *rows: str) -> list[str]:
    path = folder / "xx.tsv"
    path.write_text("\n".join(["\t".join(PLACE_COLUMNS), *GOOD, *rows]) + "\n", encoding="utf-8")
    faults: list[Fault] = []
    check_places(read_table_of_places(path, faults), faults)
    return [str(fault) for fault in faults]


def test_good_rows_pass(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("xx_b\txx_a\tquarter\t34\t44\t1\tFar\tبعيد\t\town", "lies 130 km from the centre"),
        ("xx_b\txx_q\ttown\t33\t43\t1\tLost\tضائع\t\town", "'xx_q', which no table has"),
        ("xx_b\txx_aa\ttown\t33\t43\t1\tLost\tضائع\t\town", "did you mean 'xx_a'"),
        (
            "xx_b\txx\ttown\t33.1001\t43.1\t1\tTwin\tبلدة الف\t\town",
            "the point of 'xx_a' (xx.tsv:3)",
        ),
        ("xx_a\txx\ttown\t33.5\t43.5\t1\tTwice\tمرتان\t\town", "stands twice, before at xx.tsv:3"),
        ("xx_b\txx\ttwon\t33\t43\t1\tKind\tنوع\t\town", "did you mean 'town'"),
        ("xx_b\txx\ttown\t33\t\t1\tHalf\tنصف\t\town", "only one of lat and lon"),
        ("xx_b\txx\ttown\t143\t33\t1\tSwapped\tمقلوب\t\town", "lat comes before lon"),
        ("xx_b\txx\ttown\tabc\t33\t1\tWord\tكلمة\t\town", "are numbers"),
        ("xx_b\txx\ttown\t33\t43\t1\tMixed\tكoلمة\t\town", "a word in two scripts"),
        ("xx_b\txx\ttown\t33\t43\t1\tLook-alike\tکلمة\t\town", "U+06A9"),
        ("xx_b\txx_b\ttown\t33\t43\t1\tSelf\tنفسه\t\town", "lies in itself"),
        ("xx_b\txx\ttown\t33\t43\t1\tNameless\t\t\town", "has no name"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, row: str, said: str) -> None:
    found = faults_of(tmp_path, row)
    assert any(said in fault and fault.startswith("xx.tsv:4: ") for fault in found), found


def test_a_name_with_a_latin_sign_of_its_own_is_none_of_two_scripts(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "xx_b\txx\tbase\t33\t43\t1\tT4\tمطار T4\t\town") == []
