"""The gate only tightens, passes where there is nothing to measure, and changes are told apart."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sijill.testimony import Dispute

BENCH = Path(__file__).resolve().parents[1] / "bench"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(**slots: Any) -> dict[str, Any]:
    whole = dict.fromkeys(load("changes").SLOTS) | {"id": "r1", "type": "clash", "trigger": "t"}
    return whole | {"evidence": [[0, 10]]} | slots


def test_gate_passes_without_the_collections(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = load("gate")
    monkeypatch.setattr(gate, "SHARED", tmp_path)
    monkeypatch.setattr(sys, "argv", ["gate.py"])
    gate.main()
    assert "quality gate skipped" in capsys.readouterr().out


def test_places_are_not_measured_without_the_gazetteer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = load("places")
    monkeypatch.setattr(places, "SHARED", tmp_path)
    monkeypatch.setattr(sys, "argv", ["places.py"])
    places.main()
    assert "places not measured" in capsys.readouterr().out


def test_floors_only_rise(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gate = load("gate")
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    held = {"floors": {"a": 0.5, "b": 0.5}, "ceilings": {"c": 3, "d": 3}}
    gate.raise_floors({"a": 0.6789, "b": 0.4}, {"c": 1, "d": 9}, held)
    kept = json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))
    assert kept == {"floors": {"a": 0.678, "b": 0.5}, "ceilings": {"c": 1, "d": 3}}


def test_below_a_floor_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    held = {"floors": {"a": 0.5}, "ceilings": {"c": 3}}
    assert load("gate").report({"a": 0.49}, {"c": 4}, held) == 2
    assert "BELOW" in capsys.readouterr().out


def test_changes_are_told_apart() -> None:
    old = {"reference_date": "2017-03-09", "reports": [report(), report(id="r2", type="siege")]}
    new = {
        "reference_date": "2017-03-09",
        "reports": [report(status="planned"), report(id="r2", type="capture", trigger="u")],
    }
    found = [(kind, ident) for kind, ident, _ in load("changes").changes(old, new)]
    assert found == [("status", "r1"), ("removed", "r2"), ("added", "r2")]


def test_reports_pair_by_most_shared_evidence() -> None:
    changes = load("changes")
    near, far = report(id="n", evidence=[[0, 9]]), report(id="f", evidence=[[8, 30]])
    pairs = changes.pair([report(id="o", evidence=[[10, 30]])], [near, far])
    assert [(one and one["id"], other and other["id"]) for one, other in pairs] == [
        ("o", "f"),
        (None, "n"),
    ]


def test_no_change_no_line() -> None:
    same = {"reference_date": None, "reports": [report()]}
    assert not list(load("changes").changes(same, same))


def test_disputes_are_matched_by_field_and_kind() -> None:
    bench = load("disputes")
    toll = Dispute("how_many", (), "The number (killed) is disputed.", "")
    assert bench.matches(toll, "how_many", "killed")
    assert bench.matches(toll, "*", "")
    assert not bench.matches(toll, "how_many", "wounded")
    assert not bench.matches(toll, "who", "")
    assert bench.gap(("2017-03-01", "2017-03-05"), ("2017-03-04", "2017-03-09")) <= 0
    assert bench.gap(("2017-03-08", "2017-03-09"), ("2017-03-01", "2017-03-05")) == 3


@pytest.mark.parametrize(("name", "says"), [("engine", "engine not"), ("grow", "growth not")])
def test_engines_are_not_measured_without_the_news(
    name: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    bench = load(name)
    monkeypatch.setattr(bench, "NEWS", tmp_path / "news" / "articles.jsonl.gz")
    monkeypatch.setattr(sys, "argv", [f"{name}.py"])
    assert bench.main() == 0 and says in capsys.readouterr().out


def test_made_articles_are_always_the_same_and_each_round_is_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    grow = load("grow")
    told = (
        "\u0642\u062a\u0644 {} \u0641\u064a \u0645\u0646\u0628\u062c 2017 \u0641\u064a \u0641\u064a"
    )
    strange = [
        "\u0638\u062b\u0638\u062b",
        "\u063a\u0638\u063a\u0638",
        "\u062b\u0636\u062b\u0636",
    ]  # words of no table
    texts = [f"{told.format(n)} {strange[n % 3]}" for n in range(30, 40)]
    rows = [{"doc": f"d{n}", "text": text, "stamp": "2017-03-09"} for n, text in enumerate(texts)]
    monkeypatch.setattr(grow, "collection", lambda: iter(rows))
    grow.write(tmp_path / "a", 30)
    grow.write(tmp_path / "b", 30)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    made = [json.loads(line) for line in (tmp_path / "a").read_text("utf-8").splitlines()]
    assert len({one["doc"] for one in made}) == 30
    assert [one["doc"] for one in made[4::5]] == [f"copy-{n}" for n in range(5, 31, 5)]
    first, second, third = (made[n]["text"] for n in (0, 10, 20))
    assert first == texts[0] and len({first, second, third}) == 3
    assert "31" in second and "2017" in second and made[10]["stamp"] == "2017-04-23"
    runs = [
        {tuple(words[at : at + 4]) for at in range(len(words) - 3)}
        for words in (one.split(" ") for one in (first, second, third))
    ]
    assert not (runs[0] & runs[1] or runs[1] & runs[2])  # no round is a copy of another


def test_a_fit_goes_through_its_points() -> None:
    assert load("grow").fit([1, 2, 4], [3, 6, 12]) == (3, 0)


def test_peers_are_scored_by_what_they_find_and_what_of_it_is_right() -> None:
    scores = load("peer_scores")
    wanted = [[("2017-03-05", "2017-03-05")], [("2017-01-01", "2017-01-31")], [("2016-05-05",) * 2]]
    allowed = [days for ways in wanted for days in ways]
    said = [date(2017, 3, 6), date(2017, 1, 20), date(2017, 8, 8), date(2015, 1, 1)]
    found = scores.tally(wanted, allowed, said, scores.day_fits)
    assert found == (2, 3, 2, 4)
    assert str(found.plus(found)) == "67% found, 50% of what it says right"
    assert str(scores.Tally()) == "0% found, 0% of what it says right"
    assert scores.whole([(2, 5), (8, 12)], [(0, 9), (9, 20)]) == (1, 2)
    assert scores.f1([True, True, False], [True, False, True]) == 0.5
    assert scores.f1([False], [False]) == 0.0


def test_a_list_of_keywords_keeps_the_words_that_tell_the_event() -> None:
    scores = load("peer_scores")
    texts = [frozenset(text.split()) for text in ("raid now", "raid then", "said now", "said then")]
    gold = [True, True, False, False]
    assert scores.learn(texts, gold, {"raid", "said", "now"}) == {"raid"}
    parts = {scores.fold_of(f"paper-2008.01-{n}") for n in range(9)}
    assert len(parts) == 1 and parts <= set(range(scores.FOLDS))


def test_a_place_is_looked_up_by_its_longest_name_without_what_is_written_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    peers = load("peers")
    known = {"خان شيخون": {"name": "town"}, "خان": {"name": "inn"}, "القاهره": {"name": "capital"}}
    assert peers.longest(["في", "خان", "شيخون"], 1, known) == (2, {"name": "town"})
    assert peers.longest(["بخان"], 0, known | {"بخان": {"name": "own"}}) == (1, {"name": "own"})
    assert peers.longest(["والقاهره"], 0, known) == (1, {"name": "capital"})
    assert peers.longest(["للقاهره"], 0, known) == (1, {"name": "capital"})
    assert peers.longest(["في", "خان", "شيخون"], 0, known) == (1, None)


def test_peers_are_not_measured_where_there_is_nothing_to_read_or_nobody_to_compare(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    peers = load("peers")
    monkeypatch.setattr(sys, "argv", ["peers.py"])
    monkeypatch.setattr(peers, "NEWS", tmp_path / "articles.jsonl.gz")
    assert peers.main() == 0 and "no articles" in capsys.readouterr().out
    (tmp_path / "articles.jsonl.gz").touch()
    monkeypatch.setattr(peers, "PEERS", tmp_path)
    monkeypatch.setattr(peers, "PACKAGES", ("no-such-tool>=1",))
    assert peers.main() == 0 and "peers.py --install" in capsys.readouterr().out
