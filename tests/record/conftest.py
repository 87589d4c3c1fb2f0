"""Records to test on: read once, copied for each test, and proved sound after it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_articles import ARTICLES, SAMPLE, write

from sijill.record.record import Record


def read_into(path: Path, articles: Path) -> Path:
    with Record.open(path) as record:
        record.read(articles)
    return path


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the made articles."""
    return write(tmp_path_factory.mktemp("articles") / "made.jsonl", ARTICLES)


@pytest.fixture(scope="session")
def made_file(tmp_path_factory: pytest.TempPathFactory, articles: Path) -> Path:
    """A record of the made articles; not to be written to."""
    return read_into(tmp_path_factory.mktemp("made") / "made.db", articles)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the packaged stories; not to be written to."""
    return read_into(tmp_path_factory.mktemp("sample") / "sample.db", SAMPLE)


def _copy(path: Path, folder: Path) -> Iterator[Record]:
    with Record.open(shutil.copy(path, folder / "record.db")) as record:
        yield record
        assert list(record.verify()) == []


@pytest.fixture
def record(made_file: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of the made articles, to change; whatever a test does, it must stay sound."""
    yield from _copy(made_file, tmp_path)


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Record]:
    """A record of the packaged stories, to change."""
    yield from _copy(sample_file, tmp_path)
