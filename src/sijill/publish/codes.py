"""What other projects call our types, actors and countries: the tables of exchange."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from sijill.errors import Fault
from sijill.lexicon.tables import Row, knowledge_dir, raise_faults, read_table

_TYPES = (
    "type",
    "when",
    "words",
    "acled_disorder",
    "acled_event",
    "acled_sub_event",
    "plover_event",
    "plover_mode",
    "plover_context",
)
_ACTOR_CODES = ("what", "id", "acled_home", "acled_abroad", "ucdp", "plover")
_ACTORS = ("id", "parent", "kind", "label_en", "label_ar", "country")
_COUNTRIES = ("iso2", "iso3", "iso_number", "name", "acled_region", "ucdp_region", "gw")
_OUTLETS = ("id", "name", "kind", "aliases", "domain", "country")


class TypeCode(msgspec.Struct, frozen=True):
    """How ACLED and PLOVER call a type, and on which condition."""

    when: str
    words: tuple[str, ...]
    acled: tuple[str, str, str]
    plover: tuple[str, str, str]


class ActorCode(msgspec.Struct, frozen=True):
    """How ACLED (in its own country and elsewhere), UCDP and PLOVER sort an actor."""

    home: str = ""
    abroad: str = ""
    ucdp: str = ""
    plover: str = "UNK"


class Actor(msgspec.Struct, frozen=True):
    """An actor's label, kind, parent and country."""

    label: str
    kind: str
    parent: str
    country: str


class Country(msgspec.Struct, frozen=True):
    """A country in other projects' codes and words; empty where they have none."""

    iso3: str = ""
    number: str = ""
    name: str = ""
    acled_region: str = ""
    ucdp_region: str = ""
    gw: str = ""


class Codes(msgspec.Struct, frozen=True):
    """All tables of exchange, by our ids."""

    types: dict[str, list[TypeCode]]
    actor_codes: dict[str, ActorCode]
    kind_codes: dict[str, ActorCode]
    actors: dict[str, Actor]
    countries: dict[str, Country]
    outlets: dict[str, tuple[str, str]]

    def actor(self, ident: str) -> ActorCode:
        """The codes of an actor: its own, its nearest ancestor's, or those of its kind."""
        seen: set[str] = set()
        one = ident
        while one and one not in seen:
            if one in self.actor_codes:
                return self.actor_codes[one]
            seen.add(one)
            one = self.actors[one].parent if one in self.actors else ""
        return self.kind_codes.get(self._kind(ident), ActorCode())

    def inter(self, ident: str, country: str) -> str:
        """ACLED's code for an actor in ``country``; at home where it has no country."""
        code, home = self.actor(ident), self.home(ident)
        return code.home if home in ("", country) else code.abroad

    def home(self, ident: str) -> str:
        """The ISO code of an actor's country, or nothing."""
        return self.actors[ident].country if ident in self.actors else ""

    def label(self, ident: str) -> str:
        """An actor's English label, or its id."""
        return self.actors[ident].label if ident in self.actors else ident

    def within(self, ident: str, other: str) -> bool:
        """Whether ``ident`` is ``other`` or belongs to it."""
        seen: set[str] = set()
        while ident and ident not in seen:
            if ident == other:
                return True
            seen.add(ident)
            ident = self.actors[ident].parent if ident in self.actors else ""
        return False

    def country(self, iso2: str) -> Country:
        """A country's codes; all empty for what is no country."""
        return self.countries.get(iso2, Country())

    def _kind(self, ident: str) -> str:
        return self.actors[ident].kind if ident in self.actors else ""


@lru_cache(maxsize=1)
def load_codes() -> Codes:
    """Load the tables of exchange.

    Raises:
        KnowledgeError: with every fault, sorted by file and line.
    """
    faults: list[Fault] = []
    home = knowledge_dir()
    types: dict[str, list[TypeCode]] = {}
    for row in read_table(home / "exports.tsv", _TYPES, faults):
        types.setdefault(row["type"], []).append(_type_code(row))
    sorts = read_table(home / "actor_codes.tsv", _ACTOR_CODES, faults)
    codes = Codes(
        types=types,
        actor_codes={row["id"]: _actor_code(row) for row in sorts if row["what"] == "actor"},
        kind_codes={row["id"]: _actor_code(row) for row in sorts if row["what"] == "kind"},
        actors={
            row["id"]: Actor(row["label_en"], row["kind"], row["parent"], row["country"])
            for row in read_table(home / "actors.tsv", _ACTORS, faults)
        },
        countries={
            row["iso2"]: Country(*(row[column] for column in _COUNTRIES[1:]))
            for row in read_table(home / "country_codes.tsv", _COUNTRIES, faults)
        },
        outlets={
            row["id"]: (row["kind"], row["country"])
            for row in read_table(home / "outlets.tsv", _OUTLETS, faults)
        },
    )
    raise_faults(faults)
    return codes


def _type_code(row: Row) -> TypeCode:
    return TypeCode(
        row["when"],
        tuple(row.many("words")),
        (row["acled_disorder"], row["acled_event"], row["acled_sub_event"]),
        (row["plover_event"], row["plover_mode"], row["plover_context"]),
    )


def _actor_code(row: Row) -> ActorCode:
    return ActorCode(row["acled_home"], row["acled_abroad"], row["ucdp"], row["plover"] or "UNK")
