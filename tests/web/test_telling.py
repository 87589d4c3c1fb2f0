"""An event in one sentence: what is disputed is not told as a fact."""

from __future__ import annotations

import msgspec
import pytest

from sijill.testimony import Dispute, Event
from sijill.web.language import Language
from sijill.web.names import Names
from sijill.web.telling import sentence

EVENT = Event(
    "e1",
    "bombing",
    "occurred",
    "single",
    ("t1",),
    1,
    1,
    actor=("turkish_forces",),
    target=("civilians",),
    time=("2015-07-20", "2015-07-20"),
)
ENGLISH, ARABIC = Language("en"), Language("ar")


def disputed(*fields: str) -> Event:
    return msgspec.structs.replace(
        EVENT, disputes=tuple(Dispute(field, (), "", "") for field in fields)
    )


def told(event: Event, language: Language = ENGLISH) -> str:
    return str(sentence(event, language).striptags())


def test_a_sentence_tells_what_nobody_disputes() -> None:
    assert told(EVENT) == "Turkish forces carried out a bombing against civilians on 20 Jul 2015."


@pytest.mark.parametrize(
    ("fields", "words", "gone"),
    [
        (("who",), "disputed: who did it", "Turkish forces"),
        (("whom",), "disputed: who was hit", "civilians"),
        (("when",), "disputed: the time", "2015"),
        (("whether", "who"), "disputed: who did it, whether it happened", "Turkish"),
    ],
)
def test_what_is_disputed_is_named_and_not_told(
    fields: tuple[str, ...], words: str, gone: str
) -> None:
    said = told(disputed(*fields))
    assert words in said and gone not in said


def test_a_number_that_is_disputed_is_a_range_anyway() -> None:
    assert "disputed" not in told(disputed("how_many"))


def test_arabic_says_it_too() -> None:
    said = told(disputed("who"), ARABIC)
    assert "موضع خلاف: الفاعل" in said and "التركية" not in said


def test_days_in_the_words_of_a_dispute_keep_their_order() -> None:
    given = Dispute("when", (), "a<b>: 2015-07-20; c: 2015-13-20.", "ا: 2015-07-20")
    assert str(Names(ENGLISH).dispute(given)) == (
        '<bdi dir="auto">a&lt;b&gt;: <bdi>20 Jul 2015</bdi>; c: 2015-13-20.</bdi>'
    )
    assert "<bdi>20 تموز 2015</bdi>" in Names(ARABIC).dispute(given)
