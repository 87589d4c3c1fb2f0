"""Counts over a record: who acts, who publishes, in which words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sijill.lexicon.labels import load_labels
from sijill.testimony import Event

if TYPE_CHECKING:
    from sijill.record.record import Record

#: So many of the commonest stand in one cell.
_MOST = 5


def actor_rows(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each actor with how often it acts and is acted upon, in what, and against whom."""
    acting: Counter[str] = Counter()
    upon: Counter[str] = Counter()
    types: dict[str, Counter[str]] = defaultdict(Counter)
    against: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        for one in event.actor:
            acting[one] += 1
            types[one][event.type] += 1
            against[one].update(event.target)
        upon.update(event.target)
    labels = load_labels()
    names = sorted({*acting, *upon}, key=lambda one: (-acting[one] - upon[one], one))
    return [
        {
            "actor": one,
            "name": labels.english("actor", one),
            "acting": acting[one],
            "acted_upon": upon[one],
            "types": _most(types[one]),
            "against": _most(against[one]),
        }
        for one in names
    ]


def outlet_rows(record: Record) -> list[dict[str, Any]]:
    """Each outlet with its articles, reports, copies, and how often it was first with an event.

    An outlet was first with an event of several if it alone told of it on the earliest day.
    """
    return [
        {
            "outlet": one.outlet or "(not known)",
            "articles": one.documents,
            "reports": one.reports,
            "copies": one.copies,
            "first_to_report": one.first,
        }
        for one in record.store.tally_outlets()
    ]


def week_rows(record: Record) -> list[dict[str, Any]]:
    """One row an outlet and week."""
    return [
        {"outlet": one.outlet or "(not known)", "week": one.week, "articles": one.documents}
        for one in record.coverage()
    ]


def word_rows(record: Record) -> list[dict[str, Any]]:
    """The words that each outlet uses for each side, with counts."""
    from sijill.record.wording import words_for_sides

    labels = load_labels()
    return [
        {
            "outlet": outlet or "(not known)",
            "actor": actor,
            "name": labels.english("actor", actor),
            "times": counts.total(),
            "words": _most(counts),
        }
        for (outlet, actor), counts in sorted(words_for_sides(record).items())
    ]


def _most(counts: Counter[str]) -> str:
    return ", ".join(f"{name} ({n})" for name, n in counts.most_common(_MOST))
