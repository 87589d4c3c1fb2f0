"""Marks of the whole record, the outlet as articles stated it, documents by what read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; of documents read before, nobody knows what outlet they stated."""
    op.create_table(
        "marks",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("documents", sa.Column("stated_outlet", sa.Text, nullable=True))
    op.create_index("documents_by_program", "documents", ["program", "superseded_by"])
