"""An answer at an address of its own: its page, which says where it stands, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from loccit.publication.as_json import as_data
from loccit.publication.exports.citations import ENDINGS
from loccit.publication.exports.json_ld import json_ld
from loccit.publication.json_parts import dumped
from loccit.publication.review_marks import holds
from loccit.publication.site import Asked, FactField, answer_page
from loccit.terms import Abstention, Article, ArticleVersion, KeptAnswer, Reviewed

__all__ = ["Kept", "Near", "Shown", "article_page", "kept_json", "moment", "place_data"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A text at its address: a kept version, a published edition, or the text in review.

    ``reviewed`` is where this text stands, and nothing where it is in no review.
    """

    answer: Article | Abstention
    place: ArticleVersion
    reviewed: Reviewed | None = None
    what: Literal["version", "edition", "draft"] = "version"

    @property
    def is_edition(self) -> bool:
        """Whether people approved it in full once."""
        return self.what == "edition"

    @property
    def address(self) -> str:
        """Where it is, from the root of the site."""
        own = f"/articles/{self.place.article}"
        part = {"version": "v", "edition": "editions"}.get(self.what)
        return f"{own}/{part}/{self.place.version}" if part else own


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """Another article on the same drugs and conditions."""

    address: str
    title: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What stands around a text: the kept versions, the oldest first, and what leads elsewhere.

    ``same_as`` is set where the reader asked in other words, and is what they asked.
    """

    versions: tuple[ArticleVersion, ...] = ()
    near: tuple[Near, ...] = ()
    same_as: Asked | None = None
    may_submit: bool = False

    @property
    def listed(self) -> ArticleVersion | None:
        """The version that is in the library, if one is."""
        return next((each for each in self.versions if each.listed_at), None)


def article_page(shown: Shown, asked: Asked, *, fields: tuple[FactField, ...], kept: Kept) -> str:
    """The page of a text at its address."""
    is_article, place = isinstance(shown.answer, Article), shown.place
    return answer_page(
        shown.answer,
        asked,
        fields=fields,
        template="site_article.html",
        followed=shown.what == "version",
        reviewed=shown.reviewed,
        kept=kept,
        shown=shown,
        approved=holds(shown.reviewed),
        article=f"/articles/{place.article}",
        is_newest=not kept.versions or place.version == kept.versions[-1].version,
        can_list=is_article and shown.what == "version" and _can_list(kept, place),
        can_submit=is_article and shown.reviewed is None and kept.may_submit,
        has_facts=bool(asked.facts),
        day=_day,
        endings=ENDINGS if is_article else (),
        data=json_ld(KeptAnswer(place=place, answer=shown.answer), shown.reviewed).replace(
            "<", "\\u003c"
        ),
    )


def _can_list(kept: Kept, place: ArticleVersion) -> bool:
    return kept.listed is None or kept.listed.version < place.version


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def kept_json(shown: Shown, *, same_question: bool = False) -> str:
    """The answer's own JSON, and under ``permalink`` which version of what it is.

    ``same_question`` tells that it was there before, and what was asked reads the same.
    """
    data = as_data(shown.answer, shown.reviewed)
    place = {**place_data(shown.place), "path": shown.address}
    return dumped({**data, "permalink": place, "same_question": same_question})


def place_data(place: ArticleVersion) -> dict[str, Any]:
    """Where a version is, from when it is, and whether it is in the library."""
    return {
        "article": place.article,
        "version": place.version,
        "path": f"/articles/{place.article}/v/{place.version}",
        "kept_at": moment(place.kept_at),
        "digest": place.digest,
        "listed_at": moment(place.listed_at) if place.listed_at else None,
    }


def moment(at: datetime) -> str:
    """A time in UTC as RFC 3339 has it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
