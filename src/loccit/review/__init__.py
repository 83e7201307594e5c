"""Decides: an append-only, sealed ledger, of which the state of an article is a fold."""

from loccit.review.anchoring import Anchoring, Edition, Fate
from loccit.review.chain import broken_link, sealed
from loccit.review.contradicting import Contradiction, Said, contradictions
from loccit.review.deciding import Refusal, decide
from loccit.review.differing import TextChange, changes
from loccit.review.digests import content_digest, evidence_digest
from loccit.review.folding import review_of, reviews_of
from loccit.review.happening import happenings_of
from loccit.review.likeness import near_mark, reading_mark
from loccit.review.proving import proved
from loccit.review.revising import revised
from loccit.review.rounds import Round, rounds_of
from loccit.review.rules import ReviewRules, duty_for, load_review_rules
from loccit.review.standing import PublishedEdition, editions_of, standing_of
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
    "PublishedEdition",
    "Refusal",
    "ReviewRules",
    "Round",
    "Said",
    "TextChange",
    "WatchRules",
    "Works",
    "broken_link",
    "changes",
    "content_digest",
    "contradictions",
    "decide",
    "duty_for",
    "editions_of",
    "evidence_digest",
    "happenings_of",
    "load_review_rules",
    "load_watch_rules",
    "near_mark",
    "newest_of",
    "offered",
    "proved",
    "reading_mark",
    "review_of",
    "reviews_of",
    "revised",
    "rounds_of",
    "sealed",
    "spaced",
    "standing_of",
]
