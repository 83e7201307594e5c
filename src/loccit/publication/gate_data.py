"""The safety gate as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from loccit.terms import Article, Block, DocumentId, Gate, Unshown

__all__ = ["gate_data", "no_gate"]


def gate_data(article: Article) -> dict[str, Any]:
    """What was held against what, what blocks and warns, and what the article leaves out."""
    gate = article.gate
    numbers = {reference.card.id: reference.number for reference in article.references}
    return {
        "facts": [{"axis": str(fact.axis), "value": fact.value} for fact in gate.facts],
        "blocked": list(gate.blocked),
        "closed": gate.closed,
        "blocks": [_block(each) for each in gate.blocks],
        "cautions": [_block(each) for each in gate.cautions],
        "calculations": [
            {"statement": each.statement, "steps": list(each.steps)} for each in gate.calculations
        ],
        "no_dose": list(gate.no_dose),
        "withheld": _unshown(gate.withheld, numbers),
        "unshown": _unshown(gate.unshown, numbers),
    }


def no_gate() -> dict[str, Any]:
    """The same fields where no article was written."""
    empty = Gate()
    return {
        "facts": [],
        "blocked": [],
        "closed": empty.closed,
        "blocks": [],
        "cautions": [],
        "calculations": [],
        "no_dose": [],
        "withheld": [],
        "unshown": [],
    }


def _block(block: Block) -> dict[str, Any]:
    return {
        "drug": block.drug,
        "fact": {"axis": str(block.fact.axis), "value": block.fact.value},
        "severity": str(block.severity),
        "sure": block.sure,
        "statements": list(block.statements),
    }


def _unshown(found: Iterable[Unshown], numbers: Mapping[DocumentId, int]) -> list[dict[str, Any]]:
    return [
        {
            "drug": each.drug,
            "kind": str(each.kind),
            "section": each.section,
            "document": each.card.id,
            "reference": numbers.get(each.card.id),
            "passages": list(each.passages),
        }
        for each in found
    ]
