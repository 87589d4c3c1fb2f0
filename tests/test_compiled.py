"""What is said of compiled modules is true of the files that lie there."""

from __future__ import annotations

import ast
import json
import tomllib
from hashlib import sha256
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from sijill.compiled import Compiled, compiled
from sijill.record import doctor

ROOT = Path(__file__).resolve().parents[1]


def package(folder: Path) -> Path:
    """A package with two modules that its build wrote down, one of them compiled."""
    home = folder / "sijill"
    home.mkdir()
    digests = {}
    for name in ("fold", "memo"):
        (home / f"{name}.py").write_text(f"{name} = 1\n")
        digests[f"sijill/{name}.py"] = sha256((home / f"{name}.py").read_bytes()).hexdigest()
    (home / f"fold{EXTENSION_SUFFIXES[0]}").touch()
    (home / "compiled.json").write_text(json.dumps(digests))
    return home


def test_a_package_without_a_build_is_plain(tmp_path: Path) -> None:
    assert compiled(tmp_path) == Compiled(0)


def test_only_what_lies_there_compiled_counts(tmp_path: Path) -> None:
    assert compiled(package(tmp_path)) == Compiled(1)


def test_a_source_that_changed_since_is_named(tmp_path: Path) -> None:
    home = package(tmp_path)
    (home / "fold.py").write_text("fold = 2\n")
    (home / "memo.py").write_text("memo = 2\n")  # is read from its source anyway
    assert compiled(home) == Compiled(1, ("sijill/fold.py",))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (Compiled(0), "reader: plain Python, with the same results"),
        (Compiled(3), "reader: 3 modules compiled"),
        (Compiled(3, ("sijill/text/fold.py",)), "(sijill/text/fold.py); run: make compile"),
    ],
)
def test_doctor_says_which_reader_runs(
    state: Compiled, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "compiled", lambda: state)
    assert [line for line in doctor.examine(str(tmp_path / "none.db")) if told in line]


def test_what_runs_is_what_the_sources_say() -> None:
    """A compiled module hides its source: the tests would tell of an older one."""
    assert compiled().changed == (), "run: make compile, or: make pure"


def test_compiled_modules_hold_nothing_that_compiling_changes() -> None:
    """mypyc drops the keywords of a class, such as ``frozen``, and cannot cache a property."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    for name in hook["modules"]:
        source = (ROOT / "src" / "sijill" / f"{name}.py").read_text("utf-8")
        assert "cached_property" not in source, name
        classes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
        assert not [node.name for node in classes if node.keywords], name
