"""Circumstances of the patient: as stated, and nothing where nothing is stated."""

from __future__ import annotations

import pytest
from asked import facts, read
from hypothesis import given
from hypothesis import strategies as st

from loccit.questions.age_ranges import age_range_in, years_of
from loccit.questions.circumstances import load_circumstance_rules
from loccit.questions.patient import population_of
from loccit.terms import PatientFacts

SMOKING = [
    ("he smokes 30 a day", "current"),
    ("she's a smoker of 61", "current"),
    ("66-year-old male smoker, 40 pack years", "current"),
    ("she quit smoking years ago", "former"),
    ("ex-smoker with COPD", "former"),
    ("I do not smoke no more", "former"),
    ("non-smoker with COPD", "never"),
    ("no history of smoking", "never"),
    ("she has never smoked", "never"),
    ("bupropion for smoking cessation", ""),
    ("stroke in 1999, naproxen?", ""),
]


@pytest.mark.parametrize(("text", "value"), SMOKING)
def test_smoking_is_current_former_or_never(text, value):
    assert facts(text).smoking == value


def test_what_a_fact_denies_is_not_denied_twice():
    question = read("non-smoker with COPD")
    assert question.patient.smoking == "never"
    assert "tobacco use disorder" not in question.negated


ALCOHOL = [
    ("she drinks a bottle of wine a day", "daily"),
    ("I drink about 3 beers a night", "daily"),
    ("he drinks quite heavily", "heavy"),
    ("alcoholic, 45 years", "heavy"),
    ("he stopped drinking 3 days ago", "former"),
    ("she does not drink", "none"),
    ("teetotal lady of 60", "none"),
    ("a social drinker", "some"),
    ("can he drink wine with it?", ""),
    ("alcoholic cirrhosis", ""),
    ("she drinks milk", ""),
]


@pytest.mark.parametrize(("text", "value"), ALCOHOL)
def test_alcohol_is_what_the_patient_drinks(text, value):
    assert facts(text).alcohol == value


DURATIONS = [
    ("back pain for the past 3 months", "3 months"),
    ("cough x 2 weeks", "2 weeks"),
    ("3 week history of cough", "3 week"),
    ("it's been 8 weeks now", "8 weeks"),
    ("how fast to taper opioids after 2 years", "2 years"),
    ("6 weeks of sciatica, scan?", "6 weeks"),
    ("sciatica 6 weeks, when surgery", "6 weeks"),
    ("3 days since onset, gout", "3 days"),
    ("on oxycodone 5 years", "5 years"),
    ("sertraline, 3 months in, still low", "3 months"),
    ("amoxicillin for 7 days?", ""),
    ("gout, colchicine for 3 days", ""),
    ("8 weeks pregnant with nausea", ""),
    ("got pregnant, 10 wks now", ""),
    ("knee replacement 6 weeks ago", ""),
    ("metoclopramide 12 weeks limit?", ""),
    ("zoledronic acid every 4 weeks", ""),
]


@pytest.mark.parametrize(("text", "value"), DURATIONS)
def test_a_duration_is_that_of_the_complaint_and_no_course(text, value):
    assert facts(text).duration == value


def test_what_has_lasted_years_is_no_age():
    patient = facts("chronic pain on oxycodone 5 years")
    assert (patient.age, patient.duration) == (None, "5 years")


SURFACES = [
    ("cisplatin 75 mg/m2, BSA 1.7 m2", 1.7),
    ("body surface 1.1", 1.1),
    ("child of 0.6 m²", 0.6),
    ("eGFR 60 mL/min/1.73 m2", None),
    ("carboplatin 400 mg/m2", None),
    ("BSA 17", None),
]


@pytest.mark.parametrize(("text", "value"), SURFACES)
def test_body_surface_is_the_patients_own(text, value):
    assert facts(text).body_surface == value


ANCESTRIES = [
    ("carbamazepine in a woman of Chinese ancestry", "Chinese"),
    ("hypertension in a black man of 52", "Black"),
    ("patient is Han Chinese, allopurinol", "Han Chinese"),
    ("rosuvastatin in an Asian", "Asian"),
    ("rosuvastatin in Japanese", "Japanese"),
    ("gout, ethnicity Korean", "Korean"),
    ("his tongue is black", ""),
    ("black tarry stools on naproxen", ""),
    ("white discharge for 3 days", ""),
    ("Chinese herbal medicine and warfarin", ""),
    ("the Japanese encephalitis vaccine", ""),
]


@pytest.mark.parametrize(("text", "value"), ANCESTRIES)
def test_ancestry_is_said_of_a_person(text, value):
    assert facts(text).ancestry == value


GENOTYPES = [
    ("she is HLA-B*1502 negative", ("HLA-B*1502 negative",)),
    ("clopidogrel in a CYP2C19 poor metaboliser", ("CYP2C19 poor metaboliser",)),
    ("azathioprine start, TPMT low", ("TPMT low",)),
    ("hepatitis C genotype 1a", ("genotype 1a",)),
    ("CYP3A4 inhibitors and simvastatin", ()),
    ("eGFR 30", ()),
]


@pytest.mark.parametrize(("text", "value"), GENOTYPES)
def test_a_genotype_stands_as_written(text, value):
    assert facts(text).genotype == value


PLANS = [
    ("she wants to get pregnant next year", ("pregnancy",)),
    ("plans a baby, valproate?", ("pregnancy",)),
    ("we want a baby", ("pregnancy",)),
    ("knee surgery is planned, on apixaban", ("surgery",)),
    ("he is going for a hip replacement", ("surgery",)),
    ("knee surgery in 2015", ()),
]


@pytest.mark.parametrize(("text", "value"), PLANS)
def test_what_is_planned_is_no_state(text, value):
    patient = facts(text)
    assert patient.planned == value
    assert patient.pregnancy == ""


RANGES = [
    ("my grandma is in her eighties", "80 to 89 years", "older_adult"),
    ("gout in his mid-50s", "50 to 59 years", "adult"),
    ("an octogenarian with gout", "80 to 89 years", "older_adult"),
    ("children aged 6 to 8", "6 to 8 years", "child"),
    ("in 6-8 year olds", "6 to 8 years", "child"),
    ("risdiplam under 2 months", "under 2 months", "infant"),
    ("age 70+, apixaban", "70 years and over", "older_adult"),
    ("gout in his sixties", "60 to 69 years", ""),
    ("pain between 6 and 8 on the scale", "", ""),
    ("aged 67, gout", "", "older_adult"),
]


@pytest.mark.parametrize(("text", "stated", "group"), RANGES)
def test_a_range_of_ages_is_no_single_age(text, stated, group):
    patient = facts(text)
    groups = {each for each in population_of(patient) if each.startswith("age:")}
    assert patient.age_range == stated
    assert patient.age is None or not stated
    assert groups == ({f"age:{group}"} if group else set())


@given(st.integers(1, 90), st.integers(1, 30), st.sampled_from(["years", "months"]))
def test_a_range_means_the_ages_it_was_written_with(low, more, unit):
    stated = age_range_in(f"aged {low} to {low + more} {unit}", load_circumstance_rules().ages)
    years = years_of(stated)
    per_year = {"years": 1, "months": 12}[unit]
    assert years is not None
    assert (years.least, years.most) == (low / per_year, (low + more) / per_year)


def test_no_words_give_no_ages():
    assert years_of("") is None
    assert population_of(PatientFacts(age_range="some day")) == ()


AGES = [
    ("Bactrim for cystitis in a 34 y woman", 34),
    ("acyclovir for shingles, 58, CrCl 20", 58),
    ("my wife (38, breast feeding) got mastitis", 38),
    ("is aspirin advised at sixty-two?", 62),
    ("apixaban at 80?", 80),
    ("ketorolac dose at 78 years of age", 78),
    ("apixaban dose at 80?", 80),
    ("my mother is 84 by the way", 84),
    ("male 58 ED, viagra?", 58),
    ("im 19 allergic to bees", 19),
    ("im on the pill and 33", 33),
    ("she's six and weighs 21 kg", 6),
    ("my baby is 5 months, 7 kg", 5 / 12),
    ("he will be 80 in May", 80),
    ("my father had a heart attack at 50. I'm 42, statin?", 42),
    ("amoxicillin for otitis, 7 mo girl", 7 / 12),
    ("odevixibat start, and if no better after 3 mo?", None),
    ("survival at 2 years with osimertinib", None),
    ("sorry, naproxen, 48 mg", None),
    ("heart rate at 62", None),
    ("I am 5 feet tall", None),
    ("she is 30 weeks pregnant", None),
    ("oxygen at 40%", None),
]


@pytest.mark.parametrize(("text", "age"), AGES)
def test_ages_are_read_in_whatever_form_they_are_written(text, age):
    expected = None if age is None else pytest.approx(age, abs=0.01)
    assert facts(text).age == expected


def test_a_class_of_child_is_of_the_liver_and_no_child():
    asked = read("valproate in Child C cirrhosis?")
    assert "hepatic:severe" in asked.population
    assert "age:child" not in asked.population


WHOSE = [
    ("Been on zoloft for 6 months, stopped it last week", "past_drugs", ("sertraline",)),
    ("my doc wants me on jardiance", "drugs", ()),
    ("My doctor switched me from lexapro to effexor", "drugs", ("venlafaxine",)),
    ("metformin, amlodipine 10 on board", "drugs", ("amlodipine",)),
    ("I take the blood thinner eliquis", "drugs", ("anticoagulant", "apixaban")),
    ("dizzy since starting tamsulosin", "drugs", ("tamsulosin",)),
    ("how should she come off the clonidine", "past_drugs", ()),
    ("no allergies except latex", "allergies", ("latex",)),
    ("she reacts to penicillin with hives", "allergies", ("penicillin",)),
    ("is prednisolone safe for a type 1 diabetic", "conditions", ("diabetes mellitus",)),
    ("with an old ulcer on naproxen", "history", ("peptic ulcer disease",)),
    ("a leg ulcer and naproxen", "history", ()),
]


@pytest.mark.parametrize(("text", "field", "names"), WHOSE)
def test_what_belongs_to_the_patient_now(text, field, names):
    assert getattr(facts(text), field) == names


def test_a_denial_ends_where_something_is_told():
    question = read("28 weeks pregnant, no gestational diabetes, had preeclampsia before")
    assert question.negated == ("gestational diabetes",)


@pytest.mark.parametrize("text", ["baby aspirin in gout", "hepatitis as a child", "Child B, gout"])
def test_a_child_who_is_nobody_makes_no_population(text):
    assert not any(group.startswith("age:") for group in read(text).population)


def test_the_opioid_of_opioid_naive_is_not_asked_about_beside_another_drug():
    assert {c.name for c in read("fentanyl patch, opioid naive").concepts} == {"fentanyl"}
    assert "opioid" in {c.name for c in read("opioid naive, starting dose").concepts}
