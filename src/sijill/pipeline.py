"""The only file that knows the order of the rooms: an article in, a reading out."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

from sijill.extract.reader import load_extractor
from sijill.ingest.dating import DatingTables, find_reference, load_dating
from sijill.ingest.files import read_articles
from sijill.ingest.outlet import OutletTable, find_outlet, load_outlets
from sijill.issues import Issue, IssueLog
from sijill.lexicon.knowledge import load_knowledge
from sijill.model import Article, Reading, Reference, Report, Seen
from sijill.text.tokens import Tokens, tokenise

#: Objects made between two searches for waste: reading makes many and hardly ever a ring of them.
_FEW_SEARCHES = 50_000


class Extractor(Protocol):
    """What the pipeline needs of the room that finds reports."""

    def extract(self, article: Article, tokens: Tokens, reference: Reference) -> tuple[Report, ...]:
        """The reports of one article."""

    def see(self, text: str, day: date | None) -> list[Seen]:
        """Everything seen in a sentence."""


class Pipeline:
    """Reads articles; loads the knowledge once, when the first one comes.

    ``extractor`` replaces the built-in one, as tests and learned readers do.
    """

    def __init__(self, extractor: Extractor | None = None) -> None:
        self._given = extractor

    @cached_property
    def extractor(self) -> Extractor:
        """The part that finds reports."""
        return self._given or load_extractor()

    @cached_property
    def outlets(self) -> OutletTable:
        """The known outlets and agencies."""
        return load_outlets()

    @cached_property
    def dating(self) -> DatingTables:
        """What tells the day that a text was written."""
        return load_dating(None if self._given else load_knowledge().times)

    def load(self) -> None:
        """Load all knowledge now: a fault in it is no fault of an article."""
        _ = self.extractor, self.outlets, self.dating

    def settle(self) -> None:
        """Load all knowledge, and search for waste less often: as a program that reads much."""
        gc.set_threshold(_FEW_SEARCHES)  # a tenth of loading would be such searches
        self.load()
        gc.freeze()  # what is known stays: no search for waste need look at it

    def read(self, article: Article) -> Reading:
        """Read one article: its words, its day, its outlet, its reports."""
        tokens = tokenise(article.text)
        reference, issues = find_reference(article, tokens, self.dating)
        outlet, agency = find_outlet(article, tokens, self.outlets)
        return Reading(
            doc=article.doc,
            reference=reference,
            outlet=outlet,
            agency=agency,
            title=article.title,
            url=article.url,
            text=article.text,
            reports=self.extractor.extract(article, tokens, reference),
            issues=(*article.issues, *issues),
            extra=article.extra,
        )

    def read_many(
        self, paths: Sequence[str], log: IssueLog, *, allow_network: bool = False
    ) -> Iterator[Reading]:
        """Read everything under ``paths``; an article that fails costs only itself.

        The address of a feed among them is fetched only if ``allow_network`` says so.

        Raises:
            KnowledgeError: before the first article, when the knowledge does not load.
        """
        articles = read_articles(paths, log, allow_network=allow_network)
        return (reading for _, reading in self.read_each(articles, log))

    def read_each(
        self, articles: Iterable[Article], log: IssueLog
    ) -> Iterator[tuple[Article, Reading]]:
        """Read articles one by one, each with its reading; one that fails costs only itself.

        Raises:
            KnowledgeError: before the first article, when the knowledge does not load.
        """
        self.settle()
        for article in articles:
            reading = self.attempt(article)
            if isinstance(reading, Issue):
                log.add(reading)
                continue
            for issue in reading.issues[len(article.issues) :]:
                log.add(issue)
            yield article, reading

    def attempt(self, article: Article) -> Reading | Issue:
        """The reading of an article, or where the reader stumbled over it."""
        try:
            return self.read(article)
        except Exception as error:
            return _failure(article, error)

    def see(self, text: str, day: date | None = None) -> list[Seen]:
        """Everything seen in one sentence, for people who write rules."""
        return self.extractor.see(text, day)


def _failure(article: Article, error: Exception) -> Issue:
    """An article that the reader stumbled over, with the line of code where it did."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    message = f"could not be read ({type(error).__name__} at {where}: {error}); please report this"
    return Issue("skipped", "failed", message, article.doc)
