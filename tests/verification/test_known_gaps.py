"""What the checks do not see yet. A row that begins to pass is moved to its check's own tests."""

from __future__ import annotations

import pytest
from judging import judged

from loccit.terms import Verdict

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


@pytest.mark.xfail(reason="not seen yet", strict=True)
@pytest.mark.parametrize(("verdict", "claim", "source"), GAPS)
def test_a_slip_that_is_not_seen_yet(verdict, claim, source):
    assert judged(claim, source).verdict is verdict
