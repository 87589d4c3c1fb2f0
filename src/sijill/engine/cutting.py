"""From paths to units in order, and from what comes back to readings in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import TypeVar

import msgspec

from sijill.engine.units import Attempt, Done, Read, Unit
from sijill.ingest.files import find_sources, read_source
from sijill.ingest.kinds import kind_of
from sijill.ingest.meter import Meter
from sijill.issues import Issue, IssueLog
from sijill.model import Article, Reading

#: Articles of a unit: some tenths of a second of work, against some milliseconds on the way.
ARTICLES = 100
#: Files of a unit, of kinds whose articles take longer to find than to read: a page takes as long
#: as ten articles, and an archive holds thousands of pages.
_HEAVY = {"page": 10, "markup": 10, "warc": 1}

Item = TypeVar("Item")
#: Says of articles which are to be read, maybe under another name; of the others, nothing.
Chooser = Callable[[Sequence[Article]], Sequence[Article | None]]


class Cutter:
    """Cuts what is under ``paths`` into units, and puts together what comes back, in order.

    Which articles are read is asked in their order. While files are out whose articles are not
    known yet, those behind them are read unasked, and asked about when their turn comes.
    """

    def __init__(
        self,
        log: IssueLog,
        chosen: Chooser,
        meter: Meter,
        apart: bool,
        names: Mapping[str, str] | None = None,
        ready: bool = False,
    ) -> None:
        """``apart`` is whether finding the articles of pages and archives is left to others.

        ``ready`` asks for what copies are found by.
        """
        self._names, self._ready = dict(names or {}), ready
        self._log, self._chosen, self._meter = log, chosen, meter
        self._apart = apart
        self._out: deque[tuple[Unit, bool]] = deque()
        self._unasked = 0

    def units(self, paths: Iterable[str]) -> Iterator[Unit]:
        """Units in order; each counts as out until :meth:`readings` got what came of it."""
        for files, some in groupby(find_sources(paths, self._log), self._weight):
            if files:
                for sources in batched(some, files):
                    unit = Unit((), sources, self._called(sources), self._ready)
                    yield self._sent(unit, asked=False)
            else:
                yield from self._light(some)

    def given(self, articles: Iterable[Article]) -> Iterator[Unit]:
        """Units of articles that were found already, and are all to be read."""
        for some in batched(articles, ARTICLES):
            yield self._sent(Unit(some, ready=self._ready), asked=True)

    def _weight(self, source: str) -> int:
        """How many files of this kind make a unit; 0 where their articles do."""
        return _HEAVY.get(kind_of(source) or "", 0) if self._apart else 0

    def _called(self, sources: Iterable[str]) -> dict[str, str]:
        return {one: self._names[one] for one in sources if one in self._names}

    def _light(self, sources: Iterable[str]) -> Iterator[Unit]:
        found = (
            read_source(one, self._log, meter=self._meter, names=self._names) for one in sources
        )
        for articles in batched(chain.from_iterable(found), ARTICLES):
            if self._unasked:
                yield self._sent(Unit(articles, ready=self._ready), asked=False)
            elif wanted := tuple(one for one in self._chosen(articles) if one is not None):
                yield self._sent(Unit(wanted, ready=self._ready), asked=True)

    def _sent(self, unit: Unit, asked: bool) -> Unit:
        self._out.append((unit, asked))
        self._unasked += not asked
        return unit

    def readings(self, done: Done) -> Iterator[Read]:
        """The readings of the unit that was out longest."""
        unit, asked = self._out.popleft()
        for issue in done.issues:
            self._log.add(issue)
        read: Sequence[Attempt] = done.read
        if not asked:
            self._unasked -= 1
            for source in unit.sources:
                self._meter.add(source)
            read = list(self._asked_late(read))
        for article, reading, ready in read:
            if isinstance(reading, Issue):
                self._log.add(reading)
                continue
            for issue in reading.issues[len(article.issues) :]:
                self._log.add(issue)
            yield article, reading, ready

    def _asked_late(self, read: Sequence[Attempt]) -> Iterator[Attempt]:
        for some in batched(read, ARTICLES):
            chosen = self._chosen([article for article, *_ in some])
            for one, (_, reading, ready) in zip(chosen, some, strict=True):
                if one is not None and isinstance(reading, Reading):
                    yield one, msgspec.structs.replace(reading, doc=one.doc), ready
                elif one is not None:
                    yield one, reading, ready


def batched(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Items so many at a time, the last ones fewer."""
    items = iter(items)
    while some := tuple(islice(items, size)):
        yield some
