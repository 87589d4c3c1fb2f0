"""Label Studio: tasks out, annotations back in, round trips."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from made_events import told

from sijill.errors import ExportError, SourceError, UsageError
from sijill.publish.bundle import Request
from sijill.publish.label_studio import Page, labelling_config, write_tasks
from sijill.publish.label_studio_back import changes, read_annotations

TEXT = "📰 قصف التحالف الموصل. وقال شاهد: سيطر الجيش على الحي"
STRIKE = told("a", evidence=((2, 21),), document="doc-1", id="doc-1/r1")
CAPTURE = told(
    "b", evidence=((35, 52),), document="doc-1", id="doc-1/r2", type="capture", actor=("iraq_army",)
)
PAGE = Page("doc-1", "article.txt", TEXT, (STRIKE, CAPTURE))
NAMES = Request(names=True)


def annotated(path: Path, change: Any = None, **more: object) -> Path:
    """What Label Studio gives back for the tasks in ``path``: the predictions, accepted."""
    tasks = json.loads(path.read_bytes())
    for number, task in enumerate(tasks, 1):
        result = task.pop("predictions")[0]["result"]
        task["annotations"] = [
            {
                "id": number,
                "completed_by": {"id": 3, "email": "huda@example.org"},
                "created_at": "2026-11-25T10:00:00Z",
                "result": change(result) if change else result,
                **more,
            }
        ]
    back = path.with_name("back.json")
    back.write_text(json.dumps(tasks), encoding="utf-8")
    return back


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    path = tmp_path / "tasks.json"
    write_tasks([PAGE], path, NAMES)
    return path


def test_a_task_holds_the_text_and_what_was_found_in_it(tasks: Path) -> None:
    (task,) = json.loads(tasks.read_bytes())
    assert task["data"]["text"] == TEXT
    assert task["data"]["document"] == "doc-1"
    result = task["predictions"][0]["result"]
    assert [(one["from_name"], one["to_name"], one["type"]) for one in result[:2]] == [
        ("type", "text", "labels"),
        ("status", "text", "choices"),
    ]
    assert result[0]["id"] == result[1]["id"] == "doc-1/r1#0"
    for one in result:
        value = one["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    assert result[2]["value"]["labels"] == ["capture"]


def test_tasks_need_leave_to_show_names(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="with all names"):
        write_tasks([PAGE], tmp_path / "tasks.json")
    assert not list(tmp_path.iterdir())


def test_the_account_counts_what_cannot_be_labelled(tmp_path: Path) -> None:
    meta = write_tasks([PAGE, PAGE], tmp_path / "tasks.json", NAMES)
    assert (meta.given, meta.members) == (2, 4)
    assert [(loss.kind, loss.count) for loss in meta.losses] == [("slots", 2)]
    assert (tmp_path / "tasks.json.meta.json").is_file()
    assert len(json.loads((tmp_path / "tasks.json").read_bytes())) == 2


def test_no_pages_are_an_empty_list(tmp_path: Path) -> None:
    write_tasks([], tmp_path / "tasks.json", NAMES)
    assert json.loads((tmp_path / "tasks.json").read_bytes()) == []


def test_a_cut_off_export_says_where_it_stands(tmp_path: Path) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield PAGE
        raise OSError("gone")

    with pytest.raises(ExportError, match=r"tasks\.json\.part"):
        write_tasks(broken(), tmp_path / "tasks.json", NAMES)
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.json.part"]


def test_accepting_everything_changes_nothing(tasks: Path) -> None:
    (one,) = read_annotations(annotated(tasks))
    assert (one.document, one.by, one.at) == (
        "doc-1",
        "huda@example.org",
        "2026-11-25T10:00:00Z",
    )
    found = changes(one, PAGE.testimonies)
    assert (found.corrections, found.added, found.removed) == ((), (), ())


def test_offsets_in_utf_16_units_are_understood(tasks: Path) -> None:
    def shifted(result: list[Any]) -> list[Any]:
        for one in result:
            one["value"]["start"] += 1
            one["value"]["end"] += 1
        return result

    (one,) = read_annotations(annotated(tasks, shifted))
    assert [(label.start, label.end) for label in one.labels] == [(2, 21), (35, 52)]
    assert changes(one, PAGE.testimonies).corrections == ()


def test_changed_labels_become_corrections(tasks: Path) -> None:
    def changed(result: list[Any]) -> list[Any]:
        result[0]["value"]["labels"] = ["shelling"]
        result[1]["value"]["choices"] = ["possible"]
        result[2]["value"].update(start=35, end=44, text=TEXT[35:44])
        return result

    path = annotated(tasks, changed)
    (one,) = read_annotations(path)
    found = changes(one, PAGE.testimonies)
    assert [(c.kind, c.target, c.field, c.value) for c in found.corrections] == [
        ("set", "doc-1/r1", "type", "shelling"),
        ("set", "doc-1/r1", "status", "possible"),
        ("set", "doc-1/r2", "evidence", "35-44"),
    ]
    assert {c.by for c in found.corrections} == {"huda@example.org"}
    assert all("annotation 1" in c.why for c in found.corrections)
    assert changes(next(read_annotations(path)), PAGE.testimonies) == found
    assert len({c.id for c in found.corrections}) == 3


def test_regions_added_and_taken_away(tasks: Path) -> None:
    def changed(result: list[Any]) -> list[Any]:
        value = {"start": 22, "end": 34, "text": TEXT[22:34], "labels": ["accusation"]}
        new = {"id": "Xy1", "from_name": "type", "to_name": "text", "value": value}
        return [*result[:2], new]

    (one,) = read_annotations(annotated(tasks, changed))
    found = changes(one, PAGE.testimonies)
    assert [(label.type, label.start, label.end) for label in found.added] == [
        ("accusation", 22, 34)
    ]
    assert found.removed == ("doc-1/r2",)


def test_a_region_drawn_anew_over_the_same_words_is_the_same_report(tasks: Path) -> None:
    def renamed(result: list[Any]) -> list[Any]:
        return [{**one, "id": f"new-{one['id']}"} for one in result]

    (one,) = read_annotations(annotated(tasks, renamed))
    found = changes(one, PAGE.testimonies)
    assert (found.corrections, found.added, found.removed) == ((), (), ())


def test_skipped_annotations_are_passed_over(tasks: Path) -> None:
    assert list(read_annotations(annotated(tasks, was_cancelled=True))) == []


def test_a_region_that_fits_no_words_is_an_issue(tasks: Path) -> None:
    def broken(result: list[Any]) -> list[Any]:
        result[0]["value"]["text"] = "somewhere else"
        result[2]["value"]["end"] = 10_000
        return result

    (one,) = read_annotations(annotated(tasks, broken))
    assert one.labels == ()
    assert [issue.code for issue in one.issues] == ["label_lost", "label_lost"]


@pytest.mark.parametrize("content", ["{", "[1]", '[{"data": {}}]', '{"tasks": []}'])
def test_what_is_no_export_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "back.json"
    path.write_text(content)
    with pytest.raises(SourceError, match=r"back\.json"):
        list(read_annotations(path))


def test_the_labelling_interface_offers_every_type_and_status() -> None:
    root = ElementTree.fromstring(labelling_config())
    labels = root.find("Labels")
    assert labels is not None
    values = {one.get("value"): one.get("hint") for one in labels}
    assert values["airstrike"] == "غارة جوية"
    assert len(values) == 27
    choices = root.find("Choices")
    assert choices is not None
    assert {one.get("value") for one in choices} == {
        "occurred",
        "ongoing",
        "planned",
        "possible",
        "denied",
    }
