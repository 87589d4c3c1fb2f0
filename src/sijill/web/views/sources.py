"""Sources: what each outlet published week by week, and its articles page by page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from sijill.errors import UsageError
from sijill.record.record import Record
from sijill.store.answers import OutletTally
from sijill.web.asked import read_page
from sijill.web.frame import Frame
from sijill.web.kept import Kept

#: So many articles stand on one page of a list, and so many units wide is a strip of weeks.
PAGE, WIDTH = 50, 600
#: How an address names the articles of which nobody knows who published them.
NOBODY = "-"
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")


class Bar(msgspec.Struct, frozen=True):
    """A week of an outlet: its Monday, its articles, and how it is drawn; ``share`` is 0 to 1."""

    week: str
    monday: str
    documents: int
    share: float


class Strip(msgspec.Struct, frozen=True):
    """The weeks of an outlet from the first to the last of the record, quiet ones too."""

    tally: OutletTally
    bars: tuple[Bar, ...]
    undated: int

    @property
    def quiet(self) -> int:
        """Weeks of which the record has no article of this outlet."""
        return sum(not one.documents for one in self.bars)


class Gap(msgspec.Struct, frozen=True):
    """What was not understood in articles of the record: level, code, example, how often."""

    level: str
    code: str
    example: str
    times: int


def router(frame: Frame) -> APIRouter:
    """The routes of sources."""
    routes = APIRouter()
    reader = frame.records.reader
    kept = Kept(reader.store)

    @routes.get("/sources")
    def sources(request: Request) -> Response:
        query = request.query_params
        if query.get("outlet") or query.get("issues"):
            return _list(frame, request, kept)
        strips = kept.get(("strips",), lambda: _strips(reader))
        return frame.page(
            request,
            "sources.html",
            strips=strips,
            weeks=[one.monday for one in strips[0].bars] if strips else [],
            width=WIDTH,
            nobody=NOBODY,
            gaps=kept.get(("gaps",), lambda: _gaps(reader)),
            total=sum(one.tally.documents for one in strips),
        )

    return routes


def _list(frame: Frame, request: Request, kept: Kept) -> Response:
    """The articles of one outlet, of one of its weeks, or with something not understood."""
    query, store = request.query_params, frame.records.reader.store
    asked, issues, week = query.get("outlet", ""), bool(query.get("issues")), query.get("week", "")
    outlet = None if not asked else "" if asked == NOBODY else asked
    days, page = _days(week) if week else None, read_page(query)
    found = store.count_documents(outlet, days, issues=issues)
    strips = kept.get(("strips",), lambda: _strips(frame.records.reader))
    lines = store.document_lines(outlet, days, issues=issues, limit=PAGE, offset=(page - 1) * PAGE)
    given = {"outlet": asked, "week": week, "issues": "yes" if issues else ""}
    return frame.page(
        request,
        "sources_list.html",
        200 if found or outlet is None else 404,
        outlet=outlet,
        strip=next((one for one in strips if one.tally.outlet == outlet), None),
        lines=lines,
        found=found,
        page=page,
        last=max(1, -(-found // PAGE)),
        asked={name: value for name, value in given.items() if value},
        week=days,
        width=WIDTH,
        nobody=NOBODY,
    )


def _strips(reader: Record) -> list[Strip]:
    """A strip for each outlet, all over the same weeks."""
    coverage = reader.coverage()
    weeks = _weeks({one.week for one in coverage if one.week})
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in coverage:
        counts[one.outlet][one.week] += one.documents
    return [
        Strip(one, _bars(counts[one.outlet], weeks), counts[one.outlet][""])
        for one in reader.store.tally_outlets()
    ]


def _bars(counts: Counter[str], weeks: list[tuple[str, str]]) -> tuple[Bar, ...]:
    most = max((counts[week] for week, _ in weeks), default=0) or 1
    return tuple(Bar(week, day, counts[week], counts[week] / most) for week, day in weeks)


def _weeks(named: set[str]) -> list[tuple[str, str]]:
    """Every week from the first to the last, with its Monday."""
    if not named:
        return []
    monday, last = _monday(min(named)), _monday(max(named))
    found = []
    while monday <= last:
        year, week, _ = monday.isocalendar()
        found.append((f"{year}-W{week:02}", monday.isoformat()))
        monday += timedelta(days=7)
    return found


def _monday(week: str) -> date:
    """The first day of a week as ISO writes it.

    Raises:
        UsageError: it is none.
    """
    parts = _WEEK.match(week)
    try:
        if parts:
            return date.fromisocalendar(int(parts[1]), int(parts[2]), 1)
    except ValueError:
        pass
    raise UsageError(f"{week!r} is no week; write 2017-W10")


def _days(week: str) -> tuple[str, str]:
    monday = _monday(week)
    return monday.isoformat(), (monday + timedelta(days=6)).isoformat()


def _gaps(reader: Record) -> list[Gap]:
    """What was not understood in articles, the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for issue in reader.store.issues():
        times[issue.level, issue.code] += 1
        examples.setdefault((issue.level, issue.code), issue.message)
    return _sorted(Gap(*key, examples[key], count) for key, count in times.items())


def _sorted(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda one: (-one.times, one.level, one.code))
