"""The clause of a question that asks: what stands before it is often the patient's story."""

from __future__ import annotations

from loccit.questions.rules import ReadingRules

__all__ = ["asking_clause"]


def asking_clause(text: str, rules: ReadingRules) -> str:
    """The clauses that ask, by a question mark or by their first word; all where none does."""
    clauses = [clause.strip() for clause in rules.clause_breaks.split(text) if clause.strip()]
    asking = (c for c in clauses if "?" in c or rules.asking.match(c))
    return " ".join(asking) or text
