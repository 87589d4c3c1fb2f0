"""Articles into a record: each is read once and kept before the next one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from sijill.engine.engine import Engine
from sijill.engine.units import Read
from sijill.ingest.meter import Meter
from sijill.issues import IssueLog
from sijill.link.copy_ready import Ready
from sijill.model import Article, Reading
from sijill.store.answers import Kept
from sijill.store.ids import as_testimonies, document_from, document_id
from sijill.store.record_store import Store

#: Articles kept in one transaction: a run that is cut off has told of none that it loses.
_AT_ONCE = 100


class Reader:
    """Reads articles into a store; what it knows already it passes over.

    ``known`` counts the articles that the record had, ``new`` those it got, ``back`` those whose
    text was once superseded and stands again, and ``reports`` what they tell; ``superseded`` names
    the articles that take the place of an earlier text, each with its source.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine,
        kept: Callable[[Mapping[str, Ready | None]], object] = lambda _: None,
    ) -> None:
        """``kept`` is told which documents were just kept, each with what its copies need."""
        self._store = store
        self._engine = engine
        self._tell = kept
        self._here: dict[str, Kept] = {}
        self._newest: dict[tuple[str, str], str] = {}
        self._back: dict[tuple[str, str], Article] = {}
        self.known = self.new = self.back = self.reports = 0
        self.superseded: list[tuple[str, str]] = []

    def read(
        self,
        paths: Sequence[str],
        log: IssueLog,
        meter: Meter | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Iterator[Reading]:
        """Read everything under ``paths``; each article is kept before it is passed on.

        A run that is cut off keeps what it has passed on; the next one passes over that. Texts that
        stand again come last: only then is it known that no later one follows in the same files.
        ``names`` are those that files are called by, where they lie under others.

        Raises:
            RecordError: when the record cannot be written.
            EngineError: when a process that reads has failed.
        """
        read = self._engine.read(paths, log, self._chosen, meter, names, ready=True)
        yield from self._kept(read)
        self.known -= len(self._back)
        yield from self._kept(self._engine.read_here(self._back.values(), log))

    def _kept(self, read: Iterator[Read]) -> Iterator[Reading]:
        while batch := list(islice(read, _AT_ONCE)):
            kept = self._keep(batch)
            yield from (reading for _, reading, _ in batch)
            self._tell(kept)

    def _chosen(self, articles: Sequence[Article]) -> list[Article | None]:
        """The articles that the record has not, under the names that it will know them by."""
        there = self._store.kept(list(map(_id, articles)))
        return [self._wanted(self._apart(one, there), there) for one in articles]

    def _wanted(self, article: Article, there: dict[str, Kept]) -> Article | None:
        """The article, unless the record or this run has it; what stands again waits for the end.

        How far the record has been written by now makes no difference.
        """
        ident, where = _id(article), _where(article)
        found = there.get(ident) or self._here.get(ident)
        self._back.pop(where, None)
        if found is None:
            self._here[ident] = Kept(article.source, article.outlet, superseded=False)
            self._newest[where] = ident
            return article
        self.known += 1
        if found.superseded or self._newest.get(where, ident) != ident:
            self._back[where] = article
        return None

    def _apart(self, article: Article, there: dict[str, Kept]) -> Article:
        """The article, under another name where another outlet's has its name and its text."""
        one, number = article, 1
        while (kept := self._at(one, there)) and _other_outlet(kept, one):
            number += 1
            one = msgspec.structs.replace(article, doc=f"{article.doc}~{number}")
        return one

    def _at(self, article: Article, there: dict[str, Kept]) -> Kept | None:
        """What is kept under the id of an article, also of one that has another name by now."""
        ident = _id(article)
        if ident not in self._here and ident not in there and "~" in article.doc:
            there |= self._store.kept([ident])
        return there.get(ident) or self._here.get(ident)

    def _keep(self, batch: Sequence[Read]) -> dict[str, Ready | None]:
        """Keep articles; gives the documents that are to be linked, not those of another writer."""
        documents = [
            document_from(
                reading,
                article.source,
                published=article.published,
                stated_outlet=article.outlet,
            )
            for article, reading, _ in batch
        ]
        with self._store.batch():
            added = self._store.add_documents(documents)
            gone = {one.supersedes for one in added}  # a later text may be in the same batch
            told = [
                one
                for document, (_, reading, _) in zip(documents, batch, strict=True)
                for one in as_testimonies(document, reading.reports)
                if document.id not in gone
            ]
            self._store.add_testimonies(told, [one.id for one in documents])
        self._settle(article for article, *_ in batch)
        self.new += sum(one.new for one in added)
        self.back += sum(one.back for one in added)
        self.reports += len(told)
        for one, document in zip(added, documents, strict=True):
            if one.supersedes:
                self.superseded.append((document.name, document.source))
        ready = (ready for *_, ready in batch)
        return {one.id: its for one, its in zip(added, ready, strict=True) if one.new or one.back}

    def _settle(self, batch: Iterable[Article]) -> None:
        """Forget what the record can tell by now."""
        for article in batch:
            ident, where = _id(article), _where(article)
            self._here.pop(ident, None)
            if self._newest.get(where) == ident:
                del self._newest[where]


def _where(article: Article) -> tuple[str, str]:
    return article.doc, article.url or article.source


def _id(article: Article) -> str:
    return document_id(article.doc, article.url, article.text)


def _other_outlet(kept: Kept, article: Article) -> bool:
    """Whether the same name and text are another outlet's, in another file."""
    stated = kept.stated_outlet, article.outlet
    return all(stated) and stated[0] != stated[1] and kept.source != article.source
