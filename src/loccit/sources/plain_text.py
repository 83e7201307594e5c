"""Plain text: paragraphs between blank lines, headings by their look, bullets as items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loccit.ports import RawSource, Reading
from loccit.sources import unmarked
from loccit.sources.assembly import Assembler, clean
from loccit.sources.encodings import decoded, is_text
from loccit.sources.xml_safety import read_whole
from loccit.terms import DocumentId, NothingToRead, PassageKind, SourceDocument, SourceError

__all__ = ["READER", "PlainTextReader"]

MAX_BYTES = 32 * 1024 * 1024
LONGEST_HEADING = 80
MOST_HEADING_WORDS = 12
FEWEST_CAPITALS = 3

BULLET = re.compile(r"\s*(?:[-*•●▪◦‣\u2013]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+[A-Z]")
_UNDERLINE = re.compile(r"\s*(=|-|~|\*)\1{2,}\s*")
_ENDS_SENTENCE = re.compile(r"[.,;:!?][\"”')\]]*$")


class PlainTextReader:
    """Reads one text file as one document. Asked last, since almost anything is plain text."""

    name = "plain_text/1"

    def recognises(self, head: bytes) -> bool:
        """Whether the bytes are text at all. Never raises."""
        return is_text(head)

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The document. Raises ``SourceError`` with the offset where the bytes are no text."""
        try:
            text = decoded(read_whole(source.stream, limit=MAX_BYTES))
            yield _document(text, source.name, self.name)
        except SourceError as error:
            raise error.at(source.name) from None


def _document(text: str, name: str, parser: str) -> SourceDocument:
    chunks = _chunks(text)
    assembler = Assembler()
    title = _add_all(assembler, chunks)
    body = assembler.finish()
    if not body.text:
        raise NothingToRead("a text file without text")
    findings: list[str] = []
    effective_on, year = unmarked.date_in(body.text, findings)
    series = unmarked.series_of(title, name)
    return SourceDocument(
        id=DocumentId(f"{series}@{unmarked.short_digest(body.text)}"),
        series=series,
        kind=unmarked.kind_of(title, body.text),
        title=unmarked.title_or_name(title, name),
        text=body.text,
        sections=body.sections,
        spans=body.spans,
        parser=parser,
        effective_on=effective_on,
        year=year,
        standing=unmarked.standing_of(title),
        findings=tuple(dict.fromkeys(findings)),
    )


class Chunk(NamedTuple):
    """Lines between blank lines, and the heading's level where they are one (else 0)."""

    lines: list[str]
    level: int


def _chunks(text: str) -> list[Chunk]:
    groups = [
        [line.rstrip() for line in group.split("\n") if line.strip()]
        for group in re.split(
            r"\n[ \t]*(?:\n[ \t]*)+|\f", text.replace("\r\n", "\n").replace("\r", "\n")
        )
    ]
    groups = [group for group in groups if group]
    chunks: list[Chunk] = []
    for number, lines in enumerate(groups):
        if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= LONGEST_HEADING:
            chunks.append(Chunk(lines[:1], 1 if "=" in lines[1] else 2))
            rest = lines[2:]
        else:
            rest = lines
        following = groups[number + 1] if number + 1 < len(groups) else []
        if rest:
            chunks.append(Chunk(rest, _level(rest, following)))
    return chunks


def _level(lines: list[str], following: list[str]) -> int:
    """Level of a line that looks like a heading and has something under it; 0 for any other."""
    line = lines[0].strip()
    words = line.split()
    if len(lines) > 1 or not following or len(line) > LONGEST_HEADING:
        return 0
    if _ENDS_SENTENCE.search(line) or len(words) > MOST_HEADING_WORDS or not line[:1].isalnum():
        return 0
    numbered = _NUMBERED.match(line)
    if numbered:
        return numbered.group(1).count(".") + 1
    letters = [character for character in line if character.isalpha()]
    if len(letters) >= FEWEST_CAPITALS and line.upper() == line:
        return 1
    is_shorter = len(line) < len(clean(" ".join(following)))
    return 2 if line[0].isupper() and is_shorter and not BULLET.match(line) else 0


def _add_all(assembler: Assembler, chunks: list[Chunk]) -> str:
    """Feed the assembler; gives the title: the first heading, or the first line if it is short."""
    path: list[tuple[int, str]] = []
    title = ""
    for number, chunk in enumerate(chunks):
        if chunk.level:
            heading = clean(chunk.lines[0])
            path = [(level, name) for level, name in path if level < chunk.level]
            path.append((chunk.level, heading))
            title = title or heading
            assembler.section(tuple(name for _, name in path))
            continue
        for text, kind in _blocks(chunk.lines):
            assembler.block(text, kind)
        if number == 0 and len(chunk.lines[0]) <= 2 * LONGEST_HEADING:
            title = clean(chunk.lines[0]).rstrip(".")
    return title


def _blocks(lines: list[str]) -> Iterator[tuple[str, PassageKind]]:
    """Paragraphs and items; a line that begins no item goes on with the one before it."""
    block, kind = [lines[0]], _kind(lines[0])
    for line in lines[1:]:
        if BULLET.match(line):
            yield " ".join(block), kind
            block, kind = [line], PassageKind.LIST_ITEM
        else:
            block.append(line)
    yield " ".join(block), kind


def _kind(line: str) -> PassageKind:
    return PassageKind.LIST_ITEM if BULLET.match(line) else PassageKind.PROSE


READER = PlainTextReader()
