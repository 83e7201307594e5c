"""What a sentence works out is worked out again."""

from __future__ import annotations

import pytest

from loccit.terms import Verdict
from loccit.verification.arithmetic import arithmetic

WRONG = [
    ("Give 666 mg of the 400 mg/5 mL suspension, which is 6.7 mL.", "8.32 mL", "6.7 mL"),
    ("For 666 mg take 6.7 mL of amoxicillin 400 mg per 5 mL.", "8.32 mL", "6.7 mL"),
    (
        "Rate (mL/kg/h) = dose (mcg/kg/min) × weight (kg) × 60 / concentration (mcg/mL).",
        "volume/time",
        "mL/kg/h",
    ),
    ("A 25% reduction from 75 to 37.5 mg is advised.", "50%", "25"),
    ("A 25 percent decrease of 75 mg to 37.5 mg is advised.", "50%", "25"),
    ("Take 500 mg four times daily, maximum 1.5 g/day.", "2000 mg a day", "1.5 g/day"),
    ("Take 1000 mg every 6 hours; do not exceed 3 g daily.", "4000 mg a day", "not exceed 3 g"),
    ("Take 400 mg t.i.d. (max 1000 mg per day).", "1200 mg a day", "1000 mg per day"),
    ("Give 15 mg/kg to a child of 20 kg: 200 mg.", "300 mg", "200 mg"),
    ("A 20 kg child at 90 mg/kg/day takes 600 mg twice daily.", "1800 mg", "600 mg"),
    ("Amoxicillin 400 mg/5 mL: 666 mg = 6.7 mL per dose.", "8.32 mL", "6.7 mL per dose"),
    ("Reduce the dose by 25% from 75 mg to 37.5 mg.", "50%", "25"),
    ("Pain fell from 60 to 30, a 25% reduction.", "50%", "25"),
]
LONE_INTERVALS = [
    "The result was 95% CI 1.2 to 3.4.",
    "Falls were commoner (95% confidence interval 1.2 to 3.4).",
]
RIGHT = [
    "Give 666 mg of the 400 mg/5 mL suspension, which is 8.3 mL.",
    "Rate (mL/h) = dose (mcg/kg/min) × weight (kg) × 60 (min/h) / concentration (mcg/mL).",
    "A 50% reduction from 75 to 37.5 mg is advised.",
    "Take 500 mg three times daily, maximum 1.5 g/day.",
    "Give 15 mg/kg to a child of 20 kg: 300 mg.",
    "A 20 kg child at 90 mg/kg/day in two doses takes 900 mg twice daily.",
    "A 20 kg child at 45 mg/kg/day takes 900 mg.",
    "The hazard ratio was 2.0 (95% CI 1.2 to 3.4).",
    "Give 5 to 10 mg/kg, up to 300 mg, to a child of 20 kg.",
    "Start at 25 mg, increase to 50 mg after 7 days and to 75 mg at 14 days.",
    "Naproxen 250 mg twice daily.",
    "A 25% increase from 0 to 5 is no figure.",
    "",
]


@pytest.mark.parametrize(("text", "should_be", "words"), WRONG)
def test_a_sum_that_does_not_add_up_is_told_with_its_figure_and_place(text, should_be, words):
    (remark,) = arithmetic(text)
    assert remark.verdict is Verdict.CONTRADICTED
    assert should_be in remark.message
    assert text[slice(*remark.claim)] == words


@pytest.mark.parametrize("text", LONE_INTERVALS)
def test_an_interval_without_its_estimate_is_told(text):
    (remark,) = arithmetic(text)
    assert (remark.verdict, remark.message) == (Verdict.PARTLY, "an interval without its estimate")


@pytest.mark.parametrize("text", RIGHT)
def test_a_sum_that_adds_up_or_cannot_be_worked_out_is_left_alone(text):
    assert list(arithmetic(text)) == []
