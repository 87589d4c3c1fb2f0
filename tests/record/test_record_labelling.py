"""Label Studio's answers: out of a record, labelled, and back into it as corrections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, made, strike, write

from sijill.errors import SourceError, UsageError
from sijill.publish.bundle import Request
from sijill.record.labelling import Labelled
from sijill.record.record import Record

Change = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]


def back(record: Record, folder: Path, *changes: Change, **more: object) -> Path:
    """What Label Studio gives back: for each of ``changes``, one person's labels of every task."""
    tasks = folder / "tasks.json"
    record.export(tasks, "label-studio", Request(names=True))
    given = json.loads(tasks.read_bytes())
    for task in given:
        found = json.dumps(task.pop("predictions")[0]["result"])
        task["annotations"] = [
            {
                "id": number,
                "completed_by": {"email": f"p{number}@example.org"},
                "updated_at": "2026-11-25T10:00:00Z",
                "result": change(task["data"]["doc"], json.loads(found)),
                **more,
            }
            for number, change in enumerate(changes, 1)
        ]
    path = folder / "back.json"
    path.write_text(json.dumps(given), encoding="utf-8")
    return path


def accepted(_: str, result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return result


def labelled(docs: tuple[str, ...], type_: str = "", status: str = "") -> Change:
    """Other labels for every report of some documents."""

    def change(doc: str, result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for piece in result if doc in docs else ():
            if type_ and piece["from_name"] == "type":
                piece["value"]["labels"] = [type_]
            if status and piece["from_name"] == "status":
                piece["value"]["choices"] = [status]
        return result

    return change


def reasons(found: Labelled) -> list[str]:
    return [one.why for one in found.unplaced]


def test_what_is_accepted_changes_nothing(sample: Record, tmp_path: Path) -> None:
    before = made(sample)
    found = sample.correcting.apply_labels(back(sample, tmp_path, accepted))
    assert (found.placed, found.unplaced) == ((), ()) and made(sample) == before


def test_the_whole_way_on_the_sample(sample: Record, tmp_path: Path) -> None:
    alone = [one for one in sample.events() if len(one.members) == 1 and one.status == "occurred"]
    told = {one.members[0]: one for one in alone}
    docs = {one.doc for one in sample.store.testimonies()}

    def possible(doc: str, result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for piece in result:
            if piece["from_name"] == "status" and piece["id"].split("#")[0] in told:
                piece["value"]["choices"] = ["possible"]
        return result

    assert len(docs) > 30 and len(told) > 30
    path = back(sample, tmp_path, possible)
    found = sample.correcting.apply_labels(path)
    assert found.unplaced == () and len(found.placed) == len(told)
    for one in alone:
        assert sample.event(one.id).event.status == "possible"
    again = sample.correcting.apply_labels(path)
    assert not any(one.new for one in again.placed) and len(again.placed) == len(told)
    assert sample.correcting.conflicts() == [] and len(sample.correcting.log()) == len(told)


def test_a_label_becomes_a_correction_with_author_and_time(record: Record, tmp_path: Path) -> None:
    (event,) = record.events(place="sy_tabqa")
    path = back(record, tmp_path, labelled(("taken",), "clash", "possible"))
    tried = record.correcting.apply_labels(path, dry_run=True)
    assert record.correcting.log() == [] and len(tried.placed) == 2
    assert record.correcting.apply_labels(path) == tried
    first, second = record.correcting.log()
    assert (first.kind, first.target, first.field, first.value) == (
        "set",
        event.id,
        *("status", "possible"),
    )
    assert (second.field, second.value, second.by) == ("type", "clash", "p1@example.org")
    assert second.at == "2026-11-25T10:00:00.000000+00:00" and "annotation 1" in second.why
    now = record.event(event.id).event
    assert (now.type, now.status) == ("clash", "possible")
    record.correcting.undo(second.id, why="no", by="Amal")
    assert record.event(event.id).event.type == "capture"
    assert not any(one.new for one in record.correcting.apply_labels(path).placed)
    assert record.event(event.id).event.type == "capture"


def test_an_event_is_corrected_where_all_its_reports_were_labelled_alike(
    record: Record, tmp_path: Path
) -> None:
    ident, before = strike(record), made(record)
    one = back(record, tmp_path, labelled(("strike-one",), "shelling"))
    found = record.correcting.apply_labels(one)
    assert found.placed == () and made(record) == before
    (why,) = reasons(found)
    assert f"event {ident} has other reports that were not labelled so" in why
    assert f"sijill correct {ident} type=shelling" in why and f"sijill split {ident} " in why
    both = back(record, tmp_path, labelled(("strike-one", "strike-two"), "shelling"))
    (placed,) = record.correcting.apply_labels(both).placed
    assert placed.before == "airstrike" and record.event(ident).event.type == "shelling"


def test_people_who_do_not_agree_are_listed(record: Record, tmp_path: Path) -> None:
    before = made(record)
    two = (labelled(("taken",), "clash"), labelled(("taken",), "siege"))
    found = record.correcting.apply_labels(back(record, tmp_path, *two))
    (why,) = reasons(found)
    assert "do not agree: clash (p1@example.org) and siege (p2@example.org)" in why
    found = record.correcting.apply_labels(back(record, tmp_path, accepted, two[0]))
    assert "capture (p1@example.org) and clash (p2@example.org)" in reasons(found)[0]
    assert found.placed == () and made(record) == before
    found = record.correcting.apply_labels(back(record, tmp_path, two[0], two[0]))
    assert len(found.placed) == 1 and found.unplaced == ()


def test_what_no_correction_can_say_is_listed(record: Record, tmp_path: Path) -> None:
    before = made(record)

    def change(doc: str, result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if doc == "taken":
            text = ARTICLES["taken"][2]
            value = {"start": 0, "end": 5, "text": text[:5], "labels": ["clash"]}
            return [{"id": "new", "from_name": "type", "to_name": "text", "value": value}]
        if doc == "retaken":
            for piece in result:
                piece["value"].update(end=piece["value"]["end"] - 6)
                piece["value"]["text"] = piece["value"]["text"][:-6]
        return result

    found = record.correcting.apply_labels(back(record, tmp_path, change))
    assert found.placed == () and made(record) == before
    assert [(one.doc, one.what.split()[0], bool(one.report)) for one in found.unplaced] == [
        ("taken", "clash", False),
        ("taken", "no", True),
        ("retaken", "evidence", True),
    ]
    assert f"0-5: {ARTICLES['taken'][2][:5].strip()}" in found.unplaced[0].what


def test_a_label_that_is_no_type_is_listed(record: Record, tmp_path: Path) -> None:
    found = record.correcting.apply_labels(back(record, tmp_path, labelled(("taken",), "frob")))
    assert found.placed == () and "no type 'frob'" in reasons(found)[0]


def test_documents_that_are_not_there_or_have_a_later_text(record: Record, tmp_path: Path) -> None:
    path = back(record, tmp_path, labelled(("taken",), "clash"))
    with Record.open(tmp_path / "empty.db") as empty:
        found = empty.correcting.apply_labels(path)
        assert found.placed == () and "the record has no document " in reasons(found)[0]
    source = Path(next(record.store.documents()).source)
    kept, (outlet, day, text) = source.read_bytes(), ARTICLES["taken"]
    try:
        record.read(write(source, {"taken": (outlet, day, text + " وفق بيان لها.")}))
    finally:
        source.write_bytes(kept)
    found = record.correcting.apply_labels(path)
    assert found.placed == () and "a later text took the place" in reasons(found)[0]


def test_who_corrects_must_be_known(record: Record, tmp_path: Path) -> None:
    path = back(record, tmp_path, labelled(("taken",), "clash"), completed_by=None)
    with pytest.raises(UsageError, match="annotation 1 does not say who made it; give --by"):
        record.correcting.apply_labels(path)
    assert record.correcting.log() == []
    assert record.correcting.apply_labels(path, by="Amal").placed[0].correction.by == "Amal"


def test_what_is_no_export_of_label_studio(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "back.json"
    for content, message in (
        ("no", "no JSON export of Label Studio"),
        ('[{"data": {"text": "x"}, "annotations": [3]}]', "export the project as JSON"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(SourceError, match=message):
            record.correcting.apply_labels(path)
