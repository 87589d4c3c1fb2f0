"""A record as a folder of Parquet tables: what they hold, and going on with half of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, SAMPLE, Articles, write

from sijill.issues import Issue
from sijill.record import dataset
from sijill.record.dataset import Dataset
from sijill.record.record import Record

parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts and batches of a few rows."""
    monkeypatch.setattr(dataset, "_PART", 3)
    monkeypatch.setattr(dataset, "_ROWS", 2)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    paths = sorted((folder / table).rglob("*.parquet"))
    return [row for path in paths for row in parquet.ParquetFile(path).read().to_pylist()]


def written(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (folder / "documents").iterdir()}


def test_the_tables_hold_the_record(sample: Record, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    assert Dataset(folder, sample.store).write(["a"], []) == 14
    documents, reports = list(sample.store.documents()), rows(folder, "reports")
    assert [one["id"] for one in rows(folder, "documents")] == [one.id for one in documents]
    assert rows(folder, "documents")[0]["text"] == documents[0].text
    told = {one.id: one for one in sample.store.testimonies()}
    assert {one["id"] for one in reports} == set(told)
    for row in reports:
        one = told[row["id"]]
        assert [(span["start"], span["end"]) for span in row["evidence"]] == list(one.evidence)
        assert [figure["stated"] for figure in row["figures"]] == [f.stated for f in one.figures]
        assert [place["name"] for place in row["places"]] == [place.name for place in one.place]
    assert {one["id"] for one in rows(folder, "events")} == {one.id for one in sample.events()}
    members = {(link["a"], link["b"]) for link in rows(folder, "links") if link["kind"] == "member"}
    assert members == {(one, event.id) for event in sample.events() for one in event.members}


def test_events_lie_by_year(record: Record, tmp_path: Path) -> None:
    Dataset(tmp_path / "tables", record.store).write(["a"], [])
    pandas = pytest.importorskip("pandas")
    events = pandas.read_parquet(tmp_path / "tables" / "events")
    assert len(events) == record.count() and {int(year) for year in events["year"]} == {2017}


def test_names_of_private_people_stay_in_the_text(sample: Record, tmp_path: Path) -> None:
    Dataset(tmp_path / "tables", sample.store).write(["a"], [])
    public = {row["id"]: row["speaker"] for row in rows(tmp_path / "tables", "reports")}
    hidden = [
        one
        for one in sample.store.testimonies()
        if one.speaker and one.speaker.public and one.speaker.public != one.speaker.text
    ]
    for one in hidden:
        assert one.speaker and public[one.id] == one.speaker.public
    assert hidden


def test_a_run_goes_on_behind_the_last_complete_part(record: Record, tmp_path: Path) -> None:
    folder, tables = tmp_path / "tables", Dataset(tmp_path / "tables", record.store)
    assert tables.write(["a"], []) == 2
    whole = {table: rows(folder, table) for table in ("documents", "reports", "events", "links")}
    first = written(folder)
    (folder / "documents" / "part-00001.parquet").unlink()  # as if it was cut off before
    (folder / "reports" / "part-00001.parquet").write_bytes(b"half a par")
    assert tables.write(["a"], []) == 1
    assert {table: rows(folder, table) for table in whole} == whole
    kept = str(folder / "documents" / "part-00000.parquet")
    assert written(folder)[kept] == first[kept]
    assert tables.write(["a"], []) == 0


def test_what_comes_later_is_added(record: Record, tmp_path: Path) -> None:
    folder, tables = tmp_path / "tables", Dataset(tmp_path / "tables", record.store)
    tables.write(["a"], [])
    source = next(record.store.documents()).source
    changed: Articles = {"strike-one": ("one.example", "2017-03-09", f"{ARTICLES['nothing'][2]} .")}
    text = Path(source).read_bytes()
    write(Path(source), changed)
    record.read(source, SAMPLE)
    Path(source).write_bytes(text)
    assert tables.write(["a"], []) == 16  # the first part lost a text, the second was not full
    (link,) = [one for one in rows(folder, "links") if one["kind"] == "superseded"]
    assert link["a"] == next(record.store.documents()).id
    withdrawn = {one["document"] for one in rows(folder, "reports")}
    assert link["a"] not in withdrawn
    assert len(rows(folder, "documents")) == 46


def test_rejects_take_the_place_of_those_of_the_same_paths(record: Record, tmp_path: Path) -> None:
    tables, bad = (
        Dataset(tmp_path / "tables", record.store),
        Issue("skipped", "json", "is bad", "a", 7),
    )
    tables.write(["a"], [bad, Issue("skipped", "missing", "none", "b\udc80")])
    tables.write(["c"], [bad])
    tables.write(None, [bad])
    assert len(rows(tmp_path / "tables", "rejects")) == 3
    tables.write(["a"], [])
    (row,) = rows(tmp_path / "tables", "rejects")
    assert row == {"source": "a", "place": 7, "code": "json", "message": "is bad"}


def test_duckdb_reads_the_folder(sample: Record, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    folder = tmp_path / "tables"
    Dataset(folder, sample.store).write(["a"], [])
    asked = f"""
        select count(*) from '{folder}/reports/*.parquet' r
        join '{folder}/links/*.parquet' l on l.a = r.id and l.kind = 'member'
        join read_parquet('{folder}/events/**/*.parquet', hive_partitioning = true) e on e.id = l.b
    """
    assert duckdb.sql(asked).fetchall() == [(sample.store.count_testimonies(),)]
    extras = duckdb.sql(f"select extra from '{folder}/documents/*.parquet'").fetchall()
    assert all(isinstance(json.loads(extra), dict) for (extra,) in extras)
