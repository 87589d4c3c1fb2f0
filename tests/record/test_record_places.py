"""Places as people ask for them: by name or id, with their parts."""

from __future__ import annotations

import pytest

from sijill.errors import UsageError
from sijill.lexicon.knowledge import load_knowledge
from sijill.record.places import AskedPlaces
from sijill.record.record import Record


@pytest.fixture(scope="module")
def places() -> AskedPlaces:
    return AskedPlaces(load_knowledge())


@pytest.mark.parametrize(
    ("asked", "ident"),
    [
        ("iq_mosul", "iq_mosul"),
        ("الموصل", "iq_mosul"),
        ("Mosul", "iq_mosul"),
        ("حي النور، الموصل", "iq_mosul_nur"),
        ("حي النور, الموصل", "iq_mosul_nur"),
    ],
)
def test_a_place_is_found(places: AskedPlaces, asked: str, ident: str) -> None:
    assert places.one(asked).id == ident


def test_a_place_has_its_parts(places: AskedPlaces) -> None:
    found = places.with_parts("العراق")
    assert {"iq", "iq_mosul", "iq_mosul_nur", "iq_mosul_nuri_mosque"} <= found
    assert "sy_manbij" not in found
    assert places.with_parts("iq_mosul_nur") == {"iq_mosul_nur"}


def test_a_region_has_what_lies_in_its_extent() -> None:
    knowledge = load_knowledge()
    regions = [one for one in knowledge.lexicon.places.values() if one.kind == "region"]
    places = AskedPlaces(knowledge)
    wide = max(regions, key=lambda one: one.extent_km)
    found = places.parts(wide)
    assert found[0] == wide.id and len(found) > 1 and len(found) == len(set(found))


def test_an_ambiguous_name_is_refused_with_the_ids(places: AskedPlaces) -> None:
    with pytest.raises(UsageError, match=r"several places; name one by its id: .*\w+_\w+, \w+"):
        places.one("النور")


def test_an_unknown_place_is_refused(places: AskedPlaces) -> None:
    with pytest.raises(UsageError, match="no table of places has 'Atlantis'"):
        places.one("Atlantis")


def test_events_of_a_country_are_those_of_its_parts(record: Record) -> None:
    assert [one.place.id for one in record.events(place="سوريا") if one.place] == [
        "sy_manbij",
        "sy_tabqa",
    ]
    assert [one.place.id for one in record.events(place="iq") if one.place] == ["iq_mosul_nur"]
    assert len(record.events(place=["sy_tabqa", "الموصل"])) == 2
