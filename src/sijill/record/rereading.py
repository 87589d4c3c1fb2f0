"""Reading again what a record keeps: texts that another version of the program had read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from sijill.engine.engine import Engine
from sijill.engine.units import Read
from sijill.errors import UsageError
from sijill.issues import IssueLog
from sijill.model import Article, Reading
from sijill.store.answers import Document
from sijill.store.ids import as_testimonies, document_from, document_id
from sijill.store.record_store import Store
from sijill.testimony import Testimony

#: Articles kept in one transaction, as in the first reading.
_AT_ONCE = 100
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

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._out: dict[str, Document] = {}
        self.count = self.differ = 0

    def read(
        self, paths: Sequence[str], log: IssueLog, waiting: Callable[[int], object]
    ) -> Iterator[Reading]:
        """Read what another program read, all of it or what came from ``paths``.

        ``waiting`` is told how many articles that are.
        What differs waits to be linked. Each article is kept before it is passed on: a run that is
        cut off goes on where it stopped.

        Raises:
            UsageError: nothing in the record came from one of the paths.
            RecordError: when the record cannot be written.
            EngineError: when a process that reads has failed.
        """
        wanted = self._wanted(paths)
        waiting(len(wanted))
        read = self._engine.read_given(self._articles(wanted), log)
        while batch := list(islice(read, _AT_ONCE)):
            self._keep(batch)
            yield from (reading for _, reading, _ in batch)

    def _articles(self, wanted: Iterable[str]) -> Iterator[Article]:
        """The articles of documents; these are out until they are kept."""
        waiting = iter(wanted)
        while some := list(islice(waiting, _AT_ONCE)):
            for document in self._store.documents(some):
                self._out[document.id] = document
                yield article_of(document)

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

    def _keep(self, batch: Sequence[Read]) -> None:
        found, told = list[Document](), list[Testimony]()
        given: dict[str, Document] = {}
        for _, reading, _ in batch:
            ident = document_id(reading.doc, reading.url, reading.text)
            given[ident] = before = self._out.pop(ident)
            found.append(_renewed(before, reading))
            told += as_testimonies(found[-1], reading.reports)
        with self._store.batch():
            changes = self._store.add_testimonies(told, [one.id for one in found])
            ids = (*changes.added, *changes.changed, *changes.withdrawn)
            changed = {id.rpartition("-")[0] for id in ids}
            changed |= {one.id for one in found if _about(given[one.id]) != _about(one)}
            self._store.renew_documents(found, changed)
        self.count += len(found)
        self.differ += len(changed)


def _renewed(before: Document, reading: Reading) -> Document:
    """A document with what another reading found of it."""
    now = document_from(reading, before.source, before.line, before.published, before.stated_outlet)
    return msgspec.structs.replace(now, family=before.family)


def _about(document: Document) -> tuple[str | None, ...]:
    """What was found about a document, as far as copies, events and lists rest on it."""
    return document.outlet, document.agency, document.day


def _lies_in(source: str, path: str) -> bool:
    return Path(source).resolve().is_relative_to(Path(path).resolve())


def _some(sources: Sequence[str]) -> str:
    return ", ".join(sources[:_SOME]) + (", ..." if len(sources) > _SOME else "")
