#!/usr/bin/env python3
"""Check the tables of places: parents, country boxes, twins, and distance from the gazetteer.

    check_places.py [--limit N]

Fails on faults of the tables themselves. What differs from ../shared/gazetteer is listed and does
not fail: either of the two may be wrong (left out, saying so, where that folder is absent).
"""

from __future__ import annotations

import argparse
import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.entries import PLACE_COLUMNS
from sijill.lexicon.tables import Row, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE, BARE_HAMZA

GAZETTEER = Path(__file__).resolve().parents[2] / "shared" / "gazetteer"
#: South, west, north, east of each country, generous by a tenth of a degree.
BOXES = {
    "iq": (28.9, 38.7, 37.5, 48.9),
    "sy": (32.2, 35.5, 37.4, 42.5),
    "ye": (11.9, 41.7, 19.1, 54.7),
    "ly": (19.4, 9.2, 33.3, 25.3),
    "lb": (33.0, 35.0, 34.8, 36.7),
    "jo": (29.1, 34.8, 33.5, 39.4),
}
#: Kinds that are drawn as a point here and as something long or wide elsewhere.
WIDE = {"country", "governorate", "district", "region", "river", "road", "border", "mountain"}
SAME_KM, TWIN_KM, FAR_KM = 5.0, 1.0, 40.0
_ARTICLE = re.compile(rf"(?:^|\s){ARTICLE}|{BARE_HAMZA}|[^\u0621-\u064a0-9\s]")
_LATIN = re.compile(r"\b(?:al|an|ar|as|ash|at|ad|az)\b|[^a-z]")


class Point(msgspec.Struct, frozen=True):
    lat: float
    lon: float

    def km(self, other: Point) -> float:
        across = math.cos(math.radians((self.lat + other.lat) / 2))
        return 111.2 * math.hypot(self.lat - other.lat, (self.lon - other.lon) * across)


class Place(msgspec.Struct, frozen=True):
    row: Row
    point: Point | None

    @property
    def country(self) -> str:
        return self.row["id"].split("_")[0]

    def fault(self, message: str) -> Fault:
        return Fault(self.row.file, self.row.line, f"{self.row['id']}: {message}")


def load(faults: list[Fault]) -> list[Place]:
    """Every row of every table, with its point where it has one."""
    tables = sorted((knowledge_dir() / "places").glob("*.tsv"))
    rows = [row for path in tables for row in read_table(path, PLACE_COLUMNS, faults)]
    return [Place(row, point_of(row, faults)) for row in rows]


def point_of(row: Row, faults: list[Fault]) -> Point | None:
    if not row["lat"] and not row["lon"]:
        return None
    try:
        return Point(float(row["lat"]), float(row["lon"]))
    except ValueError:
        faults.append(Fault(row.file, row.line, f"{row['id']}: lat and lon are not numbers"))
        return None


def check_ids(places: list[Place]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place in places:
        if place.row["id"] in seen:
            yield place.fault("stands twice")
        seen.add(place.row["id"])
    for place in places:
        if place.row["parent"] and place.row["parent"] not in seen:
            yield place.fault(f"no place {place.row['parent']!r} for parent")


def check_boxes(places: list[Place]) -> Iterator[Fault]:
    for place in places:
        box = BOXES.get(place.country)
        if box is None or place.point is None:
            continue
        south, west, north, east = box
        if not (south <= place.point.lat <= north and west <= place.point.lon <= east):
            yield place.fault(f"{place.point.lat}, {place.point.lon} lies outside its country")


def check_twins(places: list[Place]) -> Iterator[Fault]:
    """The same name and kind within a kilometre is the same place twice."""
    by_name: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in places:
        for name in {arabic_key(name) for name in place.row.many("names")}:
            by_name[place.country, place.row["kind"], name].append(place)
    for same in by_name.values():
        for number, place in enumerate(same):
            for other in same[:number]:
                if place.point and other.point and place.point.km(other.point) <= TWIN_KM:
                    yield place.fault(f"has a name and the place of {other.row['id']}")


def arabic_key(name: str) -> str:
    return "".join(_ARTICLE.sub(" ", fold(name)).split())


def latin_key(name: str) -> str:
    return _LATIN.sub("", fold(name))


def gazetteer(path: Path) -> dict[str, list[Point]]:
    """Points of a country's populated places by each of their names."""
    points: dict[str, list[Point]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for line in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["placetype"] in ("country", "region", "county") or not line["lat"]:
                continue
            point = Point(float(line["lat"]), float(line["lon"]))
            latin = [line["name_default"], *line["names_eng"].split("|")]
            keys = {latin_key(name) for name in latin}
            keys |= {arabic_key(name) for name in line["names_ara"].split("|")}
            for key in keys - {""}:
                points[key].append(point)
    return points


def disagreements(places: Iterable[Place], known: dict[str, list[Point]]) -> Iterator[Fault]:
    """Places whose nearest namesake is over 5 km off, yet near enough to be meant."""
    for place in places:
        if place.point is None or place.row["kind"] in WIDE:
            continue
        keys = {arabic_key(name) for name in place.row.many("names")}
        keys.add(latin_key(place.row["name_en"]))
        away = [place.point.km(point) for key in keys for point in known.get(key, [])]
        if away and SAME_KM < min(away) <= FAR_KM:
            yield place.fault(f"nearest namesake in the gazetteer is {min(away):.0f} km off")


def compare(places: list[Place]) -> list[Fault]:
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
    faults: list[Fault] = []
    places = load(faults)
    faults += [*check_ids(places), *check_boxes(places), *check_twins(places)]
    differing = compare(places)
    for fault in [*sorted(faults), *differing[:limit]]:
        print(fault)
    print(f"{len(places)} places, {len(faults)} faults, {len(differing)} differ from the gazetteer")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
