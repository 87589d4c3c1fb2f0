"""Documents are compared while others are read; what comes of it is as if all were read first."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from killing import killed
from made_articles import ARTICLES, SAMPLE, made

from sijill.engine.engine import Engine
from sijill.engine.units import Unit, work
from sijill.errors import EngineError
from sijill.issues import IssueLog
from sijill.link.copy_bands import signature
from sijill.link.copy_ready import make_ready
from sijill.link.copy_text import prepare
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.record import assembling, copying, linking, reading
from sijill.record.record import Record
from sijill.store.ids import document_from, plain
from sijill.store.schema import copies, signatures

STORIES = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Sets how many articles are kept, and how many documents compared, in one transaction."""

    def at_once(kept: int, compared: int) -> None:
        monkeypatch.setattr(reading, "_AT_ONCE", kept)
        monkeypatch.setattr(linking, "_COMPARED", compared)
        monkeypatch.setattr(assembling, "_AT_ONCE", compared)

    return at_once


def rows(record: Record, asked: sa.Select[Any]) -> list[tuple[object, ...]]:
    return sorted(map(tuple, record.store.rows(asked)))


def kept(record: Record) -> tuple[object, ...]:
    """All that reading and linking leave in a record, except when."""
    store = record.store
    return (
        made(record),
        rows(record, sa.select(signatures.c.hash, signatures.c.document)),
        rows(record, sa.select(*copies.columns)),
        store.families(),
        control(record),
    )


def control(record: Record) -> list[object]:
    return [(place, record.store.control(place)) for place in record.store.controlled_places()]


def test_documents_are_compared_before_all_are_read(
    small: Callable[[int, int], None], tmp_path: Path
) -> None:
    small(4, 10)
    steps: list[str] = []
    left: list[int] = []
    with Record.open(tmp_path / "record.db") as record:

        def linked(count: int) -> None:
            steps.append(f"linked {count}")
            left.append(len(record.store.unlinked()))

        def settled(done: int, of: int) -> None:
            steps.append("settled" if done < of else "all settled")

        record.read(SAMPLE, seen=lambda _: steps.append("seen"), linked=linked, settled=settled)
        assert record.store.unlinked() == []
    told = [one for one in steps if "settled" not in one]
    assert told[:13] == ["seen"] * 12 + ["linked 10"] and told.count("linked 10") == 4
    assert left == [2, 0, 2, 0], "kept and not compared yet"
    assert told == steps[: len(told)] and steps[-1] == "all settled"


def test_how_many_are_compared_at_once_changes_nothing(
    small: Callable[[int, int], None], sample_file: Path, tmp_path: Path
) -> None:
    small(3, 7)
    with Record.open(tmp_path / "record.db") as record:
        record.read(SAMPLE)
        with Record.open(sample_file, read_only=True) as whole:
            assert kept(record) == kept(whole)


# ------------------------------------------------------------ what comes ready


def test_what_comes_ready_is_what_the_record_would_work_out() -> None:
    texts = [*(story["text"] for story in STORIES), "", "كلمة", "!", plain("\ud83d قال \udc80")]
    every = make_ready([(text, "AFP" if number % 2 else "") for number, text in enumerate(texts)])
    for number, (text, one) in enumerate(zip(texts, every, strict=True)):
        own = prepare("d", text, "AFP" if number % 2 else "")
        assert one.text("d") == own
        assert one.all() == signature(own).all


def test_texts_are_made_ready_where_they_are_read(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is the same, and nothing is worked out of a text twice."""
    monkeypatch.setattr(copying, "prepare", lambda *_: pytest.fail("made ready again"))
    with Record.open(tmp_path / "record.db") as record:
        record.read(SAMPLE)
        with Record.open(sample_file, read_only=True) as whole:
            assert kept(record) == kept(whole)


def test_what_nobody_made_ready_the_record_works_out(
    sample_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_read = Engine.read

    def unready(self: Engine, *given: Any, **how: Any) -> Any:
        return whole_read(self, *given, **how | {"ready": False})

    monkeypatch.setattr(Engine, "read", unready)
    with Record.open(tmp_path / "record.db") as record:
        record.read(SAMPLE)
        with Record.open(sample_file, read_only=True) as whole:
            assert kept(record) == kept(whole)


def test_who_wants_no_record_pays_for_no_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.engine.units.make_ready", lambda _: pytest.fail("made ready"))
    read = list(Engine(Pipeline()).read([str(SAMPLE)], IssueLog(), lambda some: some))
    assert len(read) == len(STORIES) and {ready for *_, ready in read} == {None}


def test_broken_letters_are_made_ready_as_they_are_kept() -> None:
    article = Article("broken\udc80", STORIES[0]["text"] + " \ud83d")
    ((_, reading, ready),) = work(Unit((article,), ready=True), Pipeline()).read
    assert isinstance(reading, Reading) and ready is not None
    kept = document_from(reading)
    assert kept.text.endswith("\\ud83d")
    assert ready.text(kept.id) == prepare(kept.id, kept.text, kept.agency)


# ------------------------------------- texts that change while others are read

STRIKE, TAKEN = ARTICLES["strike-one"][2], ARTICLES["taken"][2]
LATER = (
    " وقال شهود إن القصف استمر ساعات طويلة وأدى إلى دمار واسع في الأحياء القريبة من وسط "
    "المدينة القديمة، فيما نقلت فرق الإسعاف المصابين إلى مستشفيات الريف."
)
#: Each in a file of its own: name, outlet, text. Two texts are copies of others until they change.
CHANGING = (
    ("a", "one.example", STRIKE + LATER),
    ("b", "two.example", STRIKE + LATER + " انتهى."),
    ("c", "three.example", "نقل المراسل: " + STRIKE + LATER),
    ("x", "four.example", STRIKE + LATER),
    ("x", "four.example", TAKEN),
    ("e", "six.example", "قال: " + STRIKE + LATER),
    ("a", "one.example", TAKEN + " وفق بيان لها."),
)


def files(folder: Path, articles: Sequence[tuple[str, str, str]]) -> list[Path]:
    found = []
    for number, (doc, outlet, text) in enumerate(articles):
        row = {"doc": doc, "outlet": outlet, "text": text, "published": "2017-03-09"}
        found.append(folder / f"{number}.jsonl")
        line = json.dumps(row | {"url": f"https://example.org/{doc}"}, ensure_ascii=False)
        found[-1].write_text(line, encoding="utf-8")
    return found


@pytest.mark.parametrize("back", [(), (CHANGING[0],), (CHANGING[3], CHANGING[4], CHANGING[3])])
@pytest.mark.parametrize("at_once", [(1, 1), (2, 3), (1, 4)])
def test_a_text_that_was_compared_and_is_superseded_leaves_nothing(
    at_once: tuple[int, int],
    back: tuple[tuple[str, str, str], ...],
    small: Callable[[int, int], None],
    tmp_path: Path,
) -> None:
    """Events, families and control are those of the texts that stand in the end."""
    paths = files(tmp_path, (*CHANGING, *back))
    found = []
    for number, how in enumerate([(100, 500), at_once]):
        small(*how)
        with Record.open(tmp_path / f"{number}.db") as record:
            done = record.read(*paths)
            assert done.back == (1 if back else 0) and list(record.verify()) == []
            found.append((made(record), record.store.families(), control(record)))
            assert not record.store.unlinked() and not record.store.awaiting()
    assert found[0] == found[1] and found[0][0]


# ---------------------------------------------------- runs that are cut off


def test_a_run_killed_while_it_compares_loses_and_doubles_nothing(
    sample_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "record.db"
    told = killed(target, "comparing")
    with Record.open(target) as record, Record.open(sample_file, read_only=True) as whole:
        assert [one.name for one in record.store.documents()] == told and len(told) == 30
        assert len(record.store.unlinked()) == 10 and record.store.awaiting()
        assert record.count() == 0 and list(record.verify()) == []
        done = record.read(SAMPLE)
        assert (done.new, done.known) == (10, 30)
        assert kept(record) == kept(whole) and list(record.verify()) == []


def test_what_was_compared_before_reading_fails_stays(
    small: Callable[[int, int], None],
    sample_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small(5, 10)
    counts = iter(range(100))

    def failing(_: object) -> None:
        if next(counts) == 27:
            raise EngineError(RuntimeError("killed here"))

    with Record.open(tmp_path / "record.db") as record:
        with pytest.raises(EngineError):
            record.read(SAMPLE, seen=failing)
        assert len(record.store.unlinked()) == 10 and record.count() == 0
        record.read(SAMPLE)
        with Record.open(sample_file, read_only=True) as whole:
            assert kept(record) == kept(whole)


def test_what_another_run_has_linked_meanwhile_is_passed_over(
    small: Callable[[int, int], None],
    sample_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two runs write in turn; the second ends in the middle of the first."""
    small(4, 500)
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    rest = tmp_path / "rest.jsonl"
    rest.write_text("\n".join(lines[20:]), encoding="utf-8")
    counts, compared = iter(range(100)), list[str]()
    whole_compare = linking.Linker._compare

    def counted(self: linking.Linker, documents: list[str], *more: Any) -> None:
        compared.extend(documents)
        whole_compare(self, documents, *more)

    monkeypatch.setattr(linking.Linker, "_compare", counted)
    with Record.open(tmp_path / "record.db") as record:

        def beside(_: object) -> None:
            if next(counts) == 10:
                with Record.open(tmp_path / "record.db") as other:
                    other.read(rest)

        record.read(SAMPLE, seen=beside)
        assert len(compared) == len(set(compared)) == 40
        with Record.open(sample_file, read_only=True) as whole:
            assert made(record) == made(whole) and control(record) == control(whole)
        assert list(record.verify()) == []
