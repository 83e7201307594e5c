"""Reads a question: its kind, concepts, patient facts, and what it denies."""

from loccit.questions.excluded_uses import with_excluded_uses
from loccit.questions.following import Follower
from loccit.questions.identifiers import without_identifiers
from loccit.questions.jurisdiction import jurisdiction_from
from loccit.questions.patient import patient_from_option
from loccit.questions.presumed import with_presumed
from loccit.questions.rates import with_rates
from loccit.questions.reading import QuestionReader
from loccit.questions.telling import telling_words

__all__ = [
    "Follower",
    "QuestionReader",
    "jurisdiction_from",
    "patient_from_option",
    "telling_words",
    "with_excluded_uses",
    "with_presumed",
    "with_rates",
    "without_identifiers",
]
