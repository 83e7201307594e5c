"""Who is compared with whom, and what is added to what."""

from __future__ import annotations

import pytest
from judging import expect, judged

from loccit.terms import Verdict

WRONG = [
    (
        "order",
        Verdict.CONTRADICTED,
        "Ibuprofen was superior to naproxen for dental pain.",
        "Naproxen was superior to ibuprofen for dental pain.",
    ),
    (
        "order",
        Verdict.CONTRADICTED,
        "Physical therapy is an adjunct to cyclobenzaprine.",
        "Cyclobenzaprine is an adjunct to physical therapy.",
    ),
    (
        "order",
        Verdict.CONTRADICTED,
        "Sedation was more frequent with placebo than with tizanidine.",
        "Sedation was more frequent with tizanidine than with placebo.",
    ),
    (
        "order",
        Verdict.CONTRADICTED,
        "Use apixaban instead of warfarin.",
        "Use warfarin instead of apixaban.",
    ),
    (
        "order",
        Verdict.CONTRADICTED,
        "Rest and physical therapy are adjuncts to methocarbamol for spasm.",
        "Methocarbamol is indicated as an adjunct to rest and physical therapy for spasm.",
    ),
    (
        "order",
        Verdict.CONTRADICTED,
        "Physical therapy is added to cyclobenzaprine for spasm.",
        "Cyclobenzaprine is added to physical therapy for spasm.",
    ),
    (
        "drug",
        Verdict.CONTRADICTED,
        "Apixaban caused less bleeding than warfarin.",
        "Warfarin caused less bleeding than apixaban.",
    ),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


def test_an_inverted_adjunct_is_told_at_both_places():
    claim = "Physical therapy is an adjunct to cyclobenzaprine."
    source = "Cyclobenzaprine is an adjunct to physical therapy."
    finding = next(f for f in judged(claim, source).findings if f.check == "order/1")
    start, end = finding.span
    assert claim[start:end] == "an adjunct to"
