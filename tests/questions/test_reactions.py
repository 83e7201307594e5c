"""A reaction that was to a drug is an allergy, unless it is happening."""

import pytest
from asked import read

from loccit.terms import QuestionKind


@pytest.mark.parametrize(
    "text",
    [
        "Cefazolin after anaphylaxis to penicillin",
        "cefazolin ok if anaphylaxis to penicillin?",
    ],
)
def test_a_reaction_before_another_drug_is_an_allergy(text):
    question = read(text)
    assert question.kind is not QuestionKind.EMERGENCY
    assert question.patient.allergies == ("penicillin",)
    assert "anaphylaxis" not in {concept.name for concept in question.concepts}


@pytest.mark.parametrize(
    "text",
    [
        "My son had anaphylaxis to penicillin, what now?",
        "He is having anaphylaxis to penicillin, what dose of epinephrine?",
    ],
)
def test_a_reaction_that_is_asked_about_or_happening_stays(text):
    assert read(text).kind is QuestionKind.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "My wife is pregnant, can I take ribavirin?",
        "Ribavirin for a man whose partner is pregnant",
        "ribavirin, his pregnant wife",
    ],
)
def test_a_partners_pregnancy_is_not_the_patients(text):
    question = read(text)
    assert question.patient.partner == "pregnant"
    assert not question.patient.pregnancy
    assert not any(group.startswith("pregnancy:") for group in question.population)


def test_a_wife_who_takes_the_drug_is_the_patient():
    patient = read("my wife is pregnant, can she take ibuprofen").patient
    assert patient.pregnancy
    assert not patient.partner
