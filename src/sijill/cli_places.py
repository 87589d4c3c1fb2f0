"""``sijill places``: find places by name, add coordinates to tables, look after the gazetteer."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sijill.cli_ends import (
    DONE,
    FAILED,
    SKIPPED,
    check_output,
    clean_end,
    refuse,
    say,
    stdout_console,
    written,
)
from sijill.cli_places_import import imports

if TYPE_CHECKING:
    from sijill.extract.place_finder import PlaceFinder
    from sijill.gazetteer.unknown import UnknownName

places = typer.Typer(
    help="Find places by name, add coordinates to tables, look after the gazetteer.",
    no_args_is_help=True,
)
places.add_typer(imports, name="import")


@places.command()
def find(
    name: Annotated[str, typer.Argument(help="A place's name, in Arabic or in Latin letters.")],
    near: Annotated[
        str, typer.Option(metavar="PLACE", help="What it lies in or near; several with commas.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say which place a name means, and why; or that it is ambiguous, or unknown."""
    with clean_end():
        from sijill import show_places
        from sijill.lexicon.knowledge import load_knowledge
        from sijill.lexicon.labels import load_labels
        from sijill.render import found_place

        finder = _finder()
        if not name.strip():
            refuse("the name is empty; give one, in Arabic or in Latin letters")
        place = finder.find(name, near)
        if near.strip() and not finder.wholes(near):
            say(f"note: no table has {near!r}, so nothing is known to lie there")
        if json:
            sys.stdout.buffer.write(found_place(place))
        else:
            known = load_knowledge().lexicon.places
            show_places.found_place(place, known, load_labels(), stdout_console())


@places.command()
def resolve(
    table: Annotated[str, typer.Argument(help="A CSV or TSV file, or - for standard input.")],
    name: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column with the names.")
    ] = None,
    within: Annotated[
        str | None, typer.Option("--in", metavar="COLUMN", help="The column with what they lie in.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
) -> None:
    """Add coordinates to a table of Arabic place names.

    The columns that are added: place_status (resolved, ambiguous, unknown), place_id, latitude,
    longitude, radius_km, ucdp_precision (1 to 7), acled_precision (1 to 3), place_candidates.
    """
    with clean_end():
        import csv
        import io

        from sijill.gazetteer.geocode import added_columns, column, geocode, read_cells

        check_output(out, [table])
        source, text = _table_text(table)
        cells = read_cells(text, source)
        at = column(cells, name, source)
        inside = column(cells, within, source) if within is not None else None
        counts: Counter[str] = Counter()
        with written(out) as stream:
            lines = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
            writer = csv.writer(lines, delimiter=cells.delimiter, lineterminator="\n")
            writer.writerow([*cells.header, *added_columns(cells.header)])
            for row, place in geocode(cells, at, inside, _finder()):
                writer.writerow(row)
                counts[place.status if place else "without a name"] += 1
            lines.detach()
        say(", ".join(f"{n:,} {status}" for status, n in counts.most_common()) or "no rows")


@places.command()
def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A place's id, such as iq_mosul.")],
) -> None:
    """Show everything that the gazetteer holds of a place."""
    with clean_end():
        from sijill import show_places
        from sijill.lexicon.knowledge import load_knowledge
        from sijill.lexicon.labels import load_labels
        from sijill.lexicon.tables import did_you_mean

        known = load_knowledge().lexicon.places
        if ident not in known:
            near = did_you_mean(ident, list(known))
            refuse(f"no place has the id {ident!r}{near}; look it up: sijill places find NAME")
        show_places.place_row(known[ident], known, load_labels(), stdout_console())


@places.command()
def check() -> None:
    """Check every table of places, packaged and added, and count what they hold."""
    with clean_end():
        from sijill.errors import Fault
        from sijill.lexicon.place_checks import check_places
        from sijill.lexicon.place_tables import read_places

        faults: list[Fault] = []
        read = read_places(faults)
        check_places(read.rows, faults)
        for fault in sorted(faults):
            print(fault)
        for row, twin in read.left_out:
            print(f"{row.where}: place {row.id!r} is known by now, left out: it is {twin.id!r}")
        for path, rows in read.tables.items():
            print(f"{len(rows):6,}  {path}")
        told = f"{len(faults)} faults" if faults else "no fault"
        known = f"; {len(read.left_out):,} known by now, left out" if read.left_out else ""
        say(f"{len(read.rows):,} places, {told}{known}")
        raise typer.Exit(FAILED if faults else DONE)


@places.command()
def unknown(
    corpus: Annotated[list[str], typer.Argument(help="Files or folders.", metavar="CORPUS")],
    limit: Annotated[int, typer.Option(help="Print so many names; 0 for all.")] = 50,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one name a line.")] = False,
) -> None:
    """List the place names in articles that no table has, with counts and example sentences."""
    with clean_end():
        from sijill.extract.reader import load_extractor
        from sijill.gazetteer.unknown import unknown_names
        from sijill.ingest.files import read_articles
        from sijill.issues import IssueLog

        log = IssueLog()
        found = unknown_names(read_articles(corpus, log), load_extractor())
        for issue in log.skipped():
            say(f"skipped: {issue}")
        for one in found[: limit or None]:
            _print_unknown(one, json)
        more = f"; {len(found) - limit:,} more with --limit 0" if 0 < limit < len(found) else ""
        say(f"{len(found):,} names that no table has{more}")
        raise typer.Exit(SKIPPED if log.skipped() else DONE)


def _print_unknown(one: UnknownName, json: bool) -> None:
    import msgspec

    if json:
        sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
        return
    from sijill.show import isolated

    console = stdout_console()
    within = f" ({isolated(one.within, console)})" if one.within else ""
    kinds = f"{one.kind}, {one.articles} articles" if one.articles > 1 else one.kind
    console.print(f"{one.count:5}  [bold]{isolated(one.name, console)}[/bold]{within}  {kinds}")
    console.print(f"       {isolated(one.example, console)}  [dim]{one.doc}[/dim]", soft_wrap=True)


def _finder() -> PlaceFinder:
    from sijill.extract.place_finder import PlaceFinder
    from sijill.lexicon.knowledge import load_knowledge

    return PlaceFinder(load_knowledge())


def _table_text(table: str) -> tuple[str, str]:
    """What errors call the table, and its text."""
    from sijill.ingest.decode import decode

    if table == "-":
        return "standard input", decode(sys.stdin.buffer.read(), "standard input").text
    return table, decode(Path(table).read_bytes(), table).text
