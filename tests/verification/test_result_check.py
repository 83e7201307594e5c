"""An effect is not the lack of one."""

from __future__ import annotations

import pytest
from judging import judged, told

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
def test_a_sentence_that_departs_from_its_source_is_told_by_the_check_for_it(
    check, verdict, claim, source
):
    judgement = judged(claim, source)
    assert judgement.verdict is verdict, judgement.findings
    assert check in {name for name, _ in told(judgement)}
