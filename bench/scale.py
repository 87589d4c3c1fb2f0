#!/usr/bin/env python3
"""What a record of many articles costs, beside reading the same articles alone in the same run.

    scale.py [--articles N ...] [--keep FOLDER]

Needs ../shared/news. The articles of each size are spread evenly over the collection, so that all
sizes are of one kind and more articles of a day meet in the larger ones. Each size is read twice in
a fresh process: by ``extract`` alone, and into an empty record; then the record is checked and
asked. Exit 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sijill.issues import IssueLog
from sijill.model import Article
from sijill.pipeline import Pipeline
from sijill.record.record import Record

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.gz"
#: The whole collection has a few more; so many are read at the largest size.
ALL = 30_000
SIZES = (3_000, 10_000, ALL)

#: What must be reached: link and store of the whole, gigabytes, milliseconds a query.
MOST_SHARE, MOST_MEMORY_MB, MOST_QUERY_MS = 0.40, 1_500, 100
#: How often each query is asked; the median counts, the first answer does not.
TIMES = 9

#: Questions of each kind, in the collection's two places of most events and of its whole period.
QUERIES: dict[str, dict[str, Any]] = {
    "place with its parts (Syria)": {"place": "sy"},
    "place with its parts (Aden)": {"place": "ye_aden"},
    "place, type and 10 dead": {"place": "ye", "type": "airstrike", "killed_min": 10},
    "type and 10 dead": {"type": "bombing,airstrike", "killed_min": 10},
    "words (hospital)": {"text": "\u0645\u0633\u062a\u0634\u0641\u0649"},
    "words (school) in Syria": {"text": "\u0645\u062f\u0631\u0633\u0629", "place": "sy"},
    "standing and actor": {"standing": "corroborated,disputed", "actor": "houthis"},
    "a week": {"after": "2015-07-25", "before": "2015-07-31"},
    "most dead first": {"order": "-killed", "limit": 50},
    "known by a day": {"known_on": "2015-07-31", "type": "clash"},
}


class Spent:
    """Seconds of user CPU and of the clock."""

    def __init__(self) -> None:
        self.user = self.wall = 0.0

    @contextmanager
    def time(self) -> Iterator[None]:
        """Add what the block takes."""
        user, wall = _user(), time.perf_counter()
        try:
            yield
        finally:
            self.user += _user() - user
            self.wall += time.perf_counter() - wall


def _user() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def peak_mb() -> float:
    """The most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ------------------------------------------------------- in a process of its own


def extract_alone(articles: Path) -> dict[str, float]:
    """Read every article, keep none."""
    pipeline, spent, log = Pipeline(), Spent(), IssueLog()
    pipeline.read(Article("warm", "x"))
    with spent.time():
        reports = sum(len(one.reports) for one in pipeline.read_many([str(articles)], log))
    return {"user": spent.user, "wall": spent.wall, "peak": peak_mb(), "reports": reports}


def into_record(articles: Path, target: Path) -> dict[str, float]:
    """Read every article into an empty record."""
    spent = Spent()
    Pipeline().read(Article("warm", "x"))
    with spent.time(), Record.open(target) as record:
        done = record.read(articles)
    size = sum(one.stat().st_size for one in target.parent.glob(f"{target.name}*"))
    return {
        "user": spent.user,
        "wall": spent.wall,
        "peak": peak_mb(),
        "mb": size / 1e6,
        "documents": done.new,
        "reports": done.reports,
        "events": done.linked.added - done.linked.withdrawn,
        "copies": done.linked.copies,
    }


def again(target: Path, articles: Path) -> dict[str, float]:
    """Read the same articles into the record that has them: nothing is to be done."""
    spent = Spent()
    Pipeline().read(Article("warm", "x"))
    with spent.time(), Record.open(target) as record:
        done = record.read(articles)
    return {"user": spent.user, "wall": spent.wall, "new": done.new}


def checked(target: Path) -> dict[str, float]:
    """Every fault of the record, the first ones told."""
    spent = Spent()
    with spent.time(), Record.open(target, create=False, read_only=True) as record:
        faults = list(record.verify())
    for fault in faults[:5]:
        print(f"  fault: {fault}", file=sys.stderr)
    return {"wall": spent.wall, "faults": len(faults), "peak": peak_mb()}


def asked(target: Path) -> dict[str, float]:
    """Milliseconds of each query, each the median of several, and how many events it gives."""
    answers: dict[str, float] = {}
    with Record.open(target, create=False, read_only=True) as record:
        for name, query in QUERIES.items():
            found = record.events(**query)
            again = partial(record.events, **query)
            answers[name] = statistics.median(_milliseconds(again) for _ in range(TIMES))
            answers[f"{name} gives"] = len(found)
    return answers


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "extract": extract_alone,
    "record": into_record,
    "again": again,
    "verify": checked,
    "ask": asked,
}


def step(name: str, *paths: Path) -> dict[str, float]:
    """Run one of the steps in a fresh process: what one remembers does not help the next."""
    command = [sys.executable, __file__, "--step", name, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


# --------------------------------------------------------------- each of the sizes


def choose(count: int, folder: Path) -> Path:
    """``count`` articles spread evenly over the collection, in a file of their own."""
    chosen = folder / f"{count}.jsonl"
    with (
        gzip.open(NEWS, "rt", encoding="utf-8") as stream,
        chosen.open("w", encoding="utf-8") as out,
    ):
        out.writelines(islice(stream, 0, count * max(1, ALL // count), max(1, ALL // count)))
    return chosen


def measure(count: int, folder: Path) -> dict[str, dict[str, float]]:
    """Every step for one size."""
    articles, target = choose(count, folder), folder / f"{count}.db"
    target.unlink(missing_ok=True)
    return {
        "extract": step("extract", articles),
        "record": step("record", articles, target),
        "again": step("again", target, articles),
        "verify": step("verify", target),
        "ask": step("ask", target),
    }


def share(found: dict[str, dict[str, float]], clock: str) -> float:
    """What part of reading into a record is more than reading alone."""
    return 1 - found["extract"][clock] / found["record"][clock]


def exponent(counts: Sequence[int], values: Sequence[float]) -> float:
    """How a value grows with the number of articles: 1 is in proportion (least squares, logs)."""
    xs, ys = [math.log(one) for one in counts], [math.log(max(one, 1e-9)) for one in values]
    return statistics.linear_regression(xs, ys).slope


def show(found: dict[int, dict[str, dict[str, float]]]) -> None:
    """Print the table, a column for each size and one for the growth."""
    counts = sorted(found)
    print(f"{'articles':<38}" + "".join(f"{one:>10,}" for one in counts) + f"{'grows as':>10}")
    for title, form, value in ROWS:
        values = [value(found[count]) for count in counts]
        grows = f"n^{exponent(counts, values):.2f}" if len(counts) > 1 and all(values) else ""
        print(f"{title:<38}" + "".join(f"{one:>10{form}}" for one in values) + f"{grows:>10}")
    for name in QUERIES:
        values = [found[count]["ask"][name] for count in counts]
        gives = f"{found[counts[-1]]['ask'][f'{name} gives']:,.0f} events"
        print(f"{f'  {name}, ms':<38}" + "".join(f"{one:>10.1f}" for one in values) + f"   {gives}")


#: Rows of the table: title, format, how the value is found.
ROWS: list[tuple[str, str, Callable[[dict[str, dict[str, float]]], float]]] = [
    ("extract alone, s of user CPU", ",.1f", lambda one: one["extract"]["user"]),
    ("into a record, s of user CPU", ",.1f", lambda one: one["record"]["user"]),
    ("link and store, share of user CPU", ".0%", lambda one: share(one, "user")),
    ("extract alone, s of the clock", ",.1f", lambda one: one["extract"]["wall"]),
    ("into a record, s of the clock", ",.1f", lambda one: one["record"]["wall"]),
    ("link and store, share of the clock", ".0%", lambda one: share(one, "wall")),
    ("the same again, s of the clock", ",.1f", lambda one: one["again"]["wall"]),
    ("verify, s of the clock", ",.1f", lambda one: one["verify"]["wall"]),
    ("peak of extract alone, MB", ",.0f", lambda one: one["extract"]["peak"]),
    ("peak of reading into a record, MB", ",.0f", lambda one: one["record"]["peak"]),
    ("peak of verify, MB", ",.0f", lambda one: one["verify"]["peak"]),
    ("file, MB", ",.1f", lambda one: one["record"]["mb"]),
    ("documents", ",.0f", lambda one: one["record"]["documents"]),
    ("testimonies", ",.0f", lambda one: one["record"]["reports"]),
    ("copies", ",.0f", lambda one: one["record"]["copies"]),
    ("events", ",.0f", lambda one: one["record"]["events"]),
    ("faults that verify finds", ",.0f", lambda one: one["verify"]["faults"]),
]


def missed(found: dict[str, dict[str, float]]) -> Iterator[str]:
    """The bars that the largest size misses, in words."""
    if (part := share(found, "user")) >= MOST_SHARE:
        yield f"link and store take {part:.0%} of the whole, not under {MOST_SHARE:.0%}"
    if (peak := found["record"]["peak"]) >= MOST_MEMORY_MB:
        yield f"memory {peak:,.0f} MB, not under {MOST_MEMORY_MB:,}"
    if found["verify"]["faults"]:
        yield f"verify finds {found['verify']['faults']:,.0f} faults"
    if found["again"]["new"]:
        yield f"reading again added {found['again']['new']:,.0f} documents"
    for name in QUERIES:
        if (took := found["ask"][name]) >= MOST_QUERY_MS:
            yield f"{name}: {took:,.0f} ms, not under {MOST_QUERY_MS}"


def run(sizes: Sequence[int], folder: Path) -> int:
    """Measure, print, judge the largest size."""
    found = {}
    for count in sizes:
        found[count] = measure(count, folder)
        print(f"{count:,} articles done", file=sys.stderr)
    show(found)
    faults = list(missed(found[max(found)]))
    print(f"\nat {max(found):,} articles: " + ("; ".join(faults) or "every bar is reached"))
    return 1 if faults else 0


def main() -> int:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--articles", type=int, nargs="+", default=list(SIZES))
    ask.add_argument("--keep", type=Path, help="keep the records in this folder")
    ask.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.step:
        name, *paths = args.step
        print(json.dumps(STEPS[name](*map(Path, paths))))
        return 0
    if not NEWS.exists():
        print(f"scale not measured: no articles in {NEWS.parent}")
        return 0
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        return run(args.articles, args.keep)
    with tempfile.TemporaryDirectory() as folder:
        return run(args.articles, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
