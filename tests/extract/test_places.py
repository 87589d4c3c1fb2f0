"""How places are read: each trap of the language, with its counterpart."""

from __future__ import annotations

import pytest

from sijill.extract.reader import Extractor, load_extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor()


def places(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    """The words of each place of the text, and the id of its row."""
    return [
        (seen.text, seen.value.split()[0])
        for seen in extractor.see(text, None)
        if seen.kind == "place"
    ]


def ids(extractor: Extractor, text: str) -> list[str]:
    return [ident for _, ident in places(extractor, text)]


def names(extractor: Extractor, text: str) -> list[str]:
    """What a reader of the text would call its places."""
    return [
        " ".join(seen.value.split()[2:])
        for seen in extractor.see(text, None)
        if seen.kind == "place"
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("استقبل الأمير ضيوفه في قصر السلام في العراق.", "iq_maysan_salam"),
        ("ارتفعت الأسعار في سوق النفط في العراق أمس.", "iq_baiji_naft"),
        ("وصلت القوات إلى مدينة كان يسيطر عليها التنظيم في العراق.", "fr_cannes"),
        ("هنأ الرئيس شعب اليمن والخير قادم.", "iq_maysan_khayr"),
        ("قال إن غارات العدو تقتل وتدمر المدن في سوريا.", "sy_tadmur"),
        ("هذه هي الحرب التي تدمر سوريا.", "sy_tadmur"),
        ("رفع الأطفال أكفهم البيضاء في العراق.", "ye_bayda"),
        ("أصيب جنود في اليمن بالأسلحة البيضاء.", "ye_bayda"),
    ],
)
def test_words_that_are_also_names(extractor: Extractor, text: str, wrong: str) -> None:
    assert wrong not in ids(extractor, text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("قتل عشرة جنود في سرت في ليبيا.", "ly_sirte"),
        ("عقد الوزراء اجتماعا في الرياض.", "sa_riyadh"),
        ("قتل عشرة في حرض شمال اليمن.", "ye_hajjah_harad"),
        ("وقع الهجوم في سروج جنوب تركيا.", "tr_suruc"),
        ("اندلعت معارك في البيضاء وسط اليمن.", "ye_bayda"),
        ("استعاد الجيش السوري تدمر من التنظيم.", "sy_tadmur"),
        ("قصف الطيران ريف القصير في سوريا.", "sy_qusayr"),
        ("قصف الطيران السوري ريف السفيرة.", "sy_safira"),
        ("اشتباكات في منطقة الملعب بالرمادي في العراق.", "iq_ramadi_malaab"),
    ],
)
def test_names_that_are_also_words(extractor: Extractor, text: str, right: str) -> None:
    assert any(ident.startswith(right) for ident in ids(extractor, text))


@pytest.mark.parametrize(
    "text",
    [
        "قصف التحالف المجمع الحكومي في مدينة تعز في اليمن.",
        "استولى التنظيم على مبنى المحافظة في الرمادي في العراق.",
    ],
)
def test_a_facility_of_a_common_name_is_none_of_another_country(
    extractor: Extractor, text: str
) -> None:
    known = [ident for ident in ids(extractor, text) if "_" in ident]
    countries = {"iq_ramadi_government_compound", "ye_taiz_governorate_building_taiz"}
    assert known and countries.isdisjoint(known)


def test_a_number_counts_nationals_and_no_country(extractor: Extractor) -> None:
    assert ids(extractor, "قتل 12 سوريا قرب منبج.") == ["sy_manbij"]
    assert "sy" in ids(extractor, "قتل 12 شخصا في سوريا.")
    assert "sy" in ids(extractor, "شهدت في 2015 سوريا معارك.")


def test_two_towns_joined_by_and_are_two(extractor: Extractor) -> None:
    found = ids(extractor, "تحاصر الفصائل نبل والزهراء في ريف حلب في سوريا.")
    assert found[:2] == ["sy_nubl", "sy_zahraa_aleppo"]


def test_longest_name_that_says_nothing_leaves_the_shorter(extractor: Extractor) -> None:
    assert ("جنوب اليمن", "ye") in places(extractor, "انتشر الجنود في جنوب اليمن.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصفت طائرات التحالف صنعاء. وانفجرت قنبلة غرب العاصمة اليمنية.", "غرب صنعاء"),
        ("سيطر الحوثيون في اليمن على الطريق. وانفجرت قنبلة في العاصمة.", "صنعاء"),
        ("انفجرت قنبلة في العاصمة الصومالية.", "مقديشو"),
    ],
)
def test_the_capital_without_its_name(extractor: Extractor, text: str, name: str) -> None:
    assert names(extractor, text)[-1] == name


def test_a_ministry_is_no_place(extractor: Extractor) -> None:
    text = "قتل عشرة في صنعاء بحسب وزارة الدفاع اليمنية."
    assert "وزارة الدفاع اليمنية" not in [words for words, _ in places(extractor, text)]


def test_the_capital_in_name_only_is_none(extractor: Extractor) -> None:
    assert "بغداد" not in names(extractor, "الموصل هي العاصمة الفعلية للتنظيم في العراق.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دخل الجيش محافظة تعز في اليمن. ثم قصف الحوثيون المدينة.", "تعز"),
        ("دخل الجيش عدن في اليمن، كما أعلنت الرياض. ثم قصف الحوثيون المدينة.", "عدن"),
        ("بدأت معركة الموصل في العراق ثم معركة الرقة. وستدخل القوات المدينة.", "الرقة"),
        ("دخل الجيش محافظة الأنبار في العراق. وقصف الطيران المدينة.", "الرمادي"),
        ("دخل الجيش الفلوجة في محافظة الأنبار بالعراق. وقصف الطيران المدينة.", "الفلوجة"),
        ("دخل الجيش محافظة شبوة في اليمن. وتقدم نحو عاصمة المحافظة.", "عتق"),
        ("هبطت طائرة في عدن باليمن. وقصف الحوثيون مطار المدينة.", "مطار عدن"),
    ],
)
def test_the_city_is_the_one_named_last(extractor: Extractor, text: str, name: str) -> None:
    assert names(extractor, text)[-1] == name


def test_the_city_behind_an_actor_is_no_part_of_its_name(extractor: Extractor) -> None:
    text = "دخل الجيش عدن في اليمن. ثم قصف الحوثيون المدينة."
    assert "المدينة" in [seen.text for seen in extractor.see(text, None)]


def test_the_city_is_no_town_in_basra(extractor: Extractor) -> None:
    found = ids(extractor, "دخل الجيش العراقي الفلوجة. ثم وصل إلى مركز المدينة وميناء المدينة.")
    assert "iq_mudaina" not in found


def test_the_region_is_kurdistan_in_iraq(extractor: Extractor) -> None:
    text = "قصفت تركيا جبال قنديل في العراق. وانتشر الجنود في مدن الإقليم."
    assert "kurdistan" in ids(extractor, text)[-1]


def test_the_area_is_not_a_foreign_capital(extractor: Extractor) -> None:
    text = "قصف الجيش السوري الزبداني ودعت طهران إلى التهدئة. وقتل عشرة في المنطقة."
    assert ids(extractor, text)[-1] == "sy_zabadani"


@pytest.mark.parametrize("text", ["فجر انتحاري نفسه في سوق بأفغانستان.", "دمر القصف ميناء ومطارا."])
def test_a_particle_opens_no_name(extractor: Extractor, text: str) -> None:
    assert not [seen for seen in places(extractor, text) if seen[1] == "unknown"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("يسيطر التنظيم على شمال وشرق سوريا.", "شمال وشرق سوريا"),
        ("يسيطر التنظيم على شمال العراق وغربه.", "شمال العراق وغربه"),
        ("انفجرت سيارات في جنوب شرق سرت وغربها في ليبيا.", "جنوب شرق سرت وغربها"),
        ("قتل جنود على الحدود السورية – التركية.", "الحدود السورية – التركية"),
        ("قتل جنود على الحدود العراقية السورية.", "الحدود العراقية السورية"),
    ],
)
def test_directions_and_borders_are_joined(extractor: Extractor, text: str, name: str) -> None:
    assert name in names(extractor, text)


def test_in_a_capital_is_a_place(extractor: Extractor) -> None:
    assert "us_washington" in " ".join(ids(extractor, "عقد الوزراء اجتماعا في واشنطن."))
    assert not ids(extractor, "أعلنت واشنطن أنها سترسل جنودا.")


def test_parts_of_the_country_take_its_pronoun(extractor: Extractor) -> None:
    text = "قصف الطيران الموصل في العراق. ويسيطر التنظيم على شمال البلاد وغربها."
    assert names(extractor, text)[-1] == "شمال العراق وغربه"


def test_a_distance_is_measured_from_no_place_of_the_event(extractor: Extractor) -> None:
    text = "انفجرت سيارة في مدينة الشرقاط 290 كلم شمال بغداد في العراق."
    marked = [s.value for s in extractor.see(text, None) if s.kind == "place" and "بغداد" in s.text]
    assert marked and all("container" in value for value in marked)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("فجر التنظيم جسر الجمهورية في الموصل في العراق.", False),
        ("فجر التنظيم جسر الجمهورية في بغداد في العراق.", True),
        ("قتل جنود في قرية أم جريص في ريف حماة في سوريا.", False),
        ("قصف الجيش السوري دوار البانوراما بمدينة الحسكة.", False),
        ("قصف الجيش السوري دوار البانوراما في دير الزور.", True),
    ],
)
def test_a_namesake_in_another_town_is_not_known(
    extractor: Extractor, text: str, known: bool
) -> None:
    assert (places(extractor, text)[0][1] != "unknown") is known


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("قتل عشرة في تفجير في بلدة سروج التركية قرب الحدود العراقية في العراق.", "tr_suruc"),
        ("قصف الطيران مخازن في القائم في العراق.", "iq_qaim"),
        ("قصف طيران التحالف الميادين جنوب شرقي دير الزور.", "sy_mayadin"),
        ("دارت معارك في القصير في سوريا.", "sy_qusayr"),
        ("قتل جنديان قرب حديثة في العراق.", "iq_haditha"),
    ],
)
def test_what_stands_beside_a_name_tells_which_place_it_is(
    extractor: Extractor, text: str, right: str
) -> None:
    assert right in ids(extractor, text)


@pytest.mark.parametrize(
    "text",
    [
        "نقل عن القائم بأعمال السفارة في العراق أن المعارك مستمرة.",
        "قال الوزير في حديثه عن العراق إن المعارك مستمرة.",
        "انتهى النزاع القائم في العراق.",
        "انتهى النزاع القائم جنوب بغداد.",
    ],
)
def test_an_adjective_that_is_no_town(extractor: Extractor, text: str) -> None:
    assert {"iq_qaim", "iq_haditha"}.isdisjoint(ids(extractor, text))
