"""Whether the base holds a passage that answers a suggested question."""

from __future__ import annotations

from loccit.ports import EvidenceBase
from loccit.retrieval.sifting import sift
from loccit.terms import Record, SearchRequest, Suggestion

__all__ = ["is_answerable"]

LOOKED_AT = 20
"""Passages of the right kind that are looked at."""


def is_answerable(suggestion: Suggestion, base: EvidenceBase) -> bool:
    """Whether a passage that may be used states what is asked, of that drug or condition."""
    request = SearchRequest(
        words=suggestion.text,
        drugs=(suggestion.about,) if suggestion.is_drug else (),
        mentions=() if suggestion.is_drug else (suggestion.about,),
        kinds=suggestion.kinds,
        limit=LOOKED_AT,
    )
    kept, _ = sift(base.search(request), base.originals())
    return any(_answers(each.record, suggestion) for each in kept)


def _answers(record: Record, suggestion: Suggestion) -> bool:
    says = record.description
    axes = {group.partition(":")[0] for group in says.population}
    return says.kinds[0] in suggestion.kinds and (
        not suggestion.population or suggestion.population in axes
    )
