"""One look at the record: what an address asks for, and all that its page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.datastructures import QueryParams

from sijill.errors import UsageError
from sijill.lexicon.place_rows import PlaceRow
from sijill.record.filters import ORDERS, event_filter, first_day, last_day
from sijill.record.record import Record
from sijill.store.answers import EventFilter
from sijill.testimony import Event
from sijill.web.asked import DEFAULT_ORDER, Asked, given_filters
from sijill.web.kept import Kept
from sijill.web.snippets import Snippet, snippets
from sijill.web.suggest import Suggestion, suggest
from sijill.web.timeline import Timeline, timeline

#: So many events stand on one page of the list.
PAGE = 40
#: A page of the list has a number of at most so many digits.
_DIGITS = 6


class Fault(msgspec.Struct, frozen=True):
    """A filter that cannot be understood: its name, what was given, and why.

    ``near`` are places that may have been meant.
    """

    name: str
    value: str
    message: str
    near: tuple[Suggestion, ...] = ()


class Hint(msgspec.Struct, frozen=True):
    """A value of a filter without which there are so many ``events``."""

    name: str
    value: str
    events: int


class View(msgspec.Struct, frozen=True):
    """What the page shows. ``given`` are the filters as typed, ``asked`` those that hold.

    ``place`` is the place that is asked for; ``actors`` are those of the record, the most frequent
    first; ``hints`` say what took away the last events. With ``faults`` there are no events.
    """

    asked: Asked
    given: dict[str, str]
    faults: tuple[Fault, ...] = ()
    events: tuple[Event, ...] = ()
    snippets: dict[str, Snippet] = {}
    found: int = 0
    total: int = 0
    off_map: int = 0
    timeline: Timeline = Timeline()
    hints: tuple[Hint, ...] = ()
    place: PlaceRow | None = None
    actors: tuple[tuple[str, int], ...] = ()


def look(record: Record, kept: Kept, query: QueryParams, arabic: bool = False) -> View:
    """The view of an address; what is wrong in it is in the view's faults.

    ``kept`` are the counts that stay; ``arabic`` is the language in which places are suggested.
    """
    given = given_filters(query)
    faults = tuple(_faults(record, given, query.get("order") or DEFAULT_ORDER, arabic))
    bad = {one.name for one in faults}
    good = {name: value for name, value in given.items() if name not in bad}
    order = DEFAULT_ORDER if "order" in bad else query.get("order") or DEFAULT_ORDER
    asked = Asked(good, order, _page(query.get("page") or "1"))
    view = View(
        asked,
        given,
        faults,
        total=kept.get(("total",), record.count),
        place=_place(record, asked),
        actors=kept.get(("actors",), lambda: _actors(record)),
    )
    return view if faults else _answer(record, kept, view)


def condition(record: Record, asked: Asked) -> EventFilter:
    """The filters of an address as the store takes them.

    Raises:
        UsageError: for a filter that cannot be understood.
    """
    return event_filter({**asked.question, "order": asked.order}, lambda: record.places)


def _answer(record: Record, kept: Kept, view: View) -> View:
    """The view with what its filters find."""
    asked = view.asked
    where = condition(record, asked)
    name = tuple(sorted(asked.filters.items()))
    found, line = kept.get(("time", *name), lambda: _in_time(record, asked, where))
    last = max(1, -(-found // PAGE))
    asked = msgspec.structs.replace(asked, page=min(asked.page, last))
    some = msgspec.structs.replace(where, limit=PAGE, offset=(asked.page - 1) * PAGE)
    events = tuple(record.store.events(some)) if found else ()
    return msgspec.structs.replace(
        view,
        asked=asked,
        events=events,
        snippets=snippets(record, events, asked.filters.get("text", "")),
        found=found,
        off_map=kept.get(("off", *name), lambda: _off_map(record, asked, found)),
        timeline=line,
        hints=() if found else tuple(_hints(record, asked)),
    )


def _in_time(record: Record, asked: Asked, where: EventFilter) -> tuple[int, Timeline]:
    """How many events are found, and when they were."""
    days = record.store.event_days(where)
    first, last = asked.filters.get("after"), asked.filters.get("before")
    line = timeline(days, first_day(first) if first else "", last_day(last) if last else "")
    return sum(days.values()), line


def _actors(record: Record) -> tuple[tuple[str, int], ...]:
    """The actors of the record with their events, the most frequent first."""
    counted = record.store.event_actors().items()
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _off_map(record: Record, asked: Asked, found: int) -> int:
    located = asked.filters.get("located")
    if located or not found:
        return found if located == "no" else 0
    return record.count(**asked.question, located="no")


def _hints(record: Record, asked: Asked) -> list[Hint]:
    """What each value takes away by itself, the greatest loss first."""
    lost = [
        Hint(name, value, record.count(**asked.without(name, value).question))
        for name in asked.filters
        for value in asked.values(name)
    ]
    return sorted((one for one in lost if one.events), key=lambda one: -one.events)


def _faults(record: Record, given: Mapping[str, str], order: str, arabic: bool) -> list[Fault]:
    found = []
    for name, value in {**given, "order": order}.items():
        try:
            event_filter({name: _typed(name, value)}, lambda: record.places)
        except UsageError as error:
            near = suggest(value, record.places, arabic) if name == "place" else ()
            found.append(Fault(name, value, str(error), tuple(near)))
    return found


def _typed(name: str, value: str) -> Any:
    if name != "killed_min":
        return value
    if not value.isdecimal() or len(value) > _DIGITS:
        raise UsageError(f"{value!r} is no number of people")
    return int(value)


def _place(record: Record, asked: Asked) -> PlaceRow | None:
    place = asked.filters.get("place")
    return record.places.one(place) if place else None


def _page(given: str) -> int:
    return max(1, int(given)) if given.isdecimal() and len(given) <= _DIGITS else 1


#: The orders of the list, as the form offers them.
CHOICES = tuple(sorted(ORDERS, key=("-witnesses", "-killed", "-day", "day").index))
