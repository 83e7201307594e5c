"""From marked-up XML to blocks: sections, paragraphs, lists, tables, boxes, in reading order.

JATS and DocBook differ in the names of elements, not in the way a page is read; each hands its
names over as a ``Grammar``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from loccit.sources.assembly import Assembler, clean
from loccit.sources.inline import Handler, collect_child, inline_text, local_name
from loccit.sources.tables import Row, rows_as_text
from loccit.terms import PassageKind

__all__ = ["Flow", "Grammar", "children"]

Path = tuple[str, ...]

LONGEST_CAPTION = 300
"""Characters of a caption or lead that go with every row or item; a longer one is cut for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grammar:
    """Which element plays which part, by local name. What is in none of them is inline text."""

    sections: frozenset[str]
    """Elements with a heading and a place in the order of headings; boxes too."""
    containers: frozenset[str]
    paragraphs: frozenset[str]
    lists: frozenset[str]
    items: frozenset[str]
    pairs: frozenset[str]
    """Entries of a list of terms: term and meaning make one item."""
    terms: frozenset[str]
    tables: frozenset[str]
    grids: frozenset[str]
    """What holds the rows of a table."""
    captioned: frozenset[str]
    """Figures and the like: a caption, then whatever text they hold."""
    floats: frozenset[str]
    """Set where there is room on the page: they never break the paragraph that holds them."""
    left_out: frozenset[str]
    headings: tuple[str, ...]
    """Paths of the children that make up a heading or caption, in order."""
    labels: frozenset[str]
    """Children of headless elements read with the first words: an item's or a note's number."""
    headless: frozenset[str]
    """Elements whose ``labels`` and titles are part of their text."""
    rows: Callable[[etree._Element, Callable[[etree._Element], str]], Iterator[Row]]
    """Rows of a grid, given the function that turns a cell into text."""
    code: Callable[[etree._Element], str]
    inline: Mapping[str, Handler] = field(default_factory=dict)
    standing_lead: re.Pattern[str] | None = None
    """A paragraph that every list after it in its section is to be read with."""
    blocks: frozenset[str] = field(init=False)
    """Everything that is not inline."""
    heads: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        blocks = self.sections | self.containers | self.paragraphs | self.lists | self.items
        blocks |= self.pairs | self.tables | self.grids | self.captioned
        object.__setattr__(self, "blocks", blocks)
        heads = frozenset(path.partition("/")[0] for path in self.headings)
        object.__setattr__(self, "heads", heads)


def children(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Child elements with their local names."""
    for child in element:
        name = local_name(child)
        if name:
            yield child, name


class Flow:
    """Feeds an assembler from a tree."""

    def __init__(self, assembler: Assembler, grammar: Grammar) -> None:
        """Begin before the first section."""
        self._assembler = assembler
        self._grammar = grammar
        self._under: Path | None = None
        self._codes: dict[Path, str] = {}
        self._prefix = ""
        self._lead = ""

    def section(
        self, element: etree._Element, path: Path, *, default: str = "", code: str = ""
    ) -> None:
        """A section with its heading, and all in it. Without heading it stays under ``path``.

        ``default`` is a heading for the path alone, where the element has none of its own.
        """
        heading = self.heading(element)
        if heading or default:
            path = (*path, heading or default)
            self._codes[path] = self._grammar.code(element) or code
            self._assembler.section(path, code=self._codes[path], printed=bool(heading))
            self._under = path
        self._lead = ""
        self.content(element, path)

    def heading(self, element: etree._Element) -> str:
        """The heading or caption of ``element``, its number included."""
        found = (child for part in self._grammar.headings for child in _find(element, part))
        return clean(" ".join(self.text(child) for child in found))

    def text(self, element: etree._Element) -> str:
        """The text of ``element`` in one line."""
        return inline_text(element, self._grammar.inline)

    def content(
        self,
        element: etree._Element,
        path: Path,
        kind: PassageKind = PassageKind.PROSE,
        context: str = "",
    ) -> str:
        """Everything in ``element`` but its heading; gives the text of the first block.

        The first block of a list item goes as context with what else the item holds.
        """
        first = ""
        for piece in self._pieces(element):
            lead = first if first and kind is PassageKind.LIST_ITEM else context
            if isinstance(piece, str):
                text = self._emit(piece, path, kind, lead)
            else:
                text = self._block(piece, path, kind, lead)
            first = first or text
        return first

    def _pieces(self, element: etree._Element) -> Iterator[str | etree._Element]:
        """Runs of inline text and the blocks between them; floats last."""
        grammar, name = self._grammar, local_name(element)
        is_paragraph = name in grammar.paragraphs
        left_out = (
            grammar.left_out if name in grammar.headless else grammar.left_out | grammar.heads
        )
        left_out |= grammar.terms if name in grammar.pairs else frozenset()
        run = [element.text or ""]
        floats: list[etree._Element] = []
        for child, part in children(element):
            if part in grammar.labels and name in grammar.headless:
                self._prefix = clean(self.text(child))
            elif part in grammar.floats and is_paragraph:
                floats.append(child)
            elif part in left_out:
                run.append(" ")
            elif part in grammar.blocks:
                yield "".join(run)
                yield child
                run = []
            else:
                collect_child(child, grammar.inline, run)
                continue
            run.append(child.tail or "")
        yield "".join(run)
        yield from floats

    def _emit(self, text: str, path: Path, kind: PassageKind, context: str) -> str:
        """One block, in the section that ``path`` names."""
        text = clean(text)
        if not text:
            return ""
        if self._under != path:
            self._assembler.section(path, code=self._codes.get(path, ""), printed=False)
            self._under = path
        text, self._prefix = f"{self._prefix} {text}".strip(), ""
        self._assembler.block(text, kind, context=context)
        standing = self._grammar.standing_lead
        if standing and kind is PassageKind.PROSE and standing.match(text):
            self._lead = _short(text)
        return text

    def _block(self, element: etree._Element, path: Path, kind: PassageKind, context: str) -> str:
        """A block element by its part; gives the text of its first block."""
        grammar, name = self._grammar, local_name(element)
        if name in grammar.sections:
            self.section(element, path)
            return ""
        if name in grammar.tables or name in grammar.grids:
            self._table(element, path)
            return ""
        if name in grammar.captioned:
            self._emit(self.heading(element), path, PassageKind.PROSE, "")
            self.content(element, path)
            return ""
        if name in grammar.lists:
            self._emit(self.heading(element), path, PassageKind.PROSE, "")
            return self.content(element, path, PassageKind.PROSE, context or self._lead)
        if name in grammar.items:
            return self.content(element, path, PassageKind.LIST_ITEM, context)
        if name in grammar.pairs:
            return self._pair(element, path, context)
        return self.content(element, path, kind, context)

    def _pair(self, element: etree._Element, path: Path, context: str) -> str:
        """A term and its meaning as one item: ``AUC: area under the curve``."""
        terms = [child for child, name in children(element) if name in self._grammar.terms]
        term = clean(", ".join(clean(self.text(child)) for child in terms))
        self._prefix = term if not term or term[-1] in ".:;" else f"{term}:"
        first = self.content(element, path, PassageKind.LIST_ITEM, context)
        return first or self._emit(term, path, PassageKind.LIST_ITEM, context)

    def _table(self, element: etree._Element, path: Path) -> None:
        """Caption, rows, and then what else the table holds: its notes."""
        grammar = self._grammar
        caption = self.heading(element)
        self._emit(caption, path, PassageKind.PROSE, "")
        grids = list(self._grids(element))
        for grid in grids:
            for row in rows_as_text(grammar.rows(grid, self.text), _short(caption)):
                kind = PassageKind.TABLE_ROW if row.columns > 1 else PassageKind.PROSE
                self._emit(row.text, path, kind, row.context)
        for child, name in children(element) if element not in grids else ():
            holds_grid = next(self._grids(child), None) is not None
            if not holds_grid and name not in grammar.heads | grammar.left_out:
                self._block(child, path, PassageKind.PROSE, "")

    def _grids(self, element: etree._Element) -> Iterator[etree._Element]:
        """The grids of a table, and not those inside their cells."""
        if local_name(element) in self._grammar.grids:
            yield element
            return
        for child, _ in children(element):
            yield from self._grids(child)


def _short(caption: str) -> str:
    if len(caption) <= LONGEST_CAPTION:
        return caption
    return caption[:LONGEST_CAPTION].rsplit(" ", 1)[0] + " …"


def _find(element: etree._Element, path: str) -> Iterator[etree._Element]:
    """Children at a path of local names."""
    first, _, rest = path.partition("/")
    for child, name in children(element):
        if name == first:
            yield from _find(child, rest) if rest else (child,)
