"""The source reader: the article as published, its reports marked, and the reasons of each."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from page_texts import event_of, plain

from sijill import testimony as of_record
from sijill.record.record import Record
from sijill.store.answers import Document
from sijill.web.names import web_address
from sijill.web.spans import misplaced, read_sentences, runs


def document_of(path: Path, name: str) -> Document:
    with Record.open(path, read_only=True, create=False) as record:
        return next(one for one in record.store.documents() if one.name == name)


def told_in(path: Path, document: str) -> list[of_record.Testimony]:
    with Record.open(path, read_only=True, create=False) as record:
        return [one for one in record.store.testimonies() if one.document == document]


def text_of(page: str) -> str:
    """The article as the page shows it, without the numbers of sentences."""
    shown = re.findall(r'<article class="text".*?</article>', page, re.DOTALL)[0]
    shown = re.sub(r'<a class="n".*?</a>', "", shown)
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


# ------------------------------------------------------------ spans


def test_spans_that_overlap_are_cut_into_runs_of_one_level() -> None:
    found = list(runs("abcdefgh", (0, 8), {"one": [(1, 5)], "two": [(3, 7)]}))
    assert [(run.text, run.reports) for run in found] == [
        ("a", ()),
        ("bc", ("one",)),
        ("de", ("one", "two")),
        ("fg", ("two",)),
        ("h", ()),
    ]
    assert [run.opens for run in found] == [(), ("one",), ("two",), (), ()]


def test_offsets_are_code_points() -> None:
    text = "😀 قتل 😀"
    (run,) = (run for run in runs(text, (0, len(text)), {"one": [(2, 5)]}) if run.reports)
    assert run.text == "قتل"


def test_runs_hold_the_whole_text_of_every_article(sample_file: Path) -> None:
    with Record.open(sample_file, read_only=True, create=False) as record:
        told = list(record.store.testimonies())
        for document in record.store.documents():
            here = [one for one in told if one.document == document.id]
            found = read_sentences(document.text, here)
            joined = "".join(run.text for sentence in found for run in sentence.runs)
            assert "".join(joined.split()) == "".join(document.text.split())
            marked = {name for s in found for run in s.runs for name in run.reports}
            assert marked == {one.id for one in here}


@pytest.mark.parametrize(
    ("evidence", "quote", "wrong"),
    [
        (((0, 3),), "abc", False),
        (((1, 4),), "abc", True),
        (((0, 30),), "abcdef", True),
        ((), "", True),
    ],
)
def test_evidence_is_where_it_should_be_or_nowhere(
    evidence: tuple[tuple[int, int], ...], quote: str, wrong: bool
) -> None:
    told = of_record.Testimony("t", "d", "doc", "clash", "occurred", evidence=evidence, quote=quote)
    assert misplaced(told, "abcdef") is wrong
    marked = [s for s in read_sentences("abcdef", [told]) if s.marked]
    assert bool(marked) is not wrong


# ------------------------------------------------------------ the page


def test_the_article_is_shown_as_published(made: TestClient, made_file: Path) -> None:
    document = document_of(made_file, "hostile")
    page = made.get(f"/source/{document.id}").text
    assert "".join(text_of(page).split()) == "".join(document.text.split())
    assert "<script>alert" not in page
    assert '<article class="text" lang="ar" dir="rtl"' in page


def test_every_report_is_marked_and_leads_to_its_event(made: TestClient, made_file: Path) -> None:
    document = document_of(made_file, "taken")
    (told,) = told_in(made_file, document.id)
    page = made.get(f"/source/{document.id}", params={"report": told.id}).text
    assert f'<mark data-reports="{told.id}" class="lit">{told.quote}</mark>' in page
    assert f'id="r-{told.id}"' in page
    assert f'href="/event/{event_of(made_file, "capture").id}"' in page


def test_the_capture_is_told(made: TestClient, made_file: Path) -> None:
    document = document_of(made_file, "wire-a")
    page = made.get(f"/source/{document.id}").text
    assert document.sha256 in page
    assert '<a href="https://news.example/wire-a" rel="noreferrer noopener external"' in page
    assert "from the page's own stamp" in plain(page)
    others = {document_of(made_file, name).id for name in ("wire-b", "wire-c")}
    assert others == set(re.findall(r'href="/source/(\w+)"', page))
    assert plain(page).count("the same text") == 2


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://news.example/1", "https://news.example/1"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://[broken", ""),
        ("/inside", ""),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, followed: str) -> None:
    assert web_address(url) == followed


def test_the_rule_behind_each_value_is_told(made: TestClient, made_file: Path) -> None:
    document = document_of(made_file, "taken")
    (told,) = told_in(made_file, document.id)
    whole = made.get(f"/source/{document.id}", params={"why": told.id}).text
    part = made.get(
        f"/source/{document.id}", params={"why": told.id}, headers={"HX-Request": "true"}
    ).text
    assert "rules/territory.yml:" in whole
    assert "rules/territory.yml:" in part
    assert "<html" in whole and "<html" not in part


def test_why_answers_only_for_reports_of_the_article(made: TestClient, made_file: Path) -> None:
    taken, wire = document_of(made_file, "taken"), document_of(made_file, "wire-a")
    (told,) = told_in(made_file, taken.id)
    page = made.get(f"/source/{wire.id}", params={"why": told.id})
    assert page.status_code == 200
    assert "territory.yml" not in page.text


def test_a_text_that_was_changed_is_an_error(made: TestClient, made_copy: Path) -> None:
    document = document_of(made_copy, "taken")
    with Record.open(made_copy) as record:
        connection = record.store.engine.raw_connection()
        connection.execute("UPDATE documents SET text = 'X' || text")
        connection.commit()
        connection.close()
    page = plain(made.get(f"/source/{document.id}").text)
    assert "Trust nothing on this page" in page
    assert "nothing is marked in their place" in page
    assert "<mark" not in made.get(f"/source/{document.id}").text


def test_a_superseded_text_names_the_later_one(made_copy: Path, made: TestClient) -> None:
    old = document_of(made_copy, "taken")
    newer = made_copy.parent / "newer.jsonl"
    newer.write_text(
        '{"doc": "taken", "outlet": "one.example", "published": "2017-03-10", '
        '"url": "https://news.example/taken", "text": '
        '"سيطرت قوات سوريا الديمقراطية على مدينة الطبقة يوم الجمعة 10 مارس 2017."}',
        encoding="utf-8",
    )
    with Record.open(made_copy) as record:
        record.read(newer)
    page = made.get(f"/source/{old.id}").text
    later = next(one for one in re.findall(r'href="/source/(\w+)"', page) if one != old.id)
    assert "was superseded" in plain(page)
    assert "was superseded" not in plain(made.get(f"/source/{later}").text)
    assert '<mark data-reports="' in page


def test_a_document_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/source/nothing").status_code == 404


@pytest.mark.parametrize("code", ["en", "ar"])
def test_every_article_of_the_sample_has_its_page(
    client: TestClient, sample_file: Path, code: str
) -> None:
    with Record.open(sample_file, read_only=True, create=False) as record:
        documents = list(record.store.documents())
    for document in documents[::9]:
        page = client.get(f"/source/{document.id}", params={"lang": code})
        assert page.status_code == 200
        assert "".join(text_of(page.text).split()) == "".join(document.text.split())
