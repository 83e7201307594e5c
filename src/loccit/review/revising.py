"""The text of an article after reviewers changed it: a fold as well, over its first text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from loccit.terms import Article, ArticleSection, Statement

__all__ = ["revised"]

ADDED = "added"
"""The kind of the section in which statements stand that a reviewer added."""


def revised(
    article: Article,
    *,
    struck: Iterable[str] = (),
    put: Iterable[Statement] = (),
    added: Iterable[Statement] = (),
    heading: str = "",
) -> Article:
    """The article without the ``struck`` statements, with those ``put`` in place of their like.

    ``added`` statements come last, in a section under ``heading``. Statements are known by id.
    """
    gone, by_id = frozenset(struck), {each.id: each for each in put}

    def changed(statements: tuple[Statement, ...]) -> Iterable[Statement]:
        return (by_id.get(each.id, each) for each in statements if each.id not in gone)

    article = article.with_statements(changed)
    more = tuple(added)
    if not more:
        return article
    kept = tuple(each for each in article.sections if each.kind != ADDED)
    before = tuple(s for each in article.sections if each.kind == ADDED for s in each.statements)
    section = ArticleSection(kind=ADDED, heading=heading, statements=(*before, *more))
    return replace(article, sections=(*kept, section))
