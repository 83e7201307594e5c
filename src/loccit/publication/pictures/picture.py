"""A picture as a page shows it, and the elements it is made of.

Colours come from classes, so that they follow the theme; no element has a style of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["WIDTH", "Picture", "circle", "drawing", "line", "rect", "text"]

WIDTH = 360.0
"""Units across; small, so that words stay legible on a narrow screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An SVG with its title, and its values as a table for who does not see it."""

    svg: Markup
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawing(parts: Iterable[Markup], *, height: float, title: str, about: str) -> Markup:
    """An SVG around its parts; ``title`` names it and ``about`` says what it shows."""
    opened = Markup('<svg class="picture" viewBox="0 0 {} {}" role="img" aria-label="{}">')
    named = Markup("<title>{}</title><desc>{}</desc>").format(title, about)
    label = f"{title}. {about}"
    return (
        opened.format(_number(WIDTH), _number(height), label)
        + named
        + Markup().join(parts)
        + Markup("</svg>")
    )


def rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    """A bar."""
    return _element("rect", {"x": x, "y": y, "width": width, "height": height, "rx": 2}, kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    """A straight line."""
    return _element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2}, kind)


def circle(x: float, y: float, radius: float, kind: str) -> Markup:
    """A dot."""
    return _element("circle", {"cx": x, "cy": y, "r": radius}, kind)


def text(x: float, y: float, words: str, kind: str = "", *, anchor: str = "start") -> Markup:
    """Words that begin, lie around or end at ``x``."""
    opened = Markup('<text x="{}" y="{}" text-anchor="{}" class="{}">')
    return opened.format(_number(x), _number(y), anchor, kind) + escape(words) + Markup("</text>")


def _element(name: str, places: dict[str, float], kind: str) -> Markup:
    said = Markup(" ").join(Markup('{}="{}"').format(k, _number(v)) for k, v in places.items())
    return Markup('<{} {} class="{}"/>').format(Markup(name), said, kind)  # noqa: S704 - a name of ours


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
