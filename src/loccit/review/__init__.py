"""Decides: an append-only, sealed ledger, of which the state of an article is a fold."""

from loccit.review.anchoring import Anchoring, Edition, Fate
from loccit.review.chain import broken_link, sealed
from loccit.review.deciding import Refusal, decide
from loccit.review.differing import TextChange, changes
from loccit.review.digests import content_digest, evidence_digest
from loccit.review.folding import review_of
from loccit.review.likeness import are_near, reads_as
from loccit.review.proving import proved
from loccit.review.revising import revised
from loccit.review.rules import ReviewRules, load_review_rules

__all__ = [
    "Anchoring",
    "Edition",
    "Fate",
    "Refusal",
    "ReviewRules",
    "TextChange",
    "are_near",
    "broken_link",
    "changes",
    "content_digest",
    "decide",
    "evidence_digest",
    "load_review_rules",
    "proved",
    "reads_as",
    "review_of",
    "revised",
    "sealed",
]
