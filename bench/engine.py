#!/usr/bin/env python3
"""What several processes and a cluster gain over one, what they cost, and that they agree.

    engine.py [--articles N] [--times N] [--ray] [--keep FOLDER]

Needs ../shared/news and the extra engine (with --ray also the extra ray). Each way reads the same
articles in a fresh process and keeps none, so that linking and the record are left out: the plain
loop, the engine with one process, with two, and a cluster of two on this machine. Then the plain
loop and two processes read into records, whose exports must be the same. With --times each way is
measured so often, in turn, and the least counts. Exit 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from sijill.engine import engine
from sijill.engine.engine import Engine
from sijill.engine.starting import start
from sijill.issues import IssueLog
from sijill.pipeline import Pipeline
from sijill.record.record import Record

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.gz"
ALL, ARTICLES = 30_000, 20_000
#: Two processes against the plain loop; the engine with one process against the plain loop.
LEAST_GAIN, MOST_OVERHEAD = 1.8, 0.10

#: Seconds between two looks at the memory: each look costs the first process its time.
_LOOKS = 2.0

#: Ways to read: the engine's name and its processes; without a name there is none.
WAYS = {"plain loop": ("", 1), "one process": ("local", 1), "two processes": ("local", 2)}
CLUSTER = {"cluster of two": ("ray", 2)}
RECORDS = ("plain loop", "two processes")


# ------------------------------------------------------- in a process of its own


def engine_of(name: str, jobs: int) -> Engine:
    """An engine of one process too, which nobody asks for outside of here."""
    if not name:
        return Engine(Pipeline())
    engine._FEW = 1
    return Engine(Pipeline(), lambda: start(name, jobs, ""))


def read_alone(articles: Path, name: str, jobs: int) -> dict[str, float]:
    """Read every article, keep none."""
    started, first, count = time.perf_counter(), 0.0, 0
    with Memory() as memory:
        for _ in engine_of(name, jobs).read([str(articles)], IssueLog(), lambda some: some):
            first = first or time.perf_counter() - started
            count += 1
    whole = time.perf_counter() - started
    return {"wall": whole, "first": first, "articles": count} | memory.figures()


def into_record(articles: Path, target: Path, name: str, jobs: int) -> dict[str, float]:
    """Read every article into an empty record and export it."""
    started = time.perf_counter()
    with Memory() as memory, Record.open(target) as record:
        record.read(articles, engine=engine_of(name, jobs))
        whole = time.perf_counter() - started
        record.export(target.with_suffix(".jsonl"), "jsonl")
    return {"wall": whole} | memory.figures()


class Memory:
    """The most memory that this process, and all below it, had at one time; and their CPU."""

    def __init__(self) -> None:
        self._most, self._ended = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_LOOKS):
            self._most = max(self._most, sum(map(_resident, _family(os.getpid()))))

    def figures(self) -> dict[str, float]:
        """Megabytes, and seconds of CPU of this process and of those that it waited for."""
        own, others = (
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return {
            "peak": max(self._most, own.ru_maxrss * 1024) / 1e6,
            "own": own.ru_utime + own.ru_stime,
            "others": others.ru_utime + others.ru_stime,
        }


def _family(root: int) -> set[int]:
    """A process and all that it started, as far as they run."""
    found, rest = set[int](), [root]
    while rest:
        found.add(pid := rest.pop())
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                rest += map(int, path.read_text(encoding="utf-8").split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    """Bytes that are this process's alone, and its part of those that it shares."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


# ------------------------------------------------------------------ all of them


def choose(count: int, folder: Path) -> Path:
    """``count`` articles spread evenly over the collection."""
    chosen, every = folder / f"{count}.jsonl", max(1, ALL // count)
    with (
        gzip.open(NEWS, "rt", encoding="utf-8") as stream,
        chosen.open("w", encoding="utf-8") as out,
    ):
        out.writelines(islice(stream, 0, count * every, every))
    return chosen


def step(*arguments: object) -> dict[str, float]:
    """One way in a fresh process."""
    command = [sys.executable, __file__, "--step", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result | {"load": os.getloadavg()[0]}


def measure(articles: Path, ways: dict[str, tuple[str, int]], times: int) -> dict[str, list[dict]]:
    """Each way so often, in turn: what the machine does besides meets all of them."""
    found: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
    for _ in range(times):
        for way, (name, jobs) in ways.items():
            found[way].append(step("read", articles, name, jobs))
    return found


def cpu(run: dict[str, float]) -> float:
    """Seconds of CPU of a run; those of a cluster are not known."""
    return run["own"] + run["others"]


def show(found: dict[str, list[dict]]) -> dict[str, float]:
    """Print the table; gives the least seconds of each way."""
    least = {way: min(one["wall"] for one in runs) for way, runs in found.items()}
    print(
        f"{'':<16}{'seconds':>22}{'gain':>7}{'articles/s':>11}{'first, s':>10}"
        f"{'CPU s own/others':>18}{'peak MB':>9}{'load':>7}"
    )
    for way, runs in found.items():
        best = min(runs, key=lambda one: one["wall"])
        walls = " ".join(f"{one['wall']:.1f}" for one in runs)
        spent = f"{best['own']:.1f}/{best['others']:.1f}"
        print(
            f"{way:<16}{walls:>22}{least['plain loop'] / least[way]:>7.2f}"
            f"{best['articles'] / best['wall']:>11,.0f}{best['first']:>10.1f}{spent:>18}"
            f"{best['peak']:>9,.0f}{best['load']:>7.1f}"
        )
    return least


def compare(articles: Path, folder: Path) -> bool:
    """Whether the records of the plain loop and of two processes export the same bytes."""
    sums = set()
    for way in RECORDS:
        target = folder / f"{way.replace(' ', '-')}.db"
        target.unlink(missing_ok=True)
        done = step("record", articles, target, *WAYS[way])
        exported = target.with_suffix(".jsonl").read_bytes()
        sums.add(hashlib.sha256(exported).hexdigest())
        print(
            f"into a record, {way}: {done['wall']:.1f} s, {done['peak']:,.0f} MB, load "
            f"{done['load']:.1f}; its export has {len(exported):,} bytes"
        )
    return len(sums) == 1


def run(count: int, times: int, folder: Path, ray: bool) -> int:
    """Measure, print, judge."""
    articles = choose(count, folder)
    found = measure(articles, WAYS | (CLUSTER if ray else {}), times)
    least, work = show(found), {way: min(map(cpu, runs)) for way, runs in found.items()}
    same = compare(articles, folder)
    gain = least["plain loop"] / least["two processes"]
    overhead = least["one process"] / least["plain loop"] - 1
    print(f"\ntwo processes gain {gain:.2f} times (bar {LEAST_GAIN})")
    print(f"the engine costs {overhead:.1%} with one process (bar {MOST_OVERHEAD:.0%})")
    more = ", ".join(f"{way} {work[way] / work['plain loop'] - 1:+.1%}" for way in list(WAYS)[1:])
    print(f"CPU, which a busy machine changes less: {more}")
    print(f"exports are {'the same' if same else 'DIFFERENT'}")
    return int(gain < LEAST_GAIN or overhead > MOST_OVERHEAD or not same)


def in_step(name: str, *given: str) -> dict[str, float]:
    """One of the steps, in this process."""
    if name == "read":
        articles, way, jobs = given
        return read_alone(Path(articles), way, int(jobs))
    articles, target, way, jobs = given
    return into_record(Path(articles), Path(target), way, int(jobs))


def main(given: Sequence[str] | None = None) -> int:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--articles", type=int, default=ARTICLES)
    ask.add_argument("--times", type=int, default=1)
    ask.add_argument("--ray", action="store_true", help="measure a cluster of two too")
    ask.add_argument("--keep", type=Path, help="keep the records in this folder")
    ask.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    args = ask.parse_args(given)
    if args.step:
        print(json.dumps(in_step(*args.step)))
        return 0
    if not NEWS.exists():
        print(f"engine not measured: no articles in {NEWS.parent}")
        return 0
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
        return run(args.articles, args.times, args.keep, args.ray)
    with tempfile.TemporaryDirectory() as folder:
        return run(args.articles, args.times, Path(folder), args.ray)


if __name__ == "__main__":
    sys.exit(main())
