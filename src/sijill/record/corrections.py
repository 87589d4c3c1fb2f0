"""Corrections by analysts laid over what the program makes: replayed on each new reading.

A correction is data, never a change of what was read. One that no longer fits what there is counts
as a conflict and is listed: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.tables import did_you_mean
from sijill.model import Place
from sijill.record.figure_corrections import figure_kinds, is_figure, with_figure
from sijill.store.record_store import Store
from sijill.testimony import Correction, Event, EventFigure

STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
#: What ``correct`` can set besides figures, and what its value looks like.
FIELDS = {
    "type": "a report type, such as airstrike",
    "status": f"one of {', '.join(STATUSES)}",
    "actor": "actor ids with commas, or nothing",
    "target": "actor ids with commas, or nothing",
    "place": "a place's id, such as iq_mosul, or nothing",
    "time": "a day, or two with .. between them: 2017-03-09..2017-03-11",
}


class Conflict(msgspec.Struct, frozen=True):
    """A correction that does not fit the record as it is, and why."""

    correction: Correction
    why: str


def correction_id(kind: str, target: str, field: str, value: str, by: str, at: str) -> str:
    """The id of a correction: a hash of what it says, who says it and when."""
    text = "\x1f".join((kind, target, field, value, by, at))
    return f"c{sha256(text.encode()).hexdigest()[:12]}"


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that were not undone, in the order in which they were made.

    An undo can itself be undone: then what it undid is in force again.
    """
    all_ = list(corrections)
    gone = undone(all_)
    return [one for one in all_ if one.kind != "undo" and one.id not in gone]


def undone(corrections: Iterable[Correction]) -> set[str]:
    """The ids of the corrections that were undone, of undos that were undone themselves too."""
    found: set[str] = set()
    for one in reversed(list(corrections)):
        if one.kind == "undo" and one.id not in found:
            found.add(one.undoes)
    return found


class Corrected:
    """The corrections in force, laid over groups of testimonies and over events."""

    def __init__(self, corrections: Iterable[Correction], places: Mapping[str, PlaceRow]) -> None:
        self._force = in_force(corrections)
        self._places = places
        self._sets: dict[str, list[Correction]] = {}
        for one in self._force:
            if one.kind == "set":
                self._sets.setdefault(one.target, []).append(one)

    @property
    def merges(self) -> list[set[str]]:
        """Testimonies whose events are one, by their ids, for each correction that says so."""
        return [set(one.value.split()) for one in self._force if one.kind == "merge"]

    def regrouped(self, groups: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The groups with events merged and split as the corrections say, in their order."""
        found = list(groups)
        for one in self._force:
            if one.kind == "merge":
                found = _merged(found, set(one.value.split()))
            elif one.kind == "split":
                found = _split(found, set(one.value.split()))
        return found

    def event(self, event: Event) -> Event:
        """The event with the fields that corrections set; what cannot be set is a conflict."""
        for one in self._sets.get(event.id, ()):
            with suppress(UsageError):
                value = value_of(one.field, one.value, self._places, event.figures)
                event = msgspec.structs.replace(event, **value)
        return event


def conflicts(store: Store, places: Mapping[str, PlaceRow]) -> list[Conflict]:
    """The corrections in force that no longer fit what the record holds."""
    found = []
    for one in in_force(store.corrections()):
        why = _misfit(one, store, places)
        if why:
            found.append(Conflict(one, why))
    return found


def _misfit(one: Correction, store: Store, places: Mapping[str, PlaceRow]) -> str:
    if one.kind in ("set", "confirm"):
        event = store.event(one.target)
        if event is None:
            return f"there is no event {one.target}"
        if event.withdrawn:
            return f"event {one.target} was withdrawn"
        if event.event.id != one.target:
            return f"event {one.target} was replaced by {event.event.id}"
        return _unsettable(one, places) if one.kind == "set" else ""
    there = store.events_of(one.value.split())
    missing = [member for member in one.value.split() if member not in there]
    return f"no event has {', '.join(missing)} any more" if missing else ""


def _unsettable(one: Correction, places: Mapping[str, PlaceRow]) -> str:
    try:
        value_of(one.field, one.value, places)
    except UsageError as error:
        return str(error)
    return ""


def value_of(
    field: str,
    value: str,
    places: Mapping[str, PlaceRow],
    figures: tuple[EventFigure, ...] = (),
) -> dict[str, object]:
    """The fields of an event that a correction's value stands for; ``figures`` are the event's.

    Raises:
        UsageError: when the field cannot be corrected, or the value is none of its kind.
    """
    if field in ("actor", "target"):
        actors = filter(None, (part.strip() for part in value.split(",")))
        return {field: tuple(dict.fromkeys(_known("actor", one) for one in actors))}
    if field == "time":
        return {"time": _days(value)}
    if field == "place":
        return {"place": _place(value, places)}
    if field == "status" and value not in STATUSES:
        raise UsageError(f"no status {value!r}; write {FIELDS['status']}")
    if field in ("type", "status"):
        return {field: _known("type", value) if field == "type" else value}
    if is_figure(field):
        return {"figures": with_figure(figures, field, value)}
    known = ", ".join((*FIELDS, *figure_kinds()))
    raise UsageError(f"no field {field!r} to correct; there are: {known}")


def _known(kind: str, value: str) -> str:
    knowledge = load_knowledge()
    known = list(knowledge.types if kind == "type" else knowledge.lexicon.actors)
    if value not in known:
        some = ", ".join(known[:40]) + (", ..." if len(known) > 40 else "")
        raise UsageError(f"no {kind} {value!r}{did_you_mean(value, known)}; there are: {some}")
    return value


def _place(value: str, places: Mapping[str, PlaceRow]) -> Place | None:
    if not value:
        return None
    row = places.get(value)
    if row is None:
        raise UsageError(f"no place has the id {value!r}; look it up: sijill places find NAME")
    return Place(row.name, lat=row.lat, lon=row.lon, id=row.id, radius_km=row.extent_km)


def _days(value: str) -> tuple[str, str] | None:
    if not value:
        return None
    first, _, last = value.partition("..")
    try:
        days = [date.fromisoformat(day.strip()) for day in (first, last or first)]
    except ValueError:
        raise UsageError(f"{value!r} is no time; write {FIELDS['time']}") from None
    if days[1] < days[0]:
        raise UsageError(f"{value!r} ends before it begins")
    return days[0].isoformat(), days[1].isoformat()


def _merged(groups: list[tuple[str, ...]], members: set[str]) -> list[tuple[str, ...]]:
    """All groups that hold one of the members as one."""
    touched = [group for group in groups if members & set(group)]
    rest = [group for group in groups if not members & set(group)]
    whole = tuple(sorted(member for group in touched for member in group))
    return [*rest, whole] if whole else rest


def _split(groups: list[tuple[str, ...]], members: set[str]) -> list[tuple[str, ...]]:
    """The members of each group apart from its other members."""
    found: list[tuple[str, ...]] = []
    for group in groups:
        inside = tuple(member for member in group if member in members)
        outside = tuple(member for member in group if member not in members)
        found += [part for part in (inside, outside) if part]
    return found
