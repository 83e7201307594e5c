"""At which kidney function each dose of a label holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from markupsafe import Markup

from loccit.publication.pictures.axis import Axis, axis_of
from loccit.publication.pictures.picture import WIDTH, Picture, drawing, line, rect, text

__all__ = ["Band", "bands_picture"]

LEFT, ROW, TOP, BAR = 44.0, 34.0, 6.0, 9.0
FEWEST, MOST = 2, 12
NARROWEST = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """A stretch of clearance in mL/min, as its sentence says it; ``high`` may be without end."""

    number: int
    """Of the sentence."""
    said: str
    low: float
    high: float
    words: str


def bands_picture(
    bands: Iterable[Band], *, title: str, unit: str, columns: tuple[str, ...]
) -> Picture | None:
    """A bar for each band on one axis, highest function first; none for fewer than two."""
    found = sorted(dict.fromkeys(bands), key=lambda band: (-band.high, -band.low, band.number))
    if not FEWEST <= len({(band.low, band.high) for band in found}) <= MOST:
        return None
    ends = [end for band in found for end in (band.low, band.high) if end < inf]
    axis = axis_of((0.0, *ends, max(ends) * 1.2), left=LEFT, right=WIDTH - 12)
    height = TOP + ROW * len(found) + 34
    about = "; ".join(f"{band.said}: {band.words}" for band in found)
    return Picture(
        svg=drawing(_drawn(found, axis, unit), height=height, title=title, about=about),
        title=title,
        columns=columns,
        rows=tuple((str(band.number), band.said, band.words) for band in found),
    )


def _drawn(bands: Sequence[Band], axis: Axis, unit: str) -> Iterator[Markup]:
    bottom = TOP + ROW * len(bands)
    for mark in axis.marks:
        yield line(axis.at(mark), TOP, axis.at(mark), bottom, "grid")
        yield text(axis.at(mark), bottom + 14, f"{mark:g}", "quiet", anchor="middle")
    yield text((LEFT + WIDTH) / 2, bottom + 29, unit, "quiet", anchor="middle")
    for row, band in enumerate(bands):
        y = TOP + ROW * row
        first, last = axis.at(band.low), axis.at(band.high)
        yield text(LEFT - 12, y + 22, str(band.number), "number", anchor="end")
        yield text(min(first, WIDTH - 150), y + 12, band.said)
        yield rect(first, y + 17, max(last - first, NARROWEST), BAR, "band")
