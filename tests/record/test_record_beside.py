"""Documents are compared while others are read; what comes of it is as if all were read first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from made_articles import ARTICLES, SAMPLE, made, write

from sijill.engine.engine import Engine
from sijill.errors import EngineError
from sijill.issues import IssueLog
from sijill.link.copy_bands import signature
from sijill.link.copy_ready import make_ready
from sijill.link.copy_text import prepare
from sijill.model import Article
from sijill.pipeline import Pipeline
from sijill.record import copying, linking, reading
from sijill.record.record import Record
from sijill.store.ids import plain
from sijill.store.schema import copies, signatures

STORIES = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Sets how many articles are kept, and how many documents compared, in one transaction."""

    def at_once(kept: int, compared: int) -> None:
        monkeypatch.setattr(reading, "_AT_ONCE", kept)
        monkeypatch.setattr(linking, "_AT_ONCE", compared)

    return at_once


def rows(record: Record, asked: sa.Select[Any]) -> list[tuple[object, ...]]:
    return sorted(map(tuple, record.store.rows(asked)))


def whole(record: Record) -> tuple[object, ...]:
    """All that reading and linking leave in a record, except when."""
    store = record.store
    return (
        made(record),
        rows(record, sa.select(signatures.c.hash, signatures.c.document)),
        rows(record, sa.select(*copies.columns)),
        store.families(),
        [(place, store.control(place)) for place in store.controlled_places()],
        [
            (one.id, one.withdrawn_by if hasattr(one, "withdrawn_by") else "")
            for one in store.testimonies()
        ],
        store.unlinked(),
        store.awaiting(),
    )


def test_documents_are_compared_before_all_are_read(
    small: Callable[[int, int], None], tmp_path: Path
) -> None:
    small(4, 10)
    steps: list[str] = []
    left: list[int] = []
    with Record.open(tmp_path / "record.db") as record:

        def linked(count: int) -> None:
            steps.append(f"linked {count}")
            left.append(len(record.store.unlinked()))

        def settled(done: int, of: int) -> None:
            steps.append("settled" if done < of else "all settled")

        record.read(SAMPLE, seen=lambda _: steps.append("seen"), linked=linked, settled=settled)
        assert record.store.unlinked() == []
    told = [one for one in steps if "settled" not in one]
    assert told[:13] == ["seen"] * 12 + ["linked 10"] and told.count("linked 10") == 4
    assert left == [2, 0, 2, 0], "kept and not compared yet"
    assert told == steps[: len(told)] and steps[-1] == "all settled"
