"""Kept answers with their versions, the library, and what happened to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _articles()
    _versions()
    _library()


def _owned() -> sa.Column[str]:
    """The id of the article that a row belongs to, and goes with."""
    article = sa.ForeignKey("articles.id", ondelete="CASCADE")
    return sa.Column("article", sa.String(32), article, primary_key=True)


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("last_version", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_articles_asked_at", "articles", ["asked_at"])


def _versions() -> None:
    op.create_table(
        "versions",
        _owned(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("evidence_digest", sa.String(64), nullable=False),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "cited",
        _owned(),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("document", sa.String(512), nullable=False),
    )
    op.create_index("cited_document", "cited", ["document"])


def _library() -> None:
    op.create_table(
        "library",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "article", sa.String(32), sa.ForeignKey("articles.id"), nullable=False, unique=True
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("listed_at", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("article", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
