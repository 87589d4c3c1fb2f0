"""Correcting an event from its page: a field set, events merged, reports split off."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from sijill.errors import UsageError
from sijill.web.correction_form import COOKIE, Typed, correct, kept_name, place_rows
from sijill.web.frame import Frame, link
from sijill.web.limits import MOST_FIELDS
from sijill.web.views.event import event_at, event_page

_A_YEAR = 365 * 24 * 3600


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


def router(frame: Frame) -> APIRouter:
    """The route that takes corrections."""
    routes = APIRouter()

    @routes.post("/event/{ident}/correct")
    def make(request: Request, ident: str, form: Annotated[FormData, Depends(_form)]) -> Response:
        if frame.settings.read_only:
            raise HTTPException(403, "this record is served for reading only")
        found = event_at(frame.records.reader, ident)
        typed = Typed.read(form, found.event)
        if not typed.why or not typed.by:
            typed = msgspec.structs.replace(typed, missing=True)
            return event_page(frame, request, ident, found, status=400, typed=typed)
        try:
            with frame.records.writing() as record:
                made = correct(record, found.event.id, typed)
        except UsageError as error:
            typed = _explained(typed, error)
            return event_page(frame, request, ident, found, status=400, typed=typed)
        answer = RedirectResponse(link(f"/event/{found.event.id}", corrected=made.id), 303)
        answer.set_cookie(COOKIE, kept_name(typed.by), max_age=_A_YEAR, samesite="lax")
        return answer

    return routes


def _explained(typed: Typed, error: UsageError) -> Typed:
    """What was typed, with what is wrong and the places that a name may mean."""
    rows = place_rows(typed.place_name) if typed.field == "place" and typed.place_name else ()
    return msgspec.structs.replace(typed, error=str(error), places=rows)
