"""From an answer to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from loccit.publication.alerts import alerts_of, other_flags
from loccit.publication.coverage_lines import coverage_lines
from loccit.publication.evidence_marks import (
    confidence_in_words,
    confidence_parts,
    grades_of,
    newest_of,
)
from loccit.publication.gate_lines import gate_lines, left_out
from loccit.publication.nearest import nearest_citations, nearest_references
from loccit.publication.page import Conflict, Group, Page, Side, Source, Status
from loccit.publication.question_rows import facts_in_short, rows_of
from loccit.publication.sentences import Sentences
from loccit.publication.showing import is_web_address, joined, on_one_line, visible
from loccit.publication.words import Words, load_words
from loccit.stances import load_stance_rules
from loccit.terms import (
    LOCAL,
    Abstention,
    Article,
    Audience,
    ConflictPanel,
    Coverage,
    DocumentCard,
    Question,
    QuestionKind,
    Reference,
    Reviewed,
    SourceKind,
    Standing,
    Statement,
)

__all__ = ["edition_of", "lay_out", "new_status", "title_of"]

MOST_SECTIONS = 4
"""Sections of one source named in its reference; a sentence names its own."""
_ORDERS = frozenset({LOCAL, "both", "open", "barred"})
"""What can set sides in order beside a jurisdiction."""
DIGEST = 12
"""Characters of a digest that are printed."""


def lay_out(answer: Article | Abstention, reviewed: Reviewed | None = None) -> Page:
    """The page of an answer, or of an honest stop; ``reviewed`` is where its text stands."""
    if isinstance(answer, Article):
        return _Layout(answer.audience, answer.references, reviewed).article(answer)
    references = nearest_references(answer)
    return _Layout(answer.question.audience, references).abstention(answer)


class _Layout:
    """Lays out one answer: counts its sentences and notes which source each cites."""

    def __init__(
        self,
        audience: Audience,
        references: Iterable[Reference],
        reviewed: Reviewed | None = None,
    ) -> None:
        self._words, self._reviewed = load_words(), reviewed
        self._audience = audience
        self._references = tuple(references)
        self._cards = {reference.number: reference.card for reference in self._references}
        self._sentences = Sentences(self._words)

    def article(self, article: Article) -> Page:
        bottom = self._sentences.all(article.bottom_line)
        ids = (statement.id for statement in article.bottom_line)
        numbers = {r.card.id: r.number for r in article.references}
        gate, words = article.gate, self._words
        return Page(
            title=visible(article.title),
            gate=gate_lines(article, dict(zip(ids, bottom, strict=True)), words),
            sums=tuple(self._sums(article)),
            withheld=tuple(left_out(gate.withheld, numbers, words)),
            unshown=tuple(left_out(gate.unshown, numbers, words)),
            bottom_line=bottom,
            sections=tuple(
                Group(heading=visible(heading), sentences=self._sentences.all(statements))
                for heading, statements in _beside_safety(article)
            ),
            safety=tuple(
                Group(heading=visible(drug.drug), sentences=self._sentences.all(drug.statements))
                for drug in article.safety
            ),
            conflicts=tuple(self._conflict(panel) for panel in article.conflicts),
            background=self._sentences.all(article.background),
            confidence=confidence_in_words(article.confidence, self._words),
            notes=_all_visible(article.notes),
            follow_ups=_all_visible(article.follow_ups),
            colophon=self._colophon(article.evidence_digest, article.composed_by),
            **confidence_parts(article.confidence, self._words),
            grades=tuple(grades_of(article.bottom_line)),
            numbers=tuple((number, each.id) for number, each in self._sentences.shown),
            **self._common(article.question, article.coverage),
        )

    def abstention(self, abstention: Abstention) -> Page:
        return Page(
            title=self._words.of("message", "not_answered"),
            reason=visible(abstention.reason),
            nearest=tuple(
                self._sentences.quoted(citation) for citation in nearest_citations(abstention)
            ),
            widen=_all_visible(abstention.how_to_widen),
            colophon=self._colophon(abstention.evidence_digest, ""),
            **self._common(abstention.question, abstention.coverage),
        )

    def _common(self, question: Question, coverage: Coverage) -> dict[str, Any]:
        """What every page has. Called last, when all sentences have been counted."""
        words = self._words
        return {
            "question": visible(question.text),
            "kind": words.of("question_kind", question.kind),
            "audience": words.of("audience", self._audience),
            **_standing(self._audience, self._reviewed, self._sentences.shown),
            "reading": rows_of(question, words),
            "facts": facts_in_short(question, words),
            "newest": newest_of(self._references),
            "urgent": self._urgent(question),
            "red_flags": _all_visible(other_flags(question)),
            "alerts": alerts_of(question, self._audience, words),
            "coverage": (*coverage_lines(coverage, words), *self._preferred(coverage)),
            "sources": tuple(self._source(reference) for reference in self._references),
        }

    def _sums(self, article: Article) -> Iterator[str]:
        """Editorial lines, in square brackets: nothing of them is quoted."""
        for each in article.gate.calculations:
            yield f"[{self._words.label('calculated')}: {visible('; '.join(each.steps))}]"
        for drug in article.gate.no_dose:
            yield f"[{visible(drug)}: {self._words.of('message', 'no_dose')}]"

    def _conflict(self, panel: ConflictPanel) -> Conflict:
        words = self._words
        asked = panel.order.lower() if panel.order in _ORDERS else "asked"
        return Conflict(
            point=visible(panel.point),
            differ=load_stance_rules().means[panel.by],
            order=words.of("order", asked).replace("{}", panel.order),
            sides=tuple(self._side(side) for side in panel.sides),
        )

    def _side(self, statement: Statement) -> Side:
        number = statement.citations[0].reference
        card = self._cards.get(number)
        return Side(
            issuer=self._issuer(number),
            jurisdiction=_where(card, self._words) if card else "",
            sentence=self._sentences.one(statement),
        )

    def _issuer(self, number: int) -> str:
        card = self._cards.get(number)
        return joined(", ", card.publisher or card.title, card.year) if card else ""

    # --- what stands around them

    def _urgent(self, question: Question) -> tuple[str, ...]:
        """Fixed messages in general, where no danger has brought its own, for this audience."""
        flags = other_flags(question)
        if question.red_flags and not flags:
            return ()
        twin = "_patient" if self._audience is Audience.PATIENT else ""
        wanted = {
            "emergency": question.kind is QuestionKind.EMERGENCY,
            "red_flags": bool(flags),
        }
        return tuple(
            self._words.of("message", name + twin) for name, holds in wanted.items() if holds
        )

    def _source(self, reference: Reference) -> Source:
        card, number, words = reference.card, reference.number, self._words
        is_summary = card.kind is SourceKind.SUMMARY
        kind = words.of("source_kind", card.evidence_kind)
        is_current = card.standing is Standing.CURRENT
        return Source(
            number=number,
            kind=kind,
            title=title_of(card),
            publisher=on_one_line(card.publisher),
            year=joined("", card.year),
            jurisdiction=on_one_line(card.jurisdiction),
            edition=edition_of(card),
            identifiers=_identifiers(card),
            url=on_one_line(card.url),
            link=card.url if is_web_address(card.url) else "",
            standing="" if is_current else words.of("standing", card.standing),
            licence=on_one_line(card.licence),
            cited_sections=_first_few(tuple(self._sentences.sections.get(number, ())), words),
            is_summary=is_summary,
            design=visible(reference.design),
            cited_by=tuple(self._sentences.cited_by.get(number, ())),
        )

    def _preferred(self, coverage: Coverage) -> Iterator[str]:
        """Which sources came first for where they hold, or that none of them answers."""
        titles = {card.id: title_of(card) for card in self._cards.values()}
        for each in coverage.preferred:
            key = "local" if each.jurisdiction == LOCAL else "asked" if each.documents else "none"
            said = self._words.of("preferred", key).replace("{}", each.jurisdiction)
            named = joined("; ", *(titles.get(document) for document in each.documents))
            yield f"{said}: {named}" if named else f"{said}."

    def _colophon(self, digest: str, composer: str) -> tuple[str, ...]:
        words = self._words
        made = {"evidence": digest[:DIGEST], "composed_by": composer}
        lines = [f"{words.label(name)}: {visible(value)}" for name, value in made.items() if value]
        return (*lines, f"{words.label('fixed_words')}: {words.owner}, {words.dated.isoformat()}")


def _where(card: DocumentCard, words: Words) -> str:
    """Where a source holds."""
    local = card.jurisdiction == LOCAL
    return words.of("preferred", "hold_here") if local else on_one_line(card.jurisdiction)


def _all_visible(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(visible(text) for text in texts)


def _beside_safety(article: Article) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Headings with what their sections say beside the panel on safety, which stands above them."""
    panel = {(s.text, _cited(s)) for drug in article.safety for s in drug.statements}
    for section in article.sections:
        told = tuple(s for s in section.statements if (s.text, _cited(s)) not in panel)
        if told:
            yield section.heading, told


def _cited(statement: Statement) -> frozenset[int]:
    return frozenset(citation.reference for citation in statement.citations)


def _first_few(sections: tuple[str, ...], words: Words) -> str:
    left = len(sections) - MOST_SECTIONS
    more = f"{left} {words.label('more')}" if left > 0 else ""
    return joined("; ", *sections[:MOST_SECTIONS], more)


def title_of(card: DocumentCard) -> str:
    """The work's own title; that it is read through a summary is said beside it."""
    title = on_one_line(card.title)
    if card.kind is SourceKind.SUMMARY:
        return title.removeprefix(f"{load_words().label('summary_of')} ")
    return title


def edition_of(card: DocumentCard) -> str:
    """Year, version and date in force or of publication, as far as the source states them."""
    rules = card.evidence_kind in {SourceKind.LABEL, SourceKind.GUIDELINE, SourceKind.PROTOCOL}
    dated = load_words().label("in_force" if rules else "published")
    in_force = f"{dated} {card.effective_on}" if card.effective_on else ""
    year = "" if str(card.year) in f"{card.version} {in_force}" else card.year
    return joined("; ", year, card.version, in_force)


def _identifiers(card: DocumentCard) -> str:
    known = {**card.original_identifiers, **card.identifiers}
    return joined(
        " · ", *(f"{name.upper().replace('_', ' ')} {known[name]}" for name in sorted(known))
    )


def new_status() -> Status:
    """The status of a text that is in no review."""
    words = load_words()
    state = words.of("status", "state")
    return Status(
        state=state,
        name=words.of("step", state),
        note=words.of("status", "note"),
        steps=tuple(words.tables["step"].values()),
    )


def _standing(
    audience: Audience, reviewed: Reviewed | None, shown: Iterable[tuple[int, Statement]]
) -> dict[str, Any]:
    """Where the text stands, and the fixed words at the end that depend on it."""
    if reviewed is None:
        disclaimer = load_words().of("disclaimer", audience)
        return {"status": new_status(), "disclaimer": disclaimer}
    from loccit.publication import review_marks  # noqa: PLC0415 - most answers are in no review

    return {
        "status": replace(
            review_marks.status_of(reviewed),
            open=tuple(number for number, each in shown if each.id in reviewed.open),
        ),
        "disclaimer": review_marks.disclaimer_for(audience, reviewed),
    }
