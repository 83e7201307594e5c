"""Figures: values, units, frequencies, periods, comparators, ranges."""

from __future__ import annotations

import pytest
from judging import expect, expect_support, judged

from loccit.terms import Verdict

WRONG = [
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Naproxen is started at 500 mg twice daily.",
        "Naproxen is started at 250 mg twice daily.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Naproxen is started at 250 mg three times daily.",
        "Naproxen is started at 250 mg twice daily.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Naproxen is started at 250 mcg twice daily.",
        "Naproxen is started at 250 mg twice daily.",
    ),
    ("quantity", Verdict.CONTRADICTED, "Limit ketorolac to 2 weeks.", "Limit ketorolac to 5 days."),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Use at least 40 mg of furosemide a day.",
        "Use at most 40 mg of furosemide a day.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Nausea occurred in 21% of patients on tramadol.",
        "Nausea occurred in 12% of patients on tramadol.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "The odds ratio for falls with zolpidem was 2.65.",
        "The odds ratio for falls with zolpidem was 1.56.",
    ),
    (
        "quantity",
        Verdict.PARTLY,
        "Gabapentin is given at 300 mg for neuropathic pain.",
        "Gabapentin is given at 300 to 600 mg for neuropathic pain.",
    ),
    (
        "quantity",
        Verdict.PARTLY,
        "Gabapentin is given at 300 to 600 mg for neuropathic pain.",
        "Gabapentin is given at 300 mg for neuropathic pain.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "The vancomycin trough should be 10 to 15 mg/mL.",
        "The vancomycin trough should be 10 to 15 mcg/mL.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Reduce the dose below a clearance of 60 mL/min.",
        "Reduce the dose below a clearance of 30 mL/min.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Headache occurred in 12% on placebo and 3% on sumatriptan.",
        "Headache occurred in 3% on placebo and 12% on sumatriptan.",
    ),
    (
        "quantity",
        Verdict.PARTLY,
        "Metformin 850 mg is given for diabetes for 7 days.",
        "Metformin 850 mg is given for diabetes.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Several weeks of rest are needed after knee surgery.",
        "Several hours of rest are needed after knee surgery.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Enoxaparin 1 mg/kg is given for thrombosis.",
        "Enoxaparin 1 mg is given for thrombosis.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Give apixaban 5 mg twice a day.",
        "Apixaban is given at 2.5 mg twice a day.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Acetaminophen should not exceed 4 g in 24 hours.",
        "Acetaminophen should not exceed 3 g in 24 hours.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "The number needed to treat with duloxetine was 8.",
        "The number needed to treat with duloxetine was 6.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Children under 2 years should not take codeine.",
        "Children under 12 years should not take codeine.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "The study enrolled 210 patients with sciatica for 8 weeks.",
        "The study enrolled 120 patients with sciatica for 8 weeks.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Start prednisone 40 mg for 5 days.",
        "Start prednisone 40 mg for 5 weeks.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "A dose of 0.5 mg of colchicine is used.",
        "A dose of 5 mg of colchicine is used.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Pain fell by 2.5 points with heat, 95% CI 1.1 to 3.9.",
        "Pain fell by 2.5 points with heat, 95% CI 1.1 to 4.9.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "Warfarin is held when the INR is above 5.",
        "Warfarin is held when the INR is above 9.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "The infusion of heparin is 12 units/kg/h.",
        "The infusion of heparin is 12 units/h.",
    ),
    (
        "quantity",
        Verdict.CONTRADICTED,
        "In patients aged 65 years or older, halve the dose of zolpidem.",
        "In patients aged 75 years or older, halve the dose of zolpidem.",
    ),
]
RIGHT = [
    ("Naproxen is started at 0.25 g twice a day.", "Naproxen is started at 250 mg twice daily."),
    ("Naproxen is started at 250 mg b.i.d.", "Naproxen is started at 250 mg twice daily."),
    ("Naproxen is started at 250 mg every 12 hours.", "Naproxen is started at 250 mg twice daily."),
    ("Limit ketorolac to 120 hours.", "Limit ketorolac to 5 days."),
    ("Take two tablets of senna at night.", "Take 2 tablets of senna at night."),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    expect_support(claim, source)


def test_a_bound_that_begins_with_not_is_told_in_plain_words():
    claim = "The daily dose of tizanidine should not exceed 48 mg."
    found = judged(claim, "The daily dose of tizanidine should not exceed 36 mg.").findings
    messages = [each.message for each in found]
    assert "the source says not exceed 36 mg here, the sentence says not exceed 48 mg" in messages
