"""Reasons for the values that no words of their own clause made: lent ones and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sijill.model import Trace

if TYPE_CHECKING:
    from sijill.extract.scene import Draft

#: A status that no word sets, a day that no word states, a value told elsewhere in the document.
STATUS, TIME, CARRIED, ENEMY = (
    "default.status",
    "default.time",
    "default.carried",
    "default.enemy",
)
_SLOTS = {"status": STATUS, "time": TIME, "actor": CARRIED, "target": CARRIED, "place": CARRIED}


def lend(host: Draft, donor: Draft, *slots: str) -> None:
    """Give ``host`` what it leaves open and ``donor`` states, with the reasons for it."""
    for slot in slots:
        if getattr(donor, slot) and not getattr(host, slot):
            if slot == "target" and set(donor.target) & set(host.actor):
                continue  # a side that does it does not suffer it
            setattr(host, slot, list(getattr(donor, slot)))
            if slot in donor.traces:
                host.traces[slot] = donor.traces[slot]


def reasons(draft: Draft) -> Mapping[str, Trace]:
    """The traces of a finished draft: every value that has none is there by a named default."""
    traces = dict(draft.traces)
    for slot, default in _SLOTS.items():
        if getattr(draft, slot):
            traces.setdefault(slot, Trace(default, "docs/rules.md"))
    return traces
