"""An event as data, whole: its figures, disputes and members with their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sijill.publish.bundle import Bundle
from sijill.publish.discreet import discreet
from sijill.publish.whole import event_data
from sijill.testimony import Event

if TYPE_CHECKING:
    from sijill.record.record import Record


def whole_event(record: Record, event: Event) -> dict[str, Any]:
    """The event with its members: document, report id, evidence; no names of private people."""
    return event_data(discreet(Bundle(event, tuple(record.testimonies(event)))))
