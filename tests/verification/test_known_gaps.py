"""What the checks do not see yet. A row that begins to pass is moved to its check's own tests."""

from __future__ import annotations

import pytest
from judging import judged, verifier

from loccit.terms import Verdict
from loccit.verification.arithmetic import arithmetic
from loccit.verification.consistency import disagreements

GAPS = [
    pytest.param(
        Verdict.CONTRADICTED,
        "Start with opioids before NSAIDs in back pain.",
        "Start with NSAIDs before opioids in back pain.",
        id="what comes first turned round",
    ),
    pytest.param(
        Verdict.CONTRADICTED,
        "Switch from sertraline to duloxetine.",
        "Switch from duloxetine to sertraline.",
        id="a switch turned round",
    ),
    pytest.param(
        Verdict.PARTLY,
        "Every second patient improved with 10 mg of baclofen.",
        "Every third patient improved with 10 mg of baclofen.",
        id="another ordinal",
    ),
    pytest.param(
        Verdict.SUPPORTED,
        "Warfarin caused more bleeding than apixaban.",
        "Apixaban caused less bleeding than warfarin.",
        id="a comparison told from the other side, taken for its inversion",
    ),
    pytest.param(
        Verdict.SUPPORTED,
        "Advise patients against alcohol while on metronidazole.",
        "Patients should avoid alcohol while on metronidazole.",
        id="advice against, taken for advice",
    ),
    pytest.param(
        Verdict.CONTRADICTED,
        "Spironolactone can cause hypokalemia.",
        "Spironolactone can cause hyperkalemia.",
        id="a laboratory finding turned round in a very short sentence",
    ),
]
SUMS = [
    "Amoxicillin 400 mg/5 mL: 666 mg = 6.7 mL per dose.",
    "Reduce the dose by 25% from 75 mg to 37.5 mg.",
    "Pain fell from 60 to 30, a 25% reduction.",
]

PAIRS = [
    (
        "Duloxetine may be combined with cyclobenzaprine.",
        "Duloxetine must not be combined with cyclobenzaprine.",
    ),
    ("Apixaban is contraindicated in dialysis.", "Apixaban is recommended in dialysis."),
    ("Limit sodium in heart failure to 2 g a day.", "Limit sodium in heart failure to 3 g a day."),
    ("Do not image acute low back pain.", "Image acute low back pain."),
]


@pytest.mark.xfail(reason="not seen yet", strict=True)
@pytest.mark.parametrize(("verdict", "claim", "source"), GAPS)
def test_a_slip_that_is_not_seen_yet(verdict, claim, source):
    assert judged(claim, source).verdict is verdict


@pytest.mark.xfail(reason="not seen yet", strict=True)
@pytest.mark.parametrize("text", SUMS)
def test_a_sum_that_is_not_seen_yet(text):
    assert list(arithmetic(text))


@pytest.mark.xfail(reason="not seen yet", strict=True)
@pytest.mark.parametrize("pair", PAIRS)
def test_a_disagreement_that_is_not_seen_yet(pair):
    assert list(disagreements(pair, verifier()))
