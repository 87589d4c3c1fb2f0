"""YAML of the knowledge: what is wrong in it is told by its line."""

from __future__ import annotations

from pathlib import Path

from sijill.errors import Fault
from sijill.lexicon.yaml_lines import LINE, read_yaml


def read(path: Path, text: str) -> tuple[object, list[tuple[int, str]]]:
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    _, content = read_yaml(path, faults)
    return content, [(one.line, one.message) for one in faults]


def test_mappings_know_their_lines(tmp_path: Path) -> None:
    content, faults = read(tmp_path / "a.yml", "first:\n  words: [x]\nsecond:\n  words: [y]\n")
    assert faults == []
    assert content == {
        "first": {"words": ["x"], LINE: 2},
        "second": {"words": ["y"], LINE: 4},
        LINE: 1,
    }


def test_a_key_that_comes_twice_is_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path / "a.yml", "first: 1\nsecond: 2\nfirst: 3\n")
    assert faults == [(3, "'first' is there already; give it another name")]
    _, faults = read(tmp_path / "a.yml", "- {id: x, id: y}\n- id: x\n")
    assert [line for line, _ in faults] == [1]


def test_what_is_no_yaml_is_a_fault(tmp_path: Path) -> None:
    content, faults = read(tmp_path / "a.yml", "first: [x\n")
    assert content is None and faults[0][1].startswith("not YAML")
