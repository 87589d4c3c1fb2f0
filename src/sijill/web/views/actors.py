"""Actors and words: who fought, backed and met whom, and what each outlet calls each side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from sijill.lexicon.knowledge import load_knowledge
from sijill.record.filters import event_filter
from sijill.record.wording import Used
from sijill.store.answers import ActorTally, Document, PairTally
from sijill.web.asked import read_page
from sijill.web.counting import Counting
from sijill.web.frame import Frame, is_htmx
from sijill.web.kept import Kept

#: What two can have to do with one another: its types, or the groups of types that it takes.
TIES: dict[str, tuple[str, ...]] = {
    "fought": ("fighting", "violence", "territory"),
    "backed": ("support", "aid"),
    "met": ("meeting", "agreement"),
    "spoke": ("accusation", "threat", "request"),
}
#: The codebook's id for whoever has none.
_NOBODY = "other"
#: Ties in which both act: neither acts upon the other.
_MUTUAL = ("met",)
PAIRS, EVENTS, ACTORS, WORDS = 100, 40, 60, 12
#: Code points of an article that are shown before and behind the words, at most.
_AROUND = 140
#: Seconds that the first visitor of a small record waits to see all of it at once.
_A_MOMENT = 0.2
_CUT = " \u2026 "
_ENDS = ".\n!\u061f\u061b"


class ActorRow(msgspec.Struct, frozen=True):
    """An actor of the table: how often it acts, is acted upon, in what, against whom."""

    actor: str
    acting: int
    upon: int
    types: tuple[tuple[str, int], ...]
    against: tuple[tuple[str, int], ...]


class Pair(msgspec.Struct, frozen=True):
    """Two actors with how many events of which type they share."""

    actor: str
    target: str
    events: int
    types: tuple[tuple[str, int], ...]


class Example(msgspec.Struct, frozen=True):
    """Words in their sentence: what stands before and behind them, and where to open it."""

    document: Document
    before: str
    words: str
    behind: str


def router(frame: Frame) -> APIRouter:
    """The routes of actors and words."""
    reader = frame.records.reader
    kept, counting = Kept(reader.store), Counting(reader)

    @asynccontextmanager
    async def ending(_: FastAPI) -> AsyncIterator[None]:
        yield
        counting.stop()

    routes = APIRouter(lifespan=ending)

    @routes.get("/actors")
    def actors(request: Request) -> Response:
        return _table(frame, request, kept)

    @routes.get("/actors/pair")
    def pair(request: Request, actor: str = "", target: str = "") -> Response:
        return _pair(frame, request, actor, target)

    @routes.get("/actors/words")
    def words(request: Request) -> Response:
        return _words(frame, request, counting)

    return routes


def _table(frame: Frame, request: Request, kept: Kept) -> Response:
    """Every actor, and who has a tie with whom."""
    reader = frame.records.reader
    asked, tie = _asked(request), _tie(request)
    where = event_filter(asked, lambda: reader.places)
    name = tuple(sorted(asked.items()))
    pairs = kept.get(("pairs", name), lambda: reader.store.tally_pairs(where))
    tallies = kept.get(("actors", name), lambda: reader.store.tally_actors(where))
    rows, found = _rows(tallies, pairs), pairs_with(pairs, tie)
    every = request.query_params.get("all") == "yes"
    return frame.page(
        request,
        "actors.html",
        asked=asked,
        tie=tie,
        ties=list(TIES),
        mutual=tie in _MUTUAL,
        rows=rows if every else rows[:ACTORS],
        actors_found=len(rows),
        pairs=found if every else found[:PAIRS],
        pairs_found=len(found),
    )


def _pair(frame: Frame, request: Request, actor: str, target: str) -> Response:
    """The events of two, page by page."""
    reader = frame.records.reader
    asked, tie = _asked(request), _tie(request)
    page = read_page(request.query_params)
    question = {**asked, "type": sorted(_types(tie)), "order": "-day"}
    where = event_filter(question, lambda: reader.places)
    mutual = tie in _MUTUAL
    ids = reader.store.pair_events(actor, target, where, together=mutual)
    if mutual:
        back = ((actor, target), (target, actor))
        ids += [one for two in back for one in reader.store.pair_events(*two, where)]
    shown = list(dict.fromkeys(ids))
    some = shown[(page - 1) * EVENTS : page * EVENTS]
    return frame.page(
        request,
        "actors_pair.html",
        asked=asked,
        tie=tie,
        actor=actor,
        target=target,
        mutual=mutual,
        events=[found.event for ident in some if (found := reader.store.event(ident))],
        found=len(shown),
        page=page,
        last=max(1, -(-len(shown) // EVENTS)),
    )


def _words(frame: Frame, request: Request, counting: Counting) -> Response:
    """What each outlet calls one side, as far as it is counted."""
    progress = counting.progress()
    if progress.counted == 0 and not progress.done:
        counting.wait(_A_MOMENT)
        progress = counting.progress()
    named = counting.actors()
    actor = request.query_params.get("actor") or (named[0][0] if named else "")
    outlet = request.query_params.get("outlet", "")
    found = counting.words(actor)
    shown = [one for one in found if outlet in ("", one[0])]
    return frame.page(
        request,
        "actors_words_part.html" if is_htmx(request) else "actors_words.html",
        progress=progress,
        named=named,
        actor=actor,
        outlet=outlet,
        outlets=[one for one, _ in found],
        rows=[(one, some[:WORDS], len(some) - WORDS) for one, some in shown],
        examples=_examples(frame, [used for _, some in shown for used in some[:WORDS]]),
    )


def _asked(request: Request) -> dict[str, Any]:
    given = {
        name: request.query_params.get(name, "").strip() for name in ("place", "after", "before")
    }
    return {name: value for name, value in given.items() if value}


def _tie(request: Request) -> str:
    asked = request.query_params.get("tie", "")
    return asked if asked in TIES else next(iter(TIES))


def _types(tie: str) -> frozenset[str]:
    """The types of reports that make a tie."""
    wanted = TIES[tie]
    types = load_knowledge().types.values()
    return frozenset(one.id for one in types if one.id in wanted or one.group in wanted)


def _rows(tallies: Iterable[ActorTally], pairs: Iterable[PairTally]) -> list[ActorRow]:
    acting: Counter[str] = Counter()
    upon: Counter[str] = Counter()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    against: dict[str, Counter[str]] = defaultdict(Counter)
    for one in tallies:
        (acting if one.role == "actor" else upon)[one.actor] += one.events
        if one.role == "actor":
            types[one.actor][one.type] += one.events
    for pair in pairs:
        if not pair.together:
            against[pair.actor][pair.target] += pair.events
    names = sorted({*acting, *upon}, key=lambda one: (-acting[one] - upon[one], one))
    return [
        ActorRow(one, acting[one], upon[one], _most(types[one]), _most(against[one]))
        for one in names
    ]


def pairs_with(tallies: Iterable[PairTally], tie: str) -> list[Pair]:
    """Who has a tie with whom, the most events first, and unnamed ones last."""
    wanted, mutual = _types(tie), tie in _MUTUAL
    types: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in tallies:
        if one.type not in wanted or one.actor == one.target or (one.together and not mutual):
            continue
        two = (one.actor, one.target)
        if mutual:
            two = (min(two), max(two))
        types[two][one.type] += one.events
    found = [Pair(*two, counts.total(), _most(counts)) for two, counts in types.items()]
    return sorted(
        found,
        key=lambda one: (_NOBODY in (one.actor, one.target), -one.events, one.actor, one.target),
    )


def _most(counts: Counter[str], most: int = 5) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most])


def _examples(frame: Frame, words: Iterable[tuple[str, int, list[Used]]]) -> dict[Used, Example]:
    """The sentences around words, by where the words stand."""
    wanted = [used for _, _, some in words for used in some]
    ids = {used.document for used in wanted}
    documents = {one.id: one for one in frame.records.reader.store.documents(ids)}
    return {
        one: example(documents[one.document], one) for one in wanted if one.document in documents
    }


def example(document: Document, used: Used) -> Example:
    """Words in their sentence, which is cut between words where it is long."""
    text = document.text
    start, end = max(0, used.start - _AROUND), min(len(text), used.end + _AROUND)
    before, behind = text[start : used.start], text[used.end : end]
    cut = max(before.rfind(mark) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := behind.find(mark)) >= 0]
    before = before[cut:].lstrip() if cut or not start else _CUT + before.partition(" ")[2]
    if ends:
        behind = behind[: min(ends) + 1]
    elif end < len(text):
        behind = behind.rpartition(" ")[0] + _CUT
    return Example(document, before, text[used.start : used.end], behind)
