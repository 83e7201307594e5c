"""The sections of an openFDA label as they nest: each subsection found inside its parent.

openFDA gives a subsection as an entry of its own and once more inside the section it belongs to.
So an entry whose whole text stands inside another one is that one's subsection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from loccit.sources import labels
from loccit.sources.assembly import clean

__all__ = ["Layout", "Piece", "label_layout", "sections_of"]

LEFT_OUT = frozenset(
    {
        "spl_product_data_elements",
        "spl_indexing_data_elements",
        "package_label_principal_display_panel",
    }
)
"""Lists of names and the print on the package: no prose."""
MIN_NESTED = 12
"""A shorter entry ("None.") would be found inside another by chance."""
MAX_ENTRIES = 500
LAST_NUMBER = 17
"""Section 17, patient counseling information, is the last numbered one."""
_NUMBER = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?\.?\s*(?=[A-Z•])")


@dataclass(slots=True)
class Piece:
    """One entry of the record: a section or subsection, its text in one line.

    ``start`` and ``end`` are its place in the text of the outermost section around it.
    """

    key: str
    text: str
    start: int = 0
    end: int = 0
    depth: int = 0
    inner: list[Piece] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The LOINC code of the entry's key."""
        known = labels.by_key().get(self.key)
        return known.code if known else ""

    @property
    def number(self) -> str:
        """The number that the text begins with, e.g. ``5`` or ``8.4``, as headings have it."""
        match = _NUMBER.match(self.text)
        return ".".join(part for part in match.groups() if part) if match else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of the three printed layouts a label has."""

    kind: Literal["newer", "older", "otc"]

    def place(self, piece: Piece) -> tuple[int, int]:
        """Sort key of a section in this layout."""
        known = labels.by_key().get(piece.key)
        rank = known.newer if known else 999
        if self.kind == "newer":
            return self._numbered_place(piece, known, rank)
        placed = (known.older if self.kind == "older" else known.otc) if known else 0
        return (placed or 1000, rank)

    def _numbered_place(
        self, piece: Piece, known: labels.LabelSection | None, rank: int
    ) -> tuple[int, int]:
        if piece.key == "boxed_warning":
            return (0, 0)
        number = piece.number or (known.number if known else "")
        major = int(number.partition(".")[0]) if number else 0
        return (major, rank) if 0 < major <= LAST_NUMBER else (1000, rank)


def label_layout(record: Mapping[str, Any]) -> Layout:
    """The layout, told by the sections that only one of them has."""
    if "warnings_and_cautions" in record or "use_in_specific_populations" in record:
        return Layout("newer")
    if any(key in record for key in ("purpose", "active_ingredient", "do_not_use", "stop_use")):
        return Layout("otc")
    return Layout("older")


def sections_of(record: Mapping[str, Any], findings: list[str]) -> list[Piece]:
    """The outermost sections with their subsections and tables inside them."""
    pieces = _pieces(record, findings)
    outer: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -len(p.text)):
        if not _nest(piece, outer):
            piece.end = len(piece.text)
            outer.append(piece)
    _attach_tables(record, outer)
    order = {id(piece): place for place, piece in enumerate(pieces)}
    return sorted(outer, key=lambda piece: order[id(piece)])


def _pieces(record: Mapping[str, Any], findings: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for key, values in record.items():
        if key in LEFT_OUT or key.endswith("_table") or not isinstance(values, list):
            continue
        texts = [clean(value) for value in values if isinstance(value, str)]
        pieces += [Piece(key, text) for text in texts if text]
        if len(texts) < len(values):
            findings.append(f"{key}: {len(values) - len(texts)} entries are no text; left out")
    if len(pieces) > MAX_ENTRIES:
        findings.append(f"{len(pieces)} entries; those after the first {MAX_ENTRIES} left out")
    return pieces[:MAX_ENTRIES]


def _nest(piece: Piece, outer: list[Piece]) -> bool:
    """Put ``piece`` into the section that holds its text, where one does."""
    if len(piece.text) < MIN_NESTED:
        return any(piece.text == other.text and piece.key == other.key for other in outer)
    for section in outer:
        at = _found(piece.text, section)
        if at >= 0:
            piece.start, piece.end = at, at + len(piece.text)
            _insert(piece, section)
            return True
    return False


def _found(text: str, section: Piece) -> int:
    """Where ``text`` stands in the section as whole words, at a place not taken by its like."""
    at = section.text.find(text)
    while at >= 0:
        end = at + len(text)
        whole = _apart(section.text, at) and _apart(section.text, end)
        if whole and not _crosses(at, end, section):
            return at
        at = section.text.find(text, at + 1)
    return -1


def _apart(text: str, at: int) -> bool:
    return (
        at in (0, len(text))
        or not (text[at - 1].isalnum() and text[at].isalnum())
        or (text[at - 1].isupper() and text[at].isdigit())
    )


def _crosses(start: int, end: int, section: Piece) -> bool:
    return any(
        inner.start < end and start < inner.end and not _holds(inner, start, end)
        for inner in section.inner
    )


def _holds(piece: Piece, start: int, end: int) -> bool:
    return piece.start <= start and end <= piece.end


def _insert(piece: Piece, section: Piece) -> None:
    for inner in section.inner:
        if _holds(inner, piece.start, piece.end):
            piece.depth = section.depth + 1
            _insert(piece, inner)
            return
    piece.depth = section.depth + 1
    section.inner.append(piece)
    section.inner.sort(key=lambda inner: inner.start)


def _attach_tables(record: Mapping[str, Any], outer: list[Piece]) -> None:
    """Give each table to every outermost section that it may stand in, once."""
    for section in outer:
        keys = dict.fromkeys([section.key, *(inner.key for inner in _all_inner(section))])
        for key in keys:
            values = record.get(f"{key}_table", [])
            tables = [value for value in values if isinstance(value, str)]
            section.tables += [table for table in tables if table not in section.tables]


def _all_inner(section: Piece) -> list[Piece]:
    found = []
    for inner in section.inner:
        found += [inner, *_all_inner(inner)]
    return found
