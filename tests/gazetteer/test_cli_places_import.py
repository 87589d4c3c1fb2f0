"""``sijill places import`` as people run it: exit codes, streams, messages."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sijill.cli_places_import import imports

Line = Callable[..., str]
Feature = Callable[..., dict[str, Any]]
Write = Callable[..., Path]

#: A village that no gazetteer has.
NAME = "الزنبقية"


def run(*args: object) -> Result:
    return CliRunner().invoke(imports, [str(arg) for arg in args])


def test_an_import(line: Line, dump: Write, added: Path) -> None:
    path = dump(line(1, NAME), line(2), line(3, NAME, feature="S.SCH"), line(4, "حلب", 36.2, 37.16))
    done = run("geonames", path)
    table = added / "geonames-sy.tsv"
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "1 place of SY added",
        f"table: {table}",
        "licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        "attribution: GeoNames, www.geonames.org",
        "each is read in articles behind a word for its kind, such as village",
        f"to undo it, delete that file: {table}",
    ]
    assert sorted(done.stderr.splitlines()) == [
        "kinds that are not read: S.SCH 1",
        "left out: 1 already known",
        "left out: 1 of a kind that is not read",
        "left out: 1 without an Arabic name",
    ]
    assert table.is_file()


def test_whosonfirst(feature: Feature, collection: Write, added: Path) -> None:
    done = run("whosonfirst", collection(feature(5, arabic=NAME)), "--country", "sy")
    assert done.exit_code == 0, done.output
    assert "https://whosonfirst.org/docs/licenses/" in done.stdout
    assert (added / "whosonfirst-sy.tsv").is_file()


def test_skipped_lines(line: Line, dump: Write, added: Path) -> None:
    path = dump(line(1, NAME), *["broken"] * 12)
    done = run("geonames", path)
    assert done.exit_code == 3
    said = done.stderr.splitlines()
    assert said[0] == f"skipped: {path} line 2: 1 column(s) where a dump has 19"
    assert said[10:] == ["skipped: 2 more"]
    assert (added / "geonames-sy.tsv").is_file()


def test_nothing_to_add(line: Line, dump: Write, added: Path) -> None:
    done = run("geonames", dump(line(1)))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing was written" in done.stderr
    assert not added.exists()


@pytest.mark.parametrize(
    ("content", "args", "code", "said"),
    [
        (None, (), 1, "there is no such file"),
        ("", (), 1, "is empty"),
        ("one\ttwo\n", (), 1, "line 1: is no dump of GeoNames (2 column(s) where a dump has 19)"),
        ("{line}", ("--country", "XX"), 2, "no country 'XX' is known"),
        ("{line}", ("--country", "LB"), 2, "holds no place of LB"),
    ],
)
def test_failures(
    line: Line,
    tmp_path: Path,
    added: Path,
    content: str | None,
    args: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    path = tmp_path / "SY.txt"
    if content is not None:
        path.write_text(content.format(line=line(1, NAME)), encoding="utf-8")
    done = run("geonames", path, *args)
    assert (done.exit_code, done.stdout) == (code, "")
    assert (said in done.stderr and str(path) in done.stderr) or code == 2
    assert not added.exists()


def test_a_folder(tmp_path: Path) -> None:
    done = run("geonames", tmp_path)
    assert done.exit_code == 1
    assert f"{tmp_path}: is a folder; name a file" in done.stderr


@pytest.mark.parametrize("closed", ["SY.txt", "geonames-sy.tsv.part"])
def test_no_permission(
    line: Line, dump: Write, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    path, really = dump(line(1, NAME)), Path.open

    def opened(self: Path, *args: Any, **more: Any) -> Any:
        if self.name == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return really(self, *args, **more)

    monkeypatch.setattr(Path, "open", opened)
    done = run("geonames", path)
    assert done.exit_code == 1
    assert f"{closed}: no permission; change it" in done.stderr


def test_a_folder_that_cannot_be_made(line: Line, dump: Write, added: Path) -> None:
    added.write_text("a file where the folder should be", encoding="utf-8")
    done = run("geonames", dump(line(1, NAME)))
    assert done.exit_code == 1
    assert str(added) in done.stderr


def test_a_broken_archive(tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SY.txt", "x\n" * 10_000)
    path.write_bytes(path.read_bytes()[:60])
    done = run("geonames", path)
    assert done.exit_code == 1
    assert f"{path}: the archive is broken" in done.stderr
