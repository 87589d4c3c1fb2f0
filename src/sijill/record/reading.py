"""Articles into a record: each is read once and kept before the next one is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sijill.ingest.files import read_articles
from sijill.issues import IssueLog
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.store.ids import as_testimonies, document_from, document_id
from sijill.store.record_store import Store


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

    def read(self, paths: Sequence[str], log: IssueLog) -> Iterator[Reading]:
        """Read everything under ``paths``; each article is kept before it is passed on.

        A run that is cut off keeps what it has passed on; the next one passes over that.

        Raises:
            RecordError: when the record cannot be written.
        """
        unknown = (one for one in read_articles(paths, log) if not self._is_known(one))
        for article, reading in self._pipeline.read_each(unknown, log):
            self._keep(article, reading)
            yield reading

    def _is_known(self, article: Article) -> bool:
        there = bool(self._store.known([document_id(article.doc, article.url, article.text)]))
        self.known += there
        return there

    def _keep(self, article: Article, reading: Reading) -> None:
        document = document_from(reading, article.source, published=article.published)
        told = as_testimonies(document, reading.reports)
        with self._store.batch():
            self._store.add_document(document)
            self._store.add_testimonies(told, [document.id])
        self.new.append(document.id)
        self.reports += len(told)
