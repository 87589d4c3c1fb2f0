#!/usr/bin/env python3
"""How reading and linking grow with the number of articles, and what tens of millions would take.

    grow.py [--articles N ...] [--jobs N] [--lead WORDS] [--write FILE --count N]

Needs ../shared/news. It makes up articles without end from the collection: each round over it has
other names of places, other numbers and other days, and other words for those that no table knows;
where three words in a row stay, one that no table knows is put after them, so that a round is no
copy of another. One article in five is a copy, edited a little, of one before it. The same number
always gives the same articles. Each size is read into an empty record in a fresh process; then a
curve is fitted to the seconds: in proportion for reading, n log n for linking. Seconds of user CPU
are fitted, which a busy machine changes less than those of the clock. With --lead only the first
words of each article are taken: the memory for a million can then be measured in an hour. With
--write it only writes --count articles (1,000,000) to a file and reads none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from sijill.engine.engine import open_engine
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.tables import knowledge_dir
from sijill.link.copy_ready import Ready
from sijill.model import Reading
from sijill.pipeline import Pipeline
from sijill.record.linking import Linked, Linker
from sijill.record.record import Record
from sijill.text.fold import fold

NEWS = Path(__file__).resolve().parents[2] / "shared" / "news" / "articles.jsonl.gz"
SIZES, MILLION = (10_000, 30_000, 100_000), 1_000_000

#: One article in so many is a copy, of one that lies at most so far back.
COPY_EVERY, COPY_WITHIN = 5, 200
#: Days that a round is later than the one before: events of two rounds are not the same.
ROUND_DAYS = 45
FIRST_DAY = "2015-08-01"
#: Numbers up to this may be days of a month, and stay ones; years are left alone.
LAST_DAY, NUMBER = 28, re.compile(r"(?<!\d)[1-9]\d{0,2}(?!\d)")
WORD = re.compile("[\u0621-\u064a]+")
#: Words next to each other by frequency that stand for each other.
ALIKE = 200
#: So many words in a row stay as they are; lists of frequent strange words to put after them.
STAY, STRANGE = 3, 10
#: Words of a copy that are left out.
EDITED = 3
#: Articles and cores for which costs are worked out.
BULK, CORES = (10_000_000, 50_000_000), (16, 256)


# ---------------------------------------------------------------------- articles


def articles() -> Iterator[dict[str, Any]]:
    """Articles without end; the first round is the collection in its own words."""
    recent: list[dict[str, Any]] = []
    made = 0
    for turn in count():
        change = changer(turn)
        for row in collection():
            made += 1
            if made % COPY_EVERY == 0 and recent:
                yield copy_of(recent[made * 7919 % len(recent)], made)
                continue
            told = row | {"doc": f"{row['doc']}-{turn}", "text": change(row["text"])}
            told |= {"title": change(row.get("title") or ""), "stamp": later(row, turn)}
            recent = [*recent[-COPY_WITHIN:], told]
            yield told


def collection() -> Iterator[dict[str, Any]]:
    """The articles of the collection, in its order."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def changer(turn: int) -> Callable[[str], str]:
    """How a round writes a text: other places, other numbers, other words that nobody knows."""
    if not turn:
        return lambda text: text
    others = mixed(by_frequency(), turn) | mixed(places_alike(), turn)
    strange = [word for words in by_frequency()[:STRANGE] for word in words]

    def number(found: re.Match[str]) -> str:
        value = int(found[0])
        return str(1 + (value + turn) % LAST_DAY if value <= LAST_DAY else value + turn)

    def told(text: str) -> Iterator[str]:
        stayed: list[str] = []
        for word in text.split(" "):
            other = WORD.sub(lambda found: others.get(found[0], found[0]), word)
            yield other
            stayed = [*stayed, word] if word == other else []
            if len(stayed) == STAY:  # the same word after the same three: copies stay copies
                yield strange[(crc32(" ".join(stayed).encode()) + turn) % len(strange)]
                stayed = []

    return lambda text: NUMBER.sub(number, " ".join(told(text)))


def mixed(alike: Iterable[list[str]], turn: int) -> dict[str, str]:
    """For each word another one of the same list, by the round."""
    found: dict[str, str] = {}
    for words in alike:
        others = words[:]
        Random(turn).shuffle(others)
        found |= dict(zip(words, others, strict=True))
    return found


@cache
def places_alike() -> list[list[str]]:
    """Names of places of one word, those of one kind and country together."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for row in load_knowledge().lexicon.places.values():
        if WORD.fullmatch(row.name):
            kinds.setdefault((row.country, row.kind), []).append(row.name)
    return list(kinds.values())


@cache
def by_frequency() -> list[list[str]]:
    """The collection's words that no table knows, those that are about as frequent together."""
    known, analyse = words_of_tables(), load_knowledge().analyser.analyse
    seen = Counter(word for row in collection() for word in WORD.findall(row["text"]))
    unknown = [word for word, _ in seen.most_common() if fold(word) not in known]
    unknown = [word for word in unknown if not analyse(fold(word))]
    return [unknown[at : at + ALIKE] for at in range(0, len(unknown), ALIKE)]


def words_of_tables() -> set[str]:
    """Every word that stands in a table of knowledge, folded."""
    tables = knowledge_dir().rglob("*.tsv")
    return {fold(word) for path in tables for word in WORD.findall(path.read_text("utf-8"))}


def later(row: dict[str, Any], turn: int) -> str:
    """The day of an article, moved on by the round; of some it is written as 17/05/2015."""
    stamp = (row.get("stamp") or FIRST_DAY)[:10]
    day = date.fromisoformat("-".join(reversed(stamp.split("/"))) if "/" in stamp else stamp)
    return (day + timedelta(days=turn * ROUND_DAYS)).isoformat()


def copy_of(row: dict[str, Any], number: int) -> dict[str, Any]:
    """The article in another outlet, without a few of its words."""
    words = row["text"].split(" ")
    for at in range(EDITED):
        del words[(number * (at + 3)) % len(words)]
        words = words or [""]
    name = f"copy-{number}"
    return row | {"doc": name, "outlet": f"outlet{number % 14}.example", "text": " ".join(words)}


def write(file: Path, number: int, lead: int = 0) -> None:
    """So many articles as JSON Lines, all of each or its first words."""
    with file.open("w", encoding="utf-8") as out:
        for row in islice(articles(), number):
            if lead:
                row |= {"text": " ".join(row["text"].split(" ")[:lead])}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


# ------------------------------------------------------- in a process of its own


def read(file: Path, target: Path, jobs: int) -> dict[str, float]:
    """Read a file into an empty record: seconds of reading and of linking.

    Documents are compared between others: what that takes is no part of reading.
    """
    clock, user = time.perf_counter(), user_seconds()
    read = read_user = linking = linking_user = 0.0
    compare = Linker.compare

    def seen(_: Reading) -> None:
        nonlocal read, read_user
        read = time.perf_counter() - clock - linking
        read_user = user_seconds() - user - linking_user

    def timed(self: Linker, documents: Mapping[str, Ready | None], total: Linked) -> None:
        nonlocal linking, linking_user
        began, began_user = time.perf_counter(), user_seconds()
        compare(self, documents, total)
        linking += time.perf_counter() - began
        linking_user += user_seconds() - began_user

    Linker.compare = timed  # type: ignore[method-assign]

    with Record.open(target) as record:
        done = record.read(file, engine=open_engine(Pipeline(), jobs), seen=seen)
    whole, whole_user = time.perf_counter() - clock, user_seconds() - user
    own, others = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "articles": done.new,
        "reports": done.reports,
        "copies": done.linked.copies,
        "events": done.linked.added - done.linked.withdrawn,
        "read": read,
        "link": whole - read,
        "read user": read_user + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime,
        "link user": whole_user - read_user,
        "peak": own,
        "worker": others,
        "mb": sum(one.stat().st_size for one in target.parent.glob(f"{target.name}*")) / 1e6,
    }


def user_seconds() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


# -------------------------------------------------------------------- all of them


def fit(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """The factor by which ``ys`` follow ``xs`` through zero, and the largest miss as a share."""
    factor = sum(x * y for x, y in zip(xs, ys, strict=True)) / sum(x * x for x in xs)
    return factor, max(abs(factor * x / y - 1) for x, y in zip(xs, ys, strict=True))


def n_log_n(number: float) -> float:
    return number * math.log2(number)


def grown(sizes: Sequence[int], jobs: int, lead: int, folder: Path) -> list[dict[str, float]]:
    """Every size in a fresh process, printed as it comes."""
    found = []
    columns = ("read, s", "link, s", "CPU read", "CPU link", "peak MB", "worker MB", "file MB")
    columns = ("articles", *columns, "reports", "copies", "events", "load")
    print("".join(f"{one:>10}" for one in columns))
    for size in sizes:
        file, target = folder / f"{size}.jsonl", folder / f"{size}.db"
        write(file, size, lead)
        command = [sys.executable, __file__, "--step", str(file), str(target), str(jobs)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        one: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        for path in (file, *folder.glob(f"{target.name}*")):
            path.unlink()
        times = (one["read"], one["link"], one["read user"], one["link user"])
        sizes_of = (one["peak"], one["worker"], one["mb"])
        numbers = (*sizes_of, one["reports"], one["copies"], one["events"])
        print(
            f"{one['articles']:>10,.0f}"
            + "".join(f"{value:>10.1f}" for value in times)
            + "".join(f"{value:>10,.0f}" for value in numbers)
            + f"{os.getloadavg()[0]:>10.1f}"
        )
        found.append(one)
    return found


def conclude(found: Sequence[dict[str, float]], jobs: int) -> None:
    """Fit the curves, and say what many articles would take.

    Reading is shared by all cores; linking and the record have one writer, whatever the cores.
    """
    numbers = [one["articles"] for one in found]
    pace, missed = fit(numbers, [one["read user"] for one in found])
    print(
        f"\nreading: {pace * 1e3:.2f} ms of CPU an article, {jobs} processes (off by {missed:.0%})"
    )
    step, missed = fit(list(map(n_log_n, numbers)), [one["link user"] for one in found])
    print(f"linking: {step * 1e6:.1f} us of CPU * n * log2 n (off by {missed:.0%})")
    byte = found[-1]["mb"] / numbers[-1]
    for number in BULK:
        link = step * n_log_n(number) / 3600
        for cores in CORES:
            print(
                f"{number:>11,} articles on {cores:>3} cores: reading "
                f"{pace * number / cores / 3600:,.1f} h, linking {link:,.1f} h by one writer; "
                f"the record has {byte * number / 1e3:,.0f} GB"
            )


def main() -> int:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--articles", type=int, nargs="+", default=list(SIZES))
    ask.add_argument("--jobs", type=int, default=1)
    ask.add_argument("--lead", type=int, default=0, metavar="WORDS", help="read only so many words")
    ask.add_argument("--write", type=Path, help="write the articles to this file, read none")
    ask.add_argument("--count", type=int, default=MILLION)
    ask.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.step:
        file, target, jobs = args.step
        print(json.dumps(read(Path(file), Path(target), int(jobs))))
        return 0
    if not NEWS.exists():
        print(f"growth not measured: no articles in {NEWS.parent}")
        return 0
    if args.write:
        write(args.write, args.count, args.lead)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        conclude(grown(args.articles, args.jobs, args.lead, Path(folder)), args.jobs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
