"""Whole articles with everything that is read in them. To take over what is read today:

    python tests/test_golden.py --refresh

then read the difference in git before it is kept. The articles are our own retellings in the manner
of the press; a golden file holds the ``article`` and its ``reading`` as ``sijill extract`` prints
it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sijill.model import Article
from sijill.pipeline import Pipeline
from sijill.render import json_line

GOLDEN = sorted((Path(__file__).parent / "data" / "golden").glob("*.json"))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def read(pipeline: Pipeline, held: dict[str, Any]) -> Any:
    article = msgspec.convert(held["article"], Article)
    return json.loads(json_line(pipeline.read(article)))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(pipeline: Pipeline, path: Path) -> None:
    held = load(path)
    assert read(pipeline, held) == held["reading"]


def test_there_are_golden_articles() -> None:
    assert len(GOLDEN) >= 5


def refresh() -> None:
    """Write what is read today into every golden file."""
    pipeline = Pipeline()
    for path in GOLDEN:
        held = load(path)
        whole = {"article": held["article"], "reading": read(pipeline, held)}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--refresh"]:
    refresh()
