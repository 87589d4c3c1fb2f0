"""One event on a terminal: what is said in sum, where tellings differ, and every sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from sijill.lexicon.labels import Labels
from sijill.render import spoken
from sijill.show import isolated, place_text
from sijill.testimony import Event, EventFigure, Testimony

_COLOURS = {"corroborated": "green", "single": "white", "disputed": "yellow", "denied": "red"}


def event(one: Event, told: Sequence[Testimony], labels: Labels, console: Console) -> None:
    """Everything the record holds of an event; private people's names are left out."""
    _heading(one, labels, console)
    for figure in one.figures:
        console.print(f"  figure  {_figure(figure, labels)}", highlight=False)
    for dispute in one.disputes:
        console.print(f"\n  [yellow]disputed: {dispute.field}[/yellow]", highlight=False)
        console.print(f"  {isolated(dispute.english, console)}", soft_wrap=True, highlight=False)
        console.print(f"  {isolated(dispute.arabic, console)}", soft_wrap=True, highlight=False)
    console.print()
    for testimony in told:
        _testimony(testimony, console)


def _heading(one: Event, labels: Labels, console: Console) -> None:
    colour = _COLOURS.get(one.standing, "white")
    when = " to ".join(dict.fromkeys(one.time)) if one.time else "day not stated"
    console.print(
        f"[bold]{one.id}  {labels.english('type', one.type)}[/bold]  {one.status}  {when}  "
        f"[{colour}]{one.standing}[/{colour}]",
        highlight=False,
    )
    for name, ids in (("actor", one.actor), ("target", one.target)):
        for ident in ids:
            label = escape(labels.english("actor", ident))
            console.print(f"  {name:<8}{label} ({ident})", highlight=False)
    if one.place:
        console.print(f"  place   {place_text(one.place, console)}", highlight=False)
    witnesses = "witness" if one.witnesses == 1 else "independent witnesses"
    outlets = "outlet" if one.outlets == 1 else "outlets"
    console.print(
        f"  sources {one.outlets} {outlets}, {one.witnesses} {witnesses}", highlight=False
    )
    if one.harm:
        console.print(f"  harm    {one.harm} (a grade that Sijill proposes)", highlight=False)


def _figure(figure: EventFigure, labels: Labels) -> str:
    whom = f" of {labels.english('actor', figure.of)}" if figure.of else ""
    low = "?" if figure.low is None else f"{figure.low:g}"
    high = "?" if figure.high is None else f"{figure.high:g}"
    span = low if low == high else f"{low} to {high}"
    best = f", best {figure.best:g}" if figure.best is not None and low != high else ""
    return f"{labels.english('figure', figure.kind)}{whom}: {span}{best}"


def _testimony(one: Testimony, console: Console) -> None:
    speaker = spoken(one.speaker, names=False)
    word = f", on the word of {isolated(speaker, console)}" if speaker else ""
    relayed = f" (from {isolated(one.agency, console)})" if one.agency else ""
    outlet = isolated(one.outlet or one.doc, console)
    copy = "" if one.family in ("", one.document) else "  [dim]copy[/dim]"
    console.print(
        f"[dim]{one.said_on or 'no day'}[/dim]  {outlet}{relayed}{word}{copy}  [dim]{one.id}[/dim]",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"  {isolated(one.quote, console)}", soft_wrap=True, highlight=False)
