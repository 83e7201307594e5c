"""What is the patient's now, what is past, what is a relative's, and what is denied."""

from __future__ import annotations

import pytest
from asked import facts, read
from hypothesis import given, settings
from hypothesis import strategies as st

HISTORY = [
    ("history of NSTEMI, now gout", "non-st-elevation myocardial infarction"),
    ("h/o stroke, gout", "stroke"),
    ("s/p hip fracture, alendronate?", "hip fracture"),
    ("prior GI bleed, on aspirin", "gastrointestinal bleeding"),
    ("past history of peptic ulcer but gout now", "peptic ulcer disease"),
    ("I had shingles in 2018", "herpes zoster"),
    ("he had eczema as a baby", "atopic dermatitis"),
    ("a stroke 3 years ago", "stroke"),
    ("after my heart attack I take aspirin", "myocardial infarction"),
]


@pytest.mark.parametrize(("text", "name"), HISTORY)
def test_a_past_condition_is_history_and_not_present(text, name):
    found = facts(text)
    assert name in found.history
    assert name not in found.conditions


@pytest.mark.parametrize(
    "text",
    [
        "10 year history of gout",
        "diagnosed with gout 6 years ago",
        "has had gout for years",
        "with gout since 2012",
    ],
)
def test_what_began_then_and_goes_on_is_no_history(text):
    assert "gout" not in facts(text).history


@pytest.mark.parametrize(
    "text",
    [
        "family history of breast cancer, is estradiol ok?",
        "her mother had breast cancer",
        "my father died of breast cancer",
    ],
)
def test_a_relatives_disease_is_not_the_patients(text):
    found = facts(text)
    assert "breast cancer" in found.family
    assert "breast cancer" not in (*found.conditions, *found.history)


def test_the_relative_asked_about_is_the_patient():
    found = facts("My daughter has gout and takes allopurinol. Is it safe?")
    assert (found.sex, found.conditions, found.family) == ("female", ("gout",), ())


DRUGS = [
    ("on apixaban 5 mg bid and metoprolol 25 mg", ("apixaban", "metoprolol")),
    ("Meds: warfarin, amiodarone, simvastatin 40 mg", ("warfarin", "amiodarone", "simvastatin")),
    ("current medications: lisinopril & furosemide", ("lisinopril", "furosemide")),
    ("my doctor added empagliflozin", ("empagliflozin",)),
    ("they gave me azithromycin", ("azithromycin",)),
    ("on warfarin for AF and furosemide for edema", ("warfarin", "furosemide")),
    ("she is treated with prednisone", ("prednisone",)),
    ("stopped fluoxetine, now on phenelzine", ("phenelzine",)),
    ("warfarin was stopped; takes rivaroxaban", ("rivaroxaban",)),
    ("used to take allopurinol, gout", ()),
    ("can he take naproxen?", ()),
    ("should I be on naproxen?", ()),
    ("tizanidine with ciprofloxacin?", ()),
    ("on an SSRI", ("selective serotonin reuptake inhibitor",)),
    ("on carvedilol, K 5.3", ("carvedilol",)),
]


@pytest.mark.parametrize(("text", "drugs"), DRUGS)
def test_only_what_is_taken_now_is_a_drug_of_the_patient(text, drugs):
    assert facts(text).drugs == drugs


def test_a_drug_of_the_past_is_told_apart():
    found = facts("used to take allopurinol, now on colchicine")
    assert (found.past_drugs, found.drugs) == (("allopurinol",), ("colchicine",))


ALLERGIES = [
    ("allergic to penicillin", ("penicillin",)),
    ("penicillin allergy", ("penicillin",)),
    ("Allergic to sulfa and codeine", ("sulfonamide antibiotic", "codeine")),
    ("Allergies: aspirin, latex. On montelukast", ("aspirin", "latex")),
    ("hives with amoxicillin", ("amoxicillin",)),
    ("allopurinol gave me a rash", ("allopurinol",)),
    ("not allergic to penicillin", ()),
    ("no penicillin allergy", ()),
    ("NKDA, on aspirin", ()),
    ("no known drug allergies. codeine dose", ()),
]


@pytest.mark.parametrize(("text", "allergies"), ALLERGIES)
def test_an_allergy_is_read_and_its_denial_is_not_one(text, allergies):
    assert facts(text).allergies == allergies


@pytest.mark.parametrize(
    ("text", "pregnancy"),
    [
        ("not pregnant, gout", ""),
        ("trying to conceive, gout", ""),
        ("her pregnancy test is negative", ""),
        ("6 months pregnant", "second_trimester"),
        ("primigravida, 36 weeks, headache", "third_trimester"),
        ("methimazole in pregnancy, 12 weeks", "first_trimester"),
    ],
)
def test_only_a_stated_pregnancy_is_one(text, pregnancy):
    assert facts(text).pregnancy == pregnancy


def test_a_denied_pregnancy_is_echoed_as_denied():
    question = read("MS relapse, not pregnant")
    assert "pregnancy" in question.negated
    assert not any(group.startswith("pregnancy") for group in question.population)


@pytest.mark.parametrize("text", ["nursing home resident", "nursing staff", "not breastfeeding"])
def test_nursing_staff_and_homes_feed_nobody(text):
    assert facts(text).lactation is False


AGES = [
    ("a seventy-four year old man", 74),
    ("she is 63. ibuprofen?", 63),
    ("mom is 78 on losartan", 78),
    ("10 year history of gout", None),
    ("smoked for 30 years", None),
    ("when I was 9 years old I had a seizure", None),
    ("only from past 1.5years", None),
    ("breastfeeding my 3 month old", None),
    ("My son is 4 yrs old, I am 38 years old", 4),
]


@pytest.mark.parametrize(("text", "age"), AGES)
def test_the_age_is_that_of_the_patient_now(text, age):
    assert facts(text).age == age


@pytest.mark.parametrize("text", ["lost 12 kg", "gained 20 lbs", "weight loss of 15 pounds"])
def test_what_was_lost_or_gained_is_no_weight(text):
    assert facts(text).weight_kg is None


FINDINGS = st.sampled_from(["fever", "gout", "stroke", "fracture", "sciatica", "seizure", "asthma"])
DENIALS = st.sampled_from(
    ["without", "no", "denies", "no history of", "negative for", "does not have"]
)


@settings(max_examples=80, deadline=None)
@given(
    finding=FINDINGS,
    denial=DENIALS,
    before=st.sampled_from(["", "a man with back pain, ", "on naproxen. "]),
)
def test_a_negated_finding_is_never_a_condition_of_the_patient(finding, denial, before):
    question = read(f"{before}{denial} {finding}. Naproxen dose?")
    assert finding in question.negated
    patient = question.patient
    assert finding not in (*patient.conditions, *patient.history, *patient.family)
    assert finding not in question.names(*{c.kind for c in question.concepts})


@pytest.mark.parametrize(
    "text",
    [
        "My patient's mother has cirrhosis; can he take methocarbamol?",
        "Her father had liver failure. Dose of baclofen?",
    ],
)
def test_a_relatives_organ_is_not_the_patients(text):
    question = read(text)
    assert not question.patient.hepatic
    assert "hepatic:any" not in question.population
    assert not question.patient.conditions


def test_a_relative_who_is_asked_about_keeps_her_own():
    assert read("My mother has cirrhosis. Can she take baclofen?").patient.hepatic == "any"


def test_what_somebody_whose_brother_has_it_is_told_of_is_not_the_patients():
    assert facts("bupropion for a smoker whose brother has epilepsy").conditions == ()
    assert facts("bupropion for a smoker who has epilepsy").conditions == ("epilepsy",)
