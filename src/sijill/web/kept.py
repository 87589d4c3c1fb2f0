"""What was worked out from a record and stays true until somebody writes to it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar, cast

from sijill.store.record_store import Store

Value = TypeVar("Value")
#: So many answers are held; the one that was not asked for the longest goes first.
_MOST = 64


class Kept:
    """Answers that take long, each by its name, for one state of the record."""

    def __init__(self, store: Store, most: int = _MOST) -> None:
        self._store, self._most = store, most
        self._marks: tuple[Any, ...] = ()
        self._held: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._gates: dict[tuple[Any, ...], Lock] = {}
        self._lock = Lock()

    def get(self, name: tuple[Any, ...], make: Callable[[], Value]) -> Value:
        """The answer called ``name``, made by ``make`` where the record is another since.

        Who asks for what is just being made waits for it.
        """
        marks = self._store.marks()
        with self._lock:
            if marks != self._marks:
                self._held.clear()
                self._marks = marks
            if name in self._held:
                self._held.move_to_end(name)
                return cast(Value, self._held[name])
            gate = self._gates.setdefault(name, Lock())
        with gate:
            return self._make(marks, name, make)

    def _make(
        self, marks: tuple[Any, ...], name: tuple[Any, ...], make: Callable[[], Value]
    ) -> Value:
        with self._lock:
            if marks == self._marks and name in self._held:
                return cast(Value, self._held[name])
        try:
            made = make()
        finally:
            with self._lock:
                self._gates.pop(name, None)
        with self._lock:
            if marks == self._marks:
                self._held[name] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return made
