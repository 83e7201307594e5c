"""Brands, short forms and misspellings lead to one name; what was read otherwise is told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from asked import read

from loccit.questions import QuestionReader
from loccit.terms import Concept, ConceptKind
from loccit.vocabulary import load_vocabulary

NSAID = "nonsteroidal anti-inflammatory drug"
NAMES = [
    ("Flexeril for back spasm", "cyclobenzaprine"),
    ("Zanaflex dose", "tizanidine"),
    ("Is Aleve safe in pregnancy?", "naproxen"),
    ("Tylenol overdose", "acetaminophen"),
    ("paracetamol overdose", "acetaminophen"),
    ("Motrin and lisinopril", "ibuprofen"),
    ("cyclobenzaprine hydrochloride dose", "cyclobenzaprine"),
    ("CYCLOBENZAPRINE dose", "cyclobenzaprine"),
    ("Is amitriptyline a TCA?", "tricyclic antidepressant"),
    ("SSRIs and bleeding", "selective serotonin reuptake inhibitor"),
    ("NSAID in heart failure", NSAID),
    ("anti-inflammatories in gout", NSAID),
    ("muscle relaxants in the elderly", "skeletal muscle relaxant"),
    ("LBP for two weeks", "low back pain"),
    ("high blood pressure and naproxen", "hypertension"),
    ("HTN and naproxen", "hypertension"),
    ("T2DM and prednisone", "type 2 diabetes mellitus"),
    ("MRI for back pain", "mri"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_every_name_of_a_thing_leads_to_one(text, name):
    assert name in read(text).names(*ConceptKind)


SHORT = [
    ("MS and spasticity, baclofen dose", "multiple sclerosis"),
    ("morphine: MS 5 mg IV for pain", "morphine"),
    ("RA and methotrexate joint erosions", "rheumatoid arthritis"),
    ("new PE, anticoagulate?", "pulmonary embolism"),
]


@pytest.mark.parametrize(("text", "name"), SHORT)
def test_a_short_form_is_read_by_the_words_around_it(text, name):
    assert name in read(text).names(*ConceptKind)


def test_each_meaning_of_a_short_form_is_chosen_by_its_own_cues():
    """For every short form of several meanings: its cues alone lead to that meaning."""
    vocabulary = load_vocabulary()
    tried, missed = 0, []
    for short, entry in vocabulary.abbreviations.items():
        if len(entry.meanings) < 2 or vocabulary.lexicon.get(short):
            continue
        for meaning, cues in zip(entry.meanings, entry.cues, strict=False):
            known = vocabulary.lexicon.get(meaning)
            others = [set(each) for each in entry.cues if each is not cues]
            own = [cue for cue in cues if " " not in cue and not any(cue in o for o in others)]
            if not known or not own or not short.isalnum() or short.isdigit():
                continue
            tried += 1
            question = read(f"{short} {' '.join(own)}")
            if known.name not in question.names(*ConceptKind):
                missed.append((short, meaning))
    assert tried > 20
    assert len(missed) <= tried // 20, missed


def test_ordinary_words_in_lower_case_are_no_short_forms():
    assert read("add all to the cap and see her back").concepts == ()


SLIPS = [
    ("cyclobenzaprin dose", "cyclobenzaprin", "cyclobenzaprine"),
    ("cyclobenzeprine dose", "cyclobenzeprine", "cyclobenzaprine"),
    ("naproxin for gout", "naproxin", "naproxen"),
    ("tizanadine and cipro", "tizanadine", "tizanidine"),
    ("Ibuprophen in pregnancy", "Ibuprophen", "ibuprofen"),
    ("gabapentine with CrCl 30", "gabapentine", "gabapentin"),
]


@pytest.mark.parametrize(("text", "written", "meant"), SLIPS)
def test_a_misspelt_name_is_read_and_the_correction_is_told(text, written, meant):
    question = read(text)
    assert meant in question.names(ConceptKind.DRUG)
    assert dict(question.corrections)[written].casefold() == meant
    assert question.text == text, "the question is shown as it was asked"
    assert meant in question.terms.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "What is the recommended treatment for a patient with radiological findings?",
        "Is physical therapy effective for recurrent episodes?",
        "cyclobenzaprine 5 mg three times daily",
    ],
)
def test_words_that_sources_use_are_not_corrected(text):
    assert read(text).corrections == ()


def test_a_word_near_two_names_is_not_guessed_at():
    reader = QuestionReader(load_vocabulary(), is_known=lambda word: False)
    question = reader.read("zzqxprofen dose")
    assert question.corrections == ()


def test_concepts_stand_where_they_say():
    text = "Is Flexeril safe with Zoloft in LBP?"
    for concept in read(text).concepts:
        assert text[concept.start : concept.end].rstrip("?") == concept.text.rstrip("?")


def test_concepts_are_in_order():
    concepts: tuple[Concept, ...] = read(
        "lumbar muscle spasm, acute low back pain, LBP, NSAIDs, naproxen sodium, MRI"
    ).concepts
    assert [concept.start for concept in concepts] == sorted(each.start for each in concepts)
    for left, right in pairwise(concepts):
        assert left.end <= right.start


@pytest.mark.parametrize(
    ("text", "drug", "condition"),
    [
        ("Tylenol overdose, what now?", "acetaminophen", "acetaminophen overdose"),
        ("serotonin syndrome", "", "serotonin syndrome"),
    ],
)
def test_a_drug_inside_the_name_of_a_condition_is_asked_about_too(text, drug, condition):
    question = read(text)
    assert condition in question.names(ConceptKind.CONDITION, ConceptKind.FINDING)
    assert question.names(ConceptKind.DRUG) == ((drug,) if drug else ())
