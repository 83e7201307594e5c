"""For whom: course, age, organ function, history."""

from __future__ import annotations

import pytest
from judging import expect

from loccit.terms import Verdict

WRONG = [
    (
        "population",
        Verdict.PARTLY,
        "Cyclobenzaprine relieves chronic neck pain.",
        "Cyclobenzaprine relieves acute neck pain.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Heat wraps help in acute low back pain.",
        "Heat wraps help in chronic low back pain.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Avoid celecoxib in recent myocardial infarction.",
        "Avoid celecoxib in patients with a history of myocardial infarction.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "The dose for children is 10 mg of cetirizine.",
        "The dose for adults is 10 mg of cetirizine.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Halve the dose in severe renal impairment.",
        "Halve the dose in mild renal impairment.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Fluconazole is avoided in breastfeeding.",
        "Fluconazole is avoided in pregnancy.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Halve the dose in hepatic impairment.",
        "Halve the dose in renal impairment.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Naproxen is used in elderly patients with gout.",
        "Naproxen is used in adults with gout.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Halve the dose in renal impairment.",
        "Halve the dose in severe renal impairment.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Patients with a recent ulcer should not take naproxen.",
        "Patients with a history of ulcer should not take naproxen.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Pregabalin helped patients with diabetes and neuropathic pain.",
        "Pregabalin helped patients without diabetes and neuropathic pain.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "Topical diclofenac helps chronic ankle sprain.",
        "Topical diclofenac helps acute ankle sprain.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Amoxicillin is used for 5 days in children under 2 years.",
        "Amoxicillin is used for 5 days in children over 2 years.",
    ),
    (
        "population",
        Verdict.PARTLY,
        "In women, the dose of zolpidem is 5 mg.",
        "In men, the dose of zolpidem is 5 mg.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Dabigatran is used in patients on dialysis.",
        "Dabigatran is used in patients not on dialysis.",
    ),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)
