"""Figures of reports: what is counted, with which bounds, and which event it belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from sijill.extract.reader import Extractor, load_extractor
from sijill.extract.scene import Draft
from sijill.model import Article, Figure, Reference
from sijill.text.tokens import tokenise

DAY = date(2015, 7, 23)
Key = tuple[str, float | int | None, float | int | None]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def key(figure: Figure) -> Key:
    return figure.kind, figure.low, figure.high


def keys(extractor: Extractor, text: str) -> set[Key]:
    """Every figure of the reports of one sentence."""
    return {key(f) for draft in extractor.drafts(text, DAY) for f in draft.figures}


def of_type(extractor: Extractor, text: str, kind: str) -> Draft:
    return next(draft for draft in extractor.drafts(text, DAY) if draft.type == kind)


# ------------------------------------------------------------ what befell those counted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قتل 23 مدنيا في محافظة الرقة", {("killed", 23, 23)}),
        ("مقتل 13 شخصا وإصابة 40 آخرين بقصف على حلب", {("killed", 13, 13), ("wounded", 40, 40)}),
        (
            "إن 38 شخصا قتلوا وأصيب 118 آخرون في غارة على حلب",
            {("killed", 38, 38), ("wounded", 118, 118)},
        ),
        ("سقوط 12 شخصا في قصف على حلب", {("killed", 12, 12)}),
        ("بمقتل تسعة من قوات النظام في اشتباكات في حلب", {("killed", 9, 9)}),
        (
            "قتلت نيران الهاون في منطقة دار سعد في مدينة عدن في اليمن ثلاثين مدنيا",
            {("killed", 30, 30)},
        ),
        ("اعتقلت قوات الأمن التركية 20 مشتبها به في إسطنبول", {("captured", 20, 20)}),
        ("نزوح 300 عائلة من حي الوعر", {("displaced", 300, 300)}),
        ("قتل 15 عراقيا في قصف على الرطبة", {("killed", 15, 15)}),
        ("أفاد ناشطون بمقتل 12 سوريا في قصف على قرية قرب حلب", {("killed", 12, 12)}),
        ("مقتل أربعة أميركيين في تفجير بالرمادي", {("killed", 4, 4)}),
        ("قتل 12 مدنيا و30 أصيبوا في غارة على الرقة", {("killed", 12, 12), ("wounded", 30, 30)}),
        ("قتل 12 مدنيا في بعقوبة", {("killed", 12, 12)}),
        ("ثلاثة مسلحين قتلوا خمسة مدنيين في بعقوبة", {("killed", 5, 5)}),
        (  # others are whole without a noun: the car is not what is counted
            "قتل تسعة جنود وأصيب 14 آخرون بتفجير سيارة ملغومة في حماة",
            {("killed", 9, 9), ("wounded", 14, 14)},
        ),
        (
            "قتل ستة مقاتلين وجرح 17 بشظايا خلال المواجهات في حلب",
            {("killed", 6, 6), ("wounded", 17, 17)},
        ),
        (
            "قتل مدنيان وأصيب 12 جروحهم خطيرة في قصف على حلب",
            {("killed", 2, 2), ("wounded", 12, 12)},
        ),
        (
            "قتل سبعة أشخاص وأصيب 13 عندما انفجر لغم في حلب",
            {("killed", 7, 7), ("wounded", 13, 13)},
        ),
        (
            "قتل جنديان وأصيب 16 بغارة على حلب",
            {("killed", 2, 2), ("wounded", 16, 16)},
        ),
        ("أعدم التنظيم ثمانية من سائقي الحافلات في الموصل", {("killed", 8, 8)}),
        ("فقد 13 شخصا حياتهم في قصف على حلب", {("killed", 13, 13)}),
        ("قتل قائد كتيبة و4 من حراسه بقصف على حلب", {("killed", 4, 4)}),
        ("قضى سبعة مدنيين وجرح آخرون في قصف على حلب", {("killed", 7, 7)}),
        ("العثور على رفات 80 شخصا في مقبرة جماعية في سنجار", {("killed", 80, 80)}),
        ("مقتل 11 وإصابة 24 في غارة على الرقة", {("killed", 11, 11), ("wounded", 24, 24)}),
        ("قتل عشرات السوريين في غارة على الرقة", {("killed", 20, 99)}),
        ("مقتل أسرة من خمسة أفراد في غارة على الرقة", {("killed", 5, 5)}),
        ("خطف تنظيم داعش 20 عائلة من الحويجة", {("captured", 20, 20)}),
        (
            "إن شرطيين قتلا وأصيب ستة آخرون في تفجير بالرمادي",
            {("killed", 2, 2), ("wounded", 6, 6)},
        ),
    ],
)
def test_fate(extractor: Extractor, text: str, wanted: set[Key]) -> None:
    assert keys(extractor, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "مقتل وإصابة 45 فردا من الجيش العراقي بتفجير في الفلوجة",
        "سقوط 45 قتيلا وجريحا بتفجير في الفلوجة",
        "سقوط 45 شخصا بين قتيل وجريح بتفجير في الفلوجة",
    ],
)
def test_dead_and_wounded_together_are_neither(extractor: Extractor, text: str) -> None:
    assert keys(extractor, text) == {("people", 45, 45)}


def test_number_behind_said_clause_is_not_of_the_dead_before(extractor: Extractor) -> None:
    text = "أكد مقتل عشرة جنود في حلب وأعلن أن ثلاثة من الصحافيين في دمشق"
    assert ("killed", 3, 3) not in keys(extractor, text)


def test_size_of_a_whole_is_not_the_number_displaced(extractor: Extractor) -> None:
    text = "نزوح سكان مدينة عدن البالغ عددهم 800 ألف نسمة"
    assert keys(extractor, text) == {("people", 800_000, 800_000)}


# ------------------------------------------------------------ one, two and parts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("مقتل مدني وإصابة امرأة بقصف على حلب", {("killed", 1, 1), ("wounded", 1, 1)}),
        ("قتل جندي في كمين في سيناء", {("killed", 1, 1)}),
        ("قتل شرطي وأصيب آخر في كمين في سيناء", {("killed", 1, 1), ("wounded", 1, 1)}),
        ("قتل شرطي وجرح آخران في كمين في سيناء", {("killed", 1, 1), ("wounded", 2, 2)}),
        ("قال إن طفلا قتل وأصيب أربعة بقصف على حلب", {("killed", 1, 1), ("wounded", 4, 4)}),
        ("مقتل أحد عناصر الشرطة العراقية في الموصل", {("killed", 1, 1)}),
        ("سقط قتيل وخمسة جرحى في قصف على حلب", {("killed", 1, 1), ("wounded", 5, 5)}),
        ("مقتل 200 مدني وجندي في قصف على حلب", {("killed", 200, 200)}),
        ("مقتل 19 جنديا وضابطا في كمين في سيناء", {("killed", 19, 19)}),
        ("مقتل 19 جنديا ومدنيا واحدا في كمين في سيناء", {("killed", 19, 19), ("killed", 1, 1)}),
        ("مقتل ثلاثة مدنيين وطفلة في قصف على حلب", {("killed", 3, 3), ("killed", 1, 1)}),
        ("لقي شرطي مصرعه وأصيب 4 بجروح في حلب", {("killed", 1, 1), ("wounded", 4, 4)}),
        ("قتل شرطي وستة مدنيين في قصف على حلب", {("killed", 1, 1), ("killed", 6, 6)}),
        ("سقط قتيلان وجريح في قصف على حلب", {("killed", 2, 2), ("wounded", 1, 1)}),
        ("مقتل شرطيين اثنين في كمين في سيناء", {("killed", 2, 2)}),
        ("مقتل جنديين في كمين في سيناء", {("killed", 2, 2)}),
        ("عثر على جثتي رجلين في حلب", {("killed", 2, 2)}),
        ("مقتل 18 شخصا بينهم طفل في قصف على حلب", {("killed", 18, 18), ("killed", 1, 1)}),
        (
            "مقتل 13 شخصا بينهم ضابطي شرطة بانفجار في القاهرة",
            {("killed", 13, 13), ("killed", 2, 2)},
        ),
        (
            "استشهاد 50 مدنيا بينهم 20 طفلا، 11 امرأة و19 رجلا جراء القصف على حلب",
            {("killed", 50, 50), ("killed", 20, 20), ("killed", 11, 11), ("killed", 19, 19)},
        ),
    ],
)
def test_ones_duals_and_parts(extractor: Extractor, text: str, wanted: set[Key]) -> None:
    assert keys(extractor, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "مقتل القيادي البارز في تنظيم داعش في الموصل",  # named, not counted
        "مقتل المدنيين في حلب",  # several, not counted
        "استهدفت الطائرات مسلحي تنظيم داعش في الموصل",  # a plural spelt like the dual
    ],
)
def test_no_number_no_figure(extractor: Extractor, text: str) -> None:
    assert not keys(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "قال إن مسلحا قتل خمسة مدنيين في حلب",
        "قال إن مسلحا قتل وأصاب خمسة مدنيين في حلب",
        "أصيب آخر جندي في الموقع في حلب",  # the last soldier, not another
    ],
)
def test_no_one_person_counted(extractor: Extractor, text: str) -> None:
    assert not [k for k in keys(extractor, text) if k[1] == 1]


def test_two_behind_a_dual_is_no_second_figure(extractor: Extractor) -> None:
    drafts = extractor.drafts("اعتقلت الشرطة شخصين اثنين في بغداد", DAY)
    assert [key(f) for d in drafts for f in d.figures] == [("captured", 2, 2)]
    drafts = extractor.drafts("قتل مستشاران عسكريان إيرانيان في حلب", DAY)
    assert [key(f) for d in drafts for f in d.figures] == [("killed", 2, 2)]
    drafts = extractor.drafts("مقتل ضابطين واثنين من أفراد الشرطة في تفجير في بغداد", DAY)
    assert [key(f) for d in drafts for f in d.figures] == [("killed", 2, 2)] * 2
    drafts = extractor.drafts("قتل شخص واحد في قصف على حلب", DAY)
    assert [key(f) for d in drafts for f in d.figures] == [("killed", 1, 1)]


def test_who_killed_is_not_the_one_killed(extractor: Extractor) -> None:
    text = "قتل جندي إسرائيلي شابا فلسطينيا في الخليل"
    drafts = extractor.drafts(text, DAY)
    assert not [f for d in drafts for f in d.figures if f.of.startswith("جندي")]


# ------------------------------------------------------------ bounds


@pytest.mark.parametrize(
    ("text", "low", "high", "approx"),
    [
        ("مقتل أكثر من 35 مسلحا في حلب", 35, None, False),
        ("مقتل ما لا يقل عن 17 مسلحا في حلب", 17, None, False),
        ("مقتل 25 على الأقل وإصابة 78 آخرين في حلب", 25, None, False),
        ("قتل 25 مقاتلا من المعارضة السورية على الأقل في حلب", 25, None, False),
        ("إن 25 شخصا قتلوا على الأقل في غارة على حلب", 25, None, False),
        ("مقتل نحو 500 مدني في حلب", 500, 500, True),
        ("مقتل عشرات المدنيين في حلب", 20, 99, False),
        ("مقتل مئات المدنيين في حلب", 200, 999, False),
    ],
)
def test_bounds(extractor: Extractor, text: str, low: int, high: int | None, approx: bool) -> None:
    found = [f for d in extractor.drafts(text, DAY) for f in d.figures if f.kind == "killed"]
    assert [(f.low, f.high, f.approx) for f in found] == [(low, high, approx)]


def test_stated_holds_others_and_whom(extractor: Extractor) -> None:
    draft = extractor.drafts("مقتل 13 جنديا وإصابة 40 آخرين بقصف على حلب", DAY)[0]
    wounded = next(f for f in draft.figures if f.kind == "wounded")
    assert (wounded.stated, wounded.of) == ("40 آخرين", "جنديا")


# ------------------------------------------------------------ things, shares, ways


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("ألقى الطيران السوري برميلين متفجرين على مدينة داريا", "airstrike", ("strikes", 2, 2)),
        ("قصف طيران التحالف أربعة مخازن لتنظيم داعش في الموصل", "airstrike", ("places", 4, 4)),
        ("هاجم مسلحون سيارتي دفع رباعي للجيش في الزبداني", "clash", ("vehicles", 2, 2)),
        ("سقط تسعة قتلى بالغارات التي نفذتها أربع مقاتلات تركية", "airstrike", ("vehicles", 4, 4)),
        ("قصف الجيش ثلاثة أوكار للمتطرفين في الكرمة", "shelling", ("places", 3, 3)),
        ("تم تحرير أكثر من 50% من أحياء الرمادي", "capture", ("percent", 50, None)),
        ("خسر تنظيم داعش نصف الأراضي التي كان يسيطر عليها", "estimate", ("percent", 50, 50)),
    ],
)
def test_things(extractor: Extractor, text: str, kind: str, wanted: Key) -> None:
    assert wanted in {key(f) for f in of_type(extractor, text, kind).figures}


@pytest.mark.parametrize(
    "text",
    [
        "قامت ثلاث مقاتلات إف-16 من سلاح الجو التركي بقصف مواقع لداعش في سوريا",
        "تم تحرير حي التأميم والكيلو 50 والمناطق المحاذية في الرمادي",
        "تقدمت القوات العراقية صوب مدينة الموصل التي تبعد 400 كيلومتر عن بغداد",
    ],
)
def test_numbers_that_count_nothing(extractor: Extractor, text: str) -> None:
    assert not {k for k in keys(extractor, text) if k[1] in (16, 50, 400)}


# ------------------------------------------------------------ which event


def test_a_sum_of_strikes_is_an_estimate(extractor: Extractor) -> None:
    text = "أجرت الولايات المتحدة 5314 غارة ضد أهداف داعش في العراق وسوريا حتى 15 مارس"
    assert [key(f) for f in of_type(extractor, text, "estimate").figures] == [
        ("strikes", 5314, 5314)
    ]


def test_strikes_of_a_day_are_an_airstrike(extractor: Extractor) -> None:
    draft = of_type(extractor, "شن التحالف 22 غارة جوية على داعش في العراق", "airstrike")
    assert [key(f) for f in draft.figures] == [("strikes", 22, 22)]


def test_figure_of_what_made_no_report_goes_to_its_neighbour(extractor: Extractor) -> None:
    text = "فككت الشرطة التركية خلية من أربعة أشخاص اتهموا بالإرهاب في أنقرة"
    assert ("captured", 4, 4) in keys(extractor, text)


def test_the_accused_are_not_the_victims(extractor: Extractor) -> None:
    text = "استهدف التفجير الإرهابي الأخير مسجدا في الكويت ثم وجهت النيابة الاتهام إلى 29 شخصا"
    assert all(
        key(f) != ("people", 29, 29)
        for d in extractor.drafts(text, DAY)
        if d.type == "bombing"
        for f in d.figures
    )


def test_dead_told_as_result_belong_to_the_fight_wherever_named(extractor: Extractor) -> None:
    text = (
        "قصف طيران التحالف مواقع لداعش في قرية النصر وعلى الطريق إلى الحويجة"
        " أسفر عن مقتل سبعة من عناصر داعش في الحويجة"
    )
    assert ("killed", 7, 7) in {key(f) for f in of_type(extractor, text, "airstrike").figures}


def test_what_a_killing_avenges_is_another_event(extractor: Extractor) -> None:
    text = "تبنى حزب العمال الكردستاني قتل شرطيين في تركيا ردا على الهجوم الانتحاري في سوروتش"
    drafts = extractor.drafts(text, DAY)
    assert {d.type for d in drafts if ("killed", 2, 2) in map(key, d.figures)} == {"killing"}


def test_further_dead_go_to_the_event_told_before(extractor: Extractor) -> None:
    text = "قتل 25 مقاتلا من المعارضة في اشتباكات في حلب. وكان بين القتلى ثلاثة من القادة."
    first = extractor.drafts(text, DAY)[0]
    assert {key(f) for f in first.figures} == {("killed", 25, 25), ("killed", 3, 3)}


def test_other_numbers_are_not_carried_back(extractor: Extractor) -> None:
    text = "قتل 25 مقاتلا من المعارضة في اشتباكات في حلب. وفي المدينة 300 مدرسة و20 مستشفى."
    assert keys(extractor, text) == {("killed", 25, 25)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("يقدر عدد مقاتلي تنظيم داعش في الرمادي بما بين ألف وألفين", ("fighters", 1000, 2000)),
        ("أكد المصدر وجود ألف مسلح من داعش في الفلوجة", ("fighters", 1000, 1000)),
        ("أكد المصدر وجود «200» ألف مدني في الفلوجة", ("people", 200_000, 200_000)),
    ],
)
def test_strength_is_an_estimate(extractor: Extractor, text: str, wanted: Key) -> None:
    assert key(of_type(extractor, text, "estimate").figures[0]) == wanted


def test_scores_of_what_is_no_people(extractor: Extractor) -> None:
    text = "اعتقلت الشرطة العراقية خمسة مسلحين في كركوك بتهمة ارتكاب العشرات من أعمال الخطف"
    assert keys(extractor, text) == {("captured", 5, 5)}


def test_a_headline_that_sums_up_adds_its_number(extractor: Extractor) -> None:
    text = (
        "مقتل ستة متطرفين في غارة بسوريا\n\nقال المرصد إن قياديا في تنظيم داعش وخمسة متطرفين"
        " قتلوا في غارة جوية قرب مدينة الحسكة في سوريا."
    )
    article = Article(doc="a", text=text)
    reports = extractor.extract(article, tokenise(text), Reference(DAY.isoformat(), "stated"))
    assert [{key(f) for f in r.figures} for r in reports] == [{("killed", 5, 5), ("killed", 6, 6)}]


def test_shields_are_the_people_counted_before(extractor: Extractor) -> None:
    text = "ينقل تنظيم داعش آلاف المدنيين إلى داخل الموصل لاستخدامهم دروعا بشرية"
    draft = of_type(extractor, text, "human_shields")
    assert [key(f) for f in draft.figures] == [("people", 2000, 9999)]


def test_dead_of_years_are_not_those_of_one_raid(extractor: Extractor) -> None:
    text = (
        "هاجمت طائرات تركية معسكرات حزب العمال الكردستاني في شمال العراق يوم الأحد"
        " لإنهاء تمرد أدى إلى قتل 40 ألف شخص منذ عام 1984"
    )
    assert not of_type(extractor, text, "airstrike").figures


# ------------------------------------------------------------ families, advisers, sieges


def test_families_are_displaced_people_only_where_they_go(extractor: Extractor) -> None:
    fled = of_type(extractor, "نزحت 300 عائلة من الفلوجة", "displacement")
    held = of_type(extractor, "خطف تنظيم داعش 20 عائلة من الحويجة", "abduction")
    assert (fled.actor, held.target) == (["displaced_people"], ["civilians"])


def test_advisers_sent_are_troops(extractor: Extractor) -> None:
    sent = of_type(extractor, "أرسلت روسيا 120 مستشارا عسكريا إلى قاعدة حميميم", "deployment")
    assert [key(f) for f in sent.figures] == [("troops", 120, 120)]


def test_lorries_are_no_figure_of_a_siege(extractor: Extractor) -> None:
    text = "وصلت إلى بلدة داريا المحاصرة منذ عام قافلة مساعدات تضم 30 شاحنة"
    drafts = extractor.drafts(text, DAY)
    assert not [f for d in drafts if d.type == "siege" for f in d.figures]
