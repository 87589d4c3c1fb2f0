"""Words found whatever their spelling, at their place in the text as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.text.fold import fold
from sijill.text.matching import find_words, folded_offsets, pieces, window


@pytest.mark.parametrize(
    ("asked", "text", "found"),
    [
        ("احرقت", "القوّات أحرقَتْ حيّاً", ["أحرقَتْ"]),
        ("الزنجيلي", "في الزّنجيليّ،", ["الزّنجيليّ"]),
        ("مدرسة", "مدرسه ومدرسة ومدارس", ["مدرسه"]),
        ("قصف*", "قصف وقصفت وقصفوا قصفت", ["قصف", "قصفت"]),
        ("١٧", "قتل 17 مدنياً و١٧ جندياً", ["17"]),
        ("قصف", "القصف قصفت", []),
        ("الموصل", "في الـمــوصل", ["الـمــوصل"]),
        ("الاحد", "يوم ﺍﻷﺣﺪ", ["ﺍﻷﺣﺪ"]),
        ("", "قصف", []),
        ("*", "قصف", []),
    ],
)
def test_words_are_found_with_their_own_letters(asked: str, text: str, found: list[str]) -> None:
    assert [text[first:last] for first, last in find_words(asked, text)] == found


@given(st.text(alphabet="ابةىأإآيه ًّـ٠5aZ،ﻻ", max_size=40))
def test_each_folded_letter_knows_where_it_stood(text: str) -> None:
    folded, offsets = folded_offsets(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert folded == "".join(map(fold, text))


@given(st.text(alphabet="اب ةَ", max_size=30), st.text(alphabet="اب ه", max_size=6))
def test_pieces_are_the_text_again(text: str, asked: str) -> None:
    spans = find_words(asked, text)
    cut = list(pieces(text, spans, 0, len(text)))
    assert "".join(piece for piece, _ in cut) == text
    assert [piece for piece, marked in cut if marked] == [text[a:b] for a, b in spans]


def test_a_long_sentence_is_cut_between_words_around_the_first_hit() -> None:
    text = "كلمة " * 100 + "قصفت " + "كلمة " * 100
    spans = find_words("قصفت", text)
    start, end = window(text, spans, 60)
    assert "قصفت" in text[start:end]
    assert end - start <= 60
    assert {*text[start:end].split()} == {"كلمة", "قصفت"}
    assert window("قصير", [], 60) == (0, 4)
