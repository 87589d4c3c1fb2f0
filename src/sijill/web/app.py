"""Puts the page together: the record, safety, static files, one router for each page."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from sijill import __version__
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.labels import load_labels
from sijill.web.faults import explain_faults
from sijill.web.frame import Frame
from sijill.web.jobs import Jobs
from sijill.web.language import CODES, translations
from sijill.web.records import Records
from sijill.web.security import protect
from sijill.web.settings import Settings
from sijill.web.static_files import Files
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
#: Bytes from which an answer is packed, and how hard: harder takes longer than it saves.
_WORTH_PACKING, _PACKED = 1000, 4
#: Requests worked on at once: Python works on one at a time, and each more holds memory of its own
#: (20 readers for a minute: 101 MB more with the 40 threads of the default).
_AT_ONCE = 8


def make_app(settings: Settings) -> FastAPI:
    """The page over one record.

    Raises:
        RecordError: the record cannot be opened.
    """
    records = Records(settings.record, settings.read_only)
    files, jobs = Files(STATIC), Jobs(records)
    frame = Frame(settings, records, files.base)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        _load_tables()
        to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
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
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING, compresslevel=_PACKED)
    protect(app, frame)
    app.mount("/static", files, name="static")
    app.include_router(start.router(frame, jobs))
    views = (about, record, export, event, correct, compare, source, held, actors, sources)
    for view in (*views, review, log):
        app.include_router(view.router(frame))
    explain_faults(app, frame)
    return app


def _load_tables() -> None:
    """What every page needs: many who ask at once would each load it for themselves."""
    load_knowledge()
    load_labels()
    for code in CODES:
        translations(code)
    gc.freeze()  # what is known stays: no search for waste need look at it
