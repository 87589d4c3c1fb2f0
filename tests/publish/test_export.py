"""What every export does: account, checksums, same bytes, names withheld, cut-off exports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_events import NAME, WITHHELD, bare, capture, strike, told

from sijill.errors import ExportError, SourceError, UsageError
from sijill.publish import writer as writer_module
from sijill.publish.bundle import Bundle, Request
from sijill.publish.export import FORMS, export

EACH = pytest.mark.parametrize("form", FORMS)


def available(form: str) -> None:
    """Skip where the optional library of a format is not installed."""
    needs = {"xlsx": "xlsxwriter", "parquet": "pyarrow"}
    if form in needs:
        pytest.importorskip(needs[form])


def content(path: Path, form: str) -> bytes:
    """Everything in an export's files that a reader could find, unpacked where it is packed."""
    if form == "xlsx":
        import zipfile

        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    if form == "parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path)
        return repr(table.to_pylist()).encode()
    second = path.with_name(f"{path.stem}.members{path.suffix}")
    return path.read_bytes() + (second.read_bytes() if second.exists() else b"")


@EACH
def test_the_account_holds_what_was_asked_and_true_checksums(
    form: str, out: Path, bundles: list[Bundle]
) -> None:
    available(form)
    meta = export(bundles, out, form, Request(filter="place=الموصل", licence="CC0"))
    account = json.loads((out.parent / "events.out.meta.json").read_text("utf-8"))
    assert account["format"] == form
    assert account["filter"] == "place=الموصل"
    assert account["licence"] == "CC0"
    assert account["program"] == "sijill"
    assert account["version"]
    assert account["given"] == 4
    assert account["events"] == meta.events
    assert account["private_names"] is False
    assert account["files"][0]["name"] == "events.out"
    for one in account["files"]:
        written = (out.parent / one["name"]).read_bytes()
        assert one["sha256"] == hashlib.sha256(written).hexdigest()
        assert one["bytes"] == len(written)
    assert not list(out.parent.glob("*.part"))


@EACH
def test_the_same_events_give_the_same_bytes(
    form: str, tmp_path: Path, bundles: list[Bundle]
) -> None:
    available(form)
    one = export(bundles, tmp_path / "one", form)
    two = export(bundles, tmp_path / "two", form)
    assert [file.sha256 for file in one.files] == [file.sha256 for file in two.files]
    assert one.content_sha256 == two.content_sha256


def test_exports_of_the_same_events_agree_in_their_content_whatever_the_format(
    tmp_path: Path, bundles: list[Bundle]
) -> None:
    lines = export(bundles, tmp_path / "a", "jsonl")
    table = export(bundles, tmp_path / "b", "acled")
    fewer = export(bundles[1:], tmp_path / "c", "acled")
    assert lines.files[0].sha256 == lines.content_sha256 == table.content_sha256
    assert fewer.content_sha256 != table.content_sha256


@EACH
def test_private_names_and_quotations_are_withheld(
    form: str, out: Path, bundles: list[Bundle]
) -> None:
    available(form)
    export(bundles, out, form)
    found = content(out, form).decode("utf-8", "replace")
    assert NAME not in found
    assert "HYPERLINK" not in found


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
def test_names_come_when_asked_for(form: str, out: Path, bundles: list[Bundle]) -> None:
    available(form)
    meta = export(bundles, out, form, Request(names=True))
    found = content(out, form).decode("utf-8", "replace")
    assert NAME in found
    assert "HYPERLINK" in found
    assert meta.private_names is True


def test_what_nobody_looked_at_is_withheld_whole(out: Path) -> None:
    from sijill.model import Speaker

    event = capture().event
    export([Bundle(event, (told("c", speaker=Speaker("فلان بن فلان")),))], out, "jsonl")
    member = json.loads(out.read_text("utf-8"))["members"][0]
    assert member["speaker"]["text"] == "[…]"


def test_disputes_and_claims_lose_the_name_and_keep_the_rest(out: Path) -> None:
    export([strike()], out, "jsonl")
    event = json.loads(out.read_text("utf-8"))
    assert event["disputes"][0]["arabic"] == f"رويترز على لسان {WITHHELD}: 100"
    assert event["disputes"][0]["positions"][0]["speakers"] == [WITHHELD]
    assert event["figures"][0]["claims"][0]["speaker"] == WITHHELD


def test_a_speaker_whom_no_testimony_vouches_for_is_withheld(out: Path) -> None:
    one = strike()
    export([Bundle(one.event)], out, "jsonl")
    event = json.loads(out.read_text("utf-8"))
    assert event["figures"][0]["claims"][0]["speaker"] == "[…]"
    assert event["disputes"][0]["positions"][0]["speakers"] == ["[…]"]


def test_ids_and_public_words_of_speakers_stay(out: Path) -> None:
    from msgspec.structs import replace

    one = strike()
    claim = one.event.figures[0].claims[0]
    claims = (replace(claim, speaker="coalition"), replace(claim, speaker=WITHHELD))
    event = replace(one.event, figures=(replace(one.event.figures[0], claims=claims),))
    export([Bundle(event, one.testimonies)], out, "jsonl")
    found = json.loads(out.read_text("utf-8"))["figures"][0]["claims"]
    assert [claim["speaker"] for claim in found] == ["coalition", WITHHELD]


def breaking(error: BaseException, after: int) -> Iterator[Bundle]:
    """Events that end in an error."""
    for number in range(after):
        yield capture(id=f"ev-{number}")
    raise error


@EACH
def test_a_cut_off_export_leaves_the_part_says_so_and_touches_no_older_file(
    form: str, out: Path
) -> None:
    available(form)
    out.write_text("older")
    error = SourceError("mosul.db", "corrupt", "page 7 is unreadable")
    with pytest.raises(ExportError) as raised:
        export(breaking(error, 3), out, form)
    said = str(raised.value)
    assert "after 3 events" in said
    assert "page 7 is unreadable" in said
    assert "events.out.part" in said
    assert (out.parent / "events.out.part").stat().st_size > 0
    assert out.read_text() == "older"
    assert not (out.parent / "events.out.meta.json").exists()


def test_an_interrupt_stays_an_interrupt_and_says_where_the_part_is(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt) as raised:
        export(breaking(KeyboardInterrupt(), 2), out, "jsonl")
    assert "events.out.part" in raised.value.__notes__[0]
    assert len((out.parent / "events.out.part").read_bytes().splitlines()) == 2


@EACH
def test_a_full_disk_is_told_as_such(form: str, out: Path) -> None:
    available(form)
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(ExportError, match="cut off after"):
            export((strike() for _ in range(3000)), out, form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not out.exists()
    assert not (out.parent / "events.out.meta.json").exists()


@EACH
def test_a_folder_that_is_not_there_is_told_as_such(form: str, tmp_path: Path) -> None:
    available(form)
    with pytest.raises((ExportError, FileNotFoundError)):
        export([strike()], tmp_path / "nowhere" / "events.out", form)


@EACH
def test_events_are_written_as_they_come_and_not_kept(form: str, out: Path) -> None:
    """Every event may be forgotten once the next two were asked for."""
    available(form)
    import gc
    import weakref

    class Kept(Bundle, frozen=True, weakref=True):
        """A bundle that can be watched."""

    alive: list[weakref.ref[Kept]] = []

    def stream() -> Iterator[Bundle]:
        for number in range(300):
            one = Kept(capture(id=f"ev-{number}").event)
            alive.append(weakref.ref(one))
            yield one
            del one
            if number % 100 == 99:
                gc.collect()
                assert sum(ref() is not None for ref in alive) <= 3

    export(stream(), out, form)


def test_no_events_give_a_file_with_nothing_in_it(tmp_path: Path) -> None:
    for form in FORMS:
        available(form)
        meta = export([], tmp_path / form, form)
        assert (meta.given, meta.events) == (0, 0)
        assert (tmp_path / form).is_file()


def test_half_a_letter_is_replaced_and_counted(out: Path) -> None:
    event = capture().event
    meta = export([Bundle(event, (told("c", doc="a\ud83d.txt"),))], out, "jsonl")
    assert json.loads(out.read_text("utf-8"))["members"][0]["doc"] == "a\ufffd.txt"
    assert [(loss.kind, loss.count) for loss in meta.losses] == [("broken_letters", 1)]


def test_an_unknown_format_is_answered_with_the_near_ones(out: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'geojson'"):
        export([], out, "geojsn")


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_missing_library_names_the_extra(
    form: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(writer_module.importlib, "import_module", missing)
    with pytest.raises(UsageError, match=rf"pip install 'sijill\[{form}\]'"):
        export([bare()], out, form)
    assert not list(out.parent.iterdir())


def test_every_loss_has_words_in_both_languages(tmp_path: Path, bundles: list[Bundle]) -> None:
    for form in ("acled", "ucdp", "plover"):
        for loss in export(bundles, tmp_path / form, form).losses:
            assert loss.english != loss.kind
            assert loss.arabic != loss.kind
            assert 0 < len(loss.examples) <= loss.count


def test_the_tables_of_exchange_cover_every_type_and_name_only_known_codes() -> None:
    from sijill.lexicon.labels import load_labels
    from sijill.publish.codes import load_codes
    from sijill.publish.plover import QUAD

    codes = load_codes()
    types = {ident for kind, ident in load_labels().pairs if kind == "type"}
    assert set(codes.types) == types
    for rows in codes.types.values():
        assert rows[-1].when == ""
        for row in rows:
            assert row.when in ("", "state", "group", "said")
            assert bool(row.words) == (row.when == "said")
            assert row.plover[0] in {"", *QUAD}
    assert set(codes.actor_codes) <= set(codes.actors)
    assert {actor.kind for actor in codes.actors.values()} == set(codes.kind_codes)
    homes = {actor.country for actor in codes.actors.values()} - {""}
    assert homes <= set(codes.countries)


def test_a_line_of_json_holds_the_event_whole(out: Path) -> None:
    export([strike()], out, "jsonl")
    event = json.loads(out.read_text("utf-8"))
    assert event["place"]["in"] == "نينوى"
    assert "trace" not in event["place"]
    assert event["figures"][0]["best"] == 140
    assert event["disputes"][0]["field"] == "how_many"
    first = event["members"][0]
    assert (first["testimony"], first["document"], first["report"]) == ("doc-a/r1", "doc-a", "r1")
    assert first["evidence"] == [[4, 40], [90, 120]]
    assert "quote" not in first


def test_members_that_were_not_given_keep_their_ids(out: Path) -> None:
    export([Bundle(strike().event)], out, "jsonl")
    members = json.loads(out.read_text("utf-8"))["members"]
    assert members == [{"testimony": "doc-a/r1"}, {"testimony": "doc-b/r1"}]
