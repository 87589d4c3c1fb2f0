"""The queue of reviews: one decision a screen, each of them a correction."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from sijill.errors import UsageError
from sijill.lexicon.knowledge import load_knowledge
from sijill.record.corrections import in_force
from sijill.record.questions import Question, carry_out
from sijill.record.review import IMPLAUSIBLE, Queue, openness
from sijill.testimony import Correction, Testimony
from sijill.web.correction_form import given_name
from sijill.web.frame import Frame, language_of, link
from sijill.web.names import Names
from sijill.web.signing import signed
from sijill.web.spans import Sentence, misplaced, sentence_spans, told_in, unsound

#: The cookie that holds what was skipped, until the browser is closed.
SKIPPED = "skipped"
_MOST_SKIPPED = 100
_LAST = 5

Text = Annotated[str, Form()]


def router(frame: Frame) -> APIRouter:
    """The routes of the review page."""
    routes = APIRouter()
    reader = frame.records.reader

    @routes.get("/review")
    def show(request: Request) -> Response:
        return _page(frame, request, request.query_params.get("at", ""))

    @routes.post("/review/decide")
    def decide(request: Request, at: Text, answer: Text, by: Text = "", why: Text = "") -> Response:
        _allow(frame)
        question = reader.review.question(at)
        if question is None:
            raise UsageError("this question waits no more; go on with the next one")
        if not by.strip():
            return _page(frame, request, at, status=400, unsigned=True, why=why)
        follower = _follower(reader.review.queue(), _skipped(request), at)
        with frame.records.writing() as record:
            made = carry_out(record.correcting, question, answer, why=why, by=by.strip())
        return signed(link("/review", at=follower, made=made.id), by)

    @routes.post("/review/skip")
    def skip(request: Request, at: Text) -> Response:
        skipped = [*_skipped(request), at][-_MOST_SKIPPED:]
        follower = _follower(reader.review.queue(), skipped, at)
        answer = RedirectResponse(link("/review", at=follower), 303)
        answer.set_cookie(SKIPPED, ".".join(skipped), httponly=True, samesite="lax")
        return answer

    @routes.post("/review/unskip")
    def unskip() -> Response:
        answer = RedirectResponse("/review", 303)
        answer.delete_cookie(SKIPPED)
        return answer

    @routes.post("/review/undo")
    def undo(request: Request, correction: Text, by: Text = "", at: Text = "") -> Response:
        _allow(frame)
        by = by.strip() or given_name(request)
        with frame.records.writing() as record:
            record.correcting.undo(correction, why="taken back in review", by=by)
        return signed(link("/review", at=at), by)

    return routes


def _allow(frame: Frame) -> None:
    if frame.settings.read_only:
        raise HTTPException(403, "this record is served for reading only")


def _page(
    frame: Frame,
    request: Request,
    at: str,
    *,
    status: int = 200,
    unsigned: bool = False,
    why: str = "",
) -> Response:
    """The question at an id, else the first that was not skipped; or what was decided last."""
    reader, language = frame.records.reader, language_of(request)
    queue, skipped = reader.review.queue(), _skipped(request)
    ids = queue.ids
    at = at if at in ids else next((one for one in ids if one not in skipped), "")
    question = reader.review.question(at) if at else None
    place = ids.index(at) if at else 0
    log = list(reader.store.corrections())
    return frame.page(
        request,
        "review.html",
        status,
        question=question,
        told=_read(frame, question) if question else [],
        open_share=openness(question.doubt) if question else 0,
        implausible=IMPLAUSIBLE,
        before=ids[place - 1] if at and place else "",
        after=ids[place + 1] if at and place + 1 < len(ids) else "",
        number=place + 1,
        waiting=len(ids),
        more=queue.more,
        skipped=len(set(skipped) & set(ids)),
        names=Names(language),
        rows=load_knowledge().lexicon.places,
        by=given_name(request),
        why=why,
        unsigned=unsigned,
        last=in_force(log)[: -_LAST - 1 : -1],
        undoable=_undoable(log, given_name(request)),
        made=request.query_params.get("made", ""),
    )


def _skipped(request: Request) -> list[str]:
    return [one for one in request.cookies.get(SKIPPED, "").split(".") if one]


def _follower(queue: Queue, skipped: list[str], at: str) -> str:
    """The question after one that is answered or skipped now; nothing at the end."""
    ids = queue.ids
    later = ids[ids.index(at) + 1 :] if at in ids else ids
    return next((one for one in later if one not in skipped), "")


def _undoable(log: list[Correction], by: str) -> Correction | None:
    """The last correction of this author that is in force."""
    return next((one for one in reversed(in_force(log)) if one.by == by), None)


def _read(frame: Frame, question: Question) -> list[tuple[Testimony, list[Sentence]]]:
    """The reports of a question with their sentences; none where the evidence is misplaced."""
    wanted = {one.document for one in question.told}
    documents = {one.id: one for one in frame.records.reader.store.documents(sorted(wanted))}
    found = []
    for one in question.told:
        document = documents[one.document]
        sound = not unsound(document) and not misplaced(one, document.text)
        cuts = sentence_spans(document.text) if sound else []
        found.append((one, list(told_in(document.text, one, cuts)) if sound else []))
    return found
