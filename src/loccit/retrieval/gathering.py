"""From a question to its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loccit.ports import EvidenceBase, Vectors
from loccit.retrieval.bearing import Bearing, doubt_of
from loccit.retrieval.forms import absent_form
from loccit.retrieval.meaning import with_meaning
from loccit.retrieval.pairs import never_together
from loccit.retrieval.points import unspoken
from loccit.retrieval.products import absent_product
from loccit.retrieval.scoring import CONDITIONS, DRUGS, FAR, Scorer, asked_drugs, with_part
from loccit.retrieval.sifting import sift
from loccit.retrieval.strengths import absent_strength
from loccit.retrieval.studies import best_studies, is_finding
from loccit.terms import (
    ConceptKind,
    DocumentId,
    Evidence,
    Found,
    Question,
    Record,
    ScoredRecord,
    SearchRequest,
    Shape,
    SourceKind,
    StatementKind,
)
from loccit.vocabulary import Vocabulary

__all__ = ["Gatherer"]

BROAD, NARROW = 120, 60
"""Passages asked for by words alone, and for one slot's kinds."""
MOST_CLASS_DRUGS = 24
FEW, WHY_OF_EACH = 12, 2
"""Passages asked for that tell why, and those shown of each drug."""
MANY = 600
"""Passages on safety asked for, of all labels of a drug together."""
BY_NAME = 0.7
"""What a score counts that the drug's own name can have made, where drugs are named."""
SEVERAL = 6
"""A slot that takes more kinds than this is served by the searches by words and by name."""
SAFETY = (
    StatementKind.BOXED_WARNING,
    StatementKind.CONTRAINDICATION,
    StatementKind.WARNING,
    StatementKind.INTERACTION,
    StatementKind.SPECIFIC_POPULATION,
    StatementKind.DOSE_ADJUSTMENT,
    StatementKind.DOSE,
    StatementKind.MONITORING,
    StatementKind.OVERDOSE,
)
"""Kinds of statement in which a label may speak against a drug."""
AGAINST = (StatementKind.RECOMMENDATION_AGAINST,)
ADVISING = (SourceKind.GUIDELINE, SourceKind.PROTOCOL, SourceKind.SYSTEMATIC_REVIEW)


class Gatherer:
    """Gathers evidence with a vocabulary; ranks by meaning too where there are ``vectors``."""

    def __init__(self, vocabulary: Vocabulary, vectors: Vectors | None = None) -> None:
        self._vocabulary, self._vectors = vocabulary, vectors

    def gather(
        self,
        question: Question,
        shape: Shape,
        base: EvidenceBase,
        *,
        near: tuple[Shape, ...] = (),
    ) -> Evidence:
        """Everything that may answer the question, best first, and what was left out and why.

        ``near`` are shapes of other kinds that the question may be of: what answers them counts
        too, a little less.
        """
        found = self._search(question, shape, base)
        kept, excluded = sift(found, base.originals())
        coverage = base.coverage()
        newest = int(coverage.newest[:4] or 0)
        scorer = Scorer(
            question,
            shape,
            self._vocabulary,
            newest_year=newest,
            near=near,
            records=[each.record for each in kept],
        )
        scored = sorted((scorer.score(each.record, each.score) for each in kept), key=_order)
        scored, by = with_meaning(_with_twins_behind(scored), question, self._vectors)
        scored = self._with_abstracts(scored, scorer, question, base)
        return Evidence(
            question=question,
            records=tuple(sorted(scored, key=_order)),
            excluded=tuple(excluded),
            base_digest=base.digest(),
            coverage=replace(coverage, by_meaning=by),
            missing=self._missing(question, scored),
            unspoken=unspoken(question, base),
            never_together=never_together(question, base, self._vocabulary),
            absent_product=self._absent_product(question, scored, base),
        )

    def _with_abstracts(
        self,
        scored: list[ScoredRecord],
        scorer: Scorer,
        question: Question,
        base: EvidenceBase,
    ) -> list[ScoredRecord]:
        """What the best studies say they found, in full.

        A study that answers is more than the one sentence with the words of the question.
        """
        studies = best_studies(scored, frozenset(question.asked_drugs))
        if not studies:
            return scored
        documents = tuple(studies)
        request = SearchRequest(words=self._words(question), documents=documents, limit=BROAD)
        found = [each for each in base.search(request) if is_finding(each.record)]
        lexical = {each.record.passage.id: each.parts.get("lexical", 0.0) for each in scored}
        findings = {
            each.record.passage.id: scorer.score(
                each.record,
                lexical.get(each.record.passage.id, 0.0),
                document=studies[each.record.card.id],
            )
            for each in found
        }
        others = [each for each in scored if each.record.passage.id not in findings]
        return [*others, *findings.values()]

    def deepen(
        self, evidence: Evidence, shape: Shape, drugs: tuple[str, ...], base: EvidenceBase
    ) -> Evidence:
        """The evidence with what labels say of ``drugs`` that the question did not name."""
        further = [drug for drug in drugs if drug not in evidence.question.names(ConceptKind.DRUG)]
        if not further:
            return evidence
        found: dict[str, Found] = {}
        for kinds in dict.fromkeys(slot.kinds for slot in shape.slots if slot.by_drug):
            for drug in further:
                request = SearchRequest(
                    words=drug,
                    drugs=(drug,),
                    kinds=kinds,
                    source_kinds=(SourceKind.LABEL,),
                    limit=NARROW,
                )
                found |= {each.record.passage.id: each for each in base.search(request)}
        known = {each.record.passage.id for each in evidence.records}
        kept, _ = sift(found.values(), base.originals())
        scorer = Scorer(
            evidence.question,
            shape,
            self._vocabulary,
            newest_year=int(evidence.coverage.newest[:4] or 0),
            records=[*(each.record for each in evidence.records), *(e.record for e in kept)],
        )
        more = [scorer.score(e.record, 0.0) for e in kept if e.record.passage.id not in known]
        return replace(evidence, records=tuple(sorted((*evidence.records, *more), key=_order)))

    def with_doubt(self, evidence: Evidence, base: EvidenceBase) -> Evidence:
        """The evidence with how likely it is that it does not bear on the question."""
        bearing = Bearing(evidence.question, evidence.records, self._vocabulary, base)
        unsaid = tuple(dict.fromkeys((*bearing.unheard, *bearing.unsaid())))
        return replace(evidence, doubt=doubt_of(bearing.features()), unsaid=unsaid)

    def safety(self, drugs: Iterable[str], base: EvidenceBase) -> dict[str, list[Record]]:
        """What current labels warn of each drug, and what guidelines advise against it.

        Of a drug without a label here, what others say of it or of its class.
        """
        originals = base.originals()
        return {drug: self._safety_of(drug, base, originals) for drug in drugs}

    def _safety_of(self, drug: str, base: EvidenceBase, originals: frozenset[str]) -> list[Record]:
        names = tuple(self._known_as(drug))
        own = SearchRequest(
            words=drug, drugs=(drug,), kinds=SAFETY, source_kinds=(SourceKind.LABEL,), limit=MANY
        )
        advised = SearchRequest(
            words=drug, mentions=names, kinds=AGAINST, source_kinds=ADVISING, limit=NARROW
        )
        kept, _ = sift(base.search(own), originals)
        if len(kept) >= MANY:
            cards = {each.record.card.id: each.record.card for each in kept}
            newest = min(cards, key=lambda name: (-cards[name].day.toordinal(), name))
            more, _ = sift(base.search(replace(own, documents=(newest,))), originals)
            kept = [*kept, *more]
        if not kept:
            by_class = SearchRequest(words=drug, mentions=names, kinds=SAFETY, limit=BROAD)
            kept, _ = sift(base.search(by_class), originals)
        against, _ = sift(base.search(advised), originals)
        found = {each.record.passage.id: each.record for each in (*kept, *against)}
        told = {*SAFETY, *AGAINST}
        return [record for record in found.values() if record.description.kinds[0] in told]

    def advised(self, conditions: tuple[str, ...], base: EvidenceBase) -> tuple[Record, ...]:
        """What guidelines recommend for the conditions or their nearest kin, best first."""
        parents = self._vocabulary.parents
        wider = (name for each in conditions for name in parents.get(each, ()))
        narrower = (name for name, up in parents.items() if not set(conditions).isdisjoint(up))
        request = SearchRequest(
            words=" ".join(conditions),
            mentions=tuple(dict.fromkeys((*conditions, *wider, *narrower))),
            kinds=(StatementKind.RECOMMENDATION_FOR,),
            source_kinds=(SourceKind.GUIDELINE,),
            limit=NARROW,
        )
        kept, _ = sift(base.search(request), base.originals())
        return tuple(each.record for each in kept)

    def background(
        self, drugs: Iterable[str], kinds: tuple[StatementKind, ...], base: EvidenceBase
    ) -> tuple[Record, ...]:
        """What the newest labels say of each drug in these kinds, to tell why; a few of each."""
        originals = base.originals()
        found: list[Record] = []
        for drug in drugs:
            own = SearchRequest(
                words=f"{drug} mechanism of action",
                drugs=(drug,),
                kinds=kinds,
                source_kinds=(SourceKind.LABEL,),
                limit=FEW,
            )
            kept, _ = sift(base.search(own), originals)
            found += [each.record for each in kept[:WHY_OF_EACH]]
        return tuple(found)

    def _known_as(self, drug: str) -> dict[str, None]:
        """The drug, then its classes, the nearest first."""
        classes = self._vocabulary.classes.get(drug, ())
        wider = (name for each in classes for name in self._vocabulary.lineage(each))
        return dict.fromkeys((drug, *wider))

    def _search(self, question: Question, shape: Shape, base: EvidenceBase) -> list[Found]:
        """All searches together, each passage with its best share of what a search could give.

        Searches by all the words and searches by the words beside the drug's name score on
        different scales: each score is divided by the best one made with the same words.
        """
        best_share: dict[str, float] = {}
        found: dict[str, Record] = {}
        by_words: dict[str, list[Found]] = {}
        for request in self._requests(question, shape):
            by_words.setdefault(request.words, []).extend(base.search(request))
        beside = _words_beside_drugs(question)
        for words, each_words in by_words.items():
            best = max((each.score for each in each_words), default=0.0) or 1.0
            weight = 1.0 if beside in (words, question.terms) else BY_NAME
            for each in each_words:
                name, share = each.record.passage.id, weight * each.score / best
                if name not in best_share or best_share[name] < share:
                    best_share[name], found[name] = share, each.record
        return [Found(record=found[name], score=best_share[name]) for name in found]

    def _requests(self, question: Question, shape: Shape) -> Iterator[SearchRequest]:
        words, beside = self._words(question), _words_beside_drugs(question)
        drugs = asked_drugs(question, self._vocabulary)[:MOST_CLASS_DRUGS]
        named = question.names(*DRUGS, *CONDITIONS, ConceptKind.PROCEDURE)
        conditions = self._near_conditions(question)
        yield SearchRequest(words=words, limit=BROAD)
        if named:
            yield SearchRequest(words=words, mentions=named, limit=BROAD)
        if drugs:
            yield SearchRequest(words=beside, drugs=drugs, limit=BROAD)
        narrow = (slot.kinds for slot in shape.slots if len(slot.kinds) <= SEVERAL)
        for kinds in dict.fromkeys((*narrow, *((kind,) for kind in question.asks))):
            if drugs:
                yield SearchRequest(words=beside, drugs=drugs, kinds=kinds, limit=NARROW)
            if conditions:
                yield SearchRequest(words=words, mentions=conditions, kinds=kinds, limit=BROAD)

    def _near_conditions(self, question: Question) -> tuple[str, ...]:
        """The conditions asked about and their wider names, as far as these still say something."""
        steps = (self._vocabulary.steps_up(name) for name in question.names(*CONDITIONS))
        return tuple(dict.fromkeys(name for up in steps for name, far in up.items() if far < FAR))

    def _words(self, question: Question) -> str:
        """The question's telling words, with canonical names beside them."""
        known = question.terms.casefold()
        names = (name for name in question.names(*ConceptKind) if name not in known)
        return " ".join((question.terms, *names))

    def _absent_product(
        self, question: Question, scored: list[ScoredRecord], base: EvidenceBase
    ) -> str:
        """The product or the form asked about, where only others of the substance are there."""
        records = [each.record for each in scored]
        product = absent_product(question, records, self._vocabulary)
        return product or absent_form(question, base) or absent_strength(question, base)

    def _missing(self, question: Question, scored: list[ScoredRecord]) -> tuple[str, ...]:
        """Drugs and conditions of the question that no gathered passage speaks of."""
        spoken: set[str] = set()
        for each in scored:
            says = each.record.description
            spoken.update(says.subjects, says.drugs, says.conditions)
        return tuple(name for name in question.names(*DRUGS, *CONDITIONS) if name not in spoken)


def _with_twins_behind(scored: list[ScoredRecord]) -> list[ScoredRecord]:
    """The records, those of a drug's further labels set back behind the label that fits best.

    Labels of one drug say nearly the same; an article that quotes one of them is easier to follow.
    """
    first: dict[tuple[str, ...], DocumentId] = {}
    placed = []
    for each in scored:
        card, subjects = each.record.card, each.record.description.subjects
        if card.evidence_kind is SourceKind.LABEL and subjects:
            leading = first.setdefault(subjects, card.id)
            if leading != card.id:
                placed.append(with_part(each, "twin", 1.0))
                continue
        placed.append(each)
    return sorted(placed, key=_order)


def _words_beside_drugs(question: Question) -> str:
    """The telling words without the drug's own names: inside its label these tell nothing."""
    drugs = {
        word.casefold()
        for concept in question.concepts
        if concept.kind is ConceptKind.DRUG
        for word in (*concept.text.split(), *concept.name.split())
    }
    drugs.update(right for _, right in question.corrections)
    words = [word for word in question.terms.split() if word.casefold() not in drugs]
    return " ".join(words) or question.terms


def _order(scored: ScoredRecord) -> tuple[float, str, int]:
    place = scored.record.passage.locator
    return -scored.score, place.document, place.start
