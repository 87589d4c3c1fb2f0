"""CSV, XLSX, Parquet, read back by libraries that did not write them."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from made_events import NAME, WITHHELD, bare, capture, strike
from msgspec.structs import replace

from sijill.publish import xlsx
from sijill.publish.bundle import Bundle, Request
from sijill.publish.export import export
from sijill.publish.flat import EVENT_COLUMNS, MEMBER_COLUMNS
from sijill.publish.safe_csv import disarmed

EVENTS = [column.name for column in EVENT_COLUMNS]
MEMBERS = [column.name for column in MEMBER_COLUMNS]


def read(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_csv_has_a_row_an_event_and_a_table_of_members(out: Path, bundles: list[Bundle]) -> None:
    export(bundles, out, "csv")
    events, members = read(out), read(out.with_name("events.members.out"))
    assert list(events[0]) == EVENTS
    assert list(members[0]) == MEMBERS
    assert [row["id"] for row in events] == ["ev-1", "ev-2", "ev-3", "ev-4"]
    first = events[0]
    assert first["title_ar"] == "غارة جوية · الموصل · 2017-03-17"
    assert first["title_en"] == "air strike, Mosul, 2017-03-17"
    assert (first["admin1"], first["country"]) == ("Ninawa", "IQ")
    assert (first["latitude"], first["longitude"]) == ("36.335", "43.118")
    assert [first[f"killed_{name}"] for name in ("low", "best", "high")] == ["100", "140", "200"]
    assert first["figures"] == "killed 100..200 best 140 | killed civilians 100..150 best 137"
    assert (first["first_told"], first["last_told"]) == ("2017-03-18", "2017-03-25")
    assert first["speakers"] == WITHHELD
    assert [row["event"] for row in members] == ["ev-1", "ev-1", "ev-2", "ev-3", "ev-4"]
    assert members[1]["doc"] == 'a "quoted", name\r\n.txt'
    assert members[0]["evidence"] == "4-40 | 90-120"
    assert members[0]["report"] == "r1"


def test_what_is_not_known_stays_empty(out: Path) -> None:
    export([bare()], out, "csv")
    row = read(out)[0]
    empty = ("first_day", "place", "latitude", "killed_best", "actors", "first_told", "harm")
    assert [row[name] for name in empty] == [""] * len(empty)


def test_no_cell_of_csv_starts_a_formula(out: Path, bundles: list[Bundle]) -> None:
    export(bundles, out, "csv", Request(names=True))
    for path in (out, out.with_name("events.members.out")):
        numbers = {"latitude", "longitude"}
        for row in read(path):
            cells = [cell for name, cell in row.items() if name not in numbers]
            assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]
    members = read(out.with_name("events.members.out"))
    assert members[1]["outlet"] == "'=cmd"
    assert members[3]["doc"] == "'-1+1|calc"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''@", "＝1"])
def test_disarming_is_undone_by_taking_one_apostrophe_away(text: str) -> None:
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "'Ayn Issa", "الموصل", " 1", "1-2"])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert disarmed(text) == text


def test_a_byte_order_mark_stands_there_only_on_request(out: Path) -> None:
    export([capture()], out, "csv")
    assert not out.read_bytes().startswith(b"\xef\xbb\xbf")
    export([capture()], out, "csv", Request(bom=True))
    for path in (out, out.with_name("events.members.out")):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert path.read_bytes().count(b"\xef\xbb\xbf") == 1
    assert read(out, "utf-8-sig")[0]["id"] == "ev-2"


def test_csv_ends_its_lines_as_rfc_4180_says(out: Path) -> None:
    export([capture()], out, "csv")
    assert out.read_bytes().count(b"\r\n") == 2
    assert b"\n" not in out.read_bytes().replace(b"\r\n", b"")


def test_xlsx_read_back(tmp_path: Path, bundles: list[Bundle]) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "events.xlsx"
    export(bundles, path, "xlsx", Request(filter="=all", names=True))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Events", "Members", "Codebook", "About"]
    assert all(book[name].sheet_view.rightToLeft for name in book.sheetnames)
    rows = [[cell.value for cell in row] for row in book["Events"].iter_rows()]
    assert rows[0] == EVENTS
    first = dict(zip(EVENTS, rows[1], strict=True))
    assert first["first_day"] == datetime(2017, 3, 17)
    assert first["killed_best"] == 140
    assert first["latitude"] == 36.335
    assert first["place"] == "الموصل"
    assert dict(zip(EVENTS, rows[3], strict=True))["first_day"] is None
    members = list(book["Members"].iter_rows())
    assert [cell.value for cell in members[0]] == MEMBERS
    cell = members[2][MEMBERS.index("outlet")]
    assert (cell.value, cell.data_type) == ("=cmd", "s")
    assert NAME in members[1][MEMBERS.index("speaker")].value
    codebook = {row[1].value: row for row in book["Codebook"].iter_rows()}
    assert set(EVENTS) | set(MEMBERS) | {"airstrike", "disputed"} <= set(codebook)
    assert codebook["airstrike"][3].value == "غارة جوية"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (about["filter"], about["given"]) == ("=all", "4")
    assert len(about["content_sha256"]) == 64


def test_xlsx_holds_no_formula_cell(tmp_path: Path, bundles: list[Bundle]) -> None:
    pytest.importorskip("xlsxwriter")
    import zipfile

    path = tmp_path / "events.xlsx"
    export(bundles, path, "xlsx", Request(names=True))
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets" in name]
    assert len(sheets) == 4
    assert not [sheet for sheet in sheets if b"<f>" in sheet]


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 3)
    path = tmp_path / "events.xlsx"
    export([capture(id=f"ev-{n}") for n in range(5)], path, "xlsx")
    book = openpyxl.load_workbook(path)
    names = [name for name in book.sheetnames if name.startswith("Events")]
    assert names == ["Events", "Events 2", "Events 3"]
    found = [row[0].value for name in names for row in book[name].iter_rows(min_row=2)]
    assert found == [f"ev-{n}" for n in range(5)]


def test_a_cell_too_long_for_excel_is_cut_and_counted(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    one = capture()
    long = replace(one.testimonies[0], doc="م" * 40_000)
    path = tmp_path / "events.xlsx"
    meta = export([Bundle(one.event, (long,))], path, "xlsx")
    assert [(loss.kind, loss.count) for loss in meta.losses] == [("cell_cut", 1)]
    cell = openpyxl.load_workbook(path)["Members"].cell(2, MEMBERS.index("doc") + 1)
    assert len(cell.value) == xlsx.CELL_CHARACTERS


def test_parquet_read_back(tmp_path: Path, bundles: list[Bundle]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "events.parquet"
    export(bundles, path, "parquet", Request(filter="all"))
    table = parquet.read_table(path)
    assert table.column_names == [*EVENTS, "members"]
    rows = table.to_pylist()
    assert rows[0]["first_day"] == date(2017, 3, 17)
    assert rows[0]["actors"] == ["coalition"]
    assert rows[0]["killed_high"] == 200
    assert rows[0]["members"][1]["outlet"] == "=cmd"
    assert rows[2]["first_day"] is None
    assert rows[2]["latitude"] is None
    account = json.loads(parquet.read_metadata(path).metadata[b"sijill"])
    assert (account["filter"], account["events"]) == ("all", 4)


def test_parquet_of_a_cut_off_export_can_be_read(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from sijill.errors import ExportError

    def broken():  # type: ignore[no-untyped-def]
        for n in range(10_001):
            yield Bundle(strike().event) if n == 0 else Bundle(capture(id=f"ev-{n}").event)
        raise OSError("the disk is full")

    with pytest.raises(ExportError, match=r"after 10,001 events \(the disk is full\)"):
        export(broken(), tmp_path / "e.parquet", "parquet")
    assert parquet.read_table(tmp_path / "e.parquet.part").num_rows == 10_000
