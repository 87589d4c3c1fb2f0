"""``sijill export``: events in the formats of other programs, with an account of each file."""

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
