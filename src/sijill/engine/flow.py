"""Units through Daft: functions in processes of this machine, or on the machines of a cluster.

Imported only where an engine is used. What is scheduled where, and what is done again when a
machine is lost, is Daft's and Ray's to say.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from itertools import chain, count, islice
from queue import SimpleQueue
from typing import Any

import daft
from daft.io.source import DataSource, DataSourceTask

from sijill.engine.units import Done, Unit, pack, unpack_done, work_packed
from sijill.errors import EngineError, UsageError

_UNIT, _DONE = "unit", "done"
#: Bytes of the number of a unit, before it and before what came of it.
_NUMBER = 8
_SCHEMA = daft.Schema.from_pydict({_UNIT: daft.DataType.binary()})
#: Units on their way at a time, for each process: one in work, the others waiting or done. The
#: first process compares what came back for two seconds at a time, and hands out none meanwhile.
_AHEAD = 10
#: Units that are given to a cluster at a time, for each process, and their most bytes: its
#: processes start anew for each such lot, and it lies in memory here.
_LOT, _LOT_BYTES = 200, 256 << 20
#: Seconds after which a busy thread of this process lets another one have its turn. Handing out a
#: unit takes some ten turns: with Python's 0.005 s each, processes wait for their next unit.
_TURN = 0.0005
#: The most seconds that the thread which reads the queue may take to end.
_ENDING = 1.0
#: Parts of a lot, for each process: enough that none waits long for the others.
_PARTS = 8


class _Worker:
    """Does units in a process of its own."""

    def __init__(self, alone: bool) -> None:
        """``alone`` is whether the process does nothing else, and may end without tidying up."""
        if alone:  # else it frees all it knows, word by word, while others wait for its end
            atexit.register(os._exit, 0)

    @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)
    def work(self, units: Any) -> list[bytes]:
        """What comes of some packed units, packed, each with its number before it."""
        return [one[:_NUMBER] + work_packed(one[_NUMBER:]) for one in units.to_pylist()]


class _Queue(DataSource):
    """Units as they are put into a queue, until there are none."""

    def __init__(self, queue: SimpleQueue[bytes | None]) -> None:
        self._queue = queue

    @property
    def name(self) -> str:
        """What Daft calls it."""
        return "units"

    @property
    def schema(self) -> Any:
        """One column of packed units."""
        return _SCHEMA

    async def get_tasks(self, pushdowns: Any) -> AsyncIterator[DataSourceTask]:
        """One task: units keep their order."""
        yield _Task(self._queue)


class _Task(DataSourceTask):
    """Takes units out of the queue."""

    def __init__(self, queue: SimpleQueue[bytes | None]) -> None:
        self._queue = queue

    @property
    def schema(self) -> Any:
        """One column of packed units."""
        return _SCHEMA

    async def read(self) -> AsyncIterator[Any]:
        """Each unit as it comes."""
        loop = asyncio.get_running_loop()
        _end_with_us(loop, threading.get_ident())
        while (unit := await loop.run_in_executor(None, self._queue.get)) is not None:
            yield daft.recordbatch.RecordBatch.from_pydict({_UNIT: [unit]})


@cache
def _end_with_us(loop: asyncio.AbstractEventLoop, thread: int) -> None:
    """See to it that the thread which reads the queue ends before the interpreter does.

    Daft keeps it for the next source; woken while the interpreter ends, it aborts the process.
    """
    atexit.register(_end, loop, thread)


def _end(loop: asyncio.AbstractEventLoop, thread: int) -> None:
    loop.call_soon_threadsafe(loop.stop)
    last = time.monotonic() + _ENDING
    while thread in sys._current_frames() and time.monotonic() < last:
        time.sleep(_TURN)


class Processes:
    """Does units in processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        _choose("native", daft.set_runner_native)

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        """What comes of each unit, in order; a few are on their way at a time.

        Raises:
            EngineError: when a process failed.
        """
        queue: SimpleQueue[bytes | None] = SimpleQueue()
        results = _results(_Queue(queue).read(), self._jobs, use_process=True)
        done, numbers = _in_order(results), count()
        out, waiting, turn = 0, True, sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            while True:
                while waiting and out < _AHEAD * self._jobs:
                    unit = next(units, None)
                    waiting = unit is not None
                    # Daft holds the last one back until it knows that no other follows.
                    queue.put(None if unit is None else _numbered(next(numbers), unit))
                    out += waiting
                if not out:
                    break
                yield next(done)
                out -= 1
        finally:
            sys.setswitchinterval(turn)
            queue.put(None)
        deque(results, maxlen=0)  # its processes end here and not when they are collected


class Cluster:
    """Does units on the machines of a Ray cluster, one lot after the other."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        _choose("ray", daft.set_runner_ray)

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        """What comes of each unit, in order.

        Raises:
            EngineError: when a lot failed although its units were tried again.
        """
        while lot := self._lot(units):
            parts = min(len(lot), _PARTS * self._jobs)
            frame = daft.from_pydict({_UNIT: lot}).into_partitions(parts)
            yield from _in_order(_results(frame, self._jobs, use_process=False))

    def _lot(self, units: Iterator[Unit]) -> list[bytes]:
        lot, size = list[bytes](), 0
        for number, unit in enumerate(islice(units, _LOT * self._jobs)):
            lot.append(_numbered(number, unit))
            size += len(lot[-1])
            if size >= _LOT_BYTES:
                break
        return lot


def _choose(name: str, choose: Callable[[], object]) -> None:
    """Daft can be told once in a process where it runs."""
    try:
        choose()
    except Exception as error:
        if daft.get_or_infer_runner_type() != name:
            message = "this process reads with another engine already; start a new one"
            raise UsageError(message) from error


def _numbered(number: int, unit: Unit) -> bytes:
    return number.to_bytes(_NUMBER, "big") + pack(unit)


def _in_order(results: Iterator[bytes]) -> Iterator[Done]:
    """What came of each unit, by its number: those that come early wait."""
    early: dict[int, bytes] = {}
    for turn in count():
        while turn not in early:
            one = next(results, None)
            if one is None:
                return
            early[int.from_bytes(one[:_NUMBER], "big")] = one[_NUMBER:]
        yield unpack_done(early.pop(turn))


def _results(frame: Any, jobs: int, use_process: bool) -> Iterator[bytes]:
    """The one column that comes of a frame of units, as each is done.

    Daft would keep their order by giving each process every so-many-th unit, and one that is quick
    would wait for the others.
    """
    worker = daft.cls(_Worker, use_process=use_process, max_concurrency=jobs)(use_process)
    done = frame.select(worker.work(daft.col(_UNIT)).alias(_DONE))
    try:
        with daft.execution_config_ctx(maintain_order=False):  # it is asked when the first is due
            batches = done.to_arrow_iter(results_buffer_size=None)
            first = next(batches, None)
        for batch in chain(() if first is None else (first,), batches):
            yield from batch.column(0).to_pylist()
    except Exception as error:
        raise EngineError(error) from error
