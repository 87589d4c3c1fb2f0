"""The JSON of the codebook and the rows of the table."""

from __future__ import annotations

import json

import pytest

from sijill.issues import Issue
from sijill.model import Figure, Place, Reading, Reference, Report, Speaker, Trace
from sijill.render import COLUMNS, document, figure_text, json_line, rows, table_line

TRACE = Trace("capture.verb", "rules/territory.yml:12", 0, 6)
REPORT = Report(
    id="r1",
    type="capture",
    status="occurred",
    actor=("iraq_cts",),
    target=("islamic_state",),
    place=(Place("حي المعلمين", "الموصل", 36.34, 43.11, "iq_muallimin", TRACE),),
    time=("2017-03-09", "2017-03-09"),
    speaker=Speaker("قيادة العمليات المشتركة", "iraq_joc"),
    figures=(Figure("killed", "مدنيا", 17, None, "17 مدنيا على الأقل"),),
    evidence=((0, 7),),
    trigger="استعاد",
    traces={"type": TRACE},
)
REFERENCE = Reference("2017-03-09", "stamp", TRACE)
READING = Reading("d1", REFERENCE, text="استعاد\tحي", reports=(REPORT,))


def test_json_has_the_form_of_the_codebook() -> None:
    assert json.loads(json_line(READING)) == {
        "doc": "d1",
        "reference_date": "2017-03-09",
        "outlet": None,
        "agency": None,
        "reports": [
            {
                "id": "r1",
                "type": "capture",
                "status": "occurred",
                "actor": ["iraq_cts"],
                "target": ["islamic_state"],
                "place": [
                    {
                        "name": "حي المعلمين",
                        "in": "الموصل",
                        "lat": 36.34,
                        "lon": 43.11,
                        "id": "iq_muallimin",
                        "status": "resolved",
                        "radius_km": None,
                        "ucdp": None,
                        "acled": None,
                    }
                ],
                "time": ["2017-03-09", "2017-03-09"],
                "speaker": {"text": "قيادة العمليات المشتركة", "id": "iraq_joc"},
                "figures": [
                    {
                        "kind": "killed",
                        "of": "مدنيا",
                        "low": 17,
                        "high": None,
                        "stated": "17 مدنيا على الأقل",
                        "approx": False,
                        "joint": False,
                    }
                ],
                "evidence": [[0, 7]],
                "trigger": "استعاد",
            }
        ],
    }


def test_arabic_is_written_as_arabic() -> None:
    line = json_line(READING)
    assert "حي المعلمين".encode() in line
    assert line.endswith(b"}\n") and line.count(b"\n") == 1


def test_issues_and_extra_stand_apart() -> None:
    issue = Issue("warning", "encoding", "read as windows-1256", "a.txt")
    reading = Reading("d", Reference(None, "none"), issues=(issue,), extra={"doc": "clash"})
    data = document(reading)
    assert data["doc"] == "d"
    assert data["extra"] == {"doc": "clash"}
    assert data["issues"][0]["code"] == "encoding"


def test_a_report_with_nothing_in_it() -> None:
    reading = Reading("d", Reference(None, "none"), reports=(Report("r1", "clash", "occurred"),))
    data = document(reading)["reports"][0]
    assert (data["time"], data["speaker"], data["place"]) == (None, None, [])


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("killed", "", 23, 23, "23"), "killed 23"),
        (Figure("killed", "", 17, None, ""), "killed 17+"),
        (Figure("troops", "", None, 15000, ""), "troops up to 15,000"),
        (Figure("troops", "", 500, 500, "", approx=True), "troops ~500"),
        (Figure("people", "", 20, 99, ""), "people 20-99"),
        (Figure("amount", "", None, None, ""), "amount ?"),
    ],
)
def test_figures_in_words(figure: Figure, text: str) -> None:
    assert figure_text(figure) == text


def test_rows_are_one_line_each() -> None:
    (row,) = rows(READING)
    assert len(row) == len(COLUMNS)
    assert row[-1] == REPORT.trigger
    assert rows(READING, names=True)[0][-1].startswith(READING.text[:6])
    line = table_line(row)
    assert line.count(b"\t") == len(COLUMNS) - 1 and line.count(b"\n") == 1
