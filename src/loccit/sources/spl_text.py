"""The text of an SPL section as blocks: paragraphs, list items, table rows, footnotes.

openFDA gives its tables in the same markup, so its reader uses this too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from loccit.sources import inline
from loccit.sources.assembly import clean
from loccit.sources.inline import local_name
from loccit.sources.spl_inline import BLOCKS, Block, Footnotes, inline_text
from loccit.sources.spl_tables import table_blocks
from loccit.terms import PassageKind

__all__ = ["markup_table", "text_blocks"]

MAX_LEAD = 300
"""A list's lead-in longer than this is a paragraph of its own, not the head of the list."""
MAX_DEPTH = 60
"""Elements inside each other; real labels stay below 20. Deeper is an attack on the stack."""
HOLE = "\0"
"""Stands for a block element inside a line; no XML text can hold it."""
LEADING_ON = (":", "\u2013", "\u2014")


def text_blocks(element: etree._Element) -> Iterator[Block]:
    """The blocks of a ``text`` element, in reading order, its footnotes last."""
    notes = Footnotes()
    yield from _framed(element, notes)
    yield from notes.blocks()


def markup_table(table: etree._Element) -> Iterator[Block]:
    """The blocks of a table that stands alone."""
    return table_blocks(table, framed=_framed)


def _framed(element: etree._Element, notes: Footnotes) -> Iterator[Block]:
    """The blocks of an element whose footnotes ``notes`` collects."""
    return _flow(element, notes, PassageKind.PROSE, "", 0)


def _flow(
    element: etree._Element, notes: Footnotes, kind: PassageKind, lead: str, depth: int
) -> Iterator[Block]:
    """Blocks of mixed content: each run of text between block elements is a block too."""
    if depth > MAX_DEPTH:
        yield Block(clean(inline_text(element, notes)), kind, lead)
        return
    held: list[etree._Element] = []

    def hold(child: etree._Element, _before: str) -> str:
        held.append(child)
        return HOLE

    text = inline.inline_text(element, {**notes.handlers(), **dict.fromkeys(BLOCKS, hold)})
    last = ""
    for run, child in zip_longest(text.split(HOLE), held):
        if clean(run):
            last = clean(run)
            yield Block(last, kind, lead)
        if child is not None:
            for block in _block(child, notes, kind, _lead(last, lead), depth + 1):
                last = block.text
                yield block


def _block(
    child: etree._Element, notes: Footnotes, kind: PassageKind, lead: str, depth: int
) -> Iterator[Block]:
    name = local_name(child)
    if name == "table":
        yield from table_blocks(child, framed=_framed)
    elif name in ("list", "ul", "ol"):
        yield from _list(child, notes, lead, depth)
    else:
        yield from _flow(child, notes, kind, lead if kind is not PassageKind.PROSE else "", depth)


def _list(element: etree._Element, notes: Footnotes, lead: str, depth: int) -> Iterator[Block]:
    for child in element:
        if local_name(child) == "caption":
            text = clean(inline_text(child, notes))
            yield Block(text)
            lead = _lead(text, "") or text[:MAX_LEAD]
        elif isinstance(child.tag, str):
            yield from _flow(child, notes, PassageKind.LIST_ITEM, lead, depth + 1)


def _lead(text: str, outer: str) -> str:
    """What a list stands under: the text before it where that leads on to the list."""
    if text and len(text) <= MAX_LEAD and text.endswith(LEADING_ON):
        return f"{outer} {text}".strip() if len(outer) + len(text) <= MAX_LEAD else text
    return outer
