"""Checking a text from the command line: what is read, what is refused, and the report."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import click

from loccit.engine import Engine
from loccit.terms import NothingToRead, Report, SourceDocument, SourceError, Unreadable, Verdict
from loccit.wiring import is_outdated, make_engine, open_base

__all__ = [
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "MOST_SENTENCES",
    "checked",
    "is_answered",
    "report_on",
    "written",
]

MOST_BYTES = 32 * 1024 * 1024
"""Of a file, as it lies on the disk: a PDF holds far more than its text."""
MOST_CHARACTERS = 2_000_000
MOST_SENTENCES = 20_000
STANDARD_INPUT = "-"


def checked(file: str, base: Path | None) -> Report:
    """The report on the text in ``file``; ``-`` is the standard input.

    Raises ``SourceError`` for what cannot be read, is empty, or is larger than the limits.
    """
    name = "standard input" if file == STANDARD_INPUT else file
    data = _bytes_of(file, name)
    engine = _engine(base)
    try:
        return report_on(name, data, engine)
    except SourceError as error:
        raise error.at(name) from None


def is_answered(report: Report) -> bool:
    """Whether the base speaks of any sentence of the text."""
    return any(each.verdict not in (None, Verdict.NOT_FOUND) for each in report.sentences)


def written(report: Report, form: str) -> str:
    """The report as ``text``, ``md``, ``json`` or ``html``; text fits the terminal."""
    from loccit.publication.reports import render

    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    return render(report, to=form, width=width, colour=sys.stdout.isatty())


def _bytes_of(file: str, name: str) -> bytes:
    data = sys.stdin.buffer.read(MOST_BYTES + 1) if file == STANDARD_INPUT else _start_of(file)
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"is larger than {MOST_BYTES // 1024**2} MiB", where=name, cure="check a part of it"
        )
    if not data.strip():
        raise NothingToRead("is empty", where=name, cure="give a text to check")
    return data


def _start_of(file: str) -> bytes:
    """The bytes of a file, as far as shows that there are too many."""
    give = "give the path of a text, or - for the standard input"
    if not file.strip():
        raise Unreadable("no file is named", cure=give)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file", where=file, cure=give) from None
    except IsADirectoryError:
        cure = "give the path of one text in it; `loccit add` loads folders"
        raise Unreadable("is a folder", where=file, cure=cure) from None
    except PermissionError:
        cure = "make it readable to you, or check a copy"
        raise Unreadable("may not be read", where=file, cure=cure) from None


def _engine(base: Path | None) -> Engine:
    opened = open_base(base)
    if is_outdated(opened):
        click.echo(
            "loccit: this base was described by an earlier version; run: loccit reindex", err=True
        )
    return make_engine(opened)


def report_on(name: str, data: bytes, engine: Engine) -> Report:
    """The report on the text that ``data`` holds: our article's JSON, or what a reader reads.

    Raises ``SourceError`` as ``checked`` does.
    """
    from loccit.publication.read_back import read_back, schema_of

    if schema_of(data).startswith("loccit/"):
        draft = read_back(data)
        _refuse_large(draft.text, len(draft.claims))
        return engine.check_claims(draft.title or name, draft.text, draft.claims)
    document = _document(name, data)
    _refuse_large(document.text, _sentences(document.text))
    return engine.check(document)


def _document(name: str, data: bytes) -> SourceDocument:
    """The one text that the bytes hold, by whichever reader recognises them."""
    from loccit.sources import read_on, unpack

    found: list[SourceDocument] = []
    for reading in read_on(unpack(name, io.BytesIO(data))):
        if isinstance(reading, SourceError):
            raise reading
        if isinstance(reading, SourceDocument):
            found.append(reading)
        if len(found) > 1:
            raise Unreadable("holds more than one text", cure="check one at a time")
    if not found:
        raise NothingToRead("holds no text", cure="give a text to check")
    return found[0]


def _sentences(text: str) -> int:
    from loccit.sentences import sentences

    return sum(1 for _ in sentences(text)) if len(text) <= MOST_CHARACTERS else 0


def _refuse_large(text: str, sentences: int) -> None:
    for number, most, of_what in (
        (len(text), MOST_CHARACTERS, "characters"),
        (sentences, MOST_SENTENCES, "sentences"),
    ):
        if number > most:
            raise Unreadable(
                f"has {number:,} {of_what}, and at most {most:,} are checked at once",
                cure="check a part of it",
            )
