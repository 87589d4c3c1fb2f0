from __future__ import annotations

import pytest

from sijill.ingest.language import other_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال الجيش العراقي إن داعش نسف جامع النوري", None),
        ("داعش", None),
        ("گفت که پلیس در پاریس چند نفر را دستگیر کرد", "Persian"),
        ("دولت این کشور تصمیم را تکذیب کرد و آن را نادرست دانست", "Persian"),
        ("پولیس نے بتایا کہ دھماکے میں پانچ افراد ہلاک ہو گئے", "Urdu"),
        ("هێزی پێشمەرگە شارەکەی گرت", "Kurdish"),
        ("The army took the town", "text in Latin letters"),
        ("Армия вошла в город", "text in Cyrillic letters"),
        ("2017 - 2018 ...", "text without letters"),
        ("(" * 50_000 + " قتل 23 مدنيا", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert other_language(text) == language


def test_arabic_typed_on_a_persian_keyboard_is_arabic() -> None:
    text = "قال المتحدث إن القوات العراقیة دخلت الأحیاء الشرقیة فی المدینة وتقدمت فی الحی الصناعی"
    assert other_language(text) is None


def test_arabic_with_foreign_names_is_arabic() -> None:
    text = "نقلت وكالة Reuters عن المتحدث باسم الشركة في پاريس أن القوات دخلت المدينة أمس الخميس"
    assert other_language(text * 3) is None
