"""How well reports of one event are put together, on stories whose events are known.

    python bench/events.py [--shared ../shared] [--misses]

The bar: pairwise F1 of putting reports of a story's named event (``same_event``) together. Which
reports tell of it is not left to what is measured: ``named_events.tsv`` gives for each event its
types, places and days. A report tells of it when its type is one of these, its day no more than one
off or unknown, and its place one of these; where a story of the event has no such report, one that
names no place, or only what the place lies in, counts. Of several in one story those of the type
named first count, and the others neither count nor harm (``every type`` counts them all). A report
of another story that fits in type, place and day tells of the event too.

A pair is right when both reports tell of the named event, wrong when one does and the other tells
of something else in the same theatre within three days (the hard negatives; where a day is unknown
they count as well) or in the same story group. Pairs of one document are not counted. Every event
is judged by weights that its own pairs had no part in, and once more by the weights in use.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from pathlib import Path

import msgspec
from fit_pairs import Fit, docs_judged, read_judged, read_tsv
from testimonies import read_docs

from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.linking import load_linking
from sijill.lexicon.place_rows import PlaceRow
from sijill.link.cluster import cluster
from sijill.link.pairs import Comparer, compare, pairs
from sijill.testimony import Testimony
from sijill.text.fold import fold

ROOT = Path(__file__).resolve().parents[1]
NAMED = ROOT / "bench" / "named_events.tsv"
HARD_DAYS = 3

Group = Callable[[str], dict[str, int]]


class Named(msgspec.Struct, frozen=True):
    """What a ``same_event`` names."""

    id: str
    types: tuple[str, ...]
    places: frozenset[str]
    first: int
    last: int


def read_named() -> dict[str, Named]:
    """The named events by id."""
    return {
        row["event"]: Named(
            row["event"],
            tuple(row["types"].split("|")),
            frozenset(row["places"].split("|")),
            date.fromisoformat(row["first"]).toordinal(),
            date.fromisoformat(row["last"]).toordinal(),
        )
        for row in read_tsv(NAMED)
    }


def telling(
    event: Named, story: list[Testimony], rows: dict[str, PlaceRow], own: bool, every: bool
) -> list[Testimony]:
    """The reports of a story that tell of a named event, by the rule above.

    ``own``: it is the story's event; ``every``: whatever their type.
    """
    fit = [one for one in story if one.type in event.types and _in_time(one, event, own)]
    found = [one for one in fit if any(_at(one, place, rows) for place in event.places)]
    if own and not found:
        found = [one for one in fit if _may_be_at(one, event, rows)]
    first = min((event.types.index(one.type) for one in found), default=0)
    return [one for one in found if every or event.types.index(one.type) == first]


def _in_time(one: Testimony, event: Named, own: bool) -> bool:
    if one.time is None:
        return own
    first, last = (date.fromisoformat(day).toordinal() for day in one.time)
    return first <= event.last + 1 and last >= event.first - 1


def _at(one: Testimony, place: str, rows: dict[str, PlaceRow]) -> bool:
    return any(p.id == place or fold(p.name) == fold(place) for p in one.place)


def _may_be_at(one: Testimony, event: Named, rows: dict[str, PlaceRow]) -> bool:
    above = {line for place in event.places if place in rows for line in _line(place, rows)}
    return not one.place or any(p.id in above for p in one.place)


def _line(place: str, rows: dict[str, PlaceRow]) -> Iterable[str]:
    while place in rows:
        place = rows[place].parent
        yield place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--misses", action="store_true", help="show every pair that went wrong")
    args = parser.parse_args()
    Bench(args.shared).report(args.misses)


class Bench:
    """The stories with what is known of them."""

    def __init__(self, shared: Path) -> None:
        lines = (shared / "stories" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
        self.story = {story["doc"]: story for story in map(json.loads, lines)}
        self.rows = load_knowledge().lexicon.places
        everything = read_docs(shared, {*self.story, *docs_judged()})
        self.told = [one for one in everything if one.doc in self.story]
        self.judged = read_judged(everything)[0]
        self.tells: dict[str, str] = {}
        self.beside: set[str] = set()

    def find(self, every: bool) -> None:
        """Find the named event of each report that tells of one."""
        by_doc: dict[str, list[Testimony]] = defaultdict(list)
        for one in self.told:
            by_doc[one.doc].append(one)
        named = read_named()
        for doc, story in by_doc.items():
            own = self.story[doc]["same_event"]
            for event in (*(named.keys() - {own}), *filter(None, [own])):
                fit = telling(named[event], story, self.rows, event == own, every)
                self.tells.update((one.id, event) for one in fit)
                also = telling(named[event], story, self.rows, event == own, True)
                self.beside.update(one.id for one in also)
        self.beside -= self.tells.keys()

    def report(self, misses: bool) -> None:
        """Print the measures, by weights that had no part in an event and by those in use."""
        fit = Fit(self.judged, Comparer(self.rows))
        held_out = self._by_event(lambda event: self.groups(fit.fit(fit.groups != event)))
        used = self.groups(load_linking().weights)

        def in_use(event: str) -> dict[str, int]:
            return used

        for every in (False, True):
            self.tells.clear()
            self.beside.clear()
            self.find(every)
            which = "every type" if every else "best type"
            print(f"{which}: {len(self.tells)} of {len(self.told)} reports tell of a named event")
            for name, group in (("event left out", held_out), ("as in use", in_use)):
                shown = misses and not every and name == "event left out"
                print(f"  reports,   {name:14}: {self.reports(group, shown)}")
        for name, group in (("event left out", held_out), ("as in use", in_use)):
            print(f"documents,   {name:14}: {self.documents(group)}")

    def _by_event(self, group: Group) -> Group:
        known = {event: group(event) for event in sorted(read_named())}
        other = known[min(known)]
        return lambda event: known.get(event, other)

    def groups(self, weights: dict[str, float]) -> dict[str, int]:
        """The number of the event of each report, by ``weights``."""
        linking = msgspec.structs.replace(load_linking(), weights=weights)
        found = pairs(self.told, self.rows, Comparer(self.rows, linking))
        events = cluster(self.told, found)
        return {one: number for number, event in enumerate(events) for one in event}

    def reports(self, group: Group, misses: bool) -> str:
        """F1 over pairs of reports of which at least one tells of a named event."""
        counts = [0, 0, 0]
        for a, b in combinations(self.told, 2):
            events = {self.tells.get(a.id, ""), self.tells.get(b.id, "")} - {""}
            if not events or a.doc == b.doc or {a.id, b.id} & self.beside:
                continue
            same = self.tells.get(a.id) == self.tells.get(b.id)
            if not same and not self._hard(a, b):
                continue
            of = group(min(events))
            together = of[a.id] == of[b.id]
            counts[0] += same and together
            counts[1] += together and not same
            counts[2] += same and not together
            if misses and same != together:
                self._show(a, b, min(events), same)
        return _f1(*counts)

    def _show(self, a: Testimony, b: Testimony, event: str, same: bool) -> None:
        pair = compare(a, b, self.rows)
        why = "; ".join(f"{name} {points:+.1f}" for name, points in pair.reasons)
        print(f"    {'missed' if same else 'wrong'} {event} {a.id} {b.id} {pair.score}: {why}")

    def _hard(self, a: Testimony, b: Testimony) -> bool:
        left, right = self.story[a.doc], self.story[b.doc]
        if left["theatre"] != right["theatre"]:
            return False
        if left["same_event"] and left["same_event"] == right["same_event"]:
            return True
        days = [(one.time or (one.said_on,))[0] for one in (a, b)]
        if None in days:
            return True
        first, second = (date.fromisoformat(day).toordinal() for day in days if day)
        return abs(first - second) <= HARD_DAYS

    def documents(self, group: Group) -> str:
        """F1 over pairs of stories of one theatre, together where any of their reports are."""
        counts = [0, 0, 0]
        by_doc: dict[str, list[str]] = defaultdict(list)
        for one in self.told:
            by_doc[one.doc].append(one.id)
        for a, b in combinations(sorted(self.story), 2):
            left, right = self.story[a], self.story[b]
            same = bool(left["same_event"]) and left["same_event"] == right["same_event"]
            if left["theatre"] != right["theatre"]:
                continue
            of = group(left["same_event"] or right["same_event"] or "")
            together = bool({of[i] for i in by_doc[a]} & {of[i] for i in by_doc[b]})
            counts[0] += same and together
            counts[1] += together and not same
            counts[2] += same and not together
        return _f1(*counts)


def _f1(hit: int, wrong: int, missed: int) -> str:
    precision, recall = hit / max(1, hit + wrong), hit / max(1, hit + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"
        f"  ({hit} together, {wrong} wrongly, {missed} missed)"
    )


if __name__ == "__main__":
    main()
