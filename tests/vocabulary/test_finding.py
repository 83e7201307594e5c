"""Patterns are found by the words of a text just as by searching each of them."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from loccit.index.rules import load_form_cues, load_kind_rules
from loccit.vocabulary.finding import PatternTable, Spotter
from loccit.vocabulary.lexicon import folded_words

SHIPPED = [cue.pattern.pattern for cue in load_kind_rules().cues] + [
    cue.words.pattern for cue in load_form_cues() if cue.words
]
OWN = [
    r"\b(?:iv|im)\b|^dose:|\bco-?administ\w+",
    r"(?:un)?known[.,]|a[bc]+d\b",
    r"x|[^|]+\|y|\(z",
    r"\bp ?[<=] ?0\b",
]
TABLES = [(SHIPPED, PatternTable(SHIPPED)), (OWN, PatternTable(OWN))]
WORDS = """do not use the in patients contraindicated Contraindications recommended usual daily dose dosage
of 5 mg/kg once IV im. bid p<0.05 p = .05 is are a drug disease should be used 'im' given monitor
side effects reduce adjust: CrCl child-pugh per 100,000 CYP3A4 P-gp don't rats animal's Table 1.
Fig. 2 | : co-administered coadministers ſhould kſdoſe İm unknown, abccd known. x_im _iv it’s iv’s
[begin block] ABC"""
PIECES = st.one_of(
    st.sampled_from(WORDS.split()),
    st.text(alphabet="aimpvsd '’_-ıİſK.:|<0", max_size=4),
)


def _searched(patterns, text):
    return {
        number for number, pattern in enumerate(patterns) if re.search(pattern, text, re.IGNORECASE)
    }


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " ", "\n"]))
def test_any_text(pieces, between):
    text = between.join(pieces) if between else "".join(pieces)
    for patterns, table in TABLES:
        assert table.found(text, folded_words(text)) == _searched(patterns, text)


def test_real_passages(shared_data):
    """Every tenth line of the drug indications and of the claims' evidence."""
    import json

    rows = (shared_data / "claims" / "healthver_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for row in rows[::3]:
        text = json.loads(row)["evidence"]
        for patterns, table in TABLES:
            assert table.found(text, folded_words(text)) == _searched(patterns, text)


SPOTTERS = [(pattern, Spotter(pattern)) for pattern in (*OWN, r"\bnot\b|avoid|\bsis\b|ki[ns]")]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=12), st.sampled_from(["", " ", "\n"]))
def test_one_pattern_is_spotted_as_by_searching_it(pieces, between):
    text = between.join([*pieces, "AvoId" if len(pieces) % 3 == 0 else "ſiſ"])
    for pattern, spotter in SPOTTERS:
        assert spotter.is_in(text) is bool(re.search(pattern, text, re.IGNORECASE))
