#!/usr/bin/env python3
"""The page over a large record: how fast it is, what it weighs, what goes wrong in it.

    web.py [--record FILE | --keep FOLDER] [--seconds 60] [--pause 1]

Makes a record of at least 20,000 reports of ../shared/news (some minutes; --keep keeps it for the
next time), serves it as ``sijill serve`` does in a process of its own, and reads it with Chromium
and with many readers at once, each of whom rests ``--pause`` seconds between two pages in the
middle. Linux only. Exit 1 when a bar is missed. Other work on the machine makes everything slower:
the load average stands beside each measure.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import httpx
import msgspec
from web_browser import CHROMIUM, chromium, faults, filter_changes, first_visits
from web_load import Load, Server, read_together

from sijill.record.record import Record

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.gz"
#: So many articles give 20,000 reports, with some to spare.
ARTICLES, REPORTS = 22_000, 20_000
READERS, VISITS, CHANGES = 20, 5, 30
#: Events and articles whose pages are read.
SOME = 40
#: Words that are searched for: hospital, school, market, bridge.
WORDS = ("\u0645\u0633\u062a\u0634\u0641\u0649", "\u0645\u062f\u0631\u0633\u0629",
         "\u0633\u0648\u0642", "\u062c\u0633\u0631")  # fmt: skip
PLACES = ("sy", "ye", "iq", "ye_aden", "sy_aleppo", "iq_anbar")
#: What a running server may grow by while it is read, in MB.
GROWTH = 25


class Row(msgspec.Struct, frozen=True):
    """A line of the table: what is measured, its bar, and what it is now; ``load`` beside it."""

    name: str
    bar: str
    now: str
    good: bool
    load: float


class Table:
    """What was measured so far."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def add(self, name: str, now: float, most: float, unit: str, form: str = ",.0f") -> None:
        """Add a measure that has to stay under ``most``; 0 means that there must be none."""
        good = now < most if most else now == 0
        bar = f"< {most:{form}} {unit}" if most else f"0 {unit}"
        self._print(Row(name, bar.strip(), f"{now:{form}} {unit}".strip(), good, _load()))

    def tell(self, name: str, now: str) -> None:
        """Add a measure without a bar."""
        self._print(Row(name, "", now, True, _load()))

    def _print(self, row: Row) -> None:
        sign = "" if row.good else "  MISSED"
        print(f"{row.name:<44}{row.bar:>12}{row.now:>14}{row.load:>8.1f}{sign}", flush=True)
        self.rows.append(row)


def _load() -> float:
    return os.getloadavg()[0]


# ---------------------------------------------------------------- the record and its server


def make_record(folder: Path) -> Path:
    """A record of the collection's first articles; the one that is there already, if any."""
    target = folder / f"web-{ARTICLES}.db"
    if not target.exists():
        articles, making = folder / "articles.jsonl", folder / "making.db"
        with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
            articles.write_text("".join(islice(stream, ARTICLES)), encoding="utf-8")
        with Record.open(making) as record:
            record.read(articles)
        making.rename(target)
    return target


@contextmanager
def served(record: Path) -> Iterator[tuple[str, Server]]:
    """The page over a record, in a process of its own: its address and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    program = "from sijill.cli import main; main()"
    serve = ["serve", str(record), "--port", port, "--read-only"]
    with subprocess.Popen([sys.executable, "-c", program, *serve]) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base)
            yield base, Server(process.pid)
        finally:
            process.terminate()


def _wait(base: str) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            httpx.get(f"{base}/about", timeout=5)
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {base} in a minute")


def addresses(record: Path) -> tuple[list[str], list[str]]:
    """Addresses of a record: a mix as readers ask for them, and one of each page."""
    with Record.open(record, create=False, read_only=True) as opened:
        events = opened.events(limit=1000)
        actors = sorted(opened.store.event_actors().items(), key=lambda pair: -pair[1])[:8]
        told = next(opened.testimonies(one)[0] for one in events if len(one.members) > 1)
    events = random.Random(1).sample(events, SOME)
    types = sorted({one.type for one in events})
    pages = [f"/event/{one.id}" for one in events]
    lists = [f"/record?{query}" for query in _queries(types, [one for one, _ in actors])]
    others = ["/held", "/held?place=ye_aden", "/actors", "/sources", "/about", "/record"]
    source = f"/source/{told.document}"
    found = f"/record?text={quote(WORDS[0])}"
    shown = [*others, lists[0], found, pages[0], f"{pages[0]}/compare", source]
    shown += [f"{source}?why={told.id}", "/actors/words", "/", "/review", "/log"]
    points = [f"/record/points.json?place={place}" for place in PLACES]
    return [*pages, *lists, *others, *points, "/record/points.json", source], shown


def _queries(types: list[str], actors: list[str]) -> Iterator[str]:
    yield from (f"type={one}" for one in types)
    yield from (f"actor={one}" for one in actors)
    yield from (f"place={one}" for one in PLACES)
    yield from (f"text={quote(one)}" for one in WORDS)
    yield from ("page=2", "page=9", "order=-killed", "standing=disputed", "killed_min=10")
    yield from ("after=2015-07-25&before=2015-07-31", "located=no", "type=clash&place=ye")


def existing(base: str, paths: list[str]) -> list[str]:
    """The pages that there are: a record served for reading has no page to read articles."""
    return [
        path for path in paths if httpx.get(base + path, timeout=60).status_code == httpx.codes.OK
    ]


# ---------------------------------------------------------------- measuring


def measure_browser(table: Table, base: str, shown: list[str]) -> None:
    """Speed and faults in Chromium."""
    with chromium() as browser:
        first = first_visits(browser, f"{base}/record", VISITS)
        table.add("first text of /record", first.text, 500, "ms")
        table.add("map of /record at rest", first.drawn, 3000, "ms")
        table.add("first page with all it needs", first.size / 1000, 900, "KB")
        took = filter_changes(browser, f"{base}/record", CHANGES)
        table.add(f"filter change, median of {CHANGES}", statistics.median(took), 300, "ms")
        found = faults(browser, base, shown)
    pages = f"{len(shown)} pages x 2 languages x 2 widths"
    for name, wrong in zip(found.__struct_fields__, msgspec.structs.astuple(found), strict=True):
        table.add(f"{FAULTS[name]}, {pages}", len(wrong), 0, "")
        print(*(f"    {one}" for one in wrong[:10]), sep="\n", end="\n" if wrong else "")


FAULTS = {"axe": "axe", "outside": "outside requests", "script": "script errors",
          "sideways": "sideways"}  # fmt: skip


def measure_load(
    table: Table, base: str, server: Server, mix: list[str], args: argparse.Namespace
) -> None:
    """Many readers at once, who rest, and then some who do not."""
    read_together(base, mix, READERS, 15, 0)  # whoever comes first waits longer; answers are kept
    before, resident = server.cpu, server.resident_mb
    load = read_together(base, mix, READERS, args.seconds, args.pause)
    cpu = (server.cpu - before) / len(load.answers) * 1e3
    name = f"{READERS} readers for {args.seconds:.0f} s, {len(load.answers)} requests"
    table.add(f"{name}: errors", len(load.wrong), 0, "")
    table.add(f"{name}: p95", load.quantile(0.95), 500, "ms")
    table.tell(f"{name}: median", f"{load.quantile(0.5):,.0f} ms")
    table.tell("CPU of the server for a request", f"{cpu:,.1f} ms")
    _slowest(load)
    hurry = read_together(base, mix, READERS, args.seconds / 6, 0)
    table.tell(f"{READERS} readers without a rest", f"{len(hurry.answers) / hurry.seconds:,.0f} /s")
    table.tell("  the same: p95", f"{hurry.quantile(0.95):,.0f} ms")
    table.tell("memory of the server before", f"{resident:,.0f} MB")
    table.tell("memory of the server after", f"{server.resident_mb:,.0f} MB")
    table.add("memory grows by", server.resident_mb - resident, GROWTH, "MB")


def _slowest(load: Load) -> None:
    by_page: dict[str, list[float]] = {}
    for one in load.answers:
        kind = re.sub(r"/(event|source)/[^/?]+", r"/\1", one.path).split("=")[0]
        by_page.setdefault(kind, []).append(one.took)
    slow = sorted(by_page.items(), key=lambda pair: -statistics.median(pair[1]))
    for kind, took in slow[:6]:
        print(f"    {kind:<40} median {statistics.median(took):6,.0f} ms of {len(took)}")


def run(record: Path, args: argparse.Namespace) -> int:
    """Measure over one record; tells 1 when a bar is missed."""
    with Record.open(record, create=False, read_only=True) as opened:
        reports = sum(1 for _ in opened.store.testimonies())
        print(f"{reports:,} reports, {opened.count():,} events; load now {_load():.1f}\n")
    if reports < REPORTS:
        print(f"{record} has fewer than {REPORTS:,} reports; leave --record out to make one")
        return 1
    table = Table()
    print(f"{'measure':<44}{'bar':>12}{'now':>14}{'load':>8}")
    with served(record) as (base, server):
        mix, shown = addresses(record)
        measure_load(table, base, server, mix, args)
        measure_browser(table, base, existing(base, shown))
    missed = [row.name for row in table.rows if not row.good]
    print("\n" + (f"missed: {'; '.join(missed)}" if missed else "every bar is reached"))
    return 1 if missed else 0


def main() -> int:
    """Read the command line and measure."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--record", type=Path, help="a record that is there already")
    ask.add_argument("--keep", type=Path, help="keep the record in this folder")
    ask.add_argument("--seconds", type=float, default=60)
    ask.add_argument("--pause", type=float, default=1)
    args = ask.parse_args()
    if not CHROMIUM.exists() or not (args.record or NEWS.exists()):
        print(f"page not measured: needs {CHROMIUM} and {NEWS}")
        return 0
    if args.record:
        return run(args.record, args)
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        return run(make_record(args.keep), args)
    with tempfile.TemporaryDirectory() as folder:
        return run(make_record(Path(folder)), args)


if __name__ == "__main__":
    sys.exit(main())
