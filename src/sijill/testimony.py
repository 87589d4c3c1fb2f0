"""Records between reports and the record: testimonies, copies, events, disputes, control.

A *testimony* is one report of one document as the record keeps it, with who published it, on whose
word, and the family of copies that the document belongs to. Everything here is made from
testimonies and names the ones that it was made from.
"""

from __future__ import annotations

import msgspec

from sijill.model import Days, Figure, Place, Speaker


class Testimony(msgspec.Struct, frozen=True):
    """One report as one document tells it.

    ``id`` is unique in a record and stays; ``document`` is the document's id and ``doc`` its name;
    ``said_on`` is the day the document was written; ``family`` is the id of its family of copies,
    or its own id where it is nobody's copy: testimonies of one family are one witness. ``quote``
    holds the words of the first piece of evidence.
    """

    id: str
    document: str
    doc: str
    type: str
    status: str
    outlet: str = ""
    agency: str = ""
    said_on: str | None = None
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[Place, ...] = ()
    time: Days | None = None
    speaker: Speaker | None = None
    figures: tuple[Figure, ...] = ()
    evidence: tuple[tuple[int, int], ...] = ()
    quote: str = ""
    trigger: str = ""
    family: str = ""


class CopyLink(msgspec.Struct, frozen=True):
    """Two documents of which one is a copy of the other or holds part of it.

    ``kind`` is ``same``, ``near`` (edited) or ``excerpt``; ``share`` is how much of the shorter
    text stands in the other, 0 to 1; ``agency`` is the one that either names.
    """

    a: str
    b: str
    kind: str
    share: float
    agency: str = ""


class Pair(msgspec.Struct, frozen=True):
    """Two testimonies compared: the score, and what made it as names and points."""

    a: str
    b: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class FigureClaim(msgspec.Struct, frozen=True):
    """A figure of an event as one testimony gives it.

    ``replaced_by`` is the id of the testimony with the later toll that takes its place.
    """

    testimony: str
    outlet: str
    speaker: str
    said_on: str | None
    low: float | int | None
    high: float | int | None
    stated: str
    joint: bool = False
    replaced_by: str = ""
    approx: bool = False


class EventFigure(msgspec.Struct, frozen=True):
    """What is said of one number of an event: lowest, highest, best, and every claim.

    ``of`` keeps victims apart: ``civilians``, ``children``, ``women``, ``families``, ``fighters``,
    ``soldiers``, ``attackers``, the id of a side, or nothing where nobody says whom it counts.
    """

    kind: str
    of: str
    low: float | int | None
    high: float | int | None
    best: float | int | None
    claims: tuple[FigureClaim, ...]


class Position(msgspec.Struct, frozen=True):
    """One side of a dispute: what is said, by which outlets, on whose word, in which reports."""

    value: str
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    testimonies: tuple[str, ...]


class Dispute(msgspec.Struct, frozen=True):
    """A contradiction about an event, stated in words in both languages.

    ``field`` is ``who``, ``whom``, ``what``, ``where``, ``when``, ``how_many`` or ``whether``.
    """

    field: str
    positions: tuple[Position, ...]
    english: str
    arabic: str


class Event(msgspec.Struct, frozen=True):
    """One happening in the world, assembled from testimonies.

    ``standing`` is ``single`` (one witness), ``corroborated``, ``disputed`` or ``denied``;
    ``outlets`` counts who published it, ``witnesses`` the independent ones among them. ``harm`` is
    our proposed grade for civilian harm, or nothing.
    """

    id: str
    type: str
    status: str
    standing: str
    members: tuple[str, ...]
    outlets: int
    witnesses: int
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: Place | None = None
    time: Days | None = None
    figures: tuple[EventFigure, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    harm: str = ""


class ControlSpan(msgspec.Struct, frozen=True):
    """Who held a place from day to day, as far as somebody said so.

    ``state`` is ``held``, ``contested`` or ``unknown``; ``holder`` and ``rivals`` are actor ids.
    ``basis`` is ``stated`` of the place itself, ``part`` (said of something in it) or ``whole``
    (of what it lies in). ``last`` is nothing where no end was told; ``testimonies`` are the
    reports behind the change that opened the span.
    """

    place: str
    state: str
    first: str
    last: str | None
    holder: str = ""
    rivals: tuple[str, ...] = ()
    standing: str = ""
    basis: str = "stated"
    testimonies: tuple[str, ...] = ()


class Correction(msgspec.Struct, frozen=True):
    """What an analyst changed, with author and reason; ``undoes`` is another correction's id.

    ``kind`` is ``set`` (``field`` to ``value``), ``merge`` and ``split`` (``value`` lists
    testimonies), ``confirm`` (the question ``field`` was answered with what the record says,
    which ``value`` repeats) or ``undo``.
    """

    id: str
    kind: str
    target: str
    field: str
    value: str
    why: str
    by: str
    at: str
    undoes: str = ""
