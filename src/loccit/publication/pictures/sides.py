"""The two sides of a disagreement: by their years, or by the amounts that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from loccit.publication.pictures.axis import Axis, axis_of
from loccit.publication.pictures.picture import WIDTH, Picture, circle, drawing, line, rect, text

__all__ = ["SideMark", "sides_picture"]

LEFT, ROW, TOP, BAR = 14.0, 36.0, 6.0, 9.0
SIDES = 2
"""A picture of more says less than their words."""
NARROWEST = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SideMark:
    """A side: who says it, what it says in short, and the values it stands at.

    ``low`` and ``high`` are years where sides differ in direction, else ends of an amount.
    """

    issuer: str
    said: str
    low: float
    high: float


def sides_picture(
    sides: Sequence[SideMark], *, title: str, unit: str, columns: tuple[str, ...]
) -> Picture | None:
    """Each side on its own row over one axis; none where both stand at the same place."""
    places = {(side.low, side.high) for side in sides}
    if len(sides) != SIDES or len(places) < SIDES:
        return None
    ends = [end for side in sides for end in (side.low, side.high)]
    start = ends if unit == "" else [0.0, *ends]
    axis = axis_of(start, left=LEFT + 6, right=WIDTH - 20, least=0.0 if unit else 1.0)
    about = "; ".join(f"{side.issuer}: {side.said}" for side in sides)
    return Picture(
        svg=drawing(
            _drawn(sides, axis, unit),
            height=TOP + ROW * len(sides) + (34 if unit else 20),
            title=title,
            about=about,
        ),
        title=title,
        columns=columns,
        rows=tuple((side.issuer, side.said) for side in sides),
    )


def _drawn(sides: Sequence[SideMark], axis: Axis, unit: str) -> Iterator[Markup]:
    bottom = TOP + ROW * len(sides)
    for mark in axis.marks:
        yield line(axis.at(mark), TOP, axis.at(mark), bottom, "grid")
        yield text(axis.at(mark), bottom + 14, f"{mark:g}", "quiet", anchor="middle")
    if unit:
        yield text((LEFT + WIDTH) / 2, bottom + 29, unit, "quiet", anchor="middle")
    for row, side in enumerate(sides):
        y, kind = TOP + ROW * row, "side-one" if row == 0 else "side-other"
        first, last = axis.at(side.low), axis.at(side.high)
        yield text(LEFT, y + 12, f"{side.issuer}: {side.said}" if unit else side.issuer)
        if first == last:
            yield circle(first, y + 23, 6, kind)
        else:
            yield rect(first, y + 18, max(last - first, NARROWEST), BAR, kind)
