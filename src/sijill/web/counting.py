"""Counts the words for each side in the background: reading all articles takes minutes."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice
from threading import Event, Lock, Thread

import msgspec

from sijill.errors import SijillError
from sijill.record.record import Record
from sijill.record.wording import Used, Wording
from sijill.web.kept import Kept

#: Articles between two looks at whether to stop, and the rest (in seconds) that pages are given
#: after each: measured with 20,000 articles, a page then takes no more than half as long again.
_AT_ONCE = 50
_REST = 0.005


class Progress(msgspec.Struct, frozen=True):
    """How many articles were counted, of how many, and whether that is all."""

    counted: int
    of: int
    done: bool


class Counting:
    """The words for each side of one record; what was counted once is not counted again."""

    def __init__(self, reader: Record) -> None:
        self._reader, self._kept = reader, Kept(reader.store)
        self._wording: Wording | None = None
        self._counted: set[str] = set()
        self._lock, self._stop = Lock(), Event()
        self._thread: Thread | None = None

    def progress(self) -> Progress:
        """How far it is; new articles set it going, the first call too."""
        waiting = self._kept.get(("telling",), self._reader.store.telling_documents)
        # Ids are hashes: in their order, what is counted so far is a sample of the whole.
        fresh = sorted(ident for ident in waiting if ident not in self._counted)
        with self._lock:
            idle = self._thread is None or not self._thread.is_alive()
            if fresh and idle and not self._stop.is_set():
                self._thread = Thread(target=self._count, args=(fresh,), daemon=True)
                self._thread.start()
        return Progress(len(waiting) - len(fresh), len(waiting), not fresh)

    def wait(self, seconds: float) -> bool:
        """Wait until the counting that goes on has ended; tells whether it has."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def stop(self) -> None:
        """Count no further."""
        self._stop.set()
        self.wait(5)

    def words(self, actor: str) -> list[tuple[str, list[tuple[str, int, list[Used]]]]]:
        """By outlet, the words for an actor with how often and where they stand.

        The outlets with the most words and the words that come most often are first.
        """
        with self._lock:
            wording = self._wording
            if wording is None:
                return []
            found = {
                outlet: [
                    (words, times, list(wording.examples[outlet, actor, words]))
                    for words, times in counts.most_common()
                ]
                for (outlet, named), counts in wording.counts.items()
                if named == actor
            }
        return sorted(found.items(), key=lambda one: (-sum(n for _, n, _ in one[1]), one[0]))

    def actors(self) -> list[tuple[str, int]]:
        """The actors that were named, with how often, the most named first."""
        with self._lock:
            counts = self._wording.counts if self._wording else {}
            totals: Counter[str] = Counter()
            for (_, actor), words in counts.items():
                totals[actor] += words.total()
        return totals.most_common()

    def _count(self, fresh: list[str]) -> None:
        """Count documents; an error of the record ends it, and the next call tries again."""
        waiting = iter(fresh)
        try:
            while (some := list(islice(waiting, _AT_ONCE))) and not self._stop.is_set():
                for document in list(self._reader.store.documents(some)):
                    with self._lock:
                        self._wording = self._wording or Wording()
                        self._wording.add(document)
                        self._counted.add(document.id)
                    time.sleep(_REST)
        except SijillError:
            return
