"""A scale from values to places, and where it is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

__all__ = ["Axis", "axis_of"]

STEPS = (1, 2, 5, 10)
NEAR = 1e-9
"""What a number that was computed may be off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """Values from ``low`` to ``high`` on places from ``left`` to ``right``."""

    low: float
    high: float
    left: float
    right: float
    step: float

    def at(self, value: float) -> float:
        """The place of a value; those outside stand at the end."""
        kept = min(max(value, self.low), self.high)
        return self.left + (kept - self.low) / (self.high - self.low) * (self.right - self.left)

    @property
    def marks(self) -> tuple[float, ...]:
        """The round values on it."""
        first, last = ceil(self.low / self.step - NEAR), floor(self.high / self.step + NEAR)
        return tuple(n * self.step for n in range(first, last + 1))


def axis_of(
    values: Iterable[float], *, left: float, right: float, least: float = 0.0, most: int = 5
) -> Axis:
    """An axis from the lowest to the highest value, with about ``most`` round marks or fewer.

    No two marks are nearer than ``least``; where all values are one, there is room beside it.

    >>> axis_of([2016, 2024], left=0, right=100).marks
    (2016.0, 2018.0, 2020.0, 2022.0, 2024.0)
    """
    found = sorted(values)
    low, high = float(found[0]), float(found[-1])
    step = max(_step(max(high - low, 1.0) / (most - 1)), least)
    if floor(high / step + NEAR) - ceil(low / step - NEAR) < 1:
        low, high = floor(low / step) * step, (floor(high / step) + 1) * step
    return Axis(low=low, high=high, left=left, right=right, step=step)


def _step(rough: float) -> float:
    """The smallest round number that is not below ``rough``."""
    size = 10.0 ** floor(log10(rough))
    return next(size * each for each in STEPS if size * each >= rough * (1 - NEAR))
