"""Comparing two texts: same, near, excerpt, or no copy at all."""

from __future__ import annotations

import random
import re

import pytest

from sijill.link.copies import MOST, _shared, compare_texts, passages
from sijill.link.copy_bands import signature
from sijill.link.copy_text import prepare
from sijill.testimony import CopyLink


def compare(a: str, b: str) -> CopyLink | None:
    return compare_texts(prepare("a", a), prepare("b", b))


def edited(text: str, every: int) -> str:
    """Each so-many-th word another word."""
    words = text.split(" ")
    return " ".join("كلمة" if i % every == every - 1 else word for i, word in enumerate(words))


def test_spelling_marks_and_line_breaks_make_no_difference(report: str) -> None:
    respelled = report.replace("أ", "ا").replace("ة ", "ه ").replace("\n", " ").replace("ت", "تَ")
    assert respelled != report
    assert compare(report, respelled) == CopyLink("a", "b", "same", 1.0)


@pytest.mark.parametrize("every", [12, 20])
def test_edited_words_make_a_near_copy(report: str, every: int) -> None:
    link = compare(report, edited(report, every))
    assert link is not None
    assert link.kind == "near"
    assert MOST <= link.share < 1


def test_changed_figures_and_headline_make_a_near_copy(report: str) -> None:
    changed = report.replace("سبعة عشر", "ثلاثة وعشرون").replace("أربعون", "خمسون")
    link = compare("مجزرة في السوق\n" + report, "عشرات الضحايا في قصف بلدة\n" + changed)
    assert link is not None
    assert link.kind == "near"


def test_a_dropped_sentence_leaves_all_of_the_shorter_text(report: str) -> None:
    link = compare(report, report.rpartition("\n")[0])
    assert link is not None
    assert (link.kind, link.share) == ("near", 1.0)


def test_a_lead_before_local_paragraphs_is_an_excerpt(report: str, lead: str, local: str) -> None:
    link = compare(report, lead + "\n" + local)
    assert link is not None
    assert link.kind == "excerpt"
    assert 0.2 < link.share < MOST


def test_a_brief_that_is_all_in_a_long_text_is_an_excerpt_in_full(
    lead: str, local: str, sport: str
) -> None:
    link = compare(lead, "\n".join([local, lead, sport]))
    assert link is not None
    assert (link.kind, link.share) == ("excerpt", 1.0)


def test_texts_that_share_only_formulas_are_no_copies(local: str, sport: str) -> None:
    titles = (
        "ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية وصاحب السمو الملكي الأمير محمد بن سلمان "
    )
    assert compare(titles + local, titles + sport) is None


def test_too_few_words_are_no_evidence() -> None:
    assert compare("حالة الطقس اليوم", "حالة الطقس اليوم") is None
    assert compare("", "") is None


def test_which_comes_first_does_not_matter(report: str, lead: str, local: str) -> None:
    a, b = prepare("a", report), prepare("b", lead + "\n" + local)
    assert compare_texts(a, b) == compare_texts(b, a)


def test_the_agency_that_either_names_goes_on_the_link(report: str) -> None:
    named, bare = prepare("z", report, agency="AFP"), prepare("a", edited(report, 20))
    link = compare_texts(named, bare)
    assert link is not None
    assert (link.a, link.b, link.agency) == ("a", "z", "AFP")


def test_a_standing_paragraph_does_not_count(local: str, sport: str, lead: str) -> None:
    a, b = prepare("a", local + "\n" + lead), prepare("b", sport + "\n" + lead)
    standing = frozenset(signature(prepare("c", lead)).passages)
    assert compare_texts(a, b) is not None
    assert compare_texts(a, b, standing) is None


def test_standing_bands_do_not_hide_what_else_is_shared(
    report: str, local: str, sport: str
) -> None:
    a, b = prepare("a", report + "\n" + local), prepare("b", report + "\n" + sport)
    link = compare_texts(a, b, frozenset(signature(prepare("c", local)).passages))
    assert link is not None
    assert link.kind == "near"


def test_passages_say_where_the_shared_words_stand(report: str, lead: str, local: str) -> None:
    a, b = prepare("a", local + "\n" + lead), prepare("b", report)
    before, shared = len(re.findall(r"\w+", local)), len(re.findall(r"\w+", lead))
    (found,) = passages(a, b)
    assert (found.a, found.b, found.end, found.shared) == (before, 0, before + shared, shared)


def test_shares_lie_between_nothing_and_all(report: str, local: str) -> None:
    chance = random.Random(3)
    words = report.split() + local.split()
    for _ in range(50):
        link = compare(" ".join(chance.choices(words, k=60)) + report, report + report)
        assert link is None or 0 < link.share <= 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قُتِلَ ١٧ شخصًا.", 3),
        ("قتل 1,700 شخص يوم 3/4/2015، عند 10:30", 7),
        ("قتل 30شخصا و40 آخرون", 5),
        ("طائرات إف-16 ...", 3),
        ("", 0),
        (". : ,", 0),
        ("\ud83d\ude00 😀 نار", 1),
    ],
)
def test_words_are_runs_of_letters_or_numbers(text: str, words: int) -> None:
    assert len(prepare("a", text).words) == words


def test_a_word_has_one_hash_wherever_it_stands_and_another_than_any_other_word() -> None:
    words = ["الموصل", "موصل", "الموصال", "صلمو", "17", "1.7", "71", "m", "نن", "ننن"]
    hashes = prepare("a", " ".join([*words, *reversed(words)])).words
    assert hashes[: len(words)] == hashes[: len(words) - 1 : -1]
    assert len(set(hashes)) == len(words)


def test_shared_shingles_are_those_that_a_search_one_by_one_finds(
    report: str, lead: str, local: str
) -> None:
    chooser = random.Random(7)
    for _ in range(50):
        a, b = (prepare("a", " ".join(chooser.choices([report, lead, local], k=2))) for _ in "ab")
        ours, theirs = _shared(a, b)
        wanted = [
            (i, b.shingles.index(one)) for i, one in enumerate(a.shingles) if one in b.shingles
        ]
        assert list(zip(ours.tolist(), theirs.tolist(), strict=True)) == wanted
