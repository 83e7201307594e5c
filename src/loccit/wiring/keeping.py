"""Answers that are kept to be read again, in the database of the deployment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from loccit.ports import Articles
from loccit.terms import BaseError, NoSuchArticle, UsageError
from loccit.wiring.settings import database_of, default_folder, is_database_elsewhere

if TYPE_CHECKING:
    from loccit.backends.archive.sql_articles import SqlArticles

__all__ = ["forget_articles", "open_articles", "remove_article"]


def open_articles(
    folder: Path | None, *, days: int, warn: Callable[[str], None]
) -> Articles | None:
    """The kept answers beside the base in ``folder``, or at ``LOCCIT_DATABASE``.

    Those outside the library are dropped ``days`` after they were last asked for (nought: never).
    Where the database cannot be used, ``warn`` is told why and there are none.
    """
    try:
        return _opened(folder, days=days)
    except (BaseError, UsageError, OSError) as error:
        warn(f"{error}; until then no answer is kept")
        return None


def forget_articles(folder: Path | None = None) -> None:
    """Drop kept answers that are in no library, where any are kept. Raises ``BaseError``."""
    from loccit.backends.archive.forgetting import FILE, forget_in

    path = (folder or default_folder()) / FILE
    if path.exists():  # also one from before the setting was made: nobody expects it to stay
        forget_in(path)
    if is_database_elsewhere():
        articles = _opened(folder, days=0)
        articles.forget()
        articles.close()


def remove_article(article: str, folder: Path | None = None) -> None:
    """Drop one kept answer with all its versions. Raises ``NoSuchArticle``, ``BaseError``."""
    place = folder or default_folder()
    if not is_database_elsewhere() and not (place / "articles.sqlite").exists():
        raise NoSuchArticle(f"no answers are kept in {place}")
    articles = _opened(folder, days=0)
    articles.remove(article)
    articles.close()


def _opened(folder: Path | None, *, days: int) -> SqlArticles:
    url = database_of(folder, what="keeping answers")
    from loccit.backends.archive.sql_articles import SqlArticles

    return SqlArticles(url, days=days)
