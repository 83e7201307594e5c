"""What a patient reads needs seven years of school at most, names of drugs apart."""

import pytest

from loccit.vocabulary import load_vocabulary
from reading_grade import MOST, grade, meanings, twins, without_drugs


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()


@pytest.mark.parametrize("texts", [twins, meanings])
def test_no_text_for_patients_is_harder_than_it_may_be(texts, vocabulary):
    hard = {where: grade(text, vocabulary) for where, text in texts()}
    assert hard
    assert {where: found for where, found in hard.items() if found > MOST} == {}


def test_names_of_drugs_are_set_aside(vocabulary):
    said = without_drugs("Cyclobenzaprine and tricyclic antidepressants can harm.", vocabulary)
    assert said == "drug and drug can harm."


def test_a_hard_text_is_hard(vocabulary):
    words = "Concomitant administration necessitates individualised dosage modification."
    assert grade(words, vocabulary) > MOST
