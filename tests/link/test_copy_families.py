"""Families of copies: who joins, who stays apart, and what the family is called."""

from __future__ import annotations

import random
from itertools import combinations

from sijill.link.copies import MOST, compare_texts
from sijill.link.copy_families import families
from sijill.link.copy_text import prepare
from sijill.testimony import CopyLink


def near(a: str, b: str, share: float = 0.9) -> CopyLink:
    return CopyLink(a, b, "near", share)


def excerpt(a: str, b: str, share: float) -> CopyLink:
    return CopyLink(a, b, "excerpt", share)


def test_the_smallest_id_names_the_family() -> None:
    links = [near("c", "b"), near("b", "a"), near("a", "c")]
    assert families(links) == {"a": "a", "b": "a", "c": "a"}


def test_an_excerpt_that_is_most_of_a_text_joins() -> None:
    assert families([excerpt("a", "b", MOST)]) == {"a": "a", "b": "a"}


def test_a_shared_lead_leaves_two_witnesses() -> None:
    assert families([excerpt("a", "b", MOST - 0.01)]) == {"a": "a", "b": "b"}


def test_a_digest_does_not_make_its_briefs_one_witness() -> None:
    links = [excerpt("brief1", "digest", 0.9), excerpt("brief2", "digest", 1.0)]
    found = families(links)
    assert found["brief2"] == found["digest"]
    assert found["brief1"] == "brief1"


def test_a_chain_of_versions_is_one_family_where_first_and_last_still_share() -> None:
    links = [near("v1", "v2", 0.8), near("v2", "v3", 0.8), excerpt("v1", "v3", 0.4)]
    assert set(families(links).values()) == {"v1"}


def test_a_large_family_may_lack_one_link_in_ten() -> None:
    pairs = list(combinations("abcdefgh", 2))
    links = [near(a, b, 0.95) for a, b in pairs] + [near(a, "i") for a in "bcdefgh"]
    assert families(links)["i"] == "i"
    pairs = [(f"d{i:02}", "z") for i in range(1, 12)]
    whole = [near(f"d{a:02}", f"d{b:02}", 0.95) for a, b in combinations(range(12), 2)]
    assert families(whole + [near(*pair) for pair in pairs])["z"] == "d00"


def test_the_order_of_links_does_not_matter() -> None:
    chance = random.Random(5)
    names = [f"d{i}" for i in range(12)]
    links = [
        chance.choice([near, excerpt])(a, b, round(chance.uniform(0.3, 1), 2))
        for a, b in combinations(names, 2)
        if chance.random() < 0.6
    ]
    first = families(links)
    for _ in range(10):
        chance.shuffle(links)
        assert families(links) == first


def test_from_texts_to_families(report: str, lead: str, local: str, sport: str) -> None:
    texts = {
        "1-agency": report,
        "2-relay": report.replace("مدنيا", "شخصا"),
        "3-brief": lead,
        "4-lead-and-local": lead + "\n" + local + "\n" + sport,
    }
    ready = [prepare(document, text) for document, text in texts.items()]
    links = [link for a, b in combinations(ready, 2) if (link := compare_texts(a, b))]
    found = families(links)
    assert found["1-agency"] == found["2-relay"] == found["3-brief"] == "1-agency"
    assert found["4-lead-and-local"] == "4-lead-and-local"


def test_nothing_linked_makes_no_family() -> None:
    assert families([]) == {}
