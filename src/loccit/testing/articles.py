"""A fake of the kept answers, and what every ``Articles`` must do."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from loccit.ports import Articles
from loccit.terms import (
    Abstention,
    Article,
    ArticleCard,
    ArticleVersion,
    Audience,
    Citation,
    DocumentCard,
    DocumentId,
    KeptAnswer,
    LibraryChange,
    LibraryRequest,
    Locator,
    LoccitError,
    NoSuchArticle,
    PassageId,
    Question,
    QuestionKind,
    Reference,
    Role,
    SourceKind,
    Standing,
    Statement,
    StatementKind,
    UsageError,
)

__all__ = ["ARTICLE_CHECKS", "InMemoryArticles", "check_articles", "small_article", "small_stop"]


class InMemoryArticles:
    """``Articles`` in lists; each thing that happens takes a second."""

    def __init__(self) -> None:
        self._numbers, self._made = count(1), count(1)
        self._ids: dict[str, str] = {}
        self._held: dict[str, list[KeptAnswer]] = {}
        self._listed: dict[str, tuple[int, int, datetime]] = {}
        self._changes: list[LibraryChange] = []

    def keep(self, answer: Article | Abstention, *, key: str) -> KeptAnswer:
        """Keep an answer; see the port."""
        digest = hashlib.sha256(repr(answer).encode()).hexdigest()
        article = self._ids.setdefault(key, f"{next(self._made):016x}")
        held = self._held.setdefault(article, [])
        if not held or held[-1].place.digest != digest:
            place = ArticleVersion(
                article=article,
                version=len(held) + 1,
                kept_at=self._now(),
                digest=digest,
                evidence_digest=answer.evidence_digest,
            )
            held.append(KeptAnswer(place=place, answer=answer))
        return self.answer(article)

    def answer(self, article: str, version: int = 0) -> KeptAnswer:
        """An answer as it was kept. Raises ``NoSuchArticle``."""
        for kept in reversed(self._held.get(article, ())):
            if version in (0, kept.place.version):
                return replace(kept, place=self._placed(kept.place))
        raise NoSuchArticle(f"no answer {article!r} of version {version} is kept here")

    def versions(self, article: str) -> list[ArticleVersion]:
        """All versions, the oldest first. Raises ``NoSuchArticle``."""
        self.answer(article)
        return [self._placed(kept.place) for kept in self._held[article]]

    def publish(self, article: str, version: int) -> KeptAnswer:
        """Put a version into the library; see the port."""
        kept = self.answer(article, version)
        _, before, _ = self._listed.get(article, (0, 0, None))
        if isinstance(kept.answer, Abstention):
            raise UsageError("an honest stop holds nothing to review")
        if kept.place.version < before:
            raise UsageError(f"version {before} is in the library, which is newer")
        if kept.place.version != before:
            self._list(kept, "renewed" if before else "added")
        return self.answer(article, version)

    def _list(self, kept: KeptAnswer, what: str) -> None:
        assert isinstance(kept.answer, Article)
        place = kept.place
        note = self._note(place.article, place.version, what, kept.answer.title)
        self._listed[place.article] = (note.number, place.version, note.at)

    def _note(self, article: str, version: int, what: str, title: str) -> LibraryChange:
        note = LibraryChange(
            number=next(self._numbers),
            at=self._now(),
            article=article,
            version=version,
            what=what,
            title=title,
        )
        self._changes.append(note)
        return note

    def library(self, request: LibraryRequest) -> list[ArticleCard]:
        """Articles of the library that fit, the latest first."""
        cards = sorted(map(self._card, self._listed), key=lambda card: -card.number)
        return [card for card in cards if self._fits(card, request)][: request.limit]

    def changes(self, *, limit: int) -> list[LibraryChange]:
        """What happened to the library, the latest first."""
        return self._changes[::-1][:limit]

    def remove(self, article: str) -> None:
        """Drop an article whole; see the port."""
        last = self.answer(article).place.version
        del self._held[article]
        self._ids = {key: name for key, name in self._ids.items() if name != article}
        self._changes = [each for each in self._changes if each.article != article]
        if self._listed.pop(article, None):
            self._note(article, last, "removed", "")

    def forget(self) -> None:
        """Drop all that is not in the library."""
        listed = {name: version for name, (_, version, _) in self._listed.items()}
        for name, held in list(self._held.items()):
            self._held[name] = [kept for kept in held if kept.place.version == listed.get(name)]
        self._ids = {key: name for key, name in self._ids.items() if self._held[name]}

    def _now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(self._numbers))

    def _placed(self, place: ArticleVersion) -> ArticleVersion:
        _, version, at = self._listed.get(place.article, (0, 0, None))
        return replace(place, listed_at=at if version == place.version else None)

    def _card(self, article: str) -> ArticleCard:
        number, version, _ = self._listed[article]
        kept = self.answer(article, version)
        assert isinstance(kept.answer, Article)
        return ArticleCard(
            place=kept.place,
            number=number,
            title=kept.answer.title,
            kind=kept.answer.question.kind,
            audience=kept.answer.audience,
            documents=tuple(each.card.id for each in kept.answer.references),
        )

    def _fits(self, card: ArticleCard, request: LibraryRequest) -> bool:
        answer = self.answer(card.place.article, card.place.version).answer
        assert isinstance(answer, Article)
        text = "\n".join((card.title, *(line.text for line in answer.bottom_line))).casefold()
        return (
            all(word in text for word in request.words.casefold().split())
            and request.kind in (None, card.kind)
            and request.audience in (None, card.audience)
            and (not request.document or request.document in card.documents)
            and (not request.before or card.number < request.before)
        )


# --- small answers


def small_article(
    title: str = "How much examplamine?", *, document: str = "examplamine@1", evidence: str = "b1"
) -> Article:
    """An article of one sentence about a drug that does not exist."""
    question = Question(text=title, kind=QuestionKind.DOSING)
    citation = Citation(
        passage=PassageId("0123456789abcdef"),
        locator=Locator(document=DocumentId(document), sha256="0" * 64, start=0, end=24),
        quote="Take 5 mg of examplamine.",
        reference=1,
    )
    line = Statement(
        id="s1",
        text="Take 5 mg of examplamine.",
        role=Role.ANSWER,
        kind=StatementKind.DOSE,
        citations=(citation,),
    )
    return Article(
        id="0123456789abcdef",
        question=question,
        title=title,
        audience=Audience.CLINICIAN,
        bottom_line=(line,),
        sections=(),
        references=(Reference(number=1, card=_small_card(document)),),
        evidence_digest=evidence,
    )


def _small_card(document: str) -> DocumentCard:
    return DocumentCard(
        id=DocumentId(document),
        series=document.partition("@")[0],
        kind=SourceKind.LABEL,
        title="Examplamine tablets",
        publisher="Example Works",
        jurisdiction="",
        version="1",
        year=2024,
        effective_on=None,
        url="",
        standing=Standing.CURRENT,
        licence="",
        sha256="0" * 64,
        parser="made-up/1",
    )


def small_stop(text: str = "How much exemplone?") -> Abstention:
    """An honest stop on a question about a drug that does not exist."""
    question = Question(text=text, kind=QuestionKind.DOSING)
    return Abstention(question=question, reason="Nothing here speaks of it.", evidence_digest="b1")


# --- what every ``Articles`` must do


def check_articles(make: Callable[[], Articles]) -> None:
    """Run every check on empty ``Articles`` of its own. Raises ``AssertionError`` naming it."""
    for check in ARTICLE_CHECKS:
        try:
            check(make())
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _refusal(act: Callable[..., object], *named: object) -> type[LoccitError] | None:
    try:
        act(*named)
    except LoccitError as error:
        return type(error)
    return None


def _check_kept_as_given(articles: Articles) -> None:
    """An article and a stop come back as they were given, under ids of their own."""
    kept = articles.keep(small_article(), key="one")
    stop = articles.keep(small_stop(), key="two")
    assert kept.place.article != stop.place.article
    assert (kept.place.version, kept.place.listed_at) == (1, None)
    assert articles.answer(kept.place.article) == kept
    assert articles.answer(kept.place.article, 1).answer == small_article()
    assert articles.answer(stop.place.article).answer == small_stop()


def _check_versions(articles: Articles) -> None:
    """The same text again is the same version, another text the next; old ones stay readable."""
    first = articles.keep(small_article(), key="one")
    assert articles.keep(small_article(), key="one") == first
    second = articles.keep(small_article(evidence="b2"), key="one")
    third = articles.keep(small_article(), key="one")
    name = first.place.article
    assert [each.version for each in articles.versions(name)] == [1, 2, 3]
    assert articles.answer(name) == third
    assert articles.answer(name, 2) == second
    assert articles.answer(name, 1) == first
    assert second.place.digest != first.place.digest == third.place.digest


def _check_absent(articles: Articles) -> None:
    """What is not kept is refused, in whatever way it is asked for."""
    name = articles.keep(small_article(), key="one").place.article
    for article, version in (("", 0), ("one", 0), (name[:6], 0), (name, 2), (name + "x", 1)):
        assert _refusal(articles.answer, article, version) is NoSuchArticle
        assert _refusal(articles.publish, article, version or 9) is NoSuchArticle
    assert _refusal(articles.versions, "one") is NoSuchArticle


def _check_library(articles: Articles) -> None:
    """The library holds what was put there, the latest first, and tells of every change."""
    assert articles.library(LibraryRequest()) == []
    names = [
        articles.keep(small_article(f"Question {number}"), key=str(number)).place.article
        for number in range(3)
    ]
    assert articles.library(LibraryRequest()) == []
    for name in names[:2]:
        assert articles.publish(name, 1).place.listed_at is not None
    articles.publish(names[0], 1)
    assert [card.place.article for card in articles.library(LibraryRequest())] == names[1::-1]
    assert [(each.article, each.what) for each in articles.changes(limit=9)] == [
        (names[1], "added"),
        (names[0], "added"),
    ]


def _check_renewed(articles: Articles) -> None:
    """A newer version takes the place of the older, never the other way; stops do not enter."""
    name = articles.keep(small_article(), key="one").place.article
    articles.keep(small_article(evidence="b2"), key="one")
    articles.publish(name, 1)
    articles.publish(name, 2)
    assert [card.place.version for card in articles.library(LibraryRequest())] == [2]
    assert articles.answer(name, 1).place.listed_at is None
    assert _refusal(articles.publish, name, 1) is UsageError
    assert [each.what for each in articles.changes(limit=9)] == ["renewed", "added"]
    stop = articles.keep(small_stop(), key="two").place.article
    assert _refusal(articles.publish, stop, 1) is UsageError


def _check_found(articles: Articles) -> None:
    """Words, kind, audience and source narrow the list; signs of a query language mean nothing."""
    wanted = {}
    for number, title in enumerate(("Dose of examplamine", "Harm of exemplone 50%")):
        kept = articles.keep(small_article(title, document=f"d{number}@1"), key=title)
        articles.publish(kept.place.article, 1)
        wanted[number] = kept.place.article
    for request, found in (
        (LibraryRequest(words="EXAMPLAMINE  dose"), [wanted[0]]),
        (LibraryRequest(words="exemplone 50%"), [wanted[1]]),
        (LibraryRequest(words="%"), [wanted[1]]),
        (LibraryRequest(words="exempl_ne"), []),
        (LibraryRequest(document="d0@1"), [wanted[0]]),
        (LibraryRequest(document="d"), []),
        (LibraryRequest(kind=QuestionKind.DOSING, words="take"), [wanted[1], wanted[0]]),
        (LibraryRequest(kind=QuestionKind.SAFETY), []),
        (LibraryRequest(audience=Audience.PATIENT), []),
    ):
        assert [card.place.article for card in articles.library(request)] == found, request
    assert articles.library(LibraryRequest(document="d0@1"))[0].documents == ("d0@1",)


def _check_pages(articles: Articles) -> None:
    """Page after page gives each article once, in order."""
    for number in range(5):
        kept = articles.keep(small_article(f"Question {number}"), key=str(number))
        articles.publish(kept.place.article, 1)
    titles, before = [], 0
    while page := articles.library(LibraryRequest(before=before, limit=2)):
        titles += [card.title for card in page]
        before = page[-1].number
    assert titles == [f"Question {number}" for number in (4, 3, 2, 1, 0)]
    assert len(articles.changes(limit=3)) == 3  # noqa: PLR2004 - of five


def _check_forgotten(articles: Articles) -> None:
    """Forgetting drops what is outside the library, versions and all, and nothing else."""
    listed = articles.keep(small_article(), key="one").place.article
    articles.publish(listed, 1)
    articles.keep(small_article(evidence="b2"), key="one")
    other = articles.keep(small_article(), key="two").place.article
    articles.forget()
    assert [each.version for each in articles.versions(listed)] == [1]
    assert _refusal(articles.answer, other) is NoSuchArticle
    assert [card.place.article for card in articles.library(LibraryRequest())] == [listed]
    assert articles.keep(small_article(), key="two").answer == small_article()


def _check_removed(articles: Articles) -> None:
    """What is removed is gone from everywhere; that it was is told, and no word of it."""
    name = articles.keep(small_article("A secret"), key="one").place.article
    other = articles.keep(small_article("Another"), key="two").place.article
    unlisted = articles.keep(small_article("A third"), key="three").place.article
    for each in (name, other):
        articles.publish(each, 1)
    for each in (name, unlisted):
        articles.remove(each)
        assert _refusal(articles.answer, each) is NoSuchArticle
        assert _refusal(articles.remove, each) is NoSuchArticle
    assert [card.place.article for card in articles.library(LibraryRequest())] == [other]
    told = [(change.article, change.what, change.title) for change in articles.changes(limit=9)]
    assert told == [(name, "removed", ""), (other, "added", "Another")]
    assert articles.keep(small_article("A secret"), key="one").place.article != name


ARTICLE_CHECKS: tuple[Callable[[Articles], None], ...] = (
    _check_kept_as_given,
    _check_versions,
    _check_absent,
    _check_library,
    _check_renewed,
    _check_found,
    _check_pages,
    _check_forgotten,
    _check_removed,
)
"""What every ``Articles`` must pass, each on empty ones."""
