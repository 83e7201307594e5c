"""Measures: how well what was found agrees with what a careful reader had said."""

from loccit.measuring.claims import ClaimRow, Label, label_of, read_rows
from loccit.measuring.collections import (
    CollectionDocument,
    Query,
    read_documents,
    read_judgements,
    read_queries,
)
from loccit.measuring.rankings import ndcg, recall
from loccit.measuring.scoring import Confusion

__all__ = [
    "ClaimRow",
    "CollectionDocument",
    "Confusion",
    "Label",
    "Query",
    "label_of",
    "ndcg",
    "read_documents",
    "read_judgements",
    "read_queries",
    "read_rows",
    "recall",
]
