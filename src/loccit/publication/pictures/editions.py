"""The editions of one source over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from loccit.publication.pictures.axis import Axis, axis_of
from loccit.publication.pictures.picture import WIDTH, Picture, circle, drawing, line, text

__all__ = ["EditionMark", "editions_picture"]

LEFT, LINE = 20.0, 44.0
HEIGHT = 86.0
FEWEST = 2
DAYS = 365.25
CLOSE = 62.0


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionMark:
    """An edition: when it came into force, its name and standing, and whether it is shown."""

    day: date
    name: str
    standing: str
    is_shown: bool
    is_current: bool

    @property
    def year(self) -> float:
        """The day as a year and its part."""
        return self.day.year + (self.day.timetuple().tm_yday - 1) / DAYS


def editions_picture(
    marks: Iterable[EditionMark], *, title: str, columns: tuple[str, ...]
) -> Picture | None:
    """A dot for each edition on a line of years; none for a single one."""
    found = sorted(marks, key=lambda mark: mark.day)
    if len({mark.day for mark in found}) < FEWEST:
        return None
    axis = axis_of((mark.year for mark in found), left=LEFT, right=WIDTH - LEFT, least=1.0)
    about = "; ".join(f"{mark.day.isoformat()}: {mark.name}, {mark.standing}" for mark in found)
    return Picture(
        svg=drawing(_drawn(found, axis), height=HEIGHT, title=title, about=about),
        title=title,
        columns=columns,
        rows=tuple((mark.day.isoformat(), mark.name, mark.standing) for mark in found),
    )


def _drawn(marks: Sequence[EditionMark], axis: Axis) -> Iterator[Markup]:
    yield line(LEFT, LINE, WIDTH - LEFT, LINE, "axis")
    for mark in axis.marks:
        yield line(axis.at(mark), LINE - 4, axis.at(mark), LINE + 4, "axis")
        yield text(axis.at(mark), LINE + 34, f"{mark:g}", "quiet", anchor="middle")
    before = -CLOSE
    for each in marks:
        x = axis.at(each.year)
        if x - before >= CLOSE or each.is_shown:
            above = x - before >= CLOSE
            yield text(
                _kept(x), LINE - 14 if above else LINE + 20, each.day.isoformat(), anchor="middle"
            )
            before = x if above else before
        kind = "dot" if each.is_current else "dot poor"
        yield circle(x, LINE, 8 if each.is_shown else 5.5, kind)


def _kept(x: float) -> float:
    """Where a date of ten characters has room."""
    return min(max(x, 32.0), WIDTH - 32.0)
