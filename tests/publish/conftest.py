"""A handful of made events, and where to write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_events import bare, capture, estimate, strike

from sijill.publish.bundle import Bundle


@pytest.fixture
def bundles() -> list[Bundle]:
    """Events that have everything in them: both scripts, formulas, quotes, line ends, gaps."""
    return [strike(), capture(), bare(), estimate()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where to write."""
    return tmp_path / "events.out"
