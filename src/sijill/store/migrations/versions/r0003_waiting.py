"""Testimonies that wait for their events: comparing and assembling are kept apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing waits in a record that was linked before."""
    op.create_table(
        "waiting",
        sa.Column(
            "testimony",
            sa.Integer,
            sa.ForeignKey("testimonies.n"),
            nullable=False,
            autoincrement=False,
        ),
        sa.PrimaryKeyConstraint("testimony"),
        sqlite_with_rowid=False,
    )
