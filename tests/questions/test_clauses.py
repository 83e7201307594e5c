"""The clause that asks is told from the patient's story."""

import pytest

from loccit.questions.clauses import asking_clause
from loccit.questions.rules import load_reading_rules


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("Fever since Monday. When to stop it?", "When to stop it?"),
        ("72 F with CKD - can she have it", "can she have it"),
        ("on warfarin, what dose of naproxen", "what dose of naproxen"),
        ("tizanidine in cirrhosis", "tizanidine in cirrhosis"),
        ("Is it safe? And how long may it be given?", "Is it safe? And how long may it be given?"),
    ],
)
def test_the_clause_that_asks_is_found(text, clause):
    assert asking_clause(text, load_reading_rules()) == clause
