"""An answer that is kept: its page, which says where it stands, and its JSON, which does too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from loccit.publication.as_json import as_data
from loccit.publication.exports.citations import ENDINGS
from loccit.publication.exports.json_ld import json_ld
from loccit.publication.json_parts import dumped
from loccit.publication.site import Asked, FactField, answer_page
from loccit.terms import Abstention, Article, ArticleVersion, KeptAnswer

__all__ = ["Kept", "article_page", "kept_json", "moment", "place_data"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """Which version of a kept answer is shown, and which there are, the oldest first."""

    place: ArticleVersion
    versions: tuple[ArticleVersion, ...]

    @property
    def listed(self) -> ArticleVersion | None:
        """The version that is in the library, if one is."""
        return next((each for each in self.versions if each.listed_at), None)

    @property
    def is_newest(self) -> bool:
        """Whether no newer version is kept."""
        return self.place.version == self.versions[-1].version


def article_page(
    answer: Article | Abstention, asked: Asked, *, fields: tuple[FactField, ...], kept: Kept
) -> str:
    """The page of a kept answer."""
    is_article = isinstance(answer, Article)
    return answer_page(
        answer,
        asked,
        fields=fields,
        template="site_article.html",
        kept=kept,
        address=f"/articles/{kept.place.article}",
        can_list=is_article and _can_list(kept),
        has_facts=bool(asked.facts),
        day=_day,
        endings=ENDINGS if is_article else (),
        data=json_ld(KeptAnswer(place=kept.place, answer=answer)).replace("<", "\\u003c"),
    )


def _can_list(kept: Kept) -> bool:
    return kept.listed is None or kept.listed.version < kept.place.version


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def kept_json(kept: KeptAnswer) -> str:
    """The answer's own JSON, and under ``permalink`` which version of what it is."""
    return dumped({**as_data(kept.answer), "permalink": place_data(kept.place)})


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
