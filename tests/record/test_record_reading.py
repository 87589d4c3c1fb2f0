"""Reading into a record: once each, cut off and gone on with, and texts that change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from killing import killed
from made_articles import ARTICLES, SAMPLE, STRIKE_THREE, Articles, made, strike, write

from sijill.issues import IssueLog
from sijill.model import Article, Reading
from sijill.pipeline import Pipeline
from sijill.record import assembling, linking, reading
from sijill.record.holding import Holding
from sijill.record.linking import Linked
from sijill.record.record import Record


@pytest.fixture
def read_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the articles that are extracted."""
    names: list[str] = []
    whole = Pipeline.read

    def counted(self: Pipeline, article: Article) -> Reading:
        names.append(article.doc)
        return whole(self, article)

    monkeypatch.setattr(Pipeline, "read", counted)
    return names


def again(record: Record, tmp_path: Path, articles: Articles) -> Path:
    """Read a file of articles that says it is the one that was read first."""
    first = next(record.store.documents()).source
    path = write(tmp_path / "again.jsonl", articles)
    text = path.read_bytes()
    kept = Path(first).read_bytes()
    Path(first).write_bytes(text)
    try:
        record.read(first)
    finally:
        Path(first).write_bytes(kept)
    return path


def test_reading_says_what_it_did(tmp_path: Path, articles: Path) -> None:
    log, seen = IssueLog(), list[str]()
    with Record.open(tmp_path / "record.db") as record:
        missing = tmp_path / "none.txt"
        done = record.read(articles, missing, log=log, seen=lambda one: seen.append(one.doc))
        assert (done.new, done.known, done.skipped, done.reports) == (5, 0, 1, 4)
        assert seen == list(ARTICLES)
        assert done.linked.added == record.count() == 3
        assert next(one.day for one in record.store.documents()) == "2017-03-09"


def test_reading_again_changes_nothing(
    record: Record, articles: Path, read_texts: list[str]
) -> None:
    before = made(record)
    done = record.read(articles)
    assert (done.new, done.known, done.reports, done.linked) == (0, 5, 0, Linked())
    assert read_texts == [] and made(record) == before
    assert {state.version for state in record.store.history(strike(record))} == {1}


def test_fifty_more_articles_cost_fifty(
    record: Record, tmp_path: Path, read_texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    linked: list[str] = []
    whole = linking.Copying.add

    def counted(self: linking.Copying, documents: list[str], *more: Any) -> object:
        linked.extend(documents)
        return whole(self, documents, *more)

    monkeypatch.setattr(linking.Copying, "add", counted)
    more = {
        f"more-{n}": ("four.example", "2016-10-20", f"دخلت القوات العراقية القرية رقم {n} أمس.")
        for n in range(50)
    }
    done = record.read(write(tmp_path / "more.jsonl", {**ARTICLES, **more}))
    assert (done.new, done.known) == (50, 5)
    assert read_texts == list(more) and len(linked) == 50


def test_an_article_twice_in_one_run_is_one_witness(tmp_path: Path, articles: Path) -> None:
    with Record.open(tmp_path / "record.db") as record:
        record.read(articles, articles)
        (event,) = record.events(place="sy_tabqa")
        assert (len(event.members), event.outlets, event.witnesses) == (1, 1, 1)
        assert event.standing == "single" and len(list(record.store.documents())) == 5


def test_a_changed_text_supersedes_the_one_before(record: Record, tmp_path: Path) -> None:
    old = strike(record)
    outlet, day, text = ARTICLES["strike-one"]
    changed = {**ARTICLES, "strike-one": (outlet, day, text.replace("17 مدنيا", "19 مدنيا"))}
    again(record, tmp_path, changed)
    event = record.event(old).event
    (figure,) = (one for one in event.figures if one.kind == "killed")
    assert (figure.low, figure.high) == (19, 23)
    assert len(event.members) == event.outlets == event.witnesses == 2
    texts = [one for one in record.store.documents() if one.name == "strike-one"]
    assert texts[0].superseded_by == texts[1].id and texts[0].text == text
    assert record.count() == 3 and list(record.store.outdated()) == []


def test_a_later_text_of_one_article_is_no_copy_of_it(record: Record, tmp_path: Path) -> None:
    outlet, day, text = ARTICLES["strike-one"]
    again(record, tmp_path, {**ARTICLES, "strike-one": (outlet, day, text + " وفق بيان.")})
    assert list(record.store.copies()) == []


def test_an_article_that_takes_its_words_back_withdraws_the_event(
    record: Record, tmp_path: Path
) -> None:
    (event,) = record.events(place="sy_tabqa")
    outlet, day, _ = ARTICLES["taken"]
    again(record, tmp_path, {**ARTICLES, "taken": (outlet, day, "حذف هذا الخبر من الموقع.")})
    found = record.event(event.id)
    assert found.withdrawn and found.event == event
    assert list(record.events(place="sy_tabqa")) == []
    assert record.held("sy_tabqa", "2017-03-20").state == "unknown"
    assert record.store.control("sy_tabqa") == ()


def test_an_event_of_a_changed_text_alone_says_what_replaced_it_in_steps_too(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembling, "_AT_ONCE", 1)
    test_an_event_of_a_changed_text_alone_says_what_replaced_it(record, tmp_path)


def test_what_fails_at_the_end_is_done_by_the_next_run(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "three.jsonl", {"three": STRIKE_THREE})
    with monkeypatch.context() as failing, pytest.raises(RuntimeError):
        failing.setattr(Holding, "keep", raising)
        record.read(path)
    assert len(record.event(strike(record)).event.members) == 2 and record.store.awaiting()
    assert record.store.unlinked() == []
    record.read(path)
    assert len(record.event(strike(record)).event.members) == 3 and not record.store.awaiting()


def raising(*_: object) -> None:
    raise RuntimeError("cut off here")


def test_an_event_of_a_changed_text_alone_says_what_replaced_it(
    record: Record, tmp_path: Path
) -> None:
    (event,) = record.events(place="sy_tabqa")
    outlet, day, text = ARTICLES["taken"]
    again(record, tmp_path, {**ARTICLES, "taken": (outlet, day, text + " وفق بيان لها.")})
    (now,) = record.events(place="sy_tabqa")
    assert record.event(event.id).path == (event.id, now.id)


def test_an_article_that_fails_costs_only_itself(
    tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Pipeline.read

    def failing(self: Pipeline, article: Article) -> Reading:
        if article.doc == "taken":
            raise ValueError("no")
        return whole(self, article)

    monkeypatch.setattr(Pipeline, "read", failing)
    log = IssueLog()
    with Record.open(tmp_path / "record.db") as record:
        assert (record.read(articles, log=log).new, len(log.skipped())) == (4, 1)
        monkeypatch.setattr(Pipeline, "read", whole)
        assert (record.read(articles).new, record.count()) == (1, 3)


def test_reading_into_a_record_read_by_others_meanwhile(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 1)
    counts: list[int] = []
    with Record.open(record.store.name, create=False, read_only=True) as other:
        path = write(tmp_path / "more.jsonl", {"three": STRIKE_THREE})
        record.read(path, seen=lambda _: counts.append(other.count()))
        assert (counts, other.count(), len(other.event(strike(record)).event.members)) == (
            [3],
            3,
            3,
        )


@pytest.mark.parametrize("where", ["reading", "linking"])
def test_a_killed_run_loses_nothing_and_goes_on(
    where: str, sample_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "record.db"
    told = killed(target, where)
    assert len(told) == (15 if where == "reading" else 40)
    with Record.open(target) as record, Record.open(sample_file, read_only=True) as whole:
        kept = [one.name for one in record.store.documents()]
        assert kept == told and list(record.verify()) == []
        assert bool(record.count()) == (where == "linking")
        done = record.read(SAMPLE)
        assert (done.new, done.known) == (40 - len(told), len(told))
        assert made(record) == made(whole)
        assert list(record.verify()) == []
        assert [
            (place, record.store.control(place)) for place in record.store.controlled_places()
        ] == [(place, whole.store.control(place)) for place in whole.store.controlled_places()]
