"""Who held what, on the clock of the war and on that of what had been said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_articles import write

from sijill.errors import UsageError
from sijill.record.held_rows import held_rows
from sijill.record.record import Record

SHADDADI = {
    "taken": (
        "one.example",
        "2016-01-10",
        "سيطر تنظيم داعش على مدينة الشدادي في سوريا يوم السبت 9 يناير 2016.",
    ),
    "retaken": (
        "two.example",
        "2016-02-20",
        "سيطرت قوات سوريا الديمقراطية على مدينة الشدادي يوم الجمعة 19 فبراير 2016 بعد طرد تنظيم "
        "داعش منها.",
    ),
}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "held.db") as record:
        record.read(write(tmp_path / "held.jsonl", SHADDADI))
        yield record


@pytest.mark.parametrize(
    ("day", "known_on", "state", "holder"),
    [
        ("2016-01-08", None, "unknown", ""),
        ("2016-01-09", None, "held", "islamic_state"),
        ("2016-02-18", None, "held", "islamic_state"),
        ("2016-02-19", None, "held", "sdf"),
        ("2016-02-19", "2016-02-19", "held", "islamic_state"),
        ("2016-02-19", "2016-02-20", "held", "sdf"),
        ("2016-01-09", "2016-01-09", "unknown", ""),
        ("2018-01-01", None, "unknown", ""),
    ],
)
def test_who_held_it(told: Record, day: str, known_on: str | None, state: str, holder: str) -> None:
    for place in ("sy_shaddadi", "الشدادي"):
        span = told.held(place, day, known_on)
        assert (span.state, span.holder, span.place) == (state, holder, "sy_shaddadi")


def test_the_series_has_no_gap_and_names_its_reports(told: Record) -> None:
    series = told.control("sy_shaddadi")
    assert [one.holder for one in series] == ["islamic_state", "sdf", ""]
    assert series == told.store.control("sy_shaddadi")
    there = {one.id: one.doc for one in told.store.testimonies()}
    assert [[there[one] for one in span.testimonies] for span in series[:2]] == [
        ["taken"],
        ["retaken"],
    ]
    assert [one.holder for one in told.control("sy_shaddadi", "2016-02-01")] == [
        "islamic_state",
        "",
    ]


def test_what_nobody_spoke_of_is_unknown(told: Record) -> None:
    assert told.held("iq_mosul", "2016-02-19").state == "unknown"
    assert told.control("iq_mosul") == ()
    with pytest.raises(UsageError, match="Atlantis"):
        told.held("Atlantis", "2016-02-19")


def test_the_series_kept_changes_with_what_is_read(told: Record, tmp_path: Path) -> None:
    before = told.store.control("sy_shaddadi")
    text = "استعاد تنظيم داعش السيطرة على مدينة الشدادي يوم الثلاثاء 1 مارس 2016."
    told.read(write(tmp_path / "more.jsonl", {"back": ("one.example", "2016-03-02", text)}))
    assert told.held("sy_shaddadi", "2016-03-01").holder == "islamic_state"
    assert told.store.control("sy_shaddadi") == told.control("sy_shaddadi") != before
    assert next(state.value for state in told.store.history("sy_shaddadi")) == before


def test_a_table_of_places_and_days(told: Record, tmp_path: Path) -> None:
    table = tmp_path / "asked.csv"
    table.write_text(
        "place,day,note\nالشدادي,2016-01-20,x\nsy_shaddadi,2016-03,\nAtlantis,2016-01-20,\n"
        "sy_shaddadi,soon,\nsy_shaddadi\n",
        encoding="utf-8",
    )
    rows = held_rows(told, str(table), None)
    assert [row["holder_id"] for row in rows] == ["islamic_state", "sdf", None, None, None]
    assert [row["day"] for row in rows[:2]] == ["2016-01-20", "2016-03"]
    assert all(row["state"].startswith("not understood: ") for row in rows[2:])
    assert held_rows(told, str(table), "2016-02")[1]["holder_id"] is not None
    assert held_rows(told, str(table), "2016-01-31")[1]["holder_id"] == "islamic_state"


def test_a_table_without_the_columns_is_refused(told: Record, tmp_path: Path) -> None:
    table = tmp_path / "asked.csv"
    table.write_text("town,day\nx,2016\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"asked.csv: no column place; it has: town, day"):
        held_rows(told, str(table), None)
