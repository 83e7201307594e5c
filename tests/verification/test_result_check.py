"""An effect is not the lack of one."""

from __future__ import annotations

import pytest
from judging import expect

from loccit.terms import Verdict

WRONG = [
    (
        "result",
        Verdict.CONTRADICTED,
        "Baclofen reduced pain compared with placebo.",
        "There was no difference in pain between baclofen and placebo.",
    ),
    (
        "result",
        Verdict.CONTRADICTED,
        "Acupuncture significantly reduced pain.",
        "Acupuncture did not significantly reduce pain.",
    ),
    (
        "result",
        Verdict.CONTRADICTED,
        "Naproxen and placebo did not differ in pain at 3 months.",
        "Naproxen and placebo differed in pain at 3 months.",
    ),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)
