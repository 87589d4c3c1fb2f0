"""Documents and testimonies: kept as read, once, with every earlier state."""

from __future__ import annotations

import msgspec
import pytest
from store_making import LINES, article, reading, told

from sijill.errors import RecordError
from sijill.store.answers import Coverage, TestimonyFilter
from sijill.store.ids import as_testimonies, document_from, ids_of
from sijill.store.record_store import Store


def test_a_document_is_kept_as_read(store: Store) -> None:
    text = "نصٌّ  مع\tمسافات\x00 و\u200fعلامات\n\n" + LINES[0]
    given = msgspec.structs.replace(article(1, text), published="Thu, 2 Mar", line=7)
    added = store.add_document(given)
    kept = store.document(added.id)
    assert kept is not None
    assert kept.text == text
    assert (kept.program, bool(kept.read_at)) == ("9.9", True)
    assert msgspec.structs.replace(kept, read_at="", program="") == given


def test_reading_again_changes_nothing(store: Store) -> None:
    store.add_document(article(1))
    before = store.document(article(1).id)
    store.add_testimonies(told(1))
    again = store.add_documents([article(1), article(2), article(2)])
    assert [one.new for one in again] == [False, True, True]
    assert store.document(article(1).id) == before
    assert not any(msgspec.structs.astuple(store.add_testimonies(told(1))))
    assert len(list(store.documents())) == 2
    assert store.known([article(1).id, article(3).id]) == {article(1).id}
    assert [state.version for state in store.history(told(1)[0].id)] == [1]


def test_a_changed_text_supersedes_the_older_one(store: Store) -> None:
    old, new = article(1), article(1, "تصحيح\n" + "\n".join(LINES))
    store.add_document(old)
    store.add_testimonies(told(1))
    assert store.add_document(new).supersedes == old.id
    kept = store.document(old.id)
    assert kept is not None
    assert (kept.text, kept.superseded_by) == (old.text, new.id)
    assert list(store.testimonies()) == []
    states = store.history(told(1)[0].id)
    assert [(one.end, one.successor, one.withdrawn) for one in states] == [
        ("replaced", new.id, False),
        ("", "", True),
    ]
    assert store.testimony(told(1)[0].id) == told(1)[0]


def test_texts_of_one_call_supersede_each_other(store: Store) -> None:
    texts = [f"{number}\n" + "\n".join(LINES) for number in range(3)]
    added = store.add_documents([article(1, text) for text in texts])
    assert [one.supersedes for one in added] == [None, added[0].id, added[1].id]
    newest = [one.id for one in store.documents() if one.superseded_by is None]
    assert newest == [added[2].id]


def test_a_later_text_names_the_older_and_hides_it_from_copies(store: Store) -> None:
    old, new, other = article(1), article(1, "نص آخر"), article(2)
    store.add_documents([old, other])
    store.add_signatures({old.id: [1, 2], other.id: [2]})
    assert store.superseded_by([old.id, other.id]) == {}
    store.add_document(new)
    store.add_signatures({new.id: [1]})
    assert store.superseded_by([new.id, other.id]) == {old.id: new.id}
    assert store.documents_under([1, 2]) == {1: [new.id], 2: [other.id]}


def test_one_name_in_two_files_is_two_documents(store: Store) -> None:
    store.add_document(article(1, source="a.jsonl"))
    added = store.add_document(article(1, "نص آخر", source="b.jsonl"))
    assert added.new
    assert added.supersedes is None


def test_a_better_program_changes_slots_and_no_ids(store: Store) -> None:
    store.add_document(article(1))
    store.add_testimonies(told(1))
    first, second = told(1)
    better = msgspec.structs.replace(first, actor=("russia",), status="denied")
    changes = store.add_testimonies([better])
    assert (changes.added, changes.changed, changes.withdrawn) == ((), (first.id,), (second.id,))
    assert list(store.testimonies()) == [better]
    assert [one.value for one in store.history(first.id)] == [first, better]
    assert list(store.testimonies(where=TestimonyFilter(actors=frozenset({"russia"})))) == [better]
    assert not list(store.testimonies(where=TestimonyFilter(actors=frozenset({"coalition"}))))
    assert store.add_testimonies(told(1)).changed == (first.id, second.id)
    assert [one.end for one in store.history(second.id)] == ["withdrawn", "revived", ""]


def test_a_document_that_tells_nothing_more(store: Store) -> None:
    store.add_document(article(1))
    store.add_testimonies(told(1))
    assert len(store.add_testimonies([], [article(1).id]).withdrawn) == 2


def test_a_testimony_needs_its_document(store: Store) -> None:
    with pytest.raises(RecordError, match="no document") as raised:
        store.add_testimonies(told(1))
    assert raised.value.code == "unknown-id"


def test_ids_stay_and_differ() -> None:
    made = reading(1)
    one = made.reports[0]
    twins = [one, msgspec.structs.replace(one, place=()), made.reports[1]]
    ids = ids_of("d", twins)
    assert len(set(ids)) == 3
    assert ids[1] == f"{ids[0]}.2"
    assert ids_of("d", [msgspec.structs.replace(one, actor=("x",))]) == ids[:1]
    moved = msgspec.structs.replace(one, evidence=((0, 5),))
    assert ids_of("d", [moved]) != ids[:1]


def test_a_name_that_is_no_text() -> None:
    named = msgspec.structs.replace(reading(1), doc="a\udc80b")
    assert document_from(named).name == "a\\udc80b"


FILTERS: list[tuple[TestimonyFilter, set[tuple[int, int]]]] = [
    (TestimonyFilter(types=frozenset({"airstrike"})), {(0, 0), (2, 1), (3, 0)}),
    (TestimonyFilter(places=frozenset({"raqqa"})), {(1, 1), (2, 0)}),
    (TestimonyFilter(countries=frozenset({"IQ"})), {(0, 1), (1, 0)}),
    (TestimonyFilter(box=(36.0, 37.0, 36.3, 38.0)), {(0, 0), (3, 1)}),
    (TestimonyFilter(first="2017-01-02", last="2017-01-03"), {(1, 0), (1, 1), (2, 0), (2, 1)}),
    (TestimonyFilter(known_on="2017-01-01"), {(0, 0), (0, 1)}),
    (TestimonyFilter(outlets=frozenset({"outlet3"})), {(3, 0), (3, 1)}),
    (TestimonyFilter(speakers=frozenset({"sana"})), {(0, 1), (1, 1), (2, 1), (3, 1)}),
    (TestimonyFilter(statuses=frozenset({"denied"})), set()),
    (TestimonyFilter(documents=frozenset({article(2).id})), {(2, 0), (2, 1)}),
    (
        TestimonyFilter(actors=frozenset({"coalition"}), figures=frozenset({"killed"})),
        {(0, 0), (1, 0), (2, 0), (3, 0)},
    ),
]


def test_filters(store: Store) -> None:
    store.add_documents([article(number) for number in range(4)])
    store.add_testimonies([one for number in range(4) for one in told(number)])
    for where, found in FILTERS:
        expected = [told(number)[which].id for number, which in sorted(found)]
        assert [one.id for one in store.testimonies(where=where)] == expected, where
        assert store.count_testimonies(where) == len(expected)


def test_figures_say_who_gives_them(store: Store) -> None:
    store.add_documents([article(number) for number in range(3)])
    store.add_testimonies([one for number in range(3) for one in told(number)])
    given = list(store.figures({"killed"}))
    assert [one.figure.low for one in given] == [10, 10, 11, 11, 12, 12]
    assert [one.speaker for one in given[:2]] == ["", "sana"]
    assert list(store.figures({"wounded"})) == []


def test_coverage_by_iso_week(store: Store) -> None:
    store.add_documents([article(0), article(5), article(1), article(6)])
    assert store.coverage() == [
        Coverage("outlet0", "2016-W52", 1),
        Coverage("outlet0", "2017-W01", 1),
        Coverage("outlet1", "2017-W01", 2),
    ]


def test_what_a_batch_cannot_finish_is_not_there(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.batch():
        store.add_document(article(1))
        store.add_testimonies(told(1))
        raise ZeroDivisionError
    assert list(store.documents()) == []
    assert list(store.testimonies()) == []


def test_a_reading_becomes_testimonies() -> None:
    made = reading(1)
    document = document_from(made)
    for one, of in zip(as_testimonies(document, made.reports), made.reports, strict=True):
        start, end = of.evidence[0]
        assert one.quote == made.text[start:end]
        assert one.family == document.id
        assert (one.said_on, one.outlet) == ("2017-01-02", "outlet1")
