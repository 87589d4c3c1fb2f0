"""Tables that a user added beside the packaged ones: twins give way, orphans are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sijill.cli import app
from sijill.errors import Fault, KnowledgeError
from sijill.lexicon.knowledge import load_knowledge
from sijill.lexicon.place_rows import PLACE_COLUMNS, PlaceRow
from sijill.lexicon.place_tables import read_places

Write = Callable[..., Path]

NEW = "sy_own_1\tsy_aleppo_governorate\tvillage\t36.45\t37.65\t2\tNew\t!الزنبقية\t\town"


def row_of(place: PlaceRow, **changes: object) -> str:
    """A packaged place as a line of another table, under another id, marked."""
    cells = {
        "id": "sy_own_2",
        "parent": place.parent,
        "kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "extent_km": place.extent_km,
        "name_en": place.name_en,
        "names": f"!{place.name}",
        "other_names": "",
        "source": "own",
    }
    return "\t".join(str(value) for value in (cells | changes).values())


@pytest.fixture
def dabiq() -> PlaceRow:
    places = load_knowledge().lexicon.places.values()
    return next(row for row in places if row.name_en == "Dabiq" and row.country == "sy")


@pytest.fixture
def write(tmp_path: Path, dabiq: PlaceRow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a table of a user; what is known is forgotten before and after (``dabiq`` first)."""

    def table(*rows: str) -> Path:
        path = tmp_path / "own.tsv"
        path.write_text("\n".join(["\t".join(PLACE_COLUMNS), *rows]) + "\n", encoding="utf-8")
        monkeypatch.setenv("SIJILL_PLACES", str(tmp_path))
        load_knowledge.cache_clear()
        return path

    yield table
    load_knowledge.cache_clear()


def test_a_place_that_is_packaged_by_now_is_left_out(write: Write, dabiq: PlaceRow) -> None:
    path = write(NEW, row_of(dabiq, lat=(dabiq.lat or 0) + 0.005))
    faults: list[Fault] = []
    read = read_places(faults)
    assert not faults
    assert [(row.id, twin.id) for row, twin in read.left_out] == [("sy_own_2", dabiq.id)]
    assert [row.id for row in read.tables[path]] == ["sy_own_1"]
    places = load_knowledge().lexicon.places
    assert "sy_own_1" in places and "sy_own_2" not in places


@pytest.mark.parametrize(
    "changes", [{"kind": "quarter"}, {"names": "!الزنبقية"}, {"lat": 36.55, "lon": 37.30}]
)
def test_another_kind_name_or_point_is_another_place(
    write: Write, dabiq: PlaceRow, changes: dict[str, object]
) -> None:
    write(row_of(dabiq, **changes))
    assert read_places([]).left_out == []


def test_what_lies_in_a_place_left_out_lies_in_the_packaged_one(
    write: Write, dabiq: PlaceRow
) -> None:
    inner = row_of(dabiq, id="sy_own_3", parent="sy_own_2", kind="quarter", names="!الزنبقية")
    write(row_of(dabiq), inner)
    assert load_knowledge().lexicon.places["sy_own_3"].parent == dabiq.id


def test_an_orphan_is_a_fault_with_the_next_step(write: Write) -> None:
    write(NEW.replace("sy_aleppo_governorate", "sy_gone"))
    with pytest.raises(KnowledgeError, match=r"which no table has.*; import its dump again") as e:
        load_knowledge()
    assert "own.tsv:2" in str(e.value) and "delete the table" in str(e.value)


def test_check_names_what_is_left_out(write: Write, dabiq: PlaceRow) -> None:
    path = write(NEW, row_of(dabiq))
    result = CliRunner().invoke(app, ["places", "check"])
    assert result.exit_code == 0, result.output
    said = f"own.tsv:3: place 'sy_own_2' is known by now, left out: it is {dabiq.id!r}"
    assert said in result.stdout
    assert f"     1  {path}" in result.stdout
    assert "no fault; 1 known by now, left out" in result.stderr
