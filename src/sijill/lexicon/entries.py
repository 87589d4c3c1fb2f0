"""Every name that the knowledge holds, in one index: actors, bodies, people, places, outlets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from sijill.errors import Fault
from sijill.lexicon.decline import nisba_forms
from sijill.lexicon.names import NameIndex
from sijill.lexicon.place_checks import check_places
from sijill.lexicon.place_rows import PlaceRow
from sijill.lexicon.place_tables import read_places
from sijill.lexicon.tables import Row, knowledge_dir, read_table
from sijill.text.fold import fold
from sijill.text.letters import ARTICLE

OUTLET_COLUMNS = ("id", "name", "kind", "aliases", "domain", "country")


class ActorRow(msgspec.Struct, frozen=True):
    """An actor: its id, the id it belongs to, its kind and home country (ISO code)."""

    id: str
    parent: str
    kind: str
    country: str
    core: bool
    where: str


def actor_line(actor: str, actors: Mapping[str, ActorRow]) -> tuple[str, ...]:
    """An actor and what it belongs to, the nearest first; ``other`` belongs to nobody and is none.

    An id that is in no table stands for itself.
    """
    found: list[str] = []
    while actor and actor != "other" and actor not in found:
        found.append(actor)
        row = actors.get(actor)
        actor = row.parent if row else ""
    return tuple(found)


class Country(msgspec.Struct, frozen=True):
    """The actor ids that a nationality gives to an army, a government, and so on."""

    fields: dict[str, str]
    where: str
    capitals: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, cache_hash=True):
    """What a name stands for.

    ``kind`` is ``name``, ``epithet``, ``office``, ``person``, ``force``, ``back`` (an actor named
    before), ``state``, ``body``, ``head``, ``people``, ``place``, ``type``, ``outlet`` or ``stop``;
    ``value`` is the body's field, the head's or place word's class, or the figure a noun gives.
    """

    kind: str
    ids: tuple[str, ...] = ()
    theatre: str = ""
    value: str = ""
    sub: str = ""
    where: str = ""
    marked: bool = False


class Lexicon(msgspec.Struct, frozen=True):
    """All names, with the rows behind them."""

    index: NameIndex[Entry]
    actors: dict[str, ActorRow]
    places: dict[str, PlaceRow]
    countries: dict[str, Country]
    nisba: dict[str, str]
    facilities: frozenset[str]
    seats: dict[str, str]

    def core(self, actor: str) -> str:
        """The id of the codebook that ``actor`` is, or belongs to."""
        while actor and not self.actors[actor].core:
            actor = self.actors[actor].parent
        return actor or "other"


_COUNTRY_FIELDS = (
    "state_id",
    "army",
    "air",
    "government",
    "police",
    "president",
    "foreign",
    "defense",
    "ministry_default",
)


def load_lexicon(faults: list[Fault]) -> Lexicon:
    """Read every table of names; what is wrong is added to ``faults``."""
    folder = knowledge_dir()
    index: NameIndex[Entry] = NameIndex()
    actors = _load_actors(folder, faults)
    _load_actor_names(folder, index, actors, faults)
    countries, nisba = _load_countries(folder, index, actors, faults)
    facilities = _load_nouns(folder, index, faults)
    places = load_places(folder, index, faults)
    seats = _load_seats(folder, places, faults)
    return Lexicon(index, actors, places, countries, nisba, facilities, seats)


def _load_actors(folder: Path, faults: list[Fault]) -> dict[str, ActorRow]:
    columns = ["id", "parent", "kind", "label_en", "label_ar", "country"]
    rows = read_table(folder / "actors.tsv", columns, faults)
    core = {row["id"] for row in read_table(folder / "core_actors.tsv", ["id"], faults)}
    actors = {}
    for row in rows:
        if row["id"] in actors:
            faults.append(Fault(row.file, row.line, f"actor {row['id']!r} stands twice"))
        actors[row["id"]] = ActorRow(
            id=row["id"],
            parent=row["parent"],
            kind=row["kind"],
            country=row["country"],
            core=row["id"] in core,
            where=row.where,
        )
    for row in rows:
        if row["parent"] and row["parent"] not in actors:
            faults.append(Fault(row.file, row.line, f"parent {row['parent']!r} is no actor"))
    return actors


def _load_actor_names(
    folder: Path, index: NameIndex[Entry], actors: dict[str, ActorRow], faults: list[Fault]
) -> None:
    rows = read_table(folder / "actor_names.tsv", ["name", "actor", "kind", "theatre"], faults)
    for row in rows:
        ids = tuple(row.many("actor"))
        _check_actors(row, ids, actors, faults)
        entry = Entry(row["kind"], ids, row["theatre"], where=row.where)
        _add_all(index, row.many("name"), entry)
    for row in read_table(folder / "actor_stop.tsv", ["phrase", "because"], faults):
        _add_all(index, row.many("phrase"), Entry("stop", where=row.where))
    for row in read_table(folder / "outlets.tsv", OUTLET_COLUMNS, faults):
        entry = Entry("outlet", (row["id"],), value=row["kind"], sub=row["name"], where=row.where)
        _add_all(index, row.many("aliases") or [row["name"]], entry)


def _load_countries(
    folder: Path, index: NameIndex[Entry], actors: dict[str, ActorRow], faults: list[Fault]
) -> tuple[dict[str, Country], dict[str, str]]:
    columns = ["iso", "names", "nisba", "capital_names", *_COUNTRY_FIELDS]
    countries: dict[str, Country] = {}
    nisba: dict[str, str] = {}
    for row in read_table(folder / "countries.tsv", columns, faults):
        iso = row["iso"]
        fields = {field.removesuffix("_id"): row[field] for field in _COUNTRY_FIELDS}
        _check_actors(row, tuple(filter(None, fields.values())), actors, faults)
        countries[iso] = Country(fields, row.where, tuple(row.many("capital_names")))
        state = Entry("state", (fields["state"],), value=iso, where=row.where)
        _add_all(index, row.many("names"), state)
        capital = Entry(
            "state",
            (fields["government"] or fields["state"],),
            value=iso,
            sub="capital",
            where=row.where,
        )
        _add_all(index, row.many("capital_names"), capital)
        for stem in row.many("nisba"):
            for form in nisba_forms(fold(stem)):
                nisba.setdefault(form, iso)
                nisba.setdefault(ARTICLE + form, iso)
    return countries, nisba


def _load_nouns(folder: Path, index: NameIndex[Entry], faults: list[Fault]) -> frozenset[str]:
    """Add bodies, heads, people and place words; gives the words for facilities, with article."""
    facilities: set[str] = set()
    for row in read_table(folder / "bodies.tsv", ["noun", "field", "kind"], faults):
        _add_all(
            index,
            row.many("noun"),
            Entry("body", value=row["field"], sub=row["kind"], where=row.where),
        )
    for row in read_table(folder / "heads.tsv", ["noun", "kind"], faults):
        _add_all(index, row.many("noun"), Entry("head", value=row["kind"], where=row.where))
    for row in read_table(folder / "people.tsv", ["noun", "actor", "figure"], faults):
        ids = tuple(filter(None, [row["actor"]]))
        entry = Entry("people", ids, value=row["figure"], where=row.where)
        for noun in row.many("noun"):
            _add_all(index, [noun], entry)
            if not noun.startswith(ARTICLE):
                _add_all(index, [ARTICLE + noun], entry)
    for row in read_table(folder / "place_types.tsv", ["word", "class", "kind"], faults):
        _add_all(
            index,
            row.many("word"),
            Entry("type", value=row["class"], sub=row["kind"], where=row.where),
        )
        if row["class"] == "facility" or row["kind"] == "same_word":
            words = {fold(word).removeprefix(ARTICLE) for word in row.many("word")}
            facilities |= words | {ARTICLE + word for word in words}
    return frozenset(facilities)


def load_places(folder: Path, index: NameIndex[Entry], faults: list[Fault]) -> dict[str, PlaceRow]:
    """Add the names of all places, marked where they are words of the language too."""
    common = {
        fold(name)
        for row in read_table(folder / "place_stop.tsv", ["name", "because"], faults)
        for name in row.many("name")
    }
    rows = read_places(faults).rows
    check_places(rows, faults)
    for row in rows:
        for name in row.names:
            marked = name.marked or (not name.used_by and fold(name.text) in common)
            home = row.country if name.home else ""
            entry = Entry("place", (row.id,), home, where=row.where, marked=marked)
            index.add(name.text, entry)
    return {row.id: row for row in rows}


def _load_seats(folder: Path, places: dict[str, PlaceRow], faults: list[Fault]) -> dict[str, str]:
    """The towns that governorates of another name are ruled from."""
    seats = {}
    for row in read_table(folder / "place_seats.tsv", ["place", "seat", "name_en"], faults):
        for column in ("place", "seat"):
            if row[column] not in places:
                faults.append(Fault(row.file, row.line, f"{row[column]!r} is no place"))
        seats[row["place"]] = row["seat"]
    return seats


def _check_actors(
    row: Row, ids: tuple[str, ...], actors: dict[str, ActorRow], faults: list[Fault]
) -> None:
    for actor in ids:
        if actor not in actors:
            faults.append(Fault(row.file, row.line, f"{actor!r} is no actor of actors.tsv"))


def _add_all(index: NameIndex[Entry], names: list[str], entry: Entry) -> None:
    for name in names:
        for spelt in _spellings(name):
            index.add(spelt, entry)


def _spellings(name: str) -> list[str]:
    """A name with each word marked ``~`` in all its inflections."""
    done = [""]
    for word in fold(name).split():
        forms = _inflected(word)
        done = [f"{left} {form}".strip() for left in done for form in forms]
    return done


def _inflected(word: str) -> list[str]:
    if not word.endswith("~"):
        return [word]
    stem = word[:-1]
    article = ARTICLE if stem.startswith(ARTICLE) else ""
    return [article + form for form in sorted(nisba_forms(stem[len(article) :]))]
