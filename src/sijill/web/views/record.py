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
from sijill.web.asked import read_asked
from sijill.web.frame import Frame, is_htmx, language_of, link
from sijill.web.looking import CHOICES, PAGE, condition, look
from sijill.web.points import points
from sijill.web.suggest import suggest


def router(frame: Frame) -> APIRouter:
    """The routes of the record's page."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/record")
    def show(request: Request) -> Response:
        view = look(reader, request.query_params, language_of(request).code == "ar")
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
        where = condition(reader, read_asked(request.query_params))
        there = msgspec.structs.replace(where, located=True, vague=vague_places())
        rows = [] if where.located is False else reader.store.event_rows(there)
        return _json(points(rows, lambda row: _name(row, arabic)))

    @routes.get("/record/places.json")
    def names(request: Request, q: str = "") -> Response:
        arabic = language_of(request).code == "ar"
        return _json(suggest(q[:100], reader.places, arabic))

    return routes


def _name(row: PlaceRow, arabic: bool) -> str:
    return row.name if arabic else row.name_en or row.name


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
