"""``sijill export`` and ``sijill share``: events as data, or as a file to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sijill.cli_ask import (
    Actor,
    After,
    Before,
    KilledMin,
    KnownOn,
    Place,
    Standing,
    Status,
    Text,
    Type,
    opened,
)
from sijill.cli_ends import check_output, clean_end, say
from sijill.cli_lists import DEFAULT_RECORD, RecordOption

commands = typer.Typer()


@commands.command()
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, xlsx, parquet, geojson, gpkg, jsonl, acled, ucdp, plover, prov "
            "or label-studio.",
        ),
    ],
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    record: RecordOption = DEFAULT_RECORD,
    place: Place = None,
    after: After = None,
    before: Before = None,
    type_: Type = None,
    actor: Actor = None,
    status: Status = None,
    standing: Standing = None,
    killed_min: KilledMin = None,
    text: Text = None,
    known_on: KnownOn = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Keep private people's names and quotations.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Mark CSV as UTF-8 for Excel.")] = False,
) -> None:
    """Export the events that the filters let pass; FILE.meta.json tells what the format lost."""
    with clean_end(), opened(record) as rec:
        from sijill.publish.bundle import Request

        check_output(out, [record])
        asked = {
            "place": place,
            "after": after,
            "before": before,
            "type": type_,
            "actor": actor,
            "status": status,
            "standing": standing,
            "killed_min": killed_min,
            "text": text,
            "known_on": known_on,
        }
        request = Request(names=with_names, bom=bom)
        meta = rec.export(out, form, request, **asked)
        say(f"{meta.events:,} of {meta.given:,} events written to {out}")
        for loss in meta.losses:
            say(f"  not held by {form}: {loss.english} ({loss.count:,})")


@commands.command()
def share(
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="The file to write.")],
    record: RecordOption = DEFAULT_RECORD,
    place: Place = None,
    after: After = None,
    before: Before = None,
    type_: Type = None,
    actor: Actor = None,
    status: Status = None,
    standing: Standing = None,
    killed_min: KilledMin = None,
    text: Text = None,
    known_on: KnownOn = None,
) -> None:
    """Write events to one HTML file that opens anywhere: list, map, sentences, disputes.

    It is in Arabic and English, asks nothing of the network, and leaves out the names of private
    speakers; other names stand in the sentences as they do in the articles.
    """
    with clean_end(), opened(record) as rec:
        from sijill.web.share import share as write

        check_output(out, [record])
        asked = {
            "place": place,
            "after": after,
            "before": before,
            "type": type_,
            "actor": actor,
            "status": status,
            "standing": standing,
            "killed_min": killed_min,
            "text": text,
            "known_on": known_on,
        }
        made = write(rec, out, asked)
        say(f"{made.meta.events:,} events written to {out}: {made.bytes / 1e6:.2f} MB")
        say(f"its SHA-256: {made.sha256}; that of the events in it: {made.meta.content_sha256}")
