"""Short forms with several meanings are read by the words around them."""

from __future__ import annotations

import pytest
from asked import read

MEANT = [
    ("dalfampridine for walking in MS", "multiple sclerosis"),
    ("severe MS with a diastolic murmur, valvuloplasty?", "mitral stenosis"),
    ("MS 4 mg IV for renal colic pain", "morphine"),
    ("RA flare on methotrexate", "rheumatoid arthritis"),
    ("PT 28 seconds with INR 3.9", "prothrombin time"),
    ("PT for knee osteoarthritis, how many sessions", "physical therapy"),
    ("CP radiating to the left arm with raised troponin", "chest pain"),
    ("child with spastic CP, baclofen dose", "cerebral palsy"),
    ("CP with steatorrhea, pancreatic enzyme dose", "chronic pancreatitis"),
    ("chorea in HD, tetrabenazine", "huntington disease"),
    ("AS with axial pain, adalimumab", "ankylosing spondylitis"),
    ("severe AS with syncope, valve replacement", "aortic stenosis"),
    ("DM with heliotrope rash", "dermatomyositis"),
    ("on an SSRI", "selective serotonin reuptake inhibitor"),
    ("muscle relaxants in back pain", "skeletal muscle relaxant"),
]


@pytest.mark.parametrize(("text", "name"), MEANT)
def test_a_short_form_means_what_the_words_around_it_say(text, name):
    assert name in {concept.name for concept in read(text).concepts}


@pytest.mark.parametrize(
    "text", ["O2 sat 93% RA, COPD", "RA pressure of 15 on right heart catheter"]
)
def test_room_air_and_an_atrium_are_no_arthritis(text):
    assert "rheumatoid arthritis" not in {concept.name for concept in read(text).concepts}


def test_a_value_names_no_drug():
    assert "potassium" not in {
        concept.name for concept in read("K 5.8 mmol/L on lisinopril").concepts
    }
