"""The ledgers of review, the texts decided on, and the people who decide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _texts()
    _decisions()
    _people()


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("article", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("duty", sa.String(32), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("evidence", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("passage", sa.String(64), nullable=False),
        sa.Column("due", sa.String(10), nullable=True),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False, unique=True),
        sa.Column("text", sa.String(64), sa.ForeignKey("texts.digest"), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("duties", sa.Text, nullable=False),
        sa.Column("credentials", sa.Text, nullable=False),
        sa.Column("interests", sa.Text, nullable=False),
        sa.Column("declared_on", sa.String(10), nullable=True),
    )
