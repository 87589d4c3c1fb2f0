"""What is worked on at a time, by whom ever: some articles, or files whose articles are found."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import TypeAlias

import msgspec

from sijill.ingest.files import read_source
from sijill.issues import Issue, IssueLog
from sijill.link.copy_ready import Ready, make_ready
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.store.ids import plain

#: An article with its reading, and what its copies are found by if that was asked for.
Read: TypeAlias = tuple[Article, Reading, Ready | None]
#: The same; an article that the reader stumbled over has an issue in place of a reading.
Attempt: TypeAlias = tuple[Article, Reading | Issue, Ready | None]


class Unit(msgspec.Struct, frozen=True):
    """Articles to be read, or sources to find articles in and read them.

    ``names`` are those that sources are called by, where they lie under others; ``ready`` asks for
    what copies are found by.
    """

    articles: tuple[Article, ...] = ()
    sources: tuple[str, ...] = ()
    names: dict[str, str] = {}
    ready: bool = False


class Done(msgspec.Struct, frozen=True):
    """What came of a unit: issues of its sources, and each article with its reading."""

    read: tuple[Attempt, ...]
    issues: tuple[Issue, ...] = ()


def work(unit: Unit, pipeline: Pipeline) -> Done:
    """Find the articles of a unit and read each."""
    log, articles = IssueLog(), list(unit.articles)
    for source in unit.sources:
        articles += read_source(source, log, names=unit.names)
    read = list(map(pipeline.attempt, articles))
    ready = _ready(read) if unit.ready else repeat(None)
    return Done(tuple(zip(articles, read, ready, strict=False)), tuple(log))


def _ready(read: Sequence[Reading | Issue]) -> list[Ready | None]:
    """What the copies of each article are found by, of its text as a record keeps it."""
    given = [(plain(one.text), one.agency or "") for one in read if isinstance(one, Reading)]
    made = iter(make_ready(given))
    return [next(made) if isinstance(one, Reading) else None for one in read]


def pack(value: Unit | Done) -> bytes:
    """A unit, or what came of one, on its way between processes of one user.

    Pickled, unlike all that is kept: texts may hold broken letters, and every value must come out
    as what it was, so that several processes give what one does.
    """
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack_done(data: bytes) -> Done:
    """What came of a unit."""
    done: Done = pickle.loads(data)
    return done


def work_packed(data: bytes) -> bytes:
    """Do a packed unit, in a process that does nothing else."""
    unit: Unit = pickle.loads(data)
    return pack(work(unit, _pipeline()))


@cache
def _pipeline() -> Pipeline:
    logging.disable(logging.WARNING)  # a page that cannot be read is told of as an issue
    pipeline = Pipeline()
    pipeline.settle()
    return pipeline
