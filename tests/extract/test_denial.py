"""What a party denies to have done, attacks that were beaten off, and sieges that go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sijill.extract.scene import Draft
from sijill.model import Report

Reports = Callable[[str], tuple[Report, ...]]
Drafts = Callable[[str], list[Draft]]

OWN = [
    ("نفى التحالف العربي أن تكون له طلعات في صنعاء", "airstrike", "arab_coalition"),
    ("نفى التحالف العربي أن تكون طائراته قصفت صنعاء", "airstrike", "arab_coalition"),
    ("نفى التحالف العربي شن غارات على صنعاء", "airstrike", "arab_coalition"),
    ("نفت روسيا قصف مدينة إدلب", "airstrike", "russia"),
    ("نفت روسيا أن تكون قصفت مستشفى في حلب", "airstrike", "russia"),
    ("نفت حركة طالبان مسؤوليتها عن تفجير في كابول", "bombing", "taliban"),
    ("نفى حزب الله أن يكون له أي دور في تفجير في بيروت", "bombing", "hezbollah"),
    ("ونفت تركيا دعم تنظيم داعش", "support", "turkey"),
    ("نفى الجيش السوري استخدام أسلحة كيميائية في خان شيخون", "killing", "syrian_army"),
]
OTHERS = [
    ("نفى الجيش السوري قصف الطيران الروسي مدينة إدلب", "russian_air_force"),
    ("نفت الحكومة الليبية وقوع هجوم على طرابلس", ""),
    ("نفى الجيش العراقي مقتل عشرة جنود في الرمادي", ""),
]


@pytest.mark.parametrize(("text", "kind", "doer"), OWN)
def test_who_denies_its_own_deed_is_its_doer(
    drafts: Drafts, text: str, kind: str, doer: str
) -> None:
    found = drafts(text)
    assert [(d.type, d.status, d.actor) for d in found] == [(kind, "denied", [doer])]


@pytest.mark.parametrize(("text", "doer"), OTHERS)
def test_who_denies_the_deed_of_others_is_not(drafts: Drafts, text: str, doer: str) -> None:
    (found,) = drafts(text)
    assert found.status == "denied"
    assert found.actor == ([doer] if doer else [])


@pytest.mark.parametrize(
    "text",
    [
        "لا ينكر التحالف العربي أن طائراته قصفت مدينة صعدة",
        "نفى التحالف العربي ما قاله الحوثيون الذين قصفوا مدينة نجران",
    ],
)
def test_what_is_not_denied_is_told(drafts: Drafts, text: str) -> None:
    assert "denied" not in [d.status for d in drafts(text)]


def test_the_name_of_who_denies_ends_before_what_it_denies(drafts: Drafts) -> None:
    (found,) = drafts("نفت موسكو أي ضلوع لها في قصف مدينة حلب")
    assert found.speaker is not None
    assert found.speaker.text == "موسكو"


def test_a_state_that_had_denied_is_the_speaker(drafts: Drafts) -> None:
    (found,) = drafts("وكانت دمشق قد نفت استخدام أسلحة كيميائية في خان شيخون")
    assert found.speaker is not None
    assert (found.speaker.id, found.status) == ("syria_government", "denied")


BEATEN = [
    "صدت قوات البيشمركة هجوما لتنظيم الدولة الإسلامية على مدينة سنجار",
    "صدت قوات البيشمركة هجوما شنه تنظيم الدولة الإسلامية على مدينة سنجار",
    "تصدت قوات البيشمركة لهجوم تنظيم الدولة الإسلامية على مدينة سنجار",
]


@pytest.mark.parametrize("text", BEATEN)
def test_an_attack_beaten_off_is_one_report_of_the_attack(drafts: Drafts, text: str) -> None:
    (found,) = drafts(text)
    assert (found.type, found.actor, found.target, found.place[0].id) == (
        "offensive",
        ["islamic_state"],
        ["peshmerga"],
        "iq_sinjar",
    )


def test_an_advance_beaten_off_is_no_advance_of_those_who_beat_it_off(drafts: Drafts) -> None:
    found = drafts("تصدى الجيش السوري لمحاولة تقدم من جبهة النصرة إلى بلدة نبل")
    assert [d.type for d in found] == ["clash"]


STAY = [
    ("ما زالت مدينة دير الزور محاصرة", "siege ongoing"),
    ("قال ناشط إن مطار دير الزور لا يزال محاصرا من قبل تنظيم الدولة الإسلامية", "siege ongoing"),
    ("لم تعد مدينة حلب محاصرة", ""),
]


@pytest.mark.parametrize(("text", "expected"), STAY)
def test_what_stays_surrounded_is_besieged(drafts: Drafts, text: str, expected: str) -> None:
    assert " ".join(f"{d.type} {d.status}" for d in drafts(text)) == expected


def test_quarters_without_a_name_are_of_the_town_around_the_base(drafts: Drafts) -> None:
    found = drafts(
        "بلغت قوات الجيش السوري قاعدة اللواء 137 غرب دير الزور. "
        "وقال المرصد إن أحياء عدة ما زالت مطوقة."
    )
    assert [(d.type, d.place[0].id) for d in found] == [
        ("advance", "sy_deir_ez_zor_brigade_137"),
        ("siege", "sy_deir_ez_zor"),
    ]


def test_that_spot_is_the_place_named_before(drafts: Drafts) -> None:
    found = drafts("قصف الطيران مدينة صعدة. ونفى التحالف العربي شن غارات على ذلك الموقع.")
    assert [(d.status, d.place[0].id) for d in found] == [
        ("occurred", "ye_saada_city"),
        ("denied", "ye_saada_city"),
    ]


def test_a_siege_looked_back_at_is_the_one_that_was_broken(reports: Reports) -> None:
    found = reports(
        "كسر الجيش السوري حصار تنظيم الدولة الإسلامية لمدينة دير الزور. "
        "وبلغ الجيش السوري المدينة بعد حصار مدينة دير الزور. وقتل خمسة جنود في معارك هناك."
    )
    assert [r.type for r in found].count("siege") == 1
