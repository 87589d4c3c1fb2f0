"""What the store takes and answers, where it is no record of ``testimony.py``: all immutable."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from sijill.issues import Issue
from sijill.model import Days, Figure
from sijill.testimony import ControlSpan, Event, Testimony

Order = Literal["day", "-day", "-killed", "-witnesses"]
#: South, west, north, east, in degrees.
Box = tuple[float, float, float, float]


class Document(msgspec.Struct, frozen=True):
    """One article as it was read; ``id`` is a hash of its name, its address and its text.

    ``day`` is the reference day and ``basis`` what it rests on; ``family`` is the family of copies
    it belongs to, or nothing; ``superseded_by`` is the later text under the same name;
    ``stated_outlet`` is what the input said, nothing where an older program did not keep it.
    """

    id: str
    name: str
    text: str
    sha256: str
    url: str = ""
    title: str = ""
    outlet: str = ""
    agency: str = ""
    source: str = ""
    line: int | None = None
    published: str = ""
    day: str | None = None
    basis: str = "none"
    read_at: str = ""
    program: str = ""
    issues: tuple[Issue, ...] = ()
    extra: dict[str, Any] = {}
    family: str = ""
    superseded_by: str | None = None
    stated_outlet: str | None = None


class Kept(msgspec.Struct, frozen=True):
    """Where a document that the record has came from, and whether a later text supersedes it."""

    source: str
    stated_outlet: str | None
    superseded: bool


class Added(msgspec.Struct, frozen=True):
    """What became of a document: whether it is ``new``, and the text that it supersedes.

    One that was superseded itself and is the newest again is ``back``.
    """

    id: str
    new: bool
    supersedes: str | None = None
    back: bool = False


class Changes(msgspec.Struct, frozen=True):
    """The ids that a call added, changed and withdrew; what stayed as it was is in none."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class TestimonyFilter(msgspec.Struct, frozen=True):
    """Which testimonies: all conditions hold at once, an empty one asks nothing.

    ``first`` and ``last`` are days that the report's own days must touch. ``known_on`` keeps what
    was said by that day. Withdrawn ones come only where ``withdrawn`` is set.
    """

    documents: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    box: Box | None = None
    first: str | None = None
    last: str | None = None
    types: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    known_on: str | None = None
    withdrawn: bool = False


class EventFilter(msgspec.Struct, frozen=True):
    """Which events, in which order: all conditions hold at once, an empty one asks nothing.

    ``first`` and ``last`` are days that the event's own days must touch. ``killed_min`` asks for
    the highest number that anybody gives. All words of ``text`` must stand in the event's words;
    ``word*`` stands for every word that begins so. ``known_on`` keeps events that somebody had
    told of by that day; they come as they are known now. ``located`` keeps events that lie at a
    point of the map, or those that do not; places in ``vague`` have a point that tells nothing.
    """

    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    box: Box | None = None
    first: str | None = None
    last: str | None = None
    types: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    standings: frozenset[str] = frozenset()
    killed_min: float | None = None
    text: str = ""
    known_on: str | None = None
    located: bool | None = None
    vague: frozenset[str] = frozenset()
    order: Order = "day"
    limit: int | None = None
    offset: int = 0


class EventRow(msgspec.Struct, frozen=True):
    """An event as a map needs it: no more than columns hold.

    ``place`` is the id of its place and may be empty; ``lat`` and ``lon`` are its point, in
    degrees; both days are nothing where none is stated.
    """

    id: str
    type: str
    status: str
    standing: str
    first_day: str | None
    last_day: str | None
    place: str | None
    lat: float | None
    lon: float | None


class Found(msgspec.Struct, frozen=True):
    """An event by its address. ``path`` is every address from the one asked for to its own.

    Where the last one was ``withdrawn``, ``event`` is what it was.
    """

    event: Event
    path: tuple[str, ...]
    withdrawn: bool = False


class State(msgspec.Struct, frozen=True):
    """What a testimony, an event or a place's control was from ``since`` to ``until``.

    ``end`` is ``changed``, ``withdrawn``, ``replaced`` (by ``successor``) or ``revived`` (the state
    was that of something withdrawn), and nothing for the state that is.
    """

    id: str
    version: int
    since: str
    value: Testimony | Event | tuple[ControlSpan, ...]
    until: str = ""
    end: str = ""
    successor: str = ""
    withdrawn: bool = False


class SaidFigure(msgspec.Struct, frozen=True):
    """A figure, and the testimony that gives it, with the type of that report."""

    testimony: str
    outlet: str
    speaker: str
    said_on: str | None
    time: Days | None
    figure: Figure
    type: str = ""


class Coverage(msgspec.Struct, frozen=True, order=True):
    """How many documents of an outlet were written in a week (``2017-W10``)."""

    outlet: str
    week: str
    documents: int


class OutletTally(msgspec.Struct, frozen=True):
    """What the record has of one outlet.

    ``copies`` counts its documents that are copies of another one; ``first`` the events of several
    outlets that it alone told of on the earliest day; ``first_day`` and ``last_day`` are those of
    its dated documents.
    """

    outlet: str
    documents: int = 0
    reports: int = 0
    copies: int = 0
    first: int = 0
    first_day: str | None = None
    last_day: str | None = None


class ActorTally(msgspec.Struct, frozen=True):
    """In how many events of a type an actor has a role: ``actor`` or ``target``."""

    actor: str
    role: str
    type: str
    events: int


class PairTally(msgspec.Struct, frozen=True):
    """In how many events of a type one actor acts upon another, or two act ``together``."""

    actor: str
    target: str
    type: str
    events: int
    together: bool = False


class DocumentLine(msgspec.Struct, frozen=True):
    """A document in a list: all but its text; ``reports`` counts what it tells."""

    id: str
    name: str
    title: str
    outlet: str
    agency: str
    day: str | None
    family: str
    superseded_by: str | None
    reports: int
    issues: tuple[Issue, ...] = ()


class RecordFault(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong in a record: in which table, with which id, and what."""

    table: str
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.message}"


class Sums(msgspec.Struct, frozen=True):
    """How much a record holds; ``disputed`` are the events that sources contradict."""

    documents: int
    reports: int
    events: int
    disputed: int


class DoubtLimits(msgspec.Struct, frozen=True):
    """What counts as doubtful, and how many doubts of each kind are wanted.

    ``many_dead`` on one witness's word; a pair whose score (log-odds) is no further from nought
    than ``score``; ``most`` of each kind.
    """

    many_dead: float
    score: float
    most: int


class Doubt(msgspec.Struct, frozen=True):
    """Something that a person should look at.

    ``kind`` is ``dispute``, ``toll``, ``day``, ``place-ambiguous``, ``place-unknown``,
    ``pair-apart`` or ``pair-together``; ``killed`` the highest number of dead that anybody gives.
    Pairs name the ``other`` event, if it is one, both testimonies, and their score.
    """

    kind: str
    event: str
    killed: float = 0
    other: str = ""
    pair: tuple[str, ...] = ()
    score: float = 0.0
