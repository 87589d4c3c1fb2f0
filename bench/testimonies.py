"""Testimonies to measure on, made from articles without a record."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sijill.issues import IssueLog
from sijill.model import Reading, Report
from sijill.pipeline import Pipeline
from sijill.testimony import Testimony


def read_testimonies(paths: Sequence[str]) -> Iterator[Testimony]:
    """Every report of the articles under ``paths``, in their order."""
    for reading in Pipeline().read_many(paths, IssueLog()):
        yield from testimonies(reading)


def read_docs(shared: Path, docs: set[str]) -> list[Testimony]:
    """The reports of ``docs`` among the stories and the news of ``shared``."""
    stories = (shared / "stories" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in stories if json.loads(line)["doc"] in docs]
    kept += read_news(shared, docs.__contains__)
    return read_lines(kept)


def read_news(shared: Path, wanted: Callable[[str], bool]) -> list[str]:
    """The lines of the news of ``shared`` whose document's name is ``wanted``."""
    with gzip.open(shared / "news" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [line for line in lines if wanted(line[9 : line.index('"', 9)])]


def read_lines(lines: Sequence[str]) -> list[Testimony]:
    """The reports of articles given as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("\n".join(line.rstrip("\n") for line in lines), encoding="utf-8")
        return list(read_testimonies([str(path)]))


def testimonies(reading: Reading) -> Iterator[Testimony]:
    """The reports of one reading."""
    for report in reading.reports:
        yield _testimony(reading, report)


def _testimony(reading: Reading, report: Report) -> Testimony:
    start, end = report.evidence[0]
    return Testimony(
        id=f"{reading.doc}/{report.id}",
        document=reading.doc,
        doc=reading.doc,
        type=report.type,
        status=report.status,
        outlet=reading.outlet or str(reading.extra.get("outlet") or urlsplit(reading.url).netloc),
        agency=reading.agency or "",
        said_on=reading.reference.day,
        actor=report.actor,
        target=report.target,
        place=report.place,
        time=report.time,
        speaker=report.speaker,
        figures=report.figures,
        evidence=report.evidence,
        quote=reading.text[start:end],
        trigger=report.trigger,
    )
