"""Articles of one name: texts that come back, files with the same names, outlets that share one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from made_articles import ARTICLES, Articles, made, strike, write

from sijill.record.record import Record

ONE = ARTICLES["strike-one"]
LATER = (ONE[0], ONE[1], ONE[2].replace("17 مدنيا", "19 مدنيا"))


def put(path: Path, name: str, *article: str, **more: str) -> Path:
    """A file with one article of the given name, outlet, day and text."""
    path.parent.mkdir(exist_ok=True)
    row = dict(zip(("outlet", "published", "text"), article, strict=True))
    path.write_text(json.dumps({"id": name, **row, **more}), encoding="utf-8")
    return path


def killed(record: Record) -> list[object]:
    """The dead of every strike, as the documents that stand tell of them."""
    return [
        figure.low
        for one in record.store.testimonies()
        for figure in one.figures
        if figure.kind == "killed"
    ]


@pytest.fixture
def empty(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "record.db")


def test_a_text_that_is_changed_back_stands_again(empty: Record, tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    with empty as record:
        record.read(write(path, {**ARTICLES}))
        first, ident = made(record), strike(record)
        record.read(write(path, {**ARTICLES, "strike-one": LATER}))
        assert sorted(killed(record)) == [19, 23]
        done = record.read(write(path, {**ARTICLES}))
        assert (done.new, done.known, done.back) == (0, 4, 1)
        assert done.superseded == (("strike-one", str(path)),)
        assert made(record) == first and sorted(killed(record)) == [17, 23]
        old, middle = (one for one in record.store.documents() if one.name == "strike-one")
        assert (old.superseded_by, middle.superseded_by) == (None, old.id)
        assert middle.text == LATER[2] and record.store.outdated() == []
        told = [one for one in record.store.testimonies() if one.document == old.id]
        ends = [state.end for state in record.store.history(told[0].id)]
        assert ends == ["replaced", "revived", ""]
        assert len(record.store.history(ident)) == 3
        assert record.read(path).linked.changed == 0 and made(record) == first
        record.read(write(path, {**ARTICLES, "strike-one": LATER}))
        assert sorted(killed(record)) == [19, 23]
        assert list(record.verify()) == []


def test_a_text_of_which_a_later_one_follows_stays_superseded(
    empty: Record, tmp_path: Path
) -> None:
    address = {"url": "https://one.example/strike"}
    files = [
        put(tmp_path / "a.jsonl", "1", *ONE, **address),
        put(tmp_path / "b.jsonl", "1", *LATER, **address),
    ]
    with empty as record:
        assert record.read(*files).superseded == (("1", str(files[1])),)
        before = made(record)
        done = record.read(*files)
        assert (done.new, done.known, done.back, done.superseded) == (0, 2, 0, ())
        assert made(record) == before and killed(record) == [19]
        assert record.read(files[0]).back == 1 and killed(record) == [17]
        assert list(record.verify()) == []


@pytest.mark.parametrize("at_once", [True, False])
def test_one_name_in_two_files_with_different_texts(
    empty: Record, tmp_path: Path, at_once: bool
) -> None:
    files = [
        put(tmp_path / "a" / "articles.jsonl", "1", *ONE),
        put(tmp_path / "b" / "articles.jsonl", "1", *ARTICLES["strike-two"]),
    ]
    with empty as record:
        for some in [files] if at_once else [[one] for one in files]:
            assert record.read(*some).superseded == ()
        assert [one.name for one in record.store.documents()] == ["1", "1"]
        assert sorted(killed(record)) == [17, 23]
        for some in (files, files[::-1], files[1:]):
            assert record.read(*some).known == len(some)


@pytest.mark.parametrize("at_once", [True, False])
def test_one_name_in_two_files_with_one_text(empty: Record, tmp_path: Path, at_once: bool) -> None:
    files = [put(tmp_path / one / "articles.jsonl", "1", *ONE) for one in "ab"]
    with empty as record:
        for some in [files] if at_once else [[one] for one in files]:
            record.read(*some)
        assert [one.source for one in record.store.documents()] == [str(files[0])]
        assert record.read(*files).known == 2


@pytest.mark.parametrize("at_once", [True, False])
def test_one_name_and_text_of_two_outlets_are_two_articles_and_one_witness(
    empty: Record, tmp_path: Path, at_once: bool
) -> None:
    files = [
        put(tmp_path / outlet / "articles.jsonl", "1", f"{outlet}.example", *ONE[1:])
        for outlet in ("one", "two", "three")
    ]
    with empty as record:
        for some in [files] if at_once else [[one] for one in files]:
            record.read(*some)
        assert [one.name for one in record.store.documents()] == ["1", "1~2", "1~3"]
        (event,) = record.events(place="sy_manbij", type="airstrike")
        assert (event.outlets, event.witnesses) == (3, 1)
        for some in (files, files[::-1], files[1:2]):
            done = record.read(*some)
            assert (done.new, done.known) == (0, len(some))


def test_an_outlet_corrected_in_the_file_makes_no_second_article(
    empty: Record, tmp_path: Path
) -> None:
    path = put(tmp_path / "a.jsonl", "1", *ONE)
    with empty as record:
        record.read(path)
        put(path, "1", "two.example", *ONE[1:])
        assert record.read(path).known == 1


def test_a_file_of_one_name_in_another_folder_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, article in (("a", ONE), ("b", ARTICLES["strike-two"])):
        put(tmp_path / folder / "articles.jsonl", "1", *article)
        monkeypatch.chdir(tmp_path / folder)
        with Record.open(tmp_path / "record.db") as record:
            done = record.read("articles.jsonl")
    assert done.superseded == (("1", "articles.jsonl"),)


def test_names_in_one_file_are_told_apart(empty: Record, tmp_path: Path) -> None:
    rows: Articles = {"1": ONE, "2": ARTICLES["strike-two"]}
    path = write(tmp_path / "a.jsonl", rows)
    path.write_text(path.read_text("utf-8").replace('"doc": "2"', '"doc": "1"'), "utf-8")
    with empty as record:
        assert record.read(path).new == 2
        assert [one.name for one in record.store.documents()] == ["1", "1~2"]
        assert record.read(path).known == 2
        shutil.copy(path, tmp_path / "b.jsonl")
        assert record.read(tmp_path / "b.jsonl", path).known == 4
