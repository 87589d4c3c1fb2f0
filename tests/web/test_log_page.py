"""The log: everything stays in it, one by one undone, carried to another record."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.testclient import TestClient
from page_texts import plain

from sijill.record.record import Record

SAYS = {"why": "the ministry's list", "by": "Amal"}


def corrected(path: Path) -> tuple[str, str, str]:
    """Two corrections of two events; gives the ids of the corrections and of the first event."""
    with Record.open(path) as record:
        events = [one.id for one in record.events()]
        first = record.correcting.set(events[0], "type", "shelling", **SAYS)
        second = record.correcting.confirm(events[1], "toll", "17", why="seen", by="Basim")
        return first.id, second.id, events[0]


def shown(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<li id="(c\w+)" class="(\w+)">', text)


def test_an_empty_log_says_so(made: TestClient) -> None:
    text = made.get("/log").text
    assert "Nobody has corrected anything yet" in text and "/log/apply" in text


def test_the_last_one_comes_first_and_filters_keep_some(made_copy: Path, made: TestClient) -> None:
    first, second, event = corrected(made_copy)
    assert shown(made.get("/log").text) == [(second, "force"), (first, "force")]
    assert shown(made.get(f"/log?event={event}").text) == [(first, "force")]
    assert shown(made.get("/log?author=Basim").text) == [(second, "force")]
    assert shown(made.get("/log?state=undone").text) == []
    assert "1 of 2 corrections" in plain(made.get("/log?author=Basim").text)


def test_one_is_undone_and_the_undo_too(made_copy: Path, made: TestClient) -> None:
    first, second, event = corrected(made_copy)
    sent = made.post(f"/log/{first}/undo", data={"why": "wrong list", "by": "Dunya"})
    assert sent.status_code == 303 and sent.headers["location"] == "/log"
    states = shown(made.get("/log").text)
    undo = states[0][0]
    assert states == [(undo, "force"), (second, "force"), (first, "undone")]
    assert "taken back:" in made.get("/log").text
    made.post(f"/log/{undo}/undo", data={"why": "right after all", "by": "Dunya"})
    assert dict(shown(made.get("/log").text))[first] == "force"
    with Record.open(made_copy, read_only=True) as record:
        assert record.event(event).event.type == "shelling"
        assert [one.kind for one in record.correcting.log()] == ["set", "confirm", "undo", "undo"]


def test_an_undo_needs_reason_and_author_and_stays_here(made_copy: Path, made: TestClient) -> None:
    first, *_ = corrected(made_copy)
    assert made.post(f"/log/{first}/undo", data={"by": "Dunya"}).status_code == 400
    elsewhere = {"why": "x", "by": "Dunya", "back": "//evil.example/"}
    sent = made.post(f"/log/{first}/undo", data=elsewhere)
    assert sent.headers["location"] == "/"
    again = made.post(f"/log/{first}/undo", data={"why": "x", "by": "Dunya"})
    assert again.status_code == 400 and "undone already" in again.text


def test_corrections_are_carried_and_misfits_listed(made_copy: Path, made: TestClient) -> None:
    first, _, event = corrected(made_copy)
    exported = made.get("/log/corrections.jsonl")
    assert exported.headers["content-disposition"].endswith('"corrections.jsonl"')
    lines = exported.content.splitlines()
    assert len(lines) == 2
    strange = (
        lines[0]
        .replace(event.encode(), b"e00000000000000000")
        .replace(first.encode(), b"c000000000000")
    )
    sent = made.post("/log/apply", files={"file": ("log.jsonl", b"\n".join([*lines, strange]))})
    text = plain(sent.text)
    assert sent.status_code == 200 and "1 correction taken over" in text
    assert "1 does not fit this record" in text and "there is no event e0000" in text
    assert ("c000000000000", "conflict") in shown(sent.text)


def test_what_is_no_log_changes_nothing(made: TestClient) -> None:
    sent = made.post("/log/apply", files={"file": ("log.jsonl", b"{}\n")})
    assert sent.status_code == 400 and "line 1: no correction" in sent.text
    assert shown(made.get("/log").text) == []


def test_hostile_words_stay_words(made_copy: Path, made: TestClient) -> None:
    with Record.open(made_copy) as record:
        event = record.events()[0].id
        record.correcting.set(event, "type", "shelling", why="<script>x</script>", by="<b>A")
    text = made.get("/log").text
    assert "<script>x" not in text and "&lt;script&gt;x" in text and "<b>A" not in text


def test_for_reading_only_there_is_no_undoing(client: TestClient) -> None:
    assert "/log/apply" not in client.get("/log").text
    assert client.post("/log/c1/undo", data={"why": "x", "by": "y"}).status_code == 403
    assert client.post("/log/apply", files={"file": ("a", b"")}).status_code == 403
