"""The gate only tightens, passes where there is nothing to measure, and changes are told apart."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).resolve().parents[1] / "bench"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(**slots: Any) -> dict[str, Any]:
    whole = dict.fromkeys(load("changes").SLOTS) | {"id": "r1", "type": "clash", "trigger": "t"}
    return whole | {"evidence": [[0, 10]]} | slots


def test_gate_passes_without_the_collections(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = load("gate")
    monkeypatch.setattr(gate, "SHARED", tmp_path)
    monkeypatch.setattr(sys, "argv", ["gate.py"])
    gate.main()
    assert "quality gate skipped" in capsys.readouterr().out


def test_places_are_not_measured_without_the_gazetteer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = load("places")
    monkeypatch.setattr(places, "SHARED", tmp_path)
    monkeypatch.setattr(sys, "argv", ["places.py"])
    places.main()
    assert "places not measured" in capsys.readouterr().out


def test_floors_only_rise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gate = load("gate")
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    held = {"floors": {"a": 0.5, "b": 0.5}, "ceilings": {"c": 3, "d": 3}}
    gate.raise_floors({"a": 0.678, "b": 0.4}, {"c": 1, "d": 9}, held)
    kept = json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))
    assert kept == {"floors": {"a": 0.67, "b": 0.5}, "ceilings": {"c": 1, "d": 3}}


def test_below_a_floor_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    held = {"floors": {"a": 0.5}, "ceilings": {"c": 3}}
    assert load("gate").report({"a": 0.49}, {"c": 4}, held) == 2
    assert "BELOW" in capsys.readouterr().out


def test_changes_are_told_apart() -> None:
    old = {"reference_date": "2017-03-09", "reports": [report(), report(id="r2", type="siege")]}
    new = {
        "reference_date": "2017-03-09",
        "reports": [report(status="planned"), report(id="r2", type="capture", trigger="u")],
    }
    found = [(kind, ident) for kind, ident, _ in load("changes").changes(old, new)]
    assert found == [("status", "r1"), ("removed", "r2"), ("added", "r2")]


def test_reports_pair_by_most_shared_evidence() -> None:
    changes = load("changes")
    near, far = report(id="n", evidence=[[0, 9]]), report(id="f", evidence=[[8, 30]])
    pairs = changes.pair([report(id="o", evidence=[[10, 30]])], [near, far])
    assert [(one and one["id"], other and other["id"]) for one, other in pairs] == [
        ("o", "f"),
        (None, "n"),
    ]


def test_no_change_no_line() -> None:
    same = {"reference_date": None, "reports": [report()]}
    assert not list(load("changes").changes(same, same))
