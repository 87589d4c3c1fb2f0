"""The first format of a record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

#: Words of events as they are folded: letters and digits, and nothing of them is cut off.
_SQLITE = (
    "CREATE VIRTUAL TABLE event_text USING fts5("
    "folded, content='event_bodies', content_rowid='event',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER event_text_new AFTER INSERT ON event_bodies BEGIN"
    " INSERT INTO event_text(rowid, folded) VALUES (new.event, new.folded); END",
    "CREATE TRIGGER event_text_changed AFTER UPDATE OF folded ON event_bodies BEGIN"
    " INSERT INTO event_text(event_text, rowid, folded) VALUES ('delete', old.event, old.folded);"
    " INSERT INTO event_text(rowid, folded) VALUES (new.event, new.folded); END",
    "CREATE VIRTUAL TABLE place_boxes USING rtree(n, south, north, west, east)",
    "CREATE TRIGGER place_boxes_new AFTER INSERT ON places WHEN new.lat IS NOT NULL BEGIN"
    " INSERT INTO place_boxes VALUES (new.n, new.lat, new.lat, new.lon, new.lon); END",
)
_POSTGRESQL = ("CREATE INDEX event_text ON event_bodies USING gin (to_tsvector('simple', folded))",)


def upgrade() -> None:
    """Make every table of an empty database."""
    _documents()
    _copies()
    _testimonies()
    _told()
    _events()
    _control()
    _past()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def _number() -> sa.Column[int]:
    return sa.Column("n", sa.Integer, nullable=False, autoincrement=False)


def _words(*names: str, null: bool = False, unique: bool | None = None) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=null, unique=unique) for name in names]


def _documents() -> None:
    op.create_table(
        "runs",
        _number(),
        sa.Column("pid", sa.Integer, nullable=False),
        *_words("host", "by", "command", "program", "opened_at"),
        *_words("closed_at", null=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "documents",
        _number(),
        *_words("id", unique=True),
        *_words("name", "url", "title", "text", "sha256", "outlet", "agency", "source"),
        sa.Column("line", sa.Integer, nullable=True),
        *_words("published"),
        *_words("day", null=True),
        *_words("basis", "read_at", "program", "issues", "extra", "family"),
        *_words("superseded_by", null=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("documents_by_family", "documents", ["family"])
    op.create_index("documents_by_name", "documents", ["name"])
    op.create_index("documents_by_outlet", "documents", ["outlet", "day", "superseded_by"])


def _copies() -> None:
    op.create_table(
        "signatures",
        sa.Column("hash", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column(
            "document",
            sa.Integer,
            sa.ForeignKey("documents.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.PrimaryKeyConstraint("hash", "document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "linked",
        sa.Column(
            "document",
            sa.Integer,
            sa.ForeignKey("documents.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.PrimaryKeyConstraint("document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column(
            "a", sa.Integer, sa.ForeignKey("documents.n"), nullable=False, autoincrement=False
        ),
        sa.Column(
            "b", sa.Integer, sa.ForeignKey("documents.n"), nullable=False, autoincrement=False
        ),
        *_words("kind"),
        sa.Column("share", sa.Float, nullable=False),
        *_words("agency"),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("copies_by_second", "copies", ["b"])


def _testimonies() -> None:
    op.create_table(
        "places",
        _number(),
        *_words("id"),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        *_words("country"),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("places_by_country", "places", ["country"])
    op.create_index("places_by_id", "places", ["id"])
    op.create_index("places_by_point", "places", ["lat", "lon"])
    op.create_table(
        "testimonies",
        _number(),
        *_words("id", unique=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.n"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("since", "type", "status", "outlet", "speaker"),
        *_words("said_on", "first_day", "last_day", null=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        *_words("superseded_by", "body"),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("testimonies_by_day", "testimonies", ["first_day"])
    op.create_index("testimonies_by_document", "testimonies", ["document"])
    op.create_index("testimonies_by_type", "testimonies", ["type", "first_day"])
    op.create_table(
        "testimony_actors",
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        *_words("role", "actor"),
        sa.PrimaryKeyConstraint("testimony", "role", "actor"),
        sqlite_with_rowid=False,
    )
    op.create_index("testimony_actors_by_actor", "testimony_actors", ["actor"])
    op.create_table(
        "testimony_places",
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column(
            "place", sa.Integer, sa.ForeignKey("places.n"), nullable=False, autoincrement=False
        ),
        sa.PrimaryKeyConstraint("testimony", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("testimony_places_by_place", "testimony_places", ["place"])


def _told() -> None:
    op.create_table(
        "figures",
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        *_words("kind", "of"),
        sa.PrimaryKeyConstraint("testimony", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("figures_by_kind", "figures", ["kind", "of"])
    op.create_table(
        "keys",
        *_words("key"),
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.PrimaryKeyConstraint("key", "testimony"),
        sqlite_with_rowid=False,
    )
    op.create_index("keys_by_testimony", "keys", ["testimony"])
    op.create_table(
        "pairs",
        sa.Column(
            "a", sa.Integer, sa.ForeignKey("testimonies.n"), nullable=False, autoincrement=False
        ),
        sa.Column(
            "b", sa.Integer, sa.ForeignKey("testimonies.n"), nullable=False, autoincrement=False
        ),
        sa.Column("score", sa.Float, nullable=False),
        *_words("reasons"),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index("pairs_by_second", "pairs", ["b"])


def _events() -> None:
    op.create_table(
        "events",
        _number(),
        *_words("id", unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("since", "type", "status", "standing"),
        *_words("first_day", "last_day", "first_said", null=True),
        sa.Column("place", sa.Integer, sa.ForeignKey("places.n"), nullable=True),
        sa.Column("killed_low", sa.Float, nullable=True),
        sa.Column("killed_high", sa.Float, nullable=True),
        sa.Column("outlets", sa.Integer, nullable=False),
        sa.Column("witnesses", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        *_words("replaced_by"),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("events_by_day", "events", ["first_day", "last_day", "id", "withdrawn"])
    op.create_index("events_by_killed", "events", ["killed_high"])
    op.create_index("events_by_place", "events", ["place", "first_day"])
    op.create_index("events_by_type", "events", ["type", "first_day"])
    op.create_table(
        "event_bodies",
        sa.Column(
            "event", sa.Integer, sa.ForeignKey("events.n"), nullable=False, autoincrement=False
        ),
        *_words("folded", "body"),
        sa.PrimaryKeyConstraint("event"),
    )
    op.create_table(
        "event_actors",
        sa.Column(
            "event", sa.Integer, sa.ForeignKey("events.n"), nullable=False, autoincrement=False
        ),
        *_words("role", "actor"),
        sa.PrimaryKeyConstraint("event", "role", "actor"),
        sqlite_with_rowid=False,
    )
    op.create_index("event_actors_by_actor", "event_actors", ["actor"])
    op.create_table(
        "members",
        sa.Column(
            "event", sa.Integer, sa.ForeignKey("events.n"), nullable=False, autoincrement=False
        ),
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.PrimaryKeyConstraint("event", "testimony"),
        sqlite_with_rowid=False,
    )
    op.create_index("members_by_testimony", "members", ["testimony"])


def _control() -> None:
    op.create_table(
        "control_series",
        *_words("place"),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("since", "body"),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "control",
        sa.Column("place", sa.Text, sa.ForeignKey("control_series.place"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        *_words("state", "holder", "first_day"),
        *_words("last_day", null=True),
        *_words("body"),
        sa.PrimaryKeyConstraint("place", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("control_by_day", "control", ["first_day", "last_day"])


def _past() -> None:
    op.create_table(
        "history",
        _number(),
        *_words("kind", "id"),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("since", "until", "end", "successor", "body"),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("history_by_id", "history", ["kind", "id"])
    op.create_table(
        "corrections",
        _number(),
        *_words("id", unique=True),
        *_words("kind", "target", "field", "value", "why", "by", "at", "undoes"),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("corrections_by_target", "corrections", ["target"])
