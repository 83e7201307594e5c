"""Tells whether a sentence is what a question's writer expects: its document, place and values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from loccit.backends.local_files import local_files
from loccit.ports import EvidenceBase
from loccit.sources import read_each, unpack
from loccit.terms import DocumentCard, DocumentId, Locator, Record, SourceDocument

__all__ = ["PathNames", "holds", "in_section", "is_expected"]

_DASHES = re.compile("[-\u2010-\u2015\u2212\\s]+")


class PathNames:
    """Ids of the documents that a file of the shared data is read into."""

    def __init__(self, data: Path) -> None:
        self._data, self._known = data, dict[str, frozenset[str]]()

    def __call__(self, path: str) -> frozenset[str]:
        """The ids of what a file, by its path below the data, is read into."""
        if path not in self._known:
            parts = local_files([self._data / path], unpack=unpack)
            readings = [each for each in read_each(parts) if isinstance(each, SourceDocument)]
            self._known[path] = frozenset(each.id for each in readings)
        return self._known[path]


def is_expected(card: DocumentCard, documents: list[dict[str, str]], names: PathNames) -> bool:
    """Whether a document is one of those that a question names."""
    return any(
        card.id in names(value)
        if name == "path"
        else _plain(card.identifiers.get(name, "")) == _plain(str(value))
        for document in documents
        for name, value in document.items()
    )


def in_section(base: EvidenceBase, record: Record, place: Locator, sections: Iterable[str]) -> bool:
    """Whether a place of a record lies in one of these sections.

    By code, by words of a heading above it, or by page. A numbered sub-section belongs to the
    section it stands in.
    """
    whole = ("abstract",) if record.card.parser.startswith("medline") else ()
    path = _plain(" / ".join((*whole, *place.section)).replace("&", "and"))
    codes = {record.passage.code, *_codes_above(base, record.card.id, place.section)}
    return any(
        section.casefold() == f"page {place.page}"
        or section in codes
        or _plain(section.replace("_", " ")) in path
        for section in sections
    )


def _codes_above(base: EvidenceBase, document: DocumentId, path: tuple[str, ...]) -> set[str]:
    """Codes of the sections in which a place lies."""
    above = {path[:depth] for depth in range(1, len(path) + 1)}
    codes = _section_codes(base, document)
    return {code for each in above for code in codes.get(each, ())}


_CODES: dict[DocumentId, dict[tuple[str, ...], set[str]]] = {}


def _section_codes(base: EvidenceBase, document: DocumentId) -> dict[tuple[str, ...], set[str]]:
    if document not in _CODES:
        codes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for section in base.document(document).sections:
            if section.code:
                codes[section.path].add(section.code)
        _CODES[document] = codes
    return _CODES[document]


def holds(words: str, values: Iterable[str | list[str]]) -> bool:
    """Whether words hold every value, or one of its alternatives."""
    plain = _plain(words)
    return all(
        any(_plain(option) in plain for option in ([value] if isinstance(value, str) else value))
        for value in values
    )


def _plain(text: str) -> str:
    """Case-folded, without white space and dashes."""
    return _DASHES.sub("", text.casefold())
