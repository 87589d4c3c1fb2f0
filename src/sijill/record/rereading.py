"""Reading again what a record keeps: texts that another version of the program had read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from sijill.errors import UsageError
from sijill.issues import IssueLog
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.store.answers import Document
from sijill.store.ids import as_testimonies, document_from, document_id
from sijill.store.record_store import Store
from sijill.testimony import Testimony

#: Articles kept in one transaction, as in the first reading.
_AT_ONCE = 25
#: Sources that an error names.
_SOME = 5


def article_of(document: Document) -> Article:
    """A document as the article that it was; of older records the outlet is the one found."""
    stated = document.stated_outlet
    return Article(
        doc=document.name,
        text=document.text,
        title=document.title,
        published=document.published,
        outlet=document.outlet if stated is None else stated,
        url=document.url,
        source=document.source,
        extra=document.extra,
    )


class Rereader:
    """Reads documents of a store again, from the texts that it keeps.

    ``count`` counts those that were read, ``differ`` those of them in which something else was
    found than before.
    """

    def __init__(self, store: Store, pipeline: Pipeline) -> None:
        self._store = store
        self._pipeline = pipeline
        self.count = self.differ = 0

    def read(self, paths: Sequence[str], log: IssueLog) -> Iterator[Reading]:
        """Read what another program read, all of it or what came from ``paths``.

        What differs waits to be linked. Each article is kept before it is passed on: a run that is
        cut off goes on where it stopped.

        Raises:
            UsageError: nothing in the record came from one of the paths.
            RecordError: when the record cannot be written.
        """
        waiting = iter(self._wanted(paths))
        while some := list(islice(waiting, _AT_ONCE)):
            given = {one.id: one for one in self._store.documents(some)}
            articles = map(article_of, given.values())
            read = [reading for _, reading in self._pipeline.read_each(articles, log)]
            self._keep(given, read)
            yield from read

    def _wanted(self, paths: Sequence[str]) -> list[str]:
        """The documents to read again."""
        others = self._store.read_by_others(self._store.program)
        if not paths:
            return list(others)
        sources = self._store.sources()
        for path in paths:
            if not any(_lies_in(source, path) for source in sources):
                message = f"no article of {self._store.name} was read from {path}"
                raise UsageError(f"{message}; what it holds came from {_some(sources)}")
        return [id for id, source in others.items() if any(_lies_in(source, p) for p in paths)]

    def _keep(self, given: Mapping[str, Document], read: Iterable[Reading]) -> None:
        found, told = list[Document](), list[Testimony]()
        for reading in read:
            before = given[document_id(reading.doc, reading.url, reading.text)]
            now = document_from(
                reading, before.source, before.line, before.published, before.stated_outlet
            )
            found.append(msgspec.structs.replace(now, family=before.family))
            told += as_testimonies(found[-1], reading.reports)
        with self._store.batch():
            changes = self._store.add_testimonies(told, [one.id for one in found])
            ids = (*changes.added, *changes.changed, *changes.withdrawn)
            changed = {id.rpartition("-")[0] for id in ids}
            changed |= {one.id for one in found if _about(given[one.id]) != _about(one)}
            self._store.renew_documents(found, changed)
        self.count += len(found)
        self.differ += len(changed)


def _about(document: Document) -> tuple[str | None, ...]:
    """What was found about a document, as far as copies, events and lists rest on it."""
    return document.outlet, document.agency, document.day


def _lies_in(source: str, path: str) -> bool:
    return Path(source).resolve().is_relative_to(Path(path).resolve())


def _some(sources: Sequence[str]) -> str:
    return ", ".join(sources[:_SOME]) + (", ..." if len(sources) > _SOME else "")
