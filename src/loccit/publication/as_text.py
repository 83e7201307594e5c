"""The article for a terminal: readable at 80 columns, every sentence with the id that opens it."""

from __future__ import annotations

from collections.abc import Iterable

from loccit.publication.filling import Piece, coloured, fill, uncoloured
from loccit.publication.laying_out import lay_out
from loccit.publication.page import Conflict, Group, LeftOut, Mark, Page, Sentence, Source
from loccit.publication.showing import short_id
from loccit.publication.words import load_words
from loccit.terms import Abstention, Article, Reviewed

__all__ = ["as_text", "how_to_follow"]

MOST_CODES = 3
"""Codes printed of each section that is left out; the data hold all of them."""
NARROWEST = 20
"""Cells below which lines are not broken further."""


def as_text(
    answer: Article | Abstention,
    reviewed: Reviewed | None = None,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """The answer in lines of ``width`` cells; addresses are never broken."""
    sheet = _Sheet(max(width, NARROWEST), colour=colour)
    sheet.page(lay_out(answer, reviewed))
    return sheet.text()


def how_to_follow(answer: Article | Abstention) -> str:
    """The line that says how a question can follow this answer."""
    return f'{load_words().label("follow")} {short_id(answer.id)} "…"\n'


class _Sheet:
    """Collects the lines of one answer."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._words = load_words()
        self._width = width
        self._paint = coloured if colour else uncoloured
        self._lines: list[str] = []

    def text(self) -> str:
        """All lines."""
        return "\n".join(self._lines).strip("\n") + "\n"

    def page(self, page: Page) -> None:
        """The parts in the order in which they are read."""
        self._alerts(page)
        self._head(page)
        self._urgent(page)
        self._paragraphs("reason", (page.reason,) if page.reason else ())
        self._sentences(self._words.heading("nearest"), page.nearest)
        self._listed("widen", page.widen)
        self._gate(page)
        self._sentences(self._words.heading("bottom_line"), page.bottom_line, style="strong")
        for line in page.sums:
            self._put([(line, "quiet")], first="    ", rest="    ")
        self._paragraphs("confidence", (page.confidence,) if page.confidence else ())
        self._listed("notes", page.notes)
        self._safety(page.safety)
        self._conflicts(page.conflicts)
        for section in page.sections:
            self._sentences(section.heading, section.sentences)
        self._sentences(self._words.heading("background"), page.background)
        self._left_out("withheld", page.withheld)
        self._left_out("unshown", page.unshown)
        self._paragraphs("coverage", page.coverage)
        self._sources(page.sources)
        self._paragraphs("disclaimer", (page.disclaimer,))
        self._listed("follow_ups", page.follow_ups)
        self._foot(page)

    # --- parts

    def _head(self, page: Page) -> None:
        words, status = self._words, page.status
        self._put([(page.title, "title")])
        stands = f"{status.name}: {status.note}. {words.label('audience')} {page.audience}."
        self._put([(stands, "quiet")])
        for line in status.in_full:
            self._put([(line, "strong")])
        self._heading(words.heading("reading"))
        if page.question != page.title:
            self._put([(f"“{page.question}”", "")], first="  ", rest="  ")
        for row in page.reading:
            for value in row.values if row.check else ("; ".join(row.values),):
                pieces = [(f"{row.label}:", "quiet"), (value, "")]
                self._put(pieces, first="  ", rest="    ")

    def _alerts(self, page: Page) -> None:
        if page.alerts:
            self._heading(self._words.heading("urgent"), "alert")
        for alert in page.alerts:
            self._put([(f"{alert.title}.", "alert")], first="  ! ", rest="    ")
            self._put([(alert.message, "alert")], first="    ", rest="    ")
            self._put([(alert.provenance, "quiet")], first="    ", rest="    ")
        if page.alerts:
            self._lines.append("")

    def _urgent(self, page: Page) -> None:
        if not page.urgent:
            return
        self._heading(self._words.heading("urgent"), "alert")
        for message in page.urgent:
            self._put([(message, "alert")], first="  ! ", rest="    ")
        for flag in page.red_flags:
            self._put([(flag, "")], first="    • ", rest="      ")

    def _gate(self, page: Page) -> None:
        """Each drug and fact with what is said, and the codes that open the words."""
        if page.gate:
            self._heading(self._words.heading("gate"), "alert")
        for line in page.gate:
            label = self._words.label
            verdict = label("gate_blocks" if line.blocks else "gate_cautions")
            said = "; ".join(filter(None, (line.why, line.doubt)))
            pieces = [
                (f"{verdict.upper()}: {line.drug}.", "alert" if line.blocks else "strong"),
                (f"{label('gate_stated').capitalize()}: {line.fact}; {said}.", ""),
                *_marks(line.marks),
            ]
            self._put(pieces, first="  ! " if line.blocks else "  • ", rest="    ")

    def _left_out(self, heading: str, found: tuple[LeftOut, ...]) -> None:
        if found:
            self._heading(self._words.heading(heading))
        for each in found:
            number = f" [{each.number}]" if each.number else ""
            codes = " ".join(short_id(passage) for passage in each.passages[:MOST_CODES])
            said = f"{each.drug}, {each.section}: {each.counted}{number}"
            self._put([(said, ""), (codes, "quiet")], first="  • ", rest="    ")

    def _sentences(self, heading: str, sentences: Iterable[Sentence], *, style: str = "") -> None:
        sentences = tuple(sentences)
        if sentences:
            self._heading(heading)
        for sentence in sentences:
            self._sentence(sentence, style=style)

    def _sentence(self, sentence: Sentence, *, style: str = "", indent: str = "  ") -> None:
        """The words and after them: grade, doubt, numbers of sources, ids of passages."""
        pieces: list[Piece] = []
        if sentence.subject:
            pieces.append((f"[{sentence.subject}]", "quiet"))
        if sentence.lead:
            pieces.append((f"[{sentence.lead}]", "quiet"))
        if sentence.frame:
            pieces.append((f"[{sentence.frame}:]", "quiet"))
        pieces.append((sentence.glossed, style))
        if sentence.grade:
            pieces.append((f"({sentence.grade})", ""))
        if sentence.doubt:
            said = "; ".join((sentence.doubt, *sentence.findings))
            pieces.append((f"({said})", "alert"))
        pieces += _marks(sentence.marks)
        self._put(pieces, first=f"{indent}• ", rest=f"{indent}  ")

    def _safety(self, groups: Iterable[Group]) -> None:
        for group in groups:
            name = f"{self._words.heading('safety')}: {group.heading}"
            self._sentences(name, group.sentences)

    def _conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        if conflicts:
            self._heading(self._words.heading("conflicts"))
        for conflict in conflicts:
            self._put([(f"{conflict.point}: {conflict.differ}", "strong")], first="  ", rest="  ")
            self._put([(conflict.order, "quiet")], first="  ", rest="  ")
            for side in conflict.sides:
                who = ", ".join(filter(None, (side.issuer, side.jurisdiction)))
                self._put([(f"{who}:", "strong")], first="    ", rest="    ")
                self._sentence(side.sentence, indent="    ")

    def _sources(self, sources: tuple[Source, ...]) -> None:
        if sources:
            self._heading(self._words.heading("references"))
        for source in sources:
            number = f"[{source.number}]"
            rest = " " * (len(number) + 1)
            self._put([(number, "mark"), *self._source(source)], rest=rest)
            if source.cited_sections and not source.is_summary:
                cited = f"{self._words.label('cited')}: {source.cited_sections}"
                self._put([(cited, "quiet")], first=rest, rest=rest)

    def _source(self, source: Source) -> list[Piece]:
        """Publisher. Title. Edition. Kind. Identifiers. Standing. Address."""
        label = self._words.label
        sections = source.cited_sections
        title = source.title
        if source.is_summary:
            title = " ".join(
                filter(None, (label("summary_of"), sections and f"{sections} {label('of')}", title))
            )
        summary = label("pack_summary") if source.is_summary else ""
        kind = ", ".join(filter(None, (source.kind.capitalize(), summary, source.jurisdiction)))
        pieces = [
            (_stopped(part), "")
            for part in (source.publisher, title, source.edition, kind, source.identifiers)
            if part
        ]
        if source.standing:
            pieces.append((f"{source.standing.upper()}.", "alert"))
        if source.design:
            pieces.append((f"[{source.design}]", "quiet"))
        pieces.append((source.url, "quiet"))
        return pieces

    def _foot(self, page: Page) -> None:
        self._lines.append("")
        for line in (self._words.label("show"), *page.colophon):
            self._put([(line, "quiet")])

    # --- lines

    def _listed(self, heading: str, items: tuple[str, ...]) -> None:
        if items:
            self._heading(self._words.heading(heading))
        for item in items:
            self._put([(item, "")], first="  • ", rest="    ")

    def _paragraphs(self, heading: str, texts: tuple[str, ...]) -> None:
        if texts:
            self._heading(self._words.heading(heading))
        for text in texts:
            self._put([(text, "")], first="  ", rest="  ")

    def _heading(self, text: str, style: str = "heading") -> None:
        self._lines.append("")
        self._put([(text.upper(), style)])

    def _put(self, pieces: Iterable[Piece], *, first: str = "", rest: str = "") -> None:
        self._lines += fill(pieces, width=self._width, first=first, rest=rest, paint=self._paint)


def _marks(found: tuple[Mark, ...]) -> list[Piece]:
    """Numbers of the sources, then the passages' ids."""
    marks = dict.fromkeys(
        f"[{mark.number}]{f' ({mark.role})' if mark.role else ''}" for mark in found
    )
    ids = dict.fromkeys(short_id(mark.passage) for mark in found)
    return [*((mark, "mark") for mark in marks), *((each, "quiet") for each in ids)]


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
