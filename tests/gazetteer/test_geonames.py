"""Lines of GeoNames dumps as places."""

from __future__ import annotations

import bz2
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.errors import SourceError
from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.geonames import read_geonames
from sijill.issues import IssueLog

Line = Callable[..., str]
Write = Callable[..., Path]


def read(path: Path) -> list[DumpPlace]:
    return list(read_geonames(path, IssueLog()))


@pytest.mark.parametrize(
    ("feature", "population", "kind"),
    [
        ("P.PPL", 0, "village"),
        ("P.PPL", 4999, "village"),
        ("P.PPL", 5000, "town"),
        ("P.PPLA", 0, "town"),
        ("P.PPLA3", 0, "town"),
        ("P.PPLC", 0, "town"),
        ("P.PPLX", 9000, "quarter"),
        ("P.PPLH", 0, ""),
        ("A.ADM1", 0, "governorate"),
        ("A.ADM2", 0, "district"),
        ("A.ADM3", 0, "district"),
        ("A.ADM1H", 0, ""),
        ("A.PCLI", 0, "country"),
        ("T.MT", 0, "mountain"),
        ("T.HLLS", 0, "mountain"),
        ("H.STM", 0, "river"),
        ("H.RSV", 0, "river"),
        ("H.WAD", 0, "region"),
        ("S.AIRP", 0, "airport"),
        ("S.AIRB", 0, "base"),
        ("S.DAM", 0, "dam"),
        ("S.BDG", 0, "bridge"),
        ("S.HSP", 0, "hospital"),
        ("S.MSQE", 0, "mosque"),
        ("S.PRN", 0, "prison"),
        ("L.OILF", 0, "oil_field"),
        ("S.CMPRF", 0, "camp"),
        ("S.PSTB", 0, "crossing"),
        ("S.SCH", 0, ""),
        ("H.SPNG", 0, ""),
    ],
)
def test_kinds(line: Line, dump: Write, feature: str, population: int, kind: str) -> None:
    (place,) = read(dump(line(feature=feature, population=population)))
    assert (place.kind, place.their_kind) == (kind, feature)


@pytest.mark.parametrize(
    ("alternates", "names"),
    [
        ("Tall Rifat,تل رفعت,Тал", ("تل رفعت",)),
        ("الحي 3,الحي ٣", ("الحي 3",)),
        ("إدلب,ادلب", ("إدلب",)),
        ("چهار,گلدان", ()),
        ("تَل,الباب (حلب),ب", ()),
        ("", ()),
    ],
)
def test_arabic_names(line: Line, dump: Write, alternates: str, names: tuple[str, ...]) -> None:
    (place,) = read(dump(line(names=alternates)))
    assert place.names == names


def test_a_line_in_full(line: Line, dump: Write) -> None:
    (place,) = read(
        dump(
            line(
                170592,
                "تل رفعت",
                36.4733,
                37.0972,
                "P.PPL",
                admin=("09", "0905"),
                population=20514,
                name="Tall Rif‘at",
            )
        )
    )
    assert place == DumpPlace(
        ident=170592,
        kind="town",
        their_kind="P.PPL",
        lat=36.4733,
        lon=37.0972,
        country="sy",
        name_en="Tall Rifat",
        names=("تل رفعت",),
        population=20514,
        within=("09.0905", "09"),
    )


def test_divisions_are_keyed_by_their_codes(line: Line, dump: Write) -> None:
    first, second = read(
        dump(
            line(feature="A.ADM1", admin=("09",), name="Aleppo"),
            line(feature="A.ADM2", admin=("09", "0905"), name="A‘zāz"),
        )
    )
    assert (first.key, first.within, first.latin[0]) == ("09", (), "Aleppo")
    assert (second.key, second.within, second.latin[0]) == ("09.0905", ("09",), "Azaz")


def test_packed_dumps(line: Line, tmp_path: Path) -> None:
    data = f"{line(names='مارع')}\n".encode()
    (tmp_path / "SY.txt.gz").write_bytes(gzip.compress(data))
    (tmp_path / "SY.txt.bz2").write_bytes(bz2.compress(data))
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("readme.txt", "Readme for GeoNames Gazetteer extract files")
        archive.writestr("SY.txt", data)
    for name in ("SY.txt.gz", "SY.txt.bz2", "SY.zip"):
        assert [place.names for place in read(tmp_path / name)] == [("مارع",)], name


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("a\tb\tc", "columns"),
        ("{lat}", "number"),
        ("{nowhere}", "nowhere"),
        ("{ident}", "number"),
        ("{people}", "number"),
    ],
)
def test_broken_lines_are_told_and_the_rest_is_read(
    line: Line, dump: Write, bad: str, code: str
) -> None:
    broken = bad.format(
        lat=line(lat="north"),
        nowhere=line(lat=91.0),
        ident=line(ident="x"),
        people=line(population="many"),
    )
    path, log = dump(line(1), broken, "", line(2)), IssueLog()
    assert [place.ident for place in read_geonames(path, log)] == [1, 2]
    assert [(issue.code, issue.place, issue.source) for issue in log] == [(code, 2, str(path))]


def test_a_line_that_is_not_utf8(line: Line, dump: Write) -> None:
    path, log = dump(line(1)), IssueLog()
    path.write_bytes(path.read_bytes() + line(2, "مارع").encode("windows-1256") + b"\n")
    assert len(list(read_geonames(path, log))) == 1
    assert [str(issue) for issue in log] == [f"{path} line 2: is not in UTF-8"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "not-a-dump"),
        (b"id,name\n1,Aleppo\n", "not-a-dump"),
        (b"x\n" * 1000, "not-a-dump"),
        (b"PK\x03\x04 and no more", "broken-archive"),
        (gzip.compress(b"x" * 5000, mtime=0)[:-20], "broken-archive"),
        (b"BZh9 and no more", "broken-archive"),
        (b"SQLite format 3\x00", "not-a-dump"),
    ],
)
def test_files_that_are_no_dump(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.code == code
    assert str(path) in str(caught.value)


def test_an_error_tells_the_next_step(dump: Write) -> None:
    with pytest.raises(SourceError, match=r"line 1: .*1 column.*19.*get one such as SY\.zip"):
        read(dump("this is a letter"))


def test_an_archive_with_no_dump_or_several(tmp_path: Path) -> None:
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", "")
        archive.writestr("LB.txt", "")
    with pytest.raises(SourceError, match=r"one \.txt file; it holds SY\.txt, LB\.txt"):
        read(path)


def test_a_damaged_archive(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", f"{line(names='مارع')}\n")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Somewhere", b"Elsewhere"))
    with pytest.raises(SourceError, match="archive is broken"):
        read(path)


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "SY.txt")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
