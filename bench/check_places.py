#!/usr/bin/env python3
"""Compare the tables of places with ../shared/gazetteer: what differs by over 5 km.

    check_places.py [--limit N]

What is wrong within the tables is refused on load (``sijill places check``). What differs from the
gazetteer is listed and does not fail: either of the two may be wrong.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from sijill.errors import Fault, KnowledgeError
from sijill.lexicon.geography import distance
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_spelling import latin_key, loose_key

GAZETTEER = Path(__file__).resolve().parents[2] / "shared" / "gazetteer"
#: Kinds that are drawn as a point here and as something long or wide elsewhere.
WIDE = {"country", "governorate", "district", "region", "river", "road", "border", "mountain"}
SAME_KM, FAR_KM = 5.0, 40.0
Point = tuple[float, float]


def gazetteer(path: Path) -> dict[str, list[Point]]:
    """Points of a country's populated places by each of their names."""
    points: dict[str, list[Point]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["placetype"] in ("country", "region", "county") or not line["lat"]:
                continue
            latin = [line["name_default"], *line["names_eng"].split("|")]
            keys = {latin_key(name) for name in latin}
            keys |= {loose_key(name) for name in line["names_ara"].split("|")}
            for key in keys - {""}:
                points[key].append((float(line["lat"]), float(line["lon"])))
    return points


def disagreements(places: Iterable[PlaceRow], known: dict[str, list[Point]]) -> Iterator[Fault]:
    """Places whose nearest namesake is over 5 km off, yet near enough to be meant."""
    for place in places:
        if place.lat is None or place.lon is None or place.kind in WIDE:
            continue
        keys = {loose_key(name.text) for name in place.names} | {latin_key(place.name_en)}
        points = [point for key in keys for point in known.get(key, [])]
        away = min((distance(place.lat, place.lon, *point) for point in points), default=0.0)
        if SAME_KM < away <= FAR_KM:
            file, _, line = place.where.rpartition(":")
            message = f"{place.id}: nearest namesake in the gazetteer is {away:.0f} km off"
            yield Fault(file, int(line), message)


def compare(places: list[PlaceRow]) -> list[Fault]:
    if not GAZETTEER.is_dir():
        print(f"no gazetteer at {GAZETTEER}: comparison left out")
        return []
    found: list[Fault] = []
    for path in sorted(GAZETTEER.glob("*.tsv")):
        own = [place for place in places if place.country == path.stem]
        found += disagreements(own, gazetteer(path))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--limit", type=int, default=40, help="differences to print")
    limit: int = parser.parse_args().limit
    try:
        places = list(load_knowledge().lexicon.places.values())
    except KnowledgeError as error:
        print(error)
        return 1
    differing = compare(places)
    for fault in differing[:limit]:
        print(fault)
    print(f"{len(places)} places, {len(differing)} differ from the gazetteer")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
