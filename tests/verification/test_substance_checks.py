"""The same drug, the same condition."""

from __future__ import annotations

import pytest
from judging import expect, expect_support

from loccit.terms import Verdict

WRONG = [
    (
        "drug",
        Verdict.CONTRADICTED,
        "Hydroxyzine 25 mg is given for itching.",
        "Hydralazine 25 mg is given for hypertension.",
    ),
    (
        "drug",
        Verdict.CONTRADICTED,
        "Prednisone 40 mg is given for asthma.",
        "Prednisolone 40 mg is given for asthma.",
    ),
    (
        "drug",
        Verdict.PARTLY,
        "NSAIDs can cause gastric ulcers.",
        "Naproxen can cause gastric ulcers.",
    ),
    (
        "drug",
        Verdict.CONTRADICTED,
        "Warfarin is taken in the evening.",
        "Apixaban is taken in the evening.",
    ),
    ("drug", Verdict.NOT_FOUND, "Apixaban is taken in the evening.", "Take it in the evening."),
    (
        "drug",
        Verdict.CONTRADICTED,
        "Celebrexin relieves arthritis pain.",
        "Celecoxib relieves arthritis pain.",
    ),
    (
        "condition",
        Verdict.PARTLY,
        "Colchicine is indicated for psoriasis.",
        "Colchicine is indicated for gout.",
    ),
    (
        "condition",
        Verdict.PARTLY,
        "Duloxetine is used for fibromyalgia.",
        "Duloxetine is used for migraine.",
    ),
]
RIGHT = [
    ("Advil 400 mg relieves migraine.", "Ibuprofen 400 mg relieves migraine."),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    expect_support(claim, source)
