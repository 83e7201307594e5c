"""Facts given with ``--patient``: what is read, what is refused, and with which words."""

from __future__ import annotations

import pytest
from asked import given, read, reader

from loccit.questions import patient_from_option
from loccit.terms import PatientFacts, UsageError


def test_facts_of_every_kind_are_read():
    option = (
        "age=71, sex=female, weight=62.5, crcl=38, egfr=41, hepatic=moderate, renal=severe,"
        "pregnancy=any, lactation=no, drug=sertraline, drug=Aspirin, condition=gout, allergy=codeine"
    )
    assert given(option) == PatientFacts(
        age=71,
        sex="female",
        weight_kg=62.5,
        creatinine_clearance=38,
        egfr=41,
        hepatic="moderate",
        renal="severe",
        pregnancy="any",
        lactation=False,
        drugs=("sertraline", "aspirin"),
        conditions=("gout",),
        allergies=("codeine",),
    )


@pytest.mark.parametrize("option", ["", " ", ",", " , ,"])
def test_an_empty_option_says_nothing(option):
    assert given(option) == PatientFacts()


def test_facts_are_added_to_those_in_the_question():
    known = PatientFacts(age=40, drugs=("warfarin",))
    assert patient_from_option("age=41,drug=sertraline", known) == PatientFacts(
        age=41, drugs=("warfarin", "sertraline")
    )


WRONG = [
    ("age=old", "age"),
    ("age=", "age"),
    ("age", "age"),
    ("age=-3", "age"),
    ("age=nan", "age"),
    ("age=inf", "age"),
    ("age=1e9", "age"),
    ("weight=heavy", "weight"),
    ("crcl=low", "crcl"),
    ("egfr=-1", "egfr"),
    ("hepatic=bad", "hepatic"),
    ("renal=stage 3", "renal"),
    ("sex=x", "sex"),
    ("pregnancy=perhaps", "pregnancy"),
    ("lactation=perhaps", "lactation"),
    ("drug=", "drug"),
    ("shoe=43", "shoe"),
    ("=71", "''"),
    ("71", "71"),
    ("age=71,hepatic=bad", "hepatic"),
]


@pytest.mark.parametrize(("option", "named"), WRONG)
def test_a_fact_that_cannot_be_read_is_named(option, named):
    with pytest.raises(UsageError, match="--patient") as refused:
        given(option)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)


def test_names_are_read_as_in_the_question():
    question = reader().read(
        "Is cyclobenzaprine safe?",
        given=lambda facts: patient_from_option("drug=Zoloft,allergy=Motrin,condition=LBP", facts),
    )
    assert question.patient.drugs == ("sertraline",)
    assert question.patient.allergies == ("ibuprofen",)


@pytest.mark.parametrize(
    ("option", "group"),
    [
        ("age=71", "age:older_adult"),
        ("hepatic=moderate", "hepatic:moderate"),
        ("renal=dialysis", "renal:dialysis"),
        ("crcl=25", "renal:any"),
        ("egfr=25", "renal:any"),
        ("pregnancy=third_trimester", "pregnancy:third_trimester"),
        ("lactation=yes", "lactation:any"),
    ],
)
def test_a_given_fact_counts_like_a_stated_one(option, group):
    question = reader().read(
        "Dose of naproxen?", given=lambda facts: patient_from_option(option, facts)
    )
    assert group in question.population
    assert group not in read("Dose of naproxen?").population
