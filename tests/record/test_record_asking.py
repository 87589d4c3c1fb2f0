"""Why, what differs, counts over a record, the Python API, and whether all is sound."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from made_articles import ARTICLES, SAMPLE, STRIKE_THREE, strike, write

import sijill
from sijill.errors import RecordError, UsageError
from sijill.publish.bundle import Request
from sijill.record.comparing import differences
from sijill.record.doctor import examine
from sijill.record.record import Record
from sijill.record.tallies import actor_rows, outlet_rows, week_rows, word_rows

SAYS = {"why": "so", "by": "Amal"}


# ---------------------------------------------------------------------- why


def test_why_an_event(record: Record) -> None:
    event = record.event(strike(record)).event
    found = record.why(event.id)
    assert {reading.doc for reading, _ in found} == {"strike-one", "strike-two"}
    for reading, chosen in found:
        (report,) = chosen
        assert report.type == "airstrike" and report.traces["type"].rule
        assert reading.text == ARTICLES[reading.doc][2]


def test_why_a_report_and_a_document(sample: Record) -> None:
    told = next(sample.store.testimonies())
    ((reading, (report,)),) = sample.why(told.id)
    assert (reading.doc, report.type, report.trigger) == (told.doc, told.type, told.trigger)
    ((whole, reports),) = sample.why(told.document)
    assert whole == reading and len(reports) > 1 and report in reports


def test_why_an_event_that_was_replaced(record: Record) -> None:
    first, second, _ = [one.id for one in record.events()]
    record.correcting.merge([first, second], **SAYS)
    assert len(record.why(second)) == 3


def test_why_of_nothing_is_refused(record: Record) -> None:
    with pytest.raises(UsageError, match="no event, report or document 'e0'"):
        record.why("e0")


# --------------------------------------------------------------------- diff


def test_equal_records_do_not_differ(record: Record, made_file: Path) -> None:
    with Record.open(made_file, read_only=True) as other:
        assert differences(other, record) == []


def test_differences_between_records(record: Record, made_file: Path, tmp_path: Path) -> None:
    first, second, third = [one.id for one in record.events()]
    record.correcting.set(third, "status", "denied", **SAYS)
    record.correcting.merge([first, second], **SAYS)
    day = "2016-12-30"
    text = "سيطرت قوات سوريا الديمقراطية على مدينة الشدادي يوم الجمعة 30 ديسمبر 2016."
    record.read(write(tmp_path / "more.jsonl", {"more": ("one.example", day, text)}))
    with Record.open(made_file, read_only=True) as old:
        rows = {row["event"]: row for row in differences(old, record)}
        back = differences(record, old)
    assert rows.pop(second)["what"] == f"replaced by {first}"
    assert rows.pop(third) | {"event": ""} == {
        "event": "",
        "change": "changed",
        "type": "capture",
        "day": "2017-05-12",
        "place": "حي النور",
        "what": "status",
    }
    assert "members" in rows.pop(first)["what"]
    (new,) = rows.values()
    assert (new["change"], new["day"], new["place"]) == ("new", day, "الشدادي")
    assert sorted(row["change"] for row in back) == ["changed", "changed", "gone", "new"]


# ------------------------------------------------------------------- counts


def test_outlets_with_their_copies_and_who_was_first(record: Record, tmp_path: Path) -> None:
    _, _, text = ARTICLES["strike-two"]
    record.read(
        write(
            tmp_path / "copies.jsonl",
            {"copy": ("four.example", "2017-03-12", text), "three": STRIKE_THREE},
        )
    )
    rows = {row["outlet"]: row for row in outlet_rows(record)}
    assert {name: row["articles"] for name, row in rows.items()} == {
        "one.example": 2,
        "two.example": 2,
        "three.example": 2,
        "four.example": 1,
    }
    assert sum(row["reports"] for row in rows.values()) == record.store.count_testimonies() == 6
    assert sum(row["copies"] for row in rows.values()) == 1
    assert rows["three.example"]["first_to_report"] == rows["four.example"]["first_to_report"] == 0
    weeks = week_rows(record)
    assert sum(row["articles"] for row in weeks) == 7
    assert {"outlet": "one.example", "week": "2017-W10", "articles": 2} in weeks


def test_actors_on_either_side(sample: Record) -> None:
    events = sample.events()
    rows = {row["actor"]: row for row in actor_rows(events)}
    for ident, row in rows.items():
        assert row["acting"] == sum(ident in one.actor for one in events)
        assert row["acted_upon"] == sum(ident in one.target for one in events)
    assert rows["pmf"]["against"] == "islamic_state (6)"
    counts = [row["acting"] + row["acted_upon"] for row in rows.values()]
    assert counts == sorted(counts, reverse=True)


def test_words_for_each_side(record: Record, tmp_path: Path) -> None:
    rows = {(row["outlet"], row["actor"]): row for row in word_rows(record)}
    row = rows["one.example", "islamic_state"]
    assert (row["times"], "داعش" in row["words"]) == (1, True)
    _, day, text = ARTICLES["taken"]
    record.read(write(tmp_path / "copy.jsonl", {"copy": ("five.example", day, text)}))
    after = {(row["outlet"], row["actor"]) for row in word_rows(record)}
    assert len([one for one in after if one[0] in ("one.example", "five.example")]) == len(
        [one for one in rows if one[0] == "one.example"]
    )


def test_estimates_by_the_day_they_were_given(sample: Record) -> None:
    found = list(sample.figures())
    assert [one.said_on for one in found] == sorted(one.said_on or "" for one in found)
    (fighters,) = sample.figures("fighters")
    assert (fighters.speaker, fighters.figure.low, fighters.figure.high) == ("usa", 300, 400)
    assert [one.outlet for one in sample.figures("", "سنجار، العراق")] == [fighters.outlet]
    assert list(sample.figures("fighters", "iq_fallujah")) == []


def test_figures_of_other_reports(sample: Record) -> None:
    assert {one.type for one in sample.figures()} == {"estimate"}
    dead = list(sample.figures("killed,wounded", "سوريا", "airstrike, killing"))
    assert {one.type for one in dead} == {"airstrike", "killing"}
    assert {one.figure.kind for one in dead} == {"killed", "wounded"}
    assert set(dead) < set(sample.figures(type="")) and set(sample.figures()) < set(
        sample.figures(type="")
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "kiled"}, "no kind of figure 'kiled'; did you mean 'killed'.; there are: killed"),
        ({"kind": "killed,ships"}, "no kind of figure 'ships'; there are: killed, wounded"),
        ({"type": "kiling"}, "no type 'kiling'; did you mean 'killing'"),
    ],
)
def test_figures_that_are_none(sample: Record, asked: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        sample.figures(**asked)


# --------------------------------------------------------------- Python API


def test_sijill_open_reads_and_answers(tmp_path: Path, articles: Path) -> None:
    with sijill.open(tmp_path / "record.db") as record:
        assert record.read(str(articles)).new == 5
        assert [one.type for one in record.events(place="منبج")] == ["airstrike"]
        document = record.document(record.testimonies(strike(record))[0].document)
        assert document.text == ARTICLES[document.name][2]
        with pytest.raises(UsageError, match="no document 'x'"):
            record.document("x")
        with pytest.raises(UsageError, match="no event 'x'"):
            record.event("x")
        assert record.cite(strike(record)).startswith("@")
    with pytest.raises(RecordError):
        sijill.open(tmp_path / "none.db", create=False)


def test_events_as_a_data_frame(sample: Record) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    events = sample.events(type="capture")
    frame = events.to_pandas()
    assert list(frame["id"]) == [one.id for one in events]
    assert set(frame["type"]) == {"capture"}
    assert list(sample.events(text="xyz").to_pandas()) == []


def test_events_on_a_map(sample: Record) -> None:
    pytest.importorskip("geopandas", reason="geopandas is not installed")
    frame = sample.events(place="iq_mosul").to_geopandas()
    assert len(frame) and frame.crs.to_epsg() == 4326
    assert 36 < frame.geometry.iloc[0].y < 37


def test_a_missing_library_is_named(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pandas is not installed: pip install pandas"):
        record.events().to_pandas()


def test_events_show_themselves_in_a_notebook(sample: Record) -> None:
    events = sample.events()
    html = events._repr_html_()
    assert html.count("<tr>") == 21 and events[0].id in html
    assert f"{len(events) - 20} more" in html
    small = sijill.record.events.Events(events[:1])._repr_html_()
    assert small.count("<tr>") == 2 and "more" not in small


# -------------------------------------------------------------------- sound


def test_all_of_it_is_sound_after_everything(sample: Record, tmp_path: Path) -> None:
    first, second, *_, last = [one.id for one in sample.events()]
    merged = sample.correcting.merge([first, second], **SAYS)
    sample.correcting.set(last, "type", "siege", **SAYS)
    sample.read(write(tmp_path / "made.jsonl", ARTICLES), SAMPLE)
    sample.correcting.undo(merged.id, **SAYS)
    assert list(sample.verify()) == []


def test_a_changed_byte_is_found(sample_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample_file, tmp_path / "touched.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE documents SET text = text || '.' WHERE n = 3")
        connection.execute("UPDATE testimonies SET withdrawn = 1 WHERE n = 1")
    connection.close()
    with Record.open(path, read_only=True) as record:
        faults = [str(one) for one in record.verify()]
    assert any(one.startswith("documents ") for one in faults)
    assert any("was withdrawn" in one for one in faults)


def test_doctor_tells_of_the_record(record: Record, tmp_path: Path) -> None:
    record.correcting.set(strike(record), "type", "shelling", **SAYS)
    _, _, text = STRIKE_THREE
    record.read(write(tmp_path / "early.jsonl", {"early": ("four.example", "2017-03-08", text)}))
    lines = list(examine(record.store.name))
    assert lines[0].startswith(f"sijill {sijill.__version__}, Python 3.")
    name = record.store.name
    waits = "0 articles not linked yet, 0 reports not in events yet"
    assert f"record {name}: 3 events, 5 reports, {waits}" in lines
    assert lines[-1].startswith("correction c") and "was replaced by" in lines[-1]


def test_doctor_tells_of_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    lines = list(examine(str(tmp_path / "none.db")))
    assert "pandas: not installed; for data frames in Python: pip install pandas" in lines
    assert lines[-1].endswith("there is none yet; make one: sijill read ARTICLES")
    foreign = tmp_path / "foreign.db"
    foreign.write_text("no record", encoding="utf-8")
    assert "no record of Sijill" in list(examine(str(foreign)))[-1]


def test_documents_behind_events_as_tasks_for_label_studio(sample: Record, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    with pytest.raises(UsageError, match="names"):
        sample.export(path, "label-studio", place="Raqqa")
    meta = sample.export(path, "label-studio", Request(names=True), place="Raqqa")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    behind = {m.document for one in sample.events(place="Raqqa") for m in sample.testimonies(one)}
    assert len(tasks) == meta.events == len(behind)
    assert all(task["predictions"] for task in tasks)
