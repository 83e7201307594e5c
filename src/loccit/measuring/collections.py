"""Collections to search, in the layout of BEIR: documents, queries, what is relevant to them."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from loccit.terms import (
    DocumentId,
    NothingToRead,
    PassageKind,
    Section,
    SourceDocument,
    SourceKind,
    Span,
    Unreadable,
)

__all__ = ["CollectionDocument", "Query", "read_documents", "read_judgements", "read_queries"]

WHOLE = 900
"""Characters up to which a document is one passage: about what the embedding model reads."""
CURE = 'a line is {"_id": …, "title": …, "text": …}'


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectionDocument:
    """A document of a collection."""

    id: str
    text: str
    title: str = ""

    def as_source(self, name: str) -> SourceDocument:
        """The document as a source called ``name``, of one block, which stays whole unless long.

        Where it stays whole, its title heads its text, so that words of both are counted together;
        where it is cut, each passage keeps the title beside it. Line ends are typesetting.
        """
        title, text = " ".join(self.title.split()), " ".join(self.text.split())
        headed = ". ".join(filter(None, (title, text)))
        if len(headed) <= WHOLE or not text:
            title, text = "", headed
        return SourceDocument(
            id=DocumentId(name),
            series=f"collection:{name}",
            kind=SourceKind.ABSTRACT,
            title=title,
            text=text,
            sections=(Section(path=(), start=0, end=len(text)),),
            spans=(Span(kind=PassageKind.LIST_ITEM, start=0, end=len(text)),),
            parser="collection/1",
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query and the grade of each document that was judged for it."""

    id: str
    text: str
    relevant: dict[str, int] = field(default_factory=dict)


class _Line(msgspec.Struct):
    id: str | int = msgspec.field(name="_id")
    text: str = ""
    title: str | None = ""


def read_documents(path: Path) -> Iterator[CollectionDocument]:
    """Documents of a file of JSON lines, packed (``.gz``, ``.xz``) or not; empty ones are left out.

    Raises ``Unreadable`` naming the line.
    """
    for line in _lines(path):
        if line.text.strip() or (line.title or "").strip():
            yield CollectionDocument(id=str(line.id), text=line.text, title=line.title or "")


def read_queries(folder: Path, split: str = "test") -> list[Query]:
    """The queries of a collection that have something relevant, in order of the file.

    Raises ``Unreadable`` and ``NothingToRead``.
    """
    judged = read_judgements(folder / "qrels" / f"{split}.tsv")
    queries = [
        Query(id=str(line.id), text=line.text, relevant=judged[str(line.id)])
        for line in _lines(folder / "queries.jsonl")
        if any(grade > 0 for grade in judged.get(str(line.id), {}).values())
    ]
    if not queries:
        raise NothingToRead("no query has a relevant document", where=str(folder), cure=LAYOUT)
    return queries


LAYOUT = "a collection has corpus.jsonl, queries.jsonl and qrels/test.tsv"


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades by query and document, from lines of query, document and grade with a heading."""
    judged: dict[str, dict[str, int]] = {}
    if not path.is_file():
        raise NothingToRead("there is no such file", where=str(path), cure=LAYOUT)
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        try:
            query, document, grade = line.split("\t")[:3]
            judged.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            cause = f"not query, document and grade ({error})"
            raise Unreadable(cause, where=str(path), place=f"line {number}") from None
    return judged


def _lines(path: Path) -> Iterator[_Line]:
    if not path.is_file():
        raise NothingToRead("there is no such file", where=str(path), cure=LAYOUT)
    decode = msgspec.json.Decoder(_Line).decode
    with _opened(path) as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                place = f"line {number}"
                raise Unreadable(str(error), where=str(path), place=place, cure=CURE) from None


def _opened(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return BytesIO(gzip.decompress(path.read_bytes()))
    if path.suffix == ".xz":
        return BytesIO(lzma.decompress(path.read_bytes()))
    return path.open("rb")
