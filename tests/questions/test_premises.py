"""What a question takes for granted is told; what it leaves open is assumed in the open."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from asked import read

from loccit.questions.presumed import presumed_in
from loccit.terms import QuestionKind
from loccit.vocabulary import load_vocabulary

SEED = (
    "What is the recommended treatment for a patient with radiological findings suggesting "
    "lumbar muscle spasm?"
)


@pytest.mark.parametrize(
    "text",
    [
        SEED,
        "X-ray shows lumbar muscle spasm, how to treat?",
        "MRI findings of paraspinal muscle spasm: treatment?",
        "imaging consistent with muscle spasm, what next?",
    ],
)
def test_spasm_on_an_image_is_questioned(text):
    assert any(premise.verdict == "not established" for premise in read(text).premises)


@pytest.mark.parametrize(
    "text",
    [
        "How to treat lumbar muscle spasm?",
        "X-ray shows a wrist fracture, how to treat?",
        "Is an x-ray needed in lumbar muscle spasm?",
    ],
)
def test_no_premise_is_questioned_where_none_is_made(text):
    assert not any(premise.verdict == "not established" for premise in read(text).premises)


def test_a_course_that_is_not_stated_is_assumed_and_told():
    question = read("Treatment of low back pain?")
    assert "course:acute" in question.population
    assert [premise.verdict for premise in question.premises] == ["assumed"]


@pytest.mark.parametrize("course", ["chronic", "acute", "subacute"])
def test_a_stated_course_is_taken_as_stated(course):
    question = read(f"Treatment of {course} low back pain?")
    assert f"course:{course}" in question.population
    assert not any(premise.verdict == "assumed" for premise in question.premises)


def test_nothing_is_assumed_of_other_conditions():
    assert read("Treatment of gout?").premises == ()


def test_the_rules_name_known_conditions_and_kinds():
    rows = tomllib.loads((files("loccit.questions") / "premises.toml").read_text("utf-8"))
    vocabulary = load_vocabulary()
    for row in (*rows["premises"], *rows["assumptions"]):
        assert row["text"]
        assert row["verdict"]
        assert row["why"]
        assert all(QuestionKind(kind) for kind in row.get("kinds", ()))
        for name in (*row["conditions"], *row.get("adds", ())):
            entry = vocabulary.lexicon.get(name)
            assert entry is not None, name
            assert entry.name == name


MISFITS = [
    "hyperkalemia with K 4.4 mmol/L, what to do?",
    "hypokalemia, potassium 4.1, supplement dose",
    "hyponatremia, Na 141 mmol/L",
    "neutropenia with ANC 4200",
    "thrombocytopenia, platelets 240 x10^9/L",
    "hypoglycemia with glucose 140 mg/dL",
    "fever, temp 36.8 C",
    "fever, temp 98.2 F",
    "tachycardia, HR 72 bpm",
    "severe renal impairment, CrCl 85 mL/min, gabapentin dose",
    "severe renal impairment, eGFR 90, gabapentin dose",
]


@pytest.mark.parametrize("text", MISFITS)
def test_a_value_that_does_not_fit_its_name_is_told(text):
    assert [premise.verdict for premise in read(text).premises] == ["does not fit"]


@pytest.mark.parametrize(
    "text",
    [
        "hyperkalemia with K 6.4 mmol/L",
        "hyperkalemia with K 5.2 mmol/L",
        "hyperkalemia with K < 6",
        "neutropenia with ANC 0.4",
        "neutropenia with ANC 320",
        "thrombocytopenia, platelets 34 x10^9/L",
        "thrombocytopenia, platelets 34,000",
        "fever, temp 102",
        "no hyperkalemia, K 4.4 mmol/L",
        "K 4.4 mmol/L on lisinopril",
        "severe renal impairment, CrCl 22 mL/min",
    ],
)
def test_a_value_that_fits_or_is_on_the_border_is_left_alone(text):
    assert not read(text).premises


@pytest.mark.parametrize(
    "text",
    [
        "MRI shows a bulging disc, treatment for the pain?",
        "asymptomatic bacteriuria in a woman of 70, which antibiotic?",
        "positive ANA, is it lupus?",
        "asymptomatic hyperuricemia, allopurinol dose?",
    ],
)
def test_a_finding_taken_for_a_diagnosis_is_questioned(text):
    assert "not established" in {premise.verdict for premise in read(text).premises}


def test_a_use_that_the_label_leaves_out_is_told_in_its_words(starter_engine):
    answer = starter_engine.ask("cyclobenzaprine dose for spasticity in cerebral palsy")
    told = [each for each in answer.question.premises if each.verdict == "left out by the label"]
    assert len(told) == 1
    assert "has not been found effective for spasticity" in told[0].why


@pytest.mark.parametrize(
    "text",
    [
        "cyclobenzaprine dose for muscle spasm",
        "tizanidine for spasticity",
        "muscle spasm in a patient on cyclobenzaprine with spasticity: naproxen?",
    ],
)
def test_a_use_in_the_label_or_of_a_drug_only_taken_is_not_questioned(starter_engine, text):
    verdicts = {premise.verdict for premise in starter_engine.ask(text).question.premises}
    assert "left out by the label" not in verdicts


def test_each_file_of_rules_says_its_schema_owner_and_date():
    folder = files("loccit.questions")
    for name in (
        "identifiers",
        "labs",
        "person",
        "several",
        "value_fits",
        "excluded_uses",
        "premises",
        "presumed",
        "rates",
    ):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)["schema"].startswith("loccit/")
        assert "# Owner: " in text
        assert "2026-11-" in text


def test_the_course_of_a_drug_is_not_that_of_the_complaint():
    assert "course:chronic" not in read("chronic steroids, sudden back pain").population
    assert "course:chronic" in read("long-term opioids for chronic low back pain").population


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Since X is safe in pregnancy, which dose?", "X is safe in pregnancy"),
        ("Because X needs no checks, how often are they done?", "X needs no checks"),
        ("Given that X can be taken for years, what is the dose?", "X can be taken for years"),
        ("X is safe in the elderly, so what dose at 80?", "X is safe in the elderly"),
        ("which dose of X, so that pain goes?", ""),
        ("How is X given, and when?", ""),
        ("if X is safe, so what dose?", ""),
    ],
)
def test_what_is_taken_for_granted_in_so_many_words_is_found(text, claim):
    assert presumed_in(text) == claim


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cyclobenzaprine is safe in the elderly, so what dose at 80?", "not recommended"),
        ("As naproxen is preferred in late pregnancy, how much at 32 weeks?", "to be avoided"),
    ],
)
def test_what_a_source_speaks_against_is_told_in_its_words(starter_engine, text, words):
    premises = starter_engine.ask(text).question.premises
    told = [each for each in premises if each.verdict == "contradicted by a source"]
    assert len(told) == 1
    assert words in told[0].why


def test_what_no_source_carries_is_told_as_not_confirmed(starter_engine):
    answer = starter_engine.ask("carisoprodol is not habit forming, so can it be given for a year?")
    assert "not confirmed" in {each.verdict for each in answer.question.premises}


@pytest.mark.parametrize(
    "text",
    [
        "As cyclobenzaprine is not recommended in the elderly, which dose is used?",
        "Given that ketorolac is limited to 5 days, what is the oral dose?",
    ],
)
def test_what_the_sources_carry_is_not_questioned(starter_engine, text):
    verdicts = {each.verdict for each in starter_engine.ask(text).question.premises}
    assert not verdicts & {"contradicted by a source", "not confirmed"}
