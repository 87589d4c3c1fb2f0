#!/usr/bin/env python3
"""Measure the reader against the gold collections and fail when it is worse than it was.

    gate.py [--raise] [--keep FOLDER]

Reads the collections in ../shared (passes, saying so, where there are none). ``floors.json`` holds
the least that each measure must reach, and the most for what should not be there; ``--raise`` moves
them to what was measured now, and never back. ``--keep`` leaves the extracted records in FOLDER.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article
from sijill.pipeline import Pipeline
from sijill.render import json_line

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "bench" / "floors.json"
SOURCES = {"seeds": SHARED / "seeds", "news": SHARED / "gold" / "news.jsonl"}
EVENTS = {"assault": "ASSAULT", "protest": "PROTEST"}


def extract(articles: Iterable[Article], out: Path, pipeline: Pipeline) -> None:
    """Read ``articles`` and write their reports to ``out``."""
    with out.open("wb") as stream:
        for article in articles:
            stream.write(json_line(pipeline.read(article)))


def run(*command: str | Path) -> str:
    """The output of a scorer, which is a script of its own."""
    done = subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=True
    )
    return done.stdout


def gold_scores(name: str, gold: Path, predicted: Path) -> dict[str, float]:
    """The headline measures of one gold collection."""
    scores = json.loads(run(SHARED / "gold" / "score.py", gold, predicted, "--json"))
    return {
        f"{name} detection F1": scores["detection"]["f1"],
        f"{name} usable F1": scores["usable"]["f1"],
        f"{name} figures F1": scores["figures"]["f1"],
        f"{name} reference date": scores["reference_date"] or 0.0,
        f"{name} place": scores["slots_on_pairs"]["place"],
    }


def gsr_score(name: str, folder: Path, pipeline: Pipeline) -> dict[str, float]:
    """F1 on one file of the public gold-standard sentences."""
    table, out = SHARED / "gsr" / f"{name}_sentences.csv", folder / f"gsr-{name}.jsonl"
    with table.open(encoding="utf-8", newline="") as stream:
        rows = [Article(doc=row["id"], text=row["text"]) for row in csv.DictReader(stream)]
    extract(rows, out, pipeline)
    said = run(SHARED / "gsr" / "score_gsr.py", table, out, "--event", EVENTS[name])
    found = re.search(r"F1 ([\d.]+)", said)
    return {f"gsr {name} F1": float(found[1]) if found else 0.0}


def distractors(gold: Path, predicted: Path) -> int:
    """How many reports were found in articles whose gold record has none."""
    empty = {
        Path(row["doc"]).stem
        for row in (json.loads(path.read_text("utf-8")) for path in gold.glob("*.json"))
        if not row["reports"]
    }
    lines = (json.loads(line) for line in predicted.read_text("utf-8").splitlines())
    return sum(len(row["reports"]) for row in lines if Path(row["doc"]).stem in empty)


def measure(folder: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Every measure: those that should be high, those that should be low."""
    pipeline, log = Pipeline(), IssueLog()
    high: dict[str, float] = {}
    for name, source in SOURCES.items():
        out = folder / f"{name}.jsonl"
        extract(read_articles([str(source)], log), out, pipeline)
        high |= gold_scores(name, SHARED / "gold" / name, out)
    for name in EVENTS:
        high |= gsr_score(name, folder, pipeline)
    found = distractors(SHARED / "gold" / "news", folder / "news.jsonl")
    return high, {"reports on articles without any": found}


def report(high: dict[str, float], low: dict[str, int], held: dict[str, dict[str, float]]) -> int:
    """Print the table; how many measures are worse than they may be."""
    worse = 0
    print(f"{'measure':<34}{'now':>8}{'held to':>10}")
    for name, value in high.items():
        floor = held["floors"].get(name, 0.0)
        worse += value < floor
        mark = "  BELOW" if value < floor else ""
        print(f"{name:<34}{value:>8.3f}{floor:>10.3f}{mark}")
    for name, count in low.items():
        ceiling = held["ceilings"].get(name, math.inf)
        worse += count > ceiling
        print(f"{name:<34}{count:>8}{ceiling:>10}{'  ABOVE' if count > ceiling else ''}")
    return worse


def raise_floors(
    high: dict[str, float], low: dict[str, int], held: dict[str, dict[str, float]]
) -> None:
    """Move floors up to the measured values, cut to thousandths, and ceilings down to theirs."""
    for name, value in high.items():
        floor = math.floor(round(value * 1000, 6)) / 1000  # .678 times 1000 is a little less
        held["floors"][name] = max(held["floors"].get(name, 0.0), floor)
    for name, count in low.items():
        held["ceilings"][name] = min(held["ceilings"].get(name, count), count)
    FLOORS.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    print(f"floors raised in {FLOORS.relative_to(ROOT)}")


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--raise", dest="lift", action="store_true", help="raise the floors")
    ask.add_argument("--keep", type=Path, help="leave the extracted records in this folder")
    args = ask.parse_args()
    if not (SHARED / "gold" / "score.py").exists():
        print(f"quality gate skipped: no gold collections in {SHARED}")
        return
    held = json.loads(FLOORS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        high, low = measure(folder)
    worse = report(high, low, held)
    if args.lift:
        raise_floors(high, low, held)
    if worse:
        sys.exit(f"quality gate: {worse} measure(s) worse than they were")
    print("quality gate passed")


if __name__ == "__main__":
    main()
