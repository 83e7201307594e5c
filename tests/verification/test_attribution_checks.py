"""The source speaks of it, and the finding is its own."""

from __future__ import annotations

import pytest
from judging import expect, expect_support

from loccit.terms import Verdict

WRONG = [
    (
        "subject",
        Verdict.NOT_FOUND,
        "Statins lower cholesterol after a stroke.",
        "Wash the hands before the meal.",
    ),
    (
        "subject",
        Verdict.PARTLY,
        "Colchicine 0.6 mg treats gout and pericarditis.",
        "Colchicine 0.6 mg treats gout.",
    ),
    (
        "subject",
        Verdict.NOT_FOUND,
        "Levothyroxine treats hypothyroidism.",
        "The tablets are white, round and scored.",
    ),
    (
        "attribution",
        Verdict.NOT_FOUND,
        "Miller et al. found that heat relieved back pain.",
        "Heat relieved back pain.",
    ),
    (
        "attribution",
        Verdict.NOT_FOUND,
        "The HEATER trial found that heat relieved back pain.",
        "In this trial heat relieved back pain.",
    ),
    (
        "attribution",
        Verdict.PARTLY,
        "This trial found that heat relieved back pain.",
        "Miller et al. found that heat relieved back pain.",
    ),
    (
        "attribution",
        Verdict.PARTLY,
        "Heat relieved back pain.",
        "A previous study found that heat relieved back pain.",
    ),
    (
        "attribution",
        Verdict.PARTLY,
        "The review itself found that baclofen eased spasm.",
        "Jones and colleagues found that baclofen eased spasm.",
    ),
    (
        "attribution",
        Verdict.NOT_FOUND,
        "According to the PACE trial, acetaminophen did not speed recovery.",
        "In the OPAL trial, acetaminophen did not speed recovery.",
    ),
    (
        "attribution",
        Verdict.NOT_FOUND,
        "Browning et al. reported that cyclobenzaprine was better than placebo.",
        "Friedman et al. reported that cyclobenzaprine was better than placebo.",
    ),
]
RIGHT = [
    (
        "Miller et al. found that heat relieved back pain.",
        "Miller et al. found that heat relieved back pain in adults.",
    ),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    expect_support(claim, source)
