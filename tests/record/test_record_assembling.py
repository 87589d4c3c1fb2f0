"""Putting into events: a few groups in memory at a time, and nobody is lost who was in one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pytest
from made_articles import SAMPLE, STRIKE_THREE, made, strike, write

from sijill.record import assembling, holding
from sijill.record.record import Record
from sijill.store.events import Events
from sijill.store.schema import pairs


def series(record: Record) -> dict[str, object]:
    return {one: record.store.control(one) for one in record.store.controlled_places()}


def test_how_much_is_in_memory_changes_nothing(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    put = Events.put_events

    def counted(self: Events, given: Sequence[Any] = (), *more: Any, **named: Any) -> object:
        sizes.append(len(given))
        return put(self, given, *more, **named)

    monkeypatch.setattr(Events, "put_events", counted)
    monkeypatch.setattr(assembling, "_IN_MEMORY", 3)
    monkeypatch.setattr(holding, "_AT_ONCE", 2)
    with Record.open(tmp_path / "record.db") as record:
        record.read(SAMPLE)
        assert max(sizes) == 3
        with Record.open(sample_file, read_only=True) as whole:
            assert made(record) == made(whole) and series(record) == series(whole)
        assert list(record.verify()) == []


def test_whoever_shared_an_event_with_what_lost_its_pairs_keeps_one(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "_AT_ONCE", 1)
    record.read(write(tmp_path / "three.jsonl", {"three": STRIKE_THREE}))
    first, second, third = record.event(strike(record)).event.members
    with record.store.batch():
        _cut(record, [first])
        record.store.await_events([first])
    record.read()
    of = record.store.events_of([first, second, third])
    assert len(of) == 3 and of[second] == of[third] != of[first]


def _cut(record: Record, ids: Collection[str]) -> None:
    """Take the pairs of testimonies away, as a change of what they tell does."""
    numbers = record.store.testimony_numbers(ids)
    with record.store._writing() as connection:
        connection.execute(pairs.delete().where(pairs.c.a.in_(numbers) | pairs.c.b.in_(numbers)))


def test_series_of_all_places_on_a_day_are_those_of_each(sample: Record) -> None:
    for day in ("2015-06-01", "2017-06-01", "2018-01-01"):
        found = sample.holding.everywhere(day)
        assert list(found) == sorted(found) and any(found.values())
        for place, its in found.items():
            assert its == sample.control(place, known_on=day)
