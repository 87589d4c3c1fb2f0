"""Bands: the same everywhere, shared by copies, and which of them are an outlet's own lines."""

from __future__ import annotations

from array import array

from rensa import RMinHash

from sijill.link.copy_bands import (
    BAND_VERSION,
    LONGEST_UNSEEN,
    WHOLE,
    signature,
    signatures,
    standing_bands,
)
from sijill.link.copy_text import LONG_SHINGLE, long_shingles, prepare, shingles

#: Made on x86-64 Linux with rensa 0.5.0.
GOLDEN_WHOLE = (
    1099979061109,
    2200051949417,
    3299756591660,
    4398481716425,
    5498466348758,
    6600331083256,
)
GOLDEN_PASSAGES = (4723388871134,)


def bands(text: str) -> set[int]:
    return set(signature(prepare("a", text)).all)


def test_bands_are_the_same_in_every_run_and_release() -> None:
    """Records hold bands: who changes these numbers changes BAND_VERSION too."""
    assert BAND_VERSION == "2.2"
    assert RMinHash.ALGORITHM_VERSION == 2
    found = signature(prepare("a", "قتل سبعة مدنيين في قصف على سوق البلدة"))
    assert found.whole == GOLDEN_WHOLE
    assert found.passages == GOLDEN_PASSAGES


def test_bands_are_few_and_fit_a_database(report: str) -> None:
    found = bands(report)
    assert WHOLE < len(found) < 40
    assert all(0 <= band < 1 << 48 for band in found)


def test_any_passage_of_twenty_words_gives_a_shared_band(
    report: str, local: str, sport: str
) -> None:
    words = report.split()
    for start in range(0, len(words) - LONGEST_UNSEEN + 1, 3):
        passage = " ".join(words[start : start + LONGEST_UNSEEN])
        assert bands(report) & bands("\n".join([local, passage, sport]))


def test_texts_on_other_matters_share_no_band(report: str, local: str, sport: str) -> None:
    assert not bands(report) & bands(local)
    assert not bands(report) & bands(sport)


def test_a_short_edited_text_is_found_by_the_bands_of_the_whole() -> None:
    text = (
        "استقبل أمير المنطقة في مكتبه أمس سفير الجمهورية وبحث معه سبل التعاون بين البلدين الصديقين"
    )
    other = text.replace("أمس", "اليوم").replace("سبل", "أوجه")
    assert bands(text) & bands(other)


def test_a_text_without_words_has_no_band() -> None:
    assert signature(prepare("a", " ... \n")).all == ()
    assert len(shingles(array("Q"), LONG_SHINGLE)) == 0


def test_a_paragraph_under_many_articles_of_one_outlet_stands() -> None:
    rows = [(1, "sabq", f"s{i}") for i in range(20)] + [(2, "okaz", f"o{i}") for i in range(19)]
    assert standing_bands(rows) == {1}


def test_what_every_outlet_prints_does_not_stand() -> None:
    rows = [(1, outlet, f"{outlet}{i}") for outlet in ("sabq", "okaz") for i in range(25)]
    assert standing_bands(rows) == frozenset()


def test_a_document_counts_once_for_a_band() -> None:
    assert standing_bands([(1, "sabq", "s1")] * 30) == frozenset()


def test_many_texts_at_once_have_the_bands_of_each() -> None:
    texts = [prepare(str(n), " ".join(f"w{n * i}" for i in range(n))) for n in (0, 1, 4, 5, 60)]
    assert signatures(texts) == [signature(text) for text in texts]


def test_long_shingles_are_those_of_the_words() -> None:
    for n in (0, 3, 4, 5, 6, 40):
        text = prepare("a", " ".join(f"w{i}" for i in range(n)))
        assert long_shingles(text).tolist() == shingles(text.words, LONG_SHINGLE).tolist()
