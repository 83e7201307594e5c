"""Gathers the evidence for a question: searches, scores, leaves out, and says what it left out."""

from loccit.retrieval.answerable import is_answerable
from loccit.retrieval.for_claims import passages_for_claim
from loccit.retrieval.gathering import Gatherer
from loccit.retrieval.searching import Searcher

__all__ = ["Gatherer", "Searcher", "is_answerable", "passages_for_claim"]
