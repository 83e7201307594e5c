"""Text as readers give it: one form, however it was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loccit.sources.assembly import clean


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  5  mg\n\ttwice ", "5 mg twice"),
        ("5 mg", "5 mg"),
        (" 5 mg", "5 mg"),
        ("5\u00a0mg", "5 mg"),
        ("mg\u200b \u202edaily\x07", "mg daily"),
        ("Sjo\u0308gren", "Sj\u00f6gren"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_white_space_is_folded_and_what_cannot_be_seen_goes(written, read):
    assert clean(written) == read


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from(" \t\n\x1f\x85\u2003\u200bab5\u00e9"), st.characters())
    )
)
@example("a \x00 b")
def test_what_is_clean_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    assert "  " not in once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet=" ab5.,%"))
def test_plain_text_loses_nothing_but_spare_spaces(text):
    assert clean(text) == " ".join(text.split())
