"""Sentences of one text that contradict each other."""

from __future__ import annotations

import pytest
from judging import verifier

from loccit.verification.consistency import disagreements

OPPOSED = [
    (
        "Bed rest is recommended for acute back pain.",
        "No bed rest is recommended for acute back pain.",
    ),
    (
        "Treat acute otitis media in children with amoxicillin for 10 days.",
        "Treat acute otitis media in children with amoxicillin for 5 days.",
    ),
    ("Severe back pain needs immediate imaging.", "Severe back pain needs no immediate imaging."),
    (
        "Avoid cyclobenzaprine in older adults with falls.",
        "Cyclobenzaprine may be used in older adults with falls.",
    ),
    (
        "Duloxetine may be combined with cyclobenzaprine.",
        "Duloxetine must not be combined with cyclobenzaprine.",
    ),
    ("Apixaban is contraindicated in dialysis.", "Apixaban is recommended in dialysis."),
    ("Limit sodium in heart failure to 2 g a day.", "Limit sodium in heart failure to 3 g a day."),
    ("Do not image acute low back pain.", "Image acute low back pain."),
]
COMPATIBLE = [
    ("Naproxen 250 mg relieves gout.", "Naproxen 500 mg relieves migraine."),
    ("Naproxen relieves gout pain.", "Ibuprofen relieves gout pain."),
    ("Naproxen relieves acute gout.", "Naproxen relieves acute gout in adults."),
    (
        "Use amoxicillin in children with otitis media.",
        "Do not use amoxicillin in adults with otitis media.",
    ),
    ("Bed rest is recommended for acute back pain.",) * 2,
]


IN_OTHER_WORDS = [
    (
        "Patients with acute low back pain should stay active, and no bed rest is advised.",
        "For acute low back pain, bed rest for two days is recommended.",
    ),
    (
        "Imaging is not recommended in the first 6 weeks of low back pain.",
        "Low back pain that is severe and disabling calls for care: order imaging immediately.",
    ),
    (
        "Do not perform imaging in acute low back pain without red flags.",
        "Although films were taken already, imaging is recommended in acute low back pain.",
    ),
    (
        "In acute otitis media amoxicillin is given for 5 days from 6 years on.",
        "A 10-day course of amoxicillin is best: treat acute otitis media with amoxicillin for 10 days.",
    ),
]


@pytest.mark.parametrize("texts", IN_OTHER_WORDS)
def test_what_one_page_advises_two_ways_is_noticed(texts):
    one, other = texts
    assert pairs(one, other) == [(0, 1)]
    assert pairs(one, one) == []


def pairs(*texts):
    return [(one, other) for one, other, _ in disagreements(texts, verifier())]


@pytest.mark.parametrize("texts", OPPOSED)
def test_opposite_sentences_disagree_in_whatever_order(texts):
    one, other = texts
    filler = "Colchicine is taken with water."
    assert pairs(one, filler, other) == [(0, 2)]
    assert pairs(other, one) == [(0, 1)]


@pytest.mark.parametrize("texts", COMPATIBLE)
def test_sentences_on_other_drugs_groups_or_conditions_do_not_disagree(texts):
    assert pairs(*texts) == []


def test_the_finding_says_why():
    ((_, _, finding),) = disagreements(OPPOSED[1], verifier())
    assert "5 days" in finding.message
    assert "10 days" in finding.message


def test_no_sentences_and_one_sentence_do_not_disagree():
    assert pairs() == []
    assert pairs(OPPOSED[0][0]) == []
