"""ACLED, UCDP GED, PLOVER and PROV-O: their columns in order, what they hold, what they lose."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from made_events import MOSUL, NAME, bare, capture, estimate, killed, strike, told
from msgspec.structs import replace

from sijill.model import Place
from sijill.publish import acled, ucdp
from sijill.publish.bundle import Bundle, Meta
from sijill.publish.codes import load_codes
from sijill.publish.export import export
from sijill.publish.ucdp import grid_cell
from sijill.publish.whereabouts import whereabouts

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def table(form: str, bundles: list[Bundle], out: Path) -> tuple[list[dict[str, str]], Meta]:
    """An export in ``form``, read back, and its account."""
    meta = export(bundles, out, form)
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True)), meta


def losses(meta: Meta) -> dict[str, int]:
    return {loss.kind: loss.count for loss in meta.losses}


def test_acled_has_its_31_columns_in_order(out: Path) -> None:
    rows, _ = table("acled", [strike()], out)
    assert len(ACLED) == 31
    assert list(rows[0]) == ACLED
    assert list(acled.COLUMNS) == ACLED


def test_acled_holds_an_air_strike(out: Path) -> None:
    rows, meta = table("acled", [strike()], out)
    row = rows[0]
    assert row["event_id_cnty"] == "IRQev-1"
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2017-03-17", "2017", "1")
    assert row["disorder_type"] == "Political violence"
    assert row["event_type"] == "Explosions/Remote violence"
    assert row["sub_event_type"] == "Air/drone strike"
    assert row["actor1"] == "US-led international coalition against ISIS"
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("8", "7", "78")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["iso"], row["region"], row["country"]) == ("368", "Middle East", "Iraq")
    assert (row["admin1"], row["location"], row["geo_precision"]) == ("Ninawa", "Mosul", "1")
    assert (row["latitude"], row["longitude"]) == ("36.335", "43.118")
    assert row["source"] == "reuters; =cmd"
    assert row["source_scale"] == "International"
    assert row["fatalities"] == "140"
    assert "fatalities=100..200" in row["tags"]
    assert row["timestamp"] == "1490400000"
    assert "Disputed: reuters, on the word of" in row["notes"]
    assert NAME not in row["notes"]
    assert {"bounds": 1, "disputes": 1, "victim_classes": 1, "direction": 1}.items() <= losses(
        meta
    ).items()


def test_acled_writes_0_for_unknown_deaths_and_counts_that(out: Path) -> None:
    rows, meta = table("acled", [capture()], out)
    assert rows[0]["fatalities"] == "0"
    assert "fatalities=unknown" in rows[0]["tags"]
    assert losses(meta)["fatalities_unknown"] == 1
    assert meta.losses[0].examples == ("ev-2",)


def test_acled_calls_a_capture_by_who_captures(out: Path) -> None:
    def sub_event(*actor: str) -> str:
        return table("acled", [capture(actor=actor)], out)[0][0]["sub_event_type"]

    assert sub_event("iraq_cts") == "Government regains territory"
    assert sub_event("islamic_state") == "Non-state actor overtakes territory"
    assert sub_event() == "Armed clash"


def test_acled_reduces_an_interval_to_its_middle_day(out: Path) -> None:
    rows, meta = table("acled", [capture()], out)
    assert (rows[0]["event_date"], rows[0]["time_precision"]) == ("2017-07-09", "2")
    assert losses(meta)["span"] == 1
    month = table("acled", [capture(time=("2017-07-01", "2017-07-31"))], out)[0]
    assert (month[0]["event_date"], month[0]["time_precision"]) == ("2017-07-16", "3")


def test_acled_leaves_out_what_it_has_no_place_for_and_counts_it(out: Path) -> None:
    planned, denied = capture(id="p", status="planned"), capture(id="d", standing="denied")
    rows, meta = table(
        "acled", [estimate(), planned, denied, capture(id="t", time=None), capture()], out
    )
    assert [row["event_id_cnty"] for row in rows] == ["IRQev-2"]
    assert (meta.given, meta.events) == (5, 1)
    found = losses(meta)
    assert (found["type_outside"], found["not_happened"], found["no_day"]) == (1, 2, 1)


def test_a_joint_toll_is_never_added_up(out: Path) -> None:
    shared = capture(figures=(killed(30, 30, 30, joint=True),))
    rows, meta = table("acled", [shared], out)
    assert rows[0]["fatalities"] == "0"
    assert "shared" in rows[0]["tags"]
    assert losses(meta)["joint_toll"] == 1
    assert "fatalities_unknown" not in losses(meta)
    rows, meta = table("ucdp", [shared], out)
    assert (rows, losses(meta)["joint_toll"]) == ([], 1)


@pytest.mark.parametrize(
    ("trigger", "quote", "sub_event"),
    [
        ("تفجير", "تفجير سيارة مفخخة يقودها انتحاري في الموصل", "Suicide bomb"),
        ("فجر", "قتلوا بحزام ناسف", "Suicide bomb"),
        ("انفجار", "انفجار لغم في الموصل", "Remote explosive/landmine/IED"),
    ],
)
def test_acled_tells_a_suicide_bomb_by_the_words_even_where_they_are_withheld(
    out: Path, trigger: str, quote: str, sub_event: str
) -> None:
    event = capture(type="bombing").event
    bundle = Bundle(event, (told("x", trigger=trigger, quote=quote),))
    rows, _ = table("acled", [bundle], out)
    assert rows[0]["sub_event_type"] == sub_event


def test_inter_codes_depend_on_the_country_and_on_what_an_actor_belongs_to() -> None:
    codes = load_codes()
    found = {
        ("iraq_cts", "iq"): "1",
        ("iraq_cts", "sy"): "8",
        ("islamic_state", "iq"): "2",
        ("is_libya", "ly"): "2",
        ("pmf", "iq"): "3",
        ("badr", "iq"): "3",
        ("coalition", "iq"): "8",
        ("protesters", "iq"): "6",
        ("civilians", "sy"): "7",
        ("russian_air_force", "sy"): "8",
        ("sdf", "sy"): "2",
        ("nobody_we_know", "sy"): "",
    }
    assert {key: codes.inter(*key) for key in found} == found


def test_ucdp_has_its_49_columns_in_order(out: Path) -> None:
    rows, _ = table("ucdp", [strike()], out)
    assert len(UCDP) == 49
    assert list(rows[0]) == UCDP
    assert list(ucdp.COLUMNS) == UCDP


def test_ucdp_holds_a_deadly_air_strike(out: Path) -> None:
    row = table("ucdp", [strike()], out)[0][0]
    assert (row["type_of_violence"], row["side_b"]) == ("3", "Civilians")
    assert row["dyad_name"] == "US-led international coalition against ISIS - Civilians"
    assert (row["number_of_sources"], row["source_office"]) == ("2", "reuters;=cmd")
    assert row["source_original"] == "شاهد عيان هو […]"
    assert (row["where_prec"], row["where_coordinates"]) == ("1", "Mosul")
    assert row["where_description"] == "الموصل, نينوى"
    assert row["geom_wkt"] == "POINT (43.118 36.335)"
    assert row["priogrid_gid"] == str(grid_cell(36.335, 43.118))
    assert (row["country"], row["country_id"], row["region"]) == ("Iraq", "645", "Middle East")
    assert (row["date_prec"], row["event_clarity"]) == ("1", "1")
    assert row["date_start"] == row["date_end"] == "2017-03-17 00:00:00.000"
    dead = [row[f"deaths_{name}"] for name in ("a", "b", "civilians", "unknown")]
    assert dead == ["0", "0", "137", "3"]
    assert (row["low"], row["best"], row["high"]) == ("100", "140", "200")
    assert row["conflict_new_id"] == row["side_a_new_id"] == ""


def test_prio_grid_cells() -> None:
    assert grid_cell(-90, -180) == 1
    assert grid_cell(33.34, 44.4) == 177569  # Baghdad, as in the published data
    assert grid_cell(89.9, 179.9) == 259200


def test_ucdp_takes_only_events_with_a_death_and_armed_sides(out: Path) -> None:
    only_high = capture(id="high", figures=(killed(None, None, 15),))
    nobody = capture(id="none", figures=(killed(0, 0, 0),))
    unnamed = capture(id="who", actor=(), figures=(killed(3, 3, 3),))
    talks = capture(id="talks", type="meeting", figures=(killed(3, 3, 3),))
    rows, meta = table("ucdp", [capture(), only_high, nobody, unnamed, talks], out)
    assert rows == []
    found = losses(meta)
    assert (found["no_death"], found["no_actor"], found["type_outside"]) == (3, 1, 1)


def test_ucdp_splits_the_dead_by_side_and_keeps_best_the_sum_of_its_parts(out: Path) -> None:
    figures = (
        killed(10, 10, 12),
        killed(6, 6, 6, "islamic_state"),
        killed(2, 2, 2, "iraq_army"),
        killed(1, 1, 1, "children"),
        killed(1, 1, 1, "civilians"),
    )
    event = capture(actor=("iraq_forces",), figures=figures)
    row = table("ucdp", [event], out)[0][0]
    dead = [int(row[f"deaths_{name}"]) for name in ("a", "b", "civilians", "unknown")]
    assert dead == [2, 6, 1, 1]
    assert int(row["best"]) == sum(dead) == 10
    assert (row["low"], row["high"], row["type_of_violence"]) == ("10", "12", "1")
    assert (row["gwnoa"], row["gwnob"]) == ("645", "")


def test_ucdp_never_orders_low_best_and_high_wrongly(out: Path) -> None:
    open_ended = capture(figures=(killed(17, None, None),))
    parts = capture(figures=(killed(2, 2, 2), killed(5, 5, 5, "islamic_state")))
    rows, meta = table("ucdp", [open_ended, parts], out)
    assert [(r["low"], r["best"], r["high"]) for r in rows] == [
        ("17", "17", "17"),
        ("2", "5", "5"),
    ]
    assert losses(meta)["open_bound"] == 1


@pytest.mark.parametrize(
    ("last", "code"),
    [
        ("07-08", "1"),
        ("07-13", "2"),
        ("07-14", "3"),
        ("07-15", "4"),
        ("08-06", "4"),
        ("08-07", "5"),
    ],
)
def test_ucdp_date_precision(out: Path, last: str, code: str) -> None:
    event = capture(time=("2017-07-08", f"2017-{last}"), figures=(killed(1, 1, 1),))
    assert table("ucdp", [event], out)[0][0]["date_prec"] == code


def records(bundles: list[Bundle], out: Path) -> tuple[list[dict[str, object]], Meta]:
    meta = export(bundles, out, "plover")
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()], meta


def test_plover_holds_an_air_strike(out: Path) -> None:
    found, meta = records([strike()], out)
    one = found[0]
    assert (one["event"], one["mode"], one["quad_code"]) == (["ASSAULT"], ["aerial"], 4)
    assert one["context"] == ["military"]
    assert (one["date"], one["enddate"]) == ("2017-03-17", "2017-03-17")
    assert one["actor"] == [
        {
            "code": "",
            "sector": "MIL",
            "entity_text": "US-led international coalition against ISIS",
            "identifier_id": "coalition",
            "identifier_text": "sijill",
        }
    ]
    assert one["recipient"][0]["sector"] == "CVL"  # type: ignore[index]
    assert one["size"] == {"dead": 140}
    assert one["event_loc"]["country_code"] == "IRQ"  # type: ignore[index]
    assert one["text_info"][0]["start"] == 4  # type: ignore[index]
    assert losses(meta)["bounds"] == 1
    assert meta.extensions == ()


def test_plover_declares_the_extension_that_taking_territory_needs(out: Path) -> None:
    found, meta = records([capture()], out)
    assert found[0]["mode"] == ["territory"]
    assert [one["code"] for one in found[0]["actor"]] == ["IRQ", "IRQ"]  # type: ignore[index, attr-defined]
    assert meta.extensions == ("ASSAULT/territory",)


@pytest.mark.parametrize(
    ("status", "word"),
    [("planned", "future"), ("possible", "hypothetical"), ("denied", "negation")],
)
def test_plover_says_what_has_not_come_about(out: Path, status: str, word: str) -> None:
    found, _ = records([capture(status=status)], out)
    assert found[0]["context"] == ["military", word]


def test_plover_leaves_out_what_it_cannot_name(out: Path) -> None:
    found, meta = records([bare(), estimate()], out)
    assert found == []
    assert losses(meta) == {"no_day": 1, "type_outside": 1}


def test_prov_derives_events_from_reports_and_reports_from_documents(
    out: Path, bundles: list[Bundle]
) -> None:
    meta = export(bundles, out, "prov")
    graph = {node["@id"]: node for node in json.loads(out.read_bytes())["@graph"]}
    event = graph["urn:sijill:event:ev-1"]
    assert event["derived"] == [
        "urn:sijill:testimony:doc-a%2Fr1",
        "urn:sijill:testimony:doc-b%2Fr1",
    ]
    report = graph[event["derived"][0]]
    assert report["quoted"] == "urn:sijill:document:doc-a"
    assert report["attributed"] == ["urn:sijill:outlet:reuters"]
    account = graph[f"urn:sijill:export:{meta.content_sha256}"]
    assert account["sijill:events"] == 4


def test_whereabouts_name_the_country_and_its_parts() -> None:
    found = whereabouts(MOSUL)
    assert (found.name, found.country, found.admin1) == ("Mosul", "iq", "Ninawa")
    assert found.admin2
    assert whereabouts(Place("قرية ما")).name == "قرية ما"
    assert whereabouts(replace(MOSUL, id="iq_no_such_place")).country == "iq"
    assert whereabouts(None).country == ""


def test_the_codebook_says_what_the_tables_of_exchange_say() -> None:
    codebook = Path(__file__).parents[2].joinpath("docs", "codebook.md").read_text("utf-8")
    rows = [line.split("|")[2:6] for line in codebook.splitlines() if line.count("|") == 6]
    said = {row[0].strip().strip("`"): (row[2].strip(), row[3].strip()) for row in rows}
    for kind, codes in load_codes().types.items():
        acled_names = "; ".join(dict.fromkeys(code.acled[2] for code in codes)) or "-"
        event = codes[0].plover[0]
        modes = "; ".join(dict.fromkeys(code.plover[1] for code in codes if code.plover[1]))
        plover_name = f"{event} ({modes})" if modes else event or "-"
        assert tuple(sorted(said[kind][0].split("; "))) == tuple(sorted(acled_names.split("; ")))
        assert set(said[kind][1].rstrip(")").replace(" (", "; ").split("; ")) == set(
            plover_name.rstrip(")").replace(" (", "; ").split("; ")
        ), kind
