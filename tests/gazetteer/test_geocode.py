"""Tables of names to tables with coordinates."""

from __future__ import annotations

import pytest

from sijill.errors import UsageError
from sijill.gazetteer.geocode import ADDED, added_columns, column, geocode, read_cells
from sijill.model import Candidate, Place


class Known:
    """A finder that knows one town, and one name that two places have."""

    def find(self, name: str, near: str = "") -> Place:
        if name == "الموصل":
            return Place(name, near, 36.34, 43.13, "iq_mosul", radius_km=9.0, ucdp=1, acled=1)
        several = (Candidate("a", 1.0), Candidate("b", 1.0)) if name == "التأميم" else ()
        return Place(name, status="ambiguous" if several else "unknown", candidates=several)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_cells_of_every_kind_of_table(sign: str) -> None:
    table = read_cells(f"id{sign}الاسم\r\n1{sign}الموصل\r\n\r\n2{sign}\n", "t")
    assert (table.header, table.delimiter) == (["id", "الاسم"], sign)
    assert table.rows == [["1", "الموصل"], ["2", ""]]


def test_quoted_cells_may_hold_the_sign_and_line_ends() -> None:
    table = read_cells('a,b\n"x, y","one\ntwo"\n', "t")
    assert table.rows == [["x, y", "one\ntwo"]]


def test_rows_get_their_cells() -> None:
    table = read_cells("name,n\nالموصل,1\nالتأميم,2\nلا,3\n,4\nالموصل\n", "t")
    rows = [row for row, _ in geocode(table, 0, None, Known())]
    assert rows[0] == ["الموصل", "1", "resolved", "iq_mosul", "36.34", "43.13", "9.0", "1", "1", ""]
    assert rows[1] == ["التأميم", "2", "ambiguous", "", "", "", "", "", "", "a b"]
    assert rows[2][2] == "unknown"
    assert rows[3][2] == "no name"
    assert rows[4][:3] == ["الموصل", "", "resolved"]
    assert {len(row) for row in rows} == {2 + len(ADDED)}


def test_columns_keep_their_names() -> None:
    assert added_columns(["latitude", "x"])[:3] == ["place_status", "place_id", "sijill_latitude"]


def test_the_one_column_of_names_is_found() -> None:
    assert column(read_cells("n,name\n1,الموصل\n", "t"), None, "t") == 1


@pytest.mark.parametrize(
    ("text", "wanted", "said"),
    [
        ("a,b\nالموصل,نينوى\n", None, "several columns hold Arabic"),
        ("a,b\nx,y\n", None, "no column holds mostly Arabic"),
        ("name,b\nx,y\n", "nmae", "did you mean 'name'"),
    ],
)
def test_columns_that_cannot_be_told(text: str, wanted: str | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        column(read_cells(text, "t"), wanted, "t")


@pytest.mark.parametrize(("text", "said"), [("", "empty"), ("a,a\n1,2\n", "called 'a'")])
def test_tables_that_are_none(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_cells(text, "t.csv")
