"""What every writer of a format can do, and how it asks for a library that is not installed."""

from __future__ import annotations

import importlib
from typing import Any, Protocol

from sijill.errors import UsageError
from sijill.publish.bundle import Meta
from sijill.publish.sorting import Item


class Writer(Protocol):
    """Writes one event after the other and keeps none."""

    def add(self, item: Item) -> None:
        """Write an event, or count why it cannot be held."""

    def finish(self, meta: Meta) -> None:
        """Write what comes last and close."""

    def abandon(self) -> None:
        """Close as well as that goes, after a failure."""


def needed(module: str, extra: str, what: str) -> Any:
    """An optional library.

    Raises:
        UsageError: naming the extra to install, where it is missing.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(
            f"{what} needs a library that is not installed: pip install 'sijill[{extra}]'"
        ) from error
