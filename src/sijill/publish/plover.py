"""Events as PLOVER records, one line of JSON each, with what PLOVER defined and nobody codes."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.publish.bundle import Meta, program_version
from sijill.publish.codes import Codes, load_codes
from sijill.publish.flat import outlets
from sijill.publish.notes import notes
from sijill.publish.parts import Files
from sijill.publish.shared_terms import count_common_losses
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.publish.tolls import toll
from sijill.publish.whereabouts import whereabouts
from sijill.testimony import Event, Testimony

#: Verbal and material cooperation and conflict, 1 to 4.
_QUADS = {
    1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    2: ("COOPERATE", "AID", "RETREAT"),
    3: ("REQUEST", "REJECT", "ACCUSE", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
QUAD = {event: quad for quad, events in _QUADS.items() for event in events}
#: PLOVER's auxiliary modes for what has not come about.
_AUXILIARY = {"planned": "future", "possible": "hypothetical", "denied": "negation"}
_EXTENSION = "ASSAULT/territory"
_SIZES = {"killed": "dead", "wounded": "injured", "captured": "arrested"}
#: PLOVER's resolution of a place by ACLED's precision: a town, a part of a region, a region.
_RESOLUTION = {1: 2, 2: 3, 3: 4}


class PloverWriter:
    """One record a line; events of types that PLOVER does not know stay out and are counted."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally, self._codes = tally, load_codes()
        self._stream = files.main.open("wb")

    def add(self, item: Item) -> None:
        """Write an event as a record, or count why it cannot be one."""
        event = item.bundle.event
        if item.code is None or not item.code.plover[0]:
            self._tally.lose("type_outside", event.id)
            return
        if not event.time:
            self._tally.lose("no_day", event.id)
            return
        self._count(item)
        self._stream.write(msgspec.json.encode(record(item, self._codes)) + b"\n")
        self._tally.wrote(len(item.bundle.testimonies))

    def _count(self, item: Item) -> None:
        event = item.bundle.event
        count_common_losses(item.bundle, self._tally, frozenset(_SIZES))
        if not event.actor:
            self._tally.lose("no_actor", event.id)
        tolls = [toll(event, kind) for kind in _SIZES]
        if any(one.low != one.high for one in tolls):
            self._tally.lose("bounds", event.id)
        if any(one.joint for one in tolls):
            self._tally.lose("joint_toll", event.id)
        if item.code and "/".join(item.code.plover[:2]) == _EXTENSION:
            self._tally.extensions.add(_EXTENSION)

    def finish(self, meta: Meta) -> None:
        """Close the file; it has no room for the account."""
        self._stream.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._stream.close()


def record(item: Item, codes: Codes) -> dict[str, Any]:
    """An event as a PLOVER record."""
    bundle, code = item.bundle, item.code
    event = bundle.event
    if code is None or event.time is None:
        raise ValueError(f"{event.id}: no type or no day; see PloverWriter.add")
    name, mode, context = code.plover
    auxiliary = "negation" if event.standing == "denied" else _AUXILIARY.get(event.status, "")
    return {
        "id": event.id,
        "date": event.time[0],
        "enddate": event.time[1],
        "actor": [_entity(one, codes) for one in event.actor],
        "recipient": [_entity(one, codes) for one in event.target],
        "event": [name],
        "mode": [mode] if mode else [],
        "context": [one for one in (context, auxiliary) if one],
        "quad_code": QUAD[name],
        "event_loc": _location(event, codes),
        "event_text": [one.trigger for one in bundle.testimonies if one.trigger],
        "size": _size(event),
        "text": notes(bundle, codes),
        "text_info": [_text_info(one) for one in bundle.testimonies],
        "cite_info": [_cite_info(one) for one in bundle.testimonies],
        "coder": f"sijill {program_version()}",
        "comment": f"standing={event.standing}; witnesses={event.witnesses}; "
        f"outlets={'; '.join(outlets(bundle))}",
        "has_event": True,
    }


def _entity(ident: str, codes: Codes) -> dict[str, str]:
    """An actor: its country's code, its sector, its name, and our id."""
    return {
        "code": codes.country(codes.home(ident)).iso3,
        "sector": codes.actor(ident).plover,
        "entity_text": codes.label(ident),
        "identifier_id": ident,
        "identifier_text": "sijill",
    }


def _location(event: Event, codes: Codes) -> dict[str, Any] | None:
    place = event.place
    if place is None:
        return None
    where = whereabouts(place)
    country = codes.country(where.country)
    return {
        "extracted_place": place.name,
        "resolved_place": where.name if place.status == "resolved" else "",
        "lat": place.lat,
        "lon": place.lon,
        "district": where.admin2,
        "province": where.admin1,
        "country": country.name,
        "country_code": country.iso3,
        "resolution": _RESOLUTION.get(place.acled or 0),
    }


def _size(event: Event) -> dict[str, int]:
    """The tolls that are this event's alone and known."""
    tolls = {name: toll(event, kind) for kind, name in _SIZES.items()}
    return {
        name: one.known for name, one in tolls.items() if one.known is not None and not one.joint
    }


def _text_info(one: Testimony) -> dict[str, Any]:
    """Where it stands in the article; the article's words only where they are asked for."""
    start, end = one.evidence[0] if one.evidence else (None, None)
    return {"sequence": one.id, "start": start, "end": end, "text_story": one.quote}


def _cite_info(one: Testimony) -> dict[str, Any]:
    return {
        "corpus": one.document,
        "citation": one.doc,
        "publication": one.outlet,
        "date": one.said_on,
        "language": "ar",
    }
