"""Who held it: one place from day to day, or the map of all places on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from sijill.errors import UsageError
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.lexicon.place_rows import PlaceRow
from sijill.publish.discreet import public
from sijill.record.filters import last_day
from sijill.record.record import Record
from sijill.testimony import ControlSpan, Testimony
from sijill.web.frame import Frame, language_of, link, row_name
from sijill.web.kept import Kept
from sijill.web.language import Code
from sijill.web.sides import letters, look
from sijill.web.strip import Scale, lanes

#: Widths of the strip in its own units, wide and narrow, and how many ticks each bears.
WIDE, NARROW = (1160.0, 10), (340.0, 4)
#: So many sentences of a change are shown at once; the rest when it is asked for.
SENTENCES = 6
_AREAS = frozenset({"district", "governorate", "region", "mountain", "country", "road", "river"})


class Change(msgspec.Struct, frozen=True):
    """A span of a place with the testimonies that are shown, and how many are not."""

    number: int
    span: ControlSpan
    told: tuple[Testimony, ...]
    more: int


class Clocks(msgspec.Struct, frozen=True):
    """The day that is asked about, and the day by which it had been said, if one is given."""

    on: str
    known_on: str | None

    def query(self, **more: str) -> dict[str, str]:
        """The values of an address."""
        known = {"known_on": self.known_on} if self.known_on else {}
        return {"on": self.on, **known, **more}


def router(frame: Frame) -> APIRouter:
    """The routes of who held what."""
    routes = APIRouter()
    reader = frame.records.reader
    kept = Kept(reader.store)

    @routes.get("/held")
    def held(request: Request) -> Response:
        asked, clocks = request.query_params.get("place", "").strip(), _clocks(request, reader)
        if not asked:
            spans, sides = _spans_on(reader, kept, clocks), _all_sides(reader, kept, clocks)
            return _map(frame, request, clocks, spans, sides)
        try:
            place = reader.places.one(asked)
        except UsageError:
            found = reader.places.candidates(asked)
            return frame.page(
                request,
                "held_which.html",
                404,
                asked=asked,
                found=found,
                clocks=clocks,
                whole=_whole,
            )
        return _place(frame, request, place, clocks)

    @routes.get("/held/map.json")
    def data(request: Request) -> Response:
        clocks = _clocks(request, reader)
        code = language_of(request).code
        spans = _spans_on(reader, kept, clocks)
        rows = [_marker(row, span, clocks, code) for row, span in _told(spans)]
        return JSONResponse({"day": clocks.on, "known_on": clocks.known_on, "places": rows})

    @routes.get("/held/places.json")
    def suggest(request: Request, text: str = "") -> Response:
        if not text.strip():
            return JSONResponse([])
        told = kept.get(("places",), lambda: frozenset(reader.store.controlled_places()))
        rows = reader.places.beginning(text, told)
        return JSONResponse([_suggestion(row, language_of(request).code) for row in rows])

    return routes


def _suggestion(row: PlaceRow, code: Code) -> dict[str, str]:
    """A place as a field takes it (its name and what it lies in), and its other name."""
    parent = load_knowledge().lexicon.places.get(row.parent)
    value = _named(row, code) + (f", {_named(parent, code)}" if parent else "")
    return {"id": row.id, "value": value, "label": _named(row, "en" if code == "ar" else "ar")}


def _named(row: PlaceRow, code: Code) -> str:
    return row.name if code == "ar" else row.name_en


def _whole(row: PlaceRow) -> Any:
    """What a place lies in, as pages name it; nothing for a country."""
    parent = load_knowledge().lexicon.places.get(row.parent)
    return row_name(parent) if parent else ""


def _clocks(request: Request, reader: Record) -> Clocks:
    """The days of an address; the last day of the record where none is asked for."""
    asked, known_on = (request.query_params.get(name, "").strip() for name in ("on", "known_on"))
    days = None if asked else reader.store.days()
    on = last_day(asked) if asked else days[1] if days else "2017-03-09"
    return Clocks(on, last_day(known_on) if known_on else None)


def _spans_on(reader: Record, kept: Kept, clocks: Clocks) -> list[ControlSpan]:
    """What is known of every place on the day that is asked about."""
    known_on = clocks.known_on
    if known_on is None:
        return list(reader.store.control_on(clocks.on))
    return [one for one in _known_spans(reader, kept, known_on) if _covers(one, clocks.on)]


def _known_spans(reader: Record, kept: Kept, known_on: str) -> list[ControlSpan]:
    """All that is told of every place and day, as far as it had been said by a day."""
    series = kept.get(("known", known_on), lambda: reader.holding.everywhere(known_on))
    return [one for spans in series.values() for one in spans]


def _all_sides(reader: Record, kept: Kept, clocks: Clocks) -> frozenset[str]:
    """Every side that the map may have to draw while its days play."""
    known_on = clocks.known_on
    if known_on is None:
        return kept.get(("sides",), reader.store.control_sides)
    spans = _known_spans(reader, kept, known_on)
    return frozenset(side for one in spans for side in (one.holder, *one.rivals) if side)


def _covers(span: ControlSpan, day: str) -> bool:
    return span.first <= day and (span.last is None or day <= span.last)


def _told(spans: Iterable[ControlSpan]) -> list[tuple[PlaceRow, ControlSpan]]:
    """Spans that tell something, with their places."""
    rows = load_knowledge().lexicon.places
    return [(rows[one.place], one) for one in spans if one.state != "unknown" and one.place in rows]


def _map(
    frame: Frame,
    request: Request,
    clocks: Clocks,
    spans: list[ControlSpan],
    drawn: frozenset[str],
) -> Response:
    told = _told(spans)
    by_holder: dict[str, list[tuple[PlaceRow, ControlSpan]]] = defaultdict(list)
    contested = [pair for pair in told if pair[1].state == "contested"]
    for row, span in told:
        if span.state == "held":
            by_holder[span.holder].append((row, span))
    store = frame.records.reader.store
    everywhere = len(list(store.controlled_places()))
    sides = {side for _, one in told for side in (one.holder, *one.rivals) if side}
    return frame.page(
        request,
        "held_map.html",
        clocks=clocks,
        days=_played(store.control_days(), store.days(), clocks.on),
        by_holder=sorted(by_holder.items(), key=lambda one: (-len(one[1]), one[0])),
        contested=contested,
        held=len(told),
        places=everywhere,
        sides=sorted(sides),
        drawn=sorted(drawn),
        off_map=[row for row, _ in told if row.lat is None],
        look=look,
        letters=letters,
    )


def _played(
    changes: tuple[str, str] | None, written: tuple[str, str] | None, on: str
) -> tuple[str, str]:
    """The days that the map plays: of all changes, from a year before the first article on.

    A single report of long ago would make of every step a month; the date box leads there.
    """
    first, last = _range(changes, written, on)
    if written:
        year, rest = int(written[0][:4]) - 1, written[0][4:].replace("-02-29", "-02-28")
        first = min(max(first, f"{year:04}{rest}"), on)
    return first, last


def _range(*days: tuple[str, str] | str | None) -> tuple[str, str]:
    """From the first to the last of all days that are given."""
    known = [one for day in days if day for one in ((day,) if isinstance(day, str) else day)]
    return min(known), max(known)


def _marker(row: PlaceRow, span: ControlSpan, clocks: Clocks, code: Code) -> dict[str, object]:
    """A place as the map draws it."""
    labels = load_labels()
    name = labels.arabic if code == "ar" else labels.english
    sides = [side for side in (span.holder, *span.rivals) if side]
    return {
        "id": row.id,
        "name": _named(row, code),
        "lat": row.lat,
        "lon": row.lon,
        "km": row.extent_km,
        "area": row.kind in _AREAS,
        "state": span.state,
        "sides": [{"id": side, "name": name("actor", side)} for side in sides],
        "letters": letters(name("actor", sides[0])) if sides else "?",
        "side": sides[0] if sides else "",
        "colour": look(sides[0]).colour if sides else 0,
        "href": link("/held", clocks.query(place=row.id)),
    }


def _place(frame: Frame, request: Request, place: PlaceRow, clocks: Clocks) -> Response:
    reader = frame.records.reader
    spans = reader.control(place.id, clocks.known_on)
    opened = request.query_params.get("change", "")
    days = [one.first for one in spans] + [one.last for one in spans if one.last]
    whole = (min(days), max(days)) if days else None
    between = _range if request.query_params.get("days") == "all" else _played
    first, last = between(whole, reader.store.days(), clocks.on)
    scales = [(Scale(first, last, width), most) for width, most in (WIDE, NARROW)]
    sides = dict.fromkeys(side for one in spans for side in (one.holder, *one.rivals) if side)
    return frame.page(
        request,
        "held_place.html",
        place=place,
        clocks=clocks,
        answer=next((one for one in spans if _covers(one, clocks.on)), None),
        changes=_changes(reader, spans, opened),
        strips=[(scale, lanes(spans, scale), scale.ticks(most)) for scale, most in scales],
        sides=list(sides),
        look=look,
        letters=letters,
        public=public,
        whole=_whole,
        opened=opened,
        earlier=sum((one.last or last) < first for one in spans if one.state != "unknown"),
    )


def _changes(reader: Record, spans: Sequence[ControlSpan], opened: str) -> list[Change]:
    """The spans with their sentences, all of them for the change that was opened."""
    wanted = {
        one.first: one.testimonies if one.first == opened else one.testimonies[:SENTENCES]
        for one in spans
    }
    ids = [ident for some in wanted.values() for ident in some]
    by_id = {one.id: one for one in reader.store.testimonies(ids)}
    return [
        Change(number, one, told, len(one.testimonies) - len(told))
        for number, one in enumerate(spans)
        for told in [tuple(by_id[ident] for ident in wanted[one.first] if ident in by_id)]
    ]
