"""The command line: parse arguments, call, print. Data goes to stdout, messages to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from sijill import cli_ask, cli_correct, cli_export, cli_read, cli_review, cli_serve
from sijill.cli_ends import (
    DONE,
    SKIPPED,
    check_output,
    clean_end,
    read_day,
    refuse,
    say,
    stdout_console,
    tell_issues,
    written,
)
from sijill.cli_lists import DEFAULT_RECORD, RecordOption
from sijill.cli_places import places
from sijill.cli_rules import rules

if TYPE_CHECKING:
    from sijill.issues import IssueLog
    from sijill.model import Reading, Seen


Format = Literal["jsonl", "table", "pretty"]

app = typer.Typer(
    help="Read Arabic war reporting and keep a record that can be checked.",
    epilog="Start with: sijill demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(places, name="places")
app.add_typer(rules, name="rules")
for group in (cli_read, cli_ask, cli_correct, cli_review, cli_export, cli_serve):
    app.add_typer(group.commands)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


@app.command()
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH"),
    ],
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    format: Annotated[
        Format,
        typer.Option(
            help="jsonl: one document a line; table: one row a report (tab-separated where "
            "stdout is no terminal); pretty: sentences with what was found in each."
        ),
    ] = "jsonl",
    with_names: Annotated[
        bool,
        typer.Option("--with-names", help="Keep private people's names and quote the articles."),
    ] = False,
    fetch: Annotated[
        bool,
        typer.Option("--fetch", help="Fetch the feeds whose addresses are among the paths."),
    ] = False,
) -> None:
    """Read articles and print the reports in them.

    Reads .txt, .jsonl (keys doc, title, text, published, outlet, url), .csv and .tsv (columns of
    these names), .html, RSS and Atom (.xml, .rss, .atom), each also as .gz, and .warc, .warc.gz.
    Exit code: 0 done, 1 failed, 2 wrong usage, 3 done but some inputs were skipped.
    """
    with clean_end():
        from sijill.issues import IssueLog
        from sijill.pipeline import Pipeline

        check_output(out, paths)
        log = IssueLog()
        apart = out is not None or not sys.stdout.isatty()
        found = Pipeline().read_many(paths, log, allow_network=fetch)
        readings = _watched(found, log, bar=apart)
        with written(out) as stream:
            _WRITERS[format](readings, stream, with_names)
        raise typer.Exit(SKIPPED if log.skipped() else DONE)


@app.command()
def why(
    doc: Annotated[
        str, typer.Argument(help="An article's file; FILE#DOC for one of several in a file.")
    ],
    report: Annotated[str | None, typer.Argument(help="One report, such as r3.")] = None,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Show, for each value of a report, the words it came from and the rule that made it.

    Takes an article's file, or the id of an event, a report or a document of a record.
    """
    with clean_end():
        from sijill import show

        there = "://" in record or Path(record).exists()
        if there and not Path(doc.partition("#")[0]).exists():
            cli_ask.why(doc, record)
            return
        reading = _one_document(doc)
        chosen = [one for one in reading.reports if report in (None, one.id)]
        if report and not chosen:
            known = ", ".join(one.id for one in reading.reports) or "none"
            refuse(f"{reading.doc} has no report {report}; it has: {known}")
        show.why(reading, chosen, stdout_console())
        if not chosen:
            say(f"{reading.doc}: no report was found in it")


@app.command()
def parse(
    sentence: Annotated[str | None, typer.Argument(help="An Arabic sentence.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day it was written, as 2017-03-09.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one sentence a line.")] = False,
    lines: Annotated[
        Path | None, typer.Option(help="Read sentences from this file, one a line.")
    ] = None,
) -> None:
    """Show everything seen in a sentence: numbers, times, names, triggers, reports."""
    with clean_end():
        from sijill import show
        from sijill.pipeline import Pipeline

        pipeline, day = Pipeline(), read_day(on)
        for text in _sentences(sentence, lines):
            seen = pipeline.see(text, day)
            if json:
                _print_seen(text, seen)
            else:
                show.seen_table(text, seen, stdout_console())


@app.command()
def demo() -> None:
    """Read the packaged sample, show what is in it, and make a record of it to try."""
    with clean_end():
        from sijill import cli_demo, show
        from sijill.issues import IssueLog
        from sijill.lexicon.labels import load_labels
        from sijill.pipeline import Pipeline

        sample, log = Path(__file__).parent / "samples" / "stories.jsonl", IssueLog()
        readings = list(_watched(Pipeline().read_many([str(sample)], log), log, bar=True))
        labels, console = load_labels(), stdout_console()
        count = sum(len(reading.reports) for reading in readings)
        console.print(f"{len(readings)} short articles read, {count} reports found.\n")
        show.counts_table(readings, labels, console)
        show.latest_table(readings, labels, console, limit=12)
        tried = cli_demo.make_record(sample, console)
        console.print("\nTry next:", style="bold")
        for command in (
            *tried,
            f"sijill why {sample}#{readings[0].doc}",
            f"sijill extract {sample} --format pretty",
            "sijill read my-articles/ --record my.db",
        ):
            console.print(f"  {command}", highlight=False, soft_wrap=True)


def _watched(readings: Iterator[Reading], log: IssueLog, bar: bool) -> Iterator[Reading]:
    """Pass readings on; tell of progress on a terminal, and of every input that was skipped.

    ``bar`` is whether a bar may be drawn: not where the data goes to the same terminal.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    told, articles, reports = 0, 0, 0
    console = Console(stderr=True, highlight=False)
    bar = bar and console.is_terminal
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not bar) as progress:
        task = progress.add_task("reading", total=None)
        for reading in readings:
            told = tell_issues(log, told, console)
            articles, reports = articles + 1, reports + len(reading.reports)
            progress.update(task, description=f"{articles:,} articles, {reports:,} reports")
            yield reading
    tell_issues(log, told, console)
    skipped = len(log.skipped())
    if skipped or console.is_terminal:
        counts = ((articles, "article"), (reports, "report"), (skipped, "skipped input"))
        say(", ".join(f"{number:,} {noun}{'s' * (number != 1)}" for number, noun in counts))


def _write_lines(readings: Iterator[Reading], stream: BinaryIO, names: bool) -> None:
    from sijill.render import json_line

    for reading in readings:
        stream.write(json_line(reading, names))


def _write_table(readings: Iterator[Reading], stream: BinaryIO, names: bool) -> None:
    from sijill import render, show
    from sijill.lexicon.labels import load_labels

    console = stdout_console()
    if stream is sys.stdout.buffer and console.is_terminal:
        show.reports_table(readings, load_labels(), console)
        return
    stream.write(render.table_line(render.COLUMNS))
    for reading in readings:
        stream.writelines(map(render.table_line, render.rows(reading, names)))


def _write_pretty(readings: Iterator[Reading], stream: BinaryIO, names: bool) -> None:
    """The article itself with what was found in it: names stand in it as they do there."""
    import io

    from rich.console import Console

    from sijill import show
    from sijill.lexicon.labels import load_labels

    labels, console = load_labels(), stdout_console()
    if stream is not sys.stdout.buffer:
        text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
        console = Console(file=text, width=200, highlight=False)
    for reading in readings:
        show.pretty(reading, labels, console)


_WRITERS: dict[str, Callable[[Iterator[Reading], BinaryIO, bool], None]] = {
    "jsonl": _write_lines,
    "table": _write_table,
    "pretty": _write_pretty,
}


def _one_document(name: str) -> Reading:
    """The reading of FILE or FILE#DOC."""
    from sijill.ingest.files import read_articles
    from sijill.issues import IssueLog
    from sijill.pipeline import Pipeline

    path, doc = name, ""
    if "#" in name and not Path(name).exists():
        path, _, doc = name.rpartition("#")
    log = IssueLog()
    matching = (one for one in read_articles([path], log) if doc in ("", one.doc))
    articles = list(islice(matching, 2))
    if not articles:
        reason = "; ".join(map(str, log.skipped()[:3]))
        refuse(reason or f"{path} holds no document {doc}")
    if len(articles) > 1:
        refuse(f"{path} holds several documents; name one: {path}#{articles[0].doc}")
    return Pipeline().read(articles[0])


def _sentences(sentence: str | None, lines: Path | None) -> list[str]:
    """The sentences asked for: the one given, those of a file, or those on standard input."""
    from sijill.ingest.decode import decode

    if sentence is not None and lines is not None:
        refuse("give a sentence or --lines FILE, not both")
    if sentence is None and lines is None and sys.stdin.isatty():
        refuse("give a sentence, --lines FILE, or sentences on standard input")
    text = sentence
    if text is None:
        data = lines.read_bytes() if lines else sys.stdin.buffer.read()
        text = decode(data, str(lines) if lines else "standard input").text
    found = [line for line in text.splitlines() if line.strip()]
    if not found:
        refuse(f"{lines or 'the sentence'}: there is no text in it")
    return found if sentence is None else [" ".join(found)]


def _print_seen(text: str, seen: list[Seen]) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode({"text": text, "seen": seen}) + b"\n")
