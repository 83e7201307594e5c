"""Review as data, for programs: what waits, where an article stands, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from loccit.publication.desk.desk_page import DeskView, Passage, numbers_of
from loccit.publication.desk.differences_page import Differences
from loccit.publication.desk.ledger_lines import Line, Told
from loccit.publication.desk.queue_page import Waiting
from loccit.publication.review_marks import status_data

__all__ = ["change_data", "desk_data", "differences_data", "passages_found", "queue_data"]

_TOLD = ("at", "who", "role", "action", "target", "words", "reason", "passage")
"""What a line of a ledger tells programs, beside its number."""


def queue_data(rows: Sequence[Waiting]) -> dict[str, Any]:
    """The queue, the most pressing first."""
    return {"articles": [_waiting(row) for row in rows]}


def _waiting(row: Waiting) -> dict[str, Any]:
    dates = {"due": row.due, "review_by": row.review_by}
    told = {name: day.isoformat() if day else None for name, day in dates.items()}
    return {**asdict(row), **told, "state": str(row.state)}


def desk_data(view: DeskView) -> dict[str, Any]:
    """Where an article stands, its sentences and its ledger.

    ``head`` is to be sent back with a decision, so that nobody decides on what was overtaken.
    """
    review, numbers = view.review, numbers_of(view.text)
    said = {each.id: each for each in view.text.statements()}
    return {
        "article": view.article,
        "title": view.text.title,
        "head": view.head,
        "state": str(review.state),
        "status": status_data(view.reviewed),
        "assigned": review.assigned,
        "due": review.due.isoformat() if review.due else None,
        "approvals": len(review.approvals),
        "needed": view.needed,
        "may": sorted(str(each) for each in view.may),
        "statements": [
            {
                "number": number,
                "id": name,
                "text": said[name].text,
                "verdict": str(said[name].verdict),
                "passages": [str(each.passage) for each in said[name].citations],
                "accepted": name in review.accepted,
                "open": name in review.open,
            }
            for name, number in numbers.items()
        ],
        "ledger": [_line(each) for each in view.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {name: str(getattr(line, name)) for name in _TOLD} | {"number": line.number}


def differences_data(found: Differences) -> dict[str, Any]:
    """What differs between two texts, by sentence and by word."""
    return {
        "article": found.article,
        "older": found.older,
        "newer": found.newer,
        "same": found.same,
        "changes": [change_data(each) for each in found.told],
    }


def change_data(told: Told) -> dict[str, Any]:
    """One sentence that differs."""
    return {
        "kind": told.kind,
        "statement": told.statement,
        "before": told.before,
        "after": told.after,
        "parts": [{"words": words, "became": became} for words, became in told.parts],
    }


def passages_found(found: Sequence[Passage]) -> dict[str, Any]:
    """Passages of the sources cited that could be quoted."""
    return {"passages": [asdict(each) for each in found]}
