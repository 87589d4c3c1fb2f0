"""The example notebook runs from top to bottom and shows what it promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "examples" / "record.ipynb"


def cells(kind: str) -> list[dict[str, Any]]:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == kind]


def test_every_cell_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells("code")):
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    printed = capsys.readouterr().out
    assert re.search(r"40 articles, 1\d\d reports", printed)
    assert "now we know: held sdf | known on 16 October: unknown" in printed
    assert "90 percent of the place" in printed
    assert printed.endswith("0 faults\n")
    assert names["events"]._repr_html_().count("<tr>") == len(names["events"]) + 1


def test_it_is_kept_without_outputs() -> None:
    assert cells("code")
    assert not [cell for cell in cells("code") if cell["outputs"] or cell["execution_count"]]
