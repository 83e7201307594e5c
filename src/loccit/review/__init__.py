"""Decides: an append-only, sealed ledger, of which the state of an article is a fold."""

from loccit.review.anchoring import Anchoring, Edition, Fate
from loccit.review.chain import broken_link, sealed
from loccit.review.contradicting import Contradiction, Said, contradictions
from loccit.review.deciding import Refusal, decide
from loccit.review.differing import TextChange, changes
from loccit.review.digests import content_digest, evidence_digest
from loccit.review.folding import review_of, reviews_of
from loccit.review.happening import happenings_of
from loccit.review.likeness import are_near, reads_as
from loccit.review.revising import revised
from loccit.review.rules import ReviewRules, load_review_rules
from loccit.review.standing_words import spaced
from loccit.review.suggesting import Offered, offered
from loccit.review.watching import WatchRules, load_watch_rules
from loccit.review.works import Became, Works, newest_of

__all__ = [
    "Anchoring",
    "Became",
    "Contradiction",
    "Edition",
    "Fate",
    "Offered",
    "Refusal",
    "ReviewRules",
    "Said",
    "TextChange",
    "WatchRules",
    "Works",
    "are_near",
    "broken_link",
    "changes",
    "content_digest",
    "contradictions",
    "decide",
    "evidence_digest",
    "happenings_of",
    "load_review_rules",
    "load_watch_rules",
    "newest_of",
    "offered",
    "reads_as",
    "review_of",
    "reviews_of",
    "revised",
    "sealed",
    "spaced",
]
