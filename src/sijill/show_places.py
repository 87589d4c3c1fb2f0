"""Places on a terminal: what a name means, why, and what it was chosen from."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from sijill.lexicon.geography import lineage
from sijill.lexicon.labels import Labels
from sijill.lexicon.place_rows import PlaceRow
from sijill.model import Candidate, Place
from sijill.show import isolated

_COLOURS = {"resolved": "green", "ambiguous": "yellow", "unknown": "red"}
#: So many candidates are shown; the JSON has them all.
_MOST = 8
_UCDP = (
    "the place itself",
    "within about 25 km",
    "the district",
    "the governorate",
    "a line or an area without borders",
    "the country",
    "international waters or airspace",
)


def found_place(
    place: Place, places: Mapping[str, PlaceRow], labels: Labels, console: Console
) -> None:
    """The answer to a search: status, point, precision, and the candidates with their reasons."""
    colour = _COLOURS[place.status]
    name = isolated(place.name, console)
    console.print(f"[bold]{name}[/bold]  [{colour}]{place.status}[/{colour}]")
    if place.status == "resolved" and place.id:
        _where(place, places[place.id], places, labels, console)
    elif place.status == "ambiguous":
        console.print("  several places have this name; say what it lies in: --near PLACE")
    elif not place.candidates:
        console.print("  no table has this name; see docs/places.md for how to add it")
    else:
        console.print("  no such place there; these may have been meant:")
    if place.candidates:
        console.print(_candidates(place.candidates, places, labels, console))


def _where(
    place: Place,
    row: PlaceRow,
    places: Mapping[str, PlaceRow],
    labels: Labels,
    console: Console,
) -> None:
    kind = labels.english("place_kind", row.kind)
    wholes = dict.fromkeys(one.name_en or one.name for one in lineage(row, places))
    within = f" in {', '.join(wholes)}" if wholes else ""
    console.print(f"  {row.name_en or row.id}, {kind}{within}")
    if place.lat is None or place.lon is None:
        console.print("  its point is not known")
        return
    console.print(
        f"  {place.lat:.4f}, {place.lon:.4f}, within {place.radius_km:g} km  "
        f"(UCDP precision {place.ucdp}: {_UCDP[(place.ucdp or 1) - 1]}; ACLED {place.acled})"
    )


def _candidates(
    candidates: tuple[Candidate, ...],
    places: Mapping[str, PlaceRow],
    labels: Labels,
    console: Console,
) -> Table:
    table = Table("id", "name", "kind", "in", "points", "because", title_justify="left")
    for one in candidates[:_MOST]:
        row = places[one.id]
        parent = places.get(row.parent)
        reasons = (
            labels.english("place_reason", code) + (f" ({points:+g})" if points else "")
            for code, points in one.reasons
        )
        table.add_row(
            row.id,
            isolated(row.name, console),
            labels.english("place_kind", row.kind),
            (parent.name_en or parent.name) if parent else "",
            f"{one.score:g}",
            "\n".join(reasons),
        )
    if len(candidates) > _MOST:
        table.caption = f"and {len(candidates) - _MOST} more"
    return table


def place_row(
    row: PlaceRow, places: Mapping[str, PlaceRow], labels: Labels, console: Console
) -> None:
    """Everything that the gazetteer holds of one place."""
    console.print(f"[bold]{row.id}[/bold]  {isolated(row.name, console)}  {row.name_en}")
    point = "not known" if row.lat is None else f"{row.lat:.4f}, {row.lon:.4f}"
    facts = {
        "kind": labels.english("place_kind", row.kind),
        "in": " < ".join(f"{one.name_en or one.name} ({one.id})" for one in lineage(row, places)),
        "point": f"{point}, radius about {row.extent_km:g} km",
        "names": ", ".join(isolated(one.text, console) for one in row.names if not one.used_by),
        "also": ", ".join(
            f"{isolated(one.text, console)} ({_user(one.used_by)})"
            for one in row.names
            if one.used_by
        ),
        "read": _marks(row, console),
        "holds": _parts(row, places, console),
        "source": f"{row.source}, {row.where}",
    }
    for name, value in facts.items():
        if value:
            console.print(f"  {name:<8}{value}", soft_wrap=True, highlight=False)


def _user(used_by: str) -> str:
    return f"until {used_by[1:]}" if used_by.startswith("<") else f"only by {used_by}"


def _marks(row: PlaceRow, console: Console) -> str:
    """Which names are words too, so that articles must say that a place is meant."""
    words = [isolated(one.text, console) for one in row.names if one.marked]
    return f"{', '.join(words)} only behind a word for a place: also a word" if words else ""


def _parts(row: PlaceRow, places: Mapping[str, PlaceRow], console: Console) -> str:
    parts = [one for one in places.values() if one.parent == row.id]
    shown = ", ".join(isolated(one.name, console) for one in parts[:12])
    more = f" and {len(parts) - 12} more" if len(parts) > 12 else ""
    return shown + more
