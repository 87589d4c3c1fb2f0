"""The commands of the record as people use them: what they print, where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

import sijill
from sijill import cli, cli_ends, cli_read
from sijill.pipeline import Pipeline
from sijill.record import record as record_room
from sijill.store.opening import open_store

SAMPLE = Path(sijill.__file__).parent / "samples" / "stories.jsonl"
BY = ("--why", "the ministry's list", "--by", "Amal")
#: Every command that asks the record in the working folder.
ASKING = (
    ("events", "--limit", "5"),
    ("disputes",),
    ("figures",),
    ("figures", "--type", "all", "--kind", "killed"),
    ("held", "الرقة"),
    ("held", "الرقة", "--on", "2017-10-18"),
    ("actors",),
    ("outlets",),
    ("outlets", "--weeks"),
    ("outlets", "--words"),
    ("corrections", "list"),
    ("review", "--limit", "5"),
)
READ_ONLY = (
    *ASKING,
    ("show", "e0"),
    ("cite", "e0"),
    ("verify",),
    ("export", "csv", "out.csv"),
    ("corrections", "export"),
)
WRITING = (
    ("correct", "e0", "type=siege", *BY),
    ("merge", "e0", "e1", *BY),
    ("split", "e0", "t1", *BY),
    ("undo", "c0", *BY),
    ("corrections", "apply", "x.jsonl"),
    ("corrections", "import-label-studio", "x.json"),
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def done(*arguments: object) -> Result:
    result = run(*arguments)
    assert result.exit_code == cli_ends.DONE, result.stderr
    return result


def refused(*arguments: object) -> str:
    """The message of a command that was used wrongly."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (cli_ends.USAGE, "")
    return result.stderr


def rows(*arguments: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done(*arguments, "--json").stdout)
    return found


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Result]]:
    path = tmp_path_factory.mktemp("cli") / "stories.db"
    result = run("read", SAMPLE, "--record", path)
    record = open_store(path)
    record.close()
    yield path, result


@pytest.fixture
def folder(tmp_path: Path, read_once: tuple[Path, Result], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a record of the packaged stories."""
    shutil.copy(read_once[0], tmp_path / "sijill.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIJILL_RECORD", raising=False)
    monkeypatch.setenv("COLUMNS", "300")
    return tmp_path


# --------------------------------------------------------------- read, verify


def test_read_sums_up_and_says_what_to_try(read_once: tuple[Path, Result]) -> None:
    path, result = read_once
    assert result.exit_code == cli_ends.DONE, result.stderr
    first, second, third = result.stdout.splitlines()
    assert first.startswith("40 articles read; ") and first.endswith(" reports in them")
    assert " events new, 0 changed, 0 merged or withdrawn; " in second
    assert third.startswith(f"{path} holds ")
    assert f"try next: sijill events --record {path}" in result.stderr


def test_reading_again_and_what_is_not_there(folder: Path) -> None:
    result = run("read", SAMPLE, "none.txt")
    assert result.exit_code == cli_ends.SKIPPED
    assert result.stdout.startswith("0 articles read, 40 known already, 1 skipped; 0 reports")
    assert "skipped: none.txt: there is no such file" in result.stderr


def read_by_another_version(count: int) -> None:
    """Let the first articles of the record look as if an older program had read them."""
    with sqlite3.connect("sijill.db") as connection:
        connection.execute("UPDATE documents SET program = '0.0.1' WHERE n <= ?", (count,))
    connection.close()


def test_read_again(folder: Path) -> None:
    shutil.copy(SAMPLE, "stories.jsonl")
    assert "nothing to read again" in done("read", "--again").stdout
    read_by_another_version(30)
    hint = "read them once more: sijill read --again --record sijill.db"
    assert (
        f"30 articles were read by another version of the program or with other tables; {hint}"
        in (done("read", "stories.jsonl").stderr)
    )
    assert f"30 articles were read by another version or with other tables; {hint}" in (
        done("doctor").stdout
    )
    result = done("read", "--again")
    assert result.stdout.startswith("30 articles read again; 0 of them differ\n0 events new, 0 ch")
    assert "--again" not in done("read", "stories.jsonl").stderr
    assert "name the articles to read" in refused("read")
    assert "was read from none.txt; what it holds came from /" in refused(
        "read", "--again", "none.txt"
    )
    assert "there is no record x.db" in refused("read", "--again", "--record", "x.db")


def test_read_again_names_corrections_that_do_not_fit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done("correct", rows("events")[0]["id"], "status=planned", *BY)
    read_by_another_version(40)
    whole = Pipeline.read
    monkeypatch.setattr(
        Pipeline, "read", lambda *given: msgspec.structs.replace(whole(*given), reports=())
    )
    result = done("read", "--again")
    assert "40 articles read again; " in result.stdout and "holds 0 events of 0" in result.stdout
    assert "1 corrections do not fit; list them: sijill corrections list --conflicts" in (
        result.stderr
    )


def test_read_names_texts_that_take_the_place_of_others(folder: Path) -> None:
    texts = ("سيطر الجيش على القرية.", "سيطر الجيش على المدينة.")
    path = folder / "a.jsonl"
    for text in texts:
        path.write_text(json.dumps({"doc": "a", "text": text}), encoding="utf-8")
        result = done("read", "a.jsonl")
    place = "1 take the place of another text of the same name: a (a.jsonl)\n"
    assert place in result.stdout and "stand again" not in result.stdout
    path.write_text(json.dumps({"doc": "a", "text": texts[0]}), encoding="utf-8")
    result = done("read", "a.jsonl")
    assert place in result.stdout
    assert "1 texts stand again that later ones had superseded\n" in result.stdout


def test_verify(folder: Path) -> None:
    assert "sound: " in done("verify").stderr
    with sqlite3.connect("sijill.db") as connection:
        connection.execute("UPDATE documents SET text = 'x' || text WHERE n = 1")
    connection.close()
    result = run("verify")
    assert result.exit_code == cli_read.UNSOUND == 4
    assert "documents " in result.stdout and " faults" in result.stderr


def test_doctor(folder: Path) -> None:
    assert "record sijill.db: " in done("doctor").stdout
    assert "make one: sijill read" in done("doctor", "--record", "none.db").stdout


# ---------------------------------------------------------------------- lists


@pytest.mark.parametrize("command", ASKING, ids=" ".join)
def test_every_list_as_json_lines_csv_and_table(folder: Path, command: tuple[str, ...]) -> None:
    if command == ("corrections", "list"):
        done("correct", rows("events")[0]["id"], "status=planned", *BY)
    found = rows(*command)
    assert found
    lines = done(*command, "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found
    table = list(csv.DictReader(io.StringIO(done(*command, "--csv").stdout)))
    assert len(table) == len(found)
    shared = [name for name in table[0] if name in found[0] and name not in ("place", "of")]
    for row, one in zip(table, found, strict=True):
        for name in shared:
            if isinstance(one[name], str | int):
                assert row[name] == str(one[name])
    printed = done(*command).stdout
    assert len(printed.splitlines()) > len(found)
    assert "choose one of --json" in refused(*command, "--json", "--csv")


def test_review_lists_the_most_useful_questions_first(folder: Path) -> None:
    result = done("review", "--limit", 3, "--jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    worth = [one["usefulness"] for one in found]
    assert worth == sorted(worth, reverse=True) and len(worth) == 3
    assert found[0]["killed"] >= 20 and found[0]["question"].startswith("q")
    assert re.match(r"3 of \d+ questions; decide: sijill serve sijill.db", result.stderr)


def test_events_take_every_filter(folder: Path) -> None:
    found = rows(
        *("events", "--place", "العراق", "--after", "2017-03", "--before", "2017-03-31"),
        *("--type", "capture", "--actor", "islamic_state", "--status", "occurred"),
        *("--standing", "corroborated", "--text", "سجن بادوش", "--known-on", "2017"),
    )
    (event,) = found
    assert event["place"]["id"] == "iq_mosul_badush_prison"
    (first, second) = event["members"]
    assert first["document"] != second["document"] and first["evidence"] and first["report"]
    assert rows("events", "--killed-min", "50", "--order", "-killed")[0]["figures"]
    result = done("events", "--limit", "2", "--table")
    assert result.stderr.startswith("2 of ")


def test_nothing_found_is_no_failure(folder: Path) -> None:
    assert rows("events", "--text", "xyzzy") == []
    for form in ("--jsonl", "--table"):
        result = done("events", "--text", "xyzzy", form)
        assert (result.stdout, result.stderr[:4]) == ("", "0 of")
    assert done("events", "--text", "xyzzy", "--csv").stdout.startswith("id,first_day,type")


def test_figures_that_no_estimate_gives(folder: Path) -> None:
    result = done("figures", "--kind", "vehicles")
    assert result.stdout == "" and "those of all reports: --type all" in result.stderr
    assert "type" not in done("figures").stdout
    assert {one["type"] for one in rows("figures", "--type", "killing")} == {"killing"}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("events", "--type", "airstrik"), "did you mean"),
        (("events", "--place", "Atlantis"), "no table of places has 'Atlantis'"),
        (("events", "--place", "النور"), "name one by its id: "),
        (("events", "--after", "soon"), "write 2017-03-09, 2017-03 or 2017"),
        (("events", "--order", "size"), "there are: day"),
        (("events", "--limit", "-1"), "limit must be a number"),
        (("disputes", "--field", "why"), "there are: who, whom"),
        (("figures", "--kind", "kiled"), "did you mean 'killed'?; there are: killed, wounded"),
        (("figures", "--type", "kiling"), "did you mean 'killing'?"),
        (("held",), "name a place, or give --table FILE"),
        (("held", "x", "--table", "y.csv"), "name a place, or give --table FILE"),
        (("held", "الرقة", "--on", "soon"), "write 2017-03-09"),
        (("held", "الرقة", "--known-on", "soon"), "write 2017-03-09"),
        (("outlets", "--weeks", "--words"), "choose --weeks or --words"),
        (("show", "e0"), "list them: sijill events"),
        (("cite", "e0"), "list them: sijill events"),
        (("why", "e0"), "no event, report or document 'e0'"),
        (("correct", "e0", "type=siege", *BY), "list them: sijill events"),
        (("correct", "e0", "siege", *BY), "write FIELD=VALUE"),
        (("correct", "e0", "type=siege", "--why", "x"), "--by"),
        (("merge", "e0", *BY), "at least two events"),
        (("undo", "c0", *BY), "sijill corrections list"),
        (("export", "frob", "x.csv"), "there are: csv, xlsx"),
        (("export", "csv", "none/x.csv"), "mkdir -p none"),
        (("export", "csv", "sijill.db"), "would be written over"),
        (("diff", "sijill.db", "none.db"), "there is no record none.db"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use_names_the_next_step(folder: Path, command: tuple[str, ...], says: str) -> None:
    before = (folder / "sijill.db").read_bytes()
    assert says in refused(*command)
    assert (folder / "sijill.db").read_bytes() == before


def test_who_held_a_table_of_places(folder: Path) -> None:
    (folder / "asked.csv").write_text("place,day\nالرقة,2017-10-18\nAtlantis,2017\n", "utf-8")
    found = rows("held", "--table", "asked.csv")
    assert (found[0]["holder_id"], found[0]["day"]) == ("sdf", "2017-10-18")
    assert found[1]["state"].startswith("not understood")
    assert rows("held", "الرقة", "--on", "2017-10-18", "--known-on", "2017-01")[0]["state"] == (
        "unknown"
    )
    result = run("held", "--table", "none.csv")
    assert result.exit_code == cli_ends.FAILED and "none.csv: there is no such" in result.stderr


# ------------------------------------------------------------------ one event


def test_show_cite_and_why(folder: Path) -> None:
    (event,) = rows("events", "--text", "سجن بادوش", "--standing", "corroborated")
    ident, report = event["id"], event["members"][0]
    shown = done("show", ident).stdout
    assert ident in shown and "2 independent witnesses" in shown and report["report"] in shown
    assert json.loads(done("show", ident, "--json").stdout) == event
    for form, start in (("bibtex", "@misc{"), ("csl", "["), ("ris", "TY  - ")):
        cited = done("cite", ident, "--as", form).stdout
        assert cited.startswith(start) or json.loads(cited)
        assert ident in cited
    assert "there are: bibtex, csl, ris" in refused("cite", ident, "--as", "frob")
    for asked in (ident, report["report"], report["document"]):
        assert report["doc"] in done("why", asked).stdout


def test_private_names_stay_in_the_article(folder: Path) -> None:
    text = (
        "قال المواطن خالد سعيد الحمداني إن طائرات التحالف قصفت مدينة منبج يوم الأربعاء 8 مارس 2017 "
        "فقتلت 27 مدنيا."
    )
    article = {"doc": "a", "published": "2017-03-09", "text": text}
    (folder / "a.jsonl").write_text(json.dumps(article), encoding="utf-8")
    done("read", "a.jsonl")
    (event,) = rows("events", "--place", "منبج", "--after", "2017-03-08", "--before", "2017-03-08")
    assert event["members"][0]["speaker"]["text"] == "المواطن خالد […]"
    for command in (("show", event["id"]), ("show", event["id"], "--json"), ("events", "--json")):
        assert "خالد سعيد" not in done(*command).stdout


# ---------------------------------------------------------------- corrections


def test_correct_merge_split_and_undo(folder: Path) -> None:
    first, second = (one["id"] for one in rows("events", "--limit", "2", "--after", "2017"))
    made = done("correct", first, "type=threat", *BY)
    assert f"sijill undo {made.stdout.strip()}" in made.stderr
    assert rows("events", "--type", "threat", "--text", "")
    assert json.loads(done("show", first, "--json").stdout)["type"] == "threat"
    done("undo", made.stdout.strip(), *BY)
    assert json.loads(done("show", first, "--json").stdout)["type"] != "threat"
    merged = done("merge", first, second, *BY)
    gone = next(one for one in (first, second) if one not in {e["id"] for e in rows("events")})
    kept = next(one for one in (first, second) if one != gone)
    assert f"{gone} was replaced by {kept}" in done("show", gone).stderr
    assert f"was replaced by {kept}" in refused("correct", gone, "type=threat", *BY)
    member = json.loads(done("show", kept, "--json").stdout)["members"][0]["testimony"]
    done("split", kept, member, *BY)
    found = rows("corrections", "list")
    assert [one["kind"] for one in found] == ["set", "undo", "merge", "split"]
    assert {one["by"] for one in found} == {"Amal"} and found[2]["id"] == merged.stdout.strip()
    assert rows("corrections", "list", "--conflicts") == []
    done("verify")


def test_corrections_go_to_another_record(folder: Path) -> None:
    shutil.copy("sijill.db", "other.db")
    ident = rows("events")[0]["id"]
    done("correct", ident, "status=planned", *BY)
    done("corrections", "export", "--out", "made.jsonl")
    assert (folder / "made.jsonl").read_text("utf-8") == done("corrections", "export").stdout
    assert [one["change"] for one in rows("diff", "other.db", "sijill.db")] == ["changed"]
    result = done("corrections", "apply", "made.jsonl", "--record", "other.db")
    assert result.stderr == "1 corrections taken over, 0 do not fit\n"
    assert done("diff", "other.db", "sijill.db", "--jsonl").stderr == "no difference\n"
    empty = {"doc": "a", "published": "2017-03-09", "text": "افتتح الوزير معرض الكتاب."}
    (folder / "a.jsonl").write_text(json.dumps(empty), encoding="utf-8")
    done("read", "a.jsonl", "--record", "empty.db")
    result = run("corrections", "apply", "made.jsonl", "--record", "empty.db")
    assert result.exit_code == cli_ends.FAILED and f"there is no event {ident}" in result.stdout
    assert len(rows("corrections", "list", "--conflicts", "--record", "empty.db")) == 1
    result = run("corrections", "apply", "a.jsonl", "--record", "empty.db")
    assert result.exit_code == cli_ends.FAILED
    assert "sijill corrections export wrote" in result.stderr


def label_studio(folder: Path, type_: str, at: int) -> None:
    """Tasks of the record in ``back.json``, with the reports of one of them labelled otherwise."""
    tasks = json.loads((folder / "tasks.json").read_bytes())
    for number, task in enumerate(tasks):
        result = task.pop("predictions")[0]["result"]
        for piece in result if number == at else ():
            if piece["from_name"] == "type":
                piece["value"]["labels"] = [type_]
        task["annotations"] = [
            {"id": number, "result": result, "created_at": "2026-11-25T10:00:00Z"}
        ]
    (folder / "back.json").write_text(json.dumps(tasks), encoding="utf-8")


def test_to_label_studio_and_back(folder: Path) -> None:
    done("export", "label-studio", "tasks.json", "--with-names")
    interface = (folder / "tasks.json.interface.xml").read_text("utf-8")
    assert '<Label value="siege"' in interface
    event = next(one for one in rows("events", "--type", "capture") if len(one["members"]) == 1)
    tasks = json.loads((folder / "tasks.json").read_bytes())
    (at,) = (
        number
        for number, task in enumerate(tasks)
        if task["data"]["document"] == event["members"][0]["document"]
    )
    label_studio(folder, "siege", at)
    command = ("corrections", "import-label-studio", "back.json")
    assert "does not say who made it; give --by" in refused(*command)
    tried = run(*command, "--by", "Amal", "--dry-run", "--jsonl")
    assert rows("corrections", "list") == [] and "corrections would be made" in tried.stderr
    result = run(*command, "--by", "Amal", "--jsonl")
    made = [json.loads(line) for line in result.stdout.splitlines()]
    (mine,) = (one for one in made if one["event"] == event["id"])
    assert (mine["done"], mine["by"]) == ("corrected", "Amal")
    assert mine["change"] == f"type {event['type']} to siege"
    assert json.loads(done("show", event["id"], "--json").stdout)["type"] == "siege"
    assert "there already" in run(*command, "--by", "Amal").stdout
    assert result.exit_code == (
        cli_ends.FAILED if any(one["done"] == "not taken over" for one in made) else cli_ends.DONE
    )
    done("undo", mine["correction"], *BY)
    (folder / "back.json").write_text("{", encoding="utf-8")
    result = run(*command)
    assert result.exit_code == cli_ends.FAILED
    assert "back.json: no JSON export of Label Studio" in result.stderr


def test_a_spreadsheet_takes_no_correction_for_a_formula(folder: Path) -> None:
    done("correct", rows("events")[0]["id"], "status=planned", "--why", "=1+1", "--by", "@me")
    (row,) = csv.DictReader(io.StringIO(done("corrections", "list", "--csv").stdout))
    assert row["why"] != "=1+1" and row["why"].endswith("=1+1") and not row["by"].startswith("@")


def test_export_obeys_the_filters(folder: Path) -> None:
    result = done("export", "jsonl", "out.jsonl", "--type", "airstrike", "--place", "سوريا")
    count = len(rows("events", "--type", "airstrike", "--place", "سوريا"))
    assert f"{count} of {count} events written to out.jsonl" in result.stderr
    lines = (folder / "out.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["type"] for line in lines} == {"airstrike"} and len(lines) == count
    meta = json.loads((folder / "out.jsonl.meta.json").read_text("utf-8"))
    assert meta["filter"] == "place سوريا; type airstrike"


# ------------------------------------------------- records that are none


@pytest.mark.parametrize("command", (*READ_ONLY, *WRITING), ids=" ".join)
def test_a_record_that_is_not_there(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIJILL_RECORD", "mine.db")
    message = refused(*command)
    assert message == (
        "sijill: there is no record mine.db; make one: sijill read ARTICLES --record mine.db\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", (*READ_ONLY, *WRITING, ("read", SAMPLE), ("why", "e0")), ids=lambda c: str(c[0])
)
def test_a_file_that_is_no_record(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sijill.db").write_text("a letter", encoding="utf-8")
    result = run(*command)
    assert (result.exit_code, result.stdout) == (cli_ends.FAILED, "")
    assert "this is no record of Sijill" in result.stderr and "Name another" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["sijill.db"]
    assert (tmp_path / "sijill.db").read_text("utf-8") == "a letter"


def test_a_record_that_another_program_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_room, "open_store", partial(open_store, wait=0.1))
    ident = rows("events")[0]["id"]
    (folder / "a.jsonl").write_text(json.dumps({"doc": "a", "text": "غادر الوفد."}), "utf-8")
    other = sqlite3.connect("sijill.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        for command in (*ASKING[:-1], ("verify",), ("show", ident), ("corrections", "list")):
            done(*command)
        done("read", SAMPLE)  # all of it is known: nothing is to be written
        for command in (("read", "a.jsonl"), ("correct", ident, "status=planned", *BY)):
            result = run(*command)
            assert (result.exit_code, result.stdout) == (cli_ends.FAILED, "")
            assert "another program is writing" in result.stderr
            assert "Run the same command again" in result.stderr
    finally:
        other.execute("ROLLBACK")
        other.close()
    done("correct", ident, "status=planned", *BY)
