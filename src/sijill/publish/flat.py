"""Events and their members as rows of two tables, with typed columns."""

from __future__ import annotations

import msgspec

from sijill.lexicon.labels import Labels, load_labels
from sijill.publish.bundle import Bundle, report_id
from sijill.publish.tolls import toll
from sijill.publish.whereabouts import whereabouts
from sijill.testimony import Event, EventFigure, Testimony

Cell = str | int | float | tuple[str, ...] | None
Row = tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True):
    """A column: its name and ``text``, ``many`` (several texts), ``day``, ``int`` or ``real``."""

    name: str
    kind: str = "text"


EVENT_COLUMNS = (
    Column("id"),
    Column("type"),
    Column("status"),
    Column("standing"),
    Column("title_en"),
    Column("title_ar"),
    Column("first_day", "day"),
    Column("last_day", "day"),
    Column("actors", "many"),
    Column("targets", "many"),
    Column("place"),
    Column("place_in"),
    Column("place_en"),
    Column("admin1"),
    Column("country"),
    Column("place_id"),
    Column("place_status"),
    Column("latitude", "real"),
    Column("longitude", "real"),
    Column("radius_km", "real"),
    Column("where_prec", "int"),
    Column("geo_precision", "int"),
    Column("killed_low", "int"),
    Column("killed_best", "int"),
    Column("killed_high", "int"),
    Column("wounded_low", "int"),
    Column("wounded_best", "int"),
    Column("wounded_high", "int"),
    Column("joint_toll", "int"),
    Column("figures", "many"),
    Column("outlets", "int"),
    Column("witnesses", "int"),
    Column("reports", "int"),
    Column("outlet_ids", "many"),
    Column("speakers", "many"),
    Column("first_told", "day"),
    Column("last_told", "day"),
    Column("disputes_en", "many"),
    Column("disputes_ar", "many"),
    Column("harm"),
)
MEMBER_COLUMNS = (
    Column("event"),
    Column("testimony"),
    Column("document"),
    Column("doc"),
    Column("report"),
    Column("type"),
    Column("status"),
    Column("outlet"),
    Column("agency"),
    Column("said_on", "day"),
    Column("family"),
    Column("speaker"),
    Column("speaker_id"),
    Column("trigger"),
    Column("evidence", "many"),
    Column("quote"),
)


def event_row(bundle: Bundle) -> Row:
    """The event as a row of :data:`EVENT_COLUMNS`."""
    event, labels = bundle.event, load_labels()
    return (
        event.id,
        event.type,
        event.status,
        event.standing,
        title(event, labels, arabic=False),
        title(event, labels, arabic=True),
        *(event.time or (None, None)),
        event.actor,
        event.target,
        *_place_cells(event),
        *_toll_cells(event),
        tuple(figure_text(one) for one in event.figures),
        event.outlets,
        event.witnesses,
        len(event.members),
        *_told_cells(bundle),
        tuple(one.english for one in event.disputes),
        tuple(one.arabic for one in event.disputes),
        event.harm,
    )


def member_rows(bundle: Bundle) -> list[Row]:
    """Its testimonies as rows of :data:`MEMBER_COLUMNS`."""
    return [_member_row(bundle.event.id, one) for one in bundle.testimonies]


def title(event: Event, labels: Labels, arabic: bool) -> str:
    """The event in a few words: what, where, when."""
    name = labels.arabic if arabic else labels.english
    where = ""
    if event.place is not None:
        where = event.place.name if arabic else whereabouts(event.place).name
    first, last = event.time or ("", "")
    when = first if first == last else f"{first}/{last}"
    parts = (name("type", event.type), where, when)
    return (" \u00b7 " if arabic else ", ").join(part for part in parts if part)


def figure_text(figure: EventFigure) -> str:
    """A figure as ``killed civilians 17..23 best 20``; open bounds are ``?``."""
    low, high, best = (_number(one) for one in (figure.low, figure.high, figure.best))
    amount = low if low == high else f"{low}..{high}"
    told = f" best {best}" if best not in ("?", amount) else ""
    return " ".join(part for part in (figure.kind, figure.of, amount) if part) + told


def _number(number: float | int | None) -> str:
    return "?" if number is None else f"{number:g}" if number % 1 else str(int(number))


def _place_cells(event: Event) -> Row:
    """The cells from ``place`` to ``geo_precision``."""
    place = event.place
    if place is None:
        return (None,) * 12
    where = whereabouts(place)
    return (
        place.name,
        place.within,
        where.name,
        where.admin1,
        where.country.upper(),
        place.id,
        place.status,
        place.lat,
        place.lon,
        place.radius_km,
        place.ucdp,
        place.acled,
    )


def _toll_cells(event: Event) -> Row:
    """The cells from ``killed_low`` to ``joint_toll``."""
    killed, wounded = toll(event, "killed"), toll(event, "wounded")
    bounds = (killed.low, killed.best, killed.high, wounded.low, wounded.best, wounded.high)
    return (*bounds, int(killed.joint or wounded.joint))


def _told_cells(bundle: Bundle) -> Row:
    """The cells from ``outlet_ids`` to ``last_told``."""
    days = sorted(one.said_on for one in bundle.testimonies if one.said_on)
    first, last = (days[0], days[-1]) if days else (None, None)
    return outlets(bundle), speakers(bundle), first, last


def outlets(bundle: Bundle) -> tuple[str, ...]:
    """Who published it, each once, in the order of the testimonies."""
    return tuple(dict.fromkeys(one.outlet for one in bundle.testimonies if one.outlet))


def speakers(bundle: Bundle) -> tuple[str, ...]:
    """On whose word it stands, each once, in the order of the testimonies."""
    texts = (one.speaker.text for one in bundle.testimonies if one.speaker)
    return tuple(dict.fromkeys(text for text in texts if text))


def _member_row(event: str, one: Testimony) -> Row:
    return (
        event,
        one.id,
        one.document,
        one.doc,
        report_id(one),
        one.type,
        one.status,
        one.outlet,
        one.agency,
        one.said_on,
        one.family,
        one.speaker.text if one.speaker else None,
        one.speaker.id if one.speaker else None,
        one.trigger,
        tuple(f"{start}-{end}" for start, end in one.evidence),
        one.quote or None,
    )
