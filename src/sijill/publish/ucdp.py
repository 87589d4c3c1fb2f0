"""Deadly events in the 49 columns of UCDP's Georeferenced Event Dataset."""

from __future__ import annotations

import math
from datetime import date

from sijill.publish.bundle import Bundle, Meta
from sijill.publish.codes import Codes, load_codes
from sijill.publish.flat import Cell, outlets, speakers
from sijill.publish.parts import Files
from sijill.publish.safe_csv import SafeCsv
from sijill.publish.shared_terms import count_common_losses, days_of, happened, length
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.tolls import deaths, toll
from sijill.publish.whereabouts import whereabouts
from sijill.testimony import Event

COLUMNS = (
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
)
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
#: The most days of each ``date_prec``; what is longer is 5, which means up to a year.
_DATE_PREC = ((1, 1), (2, 6), (3, 7), (4, 30))
_YEAR = 366
#: Types in which armed force is used: a deadly meeting is no deadly event.
_FORCE = frozenset(
    {
        "clash",
        "offensive",
        "airstrike",
        "shelling",
        "bombing",
        "killing",
        "human_shields",
        "capture",
        "advance",
        "siege",
        "withdrawal",
        "sweep",
        "abduction",
        "destruction",
        "arrest",
        "protest",
    }
)
_GRID_COLUMNS = 720


class UcdpWriter:
    """One CSV; events without a known death, a day, or sides that UCDP counts stay out."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally, self._codes = tally, load_codes()
        self._table = SafeCsv(files.main, COLUMNS, tally.request.bom)

    def add(self, item: Item) -> None:
        """Write an event as a row, or count why it cannot be one."""
        event = item.bundle.event
        refused = _refusal(event, self._codes)
        if refused:
            self._tally.lose(refused, event.id)
            return
        count_common_losses(item.bundle, self._tally)
        for kind in _own_losses(event):
            self._tally.lose(kind, event.id)
        self._table.row(row(item.bundle, self._codes))
        self._tally.wrote(len(item.bundle.testimonies))

    def finish(self, meta: Meta) -> None:
        """Close the table; it has no room for the account."""
        self._table.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._table.close()


def _refusal(event: Event, codes: Codes) -> str:
    """Why an event is no row of UCDP, or nothing."""
    killed = toll(event, "killed")
    if not happened(event):
        return "not_happened"
    if event.type not in _FORCE:
        return "type_outside"
    if killed.joint:
        return "joint_toll"
    if not killed.known:
        return "no_death"
    if not event.time:
        return "no_day"
    return "" if violence(event, codes) else "no_actor"


def _own_losses(event: Event) -> list[str]:
    """What UCDP's columns lose of an event that they take."""
    killed, days = toll(event, "killed"), days_of(event)
    lost = {
        "open_bound": killed.low is None or killed.high is None,
        "span": days is not None and length(days) > _YEAR,
        "more_sides": len(event.actor) > 1 or len(event.target) > 1,
        "no_target": not event.target,
    }
    return [kind for kind, befell in lost.items() if befell]


def violence(event: Event, codes: Codes) -> int:
    """UCDP's type of violence by who acts and who suffers; 0 where no armed side is named."""
    acts, suffers = _role(event.actor, codes), _role(event.target, codes)
    if acts not in ("state", "group"):
        return 0
    if suffers == "civilians" or (not suffers and _civilians_died(event)):
        return ONE_SIDED
    return STATE_BASED if "state" in (acts, suffers) else NON_STATE


def _role(actors: tuple[str, ...], codes: Codes) -> str:
    return codes.actor(actors[0]).ucdp if actors else ""


def _civilians_died(event: Event) -> bool:
    return any(
        f.kind == "killed" and f.of in ("civilians", "children", "women") for f in event.figures
    )


def row(bundle: Bundle, codes: Codes) -> list[Cell]:
    """An event as the cells of :data:`COLUMNS`; UCDP's own numbers of actors stay empty."""
    event, days = bundle.event, days_of(bundle.event)
    if days is None:
        raise ValueError(f"{event.id}: no day; see _refusal")
    kind = violence(event, codes)
    side_a = ", ".join(map(codes.label, event.actor))
    side_b = "Civilians" if kind == ONE_SIDED else ", ".join(map(codes.label, event.target))
    return [
        *(event.id, event.id, days[0].year, None, None, kind),
        *(None, None, None),
        *(None, None, f"{side_a} - {side_b}" if side_b else side_a),
        *(None, None, side_a, None, None, side_b),
        *_sources(bundle),
        *_where(event, codes),
        2 if length(days) > _DATE_PREC[2][1] else 1,
        *_when(days),
        *_dead(event, codes),
        _gw(event.actor, codes),
        _gw(event.target, codes) if kind != ONE_SIDED else None,
    ]


def _sources(bundle: Bundle) -> list[Cell]:
    """The cells from ``number_of_sources`` to ``source_original``."""
    told = bundle.testimonies
    articles = dict.fromkeys(
        f'"{one.outlet or "?"}, {one.said_on or "?"}, {one.doc}"' for one in told
    )
    said_on = dict.fromkeys(one.said_on for one in told if one.said_on)
    return [
        len(outlets(bundle)) or -1,
        ";".join(articles),
        ";".join(outlets(bundle)),
        ";".join(said_on),
        None,
        "; ".join(speakers(bundle)),
    ]


def _where(event: Event, codes: Codes) -> list[Cell]:
    """The cells from ``where_prec`` to ``region``."""
    place, where = event.place, whereabouts(event.place)
    country = codes.country(where.country)
    lat, lon = (place.lat, place.lon) if place else (None, None)
    described = ", ".join(filter(None, (place.name, place.within))) if place else ""
    return [
        place.ucdp if place else None,
        where.name,
        described,
        where.admin1,
        where.admin2,
        lat,
        lon,
        None if lat is None or lon is None else f"POINT ({lon} {lat})",
        None if lat is None or lon is None else grid_cell(lat, lon),
        country.name,
        country.gw,
        country.ucdp_region,
    ]


def _when(days: tuple[date, date]) -> list[Cell]:
    """Precision, first day, last day."""
    long = length(days)
    precision = next((code for code, most in _DATE_PREC if long <= most), 5)
    return [precision, *(f"{day.isoformat()} 00:00:00.000" for day in days)]


def _dead(event: Event, codes: Codes) -> list[Cell]:
    """The cells from ``deaths_a`` to ``low``."""
    dead = deaths(event, event.actor, event.target, codes)
    return [dead.a, dead.b, dead.civilians, dead.unknown, dead.best, dead.high, dead.low]


def grid_cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point: half degrees, counted from the south-west, by rows."""
    line, column = math.floor((lat + 90) * 2), math.floor((lon + 180) * 2)
    return line * _GRID_COLUMNS + column + 1


def _gw(actors: tuple[str, ...], codes: Codes) -> Cell:
    """The Gleditsch and Ward number of the state behind the first actor, if it is a state's."""
    if not actors or codes.actor(actors[0]).ucdp != "state":
        return None
    return codes.country(codes.home(actors[0])).gw or None
