"""Annotations from Label Studio back: what people changed, added and took away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from sijill.errors import SourceError
from sijill.issues import Issue
from sijill.publish.label_studio import STATUS, TYPE, region_id
from sijill.testimony import Correction, Testimony


class Label(msgspec.Struct, frozen=True):
    """A region of a text that somebody labelled; ``region`` is its id in Label Studio."""

    region: str
    start: int
    end: int
    type: str
    status: str


class Annotated(msgspec.Struct, frozen=True):
    """One person's labels of one document, by whom and when; issues tell what was unusable.

    ``by`` is empty where the export does not say who it was.
    """

    document: str
    doc: str
    annotation: str
    by: str
    at: str
    labels: tuple[Label, ...]
    issues: tuple[Issue, ...] = ()


class Changes(msgspec.Struct, frozen=True):
    """How labels differ from testimonies: corrections of them, labels of none, none for them."""

    corrections: tuple[Correction, ...]
    added: tuple[Label, ...]
    removed: tuple[str, ...]


def read_annotations(path: Path) -> Iterator[Annotated]:
    """Every finished annotation of a JSON export of Label Studio, task by task.

    Raises:
        SourceError: where the file is no such export.
    """
    try:
        tasks = msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _wrong(path, f"no JSON export of Label Studio ({error})") from error
    for number, task in enumerate(tasks, 1):
        data = task.get("data")
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise _wrong(path, f"task {number} has no data.text; export tasks made by Sijill")
        for annotation in task.get("annotations") or ():
            if not isinstance(annotation, dict):
                message = f"task {number} only names its annotations; export the project as JSON"
                raise _wrong(path, message)
            if not annotation.get("was_cancelled"):
                yield _annotated(data, annotation, path)


def changes(annotated: Annotated, testimonies: Iterable[Testimony]) -> Changes:
    """What an annotation changes about the ``testimonies`` of its document.

    A label belongs to a testimony if it kept its region's id, or lies exactly on its evidence.
    """
    given = [one for one in testimonies if one.document == annotated.document]
    regions = {region_id(one.id, n): one.id for one in given for n in range(len(one.evidence))}
    spans = {span: one.id for one in reversed(given) for span in one.evidence}
    kept: dict[str, list[Label]] = {}
    added = []
    for label in annotated.labels:
        owner = regions.get(label.region) or spans.get((label.start, label.end))
        if owner:
            kept.setdefault(owner, []).append(label)
        else:
            added.append(label)
    corrections = [
        correction
        for one in given
        for correction in _corrections(one, kept.get(one.id, []), annotated)
    ]
    removed = tuple(one.id for one in given if one.evidence and one.id not in kept)
    return Changes(tuple(corrections), tuple(added), removed)


def _corrections(one: Testimony, labels: list[Label], annotated: Annotated) -> Iterator[Correction]:
    """What the labels of a testimony say otherwise; the first label speaks for all."""
    if not labels:
        return
    said = {
        "type": (one.type, labels[0].type),
        "status": (one.status, labels[0].status or one.status),
        "evidence": (
            _spans(one.evidence),
            _spans((label.start, label.end) for label in labels),
        ),
    }
    for field, (before, after) in said.items():
        if before != after:
            yield _correction(one.id, field, after, annotated)


def _spans(spans: Iterable[tuple[int, int]]) -> str:
    """Pieces of evidence as ``12-40 97-120``, in the order of the text."""
    return " ".join(f"{start}-{end}" for start, end in sorted(set(spans)))


def _correction(target: str, field: str, value: str, annotated: Annotated) -> Correction:
    """A correction whose id is made from what it says, so that reading twice changes nothing."""
    parts = (target, field, value, annotated.by, annotated.at)
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    why = f"Label Studio, annotation {annotated.annotation}"
    return Correction(digest, "set", target, field, value, why, annotated.by, annotated.at)


def _annotated(data: dict[str, Any], annotation: dict[str, Any], path: Path) -> Annotated:
    issues: list[Issue] = []
    labels = tuple(_labels(data["text"], annotation.get("result") or [], issues, path))
    by = annotation.get("completed_by")
    who = by.get("email") or by.get("id") if isinstance(by, dict) else by
    return Annotated(
        document=str(data.get("document", "")),
        doc=str(data.get("doc", "")),
        annotation=str(annotation.get("id", "")),
        by=str(who or ""),
        at=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
        labels=labels,
        issues=tuple(issues),
    )


def _labels(
    text: str, result: list[dict[str, Any]], issues: list[Issue], path: Path
) -> Iterator[Label]:
    """The labelled regions, each with its status where one was chosen."""
    chosen = {
        piece.get("id"): piece["value"]["choices"][0]
        for piece in result
        if piece.get("from_name") == STATUS and piece.get("value", {}).get("choices")
    }
    for piece in result:
        value = piece.get("value", {})
        if piece.get("from_name") != TYPE or not value.get("labels"):
            continue
        span = _anchored(text, value)
        if span is None:
            message = f"region {piece.get('id')!r} lies outside its text and was left out"
            issues.append(Issue("warning", "label_lost", message, str(path)))
            continue
        ident = str(piece.get("id", ""))
        yield Label(ident, *span, value["labels"][0], chosen.get(piece.get("id"), ""))


def _anchored(text: str, value: dict[str, Any]) -> tuple[int, int] | None:
    """Where a region lies in code points, even if it was counted in UTF-16 units."""
    start, end, quoted = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    for first, last in ((start, end), (_points(text, start), _points(text, end))):
        inside = 0 <= first < last <= len(text)
        if inside and (quoted is None or _plain(text[first:last]) == _plain(quoted)):
            return first, last
    return None


def _points(text: str, units: int) -> int:
    """An offset in UTF-16 units as one in code points."""
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * max(units, 0)]
    return len(encoded.decode("utf-16-le", "ignore"))


def _plain(text: str) -> str:
    """Words with single spaces between them; line ends may come back as two characters."""
    return " ".join(text.replace("\\n", " ").split())


def _wrong(path: Path, message: str) -> SourceError:
    return SourceError(str(path), "label_studio", message)
