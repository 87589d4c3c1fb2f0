"""Ids that are hashes of what was read, and the records that come with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from sijill.model import Reading, Report
from sijill.store.answers import Document
from sijill.testimony import Testimony

#: 96 bits: among a hundred million documents, one chance in ten million million of two alike.
_DOCUMENT_DIGITS = 24
#: 40 bits, among the reports of one document only.
_TESTIMONY_DIGITS = 10


def digest(text: str) -> str:
    """The SHA-256 of a text, as hexadecimal digits."""
    return sha256(text.encode("utf-8")).hexdigest()


def document_id(name: str, url: str, text: str) -> str:
    """The id of a document: of its name, its address and its text, and of nothing made of them."""
    return digest(f"{len(name)}:{name}{len(url)}:{url}{text}")[:_DOCUMENT_DIGITS]


def ids_of(document: str, reports: Sequence[Report | Testimony]) -> list[str]:
    """An id for each report of a document: of its type, its trigger and its first evidence.

    The rest of a report may get better and the id stays. Reports that are alike in all three
    ("retook A and B" is two) are numbered in their order.
    """
    seen: Counter[str] = Counter()
    found = []
    for report in reports:
        start, end = report.evidence[0] if report.evidence else (0, 0)
        mark = digest(f"{report.type}\n{report.trigger}\n{start}-{end}")[:_TESTIMONY_DIGITS]
        seen[mark] += 1
        again = f".{seen[mark]}" if seen[mark] > 1 else ""
        found.append(f"{document}-{mark}{again}")
    return found


def document_from(
    reading: Reading,
    source: str = "",
    line: int | None = None,
    published: str = "",
    stated_outlet: str | None = None,
) -> Document:
    """The document of a reading; ``source`` and ``line`` say where it was, ``published`` its stamp.

    ``stated_outlet`` is the outlet that the input stated, before anything was found.

    Names of files may hold bytes that are no text; they are written out as ``\\udc80``.
    """
    name, url, text = plain(reading.doc), plain(reading.url), plain(reading.text)
    return Document(
        id=document_id(name, url, text),
        name=name,
        text=text,
        sha256=digest(text),
        url=url,
        title=plain(reading.title),
        outlet=reading.outlet or "",
        agency=reading.agency or "",
        source=plain(source),
        line=line,
        published=plain(published),
        day=reading.reference.day,
        basis=reading.reference.basis,
        issues=reading.issues,
        extra=reading.extra,
        stated_outlet=stated_outlet if stated_outlet is None else plain(stated_outlet),
    )


def plain(text: str) -> str:
    """A text as a record keeps it: letters that are broken are written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_testimonies(document: Document, reports: Sequence[Report]) -> list[Testimony]:
    """What the reports of a reading say, as testimonies of its document."""
    ids = ids_of(document.id, reports)
    return [_testimony(document, *pair) for pair in zip(ids, reports, strict=True)]


def _testimony(document: Document, name: str, report: Report) -> Testimony:
    start, end = report.evidence[0] if report.evidence else (0, 0)
    return Testimony(
        id=name,
        document=document.id,
        doc=document.name,
        type=report.type,
        status=report.status,
        outlet=document.outlet,
        agency=document.agency,
        said_on=document.day,
        actor=report.actor,
        target=report.target,
        place=report.place,
        time=report.time,
        speaker=report.speaker,
        figures=report.figures,
        evidence=report.evidence,
        quote=document.text[start:end],
        trigger=report.trigger,
        family=document.family or document.id,
    )
