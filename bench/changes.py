#!/usr/bin/env python3
"""What changed in the output between two versions of the reader.

    changes.py read OUT.jsonl            extract the fixed set of articles
    changes.py compare OLD.jsonl NEW.jsonl [--list]

The fixed set: the packaged sample and, where ../shared is there, its seeds, the gold articles and
every hundredth article of the news. Reports pair by type and overlapping evidence; what pairs is
compared slot by slot.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SLOTS = ("status", "actor", "target", "place", "time", "speaker", "figures", "trigger")

Record = dict[str, Any]
Change = tuple[str, str, str]


def read(out: Path) -> None:
    """Extract the fixed set into ``out``."""
    from sijill.ingest.files import read_articles
    from sijill.issues import IssueLog
    from sijill.pipeline import Pipeline
    from sijill.render import json_line

    log, pipeline = IssueLog(), Pipeline()
    with out.open("wb") as stream:
        for article in read_articles([str(path) for path in fixed_set(out.parent)], log):
            stream.write(json_line(pipeline.read(article)))
    print(f"{out}: written, {len(log.skipped())} inputs skipped")


def fixed_set(scratch: Path) -> Iterator[Path]:
    """The paths of the fixed set."""
    yield ROOT / "src" / "sijill" / "samples" / "stories.jsonl"
    news = SHARED / "news" / "articles.jsonl.gz"
    if news.exists():
        yield SHARED / "seeds"
        yield SHARED / "gold" / "news.jsonl"
        chosen = scratch / "every-hundredth.jsonl"
        with gzip.open(news, "rt", encoding="utf-8") as stream:
            chosen.write_text("".join(islice(stream, 0, None, 100)), encoding="utf-8")
        yield chosen


def load(path: Path) -> dict[str, Record]:
    """The documents of one output file by name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {row["doc"]: row for row in map(json.loads, filter(None, lines))}


def overlap(one: Record, other: Record) -> int:
    """How many characters of evidence two reports share."""
    spans = ((a, b) for a in one["evidence"] for b in other["evidence"])
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a, b in spans)


def pair(old: list[Record], new: list[Record]) -> list[tuple[Record | None, Record | None]]:
    """Reports of one type with the most shared evidence together, the rest alone."""
    options = sorted(
        (
            (-overlap(a, b), a != b, i, j)
            for i, a in enumerate(old)
            for j, b in enumerate(new)
            if a["type"] == b["type"] and overlap(a, b)
        ),
    )
    mate: dict[int, int] = {}
    for _, _, i, j in options:
        if i not in mate and j not in mate.values():
            mate[i] = j
    pairs: list[tuple[Record | None, Record | None]] = [
        (one, new[mate[i]] if i in mate else None) for i, one in enumerate(old)
    ]
    taken = set(mate.values())
    return pairs + [(None, one) for j, one in enumerate(new) if j not in taken]


def changes(old: Record, new: Record) -> Iterator[Change]:
    """What differs in one document: kind of change, report, detail."""
    if old["reference_date"] != new["reference_date"]:
        yield "reference_date", "-", f"{old['reference_date']} -> {new['reference_date']}"
    for one, other in pair(old["reports"], new["reports"]):
        if one is None or other is None:
            present = one or other or {}
            kind = "removed" if one else "added"
            yield kind, present["id"], f"{present['type']} {present['trigger']}"
            continue
        for slot in SLOTS:
            if one[slot] != other[slot]:
                yield (
                    slot,
                    other["id"],
                    f"{other['type']}: {brief(one[slot])} -> {brief(other[slot])}",
                )


def brief(value: object) -> str:
    """A slot's value on one line."""
    return json.dumps(value, ensure_ascii=False)


def compare(old: Path, new: Path, every: bool) -> None:
    """Print how many of each change there are, and with ``every`` each of them."""
    before, after = load(old), load(new)
    count: Counter[str] = Counter()
    touched = 0
    for doc in [name for name in before if name in after]:
        found = list(changes(before[doc], after[doc]))
        touched += bool(found)
        count.update(kind for kind, _, _ in found)
        for kind, report, detail in found if every else ():
            print(f"{doc}\t{report}\t{kind}\t{detail}")
    reports = [sum(len(row["reports"]) for row in rows.values()) for rows in (before, after)]
    print(f"{touched} of {len(after)} documents changed")
    print(f"{reports[0]} reports before, {reports[1]} now")
    for kind, number in count.most_common():
        print(f"  {kind:<16}{number:>6}")
    for name, rows, others in (("gone", before, after), ("new", after, before)):
        if missing := [doc for doc in rows if doc not in others]:
            print(f"  documents {name}: {len(missing)}")


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sub = ask.add_subparsers(dest="task", required=True)
    sub.add_parser("read").add_argument("out", type=Path)
    both = sub.add_parser("compare")
    both.add_argument("old", type=Path)
    both.add_argument("new", type=Path)
    both.add_argument("--list", action="store_true", help="print every change")
    args = ask.parse_args()
    if args.task == "read":
        read(args.out)
    else:
        compare(args.old, args.new, args.list)


if __name__ == "__main__":
    sys.exit(main())
