"""Statements as a page shows them: counted, with their marks, in the words of their reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from loccit.publication.page import Mark, Piece, Sentence
from loccit.publication.showing import joined, on_one_line, section_name, visible
from loccit.publication.words import Words
from loccit.terms import Citation, CitationRole, Statement, Verdict, Wording

__all__ = ["Sentences"]


class Sentences:
    """The sentences of one page; counts them, and notes which source each cites, and where."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers = count(1)
        self.sections: dict[int, dict[str, None]] = {}
        """Names of the sections cited, by number of their source."""
        self.cited_by: dict[int, dict[int, None]] = {}
        """Numbers of the sentences that cite a source, by its number."""
        self.shown: list[tuple[int, Statement]] = []
        """Each statement with its number."""

    def all(self, statements: Iterable[Statement]) -> tuple[Sentence, ...]:
        """The sentences of one part; a frame is said once for those that it stands around."""
        shown: list[Sentence] = []
        frame = ""
        for sentence in map(self.one, statements):
            shown.append(replace(sentence, frame="") if sentence.frame == frame else sentence)
            frame = sentence.frame
        return tuple(shown)

    def one(self, statement: Statement) -> Sentence:
        """A statement as a sentence."""
        number = next(self._numbers)
        self.shown.append((number, statement))
        wording = statement.wording or Wording(words=statement.text)
        words = visible(wording.words)
        holds = statement.verdict is Verdict.SUPPORTED
        return Sentence(
            number=number,
            words=words,
            subject=_subject(visible(statement.subject), words),
            lead=on_one_line(statement.lead),
            is_plain=wording.is_plain,
            grade=_grade(statement),
            verdict=str(statement.verdict),
            doubt="" if holds else self._words.of("verdict", statement.verdict),
            findings=tuple(
                visible(finding.message)
                for finding in statement.findings
                if finding.verdict is not Verdict.SUPPORTED
            ),
            marks=tuple(self._mark(citation, number) for citation in statement.citations),
            frame=visible(wording.frame),
            pieces=tuple(_pieces(wording)),
        )

    def quoted(self, citation: Citation) -> Sentence:
        """A passage near the question, as a sentence of its own."""
        number = next(self._numbers)
        words = visible(citation.quote)
        return Sentence(
            number=number,
            words=words,
            subject="",
            lead="",
            is_plain=False,
            grade="",
            verdict="",
            doubt="",
            findings=(),
            marks=(self._mark(citation, number),),
            pieces=(Piece(words),),
        )

    def _mark(self, citation: Citation, sentence: int) -> Mark:
        section = section_name(citation.locator.section)
        if citation.locator.page is not None:
            page = f"{self._words.label('page')} {citation.locator.page}"
            section = f"{section}, {page}" if section else page
        if section:
            self.sections.setdefault(citation.reference, {})[section] = None
        self.cited_by.setdefault(citation.reference, {})[sentence] = None
        supports = citation.role is CitationRole.SUPPORTS
        return Mark(
            number=citation.reference,
            passage=citation.passage,
            quote=visible(citation.quote),
            prefix=visible(citation.locator.prefix),
            suffix=visible(citation.locator.suffix),
            section=section,
            role="" if supports else self._words.of("citation_role", citation.role),
        )


def _pieces(wording: Wording) -> Iterator[Piece]:
    """The words, cut behind each term that is explained."""
    at = 0
    for each in wording.explained:
        yield Piece(visible(wording.words[at : each.end]), visible(each.meaning))
        at = each.end
    if at < len(wording.words):
        yield Piece(visible(wording.words[at:]))


def _subject(subject: str, words: str) -> str:
    """The subject, unless the words name it themselves."""
    return "" if subject.casefold() in words.casefold() else subject[:1].upper() + subject[1:]


def _grade(statement: Statement) -> str:
    said = joined(", ", statement.strength, statement.certainty)
    return joined("; ", said, statement.scale) if said else ""
