"""The fixed messages on the dangers that a question states, for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from loccit.dangers import Danger, Origin, danger
from loccit.publication.page import Alert
from loccit.publication.words import Words
from loccit.terms import Audience, Question

__all__ = ["alerts_data", "alerts_of", "other_flags"]


def alerts_of(question: Question, audience: Audience, words: Words) -> tuple[Alert, ...]:
    """The messages as shown, word for word as their files hold them."""
    return tuple(
        Alert(
            title=each.title,
            message=each.message.for_reader(audience),
            provenance=_provenance(each, words),
        )
        for each in _known(question.red_flags)
    )


def other_flags(question: Question) -> tuple[str, ...]:
    """Flags without a message of their own: those told in a reader's own words."""
    return tuple(flag for flag in question.red_flags if danger(flag) is None)


def alerts_data(question: Question, audience: Audience) -> list[dict[str, Any]]:
    """The messages as data."""
    return [
        {
            "key": each.key,
            "title": each.title,
            "message": each.message.for_reader(audience),
            "owner": each.owner,
            "dated": each.dated.isoformat(),
            "review_by": each.review_by.isoformat(),
            "sources": [_origin_data(origin) for origin in each.origins],
        }
        for each in _known(question.red_flags)
    ]


def _known(keys: Iterable[str]) -> Iterator[Danger]:
    return (found for key in keys if (found := danger(key)))


def _provenance(each: Danger, words: Words) -> str:
    """Who answers for the message since when, and the pages that carry it."""
    pages = "; ".join(f"{origin.publisher}, {origin.url}" for origin in each.origins)
    dated = f"{each.owner}, {each.dated.isoformat()}"
    return f"{words.label('fixed_message')}: {dated}. {words.label('checked_against')}: {pages}"


def _origin_data(origin: Origin) -> dict[str, str]:
    return {
        "title": origin.title,
        "publisher": origin.publisher,
        "url": origin.url,
        "checked_on": origin.checked_on.isoformat(),
    }
