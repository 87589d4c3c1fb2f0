"""An event side by side: what each source says of each facet, equal cells merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import msgspec

from sijill.lexicon.labels import load_labels
from sijill.testimony import Dispute, Event, FigureClaim, Testimony
from sijill.web.names import copied_from

#: The facets from top to bottom, each with the field of the disputes about it.
FACETS = {
    "when": "when",
    "where": "where",
    "who": "who",
    "whom": "whom",
    "what": "what",
    "status": "whether",
    "killed": "how_many",
    "wounded": "how_many",
    "figures": "how_many",
    "said_by": "",
}
_COUNTED = ("killed", "wounded")
#: Kind, whom it counts, bounds, and whether it is about so many.
Key = tuple[str, str, float, float, bool]


class Counted(msgspec.Struct, frozen=True):
    """One number as a source gives it: its kind, whom it counts, the claim."""

    kind: str
    of: str
    claim: FigureClaim


class Column(msgspec.Struct, frozen=True):
    """One source: an article, or all copies of one text."""

    prints: tuple[Testimony, ...]

    @property
    def documents(self) -> int:
        """How many articles it is."""
        return len({one.document for one in self.prints})

    @property
    def source(self) -> str:
        """Whose text it is."""
        return copied_from(self.prints) if self.documents > 1 else self.prints[0].outlet


class Cell(msgspec.Struct, frozen=True):
    """What sources that stand side by side say alike, from column ``first`` on ``wide`` columns.

    ``differs`` where others say something else, ``disputed`` where that is a contradiction.
    """

    first: int
    wide: int
    values: tuple[Any, ...]
    differs: bool = False
    disputed: bool = False


class Facet(msgspec.Struct, frozen=True):
    """One facet: its cells, and the contradictions about it."""

    name: str
    cells: tuple[Cell, ...]
    disputes: tuple[Dispute, ...]

    @property
    def told(self) -> bool:
        """Whether anybody says anything about it."""
        return any(cell.values for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether sources say different things."""
        return any(cell.differs for cell in self.cells)


def columns(told: Iterable[Testimony]) -> list[Column]:
    """The sources of an event, those that spoke first before the others."""
    families: dict[str, list[Testimony]] = {}
    for one in sorted(told, key=lambda one: (one.said_on or "9", one.id)):
        families.setdefault(one.family or one.document, []).append(one)
    return [Column(tuple(prints)) for prints in families.values()]


def compare(event: Event, sources: Sequence[Column]) -> list[Facet]:
    """The facets of an event that anybody tells of, each with what every source says."""
    facets = [_facet(name, event, sources) for name in FACETS]
    return [facet for facet in facets if facet.told]


def _facet(name: str, event: Event, sources: Sequence[Column]) -> Facet:
    disputes = tuple(one for one in event.disputes if _about(one, name))
    contested = {
        ident
        for dispute in disputes
        for position in dispute.positions
        for ident in position.testimonies
    }
    said = [_said(name, event, source.prints) for source in sources]
    odd = _odd([tuple(values) for values in said]) if name != "said_by" else set()
    cells, at = [], 0
    for key, group in groupby(said, key=tuple):
        wide = len(list(group))
        prints = [one.id for source in sources[at : at + wide] for one in source.prints]
        disputed = bool(key) and bool(contested.intersection(prints))
        cells.append(Cell(at, wide, tuple(said[at].values()), key in odd or disputed, disputed))
        at += wide
    return Facet(name, tuple(cells), disputes)


def _odd(said: Sequence[tuple[Hashable, ...]]) -> set[tuple[Hashable, ...]]:
    """What differs from what most say; all of it where no answer is the most common one."""
    counts = Counter(key for key in said if key)
    if len(counts) < 2:
        return set()
    (most, number), (_, second) = counts.most_common(2)
    return set(counts) - ({most} if number > second else set())


def _about(dispute: Dispute, facet: str) -> bool:
    """Whether a dispute is about a facet; one about a number names in words which one it is."""
    if dispute.field != FACETS[facet]:
        return False
    if dispute.field != "how_many":
        return True
    labels = load_labels()
    head = labels.english("dispute", "how_many")
    named = [one for one in _COUNTED if _starts(dispute, head, labels.english("figure", one))]
    return facet == (named[0] if named else "figures")


def _starts(dispute: Dispute, head: str, kind: str) -> bool:
    return dispute.english.startswith(head.format(kind=kind))


def _said(facet: str, event: Event, prints: Iterable[Testimony]) -> dict[Hashable, Any]:
    """The values of a facet by what makes two of them equal, each once, in one order."""
    if FACETS[facet] == "how_many":
        found = dict(_counted(facet, event, {one.id for one in prints}))
        return {key: found[key] for key in sorted(found)}
    return {key: value for one in prints for key, value in _VALUES[facet](one)}


def _counted(facet: str, event: Event, prints: set[str]) -> Iterator[tuple[Key, Counted]]:
    """The claims to a number, as the event holds them: one a report, whom it counts settled."""
    for figure in event.figures:
        if facet != (figure.kind if figure.kind in _COUNTED else "figures"):
            continue
        for claim in figure.claims:
            if claim.testimony in prints:
                bounds = (claim.low or 0, claim.high or 0, claim.approx)
                yield (figure.kind, figure.of, *bounds), Counted(figure.kind, figure.of, claim)


Values = Iterable[tuple[Hashable, Any]]


_VALUES: dict[str, Callable[[Testimony], Values]] = {
    "when": lambda one: [(one.time, one.time)] if one.time else [],
    "where": lambda one: [(place.id or place.name, place) for place in one.place],
    "who": lambda one: [(ident, ident) for ident in one.actor],
    "whom": lambda one: [(ident, ident) for ident in one.target],
    "what": lambda one: [(one.type, one.type)],
    "status": lambda one: [(one.status, one.status)],
    "said_by": lambda one: [(one.speaker.text, one)] if one.speaker else [],
}
