"""Puts the page together: the record, safety, static files, one router for each page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from sijill import __version__
from sijill.web.faults import explain_faults
from sijill.web.frame import Frame
from sijill.web.jobs import Jobs
from sijill.web.records import Records
from sijill.web.security import protect
from sijill.web.settings import Settings
from sijill.web.views import (
    about,
    actors,
    compare,
    correct,
    event,
    export,
    held,
    log,
    record,
    review,
    source,
    sources,
    start,
)

STATIC = Path(__file__).with_name("static")


def make_app(settings: Settings) -> FastAPI:
    """The page over one record.

    Raises:
        RecordError: the record cannot be opened.
    """
    records = Records(settings.record, settings.read_only)
    frame = Frame(settings, records)
    jobs = Jobs(records)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        jobs.close()
        records.close()

    app = FastAPI(
        title="Sijill",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    protect(app, frame)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(start.router(frame, jobs))
    views = (about, record, export, event, correct, compare, source, held, actors, sources)
    for view in (*views, review, log):
        app.include_router(view.router(frame))
    explain_faults(app, frame)
    return app
