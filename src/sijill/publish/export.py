"""Exports: events in, files out, each with an account of what it holds and what it could not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

import msgspec

from sijill.errors import UsageError
from sijill.lexicon.tables import did_you_mean
from sijill.publish.acled import AcledWriter
from sijill.publish.bundle import Bundle, Meta, Request
from sijill.publish.codes import Codes, load_codes
from sijill.publish.discreet import discreet
from sijill.publish.geojson import GeoJsonWriter
from sijill.publish.geopackage import GeoPackageWriter
from sijill.publish.json_lines import JsonLinesWriter
from sijill.publish.parquet import ParquetWriter
from sijill.publish.parts import Files, beside, settle, unfinished
from sijill.publish.plover import PloverWriter
from sijill.publish.provenance import ProvWriter
from sijill.publish.sorting import Item, type_code
from sijill.publish.tables import CsvWriter
from sijill.publish.tally import Tally
from sijill.publish.ucdp import UcdpWriter
from sijill.publish.whole import event_line, mended
from sijill.publish.writer import Writer
from sijill.publish.xlsx import XlsxWriter


class Form(msgspec.Struct, frozen=True):
    """A format: the ending of its files, its writer, the word for its second file.

    ``library`` is the module that its writer needs beside Sijill's own.
    """

    suffix: str
    writer: Callable[[Files, Tally], Writer]
    second: str = ""
    library: str = ""


#: Every format of events, by the name it is asked for with.
FORMS = {
    "csv": Form(".csv", CsvWriter, "members"),
    "xlsx": Form(".xlsx", XlsxWriter, library="xlsxwriter"),
    "parquet": Form(".parquet", ParquetWriter, library="pyarrow"),
    "geojson": Form(".geojson", GeoJsonWriter),
    "gpkg": Form(".gpkg", GeoPackageWriter),
    "jsonl": Form(".jsonl", JsonLinesWriter),
    "acled": Form(".csv", AcledWriter),
    "ucdp": Form(".csv", UcdpWriter),
    "plover": Form(".jsonl", PloverWriter),
    "prov": Form(".jsonld", ProvWriter),
}


def available() -> tuple[str, ...]:
    """The names of the formats whose libraries are installed."""
    there = (name for name, form in FORMS.items() if not form.library or find_spec(form.library))
    return tuple(there)


def export(
    bundles: Iterable[Bundle], path: Path, form: str, request: Request | None = None
) -> Meta:
    """Write ``bundles`` to ``path`` in a format of :data:`FORMS`, one at a time.

    The files take their names only when all are complete; then ``<path>.meta.json`` tells filter,
    counts, version, licence, losses and checksums. The same events give the same bytes.

    Raises:
        UsageError: for an unknown format, or one whose library is not installed.
        ExportError: where the events or the disk end too soon; what was written stays in
            ``<path>.part``.
    """
    if form not in FORMS:
        known = ", ".join(FORMS)
        raise UsageError(f"no format {form!r}{did_you_mean(form, list(FORMS))}; there are: {known}")
    chosen = FORMS[form]
    seconds = (beside(path, chosen.second),) if chosen.second else ()
    files = Files((path, *seconds))
    tally, codes = Tally(form, request or Request()), load_codes()
    with unfinished(files.names, tally):
        _write(bundles, chosen.writer(files, tally), tally, codes)
    return settle(files.names, tally.meta())


def _write(bundles: Iterable[Bundle], writer: Writer, tally: Tally, codes: Codes) -> None:
    """Give every event to the writer, as it may be published."""
    try:
        for given in bundles:
            code = type_code(given, codes)
            bundle, line = _publishable(given, tally)
            tally.see(bundle.testimonies, line)
            writer.add(Item(bundle, code))
        writer.finish(tally.meta())
    except BaseException as error:
        _abandon(writer, error)
        raise


def _publishable(given: Bundle, tally: Tally) -> tuple[Bundle, bytes]:
    """An event as it may be published, and its line of JSON."""
    bundle = given if tally.request.names else discreet(given)
    try:
        return bundle, event_line(bundle)
    except UnicodeEncodeError:
        bundle = mended(bundle)
        tally.lose("broken_letters", bundle.event.id)
        return bundle, event_line(bundle)


def _abandon(writer: Writer, error: BaseException) -> None:
    """Close a writer that failed; a second failure is a note on the first."""
    try:
        writer.abandon()
    except Exception as second:
        error.add_note(f"closing the file failed too: {second}")
