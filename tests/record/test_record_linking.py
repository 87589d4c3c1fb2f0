"""Linking: the order of reading changes nothing, copies are one witness, addresses stay."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from made_articles import ARTICLES, SAMPLE, STRIKE_THREE, made, strike, write

from sijill.record import assembling, linking
from sijill.record.record import Record


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_reading_changes_no_event(
    order: tuple[int, ...], made_file: Path, tmp_path: Path
) -> None:
    names = list(ARTICLES)
    parts = [names[:1], names[1:3], names[3:]]
    with Record.open(tmp_path / "record.db") as record:
        for number in order:
            some = {name: ARTICLES[name] for name in parts[number]}
            record.read(write(tmp_path / f"{number}.jsonl", some))
        with Record.open(made_file, read_only=True) as whole:
            assert made(record) == made(whole)
        assert list(record.verify()) == []


def test_the_stories_one_by_one_make_the_same_events(sample_file: Path, tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    random.Random(7).shuffle(lines)
    with Record.open(tmp_path / "record.db") as record:
        for number in range(0, len(lines), 8):
            path = tmp_path / f"{number}.jsonl"
            path.write_text("\n".join(lines[number : number + 8]), encoding="utf-8")
            record.read(path)
        with Record.open(sample_file, read_only=True) as whole:
            assert made(record) == made(whole)


def test_steps_of_linking_change_no_event(
    made_file: Path, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "_COMPARED", 2)
    monkeypatch.setattr(assembling, "_AT_ONCE", 2)
    steps: list[int] = []
    with Record.open(tmp_path / "record.db") as record:
        record.read(articles, linked=steps.append)
        with Record.open(made_file, read_only=True) as whole:
            assert (steps, made(record)) == ([2, 2, 1], made(whole))


def test_a_copy_is_one_witness(record: Record, tmp_path: Path) -> None:
    _, day, text = ARTICLES["strike-one"]
    before = record.event(strike(record)).event
    copy = {"copy": ("five.example", day, text)}
    done = record.read(write(tmp_path / "copy.jsonl", copy))
    event = record.event(before.id).event
    assert done.linked.copies == 1
    assert (event.outlets, event.witnesses) == (before.outlets + 1, before.witnesses)
    (family,) = {one.family for one in record.testimonies(event) if one.doc != "strike-two"}
    (link,) = record.store.copies()
    assert link.kind == "same" and family in (link.a, link.b)


def test_another_telling_joins_the_event(record: Record, tmp_path: Path) -> None:
    event = record.event(strike(record)).event
    done = record.read(write(tmp_path / "three.jsonl", {"three": STRIKE_THREE}))
    assert (done.linked.added, done.linked.changed, done.linked.withdrawn) == (0, 1, 0)
    now = record.event(event.id).event
    assert set(now.members) > set(event.members) and now.witnesses == 3
    first, second = record.store.history(event.id)
    assert (first.value, second.value) == (event, now)


def test_an_earlier_telling_replaces_the_event_and_the_address_stays(
    record: Record, tmp_path: Path
) -> None:
    old = strike(record)
    _, _, text = STRIKE_THREE
    done = record.read(
        write(tmp_path / "early.jsonl", {"early": ("four.example", "2017-03-08", text)})
    )
    assert (done.linked.added, done.linked.withdrawn) == (1, 1)
    found = record.event(old)
    assert found.path == (old, strike(record)) and not found.withdrawn
    assert len(found.event.members) == 3


def test_tellings_that_contradict_each_other_are_disputed(record: Record) -> None:
    (dispute,) = record.event(strike(record)).event.disputes
    assert dispute.field == "how_many"
    assert {position.outlets for position in dispute.positions} == {
        ("one.example",),
        ("two.example",),
    }
    assert "17" in dispute.english and "23" in dispute.arabic
