"""How sure, how often, how singular."""

from __future__ import annotations

import pytest
from judging import expect, expect_support

from loccit.terms import Verdict

WRONG = [
    (
        "certainty",
        Verdict.PARTLY,
        "Massage should be offered for neck pain.",
        "Massage may be offered for neck pain.",
    ),
    (
        "certainty",
        Verdict.PARTLY,
        "All patients on tolcapone had diarrhea.",
        "Some patients on tolcapone had diarrhea.",
    ),
    (
        "certainty",
        Verdict.PARTLY,
        "Smoking causes back pain.",
        "Smoking is associated with back pain.",
    ),
    (
        "certainty",
        Verdict.PARTLY,
        "Tramadol causes a large fall in pain.",
        "Tramadol causes a small fall in pain.",
    ),
    ("certainty", Verdict.PARTLY, "Heat relieves neck pain.", "Heat may relieve neck pain."),
    (
        "certainty",
        Verdict.PARTLY,
        "Duloxetine is contraindicated in cirrhosis.",
        "Use duloxetine with caution in cirrhosis.",
    ),
    (
        "superlative",
        Verdict.PARTLY,
        "Naproxen is the best drug for gout.",
        "Naproxen is a drug for gout.",
    ),
    (
        "superlative",
        Verdict.PARTLY,
        "Nausea is the most common adverse reaction to tramadol.",
        "Nausea is an adverse reaction to tramadol.",
    ),
    (
        "superlative",
        Verdict.CONTRADICTED,
        "Headache is the most common adverse reaction to nifedipine.",
        "Dizziness is the most common adverse reaction to nifedipine.",
    ),
    (
        "superlative",
        Verdict.PARTLY,
        "The only treatment for sciatica is surgery.",
        "A treatment for sciatica is surgery.",
    ),
]
RIGHT = [
    ("Massage may be offered for neck pain.", "Massage should be offered for neck pain."),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    expect_support(claim, source)
