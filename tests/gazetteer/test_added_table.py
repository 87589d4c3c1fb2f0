"""The table of an import: its lines, its place, and that articles are read with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sijill.errors import KnowledgeError
from sijill.extract.reader import load_extractor
from sijill.gazetteer.added_table import known_places, table_path, write_places
from sijill.gazetteer.imports import Imported, import_places
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PLACE_COLUMNS, PlaceRow

Line = Callable[..., str]
Write = Callable[..., Path]
Known = dict[str, PlaceRow]

DAY = date(2026, 1, 2)


def lines_of(line: Line) -> list[str]:
    return [line(12, "صوران", 36.56), line(2, "دابق,دابيق", 36.53, 37.27, name="Dabiq")]


@pytest.fixture
def imported(line: Line, dump: Write, known: Known) -> Imported:
    return import_places("geonames", dump(*lines_of(line)), known)


def test_the_table(imported: Imported, added: Path, tmp_path: Path) -> None:
    path = write_places(imported, DAY)
    assert path == added / "geonames-sy.tsv" == table_path(imported)
    lines = path.read_text(encoding="utf-8").splitlines()
    sha256 = hashlib.sha256((tmp_path / "SY.txt").read_bytes()).hexdigest()
    assert lines[0] == "\t".join(PLACE_COLUMNS)
    remarks = [line for line in lines if line.startswith("# ")]
    assert lines[1 : len(remarks) + 1] == remarks
    for remark in (
        "# source: GeoNames, www.geonames.org",
        "# licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        "# attribution: GeoNames, www.geonames.org",
        "# imported: 2026-01-02",
        "# file: SY.txt",
        f"# sha256: {sha256}",
    ):
        assert remark in remarks
    parent = "sy_aleppo_governorate"
    assert lines[len(remarks) + 1 :] == [
        f"sy_gn_12\t{parent}\tvillage\t36.56\t37.1\t2\tSomewhere\t!صوران\t\tgeonames",
        f"sy_gn_2\t{parent}\tvillage\t36.53\t37.27\t2\tDabiq\t!دابق|!دابيق\t\tgeonames",
    ]
    assert [one.name for one in added.iterdir()] == ["geonames-sy.tsv"]


def test_the_licence_of_the_other_source(tmp_path: Path, known: Known) -> None:
    path = tmp_path / "sy.geojson"
    path.write_text(
        '{"type": "Feature", "properties": {"wof:id": 5, "wof:placetype": "locality", '
        '"wof:country": "SY", "geom:latitude": 36.5, "geom:longitude": 37.1, '
        '"name:ara_x_preferred": ["دابق"]}}',
        encoding="utf-8",
    )
    table = write_places(import_places("whosonfirst", path, known), DAY)
    assert table.name == "whosonfirst-sy.tsv"
    assert "https://whosonfirst.org/docs/licenses/" in table.read_text(encoding="utf-8")


def test_the_same_dump_gives_the_same_bytes(
    line: Line, dump: Write, known: Known, imported: Imported
) -> None:
    first = write_places(imported, DAY).read_bytes()
    again = import_places("geonames", dump(*lines_of(line)), known)
    assert write_places(again, DAY).read_bytes() == first


def test_a_second_import_replaces_the_table(
    imported: Imported, line: Line, dump: Write, known: Known, added: Path
) -> None:
    write_places(imported, DAY)
    write_places(import_places("geonames", dump(line(3, "كلجبرين")), known), DAY)
    (table,) = added.iterdir()
    text = table.read_text(encoding="utf-8")
    assert "sy_gn_3" in text and "sy_gn_2" not in text


def test_a_failed_write_leaves_the_old_table(
    imported: Imported, added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write_places(imported, DAY).read_bytes()

    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_places(imported, date(2026, 1, 3))
    assert [one.read_bytes() for one in added.iterdir()] == [before]


def test_a_broken_table_is_passed_over_only_where_it_is_replaced(added: Path) -> None:
    added.mkdir()
    (added / "geonames-sy.tsv").write_text("nonsense\n", encoding="utf-8")
    assert "sy" in known_places("geonames")
    with pytest.raises(KnowledgeError, match=r"geonames-sy\.tsv"):
        known_places("whosonfirst")


def test_articles_are_read_with_the_table(
    line: Line, dump: Write, reload: Callable[[], None]
) -> None:
    """Behind its type word the new village is a place with a point; without one it is none."""
    village, other = "قتل عشرة جنود في قرية الزنبقية في ريف حلب.", "زرع الأهالي الزنبقية في حلب."
    assert "sy_gn_77" not in seen(village)
    path = dump(line(77, "الزنبقية", 36.45, 37.65, admin=("09",), name="Zanbaqiyah"))
    imported = import_places("geonames", path, known_places("geonames"))
    assert [row.parent for row in imported.rows] == ["sy_aleppo_governorate"]
    table = write_places(imported, DAY)
    reload()
    assert load_knowledge().lexicon.places["sy_gn_77"].where == "geonames-sy.tsv:10"
    assert "sy_gn_77" in seen(village)
    assert "sy_gn_77" not in seen(other)
    table.unlink()
    reload()
    assert "sy_gn_77" not in seen(village)


def seen(text: str) -> str:
    """What is seen of the places of a text."""
    found = load_extractor().see(text, None)
    return " ".join(one.value for one in found if one.kind == "place")
