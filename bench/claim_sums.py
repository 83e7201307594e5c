"""Sums over answers to claims: by half, by family of planted faults, and by the fault itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from loccit.measuring import ClaimRow, Confusion, Label

__all__ = ["HALVES", "by_half", "of_faults", "sums"]

HALVES = ("dev", "held_out")
DECISIONS = (Label.SUPPORT, Label.CONTRADICT)
DIGITS = 4


def by_half(rows: Sequence[ClaimRow], answers: Sequence[Label]) -> dict[str, dict[str, Any]]:
    """The sums of each half that has rows."""
    halves: dict[str, Confusion] = defaultdict(Confusion)
    for row, answer in zip(rows, answers, strict=True):
        halves[row.split or "all"].add(row.label, answer)
    return {half: sums(halves[half]) for half in (*HALVES, "all") if half in halves}


def sums(found: Confusion) -> dict[str, Any]:
    """Macro-F1, the share of contradictions named, the share of true claims not supported.

    ``decided`` is the share answered SUPPORT or CONTRADICT, ``right_of_decided`` the share of these
    that are labelled so. A share is None where no row could be in it.
    """
    labels = found.labels
    decided = sum(found.answered(label) for label in DECISIONS)
    right = sum(found.counts[label, label] for label in DECISIONS)
    return {
        "n": found.n,
        "macro_f1": round(found.macro_f1, DIGITS),
        "contradiction_recall": (
            round(found.recall(Label.CONTRADICT), DIGITS) if Label.CONTRADICT in labels else None
        ),
        "false_alarm_rate": (
            round(1 - found.recall(Label.SUPPORT), DIGITS) if Label.SUPPORT in labels else None
        ),
        "decided": round(decided / found.n, DIGITS),
        "right_of_decided": round(right / decided, DIGITS) if decided else None,
    }


def of_faults(rows: Sequence[ClaimRow], answers: Sequence[Label]) -> dict[str, dict[str, Any]]:
    """By family, and by family and fault: how many were caught and named right, in each half."""
    return {
        "families": _counted(rows, answers, lambda row: row.kind or ""),
        "faults": _counted(rows, answers, lambda row: f"{row.kind}/{row.fault}"),
    }


def _counted(
    rows: Iterable[ClaimRow], answers: Iterable[Label], group: Callable[[ClaimRow], str]
) -> dict[str, Any]:
    """``caught`` is what is not supported: of a true claim, a false alarm."""
    counts: dict[str, Any] = {}
    for row, answer in zip(rows, answers, strict=True):
        held = counts.setdefault(group(row), {"label": str(row.label)})
        half = held.setdefault(row.split or "all", {"n": 0, "caught": 0, "named_right": 0})
        half["n"] += 1
        half["caught"] += answer is not Label.SUPPORT
        half["named_right"] += answer is row.label
    return dict(sorted(counts.items()))
