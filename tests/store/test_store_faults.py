"""Faults that a record survives: killed writers, two writers, a full disk, damage."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_making import article, event, told

from sijill.errors import RecordError
from sijill.store.opening import open_store
from sijill.store.record_store import Store
from sijill.store.verify import verify

HERE = Path(__file__).parent


def writer(target: str, first: int, count: int, then: str = "go") -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "store_writer.py"), target, str(first), str(count), then]
    path = os.pathsep.join([str(HERE), str(HERE.parents[1] / "src")])
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )


def put(store: Store, number: int) -> None:
    with store.batch():
        if store.add_document(article(number)).new:
            store.add_testimonies(told(number))
            store.put_events([event(f"e{number}", told(number))])


@pytest.mark.parametrize("finished", [1, 7])
def test_killed_while_writing(target: str, finished: int) -> None:
    process = writer(target, 0, 100_000)
    assert process.stdout
    said = [int(process.stdout.readline()) for _ in range(finished)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    said += map(int, process.stdout.read().split())
    with open_store(target, read_only=True) as reader:
        assert len(list(reader.documents())) >= len(said)
    with open_store(target) as store:
        names = [one.name for one in store.documents()]
        count = len(names)
        assert names[: len(said)] == [f"article-{number}" for number in said]
        assert len(said) <= count <= len(said) + 1  # killed between the writing and the saying
        assert store.count_testimonies() == 2 * count
        assert store.count() == count
        assert list(verify(store)) == []
        for number in range(count + 3):
            put(store, number)
        assert len(list(store.documents())) == store.count() == count + 3
        assert list(verify(store)) == []


def test_killed_inside_an_article(target: str) -> None:
    process = writer(target, 0, 5, "hold")
    assert process.stdout
    assert process.stdout.readline() == "holding\n"
    process.kill()
    process.wait()
    with open_store(target) as store:
        assert list(store.documents()) == []
        put(store, 0)
        assert list(verify(store)) == []


def test_a_second_writer_waits_and_is_told_who_writes(target: str) -> None:
    with open_store(target):
        pass
    process = writer(target, 0, 5, "hold")
    assert process.stdout
    assert process.stdout.readline() == "holding\n"
    try:
        with open_store(target, wait=0.2) as store:
            with pytest.raises(RecordError) as raised:
                put(store, 1)
            assert raised.value.code == "busy"
            assert f"process {process.pid}" in str(raised.value)
            assert list(store.documents()) == []  # readers see what was finished, and do not wait
    finally:
        process.kill()
        process.wait()


def test_a_second_writer_gets_its_turn(target: str) -> None:
    with open_store(target) as first, open_store(target, wait=30) as second:
        with first.batch():
            put(first, 0)
            waiting = threading.Thread(target=put, args=(second, 1))
            waiting.start()
            waiting.join(0.3)
            assert waiting.is_alive()
        waiting.join(30)
        assert [one.name for one in first.documents()] == ["article-0", "article-1"]


def test_two_programs_write_the_same_articles(target: str) -> None:
    with open_store(target):
        pass
    both = [writer(target, 0, 30), writer(target, 0, 30)]
    assert [process.wait(60) for process in both] == [0, 0]
    for process in both:
        assert process.stdout
        process.stdout.close()
    with open_store(target) as store:
        assert sorted(one.name for one in store.documents()) == sorted(
            f"article-{number}" for number in range(30)
        )
        assert store.count() == 30
        assert list(verify(store)) == []


def test_a_reader_sees_one_state_while_a_writer_writes(target: str) -> None:
    with open_store(target) as store, open_store(target, read_only=True) as reader:
        for number in range(3):
            put(store, number)
        reading = reader.documents()
        first = next(reading)
        put(store, 3)
        store.set_families({first.id: "family"})
        assert len([first, *reading]) == 3
        assert len(list(reader.documents())) == 4


def test_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "record.db"

    def small(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 150")

    finished = []
    with open_store(path) as store:
        sa.event.listen(store.engine, "checkout", small)
        with pytest.raises(RecordError) as raised:
            for number in range(1_000):
                put(store, number)
                finished.append(f"article-{number}")
        assert raised.value.code == "full"
        assert "Make room" in raised.value.message
        assert len(finished) > 5
    with open_store(path) as store:
        assert [one.name for one in store.documents()] == finished
        assert list(verify(store)) == []
        put(store, len(finished))
        assert store.count() == len(finished) + 1


def test_damage_in_the_middle_is_said(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_store(path) as store, store.batch():
        for number in range(200):
            put(store, number)
    content = bytearray(path.read_bytes())
    half = len(content) // 2 // 4096 * 4096
    content[half : half + 8 * 4096] = b"\xa5" * (8 * 4096)
    path.write_bytes(content)
    with open_store(path) as store:
        assert any(fault.table == "file" for fault in verify(store))
    assert path.read_bytes()[half : half + 4096] == b"\xa5" * 4096
