"""What people changed in Label Studio, as corrections of events: what cannot be one is listed.

Labels are of reports, corrections of events: a label is taken over where all reports of its event
were labelled alike. Everything else is left to the person who asked, with the next step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.place_rows import PlaceRow
from sijill.publish.label_studio_back import Annotated, Changes, changes
from sijill.record.corrections import correction_id, value_of
from sijill.store.answers import Document, TestimonyFilter
from sijill.store.record_store import Store
from sijill.testimony import Correction, Event, Testimony

#: What a label says that a correction of an event can say too.
_FIELDS = ("type", "status")

#: For a report and a field: each value that somebody gave it, with the first who did.
Said = dict[tuple[str, str], dict[str, Annotated]]


class Placed(msgspec.Struct, frozen=True):
    """A correction of an event made from labels; ``before`` is what its reports say.

    ``new`` is false where the record has the correction already.
    """

    correction: Correction
    doc: str
    report: str
    before: str
    new: bool


class Unplaced(msgspec.Struct, frozen=True):
    """What cannot become a correction: in which document, of which report, by whom, why not."""

    doc: str
    report: str
    what: str
    why: str
    by: str = ""


class Labelled(msgspec.Struct, frozen=True):
    """What the labels of a file come to."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]


def labelled(
    store: Store, annotations: Iterable[Annotated], places: Mapping[str, PlaceRow], by: str = ""
) -> Labelled:
    """The corrections that annotations of the record's documents come to; nothing is written.

    Raises:
        UsageError: an annotation does not say who made it, and ``by`` neither.
    """
    work = _Labelling(store, places, by)
    for one in annotations:
        work.see(one)
    work.place()
    return Labelled(tuple(work.placed), tuple(work.unplaced))


def label_rows(found: Labelled, dry_run: bool = False) -> Iterator[dict[str, str]]:
    """What labels come to as rows of a table: the corrections, then what is none."""
    made = "would be corrected" if dry_run else "corrected"
    for one in found.placed:
        given = one.correction
        yield {
            "correction": given.id,
            "done": made if one.new else "there already",
            "doc": one.doc,
            "event": given.target,
            "report": one.report,
            "change": f"{given.field} {one.before} to {given.value}",
            "by": given.by,
            "why": given.why,
        }
    for left in found.unplaced:
        yield {
            "correction": "",
            "done": "not taken over",
            "doc": left.doc,
            "event": "",
            "report": left.report,
            "change": left.what,
            "by": left.by,
            "why": left.why,
        }


class _Labelling:
    """Collects what labels say, and then looks at it event by event."""

    def __init__(self, store: Store, places: Mapping[str, PlaceRow], by: str) -> None:
        self._store, self._places, self._by = store, places, by
        self._said: Said = {}
        self._told: dict[str, Testimony] = {}
        self.placed: list[Placed] = []
        self.unplaced: list[Unplaced] = []

    def see(self, one: Annotated) -> None:
        """Take in one person's labels of one document."""
        if not (self._by or one.by):
            raise UsageError(f"annotation {one.annotation} does not say who made it; give --by")
        document = self._store.document(one.document)
        if document is None or document.superseded_by:
            self.unplaced.append(_no_document(one, document))
            return
        where = TestimonyFilter(documents=frozenset({document.id}))
        told = {found.id: found for found in self._store.testimonies(where=where)}
        found = changes(one, told.values())
        changed = {(c.target, c.field): c.value for c in found.corrections}
        self._told |= told
        self.unplaced += _left_over(one, document, found)
        for ident in told.keys() - set(found.removed):
            for field in _FIELDS:
                value = changed.get((ident, field), str(getattr(told[ident], field)))
                self._said.setdefault((ident, field), {}).setdefault(value, one)

    def place(self) -> None:
        """Make corrections of what was said otherwise than the reports say it."""
        other = [key for key in sorted(self._said) if set(self._said[key]) != {self._now(key)}]
        events = self._store.events_of([ident for ident, _ in other])
        kept = {one.id for one in self._store.corrections()}
        seen: set[tuple[str, str]] = set()
        for ident, field in other:
            event = events.get(ident, "")
            if event and (event, field) in seen:
                continue
            try:
                made = self._correction(event, ident, field)
            except UsageError as error:
                self.unplaced.append(self._refused(ident, field, str(error)))
                continue
            seen.add((event, field))
            before, doc = self._now((ident, field)), self._told[ident].doc
            self.placed.append(Placed(made, doc, ident, before, made.id not in kept))

    def _now(self, key: tuple[str, str]) -> str:
        return str(getattr(self._told[key[0]], key[1]))

    def _correction(self, ident: str, report: str, field: str) -> Correction:
        """The correction of an event that all labels of its reports agree on.

        Raises:
            UsageError: they do not, or the value is none that an event can have.
        """
        values, found = self._said[report, field], self._store.event(ident)
        if found is None:
            raise UsageError("the report was not linked yet; finish it: sijill read ARTICLES")
        if len(values) > 1:
            named = " and ".join(f"{value} ({one.by})" for value, one in values.items())
            raise UsageError(f"people do not agree: {named}; sijill correct {ident} sets one")
        ((value, one),) = values.items()
        value_of(field, value, self._places)
        if others := self._unlike(found.event, field, value):
            raise UsageError(
                f"event {ident} has other reports that were not labelled so, such as {others[0]}; "
                f"sijill correct {ident} {field}={value}, or sijill split {ident} {report} first"
            )
        by, at = self._by or one.by, _moment(one.at)
        why = f"Label Studio, annotation {one.annotation}"
        name = correction_id("set", ident, field, value, by, at)
        return Correction(name, "set", ident, field, value, why, by, at)

    def _unlike(self, event: Event, field: str, value: str) -> list[str]:
        """The reports of an event to which nobody, or not everybody, gave the value."""
        return [one for one in event.members if set(self._said.get((one, field), ())) != {value}]

    def _refused(self, ident: str, field: str, why: str) -> Unplaced:
        values = " or ".join(self._said[ident, field])
        what = f"{field} {self._now((ident, field))} to {values}"
        by = " and ".join(sorted({one.by for one in self._said[ident, field].values()}))
        return Unplaced(self._told[ident].doc, ident, what, why, by)


def _no_document(one: Annotated, document: Document | None) -> Unplaced:
    what = f"{len(one.labels)} labels"
    if document is None:
        return Unplaced(one.doc, "", what, f"the record has no document {one.document}", one.by)
    why = f"a later text took the place of this one: {document.superseded_by}"
    return Unplaced(one.doc, "", what, why, one.by)


def _left_over(one: Annotated, document: Document, found: Changes) -> Iterator[Unplaced]:
    """What labels say of a document that no correction of an event can say."""
    for issue in one.issues:
        yield Unplaced(one.doc, "", "a label", issue.message, one.by)
    for made in found.corrections:
        if made.field not in _FIELDS:
            what, why = f"{made.field} to {made.value}", "a report keeps the words it was read from"
            yield Unplaced(one.doc, made.target, what, why, one.by)
    for label in found.added:
        words = " ".join(document.text[label.start : label.end].split())
        why = "nothing was read there, and a correction makes no report of its own"
        what = f"{label.type} at {label.start}-{label.end}: {words}"
        yield Unplaced(one.doc, "", what, why, one.by)
    for report in found.removed:
        why = "a report stays in the record; sijill split takes it out of its event"
        yield Unplaced(one.doc, report, "no label is left for it", why, one.by)


def _moment(at: str) -> str:
    """A time as corrections have it, in UTC; as it is where it is none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
