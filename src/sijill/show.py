"""Readings on a terminal: sentences with what was found in them, tables, and the reasons why.

Arabic stands between Unicode isolates on a terminal, so that a line that mixes directions keeps its
order; nothing invisible is written into files and pipes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sijill.lexicon.labels import Labels
from sijill.model import Place, Reading, Report, Seen, Trace
from sijill.render import figure_text, quote
from sijill.text.tokens import sentences, tokenise

_OPEN, _CLOSE = "\u2067", "\u2069"
#: Widths of the columns document, day, what, who, where on terminals from 104 columns on, and on
#: narrower ones; 16 more are taken by the borders.
_WIDE, _NARROW = (16, 10, 22, 24, 16), (13, 10, 16, 15, 10)
_FEWEST = 10
_COMMA, _ARABIC_COMMA = ", ", "\u060c "

#: What the defaults of ``extract/reasons.py`` mean; ``docs/rules.md`` lists them.
_DEFAULTS = {
    "default.status": "no word says that it goes on, is planned, feared or denied",
    "default.time": "no time is stated for it, so it is news of the reference day",
    "default.carried": "told of the same event elsewhere in the article",
    "default.enemy": "the only enemy of the actor in a war that the article names (wars.tsv)",
}

_STATUS_COLOURS = {
    "occurred": "green",
    "ongoing": "cyan",
    "planned": "yellow",
    "possible": "yellow",
    "denied": "red",
}


def isolated(text: str, console: Console) -> str:
    """``text`` on one line, its Arabic isolated where ``console`` is a terminal."""
    plain = escape(" ".join(text.split()))
    mixed = console.is_terminal and any("\u0600" <= char <= "\u08ff" for char in plain)
    return f"{_OPEN}{plain}{_CLOSE}" if mixed else plain


def clipped(text: str, width: int, console: Console) -> str:
    """``text`` cut to ``width`` before it is isolated, so that no line ends inside an isolate."""
    plain = " ".join(text.split())
    return isolated(plain if len(plain) <= width else f"{plain[: width - 1]}\u2026", console)


def pretty(reading: Reading, labels: Labels, console: Console) -> None:
    """The article sentence by sentence, with the reports that each sentence is evidence of."""
    _heading(reading, console)
    tokens = tokenise(reading.text)
    for first, last in sentences(tokens):
        start, end = tokens.span(first, last)
        for line in _lines(tokens.raw(first, last), console):
            console.print(line, highlight=False)
        for one in reading.reports:
            if any(start <= span[0] < end for span in one.evidence[:1]):
                _report(one, labels, console)
            elif any(start <= span[0] < end for span in one.evidence):
                console.print(f"  [dim]{one.id} {one.type}, told again[/dim]", highlight=False)
    console.print()


def _lines(text: str, console: Console) -> list[str]:
    """``text`` in lines of the terminal's width, each isolated by itself; whole elsewhere."""
    if not console.is_terminal:
        return [isolated(text, console)]
    return [isolated(line, console) for line in wrap(" ".join(text.split()), console.width - 1)]


def _heading(reading: Reading, console: Console) -> None:
    day = reading.reference.day or "day unknown"
    facts = [day, reading.outlet or "", reading.agency or "", f"{len(reading.reports)} reports"]
    shown = " · ".join(isolated(fact, console) for fact in facts if fact)
    console.print(f"[bold]{escape(reading.doc)}[/bold]  {shown}", highlight=False)


def _report(one: Report, labels: Labels, console: Console) -> None:
    colour = _STATUS_COLOURS.get(one.status, "white")
    when = " to ".join(dict.fromkeys(one.time)) if one.time else "time not stated"
    console.print(
        f"  [bold]{one.id} {one.type}[/bold] [{colour}]{one.status}[/{colour}] {when}",
        highlight=False,
    )
    for name, value in _slots(one, labels, console):
        console.print(f"     {name:<8}{value}", highlight=False)


def _slots(one: Report, labels: Labels, console: Console) -> Iterator[tuple[str, str]]:
    """The filled slots of a report as name and printable value."""
    for actor in one.actor:
        yield "actor", _actor(actor, labels)
    for target in one.target:
        yield "target", _actor(target, labels)
    for place in one.place:
        yield "place", place_text(place, console)
    if one.speaker:
        known = f"  {_actor(one.speaker.id, labels)}" if one.speaker.id else ""
        yield "says", isolated(one.speaker.text, console) + known
    for figure in one.figures:
        yield "figure", f"{figure_text(figure)}  {isolated(figure.stated, console)}"


def _actor(ident: str, labels: Labels) -> str:
    return escape(f"{labels.english('actor', ident)} ({ident})")


def place_text(place: Place, console: Console) -> str:
    """A place's name, what it lies in, and its point."""
    name = f"{place.name} ({place.within})" if place.within else place.name
    point = f"  {place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon else ""
    return isolated(name, console) + point


def reports_table(readings: Iterable[Reading], labels: Labels, console: Console) -> None:
    """One row a report; its words only where the terminal is wide enough for them."""
    words = console.width - sum(_widths(console)) - 19
    table = Table("document", "day", "what", "who", "where", *["words"] * (words >= _FEWEST))
    for column in table.columns:
        column.no_wrap = True
    for reading in readings:
        for one in reading.reports:
            cells = _cells(reading, one, labels, console)
            if words >= _FEWEST:
                cells.append(clipped(quote(reading, one), words, console))
            table.add_row(*cells)
    console.print(table)


def _widths(console: Console) -> tuple[int, ...]:
    return _WIDE if console.width >= sum(_WIDE) + 16 else _NARROW


def _cells(
    reading: Reading, one: Report, labels: Labels, console: Console, arabic: bool = False
) -> list[str]:
    """Document, day, what, who, where, each no wider than its column; Arabic below English."""
    label = labels.arabic if arabic else labels.english
    comma = _ARABIC_COMMA if arabic else _COMMA
    cells = (
        "" if arabic else f"{reading.doc} {one.id}",
        one.time[1] if one.time and not arabic else "",
        comma.join((label("type", one.type), label("status", one.status))),
        comma.join(label("actor", ident).split(" (")[0] for ident in one.actor),
        one.place[0].name if one.place and not arabic else "",
    )
    return [clipped(*cell, console) for cell in zip(cells, _widths(console), strict=True)]


def why(reading: Reading, chosen: Sequence[Report], console: Console) -> None:
    """For each value of the chosen reports: the words it came from and the rule that made it."""
    _heading(reading, console)
    reference = reading.reference
    basis = f"{reference.day}, from the {reference.basis}" if reference.day else "not found"
    console.print(f"reference day {basis}", highlight=False)
    if reference.trace:
        console.print(f"     {_reason(reading, reference.trace, console)}", highlight=False)
    for one in chosen:
        console.print(f"\n[bold]{one.id} {one.type}[/bold] {one.status}", highlight=False)
        for start, end in one.evidence:
            words = isolated(reading.text[start:end], console)
            console.print(f"  [dim]{start}-{end}[/dim] {words}", highlight=False)
        for slot, value, trace in _values(one, console):
            console.print(f"  {slot:<9}{value}", highlight=False)
            console.print(f"     [dim]{_reason(reading, trace, console)}[/dim]", highlight=False)


def _values(one: Report, console: Console) -> Iterator[tuple[str, str, Trace | None]]:
    """Each value of a report with its trace: its own, else that of its slot."""
    slots = one.traces
    yield "type", one.type, slots.get("type")
    yield "status", one.status, slots.get("status")
    for slot, names in (("actor", one.actor), ("target", one.target)):
        if names:
            yield slot, escape(", ".join(names)), slots.get(slot)
    for place in one.place:
        yield "place", place_text(place, console), place.trace or slots.get("place")
    if one.time:
        yield "time", " to ".join(dict.fromkeys(one.time)), slots.get("time")
    if one.speaker:
        spoken = isolated(one.speaker.text, console)
        yield "speaker", spoken, one.speaker.trace or slots.get("speaker")
    for figure in one.figures:
        yield "figure", figure_text(figure), figure.trace or slots.get("figures")


def _reason(reading: Reading, trace: Trace | None, console: Console) -> str:
    if trace is None:
        return "no rule on record"
    if trace.rule in _DEFAULTS:
        return f"{trace.rule}: {_DEFAULTS[trace.rule]}"
    words = isolated(reading.text[trace.start : trace.end], console)
    where = f" ({escape(trace.where)})" if trace.where else ""
    return f"{escape(trace.rule)}{where} {words}"


def seen_table(text: str, seen: Sequence[Seen], console: Console) -> None:
    """Everything seen in one sentence, in reading order."""
    console.print(isolated(text, console), highlight=False)
    table = Table("at", "words", "is a", "value", "rule")
    for one in sorted(seen, key=lambda one: (one.start, one.end)):
        rule = f"{one.trace.rule} ({one.trace.where})" if one.trace else ""
        if one.kind == "report":
            continue
        words, value = clipped(one.text, 30, console), clipped(one.value, 40, console)
        table.add_row(f"{one.start}-{one.end}", words, one.kind, value, escape(rule))
    console.print(table if table.row_count else "  nothing seen")
    for one in seen:
        if one.kind == "report":
            rule = f"  ({one.trace.rule})" if one.trace else ""
            console.print(f"  report {isolated(one.value, console)}{rule}", soft_wrap=True)


def counts_table(readings: Sequence[Reading], labels: Labels, console: Console) -> None:
    """How many reports of each type, in both languages."""
    count = Counter(one.type for reading in readings for one in reading.reports)
    table = Table("reports", "type", "in Arabic", title="What was reported")
    for kind, number in count.most_common():
        arabic = isolated(labels.arabic("type", kind), console)
        table.add_row(f"{number}", labels.english("type", kind), arabic)
    console.print(table)


def latest_table(readings: Sequence[Reading], labels: Labels, console: Console, limit: int) -> None:
    """The latest dated reports that name a place and an actor, in English and below in Arabic."""
    dated = [
        (one.time[1], reading, one)
        for reading in readings
        for one in reading.reports
        if one.time and one.place and one.actor
    ]
    dated.sort(key=lambda item: (item[0], item[1].doc, item[2].id), reverse=True)
    table = Table("document", "day", "what", "who", "where", title="Latest")
    for _, reading, one in dated[:limit]:
        english = _cells(reading, one, labels, console)
        arabic = _cells(reading, one, labels, console, arabic=True)
        table.add_row(*map("\n".join, zip(english, arabic, strict=True)))
    console.print(table)
