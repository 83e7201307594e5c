"""PDF files: text by page, rebuilt into headings, paragraphs, items and rows.

The file is opened in a process of its own with limited time and memory (see ``pdf_child``): a PDF
that crashes or hangs the library costs one clear line, never the program.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from loccit.ports import RawSource, Reading
from loccit.sources import unmarked
from loccit.sources.assembly import Assembled, Assembler, clean
from loccit.sources.dates import day_of
from loccit.sources.pdf_layout import Laid, lay_out
from loccit.sources.pdf_lines import Page, page_of, strip_line_numbers, strip_running
from loccit.sources.xml_safety import read_whole
from loccit.terms import (
    DocumentId,
    NothingToRead,
    SourceDocument,
    SourceError,
    Standing,
    Unreadable,
)

__all__ = ["READER", "PdfReader"]

MAX_BYTES = 100 * 1024 * 1024
MEGABYTES = 1024
"""Memory of the child; a guideline of 500 pages needs under 200."""
SECONDS: float = 120
"""Processor time of the child: some 4,000 pages on an ordinary machine."""
GRACE: float = 60
"""Seconds more by the clock, for a machine that is busy."""
MAX_PAGES = 4000
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")
"""All that the child is told of this one's environment."""
CHILD = Path(__file__).with_name("pdf_child.py")
LETTERS_A_PAGE = 20
"""Fewer than this on average, and the pages are pictures."""

ERRORS = {
    "encrypted": ("the PDF is locked with a password", "save a copy without one"),
    "broken": ("broken PDF", "fetch the file again from where it came"),
    "memory": (f"the PDF needs more than {MEGABYTES} MB of memory", "split it or print it anew"),
    "pages": (f"more than {MAX_PAGES} pages", "split it into its chapters"),
}


class PdfReader:
    """Reads one PDF as one document, with page numbers."""

    name = "pdf/1"

    def recognises(self, head: bytes) -> bool:
        """Whether a PDF's mark stands near the beginning. Never raises."""
        return b"%PDF-" in head[:1024]

    def read(self, source: RawSource) -> Iterator[Reading]:
        """The document. Raises ``SourceError`` when the PDF cannot be opened or holds no text."""
        try:
            info, pages = _drawn(read_whole(source.stream, limit=MAX_BYTES))
            yield _document(info, pages, source.name, self.name)
        except SourceError as error:
            raise error.at(source.name) from None


def _drawn(data: bytes) -> tuple[dict[str, Any], list[Page]]:
    """The file's metadata and its pages, from the child process."""
    limits = (str(MEGABYTES), str(math.ceil(SECONDS)), str(MAX_PAGES))
    command = [sys.executable, "-I", str(CHILD), *limits]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and no shell
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS + GRACE,
            check=False,
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(
            f"the PDF took longer than {SECONDS} seconds", cure="split it or print it anew"
        ) from None
    answers = _answers(done.stdout)
    if answers and answers[0][0] == "error":
        cause, cure = ERRORS.get(answers[0][1], ERRORS["broken"])
        raise Unreadable(cause, cure=cure)
    if done.returncode or not answers or len(answers) - 1 != answers[0][1]["pages"]:
        what = "ran out of memory" if b"MemoryError" in done.stderr else f"code {done.returncode}"
        raise Unreadable(
            f"the PDF broke the program that opens it ({what})", cure=ERRORS["broken"][1]
        )
    return answers[0][1], [page_of(number, told) for number, told in enumerate(answers[1:], 1)]


def _answers(output: bytes) -> list[list[Any]]:
    answers = []
    for line in output.splitlines():
        try:
            answers.append(json.loads(line))
        except ValueError:
            return []
    return answers


def _document(
    info: dict[str, Any], pages: Sequence[Page], name: str, parser: str
) -> SourceDocument:
    letters = sum(len(segment.text) for page in pages for segment in page.segments)
    if letters < LETTERS_A_PAGE * max(1, len(pages)):
        raise NothingToRead(
            f"{len(pages)} pages are pictures without text", cure="run it through text recognition"
        )
    findings = (
        [f"{n} characters too small to see or off the page were left out"]
        if (n := sum(page.hidden for page in pages))
        else []
    )
    numbered, had_numbers = strip_line_numbers(pages)
    if had_numbers:
        findings.append("line numbers in the margin were left out")
    bare, running = strip_running(numbered)
    if running:
        words = [text for text in running if any(map(str.isalpha, text))]
        findings.append(
            f"running heads and feet were left out: {'; '.join(words)[:200] or 'numbers'}"
        )
    blocks = lay_out(bare)
    metadata = {key: clean(str(value)) for key, value in info["metadata"].items()}
    title = _title(metadata, blocks)
    body = _assembled(blocks, title, len(pages))
    opening = _opening(blocks)
    effective_on, year = _dates(metadata, title, opening, findings)
    publisher, jurisdiction = _issuer(metadata, opening)
    series = unmarked.series_of(title, name)
    draft = any(unmarked.standing_of(text) is Standing.DRAFT for text in (opening, *running))
    return SourceDocument(
        id=DocumentId(f"{series}@{unmarked.short_digest(body.text)}"),
        series=series,
        kind=unmarked.kind_of(title, opening),
        title=unmarked.title_or_name(title, name),
        text=body.text,
        sections=body.sections,
        spans=body.spans,
        page_starts=body.page_starts,
        parser=parser,
        publisher=publisher,
        jurisdiction=jurisdiction,
        effective_on=effective_on,
        year=year,
        subjects=tuple(filter(None, map(clean, re.split("[,;]", metadata.get("Keywords", ""))))),
        standing=Standing.DRAFT if draft else Standing.CURRENT,
        findings=tuple(dict.fromkeys(findings)),
    )


def _assembled(blocks: Sequence[Laid], title: str, pages: int) -> Assembled:
    """Blocks as text, sections by headings (the title is above none), and where pages begin."""
    assembler = Assembler()
    path: list[tuple[int, str]] = []
    begun = 0
    for block in blocks:
        while begun < block.page:
            assembler.page()
            begun += 1
        if block.level:
            heading = clean(block.text)
            path = [(level, name) for level, name in path if level < block.level]
            assembler.section((*(name for _, name in path), heading))
            if heading != title:
                path.append((block.level, heading))
        else:
            assembler.block(block.text, block.kind, context=block.context)
        for turn in block.turns:
            assembler.page_within(len(clean(block.text[:turn] + "x")) - 1)
            begun += 1
    while begun < pages:
        assembler.page()
        begun += 1
    return assembler.finish()


_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word\b|document\d*$|.*\.(?:docx?|pdf|indd|qxd)$)", re.IGNORECASE
)


def _title(metadata: dict[str, str], blocks: Sequence[Laid]) -> str:
    """The metadata's title where it is one, else the largest heading of the first page."""
    told = metadata.get("Title", "")
    if told and not _NO_TITLE.match(told):
        return told
    first = [block for block in blocks if block.page == blocks[0].page and block.level]
    return clean(max(first, key=lambda block: block.size).text) if first else ""


def _opening(blocks: Sequence[Laid]) -> str:
    """The words of the first page."""
    return "\n".join(block.text for block in blocks if block.page == blocks[0].page)


def _dates(
    metadata: dict[str, str], title: str, opening: str, findings: list[str]
) -> tuple[date | None, int | None]:
    """The date on the first page or in the title; else the year in which the file was made."""
    effective_on, year = unmarked.date_in(f"{title}\n{opening}", findings)
    made = re.match(r"D:(\d{4})(\d{2})(\d{2})", metadata.get("CreationDate", ""))
    if year or not made:
        return effective_on, year
    day = day_of([str(part) for part in made.groups()], findings)
    if day:
        findings.append(f"the year is that of the file, made on {day}; the text gives no date")
    return None, day.year if day else None


ISSUERS = (
    (
        re.compile(r"National Center for [A-Z][\w ,]{3,80}, CDC\b"),
        "US Centers for Disease Control and Prevention",
        "US",
    ),
)
"""Issuers known by the affiliation that stands on their title pages."""


def _issuer(metadata: dict[str, str], opening: str) -> tuple[str, str]:
    """Publisher and jurisdiction: an organisation in the metadata, or on the title page."""
    for words, name, jurisdiction in ISSUERS:
        if words.search(opening):
            return name, jurisdiction
    author = metadata.get("Author", "")
    return (author, "") if unmarked.is_organisation(author) else ("", "")


READER = PdfReader()
