"""Which text of an article a reader is shown, and whether it may be read here at all.

Every page, export, list and answer of the API takes its texts from here, so that a deployment that
shows approved content only has one place to keep closed.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import Request

from loccit.delivery.web.behind import Behind
from loccit.delivery.web.identity import signed_in
from loccit.editorial import Editorial
from loccit.ports import Articles
from loccit.publication.kept_page import Near, Shown
from loccit.publication.showing import visible
from loccit.review import PublishedEdition, content_digest
from loccit.terms import (
    Article,
    ArticleVersion,
    Duty,
    KeptAnswer,
    NoSuchArticle,
    Person,
    Question,
)

__all__ = ["HIDDEN", "Readable", "articles_of", "place_of"]

WRITERS = frozenset({Duty.AUTHOR, Duty.REVIEWER, Duty.BOARD, Duty.ADMIN})
"""Roles that see drafts where readers see none."""
MOST_NEAR = 6
HIDDEN = "no approved text is here; only approved articles are shown on these pages"


def articles_of(behind: Behind) -> Articles:
    """The kept answers. Raises ``NoSuchArticle`` where none can be kept."""
    found = behind.articles()
    if found is None:
        raise NoSuchArticle("no answers are kept here")
    return found


class Readable:
    """The texts that whoever sent one request may read."""

    def __init__(self, request: Request, behind: Behind) -> None:
        self._request, self._behind = request, behind

    @property
    def editorial(self) -> Editorial | None:
        """The review of articles, where there is one."""
        return self._behind.editorial()

    def person(self) -> Person | None:
        """Who has signed in."""
        return signed_in(self._request, self._behind)

    @property
    def drafts(self) -> bool:
        """Whether texts that nobody approved may be shown."""
        if not self._behind.settings.approved_only:
            return True
        person = self.person()
        return person is not None and bool(person.duties & WRITERS)

    def newest(self, article: str) -> Shown:
        """The text of an article that readers are to have: its newest edition, if there is one.

        Raises ``NoSuchArticle``, also where nothing of it may be shown.
        """
        editorial = self.editorial
        editions = editorial.editions(article) if editorial else ()
        if editorial and editions:
            return self.edition(article, editions[-1].number)
        if not self.drafts:
            raise NoSuchArticle(HIDDEN)
        if editorial and self._kept(article) is None:
            return _draft(editorial, article)
        return self.version(article, 0)

    def version(self, article: str, number: int) -> Shown:
        """A kept version, which may be one that nobody approved. Raises as ``newest`` does."""
        if not self.drafts:
            raise NoSuchArticle(HIDDEN)
        kept = articles_of(self._behind).answer(article, number)
        return self.shown(kept)

    def shown(self, kept: KeptAnswer) -> Shown:
        """A kept answer with where its text stands."""
        editorial, answer = self.editorial, kept.answer
        reviewed = None
        if editorial and isinstance(answer, Article):
            reviewed = editorial.standing(kept.place.article, answer)
        return Shown(answer=answer, place=kept.place, reviewed=reviewed)

    def edition(self, article: str, number: int) -> Shown:
        """A published edition, which stays readable whatever became of its article.

        Raises ``NoSuchArticle``.
        """
        editorial = self.editorial
        if editorial is None:
            raise NoSuchArticle(f"{article}: nothing was published")
        text, edition = editorial.edition(article, number)
        return Shown(
            answer=text,
            place=place_of(article, edition, text),
            reviewed=editorial.standing(article, text),
            what="edition",
        )

    def canonical(self, question: Question) -> Shown | None:
        """The article that answers a question which reads the same, as far as it may be shown."""
        editorial = self.editorial
        name = editorial.canonical(question) if editorial else ""
        if not name:
            return None
        try:
            return self.newest(name)
        except NoSuchArticle:
            return None

    def near(self, question: Question) -> tuple[Near, ...]:
        """Articles in review on the same drugs and conditions, as far as they may be shown."""
        editorial = self.editorial
        if editorial is None:
            return ()
        found = []
        for name in editorial.near(question)[:MOST_NEAR]:
            review = editorial.review(name)
            if review.edition or self.drafts:
                found.append(
                    Near(
                        address=f"/articles/{name}",
                        title=visible(editorial.title(name)),
                        state=review.state,
                    )
                )
        return tuple(found)

    def _kept(self, article: str) -> KeptAnswer | None:
        articles = self._behind.articles()
        try:
            return articles.answer(article, 0) if articles else None
        except NoSuchArticle:
            return None


def _draft(editorial: Editorial, article: str) -> Shown:
    """The text in review of an article that was submitted without being kept."""
    text, ledger = editorial.text(article), editorial.ledger(article)
    last = ledger.decisions[-1]
    place = _place(article, last.number, last.at, text)
    return Shown(answer=text, place=place, reviewed=editorial.standing(article, text), what="draft")


def place_of(article: str, edition: PublishedEdition, text: Article) -> ArticleVersion:
    """Where an edition is, as kept versions have a place."""
    place = _place(article, edition.number, edition.at, text)
    return ArticleVersion(
        article=place.article,
        version=place.version,
        kept_at=place.kept_at,
        digest=place.digest,
        evidence_digest=place.evidence_digest,
        listed_at=place.kept_at,
    )


def _place(article: str, number: int, at: datetime, text: Article) -> ArticleVersion:
    return ArticleVersion(
        article=article,
        version=number,
        kept_at=at.replace(microsecond=0),
        digest=content_digest(text),
        evidence_digest=text.evidence_digest,
    )
