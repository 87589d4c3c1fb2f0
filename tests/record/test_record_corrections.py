"""Corrections: laid over what was read, undone, carried to another record, never guessed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from made_articles import ARTICLES, STRIKE_THREE, made, strike, write

from sijill.errors import RecordError, SourceError, UsageError
from sijill.record.figure_corrections import figure_value
from sijill.record.record import Record
from sijill.testimony import Correction

SAYS = {"why": "the ministry's list", "by": "Amal"}


@pytest.fixture
def other(made_file: Path, tmp_path: Path) -> Iterator[Record]:
    """Another record of the same articles."""
    with Record.open(shutil.copy(made_file, tmp_path / "other.db")) as opened:
        yield opened
        assert list(opened.verify()) == []


def ids(record: Record) -> list[str]:
    return [one.id for one in record.events()]


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("type", "shelling", "shelling"),
        ("status", "denied", "denied"),
        ("actor", "us_forces, coalition", ("us_forces", "coalition")),
        ("actor", "", ()),
        ("target", "islamic_state", ("islamic_state",)),
        ("time", "2017-03-07", ("2017-03-07", "2017-03-07")),
        ("time", "2017-03-07..2017-03-09", ("2017-03-07", "2017-03-09")),
        ("time", "", None),
    ],
)
def test_a_field_is_set_and_taken_back(record: Record, field: str, value: str, now: Any) -> None:
    before, ident = made(record), strike(record)
    correction = record.correcting.set(ident, field, value, **SAYS)
    assert getattr(record.event(ident).event, field) == now
    assert correction.why == SAYS["why"] and correction.by == "Amal" and correction.at
    assert record.correcting.conflicts() == []
    record.correcting.undo(correction.id, **SAYS)
    assert made(record) == before
    assert [one.kind for one in record.correcting.log()] == ["set", "undo"]


@pytest.mark.parametrize(
    ("field", "value", "low", "best", "high"),
    [
        ("killed", "19", 19, 19, 19),
        ("killed", "17..23", 17, 17, 23),
        ("killed", "17..20..23", 17, 20, 23),
        ("killed/civilians", "16", 16, 16, 16),
        ("vehicles", "1,000", 1000, 1000, 1000),
        ("percent", "12.5", 12.5, 12.5, 12.5),
    ],
)
def test_a_figure_is_set_and_taken_back(
    record: Record, field: str, value: str, low: float, best: float, high: float
) -> None:
    """What was claimed of it stays; what it counts is looked for by its new number."""
    before, ident = made(record), strike(record)
    kind, _, of = field.partition("/")
    said = {(one.kind, one.of): one.claims for one in record.event(ident).event.figures}
    correction = record.correcting.set(ident, field, value, **SAYS)
    (now,) = (o for o in record.event(ident).event.figures if (o.kind, o.of) == (kind, of))
    assert (now.low, now.best, now.high) == (low, best, high)
    assert now.claims == said.get((kind, of), ())
    if field == "killed":
        assert ident in [one.id for one in record.events(killed_min=low)]
        assert ident not in [one.id for one in record.events(killed_min=int(high) + 1)]
    assert list(record.verify()) == [] and record.correcting.conflicts() == []
    record.correcting.undo(correction.id, **SAYS)
    assert made(record) == before


def test_a_figure_is_taken_away(record: Record) -> None:
    ident = strike(record)
    record.correcting.set(ident, "killed/children", "4", **SAYS)
    record.correcting.set(ident, "killed", "20", **SAYS)
    record.correcting.set(ident, "killed/children", "", **SAYS)
    kinds = [(one.kind, one.of) for one in record.event(ident).event.figures]
    assert ("killed", "children") not in kinds and ("killed", "") in kinds
    record.correcting.set(ident, "killed", "", **SAYS)
    assert {one.kind for one in record.event(ident).event.figures} == {"wounded"}


def test_a_figure_stays_set_when_more_is_read(record: Record, tmp_path: Path) -> None:
    ident = strike(record)
    record.correcting.set(ident, "killed", "21", **SAYS)
    record.read(write(tmp_path / "more.jsonl", {"strike-three": STRIKE_THREE}))
    event = record.event(ident).event
    assert len(event.members) == 3
    assert [one.low for one in event.figures if (one.kind, one.of) == ("killed", "")] == [21]


@pytest.mark.parametrize(
    ("low", "best", "high", "value"),
    [
        ("", "", "", ""),
        ("17", "", "", "17"),
        ("", "17", "", "17"),
        ("", "", "17", "17"),
        ("17", "17", "17", "17"),
        ("17", "", "23", "17..23"),
        ("17", "17", "23", "17..23"),
        ("17", "23", "23", "17..23..23"),
        ("17", "20", "23", "17..20..23"),
        ("17", "20", "", "17..20"),
    ],
)
def test_numbers_are_written_as_briefly_as_they_can(
    low: str, best: str, high: str, value: str
) -> None:
    assert figure_value(low, best, high) == value


def test_a_place_is_set(record: Record) -> None:
    ident = strike(record)
    record.correcting.set(ident, "place", "sy_tabqa", **SAYS)
    place = record.event(ident).event.place
    assert place and place.id == "sy_tabqa" and place.lat
    assert ident in [one.id for one in record.events(place="sy_tabqa")]
    record.correcting.set(ident, "place", "", **SAYS)
    assert record.event(ident).event.place is None


def test_the_later_of_two_corrections_holds(record: Record) -> None:
    ident = strike(record)
    record.correcting.set(ident, "type", "shelling", **SAYS)
    second = record.correcting.set(ident, "type", "bombing", **SAYS)
    assert record.event(ident).event.type == "bombing"
    record.correcting.undo(second.id, **SAYS)
    assert record.event(ident).event.type == "shelling"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("colour", "red", r"no field 'colour' to correct; there are: type, status"),
        ("type", "airstrik", r"no type 'airstrik', did you mean|no type 'airstrik'"),
        ("status", "sure", r"no status 'sure'; write one of occurred"),
        ("actor", "coalition, nobody", r"no actor 'nobody'"),
        ("place", "الموصل", r"no place has the id .*sijill places find"),
        ("time", "yesterday", r"'yesterday' is no time; write a day"),
        ("time", "2017-03-09..2017-03-08", r"ends before it begins"),
        ("killed", "many", r"'many' is no number; write a number, lowest\.\.highest"),
        ("killed", "-3", r"'-3' is no number"),
        ("killed", "nan", r"'nan' is no number"),
        ("killed", "23..17", r"'23..17' is no range; write"),
        ("killed", "1..2..3..4", r"is no range"),
        ("killed/dragons", "3", r"nobody is called 'dragons'; there are: civilians"),
    ],
)
def test_a_wrong_value_is_refused(record: Record, field: str, value: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        record.correcting.set(strike(record), field, value, **SAYS)
    assert record.correcting.log() == []


def test_a_correction_needs_a_reason_and_an_author(record: Record) -> None:
    for says in ({"why": " ", "by": "Amal"}, {"why": "so", "by": ""}):
        with pytest.raises(UsageError, match="--why and --by"):
            record.correcting.set(strike(record), "type", "shelling", **says)


def test_only_events_that_are_there_are_corrected(record: Record) -> None:
    first, second, _ = ids(record)
    record.correcting.merge([first, second], **SAYS)
    with pytest.raises(UsageError, match=f"event {second} was replaced by {first}; name that"):
        record.correcting.set(second, "type", "shelling", **SAYS)
    with pytest.raises(UsageError, match="no event 'e0'; list them"):
        record.correcting.set("e0", "type", "shelling", **SAYS)
    with pytest.raises(UsageError, match="at least two"):
        record.correcting.merge([first, first], **SAYS)
    with pytest.raises(UsageError, match="no correction 'c0'; list them"):
        record.correcting.undo("c0", **SAYS)


def test_merged_events_are_one_and_come_apart_again(record: Record) -> None:
    before, (first, second, third) = made(record), ids(record)
    merged = record.correcting.merge([second, first], **SAYS)
    assert ids(record) == [first, third]
    assert len(record.event(first).event.members) == 3
    assert record.event(second).path == (second, first)
    undo = record.correcting.undo(merged.id, **SAYS)
    assert made(record) == before and record.event(second).path == (second,)
    with pytest.raises(UsageError, match="undone already"):
        record.correcting.undo(merged.id, **SAYS)
    record.correcting.undo(undo.id, **SAYS)
    assert ids(record) == [first, third]


def test_an_event_is_split_and_made_whole_again(record: Record) -> None:
    before, ident = made(record), strike(record)
    stays, apart = record.event(ident).event.members
    correction = record.correcting.split(ident, [apart], **SAYS)
    one, two = record.events(place="sy_manbij")
    assert {one.members, two.members} == {(stays,), (apart,)} and record.count() == 4
    record.correcting.undo(correction.id, **SAYS)
    assert made(record) == before
    gone = next(event.id for event in (one, two) if event.id != ident)
    assert record.event(gone).path == (gone, ident)


def test_a_split_takes_some_testimonies_of_the_event(record: Record) -> None:
    ident = strike(record)
    members = record.event(ident).event.members
    for apart, message in ((["x"], "has no testimony x"), (members, "not all"), ([], "not none")):
        with pytest.raises(UsageError, match=message):
            record.correcting.split(ident, apart, **SAYS)


def test_corrections_outlive_reading_more(record: Record, tmp_path: Path) -> None:
    first, second, third = ids(record)
    record.correcting.merge([first, second], **SAYS)
    record.correcting.set(first, "type", "shelling", **SAYS)
    record.correcting.set(third, "status", "denied", **SAYS)
    record.read(write(tmp_path / "three.jsonl", {"three": STRIKE_THREE}))
    event = record.event(first).event
    assert len(event.members) == 4 and event.type == "shelling"
    assert ids(record) == [first, third]
    assert record.event(third).event.status == "denied"
    assert record.correcting.conflicts() == []


def test_a_split_outlives_reading_more(record: Record, tmp_path: Path) -> None:
    ident = strike(record)
    _, apart = record.event(ident).event.members
    record.correcting.split(ident, [apart], **SAYS)
    record.read(write(tmp_path / "three.jsonl", {"three": STRIKE_THREE}))
    groups = [one.members for one in record.events(place="sy_manbij")]
    assert (apart,) in groups and sorted(map(len, groups)) == [1, 2]


def test_corrections_go_to_another_record(record: Record, other: Record, tmp_path: Path) -> None:
    first, second, third = ids(record)
    record.correcting.merge([first, second], **SAYS)
    undone = record.correcting.set(third, "type", "clash", **SAYS)
    record.correcting.undo(undone.id, **SAYS)
    record.correcting.set(third, "status", "denied", **SAYS)
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"".join(record.correcting.export()))
    assert other.correcting.apply(path) == (4, [])
    assert made(other) == made(record) and other.correcting.log() == record.correcting.log()
    assert other.correcting.apply(path) == (0, [])


def test_corrections_wait_for_their_articles(
    record: Record, articles: Path, tmp_path: Path
) -> None:
    record.correcting.set(strike(record), "type", "shelling", **SAYS)
    record.correcting.merge(ids(record)[:2], **SAYS)
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"".join(record.correcting.export()))
    with Record.open(tmp_path / "empty.db") as empty:
        new, conflicts = empty.correcting.apply(path)
        assert new == 2
        assert "there is no event" in conflicts[0].why and "no event has" in conflicts[1].why
        empty.read(articles)
        assert empty.correcting.conflicts() == [] and made(empty) == made(record)


def test_a_correction_of_an_event_that_was_replaced_is_a_conflict(
    record: Record, tmp_path: Path
) -> None:
    ident = strike(record)
    record.correcting.set(ident, "type", "shelling", **SAYS)
    _, _, text = STRIKE_THREE
    record.read(write(tmp_path / "early.jsonl", {"early": ("four.example", "2017-03-08", text)}))
    (conflict,) = record.correcting.conflicts()
    assert conflict.why == f"event {ident} was replaced by {strike(record)}"
    assert record.event(ident).event.type == "airstrike"


def test_a_correction_of_a_withdrawn_event_is_a_conflict(record: Record, tmp_path: Path) -> None:
    (event,) = record.events(place="sy_tabqa")
    record.correcting.set(event.id, "type", "clash", **SAYS)
    source = next(record.store.documents()).source
    outlet, day, _ = ARTICLES["taken"]
    path, text = Path(source), Path(source).read_bytes()
    try:
        record.read(write(path, {"taken": (outlet, day, "حذف هذا الخبر من الموقع.")}))
    finally:
        path.write_bytes(text)
    (conflict,) = record.correcting.conflicts()
    assert conflict.why == f"event {event.id} was withdrawn"


def test_a_value_that_is_not_known_here_is_a_conflict(
    record: Record, articles: Path, tmp_path: Path
) -> None:
    ident, before = strike(record), made(record)
    foreign = Correction("c1", "set", ident, "place", "xx_nowhere", "so", "Amal", "2020-01-01")
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(msgspec.json.encode(foreign))
    new, (conflict,) = record.correcting.apply(path)
    assert new == 1 and "no place has the id 'xx_nowhere'" in conflict.why
    assert made(record) == before
    record.read(articles, write(tmp_path / "three.jsonl", {"three": STRIKE_THREE}))
    assert len(record.event(ident).event.members) == 3


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b'{"id": "c2"}',
        msgspec.json.encode(Correction("c2", "frob", "e", "", "", "so", "me", "2020")),
    ],
)
def test_a_file_that_is_none_of_corrections_changes_nothing(
    record: Record, tmp_path: Path, line: bytes
) -> None:
    good = Correction("c1", "set", strike(record), "type", "shelling", "so", "me", "2020-01-01")
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(msgspec.json.encode(good) + b"\n\n" + line + b"\n")
    with pytest.raises(SourceError, match=r"corrections.jsonl line 3: no correction"):
        record.correcting.apply(path)
    assert record.correcting.log() == [] and record.event(strike(record)).event.type == "airstrike"


def test_an_undo_of_nothing_takes_over_nothing(record: Record, tmp_path: Path) -> None:
    good = Correction("c1", "set", strike(record), "type", "shelling", "so", "me", "2020-01-01")
    bad = Correction("c2", "undo", "e", "", "", "so", "me", "2020-01-02", "c9")
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, (good, bad))))
    with pytest.raises(RecordError, match="no correction c9 to undo"):
        record.correcting.apply(path)
    assert record.correcting.log() == []


def test_a_correction_that_cannot_be_kept_whole_is_not_kept(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("killed here")

    monkeypatch.setattr("sijill.record.assembling.assemble", failing)
    with pytest.raises(RuntimeError):
        record.correcting.set(strike(record), "type", "shelling", **SAYS)
    assert record.correcting.log() == []
