"""What an import makes of a dump: names, parents, what is left out, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sijill.errors import UsageError
from sijill.gazetteer.gather import ELSEWHERE, GONE, NO_KIND, NO_NAME
from sijill.gazetteer.imports import KNOWN, OUTSIDE, REFUSED, import_places
from sijill.lexicon.place_rows import PlaceName, PlaceRow

Line = Callable[..., str]
Feature = Callable[..., dict[str, Any]]
Write = Callable[..., Path]
Known = dict[str, PlaceRow]

#: The divisions of the dump under codes, one by its Arabic name and one by its Latin one.
ALEPPO = ("09",)
AZAZ = ("09", "0905")


@pytest.fixture
def divisions(line: Line) -> list[str]:
    return [
        line(901, "محافظة حلب", 36.2, 37.5, "A.ADM1", admin=ALEPPO, name="Muhafazat Halab"),
        line(902, "", 36.58, 37.04, "A.ADM2", admin=AZAZ, name="A‘zāz District"),
    ]


def test_a_row_in_full(line: Line, dump: Write, known: Known, divisions: list[str]) -> None:
    place = line(7, "دابق,دابيق", 36.53941, 37.2666, admin=AZAZ, name="Dābiq")
    imported = import_places("geonames", dump(place, *divisions), known)
    assert imported.country == "sy"
    assert imported.rows == (
        PlaceRow(
            id="sy_gn_7",
            parent="sy_azaz_district",
            kind="village",
            lat=36.5394,
            lon=37.2666,
            extent_km=2.0,
            name="دابق",
            name_en="Dabiq",
            where="import:1",
            names=(PlaceName("دابق", marked=True), PlaceName("دابيق", marked=True)),
            source="geonames",
        ),
    )
    assert imported.left_out == {KNOWN: 2}


def test_every_name_is_marked(line: Line, dump: Write, known: Known) -> None:
    path = dump(line(1, "دابق,دابيق"), line(2, "مطار منغ", feature="S.AIRP"))
    rows = import_places("geonames", path, known).rows
    assert [name.marked for row in rows for name in row.names] == [True] * 3


@pytest.mark.parametrize(
    ("name", "feature", "bare"),
    [
        ("قرية دابق", "P.PPL", "دابق"),
        ("ناحية صوران", "P.PPL", "صوران"),
        ("محافظة الحسكة", "A.ADM1", "الحسكة"),
        ("تل رفعت", "P.PPL", "تل رفعت"),
        ("خربة الجوز", "P.PPL", "خربة الجوز"),
        ("حي الميدان", "P.PPLX", "الميدان"),
        ("مطار منغ", "S.AIRP", "مطار منغ"),
        ("جبل الأكراد", "T.MT", "جبل الأكراد"),
        ("قرية", "P.PPL", "قرية"),
    ],
)
def test_type_words_in_names(
    line: Line, dump: Write, known: Known, name: str, feature: str, bare: str
) -> None:
    (row,) = import_places("geonames", dump(line(1, name, feature=feature)), known).rows
    assert row.name == bare


@pytest.mark.parametrize(
    ("lat", "lon", "admin", "parent"),
    [
        (36.54, 37.26, AZAZ, "sy_azaz_district"),
        (36.54, 37.26, ALEPPO, "sy_aleppo_governorate"),
        (36.54, 37.26, ("09", "0999"), "sy_aleppo_governorate"),
        # Too far from the district that the dump names, but in its governorate.
        (36.2, 38.2, AZAZ, "sy_aleppo_governorate"),
        # Named by no division of ours: the nearest governorate, in radii; else the country.
        (35.9, 36.6, (), "sy_idlib_governorate"),
        (35.9, 36.6, ("77",), "sy_idlib_governorate"),
        (36.4, 37.6, (), "sy_aleppo_governorate"),
        (33.0, 36.5, (), "sy"),
    ],
)
def test_what_a_place_lies_in(
    line: Line,
    dump: Write,
    known: Known,
    divisions: list[str],
    lat: float,
    lon: float,
    admin: tuple[str, ...],
    parent: str,
) -> None:
    path = dump(line(1, "دابق", lat, lon, admin=admin), *divisions)
    (row,) = import_places("geonames", path, known).rows
    assert row.parent == parent


def test_nothing_lies_in_an_imported_row(line: Line, dump: Write, known: Known) -> None:
    known["sy_wof_5"] = msgspec.structs.replace(known["sy_idlib_governorate"], id="sy_wof_5")
    del known["sy_idlib_governorate"]
    (row,) = import_places("geonames", dump(line(1, "سرمدا", 35.9, 36.6)), known).rows
    assert row.parent == "sy_aleppo_governorate"


def test_a_district_of_the_name_in_another_governorate_is_another(
    line: Line, dump: Write, known: Known
) -> None:
    path = dump(
        line(901, "إدلب", 35.9, 36.7, "A.ADM1", admin=("12",), name="Idlib"),
        line(902, "أعزاز", 36.3, 36.8, "A.ADM2", admin=("12", "1"), name="Azaz"),
        line(1, "سلقين", 36.1, 36.6, admin=("12", "1")),
    )
    rows = {row.id: row for row in import_places("geonames", path, known).rows}
    assert rows["sy_gn_1"].parent == rows["sy_gn_902"].parent == "sy_idlib_governorate"


@pytest.mark.parametrize(
    ("name", "lat", "feature", "reason"),
    [
        ("مارع", 36.48, "P.PPL", KNOWN),
        ("مارع", 36.52, "P.PPL", KNOWN),
        ("المارع", 36.48, "P.PPL", KNOWN),
        ("بلدة مارع", 36.48, "P.PPL", KNOWN),
        ("مارع,غيرها", 36.48, "P.PPL", KNOWN),
        ("مارع", 36.53, "P.PPL", ""),
        ("مارع", 36.49, "P.PPLX", KNOWN),
        ("مارع", 36.50, "P.PPLX", ""),
        # A district is not the town that it is called by.
        ("مارع", 36.48, "A.ADM3", ""),
        ("سوريا", 36.48, "A.PCLI", KNOWN),
        ("", 36.48, "P.PPL", NO_NAME),
        ("Marea", 36.48, "P.PPL", NO_NAME),
        ("", 36.48, "A.ADM3", NO_NAME),
        ("دابق", 36.48, "S.SCH", NO_KIND),
        ("دابق", 60.0, "P.PPL", OUTSIDE),
    ],
)
def test_what_is_left_out(
    line: Line, dump: Write, known: Known, name: str, lat: float, feature: str, reason: str
) -> None:
    imported = import_places("geonames", dump(line(1, name, lat, 37.2, feature)), known)
    assert imported.left_out == ({reason: 1} if reason else {})
    assert len(imported.rows) == (not reason)


def test_a_place_outside_the_division_that_its_dump_names(
    line: Line, dump: Write, known: Known, divisions: list[str]
) -> None:
    path = dump(line(1, "دابق", 33.5, 36.3, admin=AZAZ), *divisions)
    imported = import_places("geonames", path, known)
    assert (imported.rows, imported.left_out) == ((), {KNOWN: 2, OUTSIDE: 1})


def test_of_two_of_one_name_the_larger_is_taken(line: Line, dump: Write, known: Known) -> None:
    path = dump(
        line(1, "دابق", 36.5), line(2, "دابق", 36.52, population=7000), line(3, "دابق", 36.6)
    )
    imported = import_places("geonames", path, known)
    assert [row.id for row in imported.rows] == ["sy_gn_2", "sy_gn_3"]
    assert imported.left_out == {KNOWN: 1}


def test_what_the_checks_refuse_is_left_out(line: Line, dump: Write, known: Known) -> None:
    same = [line(1, "دابق"), line(1, "صوران", 36.6)]
    imported = import_places("geonames", dump(*same), known)
    assert [row.name for row in imported.rows] == ["دابق"]
    assert imported.left_out == {REFUSED: 1}


def test_kinds_that_are_not_read_are_counted_by_name(line: Line, dump: Write, known: Known) -> None:
    codes = ("S.SCH", "S.SCH", "H.SPNG")
    path = dump(*(line(n, "دابق", feature=code) for n, code in enumerate(codes)))
    imported = import_places("geonames", path, known)
    assert imported.ignored == {"H.SPNG": 1, "S.SCH": 2}


def test_broken_lines_are_kept_as_issues(line: Line, dump: Write, known: Known) -> None:
    path = dump(line(1, "دابق"), "broken")
    imported = import_places("geonames", path, known)
    assert [str(issue) for issue in imported.issues] == [
        f"{path} line 2: 1 column(s) where a dump has 19"
    ]
    assert len(imported.rows) == 1


def test_rows_of_an_earlier_import_do_not_count(line: Line, dump: Write, known: Known) -> None:
    path = dump(line(1, "دابق"))
    first = import_places("geonames", path, known)
    known |= {row.id: row for row in first.rows}
    assert import_places("geonames", path, known) == first


def test_rows_of_the_other_source_count(
    line: Line, dump: Write, feature: Feature, collection: Write, known: Known
) -> None:
    known |= {r.id: r for r in import_places("geonames", dump(line(1, "دابق")), known).rows}
    imported = import_places("whosonfirst", collection(feature(5, arabic="دابق")), known)
    assert (imported.rows, imported.left_out) == ((), {KNOWN: 1})


def test_countries(line: Line, dump: Write, known: Known) -> None:
    both = dump(line(1, "دابق"), line(2, "عرسال", 34.18, 36.42, country="LB"))
    assert [r.id for r in import_places("geonames", both, known, "LB").rows] == ["lb_gn_2"]
    assert import_places("geonames", both, known, "sy").left_out == {ELSEWHERE: 1}
    with pytest.raises(UsageError, match=r"places of LB \(1\), SY \(1\); name one with --country"):
        import_places("geonames", both, known)
    with pytest.raises(UsageError, match="no country 'XX' is known; known are LB, SY"):
        import_places("geonames", both, known, "XX")
    with pytest.raises(UsageError, match="did you mean 'SY'"):
        import_places("geonames", both, known, "SYR")
    path = dump(line(1, "دابق"), name="other.txt")
    with pytest.raises(UsageError, match=r"holds no place of LB; it holds places of SY \(1\)"):
        import_places("geonames", path, known, "LB")
    path = dump(line(1, "دابق", country="ZZ"), name="unknown.txt")
    with pytest.raises(UsageError, match="no country 'ZZ' is known"):
        import_places("geonames", path, known)
    with pytest.raises(UsageError, match="known are geonames, whosonfirst"):
        import_places("osm", path, known)


def test_whosonfirst(feature: Feature, collection: Write, known: Known) -> None:
    within = {"wof__hierarchy": [{"region_id": 20, "county_id": 30}]}
    path = collection(
        feature(20, "region", [], 36.2, 37.5, name__eng_x_preferred=["Aleppo"]),
        feature(30, "county", "منطقة أعزاز", 36.58, 37.04, wof__hierarchy=[{"region_id": 20}]),
        feature(5, "locality", "دابق", 36.54, 37.27, **within),
        feature(6, "neighbourhood", "حي الزهراء", 36.585, 37.05, **within),
        feature(7, "locality", "قديمة", mz__is_current=0),
        feature(8, "locality", "مارع", 36.48, 37.2, **within),
        feature(9, "microhood", "دابق"),
    )
    imported = import_places("whosonfirst", path, known)
    assert [(row.id, row.parent, row.kind, row.name, row.source) for row in imported.rows] == [
        ("sy_wof_5", "sy_azaz_district", "village", "دابق", "wof"),
        ("sy_wof_6", "sy_azaz_district", "quarter", "الزهراء", "wof"),
    ]
    assert imported.left_out == {KNOWN: 3, GONE: 1, NO_KIND: 1}
    assert imported.ignored == {"microhood": 1}
