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
    ("best test for suspected PE in pregnancy", "pulmonary embolism"),
    ("PE with proteinuria at 34 weeks, magnesium dose", "preeclampsia"),
    ("PE drained by thoracentesis, exudate", "pleural effusion"),
    ("PD psychosis on levodopa", "parkinson disease"),
    ("PT stretching for a stiff shoulder", "physical therapy"),
    ("MS after optic neuritis, interferon", "multiple sclerosis"),
    ("MS with atrial fibrillation and a rheumatic valve", "mitral stenosis"),
    ("CP after exertion, aspirin?", "chest pain"),
    ("gait in CP, botulinum toxin", "cerebral palsy"),
    ("RA with anti-CCP, start of a biologic", "rheumatoid arthritis"),
    ("AS with back pain, HLA-B27", "ankylosing spondylitis"),
    ("DM with muscle weakness and a rash", "dermatomyositis"),
    ("MR with a leaflet prolapse, surgery?", "mitral regurgitation"),
    ("AD with itch, dupilumab", "atopic dermatitis"),
    ("AD on donepezil", "alzheimer disease"),
    ("CF on ivacaftor", "cystic fibrosis"),
    ("ED on sildenafil", "erectile dysfunction"),
    ("BPD and self-harm", "borderline personality disorder"),
    ("BPD in a premature infant on oxygen", "bronchopulmonary dysplasia"),
    ("PCP prophylaxis with a low CD4", "pneumocystis pneumonia"),
    ("PID, doxycycline how long", "pelvic inflammatory disease"),
    ("ALS, riluzole dose", "amyotrophic lateral sclerosis"),
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PD peritonitis, vancomycin dose", "parkinson disease"),
        ("HD and gabapentin in ESRD", "huntington disease"),
    ],
)
def test_dialysis_is_no_disease_of_the_brain(text, name):
    assert name not in {concept.name for concept in read(text).concepts}


def test_a_value_names_no_drug():
    assert "potassium" not in {
        concept.name for concept in read("K 5.8 mmol/L on lisinopril").concepts
    }
