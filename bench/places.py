#!/usr/bin/env python3
"""How well places are found: in reports, in tables, and in running news.

    places.py [--names N] [--articles N]

Needs ../shared. Prints

- the place slot of reports that pair with gold ones, for the seeds and the gold news;
- names of ../shared/gazetteer (Iraq and Syria: localities and neighbourhoods that have an Arabic
  name, a point and a county), each given with the name of its county: how many are resolved within
  1.5 km (neighbourhoods) or 5 km (localities) of the point there, how many elsewhere, and how the
  name had matched. Most of those places are in no table of ours, and names recur within a county:
  what is called wrong is partly another place of the same name;
- both for other values of MARGIN, which says by how much the best candidate must lead;
- how often a place named in the news is resolved, ambiguous or unknown.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent))
import gate
import speed

from sijill.extract import place_choice
from sijill.extract.place_finder import PlaceFinder
from sijill.extract.place_found import rank
from sijill.extract.place_location import Locator, place_of
from sijill.extract.reader import load_extractor
from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.lexicon.geography import distance
from sijill.lexicon.knowledge import load_knowledge
from sijill.model import Place
from sijill.pipeline import Pipeline
from sijill.text.tokens import tokenise

SHARED = Path(__file__).resolve().parents[2] / "shared"
COUNTRIES = ("iq", "sy")
#: How far from the gazetteer's point a place may lie to be the one that was asked for.
FAR_KM = {"neighbourhood": 1.5, "locality": 5.0}
#: The sample is the same at every run.
SEED = 1
MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
ARABIC = re.compile("[\u0621-\u064a]")


class Asked(msgspec.Struct, frozen=True):
    """A name of the gazetteer, with what it is said to lie in and where it lies."""

    name: str
    near: str
    kind: str
    lat: float
    lon: float


def sample(count: int) -> list[Asked]:
    """``count`` names, the same at every run."""
    names = [one for iso in COUNTRIES for one in read_names(SHARED / "gazetteer" / f"{iso}.tsv")]
    return random.Random(SEED).sample(names, min(count, len(names)))


def read_names(path: Path) -> Iterator[Asked]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    by_id = {row["wof_id"]: row for row in rows}
    for row in rows:
        county = by_id.get(row["hierarchy_county"])
        names = [name for name in row["names_ara"].split("|") if ARABIC.match(name)]
        if row["placetype"] in FAR_KM and names and row["lat"] and county:
            near = county["names_ara"].split("|")[0] or county["name_default"]
            lat, lon = float(row["lat"]), float(row["lon"])
            yield Asked(names[0], near, row["placetype"], lat, lon)


def verdict(asked: Asked, place: Place) -> str:
    """``right``, ``wrong``, ``without a point``, ``ambiguous`` or ``unknown``."""
    if place.status != "resolved":
        return place.status
    if place.lat is None or place.lon is None:
        return "without a point"
    return "right" if is_there(asked, place.lat, place.lon) else "wrong"


def is_there(asked: Asked, lat: float, lon: float) -> bool:
    return distance(lat, lon, asked.lat, asked.lon) <= FAR_KM[asked.kind]


def matched(place: Place) -> str:
    """How the name of the first candidate matched; a part of a place has no candidates."""
    return place.candidates[0].reasons[0][0] if place.candidates else "part"


def slots() -> dict[str, float]:
    """The share of paired reports whose place is right, by collection."""
    pipeline, log = Pipeline(), IssueLog()
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, source in gate.SOURCES.items():
            out = Path(scratch) / f"{name}.jsonl"
            gate.extract(read_articles([str(source)], log), out, pipeline)
            found[name] = gate.gold_scores(name, SHARED / "gold" / name, out)[f"{name} place"]
    return found


def show_slots() -> None:
    """(a) The place slot on paired reports."""
    print("place slot of paired reports")
    for name, right in slots().items():
        print(f"  {name:<24}{right:>8.1%}")


def show_names(answers: Sequence[tuple[Asked, Place]]) -> None:
    """(b) Names with their county, by verdict and by how they matched."""
    print(f"\n{len(answers):,} names of the gazetteer, each with its county")
    found = Counter(verdict(*answer) for answer in answers)
    for name, count in found.most_common():
        print(f"  {name:<24}{count:>8,}{count / len(answers):>8.1%}")
    print(f"  {'right of those resolved':<24}{share(found['right'], found['wrong']):>16.1%}")
    for how in ("exact", "loose", "latin", "part"):
        told = Counter(verdict(*answer) for answer in answers if matched(answer[1]) == how)
        right, wrong = told["right"], told["wrong"]
        if right + wrong:
            print(f"    {how:<22}{right:>8,} right{wrong:>6,} wrong{share(right, wrong):>8.1%}")
    show_alike(answers)


def show_alike(answers: Iterable[tuple[Asked, Place]]) -> None:
    """Names one letter off, which are only proposed: would the first have been right?"""
    places = load_knowledge().lexicon.places
    right = wrong = 0
    for asked, place in answers:
        if place.status == "unknown" and matched(place) == "alike":
            row = places[place.candidates[0].id]
            there = row.lat is not None and is_there(asked, row.lat, row.lon or 0.0)
            right, wrong = right + there, wrong + (not there)
    label = "one letter off, proposed"
    print(f"  {label:<24}{right:>8,} right{wrong:>6,} wrong{share(right, wrong):>8.1%}")


def share(right: int, wrong: int) -> float:
    return right / max(1, right + wrong)


def show_margins(finder: PlaceFinder, answers: Sequence[tuple[Asked, Place]]) -> None:
    """(c) Other margins: names that some place has there, asked for again, and the reports."""
    known = [asked for asked, place in answers if place.status != "unknown"]
    print(
        f"\nMARGIN, on the {len(known):,} of them that are not unknown; it is {place_choice.MARGIN}"
    )
    for margin in MARGINS:
        with mock.patch.object(place_choice, "MARGIN", margin):
            for_one = Counter(verdict(one, finder.find(one.name, one.near)) for one in known)
            reports = [f"{name} {right:.1%}" for name, right in slots().items()]
        told = (f"{for_one[name]:>6,} {name}" for name in ("right", "wrong", "ambiguous"))
        right = share(for_one["right"], for_one["wrong"])
        print(f"  {margin:<8}{''.join(told)}{right:>8.1%}; reports: {', '.join(reports)}")


def show_news(count: int) -> None:
    """(d) What becomes of the places that the news names: all, and those below a country."""
    extractor, knowledge = load_extractor(), load_knowledge()
    locator = Locator(knowledge.lexicon.places, knowledge.compass)
    every: Counter[str] = Counter()
    fine: Counter[str] = Counter()
    articles = speed.news(count)
    for article in articles:
        for _, mention in extractor.named_places(tokenise(article.text)):
            if mention.place is not None:
                status = place_of(mention.place, locator).status
                every[status] += 1
                fine[status] += rank(mention.place.kind) < rank("country")
    for title, counts in (("all", every), ("below a country", fine)):
        print(f"\nplaces named in {len(articles):,} articles, {title}: {counts.total():,}")
        for status, number in counts.most_common():
            print(f"  {status:<24}{number:>8,}{number / max(1, counts.total()):>8.1%}")


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--names", type=int, default=6000)
    ask.add_argument("--articles", type=int, default=1000)
    args = ask.parse_args()
    if not (SHARED / "gazetteer").is_dir():
        print(f"places not measured: no gazetteer in {SHARED}")
        return
    show_slots()
    finder = PlaceFinder(load_knowledge())
    answers = [(one, finder.find(one.name, one.near)) for one in sample(args.names)]
    show_names(answers)
    show_margins(finder, answers)
    show_news(args.articles)


if __name__ == "__main__":
    main()
