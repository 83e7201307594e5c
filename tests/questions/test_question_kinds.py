"""Sixty questions in ordinary words, five for each of the twelve kinds."""

from __future__ import annotations

from collections import Counter

import pytest
from asked import read

from loccit.questions.rules import load_reading_rules
from loccit.terms import QuestionKind

KINDS = [
    ("treatment", "What is the recommended treatment for a patient with radiological findings suggesting lumbar muscle spasm?"),
    ("treatment", "First-line therapy for acute low back pain"),
    ("treatment", "How do you manage gout flares?"),
    ("treatment", "Does massage help chronic low back pain?"),
    ("treatment", "Best drug for spasticity after stroke?"),
    ("dosing", "What is the recommended dose of cyclobenzaprine?"),
    ("dosing", "Maximum daily dose of acetaminophen in adults"),
    ("dosing", "How often can ibuprofen be taken?"),
    ("dosing", "methocarbamol loading dose"),
    ("dosing", "How long can ketorolac be given?"),
    ("dosing_organ", "gabapentin dose with CrCl 25"),
    ("dosing_organ", "How much apixaban on dialysis?"),
    ("dosing_organ", "Should tizanidine be reduced in renal impairment?"),
    ("dosing_organ", "metformin dosing with eGFR 38"),
    ("dosing_organ", "starting dose of cyclobenzaprine in mild hepatic impairment"),
    ("dosing_child", "ibuprofen dose for a 12 kg child, 2 years old"),
    ("dosing_child", "How much acetaminophen for a 6-month-old of 7 kg?"),
    ("dosing_child", "amoxicillin mg per kg in a 4 year old"),
    ("dosing_child", "pediatric dosing of baclofen"),
    ("dosing_child", "naproxen dose in a 10 year old, 30 kg"),
    ("interaction", "Does tizanidine interact with ciprofloxacin?"),
    ("interaction", "Can duloxetine be combined with cyclobenzaprine?"),
    ("interaction", "warfarin and naproxen interaction"),
    ("interaction", "Can I drink alcohol on cyclobenzaprine?"),
    ("interaction", "sertraline plus tramadol"),
    ("safety", "What are the contraindications of cyclobenzaprine?"),
    ("safety", "Is naproxen safe in the third trimester?"),
    ("safety", "Can I take ibuprofen while breastfeeding?"),
    ("safety", "side effects of carisoprodol"),
    ("safety", "boxed warning of ketorolac"),
    ("diagnosis", "How do I tell sciatica from hip pain?"),
    ("diagnosis", "What does loss of lumbar lordosis on x-ray mean?"),
    ("diagnosis", "diagnostic criteria for ankylosing spondylitis"),
    ("diagnosis", "Differential diagnosis of acute back pain with fever"),
    ("diagnosis", "sensitivity of the straight leg raise"),
    ("emergency", "Tylenol overdose, what do I do now?"),
    ("emergency", "My child swallowed ten baclofen tablets"),
    ("emergency", "Antidote for opioid poisoning"),
    ("emergency", "Patient unresponsive after diazepam and oxycodone"),
    ("emergency", "anaphylaxis after naproxen, immediate management"),
    ("prognosis", "prognosis of acute low back pain"),
    ("prognosis", "How long until sciatica recovers?"),
    ("prognosis", "natural history of lumbar disc herniation"),
    ("prognosis", "recurrence of low back pain after one year"),
    ("prognosis", "survival in multiple myeloma"),
    ("what_is", "What is spondylolisthesis?"),
    ("what_is", "How does baclofen work?"),
    ("what_is", "mechanism of action of cyclobenzaprine"),
    ("what_is", "What is tizanidine?"),
    ("what_is", "define cauda equina syndrome"),
    ("switching", "How do I switch from baclofen to tizanidine?"),
    ("switching", "tapering diazepam after long use"),
    ("switching", "Can gabapentin be stopped abruptly?"),
    ("switching", "converting from oxycodone to tramadol"),
    ("switching", "washout before starting an MAOI after fluoxetine: how to change over?"),
    ("test_choice", "When is an MRI needed in low back pain?"),
    ("test_choice", "Should I order an x-ray for acute back pain?"),
    ("test_choice", "What labs to monitor on methotrexate?"),
    ("test_choice", "Which imaging for suspected cauda equina syndrome?"),
    ("test_choice", "baseline ECG before starting amitriptyline?"),
]  # fmt: skip


def test_the_table_covers_the_twelve_kinds_evenly():
    assert Counter(QuestionKind(kind) for kind, _ in KINDS) == dict.fromkeys(QuestionKind, 5)


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_a_question_shows_its_kind(kind, text):
    question = read(text)
    assert kind in {question.kind, *question.also}, (question.kind, question.also)


def test_nearly_all_are_read_as_their_own_kind_first():
    others = [(kind, read(text).kind, text) for kind, text in KINDS if read(text).kind != kind]
    assert len(others) <= 3, others


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("tizanidine ciprofloxacin", QuestionKind.INTERACTION),
        ("naproxen pregnancy", QuestionKind.SAFETY),
        ("naproxen gout", QuestionKind.TREATMENT),
        ("sciatica", QuestionKind.TREATMENT),
        ("cyclobenzaprine", QuestionKind.WHAT_IS),
        ("red flags in low back pain", QuestionKind.DIAGNOSIS),
        ("treatment of low back pain with no red flags", QuestionKind.TREATMENT),
    ],
)
def test_bare_names_are_read_by_what_they_name(text, kind):
    assert read(text).kind is kind


def test_every_kind_has_a_rule_and_a_place_in_the_order():
    rules = load_reading_rules()
    assert sorted(rules.order) == sorted(QuestionKind)
    assert {rule.kind for rule in rules.kinds} == set(QuestionKind)
    needs = {"", "drug", "two_drugs", "condition", "child", "organ", "population"}
    assert {rule.needs for rule in rules.kinds} <= needs


def test_other_kinds_never_repeat_the_first():
    for _, text in KINDS:
        question = read(text)
        assert question.kind not in question.also
        assert len(set(question.also)) == len(question.also)
