"""From what many passages say of one claim to one verdict, and the passages that decide it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from loccit.terms import (
    CheckedPart,
    Citation,
    CitationRole,
    Claim,
    Record,
    SourceKind,
    Verdict,
    Witness,
)
from loccit.verification.grounds import Ground
from loccit.verification.verifying import Judgement, Verifier

__all__ = ["check_claim", "ground_of"]

ABOUT, COVERED = 0.55, 0.4
"""What a passage that was found, not cited, must share with a claim to contradict it."""
PARTLY_COVERED = 0.4
CLOSELY = 0.85
"""What one must share with a claim to be shown beside those that support it."""
CLEARLY = 0.1
"""How much more of a claim a passage must cover to outweigh one that supports it."""
MOST_WITNESSES = 3
_WORST = (Verdict.CONTRADICTED, Verdict.PARTLY, Verdict.NOT_FOUND, Verdict.SUPPORTED)
_ROLES = {
    Verdict.SUPPORTED: CitationRole.SUPPORTS,
    Verdict.CONTRADICTED: CitationRole.CONTRADICTS,
    Verdict.PARTLY: CitationRole.QUALIFIES,
}


class _Heard(NamedTuple):
    """A passage and what it says of the claim."""

    judgement: Judgement
    record: Record

    @property
    def strength(self) -> tuple[float, float]:
        """How well it speaks of the claim, for ordering."""
        return self.judgement.covered, self.judgement.about


def ground_of(record: Record) -> Ground:
    """The words of a record, and what they stand under."""
    place = record.passage.locator
    return Ground(
        text=record.passage.text,
        context=" ; ".join((record.card.title, *place.section, record.passage.context)),
        subjects=record.description.subjects,
        card=record.card,
        locator=place,
    )


def check_claim(
    claim: Claim, cited: Iterable[Record], found: Iterable[Record], verifier: Verifier
) -> CheckedPart:
    """The verdict on ``claim`` by the passages it cites, else by those ``found`` for it.

    Cited passages decide alone. Among found ones a supporting passage wins, unless one that says
    clearly more of the claim contradicts it; what speaks of other drugs is not heard. What is
    claimed of several things must hold of each; what is found of some of them only is found in
    part.
    """
    held, looked_at = list(cited), list(found)
    readings = [replace(claim, topics=(topic,)) for topic in claim.topics] or [claim]
    checked = [_check(each, held, looked_at, verifier) for each in readings]
    worst = min(checked, key=lambda part: _WORST.index(part.verdict))
    if worst.verdict is Verdict.NOT_FOUND and len({part.verdict for part in checked}) > 1:
        worst = next(part for part in checked if part.verdict is Verdict.SUPPORTED)
        return replace(worst, claim=claim, verdict=Verdict.PARTLY)
    return replace(worst, claim=claim)


def _check(
    claim: Claim, cited: list[Record], found: list[Record], verifier: Verifier
) -> CheckedPart:
    by_citation = [_heard(claim, record, verifier) for record in cited]
    heard = by_citation or [
        each
        for record in found
        if (each := _heard(claim, record, verifier)).judgement.verdict is not Verdict.NOT_FOUND
        and not _of_another_drug(each)
        and not _labels_another(claim, record, verifier)
    ]
    heard.sort(key=lambda each: each.strength, reverse=True)
    verdict, telling = _weigh(heard) if not by_citation else _by_citation(heard)
    return CheckedPart(
        claim=claim,
        verdict=verdict,
        witnesses=tuple(_witness(each) for each in telling[:MOST_WITNESSES]),
    )


def _heard(claim: Claim, record: Record, verifier: Verifier) -> _Heard:
    """What a record says of the claim, read with what it leaves unsaid: topic and partners."""
    drugs = (d for d in claim.partners if d.casefold() not in claim.text.casefold())
    topic = " ".join((*claim.topics, *drugs))
    return _Heard(verifier.judge(claim.text, ground_of(record), topic), record)


def _labels_another(claim: Claim, record: Record, verifier: Verifier) -> bool:
    """Whether it is the label of a drug that the claim does not speak of.

    Named in passing there, the claim's drug is not its subject.
    """
    subjects = record.description.subjects
    if not claim.drugs or not subjects or record.card.evidence_kind is not SourceKind.LABEL:
        return False
    return not any(
        verifier.are_related(mine, theirs) for mine in claim.drugs for theirs in subjects
    )


def _of_another_drug(each: _Heard) -> bool:
    return any(
        finding.check.startswith("drug/") and finding.verdict is not Verdict.PARTLY
        for finding in each.judgement.findings
    )


def _by_citation(heard: list[_Heard]) -> tuple[Verdict, list[_Heard]]:
    """The best that the citations can do together."""
    order = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.PARTLY, Verdict.NOT_FOUND)
    best = min(heard, key=lambda each: order.index(each.judgement.verdict))
    return best.judgement.verdict, [best, *(each for each in heard if each is not best)]


def _weigh(heard: list[_Heard]) -> tuple[Verdict, list[_Heard]]:
    supports = [each for each in heard if each.judgement.verdict is Verdict.SUPPORTED]
    most = heard[0].judgement.covered - CLEARLY if heard else 0.0
    against = [
        each
        for each in heard
        if _tells_against(each.judgement)
        and (each.judgement.covered >= most or not _only_figures(each.judgement))
    ]
    partly = [each for each in heard if _tells_part(each.judgement)]
    if supports and not (against and _outweighs(against[0], supports[0])):
        clear = [each for each in against[:1] if each.judgement.about >= CLOSELY]
        return Verdict.SUPPORTED, [*supports[:2], *clear]
    if against:
        return Verdict.CONTRADICTED, [*against[:2], *supports[:1]]
    if partly:
        return Verdict.PARTLY, partly
    return Verdict.NOT_FOUND, heard[:1]


def _tells_against(judgement: Judgement) -> bool:
    return (
        judgement.verdict is Verdict.CONTRADICTED
        and judgement.about >= ABOUT
        and judgement.covered >= COVERED
    )


def _only_figures(judgement: Judgement) -> bool:
    """Whether nothing but figures differ: a passage may give others for another case."""
    against = [f.check for f in judgement.findings if f.verdict is Verdict.CONTRADICTED]
    return all(check.startswith("quantity/") for check in against)


def _tells_part(judgement: Judgement) -> bool:
    return judgement.about >= ABOUT and judgement.covered >= PARTLY_COVERED


def _outweighs(against: _Heard, supports: _Heard) -> bool:
    return against.judgement.covered >= supports.judgement.covered + CLEARLY


def _witness(each: _Heard) -> Witness:
    passage = each.record.passage
    return Witness(
        citation=Citation(
            passage=passage.id,
            locator=passage.locator,
            quote=passage.text,
            role=_ROLES.get(each.judgement.verdict, CitationRole.QUALIFIES),
        ),
        card=each.record.card,
        verdict=each.judgement.verdict,
        findings=each.judgement.findings,
    )
