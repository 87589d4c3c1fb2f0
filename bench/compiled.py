#!/usr/bin/env python3
"""Compile the reader and check that it gives what the plain one gives, byte for byte.

    compiled.py [--articles N]

Reads the packaged sample, and in ../shared the seeds and N articles of the news, with the sources
here and with a compiled copy of them; prints how much faster the copy is. Nothing in the
checkout is changed. Passes, saying so, where there is no C compiler.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NEWS = SHARED / "news" / "articles.jsonl.gz"
ARTICLES = 500
#: Seconds for compiling: 85 of one core's time, more on a machine that others use too.
LONGEST = 900


def texts(folder: Path, count: int) -> list[str]:
    """The files to read: those of the package and of ../shared, a share of the news put by them."""
    found = [ROOT / "src" / "sijill" / "samples", SHARED / "seeds"]
    if NEWS.exists():
        found.append(folder / "news.jsonl")
        with gzip.open(NEWS, "rt", encoding="utf-8") as news, found[-1].open("w") as stream:
            stream.writelines(islice(news, 0, None, max(1, 30_000 // count)))
    return [str(path) for path in found if path.exists()]


def read(source: Path, paths: list[str]) -> tuple[str, int, float, bool]:
    """A digest of all that is read, its reports, words a second, and whether it ran compiled."""
    command = [sys.executable, __file__, "--read", *paths]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    digest, reports, rate, native = json.loads(done.stdout)
    return digest, reports, rate, native


def print_read(paths: list[str]) -> None:
    """What :func:`read` runs: every reading with its traces, as JSON."""
    import msgspec

    from sijill.compiled import compiled
    from sijill.ingest.files import read_articles
    from sijill.issues import IssueLog
    from sijill.pipeline import Pipeline

    pipeline, whole, reports = Pipeline(), sha256(), 0
    pipeline.load()
    articles = list(read_articles(paths, IssueLog()))
    start = time.process_time()
    for reading in (pipeline.read(article) for article in articles):
        reports += len(reading.reports)
        whole.update(msgspec.json.encode(reading))
    rate = sum(len(one.text.split()) for one in articles) / (time.process_time() - start)
    print(json.dumps([whole.hexdigest(), reports, rate, bool(compiled().modules)]))


def lacking() -> str:
    """What this machine lacks to compile, in words."""
    sys.path.insert(0, str(ROOT))
    import hatch_build

    if importlib.util.find_spec("mypyc") is None:
        return "no mypyc; install mypy"
    return str(hatch_build.lacking())


def copies(folder: Path) -> tuple[Path, Path]:
    """Two copies of the sources, the second of them compiled.

    Raises:
        SystemExit: where compiling fails.
        TimeoutExpired: where it takes too long.
    """
    plain, native = folder / "plain", folder / "native"
    for copy in (plain, native):
        shutil.copytree(
            ROOT / "src", copy, ignore=shutil.ignore_patterns("*.so", "*.pyd", "compiled.json")
        )
    start = time.perf_counter()
    command = [sys.executable, ROOT / "hatch_build.py", native]
    if subprocess.run(command, timeout=LONGEST).returncode:
        sys.exit(1)
    print(f"compiled in {time.perf_counter() - start:.0f} s")
    return plain, native


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--articles", type=int, default=ARTICLES)
    ask.add_argument("--read", nargs="+", help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.read:
        print_read(args.read)
        return
    if missing := lacking():
        print(f"compiled reader not checked: {missing}")
        return
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        paths = texts(folder, args.articles)
        try:
            plain, native = (read(copy, paths) for copy in copies(folder))
        except subprocess.TimeoutExpired:
            print(f"compiled reader not checked: compiling took more than {LONGEST} s")
            return
    if plain[3] or not native[3]:
        sys.exit("the compiled copy did not run compiled, or the plain one did")
    print(f"{plain[1]:,} reports; plain {plain[2]:,.0f}, compiled {native[2]:,.0f} words a second")
    if plain[:2] != native[:2]:
        sys.exit(f"they differ: the compiled reader gives {native[1]:,} reports")
    print(
        f"the same from both, byte for byte; compiled is {native[2] / plain[2]:.2f} times as fast"
    )


if __name__ == "__main__":
    main()
