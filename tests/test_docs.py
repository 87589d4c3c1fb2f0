"""What the documents say about the program is so."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sijill.cli import app
from sijill.extract import reasons
from sijill.lexicon import rules
from sijill.lexicon.labels import load_labels
from sijill.lexicon.tables import knowledge_dir

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Every command, also those of a group as ``group command``, with its option names."""
    found: dict[str, set[str]] = {}

    def walk(group: object, prefix: str) -> None:
        for name, command in getattr(group, "commands", {}).items():
            options = {opt for one in command.params for opt in one.opts if opt.startswith("--")}
            found[f"{prefix}{name}"] = options
            walk(command, f"{prefix}{name} ")

    walk(typer.main.get_command(app), "")
    return found


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"sijill {command}" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(document: Path) -> None:
    known = commands()
    text = document.read_text(encoding="utf-8")
    for line in re.findall(r"^(?:\$ )?sijill (.+)$", text, re.MULTILINE):
        words = line.split("#")[0].split()
        command = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert command in known, f"{document.name}: sijill {line}"
        options = {word.split("=")[0] for word in words if re.match(r"--\w", word)}
        assert options <= known[command] | {"--help"}, f"{document.name}: sijill {line}"


def test_every_command_has_help() -> None:
    group = typer.main.get_command(app)
    for name, command in getattr(group, "commands", {}).items():
        assert command.help, name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]*)?\)", text):
        assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_codebook_describes_every_type_status_and_figure() -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    missing = [
        ident
        for kind, ident in load_labels().pairs
        if kind in ("type", "status", "figure") and f"`{ident}`" not in codebook
    ]
    assert not missing


def test_every_rule_key_is_explained() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert not [key for key in rules.KEYS if f"| `{key}`" not in text and f", `{key}`" not in text]


def test_every_default_is_explained() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    defaults = (reasons.STATUS, reasons.TIME, reasons.ENEMY, reasons.CARRIED)
    assert not [name for name in defaults if f"| `{name}` |" not in text]


def test_every_knowledge_file_is_in_the_list() -> None:
    text = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    for path in knowledge_dir().iterdir():
        shown = f"{path.name}/*." if path.is_dir() else path.name
        assert f"| `{shown}" in text, path.name


def test_every_file_is_on_the_map() -> None:
    text = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    files = {path.name for path in (ROOT / "src").rglob("*.py")} - {"__init__.py"}
    named = set(re.findall(r"^\| `(\w+\.py)` \|", text, re.MULTILINE))
    assert files == named


def test_the_example_of_the_readme_is_what_the_program_prints(tmp_path: Path) -> None:
    article, pretty = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    report = json.loads(re.findall(r"```json\n(.*?)```", README, re.DOTALL)[0])
    path = tmp_path / "article.txt"
    path.write_text(article, encoding="utf-8")
    printed = CliRunner().invoke(app, ["extract", str(path), "--format", "pretty"]).stdout
    assert printed.split() == pretty.split()
    printed = CliRunner().invoke(app, ["extract", str(path)]).stdout
    assert report in json.loads(printed)["reports"]


@pytest.mark.parametrize("name", ["README.md", "docs/record.md"])
def test_examples_print_what_the_document_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each ``console`` block, in order, beside the sample; messages may stand anywhere."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "src" / "sijill" / "samples" / "stories.jsonl", tmp_path)
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.MULTILINE)]
    assert len(list(filter(None, steps))) > 2
    for command, _, shown in (step.partition("\n") for step in filter(None, steps)):
        done = CliRunner().invoke(app, shlex.split(command)[1:])
        assert done.exit_code == 0, f"{command}: {done.output}"
        printed = Counter(f"{done.stdout}\n{done.stderr}".split())
        assert printed == Counter(shown.split()), f"{command}:\n{done.output}"
