"""Citations of an event: BibTeX, CSL-JSON, RIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.labels import load_labels
from sijill.lexicon.tables import did_you_mean
from sijill.publish.bundle import program_version
from sijill.publish.flat import title
from sijill.testimony import Event, Testimony

_TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class _Facts(msgspec.Struct, frozen=True):
    """What every form of a citation says."""

    key: str
    title: str
    event: Event
    note: str
    url: str
    version: str
    accessed: str


def cite(
    event: Event,
    form: str = "bibtex",
    *,
    testimonies: Sequence[Testimony] = (),
    record: str = "",
    url: str = "",
    accessed: str = "",
) -> str:
    """A citation of ``event``, ending in a line end.

    ``form`` is ``bibtex``, ``csl`` or ``ris``; ``record`` names the record that holds the event,
    ``url`` leads to it, ``accessed`` is the day it was looked up on. ``testimonies`` adds the
    outlets and documents behind it. The day cited is the event's own.

    Raises:
        UsageError: for another form.
    """
    if form not in CITATIONS:
        known = ", ".join(CITATIONS)
        hint = did_you_mean(form, list(CITATIONS))
        raise UsageError(f"no citation form {form!r}{hint}; there are: {known}")
    labels = load_labels()
    facts = _Facts(
        key=re.sub(r"[^A-Za-z0-9]+", "-", f"sijill-{event.id}").strip("-"),
        title=f"{title(event, labels, arabic=False)} ({title(event, labels, arabic=True)})",
        event=event,
        note=_note(event, testimonies, record),
        url=url,
        version=program_version(),
        accessed=accessed,
    )
    return CITATIONS[form](facts)


def _note(event: Event, testimonies: Sequence[Testimony], record: str) -> str:
    """The record, the event's id and standing, and what it was assembled from."""
    standing = load_labels().english("standing", event.standing)
    parts = [f"Event {event.id}" + (f" of the record {record}" if record else "")]
    parts.append(
        f"{standing}; outlets: {event.outlets}, of them independent: {event.witnesses}, "
        f"reports: {len(event.members)}"
    )
    sources = dict.fromkeys(f"{one.outlet or '?'}: {one.doc}" for one in testimonies)
    if sources:
        parts.append("Sources: " + "; ".join(sources))
    return ". ".join(parts)


def _bibtex(facts: _Facts) -> str:
    fields = {
        "author": "{Sijill}",
        "title": _tex(facts.title),
        "year": facts.event.time[0][:4] if facts.event.time else "",
        "date": "/".join(dict.fromkeys(facts.event.time)) if facts.event.time else "",
        "version": facts.version,
        "note": _tex(facts.note),
        "url": facts.url,
        "urldate": facts.accessed,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{facts.key},", *lines, "}", ""])


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _csl(facts: _Facts) -> str:
    data: dict[str, object] = {
        "id": facts.key,
        "type": "dataset",
        "title": facts.title,
        "author": [{"literal": "Sijill"}],
        "version": facts.version,
        "note": facts.note,
    }
    if facts.event.time:
        days = dict.fromkeys(facts.event.time)
        data["issued"] = {"date-parts": [_parts(day) for day in days]}
    if facts.url:
        data["URL"] = facts.url
    if facts.accessed:
        data["accessed"] = {"date-parts": [_parts(facts.accessed)]}
    return msgspec.json.format(msgspec.json.encode([data]), indent=2).decode() + "\n"


def _parts(day: str) -> list[int]:
    return [int(part) for part in day.split("-")]


def _ris(facts: _Facts) -> str:
    time = facts.event.time
    fields = [
        ("TY", "DATA"),
        ("ID", facts.key),
        ("AU", "Sijill"),
        ("TI", facts.title),
        ("PY", time[0][:4] if time else ""),
        ("DA", time[0].replace("-", "/") if time else ""),
        ("ET", facts.version),
        ("N1", facts.note),
        ("UR", facts.url),
        ("Y2", facts.accessed.replace("-", "/")),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


#: Every form of a citation, by the name it is asked for with.
CITATIONS: dict[str, Callable[[_Facts], str]] = {"bibtex": _bibtex, "csl": _csl, "ris": _ris}
