"""PROV-O as JSON-LD: every event from its reports, every report from its document."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec

from sijill.lexicon.labels import load_labels
from sijill.publish.bundle import Meta
from sijill.publish.flat import title
from sijill.publish.parts import Files
from sijill.publish.sorting import Item
from sijill.publish.tally import Tally
from sijill.testimony import Testimony

_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sijill": "urn:sijill:",
    "derived": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "quoted": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "attributed": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "label": "rdfs:label",
}


class ProvWriter:
    """One node an event and one a report; documents and outlets are named by them."""

    def __init__(self, files: Files, tally: Tally) -> None:
        self._tally, self._between = tally, b""
        self._stream = files.main.open("wb")
        self._stream.write(b'{"@context":' + msgspec.json.encode(_CONTEXT) + b',"@graph":[\n')

    def add(self, item: Item) -> None:
        """Write an event and its reports."""
        event = item.bundle.event
        self._node(
            {
                "@id": _urn("event", event.id),
                "@type": "prov:Entity",
                "label": title(event, load_labels(), arabic=False),
                "sijill:standing": event.standing,
                "derived": [_urn("testimony", one) for one in event.members],
            }
        )
        for one in item.bundle.testimonies:
            self._node(_report(one))
        self._tally.wrote(len(item.bundle.testimonies))

    def _node(self, node: dict[str, Any]) -> None:
        self._stream.write(self._between + msgspec.json.encode(node))
        self._between = b",\n"

    def finish(self, meta: Meta) -> None:
        """Write the account as the node of the whole, and close."""
        whole = {
            "@id": _urn("export", meta.content_sha256),
            "@type": ["prov:Entity", "prov:Collection"],
            "attributed": _urn("program", f"sijill-{meta.version}"),
            **{f"sijill:{key}": value for key, value in _plain(meta).items()},
        }
        self._node(whole)
        self._stream.write(b"\n]}\n")
        self._stream.close()

    def abandon(self) -> None:
        """Close what is open."""
        self._stream.close()


def _report(one: Testimony) -> dict[str, Any]:
    sources = [_urn("outlet", one.outlet)] if one.outlet else []
    if one.speaker and one.speaker.id:
        sources.append(_urn("actor", one.speaker.id))
    return {
        "@id": _urn("testimony", one.id),
        "@type": "prov:Entity",
        "quoted": _urn("document", one.document),
        "attributed": sources,
        "sijill:evidence": [f"{start}-{end}" for start, end in one.evidence],
        "sijill:said_on": one.said_on,
    }


def _plain(meta: Meta) -> dict[str, Any]:
    """The account's single values; the losses stand in the account beside the file."""
    data: dict[str, Any] = msgspec.to_builtins(meta)
    return {key: value for key, value in data.items() if not isinstance(value, (list, tuple))}


def _urn(kind: str, ident: str) -> str:
    """A URN of ours; what may not stand in one is escaped."""
    return f"urn:sijill:{kind}:{quote(ident, safe='')}"
