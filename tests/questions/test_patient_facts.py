"""Facts of the patient that stand in a question; what is not stated stays empty."""

from __future__ import annotations

import pytest
from asked import facts, read

from loccit.terms import PatientFacts

AGES = [
    ("71 year old with cirrhosis", 71),
    ("a 71-year-old man with back pain", 71),
    ("72 yo on warfarin", 72),
    ("72yo on warfarin", 72),
    ("45 y/o with sciatica", 45),
    ("34F with low back pain", 34),
    ("34 F with low back pain", 34),
    ("60M on apixaban", 60),
    ("28yof pregnant with fever", 28),
    ("50 yrs old, gout", 50),
    ("6 years of age with otitis media", 6),
    ("3 month old with fever", 0.25),
    ("18-month-old with croup", 1.5),
    ("6 mo old, amoxicillin dose", 0.5),
    ("2 weeks old with fever", 2 / 52.18),
    ("a 10-day-old neonate", 10 / 365.25),
    ("naproxen at age 71", 71),
    ("a woman aged 82, apixaban", 82),
    ("6 months of age, 7 kg", 0.5),
    ("dose for a child of 30 kg", None),
    ("back pain for 3 months", None),
    ("pain for 6 weeks", None),
    ("ibuprofen 400 mg", None),
    ("followed up for 2 years", None),
]


@pytest.mark.parametrize(("text", "age"), AGES)
def test_age_is_read_in_years_whatever_its_unit(text, age):
    expected = None if age is None else pytest.approx(age, abs=0.001)
    assert facts(text).age == expected


WEIGHTS = [
    ("child weighing 12 kg", 12),
    ("a 70kg man", 70),
    ("12.5 kg infant", 12.5),
    ("weighs 154 lb", 69.9),
    ("180 lbs man", 81.6),
    ("220 pounds", 99.8),
    ("5 mg/kg of gentamicin", None),
    ("dose 10 kg/day", None),
]


@pytest.mark.parametrize(("text", "weight"), WEIGHTS)
def test_weight_is_read_in_kilograms(text, weight):
    assert facts(text).weight_kg == (None if weight is None else pytest.approx(weight, abs=0.05))


KIDNEY = [
    ("apixaban with CrCl 25", PatientFacts(creatinine_clearance=25, renal="any")),
    ("CrCl of 25 mL/min", PatientFacts(creatinine_clearance=25, renal="any")),
    ("creatinine clearance is 40", PatientFacts(creatinine_clearance=40, renal="any")),
    ("CrCl < 30 and enoxaparin", PatientFacts(creatinine_clearance=30, renal="any")),
    ("metformin with eGFR 38", PatientFacts(egfr=38, renal="any")),
    ("GFR 55, metformin", PatientFacts(egfr=55, renal="any")),
    ("CrCl 28 and eGFR 33", PatientFacts(creatinine_clearance=28, egfr=33, renal="any")),
    ("apixaban on dialysis", PatientFacts(renal="dialysis")),
    ("gabapentin in a hemodialysis patient", PatientFacts(renal="dialysis")),
    ("gabapentin in ESRD", PatientFacts(renal="dialysis")),
    ("severe renal impairment and gabapentin", PatientFacts(renal="severe")),
    ("moderate kidney disease", PatientFacts(renal="moderate")),
    ("CKD and naproxen", PatientFacts(renal="any")),
    ("bad kidneys and ibuprofen", PatientFacts(renal="any")),
    ("kidney stones and ibuprofen", PatientFacts()),
]


@pytest.mark.parametrize(("text", "expected"), KIDNEY)
def test_clearance_and_filtration_are_kept_apart(text, expected):
    found = facts(text)
    assert (found.creatinine_clearance, found.egfr, found.renal) == (
        expected.creatinine_clearance,
        expected.egfr,
        expected.renal,
    )


LIVER = [
    ("cyclobenzaprine in cirrhosis", "any"),
    ("cirrhotic patient", "any"),
    ("Child-Pugh A", "mild"),
    ("Child-Pugh class B cirrhosis", "moderate"),
    ("Child Pugh C", "severe"),
    ("child-turcotte-pugh C", "severe"),
    ("mild hepatic impairment", "mild"),
    ("moderate to severe hepatic impairment", "moderate"),
    ("severe liver disease", "severe"),
    ("liver disease", "any"),
    ("bad liver", "any"),
    ("hepatic metabolism of tizanidine", ""),
]


@pytest.mark.parametrize(("text", "expected"), LIVER)
def test_liver_function_is_read(text, expected):
    assert facts(text).hepatic == expected


PREGNANCY = [
    ("ibuprofen in the third trimester", "third_trimester"),
    ("ibuprofen in 1st trimester", "first_trimester"),
    ("second trimester and naproxen", "second_trimester"),
    ("8 weeks pregnant", "first_trimester"),
    ("13 weeks pregnant", "first_trimester"),
    ("14 weeks pregnant", "second_trimester"),
    ("27 weeks gestation", "second_trimester"),
    ("28 wks pregnant", "third_trimester"),
    ("pregnant woman with back pain", "any"),
    ("G2P1 with migraine", "any"),
    ("woman with migraine", ""),
]


@pytest.mark.parametrize(("text", "expected"), PREGNANCY)
def test_pregnancy_is_read_with_its_trimester(text, expected):
    assert facts(text).pregnancy == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can she take tramadol while breastfeeding", True),
        ("tramadol and breast-feeding", True),
        ("lactating mother", True),
        ("nursing mother", True),
        ("tramadol in a mother", False),
    ],
)
def test_lactation_is_read(text, expected):
    assert facts(text).lactation is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34F with pain", "female"),
        ("a woman with pain", "female"),
        ("60 M with pain", "male"),
        ("a man with pain", "male"),
        ("a patient with pain", ""),
        ("what is the management of pain", ""),
    ],
)
def test_sex_is_read(text, expected):
    assert facts(text).sex == expected


GROUPS = [
    ("10 days old", "age:neonate"),
    ("5 months old", "age:infant"),
    ("2 years old", "age:child"),
    ("12 years old", "age:adolescent"),
    ("17 years old", "age:adolescent"),
    ("18 years old", "age:adult"),
    ("64 years old", "age:adult"),
    ("65 years old", "age:older_adult"),
    ("Child-Pugh B", "hepatic:moderate"),
    ("Child-Pugh B", "hepatic:any"),
    ("on dialysis", "renal:dialysis"),
    ("eGFR 40", "renal:any"),
    ("third trimester", "pregnancy:third_trimester"),
    ("third trimester", "pregnancy:any"),
    ("breastfeeding", "lactation:any"),
]


@pytest.mark.parametrize(("text", "group"), GROUPS)
def test_facts_give_the_groups_that_sources_speak_of(text, group):
    assert group in read(f"dose of naproxen, {text}").population


BELONGS = [
    ("71 year old on sertraline: is cyclobenzaprine safe?", ("sertraline",)),
    ("Can she take ibuprofen? She is taking warfarin.", ("warfarin",)),
    ("Can I take ibuprofen? I take warfarin.", ("warfarin",)),
    ("on chronic warfarin: naproxen dose?", ("warfarin",)),
    ("patient on lisinopril, furosemide and metformin needs an NSAID", ("lisinopril", "furosemide", "metformin")),
    ("already on Zoloft, add tramadol?", ("sertraline",)),
    ("currently on 50 mg sertraline and 81 mg aspirin", ("sertraline", "aspirin")),
    ("maintained on insulin glargine, sertraline", ("insulin glargine", "sertraline")),
    ("dose of naproxen for back pain", ()),
    ("on day 3, give naproxen", ()),
    ("He is on bed rest. Naproxen dose?", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "drugs"), BELONGS)
def test_drugs_that_the_patient_takes_are_told_from_those_asked_about(text, drugs):
    assert facts(text).drugs == drugs


def test_what_is_asked_about_leaves_out_what_the_patient_takes():
    question = read("71 year old on sertraline: is cyclobenzaprine safe?")
    assert question.asked_drugs == ("cyclobenzaprine",)


@pytest.mark.parametrize(
    "text",
    [
        "allergic to naproxen, what for back pain?",
        "patient with allergy to naproxen",
        "hypersensitive to Aleve, back pain",
        "anaphylaxis to naproxen last year",
        "allergic to oral naproxen",
    ],
)
def test_an_allergy_is_not_a_drug_the_patient_takes(text):
    found = facts(text)
    assert found.allergies == ("naproxen",)
    assert found.drugs == ()


def test_several_allergies_are_read():
    assert facts("allergic to aspirin and ibuprofen, on warfarin") == PatientFacts(
        allergies=("aspirin", "ibuprofen"), drugs=("warfarin",)
    )
