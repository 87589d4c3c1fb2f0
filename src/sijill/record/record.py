"""The record as people use it: read into it, ask it, correct it, export from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Self

import msgspec

from sijill.engine.engine import Engine
from sijill.errors import UsageError
from sijill.ingest.meter import Meter
from sijill.issues import IssueLog
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Reading, Report
from sijill.pipeline import Pipeline
from sijill.publish.bundle import Bundle, Meta, Request
from sijill.publish.cite import cite
from sijill.publish.export import export
from sijill.publish.label_studio import Page, write_tasks
from sijill.record.assembling import Assembler
from sijill.record.copying import renew_bands
from sijill.record.correcting import Correcting
from sijill.record.events import Events
from sijill.record.explaining import explain
from sijill.record.filters import event_filter, figure_filter, in_words
from sijill.record.holding import Holding
from sijill.record.linking import Beside, Linked, Linker
from sijill.record.places import AskedPlaces
from sijill.record.program import reading_program
from sijill.record.reading import Reader
from sijill.record.rereading import Rereader
from sijill.record.review import Review
from sijill.store.answers import Coverage, Document, Found, RecordFault, SaidFigure, TestimonyFilter
from sijill.store.opening import open_store
from sijill.store.record_store import Store
from sijill.store.verify import verify
from sijill.testimony import ControlSpan, Event, Testimony

#: Events of an export whose testimonies are asked for together.
_AT_ONCE = 200
#: The name of Label Studio's tasks among the formats: documents, not events.
TASKS = "label-studio"


class ReadSummary(msgspec.Struct, frozen=True):
    """What reading into a record did: articles ``new`` and ``known`` already, and so on.

    ``back`` counts those whose text was once superseded and stands again; ``superseded`` names the
    articles, each with its source, that took the place of another text of the same name;
    ``by_others`` counts those in the record that another program or other tables read.
    """

    new: int
    known: int
    skipped: int
    reports: int
    linked: Linked
    back: int = 0
    superseded: tuple[tuple[str, str], ...] = ()
    by_others: int = 0


class AgainSummary(msgspec.Struct, frozen=True):
    """What reading again did: articles read, those in which something else was found, and so on.

    ``conflicts`` counts the corrections that no longer fit.
    """

    read: int
    differ: int
    skipped: int
    linked: Linked
    conflicts: int


class Record:
    """An open record; use it in a ``with`` block, or close it.

    >>> with Record.open("mosul.db") as record:  # doctest: +SKIP
    ...     record.read("articles/")
    ...     print(record.events(place="Mosul", type="airstrike"))
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True, read_only: bool = False) -> Self:
        """Open the record at a path or an address of PostgreSQL; make one where there is none.

        A record with bands of copies from another version of the program is given new ones.

        Raises:
            RecordError: it is damaged, no record, or cannot be reached; it is left as it was.
        """
        if read_only:
            return cls(open_store(target, create, read_only=True))
        countries = {row.id: row.country for row in load_knowledge().lexicon.places.values()}
        opened = open_store(target, create, countries=countries, program=reading_program())
        try:
            renew_bands(opened)
        except BaseException:
            opened.close()
            raise
        return cls(opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the record."""
        self.store.close()

    # ------------------------------------------------------------------ reading

    def read(
        self,
        *paths: str | Path,
        log: IssueLog | None = None,
        seen: Callable[[Reading], None] = lambda _: None,
        linked: Callable[[int], None] = lambda _: None,
        settled: Callable[[int, int], None] = lambda *_: None,
        engine: Engine | None = None,
        meter: Meter | None = None,
        names: Mapping[str, str] | None = None,
    ) -> ReadSummary:
        """Read articles into the record and link what they tell to what it holds.

        What was kept is compared with the record while the rest is read; events are put together
        when all is compared. What the record has is passed over, and what an earlier run left
        unlinked is linked now.

        ``log`` collects what was skipped; ``seen`` gets each reading once it is kept, ``linked``
        the number of documents after each step of comparing, ``settled``, while events are put
        together, how many reports are in order, and of how many. ``engine`` is one of
        :func:`~sijill.engine.engine.open_engine`, where several processes shall read; ``meter``
        counts the bytes of input that have been read; ``names`` are those that files are called
        by, where they lie under others.

        Raises:
            RecordError: when the record cannot be written.
            EngineError: when a process that reads has failed.
        """
        log = log if log is not None else IssueLog()
        cut_off, total = self._linker.waits(), Linked()
        beside = Beside(self._linker, total, linked)
        reader = Reader(self.store, engine or Engine(Pipeline()), beside.add)
        for reading in reader.read([str(path) for path in paths], log, meter, names):
            seen(reading)
        self._link(beside, total, settled, cut_off)
        return ReadSummary(
            new=reader.new,
            known=reader.known,
            skipped=len(log.skipped()),
            reports=reader.reports,
            linked=total,
            back=reader.back,
            superseded=tuple(reader.superseded),
            by_others=self.store.count_read_by_others(self.store.program),
        )

    def read_again(
        self,
        *paths: str | Path,
        log: IssueLog | None = None,
        seen: Callable[[Reading], None] = lambda _: None,
        linked: Callable[[int], None] = lambda _: None,
        settled: Callable[[int, int], None] = lambda *_: None,
        engine: Engine | None = None,
        waiting: Callable[[int], None] = lambda _: None,
    ) -> AgainSummary:
        """Read the articles again that another version of the program, or other tables, had read.

        The texts are those that the record keeps; with ``paths`` only the articles that came from
        these files and folders. What is found no more is withdrawn, what differs is changed, each
        with its earlier state kept, and the events of both are made anew. Corrections stay.
        ``engine`` and the rest are as for :meth:`read`; ``waiting`` is told how many articles there
        are to read.

        Raises:
            UsageError: nothing in the record came from one of the paths.
            RecordError: when the record cannot be written.
            EngineError: when a process that reads has failed.
        """
        log, total = log if log is not None else IssueLog(), Linked()
        reader = Rereader(self.store, engine or Engine(Pipeline()))
        for reading in reader.read([str(path) for path in paths], log, waiting):
            seen(reading)
        self._link(Beside(self._linker, total, linked), total, settled, everywhere=True)
        return AgainSummary(
            read=reader.count,
            differ=reader.differ,
            skipped=len(log.skipped()),
            linked=total,
            conflicts=len(self.correcting.conflicts()),
        )

    def _link(
        self,
        beside: Beside,
        total: Linked,
        settled: Callable[[int, int], None],
        everywhere: bool,
    ) -> None:
        """Link what waits; ``everywhere`` says that control may have changed at any place."""
        beside.end()
        beside.end(self.store.unlinked())
        self._linker.forget()
        keep = self._keep_everywhere if everywhere else self.holding.keep
        self._assembler.assemble(total, keep, settled, always=everywhere)

    def _keep_everywhere(self, touched: set[str]) -> None:
        """Work out who held any place that anybody ever told of.

        After a run that was cut off, which may have left any place undone, and after reading again:
        what told of a place may tell of another one now.
        """
        places = self.store.named_places()
        self.holding.keep(places | touched | set(self.store.controlled_places()))

    # ------------------------------------------------------------------- asking

    def events(self, **asked: Any) -> Events:
        """Events by place (with its parts), period, type, actor, status, standing, dead, words.

        Takes ``place``, ``after``, ``before``, ``type``, ``actor``, ``status``, ``standing``,
        ``killed_min``, ``text``, ``known_on``, ``located``, ``order``, ``limit`` and ``offset``.

        Raises:
            UsageError: for a filter that cannot be understood; says what can.
        """
        return Events(self.store.events(event_filter(asked, lambda: self.places)))

    def count(self, **asked: Any) -> int:
        """How many events :meth:`events` would give, limit and offset aside."""
        return self.store.count(event_filter(asked, lambda: self.places))

    def event(self, ident: str) -> Found:
        """The event at an address, and what replaced it if it was replaced.

        Raises:
            UsageError: no event ever had the address.
        """
        found = self.store.event(ident)
        if found is None:
            raise UsageError(f"no event {ident!r} in {self.store.name}; list them: sijill events")
        return found

    def testimonies(self, event: Event | str) -> list[Testimony]:
        """The testimonies that an event was assembled from."""
        return self.store.testimonies_of(event)

    def document(self, ident: str) -> Document:
        """A document as it was read.

        Raises:
            UsageError: the record has no such document.
        """
        found = self.store.document(ident)
        if found is None:
            raise UsageError(f"no document {ident!r} in {self.store.name}")
        return found

    def figures(
        self, kind: str = "", place: str = "", type: str = "estimate"
    ) -> Iterator[SaidFigure]:
        """Estimates of the war by the day they were given on, each with who gave it.

        ``type`` asks for the figures of other reports, such as ``killing,airstrike``; an empty one
        for those of all. Figures of one event as several reports give them all come.

        Raises:
            UsageError: for an unknown kind, place or type; says which there are.
        """
        where = figure_filter(kind, place, type, lambda: self.places)
        return self.store.figures(where=where)

    def held(self, place: str, on: str, known_on: str | None = None) -> ControlSpan:
        """Who held a place on a day; with ``known_on`` as far as it had been said by then."""
        return self.holding.on(self.places.one(place), on, known_on)

    def control(self, place: str, known_on: str | None = None) -> tuple[ControlSpan, ...]:
        """The whole series of who held a place."""
        return self.holding.spans(self.places.one(place), known_on)

    def coverage(self) -> list[Coverage]:
        """How many documents of each outlet were written in each week."""
        return self.store.coverage()

    def verify(self) -> Iterator[RecordFault]:
        """Everything that is wrong in the record: hashes, evidence, ids, references."""
        return verify(self.store)

    def why(self, ident: str) -> list[tuple[Reading, list[Report]]]:
        """For an event, a report or a document: its articles read again, with what is meant there.

        The text is the one that the record keeps; the rules are those of this program. A report
        that this program no longer finds is missing from the list of its article.

        Raises:
            UsageError: the record has nothing of that id.
        """
        return explain(self.store, ident)

    # -------------------------------------------------------------- correcting

    @cached_property
    def correcting(self) -> Correcting:
        """Corrections: set, merge, split, undo, export, apply."""
        return Correcting(self.store, self._assembler, self._rows)

    @cached_property
    def review(self) -> Review:
        """What waits for a decision by a person, the most useful first."""
        return Review(self.store)

    # --------------------------------------------------------------- exporting

    def export(
        self, path: str | Path, form: str, request: Request | None = None, **asked: Any
    ) -> Meta:
        """Write events to a file; ``asked`` as for :meth:`events`, ``form`` as the CLI names it.

        ``label-studio`` writes the documents behind the events as tasks for people to correct.

        Raises:
            UsageError: an unknown format or filter, or a library that is not installed.
            ExportError: the disk is full or the record ends too soon; ``<path>.part`` stays.
        """
        found = self.store.events(event_filter(asked, lambda: self.places))
        request = request or Request()
        if not request.filter:
            request = msgspec.structs.replace(request, filter=in_words(asked))
        if form == TASKS:
            return write_tasks(self._pages(found), Path(path), request)
        return export(self._bundles(found), Path(path), form, request)

    def bundles(self, **asked: Any) -> Iterator[Bundle]:
        """Events with their testimonies; ``asked`` as for :meth:`events`."""
        return self._bundles(self.store.events(event_filter(asked, lambda: self.places)))

    def _bundles(self, events: Iterable[Event]) -> Iterator[Bundle]:
        """Events with their testimonies, which are asked for several events at a time."""
        rest = iter(events)
        while some := list(islice(rest, _AT_ONCE)):
            members = [ident for event in some for ident in event.members]
            told = {one.id: one for one in self.store.testimonies(members)}
            for event in some:
                yield Bundle(event, tuple(told[one] for one in event.members if one in told))

    def _pages(self, events: Iterable[Event]) -> Iterator[Page]:
        """Every document behind ``events``, with all that is told in it."""
        wanted = {one.document for event in events for one in self.testimonies(event)}
        for document in self.store.documents(sorted(wanted)):
            where = TestimonyFilter(documents=frozenset({document.id}))
            told = tuple(self.store.testimonies(where=where))
            yield Page(document.id, document.name, document.text, told)

    def cite(self, ident: str, form: str = "bibtex", accessed: str = "") -> str:
        """A citation of an event: ``bibtex``, ``csl`` or ``ris``."""
        event = self.event(ident).event
        told: Sequence[Testimony] = self.testimonies(event)
        return cite(event, form, testimonies=told, record=self.store.name, accessed=accessed)

    # ------------------------------------------------------------------- parts

    @cached_property
    def places(self) -> AskedPlaces:
        """Finds the places that are asked for."""
        return AskedPlaces(load_knowledge())

    @cached_property
    def holding(self) -> Holding:
        """Works out who held what."""
        return Holding(self.store, self._rows)

    @cached_property
    def _linker(self) -> Linker:
        return Linker(self.store, self._rows)

    @cached_property
    def _assembler(self) -> Assembler:
        return Assembler(self.store, self._rows)

    @property
    def _rows(self) -> dict[str, PlaceRow]:
        return load_knowledge().lexicon.places


def open(target: str | Path, *, create: bool = True, read_only: bool = False) -> Record:
    """Open a record; see :meth:`Record.open`."""
    return Record.open(target, create=create, read_only=read_only)
