"""From what the gate found to its place in the article: statements, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loccit.composition.gate.advising import Weighed
from loccit.composition.gate.judging import Judgement, Met
from loccit.composition.gate.meeting import Fit
from loccit.terms import (
    Article,
    Axis,
    Block,
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

__all__ = ["gate_of", "shown_of"]

NAMED = frozenset(
    {StatementKind.BOXED_WARNING, StatementKind.CONTRAINDICATION, StatementKind.WARNING}
)
"""Kinds of a label's statement that no article on its drug leaves unnamed."""
MOST_BLOCKS, MOST_CAUTIONS = 6, 3
"""Statements of the gate that lead the bottom line."""


def shown_of(judgement: Judgement, evidence: Evidence) -> list[ScoredRecord]:
    """The statements of the gate that lead the bottom line, what blocks first, once each."""
    known = {each.record.passage.id: each for each in evidence.records}
    blocks = dict.fromkeys(m.record.passage.id for m in judgement.blocks if m.record)
    cautions = dict.fromkeys(m.record.passage.id for m in judgement.cautions if m.record)
    records = {m.record.passage.id: m.record for m in _all(judgement) if m.record}
    wanted = [*list(blocks)[:MOST_BLOCKS], *list(cautions)[:MOST_CAUTIONS]]
    found = (known.get(name) or ScoredRecord(record=records[name], score=0.0) for name in wanted)
    return list({each.record.passage.id: each for each in found}.values())


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


def gate_of(article: Article, weighed: Weighed, withheld: dict[str, Record]) -> Gate:
    """What the gate found, pointing into the article, and all that the article does not show."""
    judgement, said = weighed.judgement, weighed.said
    shown = tuple(_statements(article))
    cited = {citation.passage for each in shown for citation in each.citations}
    return Gate(
        facts=judgement.facts,
        blocks=tuple(_blocks(judgement.blocks, shown)),
        cautions=tuple(_blocks(judgement.cautions, shown)),
        withheld=tuple(_withheld(judgement, withheld)),
        unshown=tuple(
            each
            for drug, records in said.items()
            for each in _by_section(drug, _unnamed(drug, records, judgement, cited))
        ),
    )


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


def _statements(article: Article) -> Iterator[Statement]:
    yield from article.bottom_line
    for section in article.sections:
        yield from section.statements
    for drug in article.safety:
        yield from drug.statements
    for panel in article.conflicts:
        yield from panel.sides
