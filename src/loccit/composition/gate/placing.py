"""From what the gate found to its place in the article: statements, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loccit.composition.gate.advising import INSTEAD, Weighed
from loccit.composition.gate.calculating import calculations
from loccit.composition.gate.judging import Judgement, Met
from loccit.composition.gate.meeting import Fit
from loccit.composition.gate.rules import load_gate_rules
from loccit.terms import (
    Article,
    Axis,
    Block,
    ConceptKind,
    Evidence,
    Form,
    Gate,
    PassageId,
    Record,
    ScoredRecord,
    Statement,
    StatementKind,
    Unshown,
)

__all__ = ["MOST_BLOCKS", "MOST_CAUTIONS", "gate_of", "settled", "shown_of"]

NAMED = frozenset(
    {StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION, StatementKind.WARNING}
)
"""Kinds of a label's statement that no article on its drug leaves unnamed."""
MOST_BLOCKS = 6
MOST_CAUTIONS = 3
"""Statements of the gate that lead the bottom line."""


def shown_of(met: Iterable[Met], evidence: Evidence, most: int) -> list[ScoredRecord]:
    """The statements that were met, the strictest first, once each."""
    known = {each.record.passage.id: each for each in evidence.records}
    records = {each.record.passage.id: each.record for each in met if each.record}
    return [
        known.get(name) or ScoredRecord(record=record, score=0.0)
        for name, record in list(records.items())[:most]
    ]


def _all(judgement: Judgement) -> tuple[Met, ...]:
    return (*judgement.blocks, *judgement.cautions)


def _blocks(met: Iterable[Met], statements: Iterable[Statement]) -> Iterator[Block]:
    """What was met, pointing to the statements of the article that say so."""
    ids: dict[str, list[str]] = {}
    for statement in statements:
        for citation in statement.citations:
            ids.setdefault(citation.passage, []).append(statement.id)
    for each in met:
        place = each.record.passage.id if each.record else ""
        yield Block(
            drug=each.drug,
            fact=each.fact,
            severity=each.severity,
            sure=each.fit is Fit.MET,
            statements=tuple(dict.fromkeys(ids.get(place, ()))),
        )


def _by_section(drug: str, records: Iterable[Record]) -> Iterator[Unshown]:
    """Records on one drug, gathered by the section of their source, in its order."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in sorted(records, key=_place):
        section = " > ".join(record.passage.locator.section[-2:])
        groups.setdefault((record.card.id, section), []).append(record)
    for (_, section), found in groups.items():
        yield Unshown(
            drug=drug,
            section=section,
            kind=found[0].description.kinds[0],
            passages=tuple(PassageId(record.passage.id) for record in found),
            card=found[0].card,
        )


def _place(record: Record) -> tuple[str, int]:
    return record.card.id, record.passage.locator.start


def gate_of(
    article: Article,
    weighed: Weighed,
    withheld: dict[str, Record],
    no_dose: tuple[str, ...],
    given: Iterable[Record],
) -> Gate:
    """What the gate found, pointing into the article, and all that the article does not show.

    ``given`` are the records of the bottom line: doses by weight are worked out from them.
    """
    judgement, said = weighed.judgement, weighed.said
    shown = tuple(article.statements())
    cited = {citation.passage for each in shown for citation in each.citations}
    return Gate(
        facts=judgement.facts,
        blocks=tuple(_blocks(judgement.blocks, shown)),
        cautions=tuple(_blocks(judgement.cautions, shown)),
        withheld=tuple(_withheld(judgement, withheld)),
        calculations=tuple(
            calculations(
                tuple(_worked_out(article, judgement, given)), article.question, load_gate_rules()
            )
        ),
        no_dose=tuple(drug for drug in no_dose if drug not in judgement.drugs),
        unshown=tuple(
            each
            for drug, records in said.items()
            for each in _by_section(drug, _unnamed(drug, records, judgement, cited))
        ),
    )


def _worked_out(
    article: Article, judgement: Judgement, given: Iterable[Record]
) -> Iterator[Statement]:
    """Statements from which a dose may be worked out: of no blocked drug, for what was asked."""
    asked = set(article.question.names(ConceptKind.CONDITION, ConceptKind.FINDING))
    fitting = set()
    for record in given:
        says = record.description
        of_asked = not asked or not says.conditions or not asked.isdisjoint(says.conditions)
        if of_asked and not {*says.subjects, *says.drugs}.intersection(judgement.drugs):
            fitting.add(record.passage.id)
    for each in article.bottom_line:
        if any(citation.passage in fitting for citation in each.citations):
            yield each


def _withheld(judgement: Judgement, withheld: dict[str, Record]) -> Iterator[Unshown]:
    for drug in judgement.drugs:
        own = (r for r in withheld.values() if drug in r.description.subjects)
        yield from _by_section(drug, own)


def _unnamed(
    drug: str, records: Iterable[Record], judgement: Judgement, cited: set[PassageId]
) -> Iterator[Record]:
    """The drug's own safety statements that are not cited, interactions where they are met."""
    met = {m.record.passage.id for m in _all(judgement) if m.record and m.fact.axis is Axis.DRUG}
    for record in records:
        says, place = record.description, record.passage.id
        if drug not in says.subjects or place in cited or Form.SHORT_FORM in says.forms:
            continue
        if says.kinds[0] in NAMED or place in met:
            yield record


def settled(article: Article) -> Article:
    """The article with its gate as it stands once its statements were verified.

    What points to a statement that fell points nowhere; the gate is closed where every drug asked
    about is blocked, and neither the bottom line nor a guideline offers anything else.
    """
    ids = {statement.id for statement in article.statements()}
    gate = replace(
        article.gate,
        blocks=tuple(_standing(each, ids) for each in article.gate.blocks),
        cautions=tuple(_standing(each, ids) for each in article.gate.cautions),
        calculations=tuple(c for c in article.gate.calculations if c.statement in ids),
    )
    return replace(article, gate=replace(gate, closed=_is_closed(article, gate)))


def _standing(block: Block, ids: set[str]) -> Block:
    return replace(block, statements=tuple(name for name in block.statements if name in ids))


def _is_closed(article: Article, gate: Gate) -> bool:
    asked = set(article.question.asked_drugs)
    if not asked or not asked <= set(gate.blocked):
        return False
    told = {name for block in (*gate.blocks, *gate.cautions) for name in block.statements}
    offers = any(section.kind == INSTEAD.name for section in article.sections)
    return not offers and all(statement.id in told for statement in article.bottom_line)
