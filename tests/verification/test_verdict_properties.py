"""What holds of verdicts whatever the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged, verifier

from loccit.quantities import measures
from loccit.sentences import sentences
from loccit.terms import Verdict
from loccit.verification import CHECKS

SENTENCES = [
    "Naproxen is started at 250 mg twice daily for gout.",
    "Tizanidine is contraindicated with ciprofloxacin.",
    "Do not give aspirin to children under 12 years with fever.",
    "Nausea occurred in 12% of 340 patients on tramadol and 3% on placebo.",
    "Limit ketorolac to 5 days.",
    "Halve the dose of gabapentin below a clearance of 30 mL/min.",
    "The patient’s pain fell by 2–3 points (95% CI 1.2 to 3.4).",
    "Heat wraps relieve acute low back pain better than placebo.",
    "Vancomycin troughs of 10 to 15 mcg/mL are kept.",
]
pieces = st.sampled_from(
    [
        *[
            "Naproxen",
            "250",
            "mg",
            "is",
            "not",
            "given",
            "to",
            "children",
            "may",
            "should",
            "more",
            "than",
            "placebo",
            ".",
            ";",
            "(",
            ")",
            "[1]",
            "acute",
            "-",
            "–",
            "’s",
            "5%",
            "All",
            "patients",
        ],
        "\n",
    ]
)
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=40).map(" ".join))
any_sentence = st.sampled_from(SENTENCES)


@settings(max_examples=200, deadline=None)
@given(st.lists(any_sentence, min_size=1, max_size=4), st.data())
def test_an_untouched_sentence_of_a_source_is_supported_by_it(chosen, data):
    source = " ".join(chosen)
    judgement = judged(data.draw(st.sampled_from(chosen)), source)
    assert judgement.verbatim
    assert (judgement.verdict, judgement.findings) == (Verdict.SUPPORTED, ())


@settings(max_examples=200, deadline=None)
@given(texts)
def test_an_untouched_sentence_of_any_text_is_supported_by_it(text):
    for start, end in sentences(text.replace("\n", " ")):
        sentence = text[start:end]
        if any(char.isalnum() and char.isascii() for char in sentence):
            assert judged(sentence, text.replace("\n", " ")).verdict is Verdict.SUPPORTED


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_any_two_texts_have_a_verdict_and_findings_that_point_into_the_claim(claim, source):
    judgement = judged(claim, source)
    assert judgement.verdict in set(Verdict)
    assert judgement.covered >= 0
    assert (judgement.verdict is Verdict.SUPPORTED) == (judgement.findings == ())
    known = {check.label for check in CHECKS}
    for finding in judgement.findings:
        assert finding.check in known
        if finding.span:
            assert 0 <= finding.span[0] <= finding.span[1] <= len(claim)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_the_tokens_of_any_text_lie_within_it(text):
    for token in verifier().reader.read(text).tokens:
        assert 0 <= token.start <= token.end <= len(text)


STYLES = [
    (" ", "\u00a0"), (" ", "  "), (" ", "\n"), (" ", "\t"), (" ", "\u2009"), ("–", "-"), ("–", "—"), ("–", "‑"),
    ("-", "‐"), ("’", "'"), ("’", "‘"), ("’", "ʼ"), (" ", " \u200b"),
]  # fmt: skip
CLAIMS = [
    *SENTENCES,
    *(
        each.replace("12", "21").replace("not ", "").replace("acute", "chronic")
        for each in SENTENCES
    ),
]


@pytest.mark.parametrize(("old", "new"), STYLES)
def test_white_space_dashes_and_quotes_change_no_verdict(old, new):
    for claim in CLAIMS:
        for source in SENTENCES:
            plain = judged(claim, source)
            assert judged(claim.replace(old, new), source).verdict is plain.verdict
            if new != "\n":
                assert judged(claim, source.replace(old, new)).verdict is plain.verdict


@settings(max_examples=300, deadline=None)
@given(any_sentence, st.integers(0, 99_999), st.data())
def test_a_copy_with_another_number_is_never_supported(sentence, number, data):
    numbers = [
        match for match in re.finditer(r"\d+(?:\.\d+)?", sentence) if "95" not in match.group()
    ]
    if not numbers:
        return
    chosen = data.draw(st.sampled_from(numbers))
    if float(chosen.group()) == number:
        return
    claim = sentence[: chosen.start()] + str(number) + sentence[chosen.end() :]
    judgement = judged(claim, sentence)
    assert judgement.verdict is not Verdict.SUPPORTED, claim


@settings(max_examples=100, deadline=None)
@given(any_sentence, st.data())
def test_a_copy_with_a_number_more_is_never_supported(sentence, data):
    words = sentence.split(" ")
    at = data.draw(st.integers(1, len(words)))
    claim = " ".join([*words[:at], "777 mL", *words[at:]])
    assert judged(claim, sentence).verdict is not Verdict.SUPPORTED


def test_a_verdict_is_the_same_again():
    for claim in CLAIMS:
        for source in SENTENCES:
            assert judged(claim, source) == judged(claim, source)


def test_the_checks_have_names_of_their_own_and_versions():
    names = [check.name for check in CHECKS]
    assert len(set(names)) == len(names)
    assert all(check.version >= 1 for check in CHECKS)


def test_figures_of_the_samples_are_read():
    assert sum(len(measures(each)) for each in SENTENCES) > len(SENTENCES)
