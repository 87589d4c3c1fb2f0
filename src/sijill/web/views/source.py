"""The source reader: an article as it was published, with every report marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sijill.errors import UsageError
from sijill.record.record import Record
from sijill.store.answers import Document, TestimonyFilter
from sijill.testimony import Testimony
from sijill.web.faults import without_folders
from sijill.web.frame import Frame, is_htmx, language_of
from sijill.web.names import Names, web_address
from sijill.web.spans import misplaced, read_sentences, unsound
from sijill.web.why import reasons


class Copy(msgspec.Struct, frozen=True):
    """Another document that shares text with this one: ``kind`` and ``share`` as copies have it."""

    document: Document
    kind: str = ""
    share: float | None = None


class Told(msgspec.Struct, frozen=True):
    """One report of the article: the event it tells of, and whether its evidence is misplaced."""

    testimony: Testimony
    event: str = ""
    fault: bool = False


def router(frame: Frame) -> APIRouter:
    """The route of the source reader."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/source/{ident}")
    def show(request: Request, ident: str) -> Response:
        document = _document(reader, ident)
        told = _told(reader, document)
        asked = request.query_params.get("why", "")
        known = asked in {one.testimony.id for one in told}
        why = reasons(reader, asked) if known else None
        names = Names(language_of(request))
        if is_htmx(request) and known:
            return frame.page(request, "source_why.html", why=why, names=names)
        return frame.page(
            request,
            "source.html",
            document=document,
            told=told,
            sentences=read_sentences(document.text, (one.testimony for one in told)),
            unsound=unsound(document),
            copies=_copies(reader, document),
            address=web_address(document.url),
            file=without_folders(document.source),
            lit=request.query_params.get("report", ""),
            asked=asked if known else "",
            why=why,
            names=names,
        )

    return routes


def _document(reader: Record, ident: str) -> Document:
    try:
        return reader.document(ident)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error


def _told(reader: Record, document: Document) -> list[Told]:
    """The reports of a document in the order of their evidence; of a superseded text all of it."""
    where = TestimonyFilter(
        documents=frozenset({document.id}), withdrawn=document.superseded_by is not None
    )
    found = sorted(reader.store.testimonies(where=where), key=lambda one: (one.evidence, one.id))
    events = reader.store.events_of([one.id for one in found])
    return [Told(one, events.get(one.id, ""), misplaced(one, document.text)) for one in found]


def _copies(reader: Record, document: Document) -> list[Copy]:
    """The other documents of its family, and those that share a part with it."""
    links = {
        link.b if link.a == document.id else link.a: link
        for link in reader.store.copies([document.id])
    }
    family = reader.store.family(document.family) if document.family else []
    wanted = _others(document.id, [*links, *family])
    found = []
    for one in reader.store.documents(wanted):
        link = links.get(one.id)
        found.append(Copy(one, link.kind, link.share) if link else Copy(one))
    return found


def _others(ident: str, ids: Iterable[str]) -> Sequence[str]:
    return sorted({*ids} - {ident})
