"""The rules of the house: what every file of the program must be like."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 60

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=SOURCES, ids=name)
def source(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node


def test_no_arabic_letter_in_code(source: Path) -> None:
    lines = source.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, 1) if _ARABIC.search(line)]
    assert not found, f"Arabic belongs in knowledge/; lines {found}"


def test_files_are_short(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_functions_are_short(source: Path) -> None:
    found = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in definitions(source)
        if not isinstance(node, ast.ClassDef)
    }
    assert not {name for name, size in found.items() if size > LONGEST_FUNCTION}


def test_public_things_have_docstrings(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the file has none"
    bare = [
        node.name
        for node in definitions(source)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not [found for found in bare if not _inner(source, found)]


def _inner(path: Path, name: str) -> bool:
    """Whether a function only stands inside another, where its name speaks for it."""
    return any(
        isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) and child.name == name
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef)
        for child in ast.walk(node)
        if child is not node
    )


def test_records_are_frozen(source: Path) -> None:
    """Records that pass between rooms do not change behind anybody's back."""
    if source.name not in ("model.py", "issues.py"):
        return
    for node in definitions(source):
        bases = [ast.unparse(base) for base in getattr(node, "bases", [])]
        if isinstance(node, ast.ClassDef) and "msgspec.Struct" in bases:
            frozen = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert frozen.get("frozen") == "True", node.name


def test_rooms_import_downwards_only() -> None:
    program = shutil.which("lint-imports", path=Path(sys.executable).parent) or "lint-imports"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_public_names_are_all_there_and_sorted() -> None:
    import sijill

    assert list(sijill.__all__) == sorted(sijill.__all__)
    for public in sijill.__all__:
        assert getattr(sijill, public) is not None
    with pytest.raises(AttributeError):
        _ = sijill.nonsense


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, sijill; print([m for m in sys.modules if m.startswith('sijill.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_knowledge_holds_no_code() -> None:
    assert not list((ROOT / "src" / "sijill" / "knowledge").rglob("*.py"))
