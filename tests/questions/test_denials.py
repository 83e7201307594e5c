"""What a question denies is not what it asks about."""

from __future__ import annotations

import pytest
from asked import read

from loccit.terms import ConceptKind

DENIED = [
    ("lumbar muscle spasm without fracture, listhesis or deficit", {"fracture", "spondylolisthesis", "neurological deficit"}),
    ("back pain, denies fever or night sweats", {"fever", "night sweats"}),
    ("low back pain, no red flags, no sciatica, dose of naproxen?", {"sciatica"}),
    ("no history of heart failure, can he take naproxen?", {"heart failure"}),
    ("cyclobenzaprine in a patient with no evidence of glaucoma", {"glaucoma"}),
    ("back pain, negative for fracture. Treatment?", {"fracture"}),
    ("absence of fever in osteomyelitis", {"fever"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), DENIED)
def test_every_finding_in_reach_of_a_denial_is_denied(text, names):
    question = read(text)
    assert names <= set(question.negated)
    assert not names & set(question.names(*ConceptKind))


KEPT = [
    ("no history of hypertension but gout: naproxen?", "gout", "hypertension"),
    ("no fever, however sciatica for a week", "sciatica", "fever"),
    ("back pain without fracture. What about osteoporosis?", "osteoporosis", "fracture"),
    ("without sciatica; gout on allopurinol", "gout", "sciatica"),
    ("no fever with low back pain", "low back pain", "fever"),
    ("denies fever, has sciatica", "sciatica", "fever"),
]


@pytest.mark.parametrize(("text", "kept", "denied"), KEPT)
def test_a_denial_ends_at_a_turn_of_the_sentence(text, kept, denied):
    question = read(text)
    assert kept in question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
    assert denied in question.negated
    assert kept not in question.negated


@pytest.mark.parametrize(
    "text",
    [
        "low back pain with no improvement in muscle spasm after a week",
        "no relief of muscle spasm with naproxen",
        "no change in muscle spasm on cyclobenzaprine",
        "muscle spasm not responding to naproxen",
    ],
)
def test_what_only_fails_to_improve_is_present(text):
    assert "muscle spasm" not in read(text).negated


def test_a_denied_condition_does_not_choose_the_kind_or_the_concepts():
    with_it = read("naproxen dose in gout")
    without = read("naproxen dose, no gout")
    assert "gout" in with_it.names(ConceptKind.CONDITION)
    assert without.names(ConceptKind.CONDITION) == ()
    assert without.kind is with_it.kind


def test_drugs_are_never_denied():
    question = read("back pain without naproxen, can he take tramadol?")
    assert "naproxen" in question.names(ConceptKind.DRUG)
    assert question.negated == ()
