"""Finds passages that a claim may stand on, or fall by."""

from __future__ import annotations

from loccit.ports import EvidenceBase
from loccit.terms import Claim, Record, SearchRequest
from loccit.vocabulary import Vocabulary

__all__ = ["passages_for_claim"]

BY_WORDS = 40
BY_NAME = 25
"""Passages looked at: by the words alone, and among those that name what the claim names."""


def passages_for_claim(claim: Claim, base: EvidenceBase, vocabulary: Vocabulary) -> list[Record]:
    """Records that may speak of ``claim``, likeliest first, each once."""
    said = " ".join((claim.text, *claim.topics))
    names = tuple(dict.fromkeys(c.name for c in vocabulary.lexicon.find(said)))
    wider = tuple(dict.fromkeys(w for name in names for w in vocabulary.lineage(name)[1:2]))
    words = " ".join((said, *claim.drugs, *claim.partners))
    each_topic = claim.topics if len(claim.topics) > 1 else ()
    asked = [f"{topic} {claim.text}" for topic in each_topic] or [words]
    requests = [SearchRequest(words=each, limit=BY_WORDS) for each in asked]
    requests += [
        SearchRequest(words=words, mentions=(name,), limit=BY_NAME)
        for name in dict.fromkeys((*names[:4], *wider[:2], *claim.drugs[:1], *claim.partners[:1]))
    ]
    found = (each for request in requests for each in base.search(request))
    return list({each.record.passage.id: each.record for each in found}.values())
