"""The traps that real articles set, one test each, in the order of the list they were noted in.

Tested elsewhere, with more cases: numbers that are bounds, calibres, names of units and idioms in
``text/test_numerals.py``; months of two names, "today" in its three readings, "day by day", ninth
days and days of an attack in ``text/test_calendar.py``; stamps that a text contradicts in
``ingest/test_dating.py``; agencies and datelines in ``ingest/test_outlet.py``; proclitics, real
prefixes and the article that melts in ``lexicon/test_words.py``; passives without a mark in
``extract/test_roles.py``; verbs that only announce in ``extract/test_status.py``; quotations cut in
two and nameless chains in ``extract/test_speech.py``; one actor of many names in
``extract/test_back_reference.py``.
"""

from __future__ import annotations

from datetime import date

import pytest

from sijill.extract.reader import load_extractor
from sijill.extract.scene import Draft
from sijill.text.fold import fold
from sijill.text.tokens import sentences, tokenise

EXTRACTOR = load_extractor()
RETAKEN = "استعاد الجيش العراقي مدينة الرمادي من تنظيم داعش."


def drafts(text: str) -> list[Draft]:
    return EXTRACTOR.drafts(text, date(2017, 3, 9))


def places(draft: Draft) -> list[str]:
    return [fold(place.name) for place in draft.place]


# ------------------------------------------------------------ letters


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("اعلن", "أعلن"),
        ("الى", "إلى"),
        ("لإستعادة", "لاستعادة"),
        ("الإنسحاب", "الانسحاب"),
        ("الأسم", "الاسم"),
        ("الا\u064dرهاب", "الإرهاب"),  # a mark below the alef in place of the hamza
        ("جديةُ", "جدية"),
        ("هجومًا", "هجوماً"),
        ("استعـــاد", "استعاد"),
        ("ﻻ", "لا"),
    ],
)
def test_spellings_fold_together(written: str, plain: str) -> None:
    assert fold(written) == fold(plain)


@pytest.mark.parametrize(
    "text",
    [
        "إستعاد الجيش العراقي مدينه الرمادي من تنظيم داعش.",
        "اسْتَعادَ الجيشُ العراقيُّ مدينةَ الرماديِّ من تنظيمِ داعش.",
        "استعــــاد الجيش العراقي مدينة الرمادي من تنظيم داعش.",
        "استعاد\u00a0الجيش  العراقي\u00a0مدينة الرمادي ، من تنظيم\u00a0داعش ..",
        "استعاد الجيش العراقي مدينة الرمادي من تنظيم “داعش”.",
        "استعاد الجيش العراقي مدينة الرمادي من تنظيم “الدولة الإسلامية“.",
        "استعاد الجيش العراقي مدينة الرمادي من تنظيم ’الدولة الإسلامية’.",
        'استعاد الجيش العراقي مدينة الرمادي من تنظيم "الدولة الإسلامية".',
        "استعاد الجيش العراقي مدينة الرمادي من تنظيم الدولة الإسلامية (داعش).",
    ],
)
def test_spelling_and_quotation_marks_change_no_report(text: str) -> None:
    (draft,) = drafts(text)
    assert (draft.type, draft.actor, draft.target) == ("capture", ["iraq_army"], ["islamic_state"])
    assert places(draft) == ["الرمادي"]


def test_no_break_spaces_and_double_marks_part_words() -> None:
    tokens = tokenise("داعش\u00a0أبو بكر ، السورية ..")
    assert [tokens.raw(i, i + 1) for i in range(4)] == ["داعش", "أبو", "بكر", "،"]


def test_an_agency_in_single_letters_is_no_sentence_of_its_own() -> None:
    text = "بغداد (أ ف ب) – " + RETAKEN
    assert len(sentences(tokenise(text))) == 1
    assert places(drafts(text)[-1]) == ["الرمادي"]


def test_a_missing_word_costs_nothing() -> None:
    (draft,) = drafts("تمكن الجيش العراقي استعادة مدينة الرمادي.")
    assert (draft.type, draft.actor, places(draft)) == ("capture", ["iraq_army"], ["الرمادي"])


# ------------------------------------------------------------ clitics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قصفت الطائرات الروسية مدينة إدلب والرقة.", ["ادلب", "الرقه"]),
        ("شن التحالف غارات على الموصل والرقة.", ["الموصل", "الرقه"]),
        ("غارات للتحالف الدولي على الرقة.", ["الرقه"]),
        ("دخلت القوات العراقية وادي حجر في الموصل.", ["وادي حجر"]),
        ("سيطر تنظيم داعش على سجن بادوش.", ["سجن بادوش"]),
    ],
)
def test_proclitics_and_words_that_only_begin_like_one(text: str, expected: list[str]) -> None:
    assert [name for draft in drafts(text) for name in places(draft)] == expected


def test_for_the_coalition_without_its_alef() -> None:
    (draft,) = drafts("غارات للتحالف الدولي على الرقة.")
    assert draft.actor == ["coalition"]


def test_a_nationality_is_no_place() -> None:
    (draft,) = drafts("استعادت القوات العراقية مدينة تكريت.")
    assert places(draft) == ["تكريت"]


# ------------------------------------------------------------ what only looks like a place


def test_a_force_named_after_a_city_acts() -> None:
    (draft,) = drafts("شنت قوة القدس هجوما على مواقع داعش في سوريا.")
    assert (draft.actor, places(draft)) == (["irgc_quds"], ["سوريا"])


def test_a_man_named_after_a_city_is_no_place() -> None:
    (draft,) = drafts("قتل البغدادي في غارة على الرقة.")
    assert (draft.target, places(draft)) == (["islamic_state"], ["الرقه"])


def test_an_event_named_after_a_city_is_no_report() -> None:
    assert drafts("قال الرئيس إن هجمات باريس لن تتكرر.") == []


def test_a_birthplace_is_not_muscat() -> None:
    found = drafts("عاد إلى مسقط رأسه في حلب بعد قصف المدينة.")
    assert [name for draft in found for name in places(draft)] == ["حلب"]


def test_a_main_bridge_has_no_president() -> None:
    (draft,) = drafts("قصفت الطائرات جسر رئيس في مدينة الموصل.")
    assert (draft.actor, draft.target) == ([], [])


def test_a_man_named_after_nothing_is_no_governorate() -> None:
    (draft,) = drafts("قتل صلاح الدين في بغداد.")
    assert places(draft) == ["بغداد"]


def test_a_capital_may_act() -> None:
    (draft,) = drafts("أرسلت واشنطن 400 جندي إلى سوريا.")
    assert (draft.actor, places(draft)) == (["usa"], ["سوريا"])


def test_city_and_province_of_one_name_stay_apart() -> None:
    (city,) = drafts("سيطر تنظيم داعش على مدينة الرقة.")
    (province,) = drafts("سيطر تنظيم داعش على محافظة الرقة.")
    assert city.place[0].name != province.place[0].name
    assert city.place[0].id != province.place[0].id


def test_one_head_for_two_cities() -> None:
    found = drafts("سيطر تنظيم داعش على مدينتي الرقة والموصل.")
    assert [places(draft) for draft in found] == [["الرقه"], ["الموصل"]]


# ------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("قتل 23 مدنيا بينهم ثمانية اطفال في غارات على الرقة.", [(23, 23), (8, 8)]),
        ("قتل 17 عنصرا على الأقل من داعش في غارات على الموصل.", [(17, None)]),
        ("قتل أكثر من 35 مدنيا في غارات على الموصل.", [(35, None)]),
        ("قتل نحو 500 عنصر من داعش في غارات على الموصل.", [(500, 500)]),
        ("أطلقت القوات العراقية قذائف من عيار 155 ملم على الموصل.", []),
        ("نشرت الولايات المتحدة الوحدة 11 لمشاة البحرية في سوريا.", []),
    ],
)
def test_figures_are_what_is_counted(text: str, figures: list[tuple[int, int | None]]) -> None:
    (draft,) = drafts(text)
    assert [(figure.low, figure.high) for figure in draft.figures] == figures


# ------------------------------------------------------------ what happened and what did not


def test_advance_and_offer_are_spelt_alike() -> None:
    (offer,) = drafts("تقدم واشنطن دعما لقوات سوريا الديمقراطية.")
    (advance,) = drafts("تقدم الجيش العراقي في الموصل.")
    assert (offer.type, offer.target) == ("support", ["sdf"])
    assert (advance.type, advance.actor) == ("advance", ["iraq_army"])


@pytest.mark.parametrize(
    "text",
    [
        "لم يصدر أمر باقتحام مدينة الموصل.",
        "لا أوامر بالتقدم نحو الموصل.",
        "تدربت القوات العراقية لاستعادة مدينة الموصل.",
        "جهاز مكافحة الإرهاب العراقي في بغداد.",
    ],
)
def test_no_event(text: str) -> None:
    assert drafts(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("قد تبدأ معركة الرقة قريبا.", "possible"),
        ("ستبدأ معركة الرقة قريبا.", "planned"),
    ],
)
def test_to_begin_is_not_begun(text: str, status: str) -> None:
    (draft,) = drafts(text)
    assert (draft.type, draft.status) == ("offensive", status)


# ------------------------------------------------------------ who says so


@pytest.mark.parametrize("that", ["إن", "أن", "ان"])
def test_that_after_said_is_spelt_three_ways(that: str) -> None:
    (draft,) = drafts(f"أكد الجيش العراقي {that} القوات دخلت مدينة تلعفر.")
    assert draft.speaker is not None and draft.speaker.id == "iraq_army"


def test_reported_by_one_and_confirmed_by_another() -> None:
    (draft,) = drafts(
        "قصفت طائرات التحالف الرقة، كما ذكرت صحيفة وول ستريت جورنال، "
        "وهو ما أكده الكولونيل ستيف وارن."
    )
    assert draft.speaker is not None and draft.speaker.text == "صحيفة وول ستريت جورنال"


def test_after_the_fact() -> None:
    (draft,) = drafts("قصفت طائرات التحالف مدينة الرقة، وفق المرصد السوري لحقوق الإنسان.")
    assert draft.speaker is not None and draft.speaker.id == "sohr"


def test_loaded_names_name_the_same() -> None:
    (draft,) = drafts("قصفت طائرات الكيان الإسرائيلي مدينة غزة.")
    assert draft.actor == ["israel"]


# ------------------------------------------------------------ the page around the text


def test_a_doubled_title_is_one_report() -> None:
    title = "مقتل 12 مدنيا في غارات على الرقة"
    found = drafts(f"{title}\n{title}\n{title}.")
    assert {tuple(places(draft)) for draft in found} == {("الرقه",)}


@pytest.mark.parametrize(
    "text",
    ["لمزيد من الأخبار إضغط هنا", "شارك برأيك", "إضافة تعليق", "اشتون كارتر", "تقرير/ محمد فايع"],
)
def test_boilerplate_tells_nothing(text: str) -> None:
    assert drafts(text) == []
