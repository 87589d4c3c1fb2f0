"""How long a siege lasted is its time: since it began."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.extract.reader import Extractor, load_extractor

DAY = date(2017, 9, 5)
TODAY = ("2017-09-05", "2017-09-05")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def sieges(extractor: Extractor, text: str) -> list[tuple[list[str], tuple[str, str] | None]]:
    found = [d for d in extractor.drafts(text, DAY) if d.type == "siege"]
    return [([place.name for place in d.place], d.time) for d in found]


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("كسر الجيش حصارا استمر ثلاث سنوات على مدينة دير الزور", "2014-09-05"),
        ("أنهى الجيش حصار دير الزور الذي دام أكثر من عامين", "2015-09-05"),
        ("كسر الجيش حصار دير الزور الذي يتجاوز أربع سنوات", "2013-09-05"),
        ("كسر الجيش حصارا امتد لمدة شهرين على مدينة دير الزور", "2017-07-05"),
    ],
)
def test_length(extractor: Extractor, text: str, begun: str) -> None:
    assert sieges(extractor, text) == [(["دير الزور"], (begun, "2017-09-05"))]


def test_after_a_siege(extractor: Extractor) -> None:
    text = "سيطر الجيش السوري على مدينة داريا بعد حصار دام أربع سنوات"
    assert sieges(extractor, text) == [(["داريا"], ("2013-09-05", "2017-09-05"))]
    taken = next(d for d in extractor.drafts(text, DAY) if d.type == "capture")
    assert taken.time == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "كسر الجيش حصار دير الزور، ودام الاجتماع ثلاث ساعات",  # another clause
        "كسر الجيش حصار دير الزور حيث دامت المعارك ثلاث سنوات",  # another subject
        "كسر الجيش حصار دير الزور وبلغ مسافة تجاوز أربعة كيلومترات",  # no time
    ],
)
def test_length_of_something_else(extractor: Extractor, text: str) -> None:
    assert sieges(extractor, text)[0][1] == TODAY
