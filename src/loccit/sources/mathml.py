"""Formulas in MathML as one line of text, so that a fraction or power keeps its meaning."""

from __future__ import annotations

from lxml import etree

__all__ = ["math_text"]

LEFT_OUT = ("annotation", "annotation-xml", "maligngroup", "malignmark")
"""A second wording of the same formula (often TeX), and marks without text."""


def math_text(element: etree._Element) -> str:
    """The formula in a line: ``(a+b)/2``, ``10^9``, ``x_1``, ``√(n)``."""
    name = str(element.tag).rsplit("}", 1)[-1]
    if name in LEFT_OUT:
        return ""
    parts = [math_text(child) for child in element if isinstance(child.tag, str)]
    shape = _SHAPES.get(name)
    if shape and len(parts) >= shape.count("{"):
        return shape.format(*(_grouped(part) if "/" in shape else part for part in parts))
    if name in ("mtr", "mtd"):
        parts.append(" ")
    own = " ".join((element.text or "").split()) or (" " if name == "mspace" else "")
    return _spaced(name, own) + "".join(parts)


_SHAPES = {
    "mfrac": "{}/{}",
    "msup": "{}^{}",
    "mover": "{}{}",
    "msub": "{}_{}",
    "munder": "{}{}",
    "msubsup": "{}_{}^{}",
    "munderover": "{}{}{}",
    "msqrt": "√({})",
    "mroot": "{}^(1/{})",
}


def _grouped(part: str) -> str:
    """A part of a fraction in brackets, unless it is one number or name."""
    return part if part.replace(".", "").isalnum() else f"({part.strip()})"


def _spaced(name: str, own: str) -> str:
    """Relation signs get air, so that numbers on both sides stay apart."""
    return (
        f" {own} " if name == "mo" and own in ("=", "<", ">", "≤", "≥", "≈", "±", "\u00d7") else own
    )
