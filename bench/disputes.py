#!/usr/bin/env python3
"""Whether the contradictions of ../shared/stories are stated, and in the right field.

    disputes.py [--words]

``disputes.tsv`` lists what must be stated (and what must not), from the facts that stand beside the
stories, written down before the first run. Reports of the stories that tell of one event are put
together by ``same_event``, deed, place and day; each expected dispute is then looked for in its
field. The column ``not_read``, added after the first run, says what the reader did not take from
the texts: no assembling can state a dispute of which one side was not read. Fails below 80 % of
all. ``--words`` prints every dispute.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from testimonies import testimonies

from sijill.issues import IssueLog
from sijill.link.background import load_background
from sijill.link.disputes import ATTACK, HOLD
from sijill.link.events import assemble
from sijill.link.places import same_place
from sijill.model import Reading
from sijill.pipeline import Pipeline
from sijill.testimony import Dispute, Event, Testimony

ROOT = Path(__file__).resolve().parents[1]
STORIES = ROOT.parent / "shared" / "stories" / "reports.jsonl"
EXPECTED = ROOT / "bench" / "disputes.tsv"
BAR = 0.8
#: Deeds told of one event; what else the texts tell of is put together by its own type.
FAMILIES = (ATTACK | {"accusation"}, HOLD | {"siege", "withdrawal"})
DAYS_APART = 3


def family(kind: str) -> str:
    """The family of deeds that a type of report belongs to."""
    return next((min(types) for types in FAMILIES if kind in types), kind)


def told(reading: Reading, story: dict[str, str], copies: str) -> list[Testimony]:
    """The reports of a story as testimonies."""
    outlet = reading.outlet or story["outlet"]
    return [
        msgspec.structs.replace(one, outlet=outlet, family=copies) for one in testimonies(reading)
    ]


def read_stories() -> dict[str, list[Testimony]]:
    """The testimonies of every group of stories about one event."""
    stories = {row["doc"]: row for row in map(json.loads, STORIES.open(encoding="utf-8"))}
    groups: dict[str, list[Testimony]] = defaultdict(list)
    for reading in Pipeline().read_many([str(STORIES)], IssueLog()):
        story = stories[reading.doc]
        if story["same_event"]:
            groups[story["same_event"]] += told(reading, story, original(story, stories))
    return groups


def original(story: dict[str, str], stories: dict[str, dict[str, str]]) -> str:
    """The story whose text this one is a copy of, or itself."""
    for other in stories.values():
        label = other["outlet"].removesuffix(".com").rsplit(".", 1)[-1]
        same = other["same_event"] == story["same_event"] and other is not story
        if same and story["near_copy_of"] and label in story["near_copy_of"].replace("-", ""):
            return str(other["doc"])
    return str(story["doc"])


def told_together(group: Sequence[Testimony]) -> Iterator[list[Testimony]]:
    """The testimonies of a group by deed, less those that tell of another day or place."""
    by_family: dict[str, list[Testimony]] = defaultdict(list)
    for testimony in group:
        by_family[family(testimony.type)].append(testimony)
    for told in by_family.values():
        kept: list[Testimony] = []
        for testimony in told:
            mine = [k for k in kept if k.document == testimony.document]
            if near(testimony, mine, 0) and near(testimony, kept[:1], DAYS_APART):
                kept.append(testimony)
        yield kept


def near(testimony: Testimony, others: Sequence[Testimony], days: int) -> bool:
    """Whether a testimony can tell of the event of ``others``: place known or not, and day."""
    background = load_background()
    for other in others[:1]:
        places = [(a, b) for a in testimony.place for b in other.place]
        if days == 0 and places and not any(same_place(a, b, background) for a, b in places):
            return False
        if testimony.time and other.time and gap(testimony.time, other.time) > days:
            return False
    return True


def gap(a: tuple[str, str], b: tuple[str, str]) -> int:
    """Days between two intervals; nothing or less where they meet."""
    first, second = sorted((a, b))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days


def matches(dispute: Dispute, field: str, kind: str) -> bool:
    """Whether a dispute is about ``field`` and, where given, that kind of figure."""
    return field in ("*", dispute.field) and (not kind or f"({kind})" in dispute.english)


def verdicts(events: dict[str, list[Event]]) -> Iterator[tuple[dict[str, str], bool]]:
    """Every expected line, and whether it is as expected."""
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            disputes = [d for event in events[row["story"]] for d in event.disputes]
            found = any(matches(d, row["field"], row["kind"]) for d in disputes)
            yield row, found == (row["expected"] == "stated")


def share(results: Iterable[bool]) -> tuple[int, int]:
    """How many are right, of how many."""
    listed = list(results)
    return sum(listed), len(listed)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--words", action="store_true", help="print every dispute in words")
    args = ask.parse_args()
    if not STORIES.exists():
        print(f"disputes skipped: no stories at {STORIES}")
        return
    groups = read_stories()
    events = {name: [assemble(m) for m in told_together(g) if m] for name, g in groups.items()}
    if args.words:
        for name, made in events.items():
            for event in made:
                for dispute in event.disputes:
                    print(f"{name}\n  {dispute.field}: {dispute.english}\n  {dispute.arabic}")
    results = list(verdicts(events))
    for row, right in results:
        what = f"{row['field']} {row['kind']}".strip()
        note = f"  not read in {row['not_read']}" if row["not_read"] and not right else ""
        print(f"{'ok  ' if right else 'MISS'} {row['expected']:<7} {what:<19} {row['story']}{note}")
    right, total = share(ok for row, ok in results if row["expected"] == "stated")
    known, read = share(
        ok for row, ok in results if row["expected"] == "stated" and not row["not_read"]
    )
    kept, absent = share(ok for row, ok in results if row["expected"] == "absent")
    print(f"stated in the right field: {right} of {total} ({right / total:.0%}); bar {BAR:.0%}")
    print(
        f"less those noted after the first run as not read: {known} of {read} ({known / read:.0%})"
    )
    print(f"rightly absent: {kept} of {absent}")
    if right < BAR * total:
        sys.exit("disputes: below the bar")


if __name__ == "__main__":
    main()
