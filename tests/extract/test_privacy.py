"""Names of private people stay out of what is exported."""

from __future__ import annotations

import pytest

from sijill.extract.privacy import Discretion
from sijill.lexicon.knowledge import load_knowledge


@pytest.fixture(scope="module")
def discretion() -> Discretion:
    return Discretion(load_knowledge())


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("محمد علي", "[…]"),
        ("علي", "[…]"),
        ("اللواء الركن جبار الدراجي", "اللواء الركن […]"),
        ("حسن كريم", "[…]"),
        ("أم أحمد", "[…]"),
        ("المواطن سعيد عادل", "المواطن […]"),
        ("شاهد عيان يدعى أبو محمد", "شاهد عيان […]"),
        ("العميد محمد الجبوري في شرطة نينوى", "العميد […] في شرطة نينوى"),
    ],
)
def test_private_names_are_withheld(discretion: Discretion, text: str, public: str) -> None:
    assert discretion.public(text) == public


@pytest.mark.parametrize(
    "text",
    [
        "رئيس الوزراء العراقي حيدر العبادي",
        "متحدث باسم وزارة الدفاع الأميركية (البنتاجون)",
        "المرصد السوري لحقوق الإنسان",
        "مصادر عسكرية وعشائرية",
        "بيان صادر",
        "مسؤول أميركي",
    ],
)
def test_offices_and_public_figures_are_kept(discretion: Discretion, text: str) -> None:
    assert discretion.public(text) == text
