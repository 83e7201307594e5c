"""Answers that are kept to be read again, in a database beside the base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from loccit.ports import Articles
from loccit.terms import BaseError, LoccitError, NoSuchArticle
from loccit.wiring.settings import default_folder

__all__ = ["forget_articles", "open_articles", "remove_article"]


def open_articles(
    folder: Path | None, *, days: int, warn: Callable[[str], None]
) -> Articles | None:
    """The kept answers beside the base in ``folder``.

    Those outside the library are dropped ``days`` after they were last asked for (nought: never).
    Where the database cannot be used, ``warn`` is told why and there are none.
    """
    try:
        return _beside(folder or default_folder(), days=days)
    except (BaseError, OSError) as error:
        warn(f"{error}; until then no answer is kept")
        return None


def forget_articles(folder: Path | None = None) -> None:
    """Drop kept answers that are in no library, where any are kept. Raises ``BaseError``."""
    from loccit.backends.archive.forgetting import FILE, forget_in

    path = (folder or default_folder()) / FILE
    if path.exists():
        forget_in(path)


def remove_article(article: str, folder: Path | None = None) -> None:
    """Drop one kept answer with all its versions. Raises ``NoSuchArticle``, ``BaseError``."""
    place = folder or default_folder()
    if not (place / "articles.sqlite").exists():
        raise NoSuchArticle(f"no answers are kept in {place}")
    _beside(place, days=0).remove(article)


def _beside(place: Path, *, days: int) -> Articles:
    try:
        from loccit.backends.archive.opening import beside
        from loccit.backends.archive.sql_articles import SqlArticles
    except ImportError as missing:
        raise LoccitError(
            f"keeping answers needs {missing.name}, which is not installed; "
            "install loccit with its extra: loccit[web]"
        ) from None
    place.mkdir(parents=True, exist_ok=True)
    return SqlArticles(beside(place), days=days)
