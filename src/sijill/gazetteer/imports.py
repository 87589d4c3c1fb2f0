"""From a public dump of places to rows of an added table; what is left out has a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec

from sijill.errors import Fault, UsageError
from sijill.gazetteer.dump import DumpPlace
from sijill.gazetteer.gather import NO_NAME, Gathered
from sijill.gazetteer.parents import Parents
from sijill.gazetteer.sources import SOURCES, Source
from sijill.gazetteer.twins import Twins
from sijill.gazetteer.type_words import TypeWords
from sijill.gazetteer.unpack import sha256_of
from sijill.issues import Issue, IssueLog
from sijill.lexicon.place_checks import check_places
from sijill.lexicon.place_rows import PlaceName, PlaceRow
from sijill.lexicon.tables import did_you_mean, letter_faults

#: Reasons why a place that was read gives no row; those of ``gather`` stand beside them.
KNOWN = "already known"
OUTSIDE = "outside what it would lie in"
REFUSED = "refused by the checks of the gazetteer"

#: Rough radii in kilometres, after what rows of the packaged tables have in the middle.
_EXTENTS = {
    "governorate": 60.0,
    "district": 15.0,
    "town": 4.0,
    "village": 2.0,
    "mountain": 3.0,
    "region": 10.0,
    "river": 20.0,
    "sea": 100.0,
    "oil_field": 5.0,
    "airport": 2.0,
    "base": 2.0,
    "crossing": 2.0,
    "dam": 2.0,
    "road": 2.0,
}
_EXTENT_KM = 1.0
#: Under which file the rows stand while they are checked; their lines are their numbers.
_DRAFT = "import"


class Imported(msgspec.Struct, frozen=True):
    """What an import made of a dump.

    ``left_out`` counts the places left out by reason, ``ignored`` those of kinds that are not read
    by what the dump calls the kind; ``issues`` are the broken lines; ``file`` and ``sha256`` tell
    which dump it was.
    """

    source: Source
    country: str
    rows: tuple[PlaceRow, ...]
    left_out: dict[str, int]
    ignored: dict[str, int]
    issues: tuple[Issue, ...]
    file: str
    sha256: str


def import_places(
    source: str, path: Path, known: Mapping[str, PlaceRow], country: str | None = None
) -> Imported:
    """Make rows for our gazetteer of the places of a dump that it lacks.

    ``source`` is a key of ``SOURCES``; ``known`` are the rows there are, of which those of an
    earlier import of the same source and country count for nothing; ``country`` is an ISO code of
    two letters and may be left out where the dump is of one country. Every name is marked as one
    that may be a word too, since nobody has judged that.

    Raises:
        UsageError: the source or country is unknown, or the dump is of another or of several.
        SourceError: the dump cannot be read.
        OSError: its file cannot be opened.
    """
    if source not in SOURCES:
        raise UsageError(f"no source {source!r} is read; known are {', '.join(SOURCES)}")
    chosen, log = SOURCES[source], IssueLog()
    asked = _checked(country.lower(), known) if country else ""
    dump = Gathered(chosen.read(path, log), asked)
    iso = asked or _checked(_only(dump.countries, path), known)
    if not dump.countries[iso]:
        raise UsageError(f"{path}: holds no place of {iso.upper()}; {_held(dump.countries)}")
    prefix = f"{iso}_{chosen.tag}_"
    rows = _Maker({i: row for i, row in known.items() if not i.startswith(prefix)}, iso, chosen)
    made = rows.make(dump)
    return Imported(
        source=chosen,
        country=iso,
        rows=made,
        left_out=dict(sorted(dump.left_out.items())),
        ignored=dict(sorted(dump.ignored.items())),
        issues=tuple(log),
        file=path.name,
        sha256=sha256_of(path),
    )


def _checked(iso: str, known: Mapping[str, PlaceRow]) -> str:
    """The code of a country that the gazetteer has."""
    row = known.get(iso)
    if row is not None and row.kind == "country":
        return iso
    codes = sorted(ident.upper() for ident, row in known.items() if row.kind == "country")
    near = did_you_mean(iso.upper(), codes)
    raise UsageError(f"no country {iso.upper()!r} is known{near}; known are {', '.join(codes)}")


def _only(countries: Counter[str], path: Path) -> str:
    named = [iso for iso in countries if iso]
    if len(named) == 1:
        return named[0]
    raise UsageError(f"{path}: {_held(countries)}; name one with --country")


def _held(countries: Counter[str], most: int = 8) -> str:
    """Which countries a dump holds, those with most places first."""
    ranked = sorted(countries.items(), key=lambda one: (-one[1], one[0]))
    told = [f"{iso.upper() or 'no country'} ({count})" for iso, count in ranked[:most]]
    more = [f"{len(ranked) - most} more"] if len(ranked) > most else []
    return f"it holds places of {', '.join(told + more)}"


class _Maker:
    """Makes rows of the places of one country."""

    def __init__(self, known: Mapping[str, PlaceRow], iso: str, source: Source) -> None:
        self._known, self._iso, self._source = known, iso, source
        self._words = TypeWords()
        self._twins = Twins(known.values(), self._words)

    def make(self, dump: Gathered) -> tuple[PlaceRow, ...]:
        """The rows, sorted by id; what gives none is counted in ``dump.left_out``.

        Of two places of one name in one spot, the one with more people is taken.
        """
        divisions = [place for place in dump.places if place.key]
        parents = Parents(self._known, self._iso, divisions, self._words)
        drafts: list[PlaceRow] = []
        for place in sorted(dump.places, key=lambda one: (-one.population, one.ident)):
            row = self._row(place, parents, len(drafts) + 1)
            if isinstance(row, str):
                dump.left_out[row] += 1
            else:
                drafts.append(row)
                self._twins.add(row)
        good = self._refuse(drafts)
        if len(good) < len(drafts):
            dump.left_out[REFUSED] += len(drafts) - len(good)
        return tuple(sorted(good, key=lambda row: row.id))

    def _row(self, place: DumpPlace, parents: Parents, number: int) -> PlaceRow | str:
        """The row for a place, or the reason why there is none."""
        if place.kind == "country" or parents.is_ours(place):
            return KNOWN
        if not place.names:
            return NO_NAME
        row = self._draft(place, number)
        if self._twins.of(row) is not None:
            return KNOWN
        parent = parents.of(place)
        return msgspec.structs.replace(row, parent=parent.id) if parent else OUTSIDE

    def _draft(self, place: DumpPlace, number: int) -> PlaceRow:
        names = dict.fromkeys(self._words.bare(name, place.kind) for name in place.names)
        return PlaceRow(
            id=f"{self._iso}_{self._source.tag}_{place.ident}",
            parent="",
            kind=place.kind,
            lat=round(place.lat, 4),
            lon=round(place.lon, 4),
            extent_km=_EXTENTS.get(place.kind, _EXTENT_KM),
            name=next(iter(names)),
            name_en=place.name_en,
            where=f"{_DRAFT}:{number}",
            names=tuple(PlaceName(name, marked=True) for name in names),
            source=self._source.column,
        )

    def _refuse(self, drafts: list[PlaceRow]) -> list[PlaceRow]:
        """The rows without those that would keep the knowledge from loading."""
        faults: list[Fault] = []
        check_places([*self._known.values(), *drafts], faults)
        for number, row in enumerate(drafts, 1):
            text = " ".join((row.name_en, *(name.text for name in row.names)))
            faults.extend(letter_faults(_DRAFT, number, text))
        bad = {fault.line for fault in faults if fault.file == _DRAFT}
        return [row for number, row in enumerate(drafts, 1) if number not in bad]
