"""The log: every correction with author and reason, undone one by one, carried to other records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from sijill.errors import SourceError, UsageError
from sijill.record.corrections import Conflict, undone
from sijill.record.record import Record
from sijill.testimony import Correction
from sijill.web.correction_form import given_name
from sijill.web.frame import Frame
from sijill.web.kept import Kept
from sijill.web.signing import signed
from sijill.web.views.about import inside

#: Corrections on one page.
PAGE = 50

Text = Annotated[str, Form()]


class Entry(msgspec.Struct, frozen=True):
    """A correction as the log shows it.

    ``state`` is ``force``, ``undone`` or ``conflict`` (``why`` says what does not fit); ``back`` is
    the correction that an undo took back.
    """

    correction: Correction
    state: str
    why: str = ""
    back: Correction | None = None


def router(frame: Frame) -> APIRouter:
    """The routes of the log."""
    routes = APIRouter()
    reader = frame.records.reader
    book = _Book(reader)

    @routes.get("/log")
    def show(request: Request) -> Response:
        return _page(frame, request, book)

    @routes.get("/log/corrections.jsonl")
    def export() -> Response:
        headers = {"Content-Disposition": 'attachment; filename="corrections.jsonl"'}
        lines = reader.correcting.export()
        return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)

    @routes.post("/log/apply")
    def apply(request: Request, file: UploadFile) -> Response:
        _allow(frame)
        data = file.file.read(frame.settings.most_bytes + 1)
        if len(data) > frame.settings.most_bytes:
            raise HTTPException(413, f"larger than {frame.settings.most_bytes:,} bytes")
        new, wrong = _applied(frame, data)
        return _page(frame, request, book, applied=new, misfits=wrong)

    @routes.post("/log/{ident}/undo")
    def undo(ident: str, why: Text = "", by: Text = "", back: Text = "/log") -> Response:
        _allow(frame)
        with frame.records.writing() as record:
            record.correcting.undo(ident, why=why, by=by)
        return signed(inside(back), by)

    return routes


def _allow(frame: Frame) -> None:
    if frame.settings.read_only:
        raise HTTPException(403, "this record is served for reading only")


def _applied(frame: Frame, data: bytes) -> tuple[int, list[Conflict]]:
    """Take over the corrections of a file that was sent.

    Raises:
        UsageError: a line of it is no correction; nothing is taken over then.
    """
    with tempfile.TemporaryDirectory(prefix="sijill-log-") as folder:
        path = Path(folder) / "corrections.jsonl"
        path.write_bytes(data)
        try:
            with frame.records.writing() as record:
                return record.correcting.apply(path)
        except SourceError as error:
            raise UsageError(f"line {error.place}: {error.message}") from error


def entries(log: Iterable[Correction], conflicts: Iterable[Conflict]) -> list[Entry]:
    """The corrections of a log, the last one first, each with its state."""
    all_ = list(log)
    gone, by_id = undone(all_), {one.id: one for one in all_}
    wrong = {one.correction.id: one.why for one in conflicts}
    found = []
    for one in reversed(all_):
        state = "undone" if one.id in gone else "conflict" if one.id in wrong else "force"
        found.append(Entry(one, state, wrong.get(one.id, ""), by_id.get(one.undoes)))
    return found


class _Book:
    """The entries of a log, put together once for each state of the record."""

    def __init__(self, reader: Record) -> None:
        self._correcting, self._kept = reader.correcting, Kept(reader.store)

    def entries(self) -> list[Entry]:
        """All entries as they are now: each is looked up in the record, for conflicts."""
        return self._kept.get(("entries",), self._found)

    def _found(self) -> list[Entry]:
        return entries(self._correcting.log(), self._correcting.conflicts())


def _page(
    frame: Frame,
    request: Request,
    book: _Book,
    *,
    applied: int | None = None,
    misfits: Iterable[Conflict] = (),
) -> Response:
    query = request.query_params
    asked = {name: query.get(name, "").strip() for name in ("event", "author", "state")}
    everything = book.entries()
    kept = [one for one in everything if _wanted(one, asked)]
    page = query.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    number = max(1, min(number, (len(kept) + PAGE - 1) // PAGE))
    return frame.page(
        request,
        "log.html",
        entries=kept[(number - 1) * PAGE : number * PAGE],
        found=len(kept),
        total=len(everything),
        authors=sorted({one.correction.by for one in everything}),
        asked=asked,
        number=number,
        last_page=max(1, (len(kept) + PAGE - 1) // PAGE),
        by=given_name(request),
        applied=applied,
        misfits=list(misfits),
    )


def _wanted(entry: Entry, asked: dict[str, str]) -> bool:
    given = entry.correction
    return (
        (not asked["event"] or given.target == asked["event"])
        and (not asked["author"] or given.by == asked["author"])
        and (not asked["state"] or entry.state == asked["state"])
    )
