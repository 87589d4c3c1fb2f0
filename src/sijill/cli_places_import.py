"""``sijill places import``: add the places of a public dump."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli_ends import DONE, FAILED, SKIPPED, clean_end, say

if TYPE_CHECKING:
    from sijill.gazetteer.imports import Imported

imports = typer.Typer(help="Add the places of a public dump.", no_args_is_help=True)

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The dump, as it was downloaded.")]
_Country = Annotated[
    str | None,
    typer.Option(
        metavar="ISO", help="The country, as SY; to be given where the dump holds several."
    ),
]
#: So many broken lines and kinds are told one by one.
_TOLD = 10


@imports.command()
def geonames(file: _File, country: _Country = None) -> None:
    """Add the places of a GeoNames dump: SY.zip, or SY.txt as it is or as .gz.

    Exit code: 0 done, 1 failed, 2 wrong usage, 3 done but some lines were skipped.
    """
    _import("geonames", file, country)


@imports.command()
def whosonfirst(file: _File, country: _Country = None) -> None:
    """Add the places of a Who's On First distribution: an SQLite database, or GeoJSON.

    Exit code: 0 done, 1 failed, 2 wrong usage, 3 done but some records were skipped.
    """
    _import("whosonfirst", file, country)


def _import(source: str, file: Path, country: str | None) -> None:
    with clean_end():
        from datetime import date

        from sijill.gazetteer.added_table import known_places, write_places
        from sijill.gazetteer.imports import import_places
        from sijill.gazetteer.sources import SOURCES

        known = known_places(SOURCES[source].table)
        imported = import_places(source, file, known, country)
        _tell(imported)
        if not imported.rows:
            say("no place of it can be added, so nothing was written")
            raise typer.Exit(FAILED)
        _print_added(imported, write_places(imported, date.today()))
        raise typer.Exit(SKIPPED if imported.issues else DONE)


def _tell(imported: Imported) -> None:
    """Say what was skipped and what was left out, and why."""
    for issue in imported.issues[:_TOLD]:
        say(f"skipped: {issue}")
    if len(imported.issues) > _TOLD:
        say(f"skipped: {len(imported.issues) - _TOLD} more")
    for reason, count in sorted(imported.left_out.items(), key=lambda one: -one[1]):
        say(f"left out: {count:,} {reason}")
    ranked = sorted(imported.ignored.items(), key=lambda one: (-one[1], one[0]))
    if ranked:
        more = ["..."] if len(ranked) > _TOLD else []
        told = [f"{kind} {count:,}" for kind, count in ranked[:_TOLD]]
        say(f"kinds that are not read: {', '.join(told + more)}")


def _print_added(imported: Imported, path: Path) -> None:
    count = len(imported.rows)
    print(f"{count:,} place{'s' * (count != 1)} of {imported.country.upper()} added")
    print(f"table: {path}")
    print(f"licence: {imported.source.licence}")
    print(f"attribution: {imported.source.attribution}")
    print("each is read in articles behind a word for its kind, such as village")
    print(f"to undo it, delete that file: {path}")
