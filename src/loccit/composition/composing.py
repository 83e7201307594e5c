"""From evidence to an article, or to an honest stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from loccit import __version__
from loccit.composition.abstaining import abstention, reason_to_stop
from loccit.composition.bearing import unmet_words
from loccit.composition.citing import numbered, recommendations, renumbered, statement
from loccit.composition.confidence import confidence_of
from loccit.composition.conflicts import ConflictFinder, acts_named
from loccit.composition.dosing import is_for_the_patient, undosed
from loccit.composition.facets import facets_of, leads_with_facets
from loccit.composition.gate import MOST_BLOCKS, MOST_CAUTIONS, Judge, Weighed, gate_of, shown_of
from loccit.composition.holding import Context
from loccit.composition.naming import answer_id
from loccit.composition.safety import safety_of_drug
from loccit.composition.selecting import Pick, Selector, strictness_of
from loccit.composition.shapes import load_shapes
from loccit.composition.weighing import order_of, sides_of, with_both_sides
from loccit.terms import (
    Abstention,
    Article,
    ArticleSection,
    ConflictPanel,
    DrugSafety,
    Evidence,
    Question,
    Record,
    Role,
    ScoredRecord,
    Shape,
    Slot,
    SourceKind,
    Standing,
    Statement,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Composer"]

COMPOSER = f"select-and-copy {__version__}"

LEADING, PLAINLY = 5, 0.6
"""Records at the top, and the share of the question's words at which one of them answers it."""
WANTED = 0.3
"""Least fit to a kind of question at which a kind of statement is asked for by it."""


class Composer:
    """Selects and copies: every sentence it writes is an exact slice of a source."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._judge = Judge(vocabulary)
        self._conflicts = ConflictFinder(vocabulary)

    def weigh(
        self, question: Question, drugs: tuple[str, ...], said: dict[str, list[Record]]
    ) -> Weighed:
        """The stated facts held against ``said``, what sources warn of each drug."""
        return Weighed(judgement=self._judge.judge(question, drugs, said), said=said)

    def compose(
        self,
        evidence: Evidence,
        shape: Shape,
        drugs: tuple[str, ...],
        weighed: Weighed,
    ) -> Article | Abstention:
        """The article on ``evidence``, or why there is none.

        ``drugs`` are those the article is about, ``weighed`` what the safety gate found of them.
        """
        question = evidence.question
        context = Context(
            question=question,
            drugs=drugs,
            guided=_guided(evidence),
            wanted=_wanted(question),
            judgement=weighed.judgement,
        )
        selector = Selector(context, self._vocabulary)
        picked = self._bottom_line(selector, evidence, shape)
        reason = reason_to_stop(evidence, picked, self._vocabulary)
        if reason and not weighed.judgement.answers:
            return abstention(evidence, reason)
        told = {name for pick in picked for name in acts_named(pick.chosen.record)}
        conflicts = self._conflicts.find(evidence.records, question, (*drugs, *told))
        evidence = replace(evidence, conflicts=conflicts)
        picked = with_both_sides(picked, evidence.conflicts, question.jurisdiction, selector.claim)
        direct = _direct(evidence)
        groups = _fill(selector, shape.sections, evidence.records, direct=direct)
        beside = [(slot, selector.take(found)) for slot, found in weighed.beside()]
        article = self._article(evidence, picked, [*beside, *groups], weighed)
        given = [*picked, *(pick for _, picks in groups for pick in picks)]
        no_dose = undosed(context, [pick.chosen for pick in given], self._vocabulary)
        top = [pick.chosen.record for pick in picked]
        return replace(article, gate=gate_of(article, weighed, selector.withheld, no_dose, top))

    def _bottom_line(self, selector: Selector, evidence: Evidence, shape: Shape) -> list[Pick]:
        """The shape's first slots, and the strictest words on each stated fact of the patient."""
        question, words = evidence.question, self._vocabulary

        def facets() -> list[Pick]:
            found = facets_of(question, self._vocabulary)
            picks = [p for facet in found for p in selector.fill_facet(facet, evidence.records)]
            return sorted(picks, key=strictness_of)

        judgement = selector.context.judgement
        blocks = selector.take(shown_of(judgement.blocks, evidence, MOST_BLOCKS))
        cautions = selector.take(shown_of(judgement.cautions, evidence, MOST_CAUTIONS))
        leading = facets() if leads_with_facets(question) else []
        lines = _fill(selector, shape.bottom_line, evidence.records, direct=_direct(evidence))
        picked = [pick for _, picks in lines for pick in picks]
        if leads_with_facets(question):
            answer = [*cautions, *leading, *picked, *([] if leading else facets())]
        else:
            answer = [*picked, *cautions, *facets()]
            context = selector.context
            answer.sort(key=lambda pick: not is_for_the_patient(context, pick.chosen, words))
        return [*blocks, *answer] if judgement.asked else [*answer, *blocks]

    def _article(
        self,
        evidence: Evidence,
        bottom: list[Pick],
        groups: list[tuple[Slot, list[Pick]]],
        weighed: Weighed,
    ) -> Article:
        ids = (f"s{number}" for number in count(1))
        question = evidence.question
        article = Article(
            id=answer_id(question, evidence.searched),
            question=question,
            title=question.text,
            audience=question.audience,
            bottom_line=tuple(self._statements(bottom, Role.ANSWER, ids)),
            sections=tuple(
                ArticleSection(
                    kind=slot.name,
                    heading=slot.heading,
                    statements=tuple(self._statements(picks, slot.role, ids)),
                )
                for slot, picks in groups
                if picks
            ),
            references=(),
            safety=tuple(self._safety(weighed.said, ids)),
            conflicts=tuple(self._panels(evidence, bottom, ids)),
            coverage=evidence.coverage,
            confidence=confidence_of(evidence, bottom, barred=weighed.judgement.bars),
            notes=tuple(_notes(evidence)),
            evidence_digest=evidence.base_digest,
            composed_by=COMPOSER,
        )
        article = numbered(article, evidence, weighed.records)
        return replace(article, recommendations=recommendations(article))

    def with_background(self, article: Article, records: tuple[Record, ...]) -> Article:
        """The article with what tells why, outside the answer itself; cited like all else."""
        said = {each.text for each in article.statements()}
        why = tuple(
            statement(record, Role.REASON, f"w{number}", vocabulary=self._vocabulary)
            for number, record in enumerate(records, 1)
            if record.passage.text not in said
        )
        return renumbered(replace(article, background=why), (each.card for each in records))

    def _statements(
        self, picks: Iterable[Pick], role: Role, ids: Iterator[str]
    ) -> Iterator[Statement]:
        for pick in picks:
            copies = [each.record for each in pick.copies]
            yield statement(
                pick.chosen.record, role, next(ids), vocabulary=self._vocabulary, copies=copies
            )

    def _safety(self, safety: dict[str, list[Record]], ids: Iterator[str]) -> Iterator[DrugSafety]:
        for drug, records in safety.items():
            yield DrugSafety(
                drug=drug,
                statements=tuple(
                    statement(record, Role.SAFETY, next(ids), vocabulary=self._vocabulary)
                    for record in safety_of_drug(drug, records)
                ),
            )

    def _panels(
        self, evidence: Evidence, bottom: list[Pick], ids: Iterator[str]
    ) -> Iterator[ConflictPanel]:
        asked = evidence.question.jurisdiction
        for conflict in evidence.conflicts:
            yield ConflictPanel(
                point=conflict.point,
                by=conflict.by,
                order=order_of(conflict, asked, bottom),
                sides=tuple(
                    statement(each.record, Role.CAVEAT, next(ids), vocabulary=self._vocabulary)
                    for each in sides_of(conflict, asked)
                ),
            )


def _wanted(question: Question) -> frozenset[StatementKind]:
    """Kinds of statement that the kind of a question asks for, or the next likeliest."""
    shapes = load_shapes()
    near = (shapes[kind].kind_fit for kind in (question.kind, *question.also[:1]))
    return frozenset(kind for fits in near for kind, fit in fits.items() if fit >= WANTED)


def _direct(evidence: Evidence) -> bool:
    """Whether what answers most directly comes first: with a drug named, or the words asked."""
    leading = evidence.records[:LEADING]
    return bool(evidence.question.asked_drugs) or any(e.covered >= PLAINLY for e in leading)


def _fill(
    selector: Selector,
    slots: tuple[Slot, ...],
    records: tuple[ScoredRecord, ...],
    *,
    direct: bool,
) -> list[tuple[Slot, list[Pick]]]:
    """Picks for each slot of a group, in the shape's order.

    The fallback slots of a group take what answers most directly. They are filled first when there
    is such (``direct``), else only when the others of the group stay empty.
    """
    primary = [slot for slot in slots if not slot.fallback]
    fallback = [slot for slot in slots if slot.fallback]
    order = [*fallback, *primary] if direct else primary
    filled = {slot.name: selector.fill(slot, records) for slot in order}
    if not direct and not any(filled[slot.name] for slot in primary if not slot.by_drug):
        filled |= {slot.name: selector.fill(slot, records) for slot in fallback}
    return [(slot, filled.get(slot.name, [])) for slot in slots]


def _guided(evidence: Evidence) -> bool:
    """Whether a guideline on the condition recommends something."""
    return any(
        each.record.card.evidence_kind is SourceKind.GUIDELINE
        and each.record.description.kinds[0] is StatementKind.RECOMMENDATION_FOR
        and each.parts.get("condition", 0) > 0
        and each.fits
        for each in evidence.records
    )


def _notes(evidence: Evidence) -> Iterator[str]:
    """What the reader should know of what was left out, read otherwise or not found."""
    if unmet := unmet_words(evidence):
        yield unmet
    retracted = {e.record.card.title for e in evidence.excluded if "retracted" in e.reason}
    for title in sorted(retracted):
        yield f"Left out, since it was retracted: {title}"
    if evidence.missing:
        yield f"The base holds nothing on: {', '.join(evidence.missing)}"
    drafts = {
        each.record.card.title
        for each in evidence.records
        if each.record.card.standing is Standing.DRAFT
    }
    for title in sorted(drafts):
        yield f"A draft, not a final text: {title}"
