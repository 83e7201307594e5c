"""Reads a question: its kind, concepts, patient facts, and what it denies."""

from loccit.questions.following import Follower
from loccit.questions.patient import patient_from_option
from loccit.questions.reading import QuestionReader

__all__ = ["Follower", "QuestionReader", "patient_from_option"]
