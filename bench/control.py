#!/usr/bin/env python3
"""Measure who held what against a table of public history, and look at spans of a month of news.

    control.py [--news N [--seed S]] [--show PLACE] [--all]

Reads ../shared/stories and ../shared/seeds (passes, saying so, where there are none) and asks each
fact of ``control_facts.tsv`` what the record answers: right, honestly unknown, contested where one
side held it, or wrong; fails where a bar is missed. ``--news N`` prints N random spans from the
newspapers of July and August 2015 instead, with the words behind them; ``--show`` prints every sign
and span of a place.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from testimonies import read_testimonies

from sijill.lexicon.knowledge import load_knowledge
from sijill.link.control import SignIndex, held, index, signs, spans
from sijill.link.control_sides import load_sides
from sijill.testimony import ControlSpan, Testimony

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FACTS = ROOT / "bench" / "control_facts.tsv"
#: The share of facts that must be right or honestly unknown.
BAR = 0.9
VERDICTS = ("right", "unknown", "contested", "wrong")


def testimonies(paths: list[str]) -> Iterator[Testimony]:
    """The reports of articles as testimonies; every document is a witness of its own."""
    for one in read_testimonies(paths):
        yield msgspec.structs.replace(one, family=one.document)


def judge(span: ControlSpan, wanted: list[str]) -> str:
    """Whether a span says what a fact says; a finer actor is right, and an army's government."""
    if span.state == "unknown":
        return "unknown"
    if span.state == "contested":
        return "right" if "contested" in wanted else "contested"
    sides = load_sides()
    if set(sides.lineage(span.holder)) & set(wanted):
        return "right"
    row = sides.actors[span.holder]
    parents = {sides.actors[name].parent for name in wanted if name in sides.actors}
    return "right" if row.kind == "government" and row.parent in parents else "wrong"


def measure(found: SignIndex, *, everything: bool) -> bool:
    """Ask every fact; whether the bars are met."""
    places, counts, sure = load_knowledge().lexicon.places, Counter[str](), 0
    with FACTS.open(encoding="utf-8") as stream:
        facts = list(csv.DictReader(stream, delimiter="\t"))
    for fact in facts:
        span = held(fact["place"], fact["day"], found, places)
        verdict = judge(span, fact["holder"].split("|"))
        counts[verdict] += 1
        sure += verdict == "wrong" and span.standing == "corroborated"
        if everything or verdict in ("wrong", "contested"):
            answer = span.holder + "".join(f" / {rival}" for rival in span.rivals)
            print(
                f"{verdict:10}{fact['day']} {fact['place']:28} {fact['holder']:34}"
                f"{span.state} {answer} ({span.standing}, {span.basis}) {len(span.testimonies)}"
            )
    share = (counts["right"] + counts["unknown"]) / len(facts)
    print(f"{len(facts)} facts: " + ", ".join(f"{counts[name]} {name}" for name in VERDICTS))
    print(f"right or honestly unknown {share:.1%} (bar {BAR:.0%}); wrong and corroborated {sure}")
    return share >= BAR and not sure


def show(place: str, found: SignIndex, told: dict[str, Testimony]) -> None:
    """Every sign and every span of a place."""
    for sign in sorted(found.by_place.get(place, ()), key=lambda sign: sign.last):
        print(sign.kind, sign.why, sign.first, sign.last, sign.actor, sign.against, sign.witness)
        print("    ", sign.said_on, told[sign.testimony].quote.replace("\n", " ")[:200])
    for span in spans(place, found, load_knowledge().lexicon.places):
        print(span)


def look(found: SignIndex, told: dict[str, Testimony], many: int, seed: int) -> None:
    """Random spans with the words behind them, to be judged by a person."""
    places = load_knowledge().lexicon.places
    every = [
        span
        for place in sorted(found.by_place)
        for span in spans(place, found, places)
        if span.state != "unknown"
    ]
    print(Counter((span.state, span.standing, span.basis) for span in every))
    for span in random.Random(seed).sample(every, min(many, len(every))):
        print(
            f"{span.place}: {span.state} {span.first}..{span.last} {span.holder} "
            f"{'/'.join(span.rivals)} ({span.standing}, {span.basis}, {len(span.testimonies)})"
        )
        for name in span.testimonies[:3]:
            print(f"    {told[name].type} {told[name].said_on} {told[name].quote[:170]!r}")


def news() -> Path:
    """The newspapers of July and August 2015, unpacked."""
    out = Path(tempfile.gettempdir()) / "sijill-control-news.jsonl"
    with gzip.open(SHARED / "news" / "articles.jsonl.gz", "rt", encoding="utf-8") as stream:
        out.write_text("".join(line for line in stream if '"doc": "snn-' in line), "utf-8")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=int, default=0)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--show", default="")
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    if not (SHARED / "stories").is_dir():
        print("control skipped: no ../shared/stories here")
        return
    paths = [str(SHARED / "stories" / "reports.jsonl"), str(SHARED / "seeds")]
    told = {one.id: one for one in testimonies([str(news())] if given.news else paths)}
    places = load_knowledge().lexicon.places
    found = index(signs(told.values(), places), places)
    if given.show:
        show(given.show, found, told)
    elif given.news:
        look(found, told, given.news, given.seed)
    elif not measure(found, everything=given.all):
        sys.exit(1)


if __name__ == "__main__":
    main()
