"""What was stated of a patient, in words."""

from __future__ import annotations

import pytest

from loccit.publication.facts import fact_value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("71", "71 years"),
        ("1", "12 months"),
        ("0.01", "4 days"),
        ("severe_impairment", "severe impairment"),
        ("nan", "nan"),
        ("inf", "inf"),
        ("-infinity", "-infinity"),
        ("-1", "-1"),
        ("", ""),
    ],
)
def test_a_number_is_an_age_and_every_other_word_stays_a_word(value, said):
    assert fact_value(value) == said
