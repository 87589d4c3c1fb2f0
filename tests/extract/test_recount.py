"""Counts told behind the deed: whose they are, and on whose word."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.extract.reader import Extractor, load_extractor
from sijill.model import Article, Reference, Report
from sijill.text.tokens import tokenise

DAY = date(2017, 9, 5)
BOMBED = "قصف الطيران الروسي بلدة كفرنبل."
FLED = "نزح مئات المدنيين من مدينة حلب."
KILLED = "قالت وزارة الدفاع الروسية إن ما يزيد على مئتي مسلح قتلوا في غارة جوية على دير الزور."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def told(extractor: Extractor, text: str) -> list[tuple[str, float | int | None, str]]:
    """Kind, lower bound and the telling's speaker of every figure of a text."""
    return [
        (f.kind, f.low, d.speaker.text if d.speaker else "")
        for d in extractor.drafts(text, DAY)
        for f in d.figures
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{BOMBED} وقدر عدد القتلى بنحو 40", ("killed", 40, "")),
        (f"{FLED} وقدر عددهم بأكثر من خمسمئة", ("displaced", 500, "")),
        (
            "نزح المدنيون من حي الحيدرية في حلب. وقال المرصد إن عددهم تجاوز 400",
            ("displaced", 400, "المرصد"),
        ),
        (f"{BOMBED} وقدرت منظمة عدد الضحايا بمئة على الأقل", ("killed", 100, "منظمة")),
    ],
)
def test_reaches_the_deed(extractor: Extractor, text: str, wanted: tuple[str, int, str]) -> None:
    assert wanted in told(extractor, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"{BOMBED} ويرتفع عدد القتلى إلى 90 منذ مطلع العام", 90),  # of a period
        (f"{BOMBED} وبلغ عدد الضحايا في حماة 13 شخصا", 13),  # of a place
        (f"{BOMBED} ويقدر سكانها من المزارعين عددهم بنحو 5000", 5000),  # of others
        (f"{FLED} وقدر عددهم بأكثر من خمسة آلاف", 5000),  # no number of hundreds
        (f"{BOMBED} ووصل القتلى. وكان في البلدة 70 متجرا", 70),  # puts no number to them
    ],
)
def test_is_of_something_else(extractor: Extractor, text: str, number: int) -> None:
    assert number not in {low for _, low, _ in told(extractor, text)}


def test_another_count_on_another_word(extractor: Extractor) -> None:
    text = f"{KILLED} غير أن المرصد السوري قدر القتلى بسبعين على الأقل، وذكر أن القصف طال رتلا"
    found = told(extractor, text)
    assert ("killed", 200, "وزارة الدفاع الروسية") in found
    assert ("killed", 70, "المرصد السوري") in found


def test_the_same_count_is_no_other_telling(extractor: Extractor) -> None:
    text = f"{KILLED} وقدر المرصد السوري القتلى بأكثر من مئتين"
    assert [low for _, low, _ in told(extractor, text)] == [200]


def test_the_dead_say_nothing(extractor: Extractor) -> None:
    text = f"{BOMBED} وقدر القتلى بنحو سبعين"
    assert told(extractor, text) == [("killed", 70, "")]


def reports(text: str) -> tuple[Report, ...]:

    article = Article(doc="d", text=text)
    return load_extractor().extract(article, tokenise(text), Reference("2017-09-05", "stamp"))


def test_evidence_holds_the_count() -> None:
    text = f"{FLED} وقدر عددهم بأكثر من خمسمئة. وقصف الجيش السوري مدينة حلب بالمدفعية."
    flight = next(r for r in reports(text) if r.type == "displacement")
    assert any("خمسمئة" in text[a:b] for a, b in flight.evidence)
