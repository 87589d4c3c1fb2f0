"""Events in the 31 columns of ACLED, as far as they hold them; what is lost is counted."""

from __future__ import annotations

from sijill.publish.bundle import Bundle, Meta
from sijill.publish.codes import Codes, load_codes
from sijill.publish.flat import Cell, outlets
from sijill.publish.notes import notes
from sijill.publish.parts import Files
from sijill.publish.safe_csv import SafeCsv
from sijill.publish.shared_terms import (
    count_common_losses,
    days_of,
    happened,
    length,
    middle,
    stamp,
)
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.tolls import toll
from sijill.publish.whereabouts import whereabouts
from sijill.testimony import Event

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
_WEEK = 7


class AcledWriter:
    """One CSV; events that did not happen, have no day or no ACLED type stay out and count."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally, self._codes = tally, load_codes()
        self._table = SafeCsv(files.main, COLUMNS, tally.request.bom)

    def add(self, item: Item) -> None:
        """Write an event as a row, or count why it cannot be one."""
        event = item.bundle.event
        refused = _refusal(item)
        if refused:
            self._tally.lose(refused, event.id)
            return
        count_common_losses(item.bundle, self._tally)
        for kind in own_losses(event):
            self._tally.lose(kind, event.id)
        self._table.row(row(item, self._codes))
        self._tally.wrote(len(item.bundle.testimonies))

    def finish(self, meta: Meta) -> None:
        """Close the table; it has no room for the account."""
        self._table.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._table.close()


def _refusal(item: Item) -> str:
    """Why an event is no row of ACLED, or nothing."""
    event = item.bundle.event
    if item.code is None or not item.code.acled[2]:
        return "type_outside"
    if not happened(event):
        return "not_happened"
    return "" if event.time else "no_day"


def own_losses(event: Event) -> list[str]:
    """What ACLED's columns lose of an event that they take."""
    killed, days = toll(event, "killed"), days_of(event)
    bounded = killed.low != killed.high or killed.low != killed.known
    lost = {
        "fatalities_unknown": killed.known is None and not killed.joint,
        "joint_toll": killed.joint,
        "bounds": killed.known is not None and bounded,
        "span": days is not None and length(days) > 1,
        "no_actor": not event.actor,
        "direction": bool(event.actor and event.target),
    }
    return [kind for kind, befell in lost.items() if befell]


def row(item: Item, codes: Codes) -> list[Cell]:
    """An event as the cells of :data:`COLUMNS`."""
    bundle, code = item.bundle, item.code
    event, days = bundle.event, days_of(bundle.event)
    if code is None or days is None:
        raise ValueError(f"{event.id}: no type or no day; see _refusal")
    where = whereabouts(event.place)
    country, killed = codes.country(where.country), toll(event, "killed")
    return [
        f"{country.iso3}{event.id}",
        middle(days).isoformat(),
        middle(days).year,
        1 if length(days) == 1 else 2 if length(days) <= _WEEK else 3,
        *code.acled,
        *_sides(event, where.country, codes),
        country.number,
        country.acled_region,
        country.name,
        where.admin1,
        where.admin2,
        where.admin3,
        where.name,
        *_where(event),
        "; ".join(outlets(bundle)),
        _scale(bundle, where.country, codes),
        notes(bundle, codes),
        0 if killed.joint else killed.known or 0,
        _tags(event),
        stamp(bundle),
    ]


def _sides(event: Event, country: str, codes: Codes) -> list[Cell]:
    """The cells from ``actor1`` to ``civilian_targeting``."""
    first, second = _side(event.actor, country, codes), _side(event.target, country, codes)
    inters = sorted(inter for inter in (first[2], second[2]) if inter)
    interaction = "".join(inters).ljust(2, "0") if inters else ""
    targeted = second[2] in ("6", "7") and event.type not in _TALKS
    return [*first, *second, interaction, "Civilian targeting" if targeted else ""]


#: Types whose target suffers nothing.
_TALKS = frozenset({"meeting", "agreement", "request", "aid", "support", "displacement"})


def _side(actors: tuple[str, ...], country: str, codes: Codes) -> list[str]:
    """A side's first actor, those beside it, and its code."""
    if not actors:
        return ["", "", ""]
    others = "; ".join(map(codes.label, actors[1:]))
    return [codes.label(actors[0]), others, codes.inter(actors[0], country)]


def _where(event: Event) -> list[Cell]:
    """Latitude, longitude, precision."""
    place = event.place
    return [None, None, None] if place is None else [place.lat, place.lon, place.acled]


def _scale(bundle: Bundle, country: str, codes: Codes) -> str:
    """How far the outlets are from the event, in ACLED's words, joined as ACLED joins them."""
    found = {_reach(one, country, codes) for one in outlets(bundle)} - {""}
    return "-".join(scale for scale in ("National", "Regional", "International") if scale in found)


def _reach(outlet: str, country: str, codes: Codes) -> str:
    kind, home = codes.outlets.get(outlet, ("", ""))
    if kind == "agency" and home != country:
        return "International"
    if not home or not country:
        return ""
    if home == country:
        return "National"
    near = codes.country(home).acled_region == codes.country(country).acled_region
    return "Regional" if near else "International"


def _tags(event: Event) -> str:
    """What has no column of its own but can be said in a word."""
    killed = toll(event, "killed")
    tags = [f"standing={event.standing}", f"witnesses={event.witnesses}"]
    if killed.joint:
        tags.append("fatalities=shared with other events")
    elif killed.known is None:
        tags.append("fatalities=unknown")
    elif killed.low != killed.high:
        tags.append(f"fatalities={_bound(killed.low)}..{_bound(killed.high)}")
    return "; ".join(tags)


def _bound(number: int | None) -> str:
    return "?" if number is None else str(number)
