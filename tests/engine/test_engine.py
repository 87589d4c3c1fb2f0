"""Several processes, a cluster, processes that die: the record is that of one process."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import STORIES, export, write_lines

from sijill.engine import cutting, engine
from sijill.engine.engine import Engine, open_engine
from sijill.engine.units import Done, Unit, pack, unpack_done, work, work_packed
from sijill.errors import EngineError, UsageError
from sijill.ingest.meter import Meter
from sijill.issues import Issue, IssueLog
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.record.record import Record

needs_daft = pytest.mark.skipif(find_spec("daft") is None, reason="the extra engine is missing")
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra ray is missing")
needs_proc = pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc to look into")


#: So often are the stories read by a cluster.
TIMES = 30
MAIN = "import sys; from sijill.cli import main"


class LateRunner:
    """Takes many units before it gives what came of the first, as engines do."""

    def run(self, units: Iterator[Unit]) -> Iterator[Done]:
        taken: list[bytes] = []
        for unit in units:
            taken.append(work_packed(pack(unit)))
            if len(taken) > 5:
                yield unpack_done(taken.pop(0))
        yield from map(unpack_done, taken)


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    """What a process that reads keeps to itself is told again after the test."""
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few articles there are, an engine reads them."""
    monkeypatch.setattr(engine, "_FEW", 1)


def late() -> Engine:
    return Engine(Pipeline(), LateRunner)


def processes(words: str) -> set[int]:
    """The processes that have some words in their command line."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if words in path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"):
                found.add(int(path.parent.name))
        except OSError:
            continue
    return found - {os.getpid()}


def children(words: str) -> set[int]:
    return {pid for pid in processes(words) if _parent(pid) == os.getpid()}


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])


def test_what_is_out_changes_nothing(
    always: None, inputs: list[str], alone: tuple[Path, bytes], tmp_path: Path
) -> None:
    log, plain = IssueLog(), IssueLog()
    with Record.open(tmp_path / "late.db") as record:
        done = record.read(*inputs, log=log, engine=late())
        again = record.read(*inputs, engine=late())
    with Record.open(tmp_path / "plain.db") as record:
        assert record.read(*inputs, log=plain) == done
    assert (again.new, again.known, again.reports) == (0, done.new, 0)
    assert export(tmp_path / "late.db", tmp_path) == alone[1]
    assert sorted(map(str, log)) == sorted(map(str, plain))
    assert {one.code for one in log.skipped()} >= {"json", "no-text"}


@pytest.mark.parametrize("how", ["late", pytest.param("local", marks=needs_daft)])
def test_a_record_is_read_again_by_several_as_by_one(
    always: None, how: str, inputs: list[str], alone: tuple[Path, bytes], tmp_path: Path
) -> None:
    path = Path(shutil.copy(alone[0], tmp_path / "again.db"))
    with closing(sqlite3.connect(path)) as connection, connection:
        old = "UPDATE testimonies SET body = replace(body, '\"occurred\"', '\"planned\"')"
        connection.execute("UPDATE documents SET program = '0.0.1'")
        changed = connection.execute(f"{old} WHERE n % 3 = 0 AND status = 'occurred'").rowcount
    with Record.open(path) as record:
        spread = late() if how == "late" else open_engine(Pipeline(), 2)
        seen: list[str] = []
        done = record.read_again(engine=spread, seen=lambda one: seen.append(one.doc))
        assert changed and 0 < done.differ <= changed and done.read == len(seen)
        assert seen == [one.name for one in record.store.documents()]
    assert export(path, tmp_path) == alone[1]


def test_a_text_that_stands_again_waits_for_the_end_however_far_the_record_is(
    always: None, tmp_path: Path
) -> None:
    texts = [STORIES[0]["text"], STORIES[1]["text"], STORIES[0]["text"]]
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.jsonl"
        row = {"doc": "one", "url": "https://example.org/one", "text": text}
        path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
        paths.append(str(path))
    for name, how in (("late", late()), ("plain", Engine(Pipeline()))):
        with Record.open(tmp_path / f"{name}.db") as record:
            done = record.read(*paths, engine=how)
            assert (done.new, done.back) == (2, 1), name
            (newest,) = [one for one in record.store.documents() if not one.superseded_by]
            assert newest.text == texts[2]


def test_articles_are_asked_about_in_their_order(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_FEW", 1)
    asked: list[list[str]] = []
    for start in (LateRunner, None):
        names: list[str] = []

        def chosen(articles: list[Article], names: list[str] = names) -> list[Article | None]:
            names += [one.doc for one in articles]
            return [one if len(one.doc) % 2 else None for one in articles]

        read = [one.doc for one, *_ in Engine(Pipeline(), start).read(inputs, IssueLog(), chosen)]
        assert read == [one for one in names if len(one) % 2]
        asked.append(names)
    assert asked[0] == asked[1] and len(asked[0]) > 100


def test_an_article_that_breaks_the_reader_costs_itself(always: None) -> None:
    class Broken:
        def extract(self, article: Article, *_: object) -> tuple[()]:
            raise ValueError(article.doc)

    done = work(Unit((Article("a", STORIES[0]["text"]),)), Pipeline(Broken()))  # type: ignore[arg-type]
    ((article, issue, _),) = unpack_done(pack(done)).read
    assert article.doc == "a" and not isinstance(issue, Reading) and "ValueError" in issue.message


def test_broken_letters_come_through() -> None:
    article = Article("a\udc80", STORIES[0]["text"], extra={"pair": (1, 2.5, None)})
    ((there, reading, _),) = unpack_done(work_packed(pack(Unit((article,))))).read
    assert there == article and isinstance(reading, Reading) and reading.doc == article.doc


def test_bytes_are_counted_as_they_are_read(inputs: list[str]) -> None:
    meter = Meter()
    everything = Engine(Pipeline()).read(inputs, IssueLog(), lambda some: some, meter)
    counts = [meter.done for _ in everything]
    files = [path for one in inputs for path in (Path(one), *Path(one).glob("*"))]
    assert counts == sorted(counts)
    assert counts[-1] == sum(one.stat().st_size for one in files if one.is_file())


def test_few_articles_start_no_engine(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "few.jsonl", 1)

    def never() -> LateRunner:
        raise AssertionError("an engine was started")

    read = list(Engine(Pipeline(), never).read([str(lines)], IssueLog(), lambda some: some))
    assert len(read) == len(STORIES)
    code = f"{MAIN}\ntry: main()\nfinally: print('daft' in sys.modules)"
    arguments = ["read", str(lines), "--record", str(tmp_path / "few.db"), "--jobs", "2"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    needs = find_spec("daft") is not None
    assert done.stdout.splitlines()[-1] == "False" and (done.returncode == 0) == needs


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"name": "spark"}, "there are: local, ray"),
        ({"jobs": 0}, "at least one"),
        ({"address": "there:6379"}, "add --engine ray"),
    ],
)
def test_wrong_use_says_what_can_be_done(how: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        open_engine(Pipeline(), **how)  # type: ignore[arg-type]


def test_an_engine_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.engine.starting.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'sijill\[engine\]'"):
        open_engine(Pipeline(), jobs=2)
    with pytest.raises(UsageError, match=r"pip install 'sijill\[ray\]'"):
        open_engine(Pipeline(), name="ray")


@needs_daft
def test_the_last_unit_comes_back_too(tmp_path: Path) -> None:
    """Daft holds one back until it knows that it is the last: nobody may wait for it before."""
    lines = write_lines(tmp_path / "lines.jsonl", 11)
    command = [sys.executable, "-c", f"{MAIN}\nmain()", "read", str(lines), "--jobs", "2"]
    where = ["--record", str(tmp_path / "last.db")]
    done = subprocess.run([*command, *where], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.startswith("440 articles read"), done.stderr


@needs_daft
def test_no_thread_of_the_engine_is_left_when_the_interpreter_ends(tmp_path: Path) -> None:
    """One that is woken meanwhile aborts the process."""
    lines = write_lines(tmp_path / "lines.jsonl", 11)
    tell = "atexit.register(lambda: print(len(sys._current_frames()), 'thread left'))"
    code = f"import atexit, sys\n{tell}\n{MAIN}"
    where = ["read", str(lines), "--jobs", "2", "--record", str(tmp_path / "left.db")]
    command = [sys.executable, "-c", f"{code}\nmain()", *where]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.endswith("\n1 thread left\n"), done.stdout


@needs_daft
@needs_proc
def test_two_processes_and_one_that_dies(
    always: None,
    inputs: list[str],
    alone: tuple[Path, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The run ends with what to do, and another one goes on where it stopped."""
    monkeypatch.setattr(cutting, "ARTICLES", 10)
    killed: set[int] = set()

    def kill(_: Reading) -> None:
        if not killed:
            killed.update(children("daft.execution.udf_worker"))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    with Record.open(tmp_path / "two.db") as record:
        with pytest.raises(EngineError, match="start the same again"):
            record.read(*inputs, engine=open_engine(Pipeline(), jobs=2), seen=kill)
        kept = sum(1 for _ in record.store.documents())
        assert len(killed) == 2 and kept > 0
        done = record.read(*inputs, engine=open_engine(Pipeline(), jobs=2))
        assert done.known >= kept and done.new > 0
    assert export(tmp_path / "two.db", tmp_path) == alone[1]


@needs_daft
@needs_ray
@needs_proc
def test_a_cluster_that_loses_a_worker_gives_the_same_record(tmp_path: Path) -> None:
    """A real cluster of two workers on this machine, one of which is killed half-way."""
    lines, target = write_lines(tmp_path / "many.jsonl", TIMES), tmp_path / "ray.db"
    with Record.open(tmp_path / "one.db") as record:
        record.read(lines)
    arguments = ["read", str(lines), "--record", str(target), "--engine", "ray", "--jobs", "2"]
    command = [sys.executable, "-c", f"{MAIN}\nmain()", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        while run.poll() is None and not documents(target):
            time.sleep(0.05)
        first = workers(run.pid)
        os.kill(min(first), signal.SIGKILL)
        kept, later = documents(target), set[int]()
        while run.poll() is None:
            later |= workers(run.pid) - first
            time.sleep(0.2)
        said = run.communicate()[0].decode()
    assert run.returncode == 0, said
    assert len(first) == 2 and 0 < kept < TIMES * len(STORIES)
    assert later, "no worker took the place of the one that was killed"
    assert export(target, tmp_path) == export(tmp_path / "one.db", tmp_path)


def documents(record: Path) -> int:
    """How many documents a record that another process writes has by now."""
    try:
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
            return int(connection.execute("select count(*) from documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def workers(run: int) -> set[int]:
    """The workers of the cluster that a process has started: grandchildren of it."""
    return {pid for pid in processes("ray::UDFActor") if _parent(_parent(pid)) == run}


def test_units_are_small(inputs: list[str]) -> None:
    cutter = cutting.Cutter(IssueLog(), lambda some: some, Meter(), apart=True)
    units = list(cutter.units(inputs))
    assert all(len(one.articles) <= cutting.ARTICLES for one in units)
    assert ("news.warc.gz",) in [tuple(Path(s).name for s in one.sources) for one in units]


def test_what_comes_early_waits_for_its_turn() -> None:
    flow = pytest.importorskip("sijill.engine.flow")
    dones = [Done((), (Issue("note", "x", f"{n}"),)) for n in range(4)]
    packed = [n.to_bytes(8, "big") + pack(done) for n, done in enumerate(dones)]
    assert list(flow._in_order(iter([packed[n] for n in (2, 0, 3, 1)]))) == dones
