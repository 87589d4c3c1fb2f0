"""The record: list, map and timeline of what is asked for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sijill.web.asked import read_asked
from sijill.web.frame import Frame, is_htmx

#: So many events stand on one page of the list.
PAGE = 40


def router(frame: Frame) -> APIRouter:
    """The routes of the record's page."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/record")
    def show(request: Request) -> Response:
        asked = read_asked(request.query_params)
        start = (asked.page - 1) * PAGE
        events = reader.events(**asked.question, order=asked.order, limit=PAGE, offset=start)
        template = "record_results.html" if is_htmx(request) else "record.html"
        return frame.page(
            request,
            template,
            asked=asked,
            events=events,
            found=reader.count(**asked.question),
            total=reader.count(),
            page_size=PAGE,
        )

    return routes
