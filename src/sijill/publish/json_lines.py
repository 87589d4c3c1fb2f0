"""JSON Lines: every event whole, with its members, one a line."""

from __future__ import annotations

from sijill.publish.bundle import Meta
from sijill.publish.parts import Files
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.whole import event_line


class JsonLinesWriter:
    """One line an event; the digest of the content is that of this file."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally = tally
        self._stream = files.main.open("wb")

    def add(self, item: Item) -> None:
        """Write an event."""
        self._stream.write(event_line(item.bundle))
        self._tally.wrote(len(item.bundle.testimonies))

    def finish(self, meta: Meta) -> None:
        """Close the file; it has no room for the account."""
        self._stream.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._stream.close()
