"""Numbers of the press: value, bounds, hedges, and what counts nothing."""

from __future__ import annotations

import pytest

from sijill.errors import Fault
from sijill.lexicon.number_tables import load_number_tables
from sijill.text.number_parts import Number, NumberTables
from sijill.text.number_words import read_digits
from sijill.text.numerals import find_numbers
from sijill.text.tokens import tokenise


@pytest.fixture(scope="module")
def tables() -> NumberTables:
    faults: list[Fault] = []
    found = load_number_tables(faults)
    assert faults == []
    return found


def numbers(text: str, tables: NumberTables) -> list[Number]:
    tokens = tokenise(text)
    return find_numbers(tokens, 0, len(tokens), tables)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("خمسة وثلاثون قتيلا", 35),
        ("مائتين وخمسين جنديا", 250),
        ("ثلاثمائة جندي", 300),
        ("ثلاث مئة وخمسة", 305),
        ("اثنا عشر مقاتلا", 12),
        ("أحد عشر شخصا", 11),
        ("واحد وعشرون", 21),
        ("ألف و200 قتيل", 1200),
        ("ألفان وخمسمئة", 2500),
        ("ألفي جندي", 2000),
        ("ألفا مقاتل", 2000),
        ("20 ألف مقاتل", 20_000),
        ("20 ألفا", 20_000),
        ("15 الف مقاتل", 15_000),
        ("3 آلاف من القوات", 3000),
        ("ثلاثة آلاف و500", 3500),
        ("1.5 مليون نسمة", 1_500_000),
        ("مليونان ونصف المليون", 2_500_000),
        ("نصف مليون نازح", 500_000),
        ("٣٥ قتيلا", 35),
        ("۳۵ قتيلا", 35),
        ("1,500 مقاتل", 1500),
        ("1.500 مقاتل", 1500),
        ("وثمانية جنود", 8),
        ("بثلاثة صواريخ", 3),
        ("لخمسة مواقع", 5),
        ("الـ 672 المتبقين", 672),
        ("بـ1003 قتلى", 1003),
        ("يضم 68 دولة", 68),
        ("بتسع ضربات جوية", 9),
        ("طائرات الأربع", 4),
        ("قتل شخص واحد", 1),
    ],
)
def test_value(text: str, value: float, tables: NumberTables) -> None:
    (number,) = numbers(text, tables)
    assert (number.value, number.low, number.high, number.kind) == (value, value, value, "count")
    assert not number.approx


@pytest.mark.parametrize(
    ("text", "low", "high", "approx"),
    [
        ("نحو 500 جندي", 500, 500, True),
        ("لنحو 500 جندي", 500, 500, True),
        ("حوالي 40 جثة", 40, 40, True),
        ("500 جندي تقريبا", 500, 500, True),
        ("أكثر من 35 قائدا", 35, None, False),
        ("ما لا يقل عن 12053 غارة", 12053, None, False),
        ("17 عنصرا على الأقل", 17, None, False),
        ("ثلاثة أشخاص على الأقل", 3, None, False),
        ("تجاوز 500 قتيل", 500, None, False),
        ("يفوق عدد المقاتلين في سرت ، الـ 2000 مقاتل", 2000, None, False),
        ("أقل من مئة مقاتل", None, 100, False),
        ("15 الف مقاتل حدا اقصى", None, 15_000, False),
        ("ما لا يزيد على 30 مقاتلا", None, 30, False),
        ("أكثر من نحو مئة جندي", 100, None, True),
        ("بين 20 و30 قتيلا", 20, 30, False),
        ("بين 3 و4 آلاف مقاتل", 3000, 4000, False),
        ("بين ثلاثة وأربعة آلاف مقاتل", 3000, 4000, False),
        ("بين 20 و30 ألف شخص", 20_000, 30_000, False),
        ("3 إلى 4 آلاف مقاتل", 3000, 4000, False),
        ("بين مئة ومئتي ألف شخص", 100_000, 200_000, False),
        ("بين 1.5 و3 ملايين شخص", 1_500_000, 3_000_000, False),
        ("بين 900 وألف شخص", 900, 1000, False),
        ("بين 800 و3 آلاف شخص", 800, 3000, False),
        ("بين ألفين و3 آلاف شخص", 2000, 3000, False),
        ("ما بين ألف وألفين", 1000, 2000, False),
        ("من 20 الى 30 جنديا", 20, 30, False),
        ("ثلاثة أو أربعة جنود", 3, 4, False),
        ("عشرات القتلى", 20, 99, False),
        ("المئات", 200, 999, False),
        ("آلاف المدنيين", 2000, 9999, False),
        ("عشرات آلاف المواطنين", 20_000, 99_999, False),
        ("مئات الآلاف", 200_000, 999_999, False),
        ("بضعة جنود", 3, 9, False),
    ],
)
def test_bounds(
    text: str, low: float | None, high: float | None, approx: bool, tables: NumberTables
) -> None:
    (number,) = numbers(text, tables)
    assert (number.low, number.high, number.approx) == (low, high, approx)


@pytest.mark.parametrize(
    ("text", "value", "kind", "approx"),
    [
        ("65% من الأراضي", 65, "percent", False),
        ("10٪ من السكان", 10, "percent", False),
        ("65 في المئة", 65, "percent", False),
        ("سبعين بالمائة", 70, "percent", False),
        ("قرابة نصف المقاتلين", 50, "fraction", True),
        ("ثلث مساحة العراق", 33, "fraction", True),
        ("ربع السكان", 25, "fraction", False),
        ("ثلثي الأراضي", 67, "fraction", True),
        ("ثلاثة أرباع المدينة", 75, "fraction", False),
    ],
)
def test_shares(text: str, value: float, kind: str, approx: bool, tables: NumberTables) -> None:
    (number,) = numbers(text, tables)
    assert (number.kind, number.approx) == (kind, approx)
    assert round(number.value or 0) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("من عيار 155 ملم", "calibre"),
        ("الوحدة 11 لمشاة البحرية", "unit_number"),
        ("اللواء 15", "unit_number"),
        ("الفرقة 9", "unit_number"),
        ("الفوج 3", "unit_number"),
        ("يبلغ من العمر 25 عاما", "age"),
        ("شاب في العشرين من العمر", "age"),
        ("الساعة 0424 بالتوقيت المحلي", "clock"),
        ("عام 2014", "year"),
        ("في 2014 .", "year"),
        ("في 22 اذار/مارس", "date"),
        ("الـ20 من أكتوبر", "date"),
        ("خلال 10 أشهر", "duration"),
        ("الأشهر التسعة الفائتة", "duration"),
        ("كركوك250/كم شمال بغداد", "distance"),
        ("4.6 مليون دولار", "money"),
        ("طائرات إف 16", "name"),
        ("اليوم التاسع للهجوم", "ordinal"),
        ("الثامنة عشرة", "ordinal"),
    ],
)
def test_what_counts_nothing(text: str, kind: str, tables: NumberTables) -> None:
    assert [number.kind for number in numbers(text, tables)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "يوم الأربعاء",
        "يوم الاثنين",
        "في آن واحد",
        "لست من أنصار",
        "كميات كبيرة",
        "الساعة 00:03",
        "26/10/2016",
        "أحد المراكز",
    ],
)
def test_no_number(text: str, tables: NumberTables) -> None:
    assert numbers(text, tables) == []


def test_two_counts_stay_two(tables: NumberTables) -> None:
    found = numbers("ارتفع عدد القتلى من 20 الى 30", tables)
    assert [number.value for number in found] == [20, 30]
    found = numbers("مقتل 4 من جنود واصابة 16 آخرين", tables)
    assert [number.value for number in found] == [4, 16]


def test_range_covers_the_hedges_and_core_the_number(tables: NumberTables) -> None:
    tokens = tokenise("قتل أكثر من 35 قائدا")
    (number,) = find_numbers(tokens, 0, len(tokens), tables)
    assert tokens.raw(number.first, number.last) == "أكثر من 35"
    assert tokens.raw(number.core_first, number.core_last) == "35"
    assert number.where.startswith("hedges.tsv:")


def test_digits_with_separators() -> None:
    assert read_digits("1٬500") == 1500
    assert read_digits("1.500", decimal=True) == 1.5
    assert read_digits("2,5") == 2.5
    assert read_digits("10:30") is None
    assert read_digits("1.2.3") is None
