"""A program that reads into a record and stops half-way to be killed; run by the tests of faults.

Arguments: target, articles, where to stop (``reading``, ``comparing``, ``linking``, or ``again``
for reading what the record keeps again). It prints the name of each article that it was told of,
and ``holding`` when it stands still in the middle of a transaction.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from sijill.model import Reading
from sijill.record import assembling, linking, reading, rereading
from sijill.record.record import Record
from sijill.store.record_store import Store


def hold() -> None:
    print("holding", flush=True)
    time.sleep(60)


def stop_in(name: str, call: int) -> None:
    """Let a method of the store do its work, and stand still after its ``call``-th time."""
    whole, calls = getattr(Store, name), iter(range(1, 1_000))

    def stopping(self: Store, *given: Any, **more: Any) -> object:
        done = whole(self, *given, **more)
        if next(calls) == call:
            hold()
        return done

    setattr(Store, name, stopping)


def seen(one: Reading) -> None:
    print(one.doc, flush=True)


if __name__ == "__main__":
    target, articles, where = sys.argv[1:]
    reading._AT_ONCE, rereading._AT_ONCE = 5, 5
    linking._COMPARED, assembling._AT_ONCE = 10, 10
    fourth = ("add_testimonies", 4)
    later = {"comparing": ("mark_linked", 3), "linking": ("put_events", 3)}
    stop_in(*later.get(where, fourth))
    with Record.open(target) as record:
        if where == "again":
            record.read_again(seen=seen)
        else:
            record.read(articles, seen=seen)
