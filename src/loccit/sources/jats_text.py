"""How a JATS article reads: the parts its elements play, and the few inline ones with a twist."""

from __future__ import annotations

from lxml import etree

from loccit.sources.grids import html_rows
from loccit.sources.inline import Handler, inline_text, whole_text
from loccit.sources.jats_citations import MARK
from loccit.sources.mathml import math_text
from loccit.sources.xml_flow import Grammar

__all__ = ["GRAMMAR"]


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _nothing(_element: etree._Element, _before: str) -> str:
    return ""


def _mark(element: etree._Element, before: str) -> str:
    """A reference mark: apart from a number before it, close to anything else."""
    text = element.text or ""
    return f" {text}" if before[-1:].isdigit() and not text.startswith("[") else text


def _alternatives(element: etree._Element, _before: str) -> str:
    """One wording of a formula: MathML where there is some, else the first that has text."""
    for formula in element.iter("{*}math"):
        return math_text(formula)
    texts = (inline_text(child, INLINE).strip() for child in element)
    return next(filter(None, texts), "")


def _tex(element: etree._Element, _before: str) -> str:
    """TeX without the preamble that publishers wrap around each formula."""
    whole = whole_text(element)
    body = whole.partition(r"\begin{document}")[2] or whole
    return body.partition(r"\end{document}")[0]


PICTURES = _words("graphic inline-graphic object-id alt-text long-desc processing-meta")
NOT_TEXT = _words("private-char index-term milestone-start milestone-end target")
INLINE: dict[str, Handler] = {
    **dict.fromkeys(PICTURES | NOT_TEXT, _nothing),
    "alternatives": _alternatives,
    "tex-math": _tex,
    MARK: _mark,
}

GRAMMAR = Grammar(
    sections=_words("sec ack app notes glossary fn-group boxed-text abstract trans-abstract"),
    containers=_words(
        "body back app-group floats-group disp-quote verse-group speech statement def "
        "table-wrap-foot fn caption sec-meta disp-formula-group answer question explanation"
    ),
    paragraphs=_words("p attrib preformat code verse-line"),
    lists=_words("list def-list"),
    items=_words("list-item"),
    pairs=_words("def-item"),
    terms=_words("term"),
    tables=_words("table-wrap"),
    grids=_words("table"),
    captioned=_words(
        "fig fig-group table-wrap-group supplementary-material media chem-struct-wrap"
    ),
    floats=_words(
        "fig fig-group table-wrap table-wrap-group boxed-text supplementary-material media fn"
    ),
    left_out=PICTURES | _words("ref-list bio permissions sec-meta kwd-group label-alternatives"),
    headings=("label", "title", "caption"),
    labels=_words("label"),
    headless=_words("fn list-item p"),
    rows=html_rows,
    code=lambda element: element.get("sec-type") or element.get("abstract-type") or "",
    inline=INLINE,
)
