"""The tables of a record, as SQLAlchemy sees them; ``migrations`` makes them.

Rows are joined by small numbers (``n``) and named outside by ids that are hashes. A ``body`` is the
whole record as JSON; the columns beside it are what filters ask about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

#: The newest migration: a record that says another one is older or newer than this program.
HEAD = "r0003"
VERSION_TABLE = "sijill_version"

_NUL, _STAND_IN = "\x00", "\ufdd0"


class Words(sa.types.TypeDecorator[str]):
    """Text as it is. PostgreSQL knows no NUL: a code point that no text uses stands for it."""

    impl = sa.Text
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[str | None], str | None] | None:
        """How values are written; SQLite's as they are, without a call for each."""
        return _stand_in if dialect.name == "postgresql" else None

    def result_processor(
        self, dialect: sa.Dialect, coltype: object
    ) -> Callable[[str | None], str | None] | None:
        """How values are read."""
        return _as_meant if dialect.name == "postgresql" else None


def _stand_in(value: str | None) -> str | None:
    return value.replace(_NUL, _STAND_IN) if value else value


def _as_meant(value: str | None) -> str | None:
    return value.replace(_STAND_IN, _NUL) if value else value


metadata = sa.MetaData()


def _number(name: str = "n") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _link(name: str, to: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{to}.n"), **options)


def _text(name: str, null: bool = False, **options: Any) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=null, **options)


def _table(name: str, *parts: Any, rowid: bool = True) -> sa.Table:
    return sa.Table(name, metadata, *parts, sqlite_with_rowid=rowid)


#: Who wrote and who is writing: for the message to a second writer.
runs = _table(
    "runs",
    _number(),
    sa.Column("pid", sa.Integer, nullable=False),
    *map(_text, ("host", "by", "command", "program", "opened_at")),
    _text("closed_at", null=True),
)

#: What holds of the whole record, by name.
marks = _table("marks", _text("name", primary_key=True), _text("value"))

documents = _table(
    "documents",
    _number(),
    _text("id", unique=True),
    *map(_text, ("name", "url", "title", "text", "sha256", "outlet", "agency", "source")),
    sa.Column("line", sa.Integer),
    _text("published"),
    _text("day", null=True),
    *map(_text, ("basis", "read_at", "program", "issues", "extra", "family")),
    _text("superseded_by", null=True),
    _text("stated_outlet", null=True),
    sa.Index("documents_by_program", "program", "superseded_by"),
    sa.Index("documents_by_name", "name"),
    sa.Index("documents_by_outlet", "outlet", "day", "superseded_by"),
    sa.Index("documents_by_family", "family"),
)

#: Points of the map that something in the record lies at, each once.
places = _table(
    "places",
    _number(),
    _text("id"),
    sa.Column("lat", sa.Float),
    sa.Column("lon", sa.Float),
    _text("country"),
    sa.Index("places_by_id", "id"),
    sa.Index("places_by_country", "country"),
    sa.Index("places_by_point", "lat", "lon"),
)

testimonies = _table(
    "testimonies",
    _number(),
    _text("id", unique=True),
    _link("document", "documents", nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    *map(_text, ("since", "type", "status", "outlet", "speaker")),
    *(_text(name, null=True) for name in ("said_on", "first_day", "last_day")),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    _text("superseded_by"),
    _text("body"),
    sa.Index("testimonies_by_document", "document"),
    sa.Index("testimonies_by_type", "type", "first_day"),
    sa.Index("testimonies_by_day", "first_day"),
)

testimony_actors = _table(
    "testimony_actors",
    _link("testimony", "testimonies", primary_key=True),
    _text("role", primary_key=True),
    _text("actor", primary_key=True),
    sa.Index("testimony_actors_by_actor", "actor"),
    rowid=False,
)

testimony_places = _table(
    "testimony_places",
    _link("testimony", "testimonies", primary_key=True),
    _link("place", "places", primary_key=True),
    sa.Index("testimony_places_by_place", "place"),
    rowid=False,
)

#: Keys that ``link`` gives testimonies; testimonies that share one may tell of one event.
keys = _table(
    "keys",
    _text("key", primary_key=True),
    _link("testimony", "testimonies", primary_key=True),
    sa.Index("keys_by_testimony", "testimony"),
    rowid=False,
)

figures = _table(
    "figures",
    _link("testimony", "testimonies", primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    _text("kind"),
    _text("of"),
    sa.Index("figures_by_kind", "kind", "of"),
    rowid=False,
)

#: Bands of a document's MinHash: documents that share one may be copies.
signatures = _table(
    "signatures",
    sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
    _link("document", "documents", primary_key=True),
    rowid=False,
)

#: Documents that were compared with the rest of the record; the others wait for it.
linked = _table(
    "linked",
    _link("document", "documents", primary_key=True),
    rowid=False,
)

#: Testimonies whose events are to be assembled: new ones, and those whose family or text changed.
waiting = _table(
    "waiting",
    _link("testimony", "testimonies", primary_key=True),
    rowid=False,
)

copies = _table(
    "copies",
    _link("a", "documents", primary_key=True),
    _link("b", "documents", primary_key=True),
    _text("kind"),
    sa.Column("share", sa.Float, nullable=False),
    _text("agency"),
    sa.Index("copies_by_second", "b"),
    rowid=False,
)

pairs = _table(
    "pairs",
    _link("a", "testimonies", primary_key=True),
    _link("b", "testimonies", primary_key=True),
    sa.Column("score", sa.Float, nullable=False),
    _text("reasons"),
    sa.Index("pairs_by_second", "b"),
    rowid=False,
)

events = _table(
    "events",
    _number(),
    _text("id", unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    *map(_text, ("since", "type", "status", "standing")),
    *(_text(name, null=True) for name in ("first_day", "last_day", "first_said")),
    _link("place", "places"),
    sa.Column("killed_low", sa.Float),
    sa.Column("killed_high", sa.Float),
    sa.Column("outlets", sa.Integer, nullable=False),
    sa.Column("witnesses", sa.Integer, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    _text("replaced_by"),
    sa.Index("events_by_day", "first_day", "last_day", "id", "withdrawn"),
    sa.Index("events_by_type", "type", "first_day"),
    sa.Index("events_by_place", "place", "first_day"),
    sa.Index("events_by_killed", "killed_high"),
)

#: The wide columns of events, apart: filters then read few pages.
event_bodies = _table(
    "event_bodies",
    _link("event", "events", primary_key=True, autoincrement=False),
    _text("folded"),
    _text("body"),
)

event_actors = _table(
    "event_actors",
    _link("event", "events", primary_key=True),
    _text("role", primary_key=True),
    _text("actor", primary_key=True),
    sa.Index("event_actors_by_actor", "actor"),
    rowid=False,
)

members = _table(
    "members",
    _link("event", "events", primary_key=True),
    _link("testimony", "testimonies", primary_key=True),
    sa.Index("members_by_testimony", "testimony"),
    rowid=False,
)

#: Every state that is no more, of testimonies, events and control; only ever added to.
history = _table(
    "history",
    _number(),
    *map(_text, ("kind", "id")),
    sa.Column("version", sa.Integer, nullable=False),
    *map(_text, ("since", "until", "end", "successor", "body")),
    sa.Index("history_by_id", "kind", "id"),
)

control_series = _table(
    "control_series",
    _text("place", primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    *map(_text, ("since", "body")),
)

control = _table(
    "control",
    sa.Column("place", Words, sa.ForeignKey("control_series.place"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    *map(_text, ("state", "holder", "first_day")),
    _text("last_day", null=True),
    _text("body"),
    sa.Index("control_by_day", "first_day", "last_day"),
    rowid=False,
)

corrections = _table(
    "corrections",
    _number(),
    _text("id", unique=True),
    *map(_text, ("kind", "target", "field", "value", "why", "by", "at", "undoes")),
    sa.Index("corrections_by_target", "target"),
)
