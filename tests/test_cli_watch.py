"""What a terminal shows while articles are read, and reading with a dataset."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from functools import partialmethod
from importlib.util import find_spec
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress
from typer.testing import CliRunner

from sijill import cli_watch
from sijill.cli import app
from sijill.cli_watch import time_left, watched
from sijill.ingest.meter import Meter
from sijill.issues import IssueLog
from sijill.record.record import Record

SAMPLE = Path(__file__).resolve().parents[1] / "src" / "sijill" / "samples" / "stories.jsonl"


@pytest.mark.parametrize(
    ("took", "done", "whole", "left"),
    [(10, 50, 100, "0:10"), (60, 1, 100, "1:39:00"), (5, 100, 90, "0:00")],
)
def test_time_left(took: float, done: int, whole: int, left: str) -> None:
    assert time_left(took, done, whole) == left


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal shows on which every look at the clock takes a second."""
    text, clock = io.StringIO(), iter(range(1_000_000))
    console = Console(file=text, force_terminal=True, width=120)
    monkeypatch.setattr("rich.console.Console", lambda **_: console)
    monkeypatch.setattr(cli_watch.time, "monotonic", lambda: next(clock))
    shows = partialmethod(Progress.update, refresh=True)  # a quick machine draws few lines else
    monkeypatch.setattr(Progress, "update", shows)
    return text


def test_the_line_tells_pace_time_left_and_rejects(tmp_path: Path, shown: io.StringIO) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n" + SAMPLE.read_text("utf-8"), encoding="utf-8")
    meter = Meter()
    with Record.open(tmp_path / "a.db") as record:

        def read(*paths: str, **how: object) -> object:
            return record.read(*paths, meter=meter, **how)  # type: ignore[arg-type]

        watched(read, [str(tmp_path / "bad.jsonl")], IssueLog(), meter)
        told = len(list(record.store.testimonies()))
    text = shown.getvalue()
    assert "1 a second" in text and "0:00 left" in text and "1 skipped" in text
    assert f"40 articles, {told} reports" in text and "; 40 compared" in text
    assert f"events: {told} of {told} reports put in order" in text


def test_the_line_tells_the_time_left_of_reading_again(tmp_path: Path, shown: io.StringIO) -> None:
    with Record.open(tmp_path / "a.db") as record:
        record.read(SAMPLE)
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("UPDATE documents SET program = '0.0.1'")
    with Record.open(tmp_path / "a.db") as record:
        watched(record.read_again, [], IssueLog(), counted=True)
        told = len(list(record.store.testimonies()))
    assert f"40 articles, {told} reports, 1 a second, 0:00 left" in shown.getvalue()


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="the extra parquet is not installed")
def test_read_writes_a_dataset(tmp_path: Path) -> None:
    record, folder = tmp_path / "a.db", tmp_path / "tables"
    options = ["--record", str(record), "--dataset", str(folder)]
    done = CliRunner().invoke(app, ["read", str(SAMPLE), str(tmp_path / "none.txt"), *options])
    assert done.exit_code == 3 and "1 parts of documents are new" in done.stdout
    assert {path.name for path in folder.iterdir()} == {
        "documents",
        "reports",
        "events",
        "links",
        "rejects",
    }
    again = CliRunner().invoke(app, ["read", str(SAMPLE), *options])
    assert again.exit_code == 0 and "0 parts of documents are new" in again.stdout


@pytest.mark.skipif(
    not all(map(find_spec, ("pyarrow", "daft"))), reason="an extra is not installed"
)
def test_again_takes_several_processes_and_writes_a_dataset_too(tmp_path: Path) -> None:
    record, folder = tmp_path / "a.db", tmp_path / "tables"
    options = ["--record", str(record), "--dataset", str(folder)]
    CliRunner().invoke(app, ["read", str(SAMPLE), *options[:2]])
    with closing(sqlite3.connect(record)) as connection, connection:
        connection.execute("UPDATE documents SET program = '0.0.1', read_at = '2020-01-01'")
    CliRunner().invoke(app, ["read", str(SAMPLE), str(tmp_path / "none.txt"), *options])
    done = CliRunner().invoke(app, ["read", "--again", "--jobs", "2", *options])
    assert done.exit_code == 0 and "40 articles read again; 0 of them differ" in done.stdout
    assert "1 parts of documents are new" in done.stdout
    assert len(list((folder / "rejects").iterdir())) == 1
