"""One decision a screen: by buttons, by keys on any layout, kept in the log, taken back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from page_texts import plain

from sijill.record.record import Record
from sijill.web.app import make_app
from sijill.web.settings import Settings


@pytest.fixture
def copy(sample_file: Path, tmp_path: Path) -> Path:
    """A record of the packaged stories, to change."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.db"))


@pytest.fixture
def page(copy: Path) -> Iterator[TestClient]:
    """The page over it."""
    app = make_app(Settings(str(copy)))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        client.headers["sec-fetch-site"] = "same-origin"
        yield client


def asked(text: str) -> str:
    found = re.search(r'name="at" value="(q\w+)"', text)
    assert found, text
    return found[1]


def waiting(copy: Path) -> list[str]:
    with Record.open(copy, read_only=True) as record:
        return list(record.review.queue().ids)


def first_of(copy: Path, kind: str) -> str:
    with Record.open(copy, read_only=True) as record:
        queue = record.review.queue()
    return next(i for i, one in zip(queue.ids, queue.doubts, strict=True) if one.kind == kind)


def log(copy: Path) -> list[tuple[str, str, str, str]]:
    with Record.open(copy, read_only=True) as record:
        return [(one.kind, one.field, one.why, one.by) for one in record.correcting.log()]


def decide(page: TestClient, at: str, answer: str, **more: str) -> str:
    sent = page.post("/review/decide", data={"at": at, "answer": answer, "by": "أمل"} | more)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def test_a_question_shows_the_sentence_why_and_the_answers(page: TestClient, copy: Path) -> None:
    text = page.get(f"/review?at={first_of(copy, 'toll')}").text
    assert "dead on one witness's word" in plain(text)
    assert "only one independent source" in plain(text)
    assert '<blockquote lang="ar" dir="rtl">' in text and "<mark" in text
    for code in ("KeyA", "KeyX", "KeyE", "KeyS", "KeyJ", "KeyO", "Digit1"):
        assert f'data-code="{code}"' in text
    assert '<body data-keys="own">' in text
    assert 'data-code="KeyK"' not in page.get("/review").text


def test_a_decision_is_kept_and_the_next_one_is_asked(page: TestClient, copy: Path) -> None:
    before, at = waiting(copy), first_of(copy, "toll")
    after = page.get(decide(page, at, "accept")).text
    assert "Kept in the log" in after and 'value="أمل"' in after
    assert asked(after) == before[before.index(at) + 1]
    assert f"of {len(before) - 1}" in plain(after)
    assert log(copy) == [("confirm", "toll", "review, toll: accept", "أمل")]
    decide(page, first_of(copy, "toll"), "reject", why="read it")
    assert log(copy)[1] == ("set", "status", "read it", "أمل")


def test_a_decision_needs_a_name(page: TestClient, copy: Path) -> None:
    at = asked(page.get("/review").text)
    sent = page.post("/review/decide", data={"at": at, "answer": "accept", "why": "seen"})
    assert sent.status_code == 400 and asked(sent.text) == at
    assert "needs your name" in sent.text and 'value="seen"' in sent.text
    assert log(copy) == []


def test_a_decision_is_taken_back(page: TestClient, copy: Path) -> None:
    first = page.get("/review").text
    at = asked(first)
    decide(page, at, "accept")
    text = page.get("/review").text
    found = re.search(r'name="correction" value="(\w+)"', text)
    assert found and "Undo my last: confirmed:" in text
    assert page.post("/review/undo", data={"correction": found[1]}).status_code == 303
    assert asked(page.get("/review").text) == at
    assert [one[0] for one in log(copy)] == ["confirm", "undo"]


def test_a_question_that_is_answered_is_refused_and_forgotten(page: TestClient) -> None:
    at = asked(page.get("/review").text)
    decide(page, at, "accept")
    again = page.post("/review/decide", data={"at": at, "answer": "accept", "by": "A"})
    assert again.status_code == 400 and "waits no more" in again.text
    assert asked(page.get(f"/review?at={at}").text) != at
    unknown = {"at": asked(page.get("/review").text), "answer": "7", "by": "A"}
    assert page.post("/review/decide", data=unknown).status_code == 400


def test_skipping_goes_on_to_the_end_and_can_be_forgotten(page: TestClient, copy: Path) -> None:
    seen, address, ids = [], "/review", waiting(copy)
    for _ in ids:
        at = asked(page.get(address).text)
        seen.append(at)
        address = str(page.post("/review/skip", data={"at": at}).headers["location"])
    assert seen == ids
    text = page.get(address).text
    assert "All that is left was skipped" in text and f"{len(ids)} questions were skipped" in plain(
        text
    )
    page.post("/review/unskip")
    assert asked(page.get("/review").text) == seen[0]


def test_the_empty_queue_says_so_with_the_last_decisions(made: TestClient) -> None:
    text = made.get("/review").text
    for _ in range(9):
        if "Nothing waits" in text:
            break
        decide(made, asked(text), "accept")
        text = made.get("/review").text
    assert "Nothing waits" in text and "data-code" in text
    assert text.count("confirmed:") <= 6 and "Last decisions" in text


def test_every_question_has_a_page_in_both_languages(page: TestClient, copy: Path) -> None:
    with Record.open(copy, read_only=True) as record:
        ids = record.review.queue().ids
    for lang in ("en", "ar"):
        page.cookies.set("lang", lang)
        for ident in ids:
            text = page.get(f"/review?at={ident}").text
            assert asked(text) == ident and f'lang="{lang}"' in text


def test_for_reading_only_there_is_no_deciding(client: TestClient) -> None:
    text = client.get("/review").text
    assert 'action="/review/decide"' not in text and "KeyJ" in text
    for address, data in (
        ("/review/decide", {"at": "q", "answer": "accept"}),
        ("/review/undo", {"correction": "c"}),
    ):
        assert client.post(address, data=data).status_code == 403
