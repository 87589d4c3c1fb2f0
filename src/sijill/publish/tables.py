"""CSV: one table with a row an event, and a second one with a row for each of its members."""

from __future__ import annotations

from sijill.publish.bundle import Meta
from sijill.publish.flat import EVENT_COLUMNS, MEMBER_COLUMNS, event_row, member_rows
from sijill.publish.parts import Files
from sijill.publish.safe_csv import SafeCsv
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally


class CsvWriter:
    """Events to ``main``, their testimonies to ``second``."""

    def __init__(self, files: Files, tally: Tally) -> None:
        bom = tally.request.bom
        self._tally = tally
        self._events = SafeCsv(files.main, [one.name for one in EVENT_COLUMNS], bom)
        self._members = SafeCsv(files.second, [one.name for one in MEMBER_COLUMNS], bom)

    def add(self, item: Item) -> None:
        """Write an event and its members."""
        self._events.row(event_row(item.bundle))
        for row in member_rows(item.bundle):
            self._members.row(row)
        self._tally.wrote(len(item.bundle.testimonies))

    def finish(self, meta: Meta) -> None:
        """Close both tables; they have no room for the account."""
        self._events.close()
        self._members.close()

    def abandon(self) -> None:
        """Close what is open."""
        self.finish(self._tally.meta())
