"""Questions to a record: events, one event, disputes, figures, who held what, who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sijill.cli_ends import clean_end, refuse, say, stdout_console
from sijill.cli_lists import (
    DEFAULT_RECORD,
    AsCsv,
    AsJson,
    AsLines,
    AsTable,
    RecordOption,
    existing,
    print_rows,
)

if TYPE_CHECKING:
    from sijill.record.record import Record

commands = typer.Typer()

Place = Annotated[
    str | None, typer.Option(metavar="PLACE", help="A place by name or id, with all its parts.")
]
After = Annotated[str | None, typer.Option(metavar="DAY", help="2017-03-09, 2017-03 or 2017.")]
Before = Annotated[str | None, typer.Option(metavar="DAY", help="The last day.")]
Type = Annotated[str | None, typer.Option("--type", help="Report types, with commas.")]
Actor = Annotated[str | None, typer.Option(help="Actor ids, with commas; either side.")]
Status = Annotated[str | None, typer.Option(help="occurred, ongoing, planned, possible, denied.")]
Standing = Annotated[str | None, typer.Option(help="single, corroborated, disputed, denied.")]
KilledMin = Annotated[int | None, typer.Option(help="At least so many dead by somebody's count.")]
Text = Annotated[str | None, typer.Option(help="Words, in any spelling.")]
KnownOn = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only what had been said by this day.")
]
Order = Annotated[str, typer.Option(help="day, -day, -killed or -witnesses.")]
Limit = Annotated[int | None, typer.Option(help="Print so many.")]

_EVENT = (
    "id",
    "first_day",
    "type",
    "standing",
    "place",
    "actor",
    "target",
    "killed_low",
    "reports",
)
#: What disputes are about.
_FIELDS = ("who", "whom", "what", "where", "when", "how_many", "whether")


def opened(record: str) -> Record:
    """The record, for asking only."""
    from sijill.record.record import Record

    return Record.open(existing(record), create=False, read_only=True)


@commands.command()
def events(
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
    order: Order = "day",
    limit: Limit = None,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List events by place, period, type, actor, status, standing, dead, words."""
    with clean_end():
        from sijill.record.events import row
        from sijill.record.whole import whole_event

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
        with opened(record) as rec:
            found = rec.events(**asked, order=order, limit=limit)
            columns = list(row(found[0])) if csv and found else _EVENT
            count = print_rows(
                found.rows(),
                columns,
                json=json,
                jsonl=jsonl,
                csv=csv,
                table=table,
                whole=(whole_event(rec, one) for one in found),
            )
            say(f"{count:,} of {rec.count(**asked):,} events")


@commands.command()
def show(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id.")],
    record: RecordOption = DEFAULT_RECORD,
    json: AsJson = False,
) -> None:
    """Show one event: what is said, by whom, with which figures and disputes, and the sentences."""
    with clean_end():
        from sijill import show_events
        from sijill.lexicon.labels import load_labels
        from sijill.record.whole import whole_event

        with opened(record) as rec:
            found = rec.event(event)
            if len(found.path) > 1:
                say(f"{event} was replaced by {found.event.id}")
            if found.withdrawn:
                say(f"{found.event.id} was withdrawn; this is what it was")
            if json:
                print_rows([], (), jsonl=True, whole=[whole_event(rec, found.event)])
                return
            told = rec.testimonies(found.event)
            show_events.event(found.event, told, load_labels(), stdout_console())


@commands.command()
def disputes(
    record: RecordOption = DEFAULT_RECORD,
    place: Place = None,
    after: After = None,
    before: Before = None,
    field: Annotated[
        str | None, typer.Option(help="who, whom, what, where, when, how_many, whether.")
    ] = None,
    arabic: Annotated[bool, typer.Option("--arabic", help="State them in Arabic.")] = False,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List what outlets and speakers contradict each other about, in words."""
    with clean_end(), opened(record) as rec:
        if field not in (None, *_FIELDS):
            refuse(f"no field {field!r}; there are: {', '.join(_FIELDS)}")
        found = [
            {
                "event": one.id,
                "first_day": one.time[0] if one.time else None,
                "place": one.place.name if one.place else None,
                "field": dispute.field,
                "dispute": dispute.arabic if arabic else dispute.english,
            }
            for one in rec.events(place=place, after=after, before=before)
            for dispute in one.disputes
            if field in (None, dispute.field)
        ]
        columns = ("event", "first_day", "place", "field", "dispute")
        count = print_rows(found, columns, json=json, jsonl=jsonl, csv=csv, table=table)
        say(f"{count:,} disputes")


@commands.command()
def figures(
    record: RecordOption = DEFAULT_RECORD,
    kind: Annotated[
        str | None,
        typer.Option(help="fighters, displaced, killed, percent, ...; several with commas."),
    ] = None,
    place: Place = None,
    type_: Annotated[
        str, typer.Option("--type", help="Reports of these types, with commas; all: of any.")
    ] = "estimate",
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List the war's estimates over time, each with the speaker and outlet that gave it.

    With --type the figures of other reports, as each report gives them: nothing is added up.
    """
    with clean_end(), opened(record) as rec:
        rows = [
            {
                "said_on": one.said_on,
                "type": one.type,
                "kind": one.figure.kind,
                "of": one.figure.of,
                "low": one.figure.low,
                "high": one.figure.high,
                "stated": one.figure.stated,
                "speaker": one.speaker,
                "outlet": one.outlet,
                "report": one.testimony,
            }
            for one in rec.figures(kind or "", place or "", "" if type_ == "all" else type_)
        ]
        report = ("report",) if csv else ()
        what = ("said_on", *(("type",) if type_ != "estimate" else ()), "kind", "of")
        columns = (*what, "low", "high", "speaker", "outlet", "stated", *report)
        count = print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv, table=table)
        say(f"{count:,} figures")
        if not count and type_ == "estimate":
            say("only estimates were looked at; those of all reports: --type all")


@commands.command()
def held(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A name or id.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="The day; else all days.")] = None,
    known_on: KnownOn = None,
    table: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A CSV with columns place and day: many at once."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
) -> None:
    """Say who held a place on a day, as far as anybody said so; with no day, over all days."""
    with clean_end(), opened(record) as rec:
        from sijill.record.held_rows import held_rows, span_row

        if (place is None) == (table is None):
            refuse("name a place, or give --table FILE with the columns place and day")
        if table is not None:
            rows = held_rows(rec, table, known_on)
        elif on is not None:
            rows = [span_row(rec.held(str(place), _day(on), _known(known_on)), str(place), on)]
        else:
            spans = rec.control(str(place), _known(known_on))
            rows = [span_row(one, str(place), "") for one in spans]
        columns = (
            "place",
            "day",
            "state",
            "holder",
            "rivals",
            "standing",
            "basis",
            "first",
            "last",
        )
        count = print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv)
        if not count:
            say("nobody in this record said who held it")


def _day(text: str) -> str:
    from sijill.record.filters import last_day

    return last_day(text)


def _known(text: str | None) -> str | None:
    return _day(text) if text else None


@commands.command()
def actors(
    record: RecordOption = DEFAULT_RECORD,
    place: Place = None,
    after: After = None,
    before: Before = None,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List who acts and who is acted upon, how often, in which kinds of events."""
    with clean_end(), opened(record) as rec:
        from sijill.record.tallies import actor_rows

        rows: list[dict[str, Any]] = actor_rows(rec.events(place=place, after=after, before=before))
        columns = ("actor", "name", "acting", "acted_upon", "types", "against")
        say(f"{print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv, table=table):,} actors")


@commands.command()
def outlets(
    record: RecordOption = DEFAULT_RECORD,
    weeks: Annotated[bool, typer.Option("--weeks", help="One row an outlet and week.")] = False,
    words: Annotated[
        bool, typer.Option("--words", help="The words that each outlet uses for each side.")
    ] = False,
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List who published what: articles, copies, how often first, words for each side."""
    with clean_end(), opened(record) as rec:
        from sijill.record.tallies import outlet_rows, week_rows, word_rows

        if weeks and words:
            refuse("choose --weeks or --words")
        rows: list[dict[str, Any]] = (
            week_rows(rec) if weeks else word_rows(rec) if words else outlet_rows(rec)
        )
        columns = tuple(rows[0]) if rows else ()
        say(f"{print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv, table=table):,} rows")


def why(ident: str, record: str) -> None:
    """Show the reasons for an event, a report or a document of a record."""
    from sijill import show

    with opened(record) as rec:
        for reading, chosen in rec.why(ident):
            show.why(reading, chosen, stdout_console())
            if not chosen:
                say(f"{reading.doc}: this version of the program no longer finds the report")


@commands.command()
def cite(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id.")],
    form: Annotated[str, typer.Option("--as", help="bibtex, csl or ris.")] = "bibtex",
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Print a citation of an event."""
    with clean_end(), opened(record) as rec:
        from datetime import date

        print(rec.cite(event, form, date.today().isoformat()), end="")


@commands.command()
def diff(
    old: Annotated[str, typer.Argument(help="A record.")],
    new: Annotated[str, typer.Argument(help="Another one, such as a later copy of it.")],
    json: AsJson = False,
    jsonl: AsLines = False,
    csv: AsCsv = False,
    table: AsTable = False,
) -> None:
    """List the events that two records have not in common, and what differs in those they share."""
    with clean_end(), opened(old) as first, opened(new) as second:
        from sijill.record.comparing import differences

        rows = differences(first, second)
        columns = ("event", "change", "type", "day", "place", "what")
        count = print_rows(rows, columns, json=json, jsonl=jsonl, csv=csv, table=table)
        say(f"{count:,} differences" if count else "no difference")
