"""A place by its name alone: found, ambiguous or unknown, and never one elsewhere."""

from __future__ import annotations

import pytest

from sijill.extract.place_finder import PlaceFinder
from sijill.lexicon.geography import distance
from sijill.lexicon.knowledge import load_knowledge


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(load_knowledge())


@pytest.mark.parametrize(
    ("name", "near", "ident"),
    [
        ("الموصل", "", "iq_mosul"),
        ("مدينة الموصل", "", "iq_mosul"),
        ("Mosul", "", "iq_mosul"),
        ("«الموصل»", "", "iq_mosul"),
        ("حي التأميم", "الرمادي", "iq_ramadi_tamim"),
        ("حي التأميم", "الموصل", "iq_mosul_tamim"),
        ("التأميم", "مدينة الرمادي، الأنبار", "iq_ramadi_tamim"),
        ("مسكنة", "ريف حلب الشرقي، سوريا", "sy_maskanah"),
        ("طرابلس", "لبنان", "lb_tripoli"),
        ("طرابلس", "ليبيا", "ly_tripoli"),
        ("الجوف", "اليمن", "ye_jawf"),
        ("محافظة الرقة", "", "sy_raqqa_governorate"),
        ("الرقه", "", "sy_raqqa"),
        ("تل-عفر", "نينوى", "iq_tal_afar"),
    ],
)
def test_a_name_is_found(finder: PlaceFinder, name: str, near: str, ident: str) -> None:
    place = finder.find(name, near)
    assert (place.status, place.id) == ("resolved", ident)
    assert place.name == name
    assert place.candidates[0].reasons


def test_several_places_of_a_name_are_ambiguous(finder: PlaceFinder) -> None:
    place = finder.find("حي التأميم")
    assert place.status == "ambiguous"
    assert (place.id, place.lat, place.within) == (None, None, None)
    assert {"iq_ramadi_tamim", "iq_mosul_tamim"} <= {one.id for one in place.candidates}


def test_a_town_and_its_district_are_no_rivals(finder: PlaceFinder) -> None:
    assert finder.find("الحويجة").status == "resolved"


@pytest.mark.parametrize(
    ("name", "near"),
    [("حي التأميم", "حلب"), ("الأعظمية", "الموصل"), ("القائم", "الرمادي، الأنبار")],
)
def test_no_place_elsewhere_is_given(finder: PlaceFinder, name: str, near: str) -> None:
    place = finder.find(name, near)
    assert (place.status, place.id, place.lat) == ("unknown", None, None)
    assert place.candidates
    assert place.candidates[0].reasons[0][0] == "elsewhere"


def test_a_name_one_letter_off_is_only_proposed(finder: PlaceFinder) -> None:
    place = finder.find("القيارةة", "نينوى")
    assert place.status == "unknown"
    assert ("iq_qayyarah", "alike") in {(one.id, one.reasons[0][0]) for one in place.candidates}


def test_an_unheard_name_is_unknown(finder: PlaceFinder) -> None:
    place = finder.find("خربوطة العجيبة", "الموصل")
    assert (place.status, place.within) == ("unknown", "الموصل")


@pytest.mark.parametrize(
    ("name", "whole", "bearing", "ucdp"),
    [
        ("شمال كركوك", "كركوك", (1, 0), 2),
        ("جنوب غرب كركوك", "كركوك", (-1, -1), 2),
        ("ريف حلب الشرقي", "حلب", (0, 1), 4),
        ("شرق محافظة ديالى", "محافظة ديالى", (0, 1), 4),
    ],
)
def test_a_part_has_a_point_of_its_own(
    finder: PlaceFinder, name: str, whole: str, bearing: tuple[int, int], ucdp: int
) -> None:
    part, place = finder.find(name), finder.find(whole)
    assert part.lat and part.lon and place.lat and place.lon and part.radius_km
    moved = (part.lat - place.lat, part.lon - place.lon)
    for shift, way in zip(moved, bearing, strict=True):
        assert abs(shift) < 1e-3 if way == 0 else shift * way > 0
    assert part.ucdp == ucdp
    assert distance(part.lat, part.lon, place.lat, place.lon) <= 2 * part.radius_km


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("الموصل", (1, 1)),
        ("قضاء الحويجة", (3, 2)),
        ("محافظة نينوى", (4, 3)),
        ("نهر دجلة", (5, 3)),
        ("العراق", (6, 3)),
        ("البحر الأحمر", (7, 3)),
        ("محيط كركوك", (2, 2)),
        ("داخل كركوك", (1, 1)),
    ],
)
def test_precision(finder: PlaceFinder, name: str, codes: tuple[int, int]) -> None:
    place = finder.find(name)
    assert (place.ucdp, place.acled) == codes
