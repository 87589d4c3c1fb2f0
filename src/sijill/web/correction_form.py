"""The forms that correct an event: what they offer, and what was typed into them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote, unquote

import msgspec
from fastapi import Request
from starlette.datastructures import FormData

from sijill.errors import UsageError
from sijill.extract.place_finder import PlaceFinder
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.lexicon.place_rows import PlaceRow
from sijill.record.corrections import FIELDS, STATUSES
from sijill.record.figure_corrections import (
    figure_field,
    figure_kinds,
    figure_value,
    number_text,
    victim_kinds,
)
from sijill.record.record import Record
from sijill.store.answers import EventFilter
from sijill.testimony import Correction, Event, EventFigure
from sijill.web.language import Language

#: The cookie that remembers who corrects.
COOKIE = "by"
#: The choice of the form that stands for all figures.
FIGURE = "figure"
#: What one input each holds.
_TEXTS = (
    *("field", "type", "status", "place", "place_name", "first", "last"),
    *("figure", "whom", "low", "best", "high"),
)
#: So many events are offered to merge with.
_NEAR = 8


class Choices(msgspec.Struct, frozen=True):
    """What a value can be: ids with their labels in the language of the page."""

    fields: tuple[str, ...]
    types: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    actors: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    victims: tuple[tuple[str, str], ...]


class Typed(msgspec.Struct, frozen=True):
    """What stands in the forms, and what is wrong with it.

    ``kind`` is the form: ``set``, ``merge`` or ``split``. ``error`` is what the record says is
    wrong; ``missing`` that reason or author is; ``places`` are those that a name may mean.
    """

    kind: str = ""
    field: str = "type"
    type: str = ""
    status: str = ""
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: str = ""
    place_name: str = ""
    first: str = ""
    last: str = ""
    figure: str = "killed"
    whom: str = ""
    low: str = ""
    best: str = ""
    high: str = ""
    other: str = ""
    reports: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    error: str = ""
    missing: bool = False
    places: tuple[PlaceRow, ...] = ()

    @classmethod
    def of(cls, event: Event, by: str) -> Typed:
        """The forms as they stand before anything is typed: the event's own values."""
        first, last = event.time or ("", "")
        figures = sorted(event.figures, key=lambda one: (one.kind != "killed", one.of))
        shown = figures[0] if figures else EventFigure("killed", "", None, None, None, ())
        return cls(
            type=event.type,
            status=event.status,
            actor=event.actor,
            target=event.target,
            place=(event.place.id or "") if event.place else "",
            first=first,
            last=last,
            figure=shown.kind,
            whom=shown.of,
            low=number_text(shown.low),
            best=number_text(shown.best),
            high=number_text(shown.high),
            by=by,
        )

    @classmethod
    def read(cls, form: FormData, event: Event) -> Typed:
        """What a browser sent; the forms that were not used show the event as it is."""

        def one(name: str) -> str:
            given = form.get(name)
            return given.strip() if isinstance(given, str) else ""

        def many(name: str) -> tuple[str, ...]:
            given = (each.strip() for each in form.getlist(name) if isinstance(each, str))
            return tuple(filter(None, given))

        given = {name: one(name) for name in ("kind", "other", "why", "by")}
        read = msgspec.structs.replace(cls.of(event, ""), **given, reports=many("reports"))
        if read.kind in ("merge", "split"):
            return read
        actors = {name: tuple(map(actor_id, many(name))) for name in ("actor", "target")}
        return msgspec.structs.replace(read, **{name: one(name) for name in _TEXTS}, **actors)

    def named(self) -> str:
        """The field that is set, as corrections name it."""
        return figure_field(self.figure, self.whom) if self.field == FIGURE else self.field

    def value(self) -> str:
        """The value of the field that is set, as corrections write it.

        Raises:
            UsageError: the name of a place is not known, or means several.
        """
        if self.field in ("actor", "target"):
            return ",".join(getattr(self, self.field))
        if self.field == "time":
            return "..".join(filter(None, (self.first, self.last)))
        if self.field == "place":
            return self._place()
        if self.field == FIGURE:
            return figure_value(self.low, self.best, self.high)
        return str(getattr(self, self.field, ""))

    def _place(self) -> str:
        if not self.place_name:
            return self.place
        found = place_rows(self.place_name)
        if not found:
            raise UsageError(f"{self.place_name!r} names no place; choose one")
        if len(found) > 1:
            raise UsageError(f"{self.place_name!r} names {len(found)} places; choose one")
        return found[0].id


def correct(record: Record, event: str, typed: Typed) -> Correction:
    """Make the correction that was typed.

    Raises:
        UsageError: it cannot be made; says why.
    """
    make = record.correcting
    if typed.kind == "merge":
        return make.merge([event, event_id(typed.other)], why=typed.why, by=typed.by)
    if typed.kind == "split":
        return make.split(event, typed.reports, why=typed.why, by=typed.by)
    return make.set(event, typed.named(), typed.value(), why=typed.why, by=typed.by)


def event_id(given: str) -> str:
    """The id of an event, of itself or of the address of its page."""
    return given.strip().split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]


def place_rows(name: str) -> tuple[PlaceRow, ...]:
    """The places that a name means: by id, or by a name with what it lies in behind a comma."""
    places = load_knowledge().lexicon.places
    if name in places:
        return (places[name],)
    bare, _, within = name.replace("\u060c", ",").partition(",")
    found = _finder().find(bare.strip(), within.strip())
    if found.status == "resolved" and found.id:
        return (places[found.id],)
    return tuple(places[one.id] for one in found.candidates[:8])


@lru_cache(maxsize=1)
def _finder() -> PlaceFinder:
    return PlaceFinder(load_knowledge())


def choices(language: Language) -> Choices:
    """What the form offers, sorted by label."""
    knowledge = load_knowledge()
    labels = load_labels()
    name = labels.arabic if language.code == "ar" else labels.english

    def named(kind: str, ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((one, name(kind, one)) for one in ids)

    return Choices(
        fields=(*FIELDS, FIGURE),
        types=tuple(sorted(named("type", tuple(knowledge.types)), key=lambda pair: pair[1])),
        statuses=named("status", STATUSES),
        actors=tuple(
            sorted(named("actor", tuple(knowledge.lexicon.actors)), key=lambda pair: pair[1])
        ),
        figures=named("figure", figure_kinds()),
        victims=named("victims", victim_kinds()),
    )


def actor_id(given: str) -> str:
    """The id of an actor that was chosen by its label in either language, or by its id."""
    return _actor_ids().get(given.strip().casefold(), given.strip())


@lru_cache(maxsize=1)
def _actor_ids() -> dict[str, str]:
    """Ids by label; where two have one label, the one that more belongs to comes first."""
    found: dict[str, str] = {}
    for (kind, ident), pair in load_labels().pairs.items():
        for name in pair if kind == "actor" else ():
            found.setdefault(name.casefold(), ident)
    return found


def near_events(record: Record, event: Event) -> list[Event]:
    """Other events of the same place and days: what it may be merged with."""
    if not event.place or not event.place.id or not event.time:
        return []
    where = EventFilter(
        places=frozenset({event.place.id}), first=event.time[0], last=event.time[1], limit=_NEAR
    )
    return [one for one in record.store.events(where) if one.id != event.id]


def offered_places(record: Record, event: Event, typed: Typed) -> list[PlaceRow]:
    """The places to choose from: those that a typed name may mean, and those that reports name."""
    told = (place.id for one in record.testimonies(event) for place in one.place)
    ids = dict.fromkeys([*(row.id for row in typed.places), typed.place, *told])
    places = load_knowledge().lexicon.places
    return [places[ident] for ident in ids if ident in places]


def given_name(request: Request) -> str:
    """Who corrected last from this browser."""
    return unquote(request.cookies.get(COOKIE, ""))


def kept_name(by: str) -> str:
    """A name as a cookie can hold it."""
    return quote(by[:120])
