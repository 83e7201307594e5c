"""Digests of what is decided on: the exact text of an article, and the exact evidence under it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from loccit.terms import Article, Statement

__all__ = ["content_digest", "evidence_digest"]


def content_digest(article: Article) -> str:
    """SHA-256 of every word that a reader is shown as the article's, in order.

    The place of a statement counts too: the same sentence under another heading reads otherwise.
    """
    parts: list[Any] = [article.title, str(article.audience)]
    parts.append([_said(each) for each in article.bottom_line])
    parts.append([[s.heading, [_said(e) for e in s.statements]] for s in article.sections])
    parts.append([[s.drug, [_said(e) for e in s.statements]] for s in article.safety])
    parts.append([[c.point, [_said(e) for e in c.sides]] for c in article.conflicts])
    parts.append([_said(each) for each in article.background])
    return _digest(parts)


def evidence_digest(article: Article) -> str:
    """SHA-256 of every passage cited: its document's edition, its place and its words."""
    cited = {
        (c.locator.document, c.locator.sha256, c.locator.start, c.locator.end, c.quote)
        for statement in article.statements()
        for c in statement.citations
    }
    return _digest(sorted(cited))


def _said(statement: Statement) -> list[str]:
    return [
        statement.id,
        statement.text,
        statement.subject,
        statement.lead,
        statement.plain,
        statement.strength,
        statement.certainty,
        statement.scale,
    ]


def _digest(parts: Any) -> str:
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
