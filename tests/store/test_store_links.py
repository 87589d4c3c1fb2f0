"""Signatures, copies, families, keys and pairs: found by what they share."""

from __future__ import annotations

import msgspec
import pytest
from store_making import article, told

from sijill.errors import RecordError
from sijill.store.record_store import Store
from sijill.testimony import CopyLink, Pair


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_documents([article(number) for number in range(4)])
    store.add_testimonies([one for number in range(4) for one in told(number)])
    return store


def test_documents_that_share_a_band(filled: Store) -> None:
    a, b, c, _ = (article(number).id for number in range(4))
    large = 2**64 - 1
    filled.add_signatures({a: [1, large, 3], b: [9, large, 3], c: [3, 1, 9]})
    filled.add_signatures({a: [1, large, 3]})
    assert filled.signatures_sharing([1, large, 3]) == {a: 3, b: 2, c: 2}
    assert filled.signatures_sharing([7, 7, 7]) == {}


def test_copies_by_document(filled: Store) -> None:
    a, b, c, d = (article(number).id for number in range(4))
    links = [CopyLink(a, b, "near", 0.9, "reuters"), CopyLink(b, c, "excerpt", 0.4)]
    filled.add_copies(links)
    filled.add_copies([msgspec.structs.replace(links[1], share=0.5)])
    assert list(filled.copies([a, b])) == [links[0], CopyLink(b, c, "excerpt", 0.5)]
    assert list(filled.copies([d])) == []
    assert len(list(filled.copies())) == 2
    assert list(filled.copies([a, b, c], 0.6)) == links[:1]
    with pytest.raises(RecordError, match="no nobody in documents"):
        filled.add_copies([CopyLink(a, "nobody", "same", 1.0)])


def test_numbers_of_a_transaction_that_failed_are_given_again(filled: Store) -> None:
    lost, kept = article(4), article(5)
    with pytest.raises(RuntimeError), filled.batch():
        filled.add_document(lost)
        filled.add_signatures({lost.id: [1]})
        raise RuntimeError
    filled.add_document(kept)  # has the number that the other had
    with pytest.raises(RecordError, match=f"no {lost.id} in documents"):
        filled.add_signatures({lost.id: [1]})
    filled.add_signatures({kept.id: [1]})
    assert filled.documents_under([1]) == {1: [kept.id]}


def test_more_rows_than_one_statement_writes(filled: Store) -> None:
    a, b, *_ = (article(number).id for number in range(4))
    many = list(range(1_234))
    filled.add_signatures({a: many})
    filled.add_signatures({a: many, b: many[:2]})
    assert filled.signatures_sharing(many) == {a: len(many), b: 2}


def test_a_family_is_one_for_all_its_testimonies(filled: Store) -> None:
    a, b, c, _ = (article(number).id for number in range(4))
    filled.set_families({a: a, b: a})
    assert filled.families() == {a: a, b: a}
    assert filled.families([b, c]) == {b: a, c: c}
    assert filled.family(a) == [a, b]
    assert [one.family for one in filled.testimonies([x.id for n in (1, 2) for x in told(n)])] == [
        a,
        a,
        c,
        c,
    ]
    assert not filled.add_testimonies(told(1)).changed
    filled.set_families({b: ""})
    assert {one.family for one in filled.testimonies([told(1)[0].id])} == {b}


def test_candidates_by_key(filled: Store) -> None:
    (a, b), (c, d) = told(0), told(1)
    filled.add_keys({a.id: ["x", "y", "x"], b.id: ["y"], c.id: ["y"], d.id: ["z"]})
    assert list(filled.sharing(["x", "y"])) == [a, b, c]
    filled.add_testimonies([a])  # its neighbour is told no more
    assert list(filled.sharing(["x", "y"])) == [a, c]
    assert list(filled.sharing([])) == []


def test_pairs_by_testimony(filled: Store) -> None:
    (a, b), (c, _) = told(0), told(1)
    first = Pair(a.id, b.id, 1.5, (("place", 1.0), ("day", 0.5)))
    filled.add_pairs([first, Pair(b.id, c.id, -1.0)])
    filled.add_pairs([Pair(b.id, c.id, 2.0)])
    assert list(filled.pairs([b.id])) == [first, Pair(b.id, c.id, 2.0)]
    assert list(filled.pairs([a.id])) == [first]
    filled.add_testimonies([msgspec.structs.replace(a, status="denied"), b])
    assert list(filled.pairs()) == [Pair(b.id, c.id, 2.0)]  # the other one compared what is no more
