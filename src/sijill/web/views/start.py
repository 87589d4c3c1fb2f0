"""Where one starts: articles given to be read, what became of them, what the record holds."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from sijill.errors import UsageError
from sijill.ingest.files import READABLE
from sijill.web.frame import Frame, is_htmx, language_of
from sijill.web.jobs import Given, Jobs, Progress
from sijill.web.names import Names
from sijill.web.uploads import keep_files, keep_text

#: What the form around the files takes beyond them, in bytes.
_SPARE = 1_000_000
#: Lines of a job that one page shows.
_SHOWN = 500
_FIELDS = ("text", "title", "outlet", "date")


def router(frame: Frame, jobs: Jobs) -> APIRouter:
    """The routes of the start page and of reading."""
    routes = APIRouter()
    settings, reader = frame.settings, frame.records.reader

    @routes.get("/")
    def start(request: Request) -> Response:
        queue = reader.review.queue()
        return frame.page(
            request,
            "start.html",
            sums=reader.store.sums(),
            waiting=len(queue.doubts),
            more=queue.more,
            jobs=jobs.recent()[:5],
            most_files=settings.most_files,
            most_bytes=settings.most_bytes,
            readable=READABLE,
        )

    @routes.post("/read/files")
    async def read_files(request: Request) -> Response:
        _allow(frame, request, settings.most_bytes * settings.most_files)
        async with request.form(max_files=settings.most_files, max_fields=10) as form:
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            given = await run_in_threadpool(keep_files, files, settings)
        return _started(jobs, given)

    @routes.post("/read/text")
    async def read_text(request: Request) -> Response:
        _allow(frame, request, settings.most_bytes)
        most = settings.most_bytes + _SPARE
        async with request.form(max_files=0, max_fields=10, max_part_size=most) as form:
            fields = {name: str(form.get(name, "")) for name in _FIELDS}
        return _started(jobs, await run_in_threadpool(keep_text, fields, settings))

    @routes.post("/read/sample")
    def read_sample(request: Request) -> Response:
        _allow(frame, request, 0)
        if reader.store.sums().documents:
            raise UsageError("the sample is for an empty record; this one holds articles")
        return _started(jobs, Given((_sample(),)))

    @routes.get("/read/{ident}")
    def progress(request: Request, ident: str) -> Response:
        return _progress(frame, request, jobs.progress(ident))

    return routes


def _progress(frame: Frame, request: Request, job: Progress | None) -> Response:
    """The page of a job, or the part of it that is asked for again and again."""
    if job is None and is_htmx(request):
        return frame.page(request, "read_gone.html")
    if job is None:
        raise HTTPException(404, "nothing is read under this address; jobs end with sijill serve")
    return frame.page(
        request,
        "read_progress.html" if is_htmx(request) else "read.html",
        job=job,
        lines=job.lines[-_SHOWN:],
        hidden=job.dropped + max(0, len(job.lines) - _SHOWN),
        names=Names(language_of(request)),
    )


def _allow(frame: Frame, request: Request, most: int) -> None:
    """Refuse what may not be sent, before it is received."""
    if frame.settings.read_only:
        raise HTTPException(403, "this record is served for reading only")
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal():
        raise HTTPException(411, "the length of what is sent must be told")
    if int(length) > most + _SPARE:
        raise HTTPException(413, f"this is larger than the {most:,} bytes that are taken at once")


def _started(jobs: Jobs, given: Given) -> Response:
    return RedirectResponse(f"/read/{jobs.start(given)}", 303)


def _sample() -> Path:
    return Path(str(importlib.resources.files("sijill").joinpath("samples", "stories.jsonl")))
