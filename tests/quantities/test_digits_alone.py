"""Numbers are found alike whether or not a text is known to hold none in words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.quantities import reading


def test_each_number_in_words_is_noticed():
    for word in reading.WORD_NUMBERS:
        assert reading._may_hold_words(f"take {word.upper()} now")


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text(alphabet="q0159,./ -aQx_(", max_size=14))
def test_digits_are_found_alike(text):
    def found(pattern):
        return [(match.span("number"), match.end()) for match in pattern.finditer(text)]

    assert found(reading._DIGITS_HEAD) == found(reading._HEAD)
