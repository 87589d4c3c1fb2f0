"""Why the record says so: its articles read again, with every rule that made a value."""

from __future__ import annotations

from collections import defaultdict

from sijill.errors import UsageError
from sijill.model import Reading, Report
from sijill.pipeline import Pipeline
from sijill.record.rereading import article_of
from sijill.store.ids import ids_of
from sijill.store.record_store import Store


def explain(store: Store, ident: str) -> list[tuple[Reading, list[Report]]]:
    """The articles behind an event, a report or a document, and the reports that are meant.

    Raises:
        UsageError: the record has nothing of that id.
    """
    wanted = _wanted(store, ident)
    pipeline = Pipeline()
    found = []
    for document in store.documents(wanted):
        reading = pipeline.read(article_of(document))
        ids = ids_of(document.id, reading.reports)
        meant = wanted[document.id]
        chosen = [
            report
            for name, report in zip(ids, reading.reports, strict=True)
            if not meant or name in meant
        ]
        found.append((reading, chosen))
    return found


def _wanted(store: Store, ident: str) -> dict[str, set[str]]:
    """The documents to read, each with the reports that are meant, or none for all of them."""
    event = store.event(ident)
    told = store.testimonies_of(event.event) if event else []
    alone = None if told else store.testimony(ident)
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in told or ([alone] if alone else []):
        wanted[one.document].add(one.id)
    if not wanted and store.document(ident):
        wanted[ident] = set()
    if not wanted:
        raise UsageError(f"no event, report or document {ident!r} in {store.name}")
    return wanted
