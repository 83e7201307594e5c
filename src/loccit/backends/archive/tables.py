"""The tables of kept answers. ``migrations`` makes them; a test holds the two against each other.

Times are whole seconds since 1970 in UTC, which every database keeps alike.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "LEFT_OUT",
    "METADATA",
    "NUMBERED",
    "SAVED",
    "accounts",
    "articles",
    "attempts",
    "changes",
    "cited",
    "decisions",
    "invitations",
    "library",
    "people",
    "sessions",
    "texts",
    "versions",
]

METADATA = MetaData()

articles = Table(
    "articles",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("last_version", Integer, nullable=False),
    Column("asked_at", BigInteger, nullable=False, index=True),
)
"""``key`` names the question; ``asked_at`` is when it was asked last."""

versions = Table(
    "versions",
    METADATA,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kept_at", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("evidence_digest", String(64), nullable=False),
    Column("form", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("audience", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""``form`` names how ``body`` is written; ``words`` are what the library is searched by."""

cited = Table(
    "cited",
    METADATA,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("document", String(512), nullable=False),
    Index("cited_document", "document"),
)
"""The documents that a version stands on, in the order of its references."""

library = Table(
    "library",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("article", ForeignKey("articles.id"), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("listed_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)
"""The version of each article that is in the library; numbers grow and are never given twice."""

changes = Table(
    "changes",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("article", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("what", String(32), nullable=False),
    Column("title", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What happened to the library; rows are only ever added."""

decisions = Table(
    "decisions",
    METADATA,
    Column("article", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("action", String(32), nullable=False),
    Column("who", String(64), nullable=False),
    Column("duty", String(32), nullable=False),
    Column("at", String(40), nullable=False),
    Column("content", String(64), nullable=False),
    Column("evidence", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("passage", String(64), nullable=False),
    Column("due", String(10), nullable=True),
    Column("previous", String(64), nullable=False),
    Column("seal", String(64), nullable=False, unique=True),
    Column("text", ForeignKey("texts.digest"), nullable=False),
    Index("decisions_by_target", "action", "target"),
    Index("decisions_by_passage", "action", "passage"),
)
"""The ledgers: rows are only ever added. Times are kept as they were sealed, in ISO 8601."""

texts = Table(
    "texts",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("form", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Each text that was decided on, once."""

people = Table(
    "people",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("duties", Text, nullable=False),
    Column("credentials", Text, nullable=False),
    Column("interests", Text, nullable=False),
    Column("declared_on", String(10), nullable=True),
)
"""Who may decide; ``duties`` parted by blanks."""

accounts = Table(
    "accounts",
    METADATA,
    Column("person", String(64), primary_key=True),
    Column("password", String(255), nullable=False),
    Column("changed_at", BigInteger, nullable=True),
    Column("issuer", String(512), nullable=True),
    Column("subject", String(255), nullable=True),
    Column("locked", Boolean, nullable=False),
    UniqueConstraint("issuer", "subject", name="account_of_institution"),
)
"""How people sign in; ``password`` is a hash, empty where there is none."""

sessions = Table(
    "sessions",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("person", String(64), nullable=False, index=True),
    Column("duties", Text, nullable=False),
    Column("began_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)
"""Browsers in which somebody has signed in; ``digest`` is that of the token."""

attempts = Table(
    "attempts",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)
"""Failures in a row; ``name`` is a digest of the name, known or not."""

invitations = Table(
    "invitations",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("person", String(64), nullable=False, index=True),
    Column("until", BigInteger, nullable=False),
)
"""One-time codes to choose a password, as digests."""

SAVED = (articles, versions, cited, library, changes, texts, decisions, people, accounts)
"""What a backup holds, each table after those that its rows point to."""
LEFT_OUT = frozenset({"attempts", "invitations", "sessions"})
"""Tables that no backup holds and that a restore empties, such as who is signed in just now."""
NUMBERED = (library, changes)
"""Tables whose numbers are given by the database, and never twice."""
