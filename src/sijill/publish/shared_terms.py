"""What ACLED's, UCDP's and PLOVER's forms ask alike: what happened, when, and what gets lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sijill.publish.bundle import Bundle
from sijill.publish.tally import Tally
from sijill.testimony import Event

#: Status of what has come about; the rest is planned, feared or denied.
HAPPENED = frozenset({"occurred", "ongoing"})
_HELD = frozenset({"killed"})


def happened(event: Event) -> bool:
    """Whether an event came about, as forms without a status take for granted."""
    return event.status in HAPPENED and event.standing != "denied"


def days_of(event: Event) -> tuple[date, date] | None:
    """The first and the last day, or nothing where none is known."""
    if event.time is None:
        return None
    return date.fromisoformat(event.time[0]), date.fromisoformat(event.time[1])


def middle(days: tuple[date, date]) -> date:
    """The middle day of an interval; the earlier of two."""
    return days[0] + timedelta(days=(days[1] - days[0]).days // 2)


def length(days: tuple[date, date]) -> int:
    """How many days an interval has, both ends included."""
    return (days[1] - days[0]).days + 1


def stamp(bundle: Bundle) -> int | None:
    """The last day on which somebody told it, as seconds since 1970."""
    days = [one.said_on for one in bundle.testimonies if one.said_on]
    if not days:
        return None
    return int(datetime.fromisoformat(max(days)).replace(tzinfo=UTC).timestamp())


def count_common_losses(bundle: Bundle, tally: Tally, held: frozenset[str] = _HELD) -> None:
    """Count what no such form holds; ``held`` are the kinds of figures that this one does."""
    event = bundle.event
    lost = {
        "disputes": bool(event.disputes),
        "claims": any(len(figure.claims) > 1 for figure in event.figures),
        "other_figures": any(figure.kind not in held for figure in event.figures),
        "victim_classes": any(figure.of for figure in event.figures if figure.kind in held),
        "no_point": event.place is None or event.place.lat is None,
        "ambiguous_place": event.place is not None and event.place.status == "ambiguous",
        "evidence": any(one.evidence for one in bundle.testimonies),
    }
    for kind, befell in lost.items():
        if befell:
            tally.lose(kind, event.id)
