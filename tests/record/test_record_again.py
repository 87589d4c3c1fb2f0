"""Reading again what another version had read, and bands that another version made."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from made_articles import ARTICLES, SAMPLE, STRIKE_THREE, made, strike, write

from sijill.errors import UsageError
from sijill.issues import IssueLog
from sijill.lexicon.place_rows import added_dir
from sijill.link.copy_bands import BAND_VERSION
from sijill.model import Article, Reading, Report
from sijill.pipeline import Pipeline
from sijill.record import copying
from sijill.record.linking import Linked
from sijill.record.program import reading_program
from sijill.record.record import Record
from sijill.store.schema import documents, signatures

SAYS = {"why": "seen", "by": "Amal"}


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[Report], Report]], None]:
    """Lets a later version of the program find something else in the article of a name."""

    def changing(name: str, how: Callable[[Report], Report]) -> None:
        whole = Pipeline.read

        def read(self: Pipeline, article: Article) -> Reading:
            found = whole(self, article)
            if article.doc != name:
                return found
            return msgspec.structs.replace(found, reports=tuple(map(how, found.reports)))

        monkeypatch.setattr(Pipeline, "read", read)

    return changing


@pytest.fixture
def later(record: Record, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    """The record of the made articles, opened by a later version of the program."""
    monkeypatch.setattr("sijill.record.record.reading_program", lambda: "9.9+abc")
    with Record.open(record.store.name) as opened:
        yield opened


def programs(record: Record) -> set[str]:
    return {one.program for one in record.store.documents()}


def test_the_same_version_has_nothing_to_read_again(record: Record, articles: Path) -> None:
    before = made(record)
    assert record.read(articles).by_others == 0
    assert record.read_again().read == 0 and made(record) == before


def test_a_later_version_that_finds_the_same_changes_nothing(later: Record, articles: Path) -> None:
    before = made(later)
    assert later.read(articles).by_others == 5
    done = later.read_again()
    assert (done.read, done.differ, done.linked, done.conflicts) == (5, 0, Linked(), 0)
    assert made(later) == before and programs(later) == {"9.9+abc"}
    assert later.read(articles).by_others == 0 and later.read_again().read == 0
    assert {state.version for state in later.store.history(strike(later))} == {1}


def test_what_differs_is_changed_and_its_earlier_state_kept(
    later: Record, change: Callable[..., None]
) -> None:
    def better(one: Report) -> Report:
        more = [msgspec.structs.replace(figure, low=29, high=29) for figure in one.figures]
        return msgspec.structs.replace(one, figures=tuple(more))

    change("strike-two", better)
    ident = strike(later)
    done = later.read_again()
    assert (done.read, done.differ, done.linked.changed) == (5, 1, 1)
    (dead,) = (one for one in later.event(ident).event.figures if one.kind == "killed")
    assert (dead.low, dead.high) == (17, 29)
    (told,) = (one for one in later.store.testimonies() if one.doc == "strike-two")
    assert [state.end for state in later.store.history(told.id)] == ["changed", ""]
    assert len(later.store.history(ident)) == 2 and later.store.outdated() == []


def test_what_is_found_no_more_is_withdrawn(later: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Pipeline.read

    def finds_less(self: Pipeline, article: Article) -> Reading:
        found = whole(self, article)
        return msgspec.structs.replace(found, reports=()) if article.doc == "taken" else found

    (event,) = later.events(place="sy_tabqa")
    assert later.store.control("sy_tabqa")
    monkeypatch.setattr(Pipeline, "read", finds_less)
    assert later.read_again().linked.withdrawn == 1
    assert later.event(event.id).withdrawn and later.store.control("sy_tabqa") == ()


def test_an_event_under_another_trigger_says_what_replaced_it(
    later: Record, change: Callable[..., None]
) -> None:
    (event,) = later.events(place="sy_tabqa")
    change("taken", lambda one: msgspec.structs.replace(one, trigger=one.trigger[:-1]))
    later.read_again()
    (now,) = later.events(place="sy_tabqa")
    assert later.event(event.id).path == (event.id, now.id)


def test_a_place_that_nothing_tells_of_any_more_is_held_by_nobody(
    later: Record, change: Callable[..., None]
) -> None:
    (elsewhere,) = (
        one.place for one in later.store.testimonies() if one.doc == "retaken" and one.place
    )
    change("taken", lambda one: msgspec.structs.replace(one, place=elsewhere))
    later.read_again()
    assert later.store.control("sy_tabqa") == ()


def test_corrections_stay_and_conflicts_are_listed(
    later: Record, change: Callable[..., None]
) -> None:
    (taken,) = later.events(place="sy_tabqa")
    later.correcting.set(strike(later), "type", "shelling", **SAYS)
    later.correcting.set(taken.id, "status", "denied", **SAYS)
    change("taken", lambda one: msgspec.structs.replace(one, trigger=one.trigger[:-1]))
    assert later.read_again().conflicts == 1
    (conflict,) = later.correcting.conflicts()
    assert conflict.correction.target == taken.id and "was replaced by" in conflict.why
    (event,) = later.events(place="sy_manbij")
    assert event.type == "shelling"


def test_only_what_came_from_a_path(later: Record, tmp_path: Path) -> None:
    later.store.program = "9.8"
    (tmp_path / "more").mkdir()
    path = write(tmp_path / "more" / "three.jsonl", {"three": STRIKE_THREE})
    later.read(path)
    later.store.program = "9.9+abc"
    assert later.read_again(path.parent).read == 1
    assert later.read_again(path).read == 0
    with pytest.raises(UsageError, match=r"was read from none.txt; what it holds came from /"):
        later.read_again("none.txt")
    assert later.read_again(path, Path(next(later.store.documents()).source)).read == 5


def test_texts_that_were_superseded_are_left(later: Record, articles: Path, tmp_path: Path) -> None:
    source = Path(next(later.store.documents()).source)
    kept, (outlet, day, text) = source.read_bytes(), ARTICLES["taken"]
    try:
        later.read(write(source, {"taken": (outlet, day, text + " وفق بيان لها.")}))
    finally:
        source.write_bytes(kept)
    assert later.read_again().read == 4


def test_an_article_that_fails_stays_as_it_was(
    later: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, before = Pipeline.read, made(later)

    def failing(self: Pipeline, article: Article) -> Reading:
        if article.doc == "taken":
            raise ValueError("no")
        return whole(self, article)

    monkeypatch.setattr(Pipeline, "read", failing)
    log = IssueLog()
    done = later.read_again(log=log)
    assert (done.read, done.skipped, len(log.skipped())) == (4, 1, 1) and made(later) == before
    monkeypatch.setattr(Pipeline, "read", whole)
    assert later.read_again().read == 1


def test_the_outlet_is_found_anew_and_not_taken_for_one_that_was_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLES["taken"][2], encoding="utf-8")
    with Record.open(tmp_path / "record.db") as record:
        monkeypatch.setattr("sijill.pipeline.find_outlet", lambda *_: ("wrong.example", None))
        record.read(path)
        monkeypatch.undo()
        record.store.program = "9.9"
        assert record.read_again().differ == 1
        assert next(record.store.documents()).outlet == ""
        assert next(record.store.testimonies()).outlet == ""


def test_a_killed_run_goes_on_where_it_stopped(sample_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "record.db"
    with Record.open(target) as record:
        record.read(SAMPLE)
        with record.store.batch() as _, record.store._writing() as connection:
            connection.execute(sa.update(documents).values(program="0.0.1"))
    command = [sys.executable, str(Path(__file__).with_name("record_reader.py"))]
    with subprocess.Popen(
        [*command, str(target), "", "again"], stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        told = []
        for line in run.stdout:
            if line.strip() == "holding":
                break
            told.append(line)
        run.kill()
    assert len(told) == 15
    with Record.open(target) as record, Record.open(sample_file, read_only=True) as whole:
        assert record.read(SAMPLE).by_others == 25
        done = record.read_again()
        assert (done.read, done.differ) == (25, 0) and programs(record) == {reading_program()}
        assert made(record) == made(whole) and list(record.verify()) == []


def test_an_added_table_of_places_is_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIJILL_PLACES", str(tmp_path))
    before = reading_program()
    assert added_dir() == tmp_path and reading_program() == before
    (tmp_path / "mine.tsv").write_text("id\n", encoding="utf-8")
    assert reading_program() != before


# ---------------------------------------------------------------------- bands


def bands(record: Record) -> set[tuple[object, ...]]:
    rows = record.store.rows(sa.select(signatures.c.hash, signatures.c.document))
    return {tuple(row) for row in rows}


def test_bands_of_another_version_are_made_anew(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bands(record)
    assert before and record.store.mark("bands") == BAND_VERSION
    record.store.set_mark("bands", "0.0")
    with record.store._writing() as connection:
        connection.execute(sa.update(signatures).values(hash=signatures.c.hash + 1))
    with Record.open(record.store.name, read_only=True) as reading:
        assert bands(reading) != before
    with Record.open(record.store.name) as opened:
        assert bands(opened) == before and opened.store.mark("bands") == BAND_VERSION
    monkeypatch.setattr(copying, "signatures", lambda _: pytest.fail("made again"))
    with Record.open(record.store.name) as opened:
        assert bands(opened) == before


def test_bands_that_cannot_be_made_leave_those_before(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bands(record)
    record.store.set_mark("bands", "0.0")

    def failing(_: object) -> None:
        raise RuntimeError("killed here")

    monkeypatch.setattr(copying, "signatures", failing)
    with pytest.raises(RuntimeError):
        Record.open(record.store.name)
    assert bands(record) == before and record.store.mark("bands") == "0.0"
    monkeypatch.undo()
    with Record.open(record.store.name):
        assert bands(record) == before
