"""Precision, recall and F1 of answers against labels. Knows nothing of what is labelled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Confusion"]


@dataclass(slots=True)
class Confusion:
    """How often each label was answered by which; shares are from 0 to 1.

    A share of nothing is 0: the precision of a label that was never answered, the recall of one
    that no row has.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, label: str, answer: str, times: int = 1) -> None:
        """Count an answer to a row of this label."""
        self.counts[label, answer] += times

    @property
    def n(self) -> int:
        """Rows counted."""
        return self.counts.total()

    @property
    def labels(self) -> frozenset[str]:
        """Labels that some row has; an answer alone makes no label."""
        return frozenset(label for (label, _), count in self.counts.items() if count)

    def of(self, label: str) -> int:
        """Rows of this label."""
        return sum(count for (held, _), count in self.counts.items() if held == label)

    def answered(self, answer: str) -> int:
        """Rows that were answered so."""
        return sum(count for (_, given), count in self.counts.items() if given == answer)

    def precision(self, label: str) -> float:
        """Of the rows answered so, the share that have this label."""
        return _share(self.counts[label, label], self.answered(label))

    def recall(self, label: str) -> float:
        """Of the rows of this label, the share answered so."""
        return _share(self.counts[label, label], self.of(label))

    def f1(self, label: str) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.counts[label, label], self.of(label) + self.answered(label))

    @property
    def macro_f1(self) -> float:
        """Mean of F1 over the labels present, each counting the same however many rows it has."""
        return _share(sum(map(self.f1, sorted(self.labels))), len(self.labels))

    @property
    def correct(self) -> int:
        """Rows answered as labelled."""
        return sum(count for (label, answer), count in self.counts.items() if label == answer)


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
