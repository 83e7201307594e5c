"""The report for a terminal: verdict, sentence, the words that decide it, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable

from loccit.publication.filling import Piece, coloured, fill, uncoloured
from loccit.publication.reports.laying_out import NOTHING, lay_out
from loccit.publication.reports.page import (
    Count,
    Fault,
    Part,
    ReportPage,
    Said,
    Sentence,
    Words,
)
from loccit.publication.reports.underlining import underlined
from loccit.publication.words import load_words
from loccit.terms import Report

__all__ = ["as_text"]

NARROWEST = 20
"""Cells below which lines are not broken further."""


def as_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """The report in lines of ``width`` cells."""
    sheet = _Sheet(max(width, NARROWEST), colour=colour)
    sheet.page(lay_out(report))
    return sheet.text()


class _Sheet:
    """Collects the lines of one report."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._words = load_words()
        self._width = width
        self._paint = coloured if colour else uncoloured
        self._lines: list[str] = []

    def text(self) -> str:
        """All lines."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def page(self, page: ReportPage) -> None:
        """The sentences, then what they add up to."""
        self._put([(page.title, "title")])
        for sentence in page.sentences:
            self._sentence(sentence)
        self._heading("summary")
        self._summary(page.counts)
        self._heading("notes")
        for note in page.notes:
            self._put([(note, "")], first="  ", rest="  ")
        self._lines.append("")
        for line in (self._words.label("show"), *page.colophon):
            self._put([(line, "quiet")])

    def _sentence(self, sentence: Sentence) -> None:
        self._lines.append("")
        verdict = (sentence.name.upper(), _style(sentence.verdict))
        self._put([(f"{sentence.number}.", "quiet"), verdict])
        self._underlined(sentence.words, "  ", style="strong", mark=_style(sentence.verdict))
        if sentence.faults:
            self._put([(f"{self._words.of('report_label', 'itself')}:", "quiet")], first="    ")
            self._faults(sentence.faults, "    ")
        for part in sentence.parts:
            self._part(part)

    def _part(self, part: Part) -> None:
        if part.words:
            name = self._words.of("report_heading", "part")
            self._put([(f"{name}:", "quiet"), (part.name, _style(part.verdict))], first="    ")
            self._underlined(part.words, "    ", mark=_style(part.verdict))
        indent = "      " if part.words else "    "
        for said in part.said:
            self._said(said, indent)
        if part.also:
            also = f"{self._words.of('report_label', 'also')}: {', '.join(part.also)}"
            self._put([(also, "quiet")], first=indent, rest=f"{indent}  ")

    def _said(self, said: Said, indent: str) -> None:
        self._put([(f"{said.heading}:", "quiet")], first=indent)
        self._underlined(said.words, f"{indent}  ", mark=_style(said.verdict))
        self._faults(said.faults, f"{indent}  ")
        pieces: list[Piece] = [(said.source, "quiet")]
        if said.standing:
            pieces.append((f"{said.standing.upper()}.", "alert"))
        pieces.append((said.code, "mark"))
        self._put(pieces, first=f"{indent}  ", rest=f"{indent}    ")

    def _faults(self, faults: Iterable[Fault], indent: str) -> None:
        for fault in faults:
            pieces = [(fault.message, ""), (f"({fault.check})", "quiet")]
            self._put(pieces, first=f"{indent}• ", rest=f"{indent}  ")

    def _summary(self, counts: Iterable[Count]) -> None:
        counts = tuple(counts)
        names = max(len(count.name) for count in counts)
        numbers = max(len(f"{count.number:,}") for count in counts)
        for count in counts:
            style = _style(count.verdict) if count.number else "quiet"
            name = self._paint(f"{count.name:<{names}}", style)
            row = f"  {count.number:>{numbers},}  "
            room = " " * (len(row) + names + 2)
            if self._width - len(room) < NARROWEST:
                self._lines.append(f"{row}{name}".rstrip())
                self._put([(count.meaning, "quiet")], first="    ", rest="    ")
                continue
            lines = fill(
                [(count.meaning, "quiet")], width=self._width, first=room, rest=room,
                paint=self._paint,
            )  # fmt: skip
            self._lines += [f"{row}{name}  {next(lines)[len(room) :]}", *lines]

    # --- lines

    def _heading(self, key: str) -> None:
        self._lines.append("")
        self._put([(self._words.of("report_heading", key).upper(), "heading")])

    def _underlined(self, words: Words, indent: str, *, mark: str, style: str = "") -> None:
        self._lines += underlined(
            words, width=self._width, indent=indent, paint=self._paint, style=style, mark=mark
        )

    def _put(self, pieces: Iterable[Piece], *, first: str = "", rest: str = "") -> None:
        self._lines += fill(pieces, width=self._width, first=first, rest=rest, paint=self._paint)


def _style(verdict: str) -> str:
    return "quiet" if verdict == NOTHING else verdict
