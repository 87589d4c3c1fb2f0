"""An event as one line of JSON that holds all of it, its members with their evidence."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.publish.bundle import Bundle, report_id
from sijill.testimony import Testimony


def event_line(bundle: Bundle) -> bytes:
    """One line of JSON Lines; the same event gives the same bytes."""
    return msgspec.json.encode(event_data(bundle)) + b"\n"


def event_data(bundle: Bundle) -> dict[str, Any]:
    """The event as data; ``members`` are its testimonies in full, or ids of those not given."""
    event = bundle.event
    given = {one.id: one for one in bundle.testimonies}
    members = [_member(given[one]) if one in given else {"testimony": one} for one in event.members]
    others = [_member(one) for one in bundle.testimonies if one.id not in event.members]
    data = {**msgspec.to_builtins(event), "members": members + others}
    if data["place"]:
        del data["place"]["trace"]  # its offsets are of a document that the place does not name
    return data


def _member(one: Testimony) -> dict[str, Any]:
    """A testimony as a member of an event; the quotation only where it was not withheld."""
    data: dict[str, Any] = {
        "testimony": one.id,
        "document": one.document,
        "doc": one.doc,
        "report": report_id(one),
        "type": one.type,
        "status": one.status,
        "outlet": one.outlet,
        "agency": one.agency,
        "said_on": one.said_on,
        "family": one.family,
        "speaker": _speaker(one),
        "trigger": one.trigger,
        "evidence": [list(span) for span in one.evidence],
    }
    if one.quote:
        data["quote"] = one.quote
    return data


def _speaker(one: Testimony) -> dict[str, Any] | None:
    return {"text": one.speaker.text, "id": one.speaker.id} if one.speaker else None


def mended(bundle: Bundle) -> Bundle:
    """``bundle`` with every half of a surrogate pair, which no file can hold, as a mark."""
    return msgspec.convert(_mend(msgspec.to_builtins(bundle)), Bundle)


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_mend(key): _mend(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_mend(one) for one in value]
    return value
