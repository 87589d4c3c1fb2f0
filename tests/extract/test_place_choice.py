"""Which place of a name an article means, and when it does not tell."""

from __future__ import annotations

import pytest

from sijill.extract.reader import Extractor
from sijill.model import Place
from sijill.text.tokens import tokenise


def places(reports: object, text: str) -> list[Place]:
    assert callable(reports)
    return [place for report in reports(text) for place in report.place]


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        ("سيطر الجيش العراقي على حي التأميم في الرمادي.", "iq_ramadi_tamim"),
        ("سيطر الجيش العراقي على حي التأميم شرق الموصل.", "iq_mosul_tamim"),
        (
            "سيطر الجيش العراقي على حي التأميم، بعد معارك مع تنظيم داعش في أحياء الرمادي.",
            "iq_ramadi_tamim",
        ),
        ("سيطر الجيش السوري على بلدة صوران في ريف حماة.", "sy_sawran_hama"),
        ("سيطر الجيش السوري الحر على بلدة صوران قرب أعزاز.", "sy_sawran_azaz"),
        ("قتل عشرة جنود في اشتباكات في طرابلس وسرت في ليبيا.", "ly_tripoli"),
    ],
)
def test_the_text_decides(reports: object, text: str, ident: str) -> None:
    found = places(reports, text)
    assert [place.id for place in found if place.status == "resolved"][:1] == [ident]


def test_where_the_text_does_not_decide_no_point_is_given(reports: object) -> None:
    (place, *_) = places(reports, "سيطر الجيش العراقي على حي التأميم بعد معارك مع داعش.")
    assert (place.status, place.lat, place.lon, place.id) == ("ambiguous", None, None, None)
    assert len(place.candidates) > 1
    for one in place.candidates:
        assert one.score == pytest.approx(sum(points for _, points in one.reasons), abs=0.02)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("سيطر الجيش العراقي على قرية خربوطة جنوب الموصل.", False),
        ("سيطر الجيش العراقي على قرية بازواية شرق الموصل.", True),
    ],
)
def test_a_name_that_no_table_has_is_kept_without_a_point(
    reports: object, text: str, known: bool
) -> None:
    (place, *_) = places(reports, text)
    assert (place.status == "resolved") is known
    assert (place.lat is not None) is known


def test_a_distance_moves_the_point(reports: object) -> None:
    text = "قتل عشرة جنود عراقيين في انفجار على بعد 30 كيلومترا جنوب الموصل."
    (place, *_) = places(reports, text)
    assert place.lat is not None and place.lon is not None
    assert 36.3407 - place.lat == pytest.approx(30 / 111.2, abs=0.001)
    assert (place.radius_km, place.ucdp) == (pytest.approx(9.0), 2)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("حصلت الخطوط السعودية على جائزة.", "sa"),
        ("فاز ريال مدريد بالكأس.", "es_madrid"),
        ("أعلن بنك قطر عن أرباحه.", "qa"),
        ("افتتح حي النزهة في جدة بالسعودية حديقة.", "sy_homs_nuzha"),
        ("شاهد الأطفال الذئب الرمادي في الغابة.", "iq_ramadi"),
    ],
)
def test_names_that_are_no_places(extractor: Extractor, text: str, wrong: str) -> None:
    named = (mention.place for _, mention in extractor.named_places(tokenise(text)))
    assert wrong not in {place.row.id for place in named if place and place.row}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("وصل الوزير إلى السعودية.", "sa"),
        ("تحدث الخبراء عن مستقبل تركيا.", "tr"),
        ("وقعت مواجهات بين اليمن والسعودية.", "sa"),
        ("قتل ثلاثة في مدريد.", "es_madrid"),
        ("دخل الجيش العراقي مدينة الرمادي.", "iq_ramadi"),
    ],
)
def test_names_that_are_places(extractor: Extractor, text: str, right: str) -> None:
    named = (mention.place for _, mention in extractor.named_places(tokenise(text)))
    assert right in {place.row.id for place in named if place and place.row}
