"""What whoever does units must be able to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sijill.engine.units import Done, Unit


class Runner(Protocol):
    """Does units, wherever; what comes of them comes in their order."""

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        """What comes of each unit; only some units are taken before their turn."""
