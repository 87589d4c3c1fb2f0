"""The record: list, map and timeline of what is asked for, and what serves them."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.publish.export import available
from sijill.record.corrections import STATUSES
from sijill.record.filters import STANDINGS, vague_places
from sijill.record.record import Record
from sijill.store.answers import EventRow
from sijill.web.asked import Asked, read_asked
from sijill.web.frame import Frame, is_htmx, language_of, link
from sijill.web.kept import Kept
from sijill.web.looking import CHOICES, PAGE, condition, look
from sijill.web.points import at_spot, points
from sijill.web.suggest import suggest

#: A place of the map lists so many events; the rest is a click away.
_MOST_AT_ONCE = 60
#: Counts, timelines and points that are kept: some KB each.
_KEPT = 256


def router(frame: Frame) -> APIRouter:
    """The routes of the record's page."""
    routes = APIRouter()
    reader = frame.records.reader
    kept = Kept(reader.store, _KEPT)

    @routes.get("/record")
    def show(request: Request) -> Response:
        view = look(reader, kept, request.query_params, language_of(request).code == "ar")
        answer = frame.page(
            request,
            "record_parts.html" if is_htmx(request) else "record.html",
            400 if view.faults else 200,
            view=view,
            asked=view.asked,
            page_size=PAGE,
            types=load_knowledge().types,
            statuses=STATUSES,
            standings=STANDINGS,
            orders=CHOICES,
            forms=available(),
            from_form=request.headers.get("hx-source") == "form#filters",
        )
        if is_htmx(request):
            page = view.asked.page if view.asked.page > 1 else None
            here = link("/record", view.asked.query(page=page))
            answer.headers["HX-Push-Url"] = "false" if view.faults else here
        return answer

    @routes.get("/record/points.json")
    def on_the_map(request: Request) -> Response:
        arabic = language_of(request).code == "ar"
        asked = read_asked(request.query_params)

        def make() -> bytes:
            rows = _located(reader, asked)
            return msgspec.json.encode(points(rows, lambda row: _name(row, arabic)))

        return _json(kept.get(("points", arabic, *sorted(asked.filters.items())), make))

    @routes.get("/record/at.json")
    def at_a_place(request: Request, spot: str) -> Response:
        asked = read_asked(request.query_params)
        place = spot.partition("@")[0]
        if place in load_knowledge().lexicon.places:
            asked = msgspec.structs.replace(asked, filters={**asked.filters, "place": place})
        there = at_spot(_located(reader, asked), spot)[:_MOST_AT_ONCE]
        rows = [(one.id, one.type, one.standing, one.first_day or "") for one in there]
        return _json(msgspec.json.encode(rows))

    @routes.get("/record/places.json")
    def names(request: Request, q: str = "") -> Response:
        arabic = language_of(request).code == "ar"
        return _json(msgspec.json.encode(suggest(q[:100], reader.places, arabic)))

    return routes


def _name(row: PlaceRow, arabic: bool) -> str:
    return row.name if arabic else row.name_en or row.name


def _located(reader: Record, asked: Asked) -> list[EventRow]:
    """The events that are asked for and on the map."""
    where = condition(reader, asked)
    there = msgspec.structs.replace(where, located=True, vague=vague_places())
    return [] if where.located is False else list(reader.store.event_rows(there))


def _json(encoded: bytes) -> Response:
    return Response(encoded, media_type="application/json")
