"""One event: a sentence, how far it stands, its figures, its disputes, every claim."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sijill.errors import UsageError
from sijill.record.record import Record
from sijill.store.answers import Found, State
from sijill.testimony import Correction, Event
from sijill.web.claims import claims
from sijill.web.correction_form import Typed, choices, given_name, near_events, offered_places
from sijill.web.frame import Frame, language_of
from sijill.web.locator import locator, outlines
from sijill.web.names import Names
from sijill.web.ranges import charts

#: The citations: how each is asked for, its media type and the end of its file's name.
CITATIONS = {
    "bibtex": ("application/x-bibtex", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
    "ris": ("application/x-research-info-systems", "ris"),
}


def router(frame: Frame) -> APIRouter:
    """The routes of an event's page and of its citations."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/event/{ident}")
    def show(request: Request, ident: str) -> Response:
        found = event_at(reader, ident)
        made = _correction(reader, request.query_params.get("corrected", ""))
        return event_page(frame, request, ident, found, corrected=made)

    @routes.get("/event/{ident}/cite")
    def cite(request: Request, ident: str) -> Response:
        found = event_at(reader, ident)
        form = request.query_params.get("as", "bibtex")
        today = datetime.now(UTC).date().isoformat()
        text = reader.cite(found.event.id, form, accessed=today)
        media, end = CITATIONS[form]
        name = f"sijill-{found.event.id}.{end}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type=f"{media}; charset=utf-8", headers=headers)

    @routes.get("/outlines.svg")
    def map_outlines() -> Response:
        headers = {"Cache-Control": "private, max-age=86400"}
        return Response(outlines(), media_type="image/svg+xml", headers=headers)

    return routes


def event_at(reader: Record, ident: str) -> Found:
    """The event at an address.

    Raises:
        HTTPException: 404, no event ever had it.
    """
    try:
        return reader.event(ident)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


def event_page(
    frame: Frame,
    request: Request,
    ident: str,
    found: Found,
    *,
    status: int = 200,
    typed: Typed | None = None,
    **more: Any,
) -> Response:
    """The page of an event; ``typed`` is what somebody wrote into its forms, with what is wrong."""
    reader, language = frame.records.reader, language_of(request)
    event = found.event
    typed = typed or Typed.of(event, given_name(request))
    more = {"corrected": None} | more
    return frame.page(
        request,
        "event.html",
        status,
        asked=ident,
        found=found,
        event=event,
        names=Names(language),
        claims=claims(reader, event),
        charts=charts(event),
        locator=locator(event.place),
        earlier=_earlier(reader, event),
        corrections=list(reader.store.corrections(event.id)),
        typed=typed,
        choices=choices(language),
        places=offered_places(reader, event, typed),
        near=[] if frame.settings.read_only else near_events(reader, event),
        citations=tuple(CITATIONS),
        **more,
    )


def _earlier(reader: Record, event: Event) -> list[State]:
    """The earlier states of an event, the last one first."""
    return [one for one in reader.store.history(event.id) if one.until][::-1]


def _correction(reader: Record, ident: str) -> Correction | None:
    """The correction that was just made, for the notice."""
    if not ident:
        return None
    return next((one for one in reader.store.corrections() if one.id == ident), None)
