"""Contradictions are stated in the right field, in English and Arabic; precision is none."""

from __future__ import annotations

from typing import Any

import pytest
from made_testimonies import told, toll

from sijill.link.events import assemble
from sijill.model import Speaker
from sijill.testimony import Dispute
from sijill.testimony import Testimony as Told

IS, US, COALITION = ("islamic_state",), ("us_forces",), ("coalition",)


def disputes(*members: Told) -> dict[str, Dispute]:
    return {dispute.field: dispute for dispute in assemble(members).disputes}


# ------------------------------------------------------------ the words, to be judged


def test_who() -> None:
    found = disputes(
        told("a", "bombing", by="iraq_army", actor=IS, at=["iq_mosul_nuri_mosque"]),
        told("b", "airstrike", by="islamic_state", actor=US, at=["iq_mosul_nuri_mosque"]),
        told("c", "bombing", actor=IS, at=["iq_mosul_nuri_mosque"]),
    )
    assert found["who"].english == (
        "Who did it is disputed. a.example, on the word of Iraqi Army, and also c.example: "
        "Islamic State (ISIS, Daesh); b.example, on the word of Islamic State (ISIS, Daesh): "
        "United States forces."
    )
    assert found["who"].arabic == (
        "اختلاف في الفاعل. a.example (المصدر: الجيش العراقي)، وكذلك c.example: "
        "تنظيم الدولة الإسلامية؛ b.example (المصدر: تنظيم الدولة الإسلامية): القوات الأميركية."
    )
    assert [p.value for p in found["who"].positions] == ["islamic_state", "us_forces"]
    assert found["who"].positions[0].outlets == ("a.example", "c.example")
    assert found["who"].positions[0].speakers == ("iraq_army",)
    assert found["who"].positions[1].testimonies == ("b/r1",)
    assert found["what"].english == (
        "What happened is disputed. a.example, on the word of Iraqi Army, and also c.example: "
        "bombing; b.example, on the word of Islamic State (ISIS, Daesh): air strike."
    )
    assert found["what"].arabic == (
        "اختلاف في ما جرى. a.example (المصدر: الجيش العراقي)، وكذلك c.example: تفجير؛ "
        "b.example (المصدر: تنظيم الدولة الإسلامية): غارة جوية."
    )


def test_how_many() -> None:
    found = disputes(
        told("a", by="sohr", figures=(toll(56, of="مدنيا"),)),
        told("b", by="activists", figures=(toll(100, None, of="قتيل"),)),
    )
    assert found["how_many"].english == (
        "The number (killed) is disputed. a.example, on the word of Syrian Observatory for Human "
        "Rights: 56 (civilians); b.example, on the word of Activists: at least 100."
    )
    assert found["how_many"].arabic == (
        "اختلاف في العدد (قتلى). a.example (المصدر: المرصد السوري لحقوق الإنسان): 56 (مدنيون)؛ "
        "b.example (المصدر: الناشطون): 100 على الأقل."
    )
    assert [p.value for p in found["how_many"].positions] == ["56", "100+"]


def test_whether() -> None:
    found = disputes(
        told("a", by="houthis", actor=("arab_coalition",), at=["ye_sanaa"]),
        told("b", by="saudi_forces", actor=("arab_coalition",), at=["ye_sanaa"], status="denied"),
    )
    assert found["whether"].english == (
        "Whether it happened (air strike by Saudi-led coalition in Yemen) is disputed. a.example, "
        "on the word of Houthis (Ansar Allah): it happened; b.example, on the word of Saudi "
        "forces: denied."
    )
    assert found["whether"].arabic == (
        "اختلاف في وقوع الحدث (غارة جوية، الفاعل: التحالف العربي). a.example (المصدر: الحوثيون"
        "): إثبات؛ b.example (المصدر: القوات السعودية): نفي."
    )


def test_where() -> None:
    found = disputes(told("a", at=["sy_raqqa"]), told("b", at=["sy_manbij"]))
    assert found["where"].english == ("The place is disputed. a.example: Raqqa; b.example: Manbij.")
    assert found["where"].arabic == "اختلاف في المكان. a.example: الرقة؛ b.example: منبج."


def test_when() -> None:
    found = disputes(
        told("a", time=("2017-03-05", "2017-03-05")),
        told("b", time=("2017-03-07", "2017-03-08")),
    )
    assert found["when"].english == (
        "The time is disputed. a.example: 2017-03-05; b.example: 2017-03-07 to 2017-03-08."
    )
    assert found["when"].arabic == (
        "اختلاف في الزمان. a.example: 2017-03-05؛ b.example: من 2017-03-07 إلى 2017-03-08."
    )


def siege(outlet: str, since: str, day: str = "2017-09-05") -> Told:
    return told(outlet, "siege", at=["sy_deir_ez_zor"], time=(since, day))


def test_since_when() -> None:
    found = disputes(siege("a", "2013-09-05"), siege("b", "2014-09-05"))
    assert found["when"].english == (
        "The time is disputed. a.example: since about 2013-09-05; "
        "b.example: since about 2014-09-05."
    )
    assert found["when"].arabic == (
        "اختلاف في الزمان. a.example: منذ 2013-09-05 تقريبا؛ b.example: منذ 2014-09-05 تقريبا."
    )


@pytest.mark.parametrize(
    "other",
    [
        siege("b", "2014-12-05"),  # "three years" may be three and a half
        siege("b", "2014-01-01"),  # "since 2014" may be any day of it
        siege("b", "2017-09-05"),  # the day on which it was broken
        told("b", "clash", at=["sy_deir_ez_zor"], time=("2013-09-05", "2017-09-05")),
    ],
)
def test_begun_alike(other: Told) -> None:
    assert "when" not in disputes(siege("a", "2014-09-05"), other)


def test_fled_from_one_place_to_the_other() -> None:
    left = told("a", "displacement", at=["sy_aleppo_shaar"])
    reached = told("b", "displacement", at=["sy_aleppo_masaken_hanano"])
    assert "where" not in disputes(left, reached)


def test_what_the_whole_or_a_part() -> None:
    found = disputes(
        told("a", "capture", by="sdf", actor=("sdf",)),
        told("b", "capture", by="usa", figures=(toll(90, kind="percent"),)),
    )
    assert found["what"].english == (
        "What happened is disputed. a.example, on the word of Syrian Democratic Forces: all of the "
        "place; b.example, on the word of United States: 90 percent of the place."
    )
    assert found["what"].arabic == (
        "اختلاف في ما جرى. a.example (المصدر: قوات سوريا الديمقراطية): كامل المكان؛ "
        "b.example (المصدر: الولايات المتحدة): 90 في المئة من المكان."
    )


def test_whom_the_dead_were() -> None:
    found = disputes(
        told("a", by="sohr", figures=(toll(40, of="مدنيا"),)),
        told("b", by="russia", figures=(toll(40, of="إرهابيا"),)),
    )
    assert found["whom"].english == (
        "Who was hit is disputed. a.example, on the word of Syrian Observatory for Human Rights: "
        "40 killed, civilians; b.example, on the word of Russia: 40 killed, fighters."
    )
    assert found["whom"].arabic == (
        "اختلاف في الطرف المستهدف. a.example (المصدر: المرصد السوري لحقوق الإنسان): "
        "قتلى: 40، مدنيون؛ b.example (المصدر: روسيا): قتلى: 40، مقاتلون."
    )
    assert "how_many" not in found


def test_a_place_that_both_sides_claim() -> None:
    found = disputes(
        told("a", "capture", by="sudan_rsf", actor=("sudan_rsf",), at=["sd_zamzam"]),
        told("b", "control", by="sudan_army", actor=("sudan_army",), at=["sd_zamzam"]),
    )
    assert found["who"].arabic == (
        "اختلاف في الفاعل. a.example (المصدر: قوات الدعم السريع): قوات الدعم السريع؛ "
        "b.example (المصدر: الجيش السوداني): الجيش السوداني."
    )


def test_private_names_are_left_out() -> None:
    named = Speaker("المواطن فلان الفلاني", None, public="المواطن […]")
    found = disputes(told("a", speaker=named, figures=(toll(5),)), told("b", figures=(toll(9),)))[
        "how_many"
    ]
    assert "a.example, on the word of المواطن […]: 5" in found.english
    assert "الفلاني" not in found.english + found.arabic
    assert found.positions[0].speakers == ("المواطن […]",)
    unknown = disputes(
        told("a", speaker=Speaker("فلان الفلاني"), figures=(toll(5),)),
        told("b", figures=(toll(9),)),
    )["how_many"]
    assert "a.example, on the word of a source not named here: 5" in unknown.english
    assert "a.example (المصدر: مصدر لا يسمى هنا): 5" in unknown.arabic


# ------------------------------------------------------------ differences that are none


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        (toll(23), toll(23), False),
        (toll(20, approx=True), toll(23), False),
        (toll(20, 99), toll(45), False),  # "dozens"
        (toll(17, None), toll(17), False),
        (toll(17, None), toll(20), False),
        (toll(17, None), toll(23), True),
        (toll(16), toll(15), True),
        (toll(500, None), toll(400, None), True),
        (toll(None, 600), toll(550), False),
        (toll(20, 99), toll(100), True),
        (toll(5, of="طفلا"), toll(30, of="مدنيا"), False),  # children beside the whole
        (toll(40, of="مسلحا"), toll(5, of="مدنيا"), False),  # other people
        (toll(30, joint=True), toll(12), False),  # shared with another event
    ],
)
def test_numbers(one: Any, other: Any, disputed: bool) -> None:
    found = disputes(told("a", figures=(one,)), told("b", figures=(other,)))
    assert ("how_many" in found) is disputed


def test_a_vague_number_takes_no_side() -> None:
    found = disputes(
        told("a", figures=(toll(30),)),
        told("b", figures=(toll(45),)),
        told("c", figures=(toll(20, 99),)),
    )["how_many"]
    assert [p.testimonies for p in found.positions] == [("a/r1",), ("b/r1",)]


def test_a_later_toll_is_an_update() -> None:
    first = told("a", by="medics", figures=(toll(17),), day="2017-03-09")
    time = ("2017-03-09", "2017-03-09")
    later = told("b", by="medics", figures=(toll(23),), day="2017-03-10", time=time)
    assert "how_many" not in disputes(first, later)
    worse_placed = told("b", figures=(toll(23),), day="2017-03-10", time=time)
    assert "how_many" in disputes(first, worse_placed)


def test_the_count_of_a_period_and_that_of_a_day() -> None:
    period = told(
        "a",
        "displacement",
        figures=(toll(37184, kind="displaced"),),
        time=("2016-10-17", "2017-03-09"),
    )
    day = told("b", "displacement", figures=(toll(2000, kind="displaced"),))
    assert "how_many" not in disputes(period, day)


def test_one_account_does_not_contradict_itself() -> None:
    one = told("a", figures=(toll(5),))
    assert not disputes(one, told("a", number=2, figures=(toll(9),)))
    assert not disputes(one, told("b", family="a", figures=(toll(9),)))
    by_two = (
        told("a", by="somalia_government", figures=(toll(18, kind="wounded"),)),
        told("a", number=2, by="medics", figures=(toll(43, kind="wounded"),)),
    )
    assert "how_many" in disputes(*by_two)


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        (["sy_raqqa"], ["sy_raqqa_naim_roundabout"], False),  # a town and a place in it
        (["sy_raqqa"], ["sy"], False),
        (["ye_sanaa_khamseen"], ["ye_sanaa_great_hall"], False),  # a street and a hall on it
        (["sy_raqqa"], [], False),
        (["sy_raqqa", "sy_manbij"], ["sy_manbij"], False),
        (["iq_mosul"], ["iq_ramadi"], True),
    ],
)
def test_places(one: list[str], other: list[str], disputed: bool) -> None:
    assert ("where" in disputes(told("a", at=one), told("b", at=other))) is disputed


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        (COALITION, US, False),  # a member of the alliance
        (("syrian_army",), ("syrian_air_force",), False),
        (("us_defense",), US, False),  # organs of one state
        (("militants",), IS, False),  # a word that does not say whose
        (("syrian_army",), ("russian_forces",), True),  # allies, but whose planes?
        ((), US, False),
        (("officials",), US, False),
    ],
)
def test_doers(one: tuple[str, ...], other: tuple[str, ...], disputed: bool) -> None:
    assert ("who" in disputes(told("a", actor=one), told("b", actor=other))) is disputed


def test_allies_take_a_place_together() -> None:
    found = disputes(
        told("a", "capture", actor=("turkish_forces",), at=["sy_afrin"]),
        told("b", "capture", actor=("syrian_opposition",), at=["sy_afrin"]),
    )
    assert "who" not in found


def test_an_accusation_names_the_doer_unless_another_is_named() -> None:
    accused = told("b", "accusation", actor=("houthis",), target=("arab_coalition",))
    assert "who" in disputes(told("a", actor=("saleh_forces",)), accused)
    own = told("b", number=2, actor=("saleh_forces",))
    assert "who" not in disputes(told("a", actor=("saleh_forces",)), own, accused)


def test_the_day_of_the_news_is_no_claim() -> None:
    """A text that states no day is dated by its own; the event may be of the days before."""
    stated = told("a", day="2017-06-21")
    assert "when" not in disputes(stated, told("b", day="2017-06-22"))
    assert "when" in disputes(stated, told("b", day="2017-06-26"))


def test_a_denial_of_another_deed_contradicts_nothing() -> None:
    asserted = told("a", "bombing", actor=IS)
    assert "whether" not in disputes(asserted, told("b", actor=COALITION, status="denied"))
    assert "whether" not in disputes(
        told("a", actor=("russian_forces",)), told("b", actor=COALITION, status="denied")
    )


def test_civilians_hit_contradict_no_side_aimed_at() -> None:
    assert "whom" not in disputes(told("a", target=IS), told("b", target=("civilians",)))
    assert "whom" in disputes(told("a", target=IS), told("b", target=("syrian_army",)))


def test_an_outlet_stands_once_in_a_position_and_few_are_named() -> None:
    many = [told(doc, actor=IS) for doc in ("a", "b", "c", "d", "e", "f")]
    spoken = told("a", number=2, by="iraq_army", actor=IS), told("a", number=3, by="krg", actor=IS)
    found = disputes(*many, *spoken, told("z", actor=US))["who"]
    assert found.english == (
        "Who did it is disputed. a.example, on the word of Iraqi Army, Kurdistan Regional "
        "Government, and also b.example, and also c.example, and also d.example, and also "
        "e.example, and others: Islamic State (ISIS, Daesh); z.example: United States forces."
    )
    assert found.arabic == (
        "اختلاف في الفاعل. a.example (المصدر: الجيش العراقي، حكومة إقليم كردستان)، وكذلك "
        "b.example، وكذلك c.example، وكذلك d.example، وكذلك e.example، وجهات أخرى: "
        "تنظيم الدولة الإسلامية؛ z.example: القوات الأميركية."
    )
    assert len(found.positions[0].outlets) == 6


def test_a_fight_has_two_doers() -> None:
    one = told("a", "clash", actor=("syrian_army",), target=("syrian_opposition",))
    other = told("b", "clash", actor=("syrian_opposition",), target=("syrian_army",))
    assert not disputes(one, other)


def test_deeds_of_allies_do_not_exclude_each_other() -> None:
    strike = told("a", actor=COALITION)
    assert "what" not in disputes(strike, told("b", "bombing", actor=("iraq_army",)))
    assert "what" in disputes(strike, told("b", "bombing", actor=IS))
    assert "what" in disputes(strike, told("b", "bombing"))


@pytest.mark.parametrize(
    ("parts", "whole", "disputed"),
    [
        ((toll(1, of="ضابط"), toll(3, of="جنود")), toll(4, of="جنود"), False),
        ((toll(1, of="ضابط"), toll(3, of="جنود")), toll(9, of="جنود"), True),
        ((toll(3, of="جنود"),), toll(4, of="جندي عراقي"), True),
        ((toll(3, of="جنود"),), toll(4, of="من عناصر داعش"), False),  # dead of two sides
    ],
)
def test_parts_of_a_toll(parts: Any, whole: Any, disputed: bool) -> None:
    found = disputes(told("a", figures=parts), told("b", figures=(whole,)))
    assert ("how_many" in found) is disputed


def test_who_holds_a_place_is_disputed_once() -> None:
    found = disputes(
        told("a", "capture", actor=IS, target=("iraq_forces",)),
        told("b", "capture", actor=("iraq_forces",), target=IS),
    )
    assert found.keys() == {"who"}


def test_nobody_is_quoted_with_what_another_says() -> None:
    found = disputes(
        told("a", by="sohr", figures=(toll(56, of="مدنيا"),)),
        told("b", figures=(toll(56, None, of="مدنيا"),)),
        told("c", figures=(toll(100),)),
    )["how_many"]
    assert found.english == (
        "The number (killed) is disputed. a.example, on the word of Syrian Observatory for Human "
        "Rights: 56 (civilians), and also b.example: at least 56 (civilians); c.example: 100."
    )
    assert found.arabic == (
        "اختلاف في العدد (قتلى). a.example (المصدر: المرصد السوري لحقوق الإنسان): 56 (مدنيون)، "
        "وكذلك b.example: 56 على الأقل (مدنيون)؛ c.example: 100."
    )
    assert found.positions[0].value == "56|56+"


# ------------------------------------------------------------ how it ended

BROKEN = {"quote": "كسر الجيش السوري حصار دير الزور", "trigger": "حصار"}
LASTS = {"quote": "ما زالت دير الزور محاصرة", "trigger": "محاصرة", "status": "ongoing"}
EAST = ("sy_deir_ez_zor",)


def test_a_siege_broken_and_going_on() -> None:
    found = disputes(
        told("a", "siege", actor=("syrian_army",), at=EAST, **BROKEN),
        told("b", "siege", by="sohr", at=EAST, **LASTS),
    )
    assert found["what"].english == (
        "What happened is disputed. a.example: the siege was broken; b.example, on the word of "
        "Syrian Observatory for Human Rights: the siege goes on."
    )
    assert [p.value for p in found["what"].positions] == ["broken", "lasts"]


def test_a_siege_that_went_on_until_it_was_broken_is_no_dispute() -> None:
    before = told("b", "siege", at=EAST, day="2017-03-08", **LASTS)
    assert not disputes(told("a", "siege", at=EAST, **BROKEN), before)


def test_a_siege_laid_and_going_on_is_no_dispute() -> None:
    laid = {"quote": "فرض الجيش السوري حصارا على دير الزور", "trigger": "حصارا"}
    assert not disputes(told("a", "siege", at=EAST, **laid), told("b", "siege", at=EAST, **LASTS))


REPELLED = {"quote": "صدت البيشمركة هجوما على سنجار", "trigger": "هجوما"}
NORTH = ("iq_sinjar",)


def test_a_place_taken_and_its_attackers_beaten_off() -> None:
    found = disputes(
        told("a", "capture", by="islamic_state", actor=IS, at=NORTH),
        told("b", "offensive", by="peshmerga", actor=IS, at=NORTH, **REPELLED),
    )
    assert found["what"].arabic == (
        "اختلاف في ما جرى. a.example (المصدر: تنظيم الدولة الإسلامية): سيطرة المهاجمين على "
        "المكان أو دخولهم إليه؛ b.example (المصدر: البيشمركة): صد الهجوم."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"actor": US},  # somebody else's attack
        {"day": "2017-03-10"},  # the next one
        {"quote": "شن التنظيم هجوما على سنجار"},  # nobody says that it failed
    ],
)
def test_another_attack_beaten_off_is_no_dispute(fields: dict[str, Any]) -> None:
    attack = {"actor": IS, "at": NORTH, **REPELLED, **fields}
    found = disputes(told("a", "capture", actor=IS, at=NORTH), told("b", "offensive", **attack))
    assert "what" not in found
