"""Draws the figures of a speed run: milliseconds over passages, both in powers of ten, as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from typing import Any
from xml.sax.saxutils import escape

__all__ = ["of_sizes"]

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 40, 60
LOWEST, HIGHEST = 0.1, 1000.0
"""Milliseconds at the foot and at the head."""
Points = list[tuple[float, float]]
STYLES = (
    ("#0b3d91", "", "circle"),
    ("#0b3d91", "6 4", "circle"),
    ("#8a3b00", "", "square"),
    ("#00664f", "", "diamond"),
    ("#6b2a86", "2 3", "square"),
    ("#555555", "8 3 2 3", "diamond"),
    ("#a3004f", "", "circle"),
    ("#a3004f", "3 3", "square"),
)
"""Colour, dashes and mark of each line: no two differ by colour alone."""


def of_sizes(report: dict[str, Any]) -> str:
    """The plot of a report, with its figures in words for those who do not see it."""
    lines = {name: points for name, points in _lines(report["sizes"]) if len(points) > 1}
    told = "; ".join(
        f"{name}: " + ", ".join(f"{y:g} ms at {x:,.0f}" for x, y in points)
        for name, points in lines.items()
    )
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="title desc" font-family="sans-serif" font-size="12">'
    )
    parts = [
        opened,
        '<title id="title">Milliseconds of an answer by the number of passages</title>',
        f'<desc id="desc">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_frame([x for points in lines.values() for x, _ in points]),
        *(part for each in _drawn(lines) for part in each),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(sizes: list[dict[str, Any]]) -> Iterator[tuple[str, Points]]:
    def points(*path: str) -> Points:
        found = []
        for size in sizes:
            value: Any = size
            for name in path:
                value = value.get(name) if isinstance(value, dict) else None
            if value:
                found.append((float(size["passages"]), float(value)))
        return found

    yield "whole answer, p50", points("ask_ms", "p50")
    yield "whole answer, p95", points("ask_ms", "p95")
    yield "gather, p50", points("stages_ms", "gather", "p50")
    for name in ("tantivy", "bm25s", "vectors", "numpy"):
        yield f"{name} alone, p50", points("peers", name, "ms", "p50")


def _x(passages: float) -> float:
    return LEFT + (log10(passages) - 4) / 2.4 * (WIDTH - LEFT - RIGHT)


def _y(milliseconds: float) -> float:
    share = log10(min(max(milliseconds, LOWEST), HIGHEST) / LOWEST) / log10(HIGHEST / LOWEST)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _frame(passages: list[float]) -> Iterator[str]:
    for tick in (0.1, 1, 10, 100, 1000):
        y = _y(tick)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#cccccc"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:g} ms</text>'
    for x in sorted(set(passages)):
        yield f'<path d="M{_x(x):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#cccccc"/>'
        yield (
            f'<text x="{_x(x):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x:,.0f}</text>'
        )
    yield f'<text x="{LEFT}" y="{HEIGHT - 16}">passages in the base</text>'


def _drawn(lines: dict[str, Points]) -> Iterator[list[str]]:
    below = 0.0
    order = sorted(lines.items(), key=lambda line: _y(line[1][-1][1]))
    for (name, points), (colour, dashes, mark) in zip(order, STYLES, strict=False):
        places = [(_x(x), _y(y)) for x, y in points]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        at = below = max(places[-1][1] + 4, below + 15)
        stroke = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes or "none"}"'
        beside = f'x="{places[-1][0] + 10:.1f}" y="{at:.1f}" fill="{colour}"'
        yield [
            f'<path d="{path}" fill="none" {stroke}/>',
            *(_mark(mark, x, y, colour) for x, y in places),
            f"<text {beside}>{escape(name)}</text>",
        ]


def _mark(mark: str, x: float, y: float, colour: str) -> str:
    if mark == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    turned = f' transform="rotate(45 {x:.1f} {y:.1f})"' if mark == "diamond" else ""
    return (
        f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{colour}"{turned}/>'
    )
