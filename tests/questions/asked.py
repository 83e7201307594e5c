"""Reads a question for a test, with the shipped vocabulary and a base that knows few words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from loccit.questions import QuestionReader, patient_from_option
from loccit.terms import PatientFacts, Question
from loccit.vocabulary import load_vocabulary


@cache
def known_words() -> frozenset[str]:
    """Words that the starter pack uses, so that they are no misspellings."""
    pack = files("loccit.packs") / "musculoskeletal" / "sources"
    texts = (file.read_text(encoding="utf-8").casefold() for file in pack.iterdir())
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text))


@cache
def reader() -> QuestionReader:
    return QuestionReader(load_vocabulary(), is_known=lambda word: word in known_words())


def read(text: str) -> Question:
    return reader().read(text)


def facts(text: str) -> PatientFacts:
    return read(text).patient


def given(option: str) -> PatientFacts:
    return patient_from_option(option, PatientFacts())
