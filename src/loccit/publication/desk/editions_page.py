"""The published editions of an article: when, by whom, and what changed since the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loccit.publication.as_html import filled
from loccit.publication.desk.desk_data import change_data
from loccit.publication.desk.ledger_lines import Told
from loccit.publication.review_marks import signed_by, status_of
from loccit.publication.showing import visible
from loccit.terms import Reviewed

__all__ = ["EditionRow", "editions_data", "editions_page"]


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRow:
    """An edition, where it stands now, and how it differs from the one before."""

    number: int
    at: datetime
    review_by: date | None
    reviewed: Reviewed
    told: tuple[Told, ...] = ()

    @property
    def signed(self) -> tuple[str, ...]:
        """Who approved it."""
        return tuple(signed_by(each) for each in self.reviewed.signed)


def editions_page(article: str, title: str, rows: Sequence[EditionRow]) -> str:
    """The page, the newest edition first."""
    return filled(
        "desk_editions.html",
        article=article,
        title=visible(title),
        rows=tuple(reversed(rows)),
        status=status_of(rows[-1].reviewed),
    )


def editions_data(article: str, title: str, rows: Sequence[EditionRow]) -> dict[str, Any]:
    """The same as data, the first edition first."""
    return {
        "article": article,
        "title": title,
        "editions": [
            {
                "number": each.number,
                "path": f"/articles/{article}/editions/{each.number}",
                "approved_at": each.at.isoformat(),
                "review_by": each.review_by.isoformat() if each.review_by else None,
                "state": str(each.reviewed.state),
                "by": list(each.signed),
                "changes": [change_data(told) for told in each.told],
            }
            for each in rows
        ],
    }
