"""Actors and words: pairs, the table, and the words that are counted in the background."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sijill.record.record import Record
from sijill.record.wording import Used, words_for_sides
from sijill.store.answers import Document, PairTally
from sijill.web.counting import Counting
from sijill.web.views.actors import example, pairs_with


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Record:
    return Record.open(sample_file, create=False, read_only=True)


def test_the_table_counts_every_actor(client: TestClient, sample: Record) -> None:
    page = client.get("/actors?all=yes").text
    rows = re.findall(r'<tr><th scope="row"><a href="/record\?actor=([a-z_]+)".*?</tr>', page, re.S)
    events = sample.events()
    assert set(rows) == {one for event in events for one in (*event.actor, *event.target)}
    acting = sum("pmf" in event.actor for event in events)
    (row,) = re.findall(r'<tr><th scope="row"><a href="/record\?actor=pmf".*?</tr>', page, re.S)
    assert f">{acting}<" in row and "Islamic State" in row


def test_pairs_are_those_of_the_events(client: TestClient, sample: Record) -> None:
    answer = client.get("/actors/pair?actor=pmf&target=islamic_state&tie=fought")
    fought = [
        one for one in sample.events() if "pmf" in one.actor and "islamic_state" in one.target
    ]
    shown = set(re.findall(r'href="/event/(\w+)"', answer.text))
    assert shown and shown <= {one.id for one in fought}
    page = client.get("/actors?tie=fought").text
    assert f'title="{len(shown)} events: open the list"' in page


def test_pairs_with_nobody_in_particular_come_last() -> None:
    tallies = [
        PairTally("other", "pmf", "clash", 9),
        PairTally("pmf", "islamic_state", "clash", 2),
        PairTally("pmf", "islamic_state", "airstrike", 3),
        PairTally("pmf", "sdf", "clash", 7, together=True),
        PairTally("pmf", "sdf", "meeting", 1),
    ]
    found = [(one.actor, one.target, one.events) for one in pairs_with(tallies, "fought")]
    assert found == [("pmf", "islamic_state", 5), ("other", "pmf", 9)]


def test_two_who_met_are_one_pair_whoever_is_named_first() -> None:
    tallies = [
        PairTally("usa", "iran", "meeting", 2),
        PairTally("iran", "usa", "agreement", 3, together=True),
    ]
    (pair,) = pairs_with(tallies, "met")
    assert (pair.actor, pair.target, pair.events) == ("iran", "usa", 5)


@pytest.mark.parametrize("tie", ["fought", "backed", "met", "spoke", "unknown"])
def test_every_tie_has_a_page_in_both_languages(client: TestClient, tie: str) -> None:
    for lang in ("en", "ar"):
        answer = client.get(f"/actors?tie={tie}&lang={lang}")
        assert answer.status_code == 200 and answer.text.count("aria-current") >= 2
        assert not re.search(r'="[^"]*<bdi', answer.text)


def test_a_place_and_a_period_narrow_it_down(client: TestClient, sample: Record) -> None:
    page = client.get("/actors?all=yes&place=Iraq&after=2017-01-01&before=2017-12-31").text
    events = sample.events(place="Iraq", after="2017-01-01", before="2017-12-31")
    found = set(re.findall(r'<tr><th scope="row"><a href="/record\?[^"]*actor=([a-z_]+)"', page))
    assert found == {one for event in events for one in (*event.actor, *event.target)}
    assert client.get("/actors?after=soon").status_code == 400


def test_words_are_counted_in_the_background_until_all_are(
    client: TestClient, sample: Record
) -> None:
    ends = time.monotonic() + 120
    while "data-counting" in (page := client.get("/actors/words?actor=islamic_state").text):
        assert "Being counted" in page and time.monotonic() < ends
        time.sleep(0.1)
    assert "articles counted" in page
    counts = words_for_sides(sample)
    telling = set(sample.store.telling_documents())
    outlet = next(
        one.outlet
        for one in sample.store.documents(telling)
        if (one.outlet, "islamic_state") in counts
    )
    word, _ = counts[outlet, "islamic_state"].most_common(1)[0]
    assert f'<bdi lang="ar" dir="rtl">{word}</bdi>' in page
    assert "<mark>" in page and 'href="/source/' in page


def test_counted_words_are_those_of_the_command_line(sample: Record) -> None:
    counting = Counting(sample)
    counting.progress()
    assert counting.wait(30) and counting.progress().done
    counts = words_for_sides(sample)
    told = sum(counts[outlet, "sdf"].total() for outlet, actor in list(counts) if actor == "sdf")
    counted = sum(times for _, words in counting.words("sdf") for _, times, _ in words)
    assert 0 < counted <= told
    for _, words in counting.words("sdf"):
        for word, _, used in words:
            for one in used:
                text = sample.document(one.document).text
                assert " ".join(text[one.start : one.end].split()) == word


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("قال أحمد. هاجم داعش القرية. ثم", "هاجم ", " القرية."),
        ("هاجم داعش", "هاجم ", ""),
        ("كلمة " * 60 + "هاجم داعش " + "كلمة " * 60, " … كلمة", "كلمة … "),
    ],
)
def test_words_are_shown_in_their_sentence(text: str, before: str, behind: str) -> None:
    start = text.index("داعش")
    shown = example(Document("d", "d", text, ""), Used("d", start, start + 4))
    assert shown.words == "داعش"
    assert shown.before.startswith(before) and shown.behind.endswith(behind)


def test_counting_can_be_stopped(sample: Record) -> None:
    counting = Counting(sample)
    counting.stop()
    assert not counting.progress().done and counting.wait(0)
