"""A source that may no longer be relied on carries nothing, copied or not."""

from __future__ import annotations

import pytest
from judging import a_card, judged, told

from loccit.terms import Standing, Verdict

SENTENCE = "Take colchicine 0.6 mg once a day for gout."
OTHER_WORDS = "Colchicine 0.6 mg is taken once daily for gout."
LOWERED = [
    (Standing.DRAFT, Verdict.PARTLY),
    (Standing.SUPERSEDED, Verdict.PARTLY),
    (Standing.EXPRESSION_OF_CONCERN, Verdict.PARTLY),
    (Standing.WITHDRAWN, Verdict.NOT_FOUND),
    (Standing.RETRACTED, Verdict.NOT_FOUND),
]


@pytest.mark.parametrize("claim", [SENTENCE, OTHER_WORDS])
@pytest.mark.parametrize(("standing", "verdict"), LOWERED)
def test_the_standing_of_a_source_lowers_what_it_supports(claim, standing, verdict):
    judgement = judged(claim, SENTENCE, card=a_card(standing=standing))
    assert judgement.verdict is verdict
    assert ("standing", str(verdict)) in told(judgement)


def test_every_standing_is_thought_of():
    assert {standing for standing, _ in LOWERED} | {Standing.CURRENT} == set(Standing)


def test_a_current_source_or_one_of_unknown_standing_lowers_nothing():
    assert judged(SENTENCE, SENTENCE, card=a_card(standing=Standing.CURRENT)).findings == ()
    assert judged(SENTENCE, SENTENCE).findings == ()


def test_a_retracted_source_does_not_even_contradict():
    claim = SENTENCE.replace("0.6", "6")
    judgement = judged(claim, SENTENCE, card=a_card(standing=Standing.RETRACTED))
    assert judgement.verdict is Verdict.NOT_FOUND
