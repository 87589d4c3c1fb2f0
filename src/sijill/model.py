"""Every record that passes between rooms; all of them immutable.

Offsets are half-open ``[start, end)`` in Unicode code points of the document's text as given.
Days are ISO strings (``2017-03-09``); an interval of days is inclusive at both ends.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.issues import Issue

Days = tuple[str, str]


class Trace(msgspec.Struct, frozen=True):
    """The rule that made a value (``file:line`` in ``where``) and the words it made it from."""

    rule: str
    where: str
    start: int = 0
    end: int = 0


class Article(msgspec.Struct, frozen=True):
    """One article as it came in, before anything was decided about it.

    ``published`` is the page's own stamp as written; ``extra`` keeps unknown keys of the input.
    """

    doc: str
    text: str
    title: str = ""
    published: str = ""
    outlet: str = ""
    url: str = ""
    source: str = ""
    extra: dict[str, Any] = {}
    issues: tuple[Issue, ...] = ()


class Reference(msgspec.Struct, frozen=True):
    """The day an article was written, on what basis, and the rule that found it.

    ``basis`` is ``stamp``, ``dateline``, ``text``, ``event``, ``office`` or ``none``.
    """

    day: str | None
    basis: str
    trace: Trace | None = None


class Figure(msgspec.Struct, frozen=True):
    """A number that the text states: bounds as stated, whom it counts, the words."""

    kind: str
    of: str
    low: float | int | None
    high: float | int | None
    stated: str
    approx: bool = False
    joint: bool = False
    trace: Trace | None = None


class Candidate(msgspec.Struct, frozen=True):
    """A place that a name can mean: its id, its score, and what made it, as codes and points."""

    id: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


class Place(msgspec.Struct, frozen=True, rename={"within": "in"}):
    """A place as the text names it; coordinates where the gazetteer knows them.

    ``status`` is ``resolved``, ``ambiguous`` (several places have the name and the text does not
    decide: then no point is given) or ``unknown``. ``radius_km`` is how far from the point the
    place may lie; ``ucdp`` and ``acled`` are the precision codes of those projects.
    """

    name: str
    within: str | None = None
    lat: float | None = None
    lon: float | None = None
    id: str | None = None
    trace: Trace | None = None
    status: str = "resolved"
    radius_km: float | None = None
    ucdp: int | None = None
    acled: int | None = None
    candidates: tuple[Candidate, ...] = ()


class Speaker(msgspec.Struct, frozen=True):
    """On whose word a report stands: the words and, where known, the actor's id.

    ``public`` is ``text`` with the names of private people left out; empty where nobody looked.
    """

    text: str
    id: str | None = None
    trace: Trace | None = None
    public: str = ""


class Report(msgspec.Struct, frozen=True):
    """One document's statement about one event; see ``docs/codebook.md``."""

    id: str
    type: str
    status: str
    actor: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    place: tuple[Place, ...] = ()
    time: Days | None = None
    speaker: Speaker | None = None
    figures: tuple[Figure, ...] = ()
    evidence: tuple[tuple[int, int], ...] = ()
    trigger: str = ""
    traces: dict[str, Trace] = {}


class Reading(msgspec.Struct, frozen=True):
    """One article with everything that was read in it: what ``sijill extract`` prints."""

    doc: str
    reference: Reference
    outlet: str | None = None
    agency: str | None = None
    title: str = ""
    url: str = ""
    text: str = ""
    reports: tuple[Report, ...] = ()
    issues: tuple[Issue, ...] = ()
    extra: dict[str, Any] = {}


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing seen in a sentence, for ``sijill parse``: its kind, words, value and rule.

    ``kind`` is one of ``word``, ``number``, ``time``, ``actor``, ``place``, ``speaker``,
    ``trigger``, ``report``; ``value`` is a short text a person can read.
    """

    kind: str
    start: int
    end: int
    text: str
    value: str
    trace: Trace | None = None
