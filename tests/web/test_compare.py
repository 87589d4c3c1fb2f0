"""Side by side: facets down, sources across, copies in one column, what differs outlined."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.testclient import TestClient
from page_texts import event_of, plain

from sijill import testimony as of_record
from sijill.record.record import Record
from sijill.testimony import Dispute, Event, Position
from sijill.web.side_by_side import columns, compare


def told(
    name: str, *, day: str = "2017-03-09", kind: str = "airstrike", family: str = ""
) -> of_record.Testimony:
    return of_record.Testimony(
        name, name, name, kind, "occurred", outlet=name, said_on=day, family=family
    )


EVENT = Event("e", "airstrike", "occurred", "single", ("a", "b", "c"), 3, 3)


def cells(
    event: Event, members: list[of_record.Testimony], facet: str
) -> list[tuple[int, int, bool, bool]]:
    found = {one.name: one for one in compare(event, columns(members))}
    return [(one.first, one.wide, one.differs, one.disputed) for one in found[facet].cells]


def test_copies_are_one_column_and_columns_stand_by_day() -> None:
    members = [told("c", day="2017-03-11"), told("b", family="a"), told("a", family="a")]
    found = columns(members)
    assert [[one.id for one in column.prints] for column in found] == [["a", "b"], ["c"]]
    assert [column.documents for column in found] == [2, 1]


def test_equal_cells_are_merged_and_no_facet_without_a_word_is_shown() -> None:
    members = [told("a"), told("b"), told("c")]
    assert cells(EVENT, members, "what") == [(0, 3, False, False)]
    assert {one.name for one in compare(EVENT, columns(members))} == {"what", "status"}


def test_what_most_do_not_say_differs() -> None:
    members = [told("a"), told("b"), told("c", kind="shelling")]
    assert cells(EVENT, members, "what") == [(0, 2, False, False), (2, 1, True, False)]


def test_where_no_answer_is_the_most_common_one_all_differ() -> None:
    members = [told("a"), told("b", kind="shelling")]
    assert cells(EVENT, members, "what") == [(0, 1, True, False), (1, 1, True, False)]


def test_a_contradiction_is_marked_at_the_sources_that_it_names() -> None:
    sides = tuple(Position(one, (one,), (), (one,)) for one in ("a", "c"))
    dispute = Dispute("what", sides, "in words", "")
    event = Event(
        "e", "airstrike", "occurred", "single", ("a", "b", "c"), 3, 3, disputes=(dispute,)
    )
    members = [told("a"), told("b", kind="killing"), told("c", kind="bombing")]
    found = {one.name: one for one in compare(event, columns(members))}
    assert [one.disputed for one in found["what"].cells] == [True, False, True]
    assert found["what"].disputes == (dispute,)
    assert found["status"].disputes == ()


def test_the_page_names_copies_once_and_says_differences_in_words(
    made: TestClient, made_file: Path
) -> None:
    event = event_of(made_file, "airstrike")
    page = made.get(f"/event/{event.id}/compare").text
    with Record.open(made_file, read_only=True, create=False) as record:
        sources = columns(record.testimonies(event))
    heads = re.findall(r'<th scope="col"><a href="/source/', page)
    assert len(heads) == len(sources) < len(event.members)
    assert "AFP × 3" in plain(page)
    assert event.disputes and all(one.english in plain(page) for one in event.disputes)
    assert "contradicted" in plain(page)


def test_columns_of_each_row_add_up(client: TestClient, sample_file: Path) -> None:
    event = event_of(sample_file, "capture")
    page = client.get(f"/event/{event.id}/compare").text
    wide = len(re.findall(r'<th scope="col"><a ', page))
    for row in re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL):
        assert sum(map(int, re.findall(r'colspan="(\d+)"', row))) == wide
