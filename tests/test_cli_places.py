"""``sijill places`` as a person uses it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sijill.cli import app

USAGE, FAILED = 2, 1


def run(*args: str, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["places", *args], input=given)


def test_find_tells_where_and_why() -> None:
    result = run("find", "حي التأميم", "--near", "الرمادي")
    assert result.exit_code == 0
    assert "resolved" in result.stdout
    assert "33.4050, 43.2650" in result.stdout
    assert "what it lies in is named" in result.stdout


def test_find_as_json() -> None:
    answer = json.loads(run("find", "حي التأميم", "--json").stdout)
    assert (answer["status"], answer["id"], answer["latitude"]) == ("ambiguous", None, None)
    assert {"id", "score", "reasons"} <= set(answer["candidates"][0])
    answer = json.loads(run("find", "الموصل", "--json").stdout)
    assert (answer["status"], answer["id"]) == ("resolved", "iq_mosul")
    assert 36.2 < answer["latitude"] < 36.5 and answer["radius_km"] > 0


def test_find_says_that_the_whole_is_unknown() -> None:
    assert "no table has" in run("find", "حي التأميم", "--near", "خربوطة").stderr


def test_resolve_adds_columns(tmp_path: Path) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out.csv"
    table.write_text("id,المكان,المدينة\n1,حي التأميم,الرمادي\n2,كذا,الموصل\n", encoding="utf-8")
    result = run("resolve", str(table), "--name", "المكان", "--in", "المدينة", "--out", str(out))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [row["place_status"] for row in rows] == ["resolved", "unknown"]
    assert (rows[0]["place_id"], rows[0]["ucdp_precision"]) == ("iq_ramadi_tamim", "1")
    assert "1 resolved" in result.stderr and "1 unknown" in result.stderr


def test_resolve_reads_standard_input() -> None:
    result = run("resolve", "-", given="name\nالموصل\n")
    assert "iq_mosul" in result.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("find", " "), USAGE, "the name is empty"),
        (("show", "iq_mosull"), USAGE, "did you mean 'iq_mosul'"),
        (("resolve", "nowhere.csv"), FAILED, "nowhere.csv: there is no such file"),
    ],
)
def test_errors_name_the_next_step(args: tuple[str, ...], code: int, said: str) -> None:
    result = run(*args)
    assert (result.exit_code, said in result.stderr) == (code, True), result.output


def test_show_tells_all_of_a_place() -> None:
    shown = run("show", "iq_mosul").stdout
    assert "Ninawa (iq_ninawa)" in shown and "الموصل" in shown and "places/iq.tsv:" in shown


def test_check_counts_every_table() -> None:
    result = run("check")
    assert result.exit_code == 0, result.stdout
    assert "iq.tsv" in result.stdout and "no fault" in result.stderr


def test_check_names_a_bad_row_of_an_added_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIJILL_PLACES", str(tmp_path))
    from sijill.lexicon.place_rows import PLACE_COLUMNS

    row = "iq_x\tiq_mosul\tquarter\t30\t48\t1\tX\tكذا\t\town"
    (tmp_path / "mine.tsv").write_text("\t".join(PLACE_COLUMNS) + f"\n{row}\n", encoding="utf-8")
    result = run("check")
    assert result.exit_code == FAILED
    assert "mine.tsv:2: place 'iq_x' lies" in result.stdout


def test_unknown_lists_names(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("سيطر الجيش العراقي على قرية خربوطة جنوب الموصل.", encoding="utf-8")
    result = run("unknown", str(article))
    assert "خربوطة" in result.stdout and "1 names that no table has" in result.stderr
    (line,) = run("unknown", str(article), "--json").stdout.splitlines()
    assert json.loads(line)["count"] == 1
