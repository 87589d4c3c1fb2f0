"""Articles into a record: each is read once and kept before the next one is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.store.ids import as_testimonies, document_from, document_id
from sijill.store.record_store import Store

#: Articles kept in one transaction: a run that is cut off has told of none that it loses.
_AT_ONCE = 25


class Reader:
    """Reads articles into a store; what it knows already it passes over.

    ``known`` counts the articles that the record had, ``new`` holds the ids of those it got and
    ``reports`` counts what they tell.
    """

    def __init__(self, store: Store, pipeline: Pipeline) -> None:
        self._store = store
        self._pipeline = pipeline
        self.known = 0
        self.new: list[str] = []
        self.reports = 0

    def read(
        self, paths: Sequence[str], log: IssueLog, names: Mapping[str, str] | None = None
    ) -> Iterator[Reading]:
        """Read everything under ``paths``; each article is kept before it is passed on.

        A run that is cut off keeps what it has passed on; the next one passes over that. ``names``
        are those that files are called by, where they lie under others.

        Raises:
            RecordError: when the record cannot be written.
        """
        pairs = self._pipeline.read_each(self._unknown(paths, log, names), log)
        while batch := list(islice(pairs, _AT_ONCE)):
            self._keep(batch)
            yield from (reading for _, reading in batch)

    def _unknown(
        self, paths: Sequence[str], log: IssueLog, names: Mapping[str, str] | None
    ) -> Iterator[Article]:
        """The articles that the record has not, asked for several at a time."""
        articles = read_articles(paths, log, names=names)
        while some := list(islice(articles, _AT_ONCE)):
            ids = [document_id(one.doc, one.url, one.text) for one in some]
            there = self._store.known(ids)
            self.known += sum(ident in there for ident in ids)
            yield from (one for one, ident in zip(some, ids, strict=True) if ident not in there)

    def _keep(self, batch: Sequence[tuple[Article, Reading]]) -> None:
        documents = [
            document_from(reading, article.source, published=article.published)
            for article, reading in batch
        ]
        told = [
            one
            for document, (_, reading) in zip(documents, batch, strict=True)
            for one in as_testimonies(document, reading.reports)
        ]
        with self._store.batch():
            added = self._store.add_documents(documents)
            self._store.add_testimonies(told, [one.id for one in documents])
        self.new += [one.id for one in added if one.new]
        self.reports += len(told)
