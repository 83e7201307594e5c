"""The sources of an answer by kind and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from loccit.publication.pictures.axis import Axis, axis_of
from loccit.publication.pictures.picture import WIDTH, Picture, circle, drawing, line, text

__all__ = ["Dot", "by_year_picture"]

LEFT, PAD, TOP = 118.0, 5.0, 8.0
LARGE, SMALL = 8.5, 4.5
"""Radius of a dot: where there are few, each has room for its number."""
MANY = 16
FEWEST = 3
"""Sources below which a picture says no more than the list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """A source: its number in the list, its kind in words, its year."""

    number: int
    kind: str
    year: int
    is_current: bool


def by_year_picture(dots: Iterable[Dot], *, title: str, columns: tuple[str, ...]) -> Picture | None:
    """A row for each kind, a numbered dot for each source; none where a list says as much."""
    found = sorted(dots, key=lambda dot: (dot.year, dot.number))
    if len(found) < FEWEST or len({dot.year for dot in found}) < 2:  # noqa: PLR2004 - one year is no span
        return None
    axis = axis_of((float(dot.year) for dot in found), left=LEFT, right=WIDTH - 16, least=1.0)
    radius = LARGE if len(found) <= MANY else SMALL
    rows = _rows(found, axis, radius)
    height = TOP + sum(_height(row, radius) for row in rows.values())
    about = "; ".join(f"{dot.number}: {dot.kind}, {dot.year}" for dot in found)
    parts = (*_grid(axis, height), *_drawn(rows, axis, radius))
    return Picture(
        svg=drawing(parts, height=height + 22, title=title, about=about),
        title=title,
        columns=columns,
        rows=tuple((str(dot.number), dot.kind, str(dot.year)) for dot in found),
    )


def _rows(dots: Sequence[Dot], axis: Axis, radius: float) -> dict[str, list[list[Dot]]]:
    """The lanes of each kind, commonest kind first: dots of one lane do not touch."""
    rows: dict[str, list[list[Dot]]] = {}
    for kind, _ in Counter(dot.kind for dot in dots).most_common():
        lanes = rows.setdefault(kind, [])
        for dot in (each for each in dots if each.kind == kind):
            place = axis.at(dot.year)
            free = (lane for lane in lanes if place - axis.at(lane[-1].year) >= 2 * radius)
            lane = next(free, None)
            if lane is None:
                lanes.append([dot])
            else:
                lane.append(dot)
    return rows


def _height(lanes: Sequence[Sequence[Dot]], radius: float) -> float:
    return max(2 * radius * len(lanes), 2 * LARGE) + 2 * PAD


def _grid(axis: Axis, bottom: float) -> Iterator[Markup]:
    for mark in axis.marks:
        yield line(axis.at(mark), TOP, axis.at(mark), bottom, "grid")
        yield text(axis.at(mark), bottom + 15, f"{mark:.0f}", "quiet", anchor="middle")


def _drawn(rows: dict[str, list[list[Dot]]], axis: Axis, radius: float) -> Iterator[Markup]:
    top = TOP
    for kind, lanes in rows.items():
        height = _height(lanes, radius)
        first = top + (height - 2 * radius * len(lanes)) / 2 + radius
        yield text(LEFT - 14, top + height / 2 + 4, kind, anchor="end")
        for number, lane in enumerate(lanes):
            for dot in lane:
                yield from _dot(dot, axis.at(dot.year), first + 2 * radius * number, radius)
        top += height


def _dot(dot: Dot, x: float, y: float, radius: float) -> Iterator[Markup]:
    yield circle(x, y, radius - 0.5, "dot" if dot.is_current else "dot poor")
    if radius == LARGE:
        yield text(x, y + 3.8, str(dot.number), "in-dot", anchor="middle")
