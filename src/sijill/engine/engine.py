"""Reads what lies under paths: alone, or spread over processes and machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice

from sijill.engine.cutting import Chooser, Cutter
from sijill.engine.runner import Runner
from sijill.engine.starting import check_installed, start
from sijill.engine.units import Done, Read, Unit, work
from sijill.errors import UsageError
from sijill.ingest.meter import Meter
from sijill.issues import IssueLog
from sijill.model import Article
from sijill.pipeline import Pipeline

#: The engines there are, by the name that they are asked for with.
ENGINES = ("local", "ray")
#: So many units are read before an engine is started, which takes seconds: most runs are short.
_FEW = 4


class Alone:
    """Does units here, one after the other."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        """What comes of each unit.

        Raises:
            KnowledgeError: before the first, when the knowledge does not load.
        """
        self._pipeline.settle()
        for unit in units:
            yield work(unit, self._pipeline)


class Spread:
    """Does units on an engine, unless there are only a few."""

    def __init__(self, alone: Alone, start: Callable[[], Runner]) -> None:
        self._alone, self._start = alone, start

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        """What comes of each unit."""
        first = list(islice(units, _FEW))
        if len(first) < _FEW and sum(len(one.sources) == 1 for one in first) < 2:
            return self._alone.run(iter(first))
        return self._start().run(chain(first, units))


class Engine:
    """The steps that every article goes through alone: it is found in its file and read."""

    def __init__(self, pipeline: Pipeline, start: Callable[[], Runner] | None = None) -> None:
        """``start`` gives who does the units where there are many; without it all is done here."""
        alone = Alone(pipeline)
        self._pipeline, self._apart = pipeline, start is not None
        self._runner: Runner = alone if start is None else Spread(alone, start)

    def read(
        self,
        paths: Iterable[str],
        log: IssueLog,
        chosen: Chooser,
        meter: Meter | None = None,
        names: Mapping[str, str] | None = None,
        ready: bool = False,
    ) -> Iterator[Read]:
        """The articles under ``paths`` that ``chosen`` wants, each with its reading, in order.

        ``names`` are those that files are called by, where they lie under others; ``ready`` asks
        for what copies are found by, worked out where the article is read.

        Raises:
            KnowledgeError: before the first article, when the knowledge does not load.
            EngineError: when a process or a machine failed; what came before that is complete.
        """
        cutter = Cutter(log, chosen, meter or Meter(), self._apart, names, ready)
        for done in self._runner.run(cutter.units(paths)):
            yield from cutter.readings(done)

    def read_given(self, articles: Iterable[Article], log: IssueLog) -> Iterator[Read]:
        """Articles that are at hand, each with its reading, in their order; some are taken ahead.

        Raises:
            KnowledgeError: before the first article, when the knowledge does not load.
            EngineError: when a process or a machine failed; what came before that is complete.
        """
        cutter = Cutter(log, lambda some: some, Meter(), self._apart)
        for done in self._runner.run(cutter.given(articles)):
            yield from cutter.readings(done)

    def read_here(self, articles: Iterable[Article], log: IssueLog) -> Iterator[Read]:
        """A few articles, each with its reading and nothing else, without an engine.

        Raises:
            KnowledgeError: before the first article, when the knowledge does not load.
        """
        return ((*one, None) for one in self._pipeline.read_each(articles, log))


def open_engine(
    pipeline: Pipeline, jobs: int = 1, name: str = "local", address: str = ""
) -> Engine:
    """An engine of ``jobs`` processes; with one job on this machine there is none, just a loop.

    ``name`` is one of :data:`ENGINES`; ``address`` is that of a cluster that runs already.

    Raises:
        UsageError: there is no such engine, or it is not installed.
    """
    if name not in ENGINES:
        raise UsageError(f"no engine {name!r}; there are: {', '.join(ENGINES)}")
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: at least one process must read")
    if address and name != "ray":
        raise UsageError("an address is that of a cluster: add --engine ray")
    if name == "local" and jobs == 1:
        return Engine(pipeline)
    check_installed(name)
    return Engine(pipeline, lambda: start(name, jobs, address))
