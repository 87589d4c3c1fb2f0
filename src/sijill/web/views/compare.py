"""The sources of an event side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sijill.web.frame import Frame, language_of
from sijill.web.names import Names
from sijill.web.side_by_side import columns, compare
from sijill.web.views.event import event_at


def router(frame: Frame) -> APIRouter:
    """The route of the comparison."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/event/{ident}/compare")
    def show(request: Request, ident: str) -> Response:
        event = event_at(reader, ident).event
        sources = columns(reader.testimonies(event))
        return frame.page(
            request,
            "compare.html",
            event=event,
            names=Names(language_of(request)),
            sources=sources,
            facets=compare(event, sources),
        )

    return routes
