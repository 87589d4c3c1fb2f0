"""The start page: files and texts are read in the background, and everything is accounted for."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from page_texts import plain

from sijill.errors import RecordError, UsageError
from sijill.web import jobs as jobs_module
from sijill.web.app import make_app
from sijill.web.jobs import Given, Jobs
from sijill.web.records import Records
from sijill.web.settings import Settings
from sijill.web.uploads import clean_name, keep_text

STRIKE = "قصفت طائرات التحالف الدولي مدينة منبج يوم الأربعاء 8 مارس 2017 فقتل 17 مدنيا."
MOST_FILES, MOST_BYTES = 4, 5_000


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what is given lies until it is read."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def settings(path: Path, **more: object) -> Settings:
    return Settings(str(path), most_files=MOST_FILES, most_bytes=MOST_BYTES, **more)  # type: ignore[arg-type]


@pytest.fixture
def empty(tmp_path: Path, temporary: Path) -> Iterator[TestClient]:
    """The page over an empty record."""
    app = make_app(settings(tmp_path / "record.db"))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def sent(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Send files; gives the page of the job once it is over."""
    answer = client.post("/read/files", files=[("files", file) for file in files])
    assert answer.status_code == 303, answer.text
    return finished(client, answer.headers["location"])


def finished(client: TestClient, address: str) -> str:
    for _ in range(2_400):
        page = client.get(address, headers={"hx-request": "true"}).text
        if "hx-trigger" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("it is still being read")


def test_an_empty_record_offers_the_sample_and_reads_it(empty: TestClient) -> None:
    assert 'action="/read/sample"' in empty.get("/").text
    answer = empty.post("/read/sample")
    page = finished(empty, answer.headers["location"])
    assert "Done." in page and "40 articles" in page and re.search(r"\d+ reports", page)
    start = empty.get("/").text
    assert "/read/sample" not in start and ">40<" in start and 'href="/review"' in start
    refused = empty.post("/read/sample")
    assert refused.status_code == 400 and "empty record" in refused.text


def test_files_are_read_and_each_has_a_line(empty: TestClient, temporary: Path) -> None:
    page = sent(
        empty,
        ("strike.txt", STRIKE.encode()),
        ("english.txt", b"The army took the town on Friday and twenty people were killed there."),
        ("empty.txt", b" "),
        ("picture.png", b"\x89PNG"),
    )
    assert "1 article, 1 report, 3 skipped" in page
    for name in ("strike", "english.txt", "empty.txt", "picture.png"):
        assert f"<bdi>{name}</bdi>" in page
    assert "only Arabic is read" in page and "no text in it; choose" in page
    assert "this kind of file is not read; send .txt" in page
    assert list(temporary.iterdir()) == []


def test_names_are_names_and_nothing_else(empty: TestClient, temporary: Path) -> None:
    page = sent(empty, ("../../<b>news\u202e.txt", STRIKE.encode()))
    assert "<bdi>&lt;b&gt;news </bdi>" in page
    assert clean_name("C:\\news\\ of\x00 today.txt") == "of today.txt"
    assert clean_name("a/" + "x" * 300 + ".warc.gz")[-8:] == ".warc.gz"
    assert len(clean_name("x" * 300 + ".txt")) == 160


def test_files_of_one_name_are_both_kept(empty: TestClient) -> None:
    other = STRIKE.replace("17", "23")
    page = sent(empty, ("a/news.txt", STRIKE.encode()), ("b/news.txt", other.encode()))
    assert "<bdi>news</bdi>" in page and "<bdi>news~2</bdi>" in page
    assert "Articles 2 Reports in them 2" in plain(empty.get("/").text)


def test_a_title_is_no_kind_of_file(empty: TestClient) -> None:
    given = {"text": STRIKE, "title": "news.html"}
    page = finished(empty, empty.post("/read/text", data=given).headers["location"])
    assert "1 article, 1 report." in page


def test_what_is_too_large_is_refused_alone(empty: TestClient) -> None:
    page = sent(empty, ("large.txt", b"x" * (MOST_BYTES + 1)), ("strike.txt", STRIKE.encode()))
    assert "1 article, 1 report, 1 skipped" in page and "larger than 5,000 bytes" in page


def test_too_many_and_none_at_all_are_refused(empty: TestClient, temporary: Path) -> None:
    many = [("files", (f"{n}.txt", b"x")) for n in range(MOST_FILES + 1)]
    assert empty.post("/read/files", files=many).status_code == 400
    nothing = empty.post("/read/files", files=[("files", ("", b""))])
    assert nothing.status_code == 400
    length = {"content-length": str(MOST_BYTES * MOST_FILES + 2_000_000)}
    assert empty.post("/read/files", content=b"", headers=length).status_code == 413
    assert list(temporary.iterdir()) == []


def test_a_text_is_pasted(empty: TestClient) -> None:
    given = {"text": STRIKE, "title": "غارة", "outlet": "one.example", "date": "2017-03-09"}
    answer = empty.post("/read/text", data=given)
    page = finished(empty, answer.headers["location"])
    assert "<bdi>غارة</bdi>" in page and "one.example" in page and "9 Mar 2017" in page
    again = finished(empty, empty.post("/read/text", data=given).headers["location"])
    assert "In the record already" in again


def test_a_pasted_text_without_a_title_is_named_by_its_words(tmp_path: Path) -> None:
    given = keep_text({"text": STRIKE}, settings(tmp_path))
    assert next(iter(given.names.values())).startswith("pasted-")
    assert given.folder is not None and given.folder.stat().st_mode & 0o077 == 0
    with pytest.raises(UsageError, match="no text"):
        keep_text({"text": "  "}, settings(tmp_path))
    with pytest.raises(UsageError, match="no day"):
        keep_text({"text": STRIKE, "date": "9.3.17"}, settings(tmp_path))
    with pytest.raises(UsageError, match="longer than"):
        keep_text({"text": STRIKE * 100}, settings(tmp_path))


def test_a_page_for_reading_only_takes_nothing(client: TestClient) -> None:
    page = client.get("/").text
    assert '<form action="/read' not in page and "What the record holds" in page
    for address in ("/read/files", "/read/text", "/read/sample"):
        assert client.post(address).status_code == 403


def test_an_unknown_job_is_no_page(client: TestClient) -> None:
    assert client.get("/read/nothing").status_code == 404
    part = client.get("/read/nothing", headers={"hx-request": "true"}).text
    assert part.startswith('<section id="progress">') and "hx-trigger" not in part


def test_without_scripts_the_page_loads_itself_again(
    empty: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module._Job, "read", lambda self, records: time.sleep(0.2))
    address = empty.post("/read/sample").headers["location"]
    page = empty.get(address).text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'hx-get="{address}"' in page


def test_what_fails_is_told_and_the_next_one_is_read(tmp_path: Path, temporary: Path) -> None:
    records = Records(str(tmp_path / "record.db"))
    jobs = Jobs(records)
    folder = temporary / "given"
    folder.mkdir()
    broken = jobs.start(Given(("not a path",), None, folder))  # type: ignore[arg-type]
    after = jobs.start(keep_text({"text": STRIKE}, settings(tmp_path)))
    for _ in range(2_400):
        now = jobs.progress(after)
        if now and now.over:
            break
        time.sleep(0.05)
    done, failed = jobs.recent()
    assert (done.id, done.state, done.reports) == (after, "done", 1)
    assert failed.id == broken and failed.skipped == 1 and failed.lines[0].skipped
    assert list(temporary.iterdir()) == []
    jobs.close()
    records.close()


def test_the_queue_is_bounded(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = Records(str(tmp_path / "record.db"))
    monkeypatch.setattr(jobs_module, "_WAITING", 1)
    jobs = Jobs(records)
    with records.writing():
        jobs.start(Given(()))
        with pytest.raises(RecordError, match="too many files wait"):
            for _ in range(3):
                jobs.start(keep_text({"text": STRIKE}, settings(tmp_path)))
        impatient = records.writing(patience=0.01)
        with pytest.raises(RecordError, match="being read into it"):
            impatient.__enter__()
    jobs.close()
    records.close()
    assert list(temporary.iterdir()) == []


def test_a_long_job_keeps_its_last_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "_LINES", 3)
    job = jobs_module._Job(Given(()))
    for number in range(5):
        job.add(jobs_module.Line(str(number), reports=2))
    now = job.progress()
    assert [line.name for line in now.lines] == ["2", "3", "4"]
    assert (now.dropped, now.articles, now.reports) == (2, 5, 10)
