"""What differs between two records: events added, gone and changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from sijill.testimony import Event

if TYPE_CHECKING:
    from sijill.record.record import Record

_COMPARED = ("type", "status", "standing", "actor", "target", "time", "members", "outlets")


def differences(old: Record, new: Record) -> list[dict[str, Any]]:
    """A row for each event that only one record has, or that differs between them."""
    return sorted(_differences(old, new), key=lambda row: (row["day"] or "", row["event"]))


def _differences(old: Record, new: Record) -> Iterator[dict[str, Any]]:
    before = {event.id: event for event in old.store.events()}
    after = {event.id: event for event in new.store.events()}
    for ident in before.keys() - after.keys():
        found = new.store.event(ident)
        heir = found.event.id if found and found.event.id != ident else ""
        yield _row(before[ident], "gone", f"replaced by {heir}" if heir else "")
    for ident in after.keys() - before.keys():
        yield _row(after[ident], "new", "")
    for ident in before.keys() & after.keys():
        what = _changed(before[ident], after[ident])
        if what:
            yield _row(after[ident], "changed", what)


def _changed(old: Event, new: Event) -> str:
    changed = [name for name in _COMPARED if getattr(old, name) != getattr(new, name)]
    for name in ("place", "figures", "disputes"):
        if msgspec.json.encode(getattr(old, name)) != msgspec.json.encode(getattr(new, name)):
            changed.append(name)
    return ", ".join(changed)


def _row(event: Event, change: str, what: str) -> dict[str, Any]:
    return {
        "event": event.id,
        "change": change,
        "type": event.type,
        "day": event.time[0] if event.time else None,
        "place": event.place.name if event.place else None,
        "what": what,
    }
