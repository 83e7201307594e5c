"""A plain twin has the same numbers, drugs and side as its statement, or is found out."""

import pytest

from loccit.vocabulary import load_vocabulary
from loccit.wording import Sameness

SAID = "Naproxen 500 mg twice daily is not recommended for adults with severe renal impairment."
TWIN = "The label does not recommend naproxen 500 mg twice daily for adults with very weak kidneys."


@pytest.fixture(scope="module")
def differences():
    sameness = Sameness(load_vocabulary())
    return lambda said, plain, subjects=(): list(sameness.differences(said, plain, subjects))


def test_a_true_twin_differs_in_nothing(differences):
    assert differences(SAID, TWIN) == []


@pytest.mark.parametrize(
    ("twin", "told"),
    [
        (TWIN.replace("500", "250"), ["lacks 500 mg", "adds 250 mg"]),
        (TWIN.replace("500 mg", "500 g"), ["lacks 500 mg", "adds 500 g"]),
        (TWIN.replace("500 mg twice daily ", ""), ["lacks 500 mg", "lacks twice daily"]),
        (TWIN.replace("naproxen", "ibuprofen"), ["lacks naproxen", "adds ibuprofen"]),
        (TWIN.replace("weak kidneys", "weak kidneys over 65 years"), ["adds over 65 years"]),
    ],
)
def test_a_number_unit_or_drug_that_changed_is_told(differences, twin, told):
    found = differences(SAID, twin)
    assert all(any(line.split()[0] == t.split()[0] for line in found) for t in told)
    assert len(found) >= len(told)


def test_a_negation_that_went_is_told(differences):
    turned = TWIN.replace("does not recommend", "recommends")
    assert any("side" in line for line in differences(SAID, turned))


def test_sentences_in_place_of_one_and_digits_in_place_of_words_are_the_same(differences):
    said = "Baclofen is started at 5 mg three times daily; each dose is then raised by 5 mg."
    twin = "The label starts baclofen at 5 mg three times daily. Each dose goes up by 5 mg."
    assert differences(said, twin) == []


def test_the_subject_that_the_words_leave_out_may_be_named(differences):
    said = "The dose is 5 mg."
    assert differences(said, "The dose of baclofen is 5 mg.", ("baclofen",)) == []
    assert differences(said, "The dose of baclofen is 5 mg.") == ["adds baclofen"]


def test_a_year_by_which_a_source_is_named_may_go(differences):
    assert differences("WHO 2023 suggests exercise.", "The WHO suggests exercise.") == []
