"""Plain words that mean the same are met both ways, and organ function in joined phrases."""

import pytest

from loccit.vocabulary import load_vocabulary
from loccit.vocabulary.equivalents import load_equivalents
from loccit.vocabulary.stems import stems_of


@pytest.mark.parametrize(
    ("one", "other"), [("kidney", "renal"), ("hold", "withhold"), ("kids", "pediatric")]
)
def test_words_of_one_group_mean_the_same_both_ways(one, other):
    left, right = stems_of([one, other])
    assert right in load_equivalents()[left]
    assert left in load_equivalents()[right]


@pytest.mark.parametrize(
    "text",
    [
        "significant impairment of renal or hepatic function",
        "significantly reduced hepatic or renal function",
        "renal or hepatic impairment",
        "hepatic or renal impairment",
    ],
)
def test_both_organs_of_a_joined_phrase_are_read(text):
    found = {each.name for each in load_vocabulary().populations.find(text)}
    assert {"renal:any", "hepatic:any"} <= found
